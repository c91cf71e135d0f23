"""``allegedly store``: look after the store itself."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from allegedly.cli.app import NOTHING_READ, SOME_FAILED, App, common_options, store_option
from allegedly.cli.listing import ListFormat, format_option, print_csv, print_objects, print_rows, print_table
from allegedly.errors import DocumentError, UnreadableDocument
from allegedly.ledger.json import decode_ledger

if TYPE_CHECKING:
    from allegedly.store.answers import Report
    from allegedly.store.base import Writer

_RUN_TABLE = ("id", "version", "documents", "added", "pack", "settings")


@click.group("store")
def store_command() -> None:
    """Look after the store: what is in it, bring it up to date, fill it with ready ledgers."""


@store_command.command("info")
@format_option
@store_option
@common_options
@click.pass_obj
def info_command(app: App, *, output_format: ListFormat) -> None:
    """Say where the store is, count what is in it, and list the runs."""
    with app.store() as store, store.view() as view:
        counts, runs = store.info(), [asdict(run) for run in view.runs()]
    if output_format in {"json", "jsonl"}:
        print_objects("json", runs, **counts)
    elif output_format == "csv":
        print_csv(_RUN_TABLE, runs)
    else:
        print_table(("what", "count"), [{"what": name, "count": value} for name, value in counts.items()])
        if runs:
            click.echo()
        print_table(_RUN_TABLE, runs)


@store_command.command("migrate")
@store_option
@common_options
@click.pass_obj
def migrate_command(app: App) -> None:
    """Bring the tables of an older store up to this program's; make a backup first."""
    from allegedly.store.migrating import migrate  # noqa: PLC0415  # sqlalchemy, see App.store
    from allegedly.store.opening import connect  # noqa: PLC0415  # as above

    with connect(app.store_place()) as store:
        app.say(f"{store.name}: step {migrate(store)}")


@store_command.command("vacuum")
@store_option
@common_options
@click.pass_obj
def vacuum_command(app: App) -> None:
    """Give the room back that nothing uses any more; nobody else may write meanwhile."""
    with app.store() as store:
        store.vacuum()


@store_command.command("failures")
@format_option
@store_option
@common_options
@click.pass_obj
def failures_command(app: App, *, output_format: ListFormat) -> None:
    """List what could not be read or kept, and why."""
    columns = ("made", "place", "document", "error", "message", "hint")
    with app.store() as store, store.view() as view:
        rows = [asdict(failure) for failure in view.failures()]
    print_rows(output_format, columns, rows)


@store_command.command("import")
@click.argument("file", metavar="FILE|-")
@store_option
@common_options
@click.pass_obj
def import_command(app: App, file: str) -> None:
    """
    Keep ready ledgers: JSON Lines as `allegedly read --format jsonl` prints them.

    A line that is no ledger is recorded and the rest go on; a ledger that is there
    already changes nothing.
    """
    with _opened(file) as lines, app.store(create=True) as store:
        with store.writer(failed=lambda error: app.complain(str(error), error.hint)) as writer:
            _import(app, writer, lines, name="standard input" if file == "-" else file)
        _tell(app, writer.report, file)


def _import(app: App, writer: Writer, lines: Iterable[bytes], *, name: str) -> None:
    for place, line in _numbered(lines, name):
        try:
            ledger = decode_ledger(line)
        except DocumentError as error:
            writer.add_failure(place, error)
            app.complain(f"{place}: {error}", error.hint)
        else:
            writer.add(ledger, line)


def _numbered(lines: Iterable[bytes], name: str) -> Iterator[tuple[str, bytes]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield f"{name}:{number}", line.strip()


def _tell(app: App, report: Report, file: str) -> None:
    app.say(
        f"{report.added} documents added, {report.reread} read anew, {report.unchanged} there already, "
        f"{report.retracted} retracted before, {report.failed} failed"
    )
    kept = report.added + report.reread + report.unchanged + report.retracted
    if not kept:
        app.code = NOTHING_READ
        if not report.failed:
            app.complain(f"{file}: no ledger in it", "`allegedly read --format jsonl` writes them")
    elif report.failed:
        app.code = SOME_FAILED


def _opened(file: str) -> AbstractContextManager[BinaryIO]:
    """Open a file, or standard input without closing it."""
    try:
        return nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb")
    except (OSError, ValueError) as error:
        raise UnreadableDocument(
            f"{file}: {error}", hint="give a file with ledgers, or - for standard input"
        ) from error
