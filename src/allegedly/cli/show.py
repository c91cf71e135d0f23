"""``allegedly show``: one row of a saved ledger, with its sentence, its chain of voices and what read it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from allegedly.cli.app import App, common_options, write
from allegedly.errors import LedgerError, UnreadableDocument, UsageError
from allegedly.ledger.json import decode_ledger
from allegedly.records.ledger import Ledger
from allegedly.render.show import render_row


@click.command("show")
@click.argument("row_id", metavar="ID")
@click.option("--in", "file", default="-", show_default=True, metavar="FILE|-", help="Ledger in JSON or JSON Lines.")
@click.option("--document", "document_id", metavar="ID", help="Which document, where the file holds several.")
@common_options
@click.pass_obj
def show_command(app: App, row_id: str, *, file: str, document_id: str | None) -> None:  # noqa: ARG001  # click hands it over
    """
    Show one row of a ledger saved by `allegedly read FILE --format json`.

    ID is a1, v2, e3 (an entity), m5 (a mention), q1, t1, p1 or the number of a claim
    in the table.
    """
    ledger = _find(_lines(file), file, document_id)
    write(render_row(ledger, row_id).encode("utf-8", "replace"))


def _lines(file: str) -> list[bytes]:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as error:
        raise UnreadableDocument(f"{file}: {error}", hint="give a ledger in JSON") from error
    return [line for line in data.splitlines() if line.strip()]


def _find(lines: list[bytes], file: str, document_id: str | None) -> Ledger:
    """Give the ledger asked for; one ledger may also be spread over lines by a formatter."""
    if len(lines) > 1 and not lines[0].rstrip().endswith(b"}"):
        lines = [b"\n".join(lines)]
    if not lines:
        raise LedgerError(f"{file}: no ledger in it", hint="`allegedly read FILE --format json` writes one")
    ledgers = [decode_ledger(line) for line in lines]
    found = [ledger for ledger in ledgers if document_id in (None, ledger.document.id)]
    if len(found) != 1:
        known = ", ".join(ledger.document.id for ledger in ledgers[:5])
        raise UsageError(
            f"{file}: {len(found)} of {len(ledgers)} ledgers fit", hint=f"say --document, one of {known} …"
        )
    return found[0]
