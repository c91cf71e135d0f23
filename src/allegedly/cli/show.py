"""``allegedly show``: one row of a saved ledger or of the store, with its sentence, its voices and what read it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from allegedly.cli.app import App, common_options, store_option, write
from allegedly.cli.incidents import show_incident
from allegedly.cli.listing import ListFormat, format_option, print_csv, print_objects
from allegedly.errors import LedgerError, UnreadableDocument, UsageError
from allegedly.ledger.json import decode_ledger
from allegedly.records.ledger import Ledger
from allegedly.render.show import render_row

if TYPE_CHECKING:
    from allegedly.store.base import View

_KEY = re.compile(r"[aempqtv]?\d{1,5}")  # a row of one ledger; ids of the store are longer


@click.command("show")
@click.argument("row_id", metavar="ID")
@click.option("--in", "file", metavar="FILE|-", help="Ledger in JSON or JSON Lines; - is standard input.")
@click.option("--document", "document_id", metavar="ID", help="Which document, where there are several.")
@format_option
@store_option
@common_options
@click.pass_obj
def show_command(
    app: App, row_id: str, *, file: str | None, document_id: str | None, output_format: ListFormat
) -> None:
    """
    Show one row of a saved ledger, or one row or document of the store.

    In a ledger saved by `allegedly read FILE --format json`, given with --in or on
    standard input, ID is a1, v2, e3 (an entity), m5 (a mention), q1, t1, p1 or the
    number of a claim in the table. In the store, ID is what `allegedly find` prints
    (c4f1d09a2 …, the beginning is enough), an incident (i4f1d09a2 …), the id of a document, or with --document
    and --store again a row of its ledger.
    """
    if file is not None or not _is_in_store(app, row_id):
        place = file or "-"
        _print_row(_find(_lines(place), place, document_id), row_id, output_format)
        return
    if re.fullmatch(r"i[0-9a-f]{6,20}", row_id):
        show_incident(app, row_id, output_format)
        return
    with app.store() as store, store.view() as view:
        if _KEY.fullmatch(row_id):
            if document_id is None:
                raise UsageError(f"{row_id} of which document?", hint="say --document ID, or --in FILE")
            _print_row(decode_ledger(view.ledger(document_id)), row_id, output_format)
        elif re.fullmatch(r"[aceptq][0-9a-f]{6,20}", row_id):
            rows = [row for row in view.rows(row_id) if document_id in (None, row.document)]
            if not rows:
                raise UsageError(f"{row_id} is no row of {document_id}", hint="leave out --document")
            _print_row(decode_ledger(view.ledger(rows[-1].document, run=rows[-1].run)), rows[-1].key, output_format)
        else:
            _print_document(app, decode_ledger(view.ledger(row_id)), output_format, view)


def _is_in_store(app: App, row_id: str) -> bool:
    """Say whether the store is meant: by its option, by the form of the id, or as nothing is piped in."""
    return "store" in app.given or not _KEY.fullmatch(row_id) or sys.stdin.isatty()


def _print_row(ledger: Ledger, row_id: str, output_format: ListFormat) -> None:
    shown = render_row(ledger, row_id)  # says so if there is no such row
    if output_format == "table":
        write(shown.encode("utf-8", "replace"))
        return
    row = _row(ledger, f"a{row_id}" if row_id.isdecimal() else row_id)
    flat = {"document": ledger.document.id, **row}
    if output_format == "csv":
        print_csv(list(flat), [flat])
    else:
        print_objects("jsonl", [flat])


def _row(ledger: Ledger, key: str) -> dict[str, Any]:
    lists = [rows for rows in ledger.to_dict().values() if isinstance(rows, list)]
    return next(row for rows in lists for row in rows if isinstance(row, dict) and row.get("id") == key)


def _print_document(app: App, ledger: Ledger, output_format: ListFormat, view: View) -> None:
    """Print a whole ledger; as CSV, its claims."""
    if output_format == "csv":
        from allegedly.cli.tables import print_claims  # noqa: PLC0415  # for this format only
        from allegedly.records.claims_of import claims_of  # noqa: PLC0415  # as above
        from allegedly.review.states import reviews_of  # noqa: PLC0415  # as above

        print_claims(claims_of(ledger), reviews_of(view, document=ledger.document.id))
        return
    from allegedly.cli.output import print_ledger  # noqa: PLC0415  # as above

    print_ledger(app, ledger, output_format)


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
