"""``allegedly export``: rows of a store, or of saved ledgers, in the form that another tool reads."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from allegedly.cli.app import NOTHING_READ, SOME_FAILED, App, common_options, store_option
from allegedly.errors import DocumentError, ExportError, UnreadableDocument, UsageError
from allegedly.export.policy import POLICIES
from allegedly.export.registry import EXPORTS

if TYPE_CHECKING:  # --help needs none of it
    from allegedly.export.base import Material
    from allegedly.exporting import Request
    from allegedly.records.claims import Claim
    from allegedly.records.ledger import Ledger
    from allegedly.store.sql import SqlStore


class _Listing(click.Command):
    """A command whose help lists all exports, a line each."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's
        """Write the list."""
        with formatter.section("Profiles"):
            formatter.write_dl([(name, export.help) for name, export in EXPORTS.items()])


@click.command("export", cls=_Listing)
@click.argument("name", metavar="PROFILE", type=click.Choice(list(EXPORTS)))
@click.option("--in", "file", metavar="FILE|-", help="Ledgers in JSON or JSON Lines instead of the store.")
@click.option("--out", default="-", show_default=True, metavar="FILE|FOLDER|-", help="Where to; - is standard output.")
@click.option(
    "--format",
    "table_format",
    type=click.Choice(["csv", "parquet"]),
    default="csv",
    show_default=True,
    help="How a table is written.",
)
@click.option("--only", type=click.Choice(["accepted"]), help="Only claims that a person has accepted or corrected.")
@click.option("--query", metavar="QUERY", help="Only claims that `allegedly find QUERY` finds.")
@click.option(
    "--best", "policy", type=click.Choice(POLICIES), help="Fill best figures by this policy; none is assumed."
)
@click.option("--coarsen", "coarser", metavar="KM|region|country", help="Make places coarser, and leave quotes out.")
@click.option("--raw-cells", is_flag=True, help="Leave cells that a spreadsheet takes for formulas as they are.")
@click.option("--incidents", is_flag=True, help="Put the claims together first, and fill incident_id.")
@store_option
@common_options
@click.pass_obj
def export_command(app: App, /, name: str, *, file: str | None, out: str, **given: Any) -> None:  # noqa: ANN401  # fields of Request
    """
    Write claims, incidents or annotated texts in the form that another tool reads.

    Every row carries its review state, its reviewer and the run that read it. What
    a profile asks for and the rows do not hold is empty. brat and webanno write
    several files: into a folder, or as a ZIP archive into a file or standard output.

    docs/exports.md says what stands in each column.
    """
    from allegedly.exporting import Request, gather, mistakes  # noqa: PLC0415  # --help needs none of it

    request = Request(name=name, **given)
    _check_file(request, file)
    for _, error in mistakes(request):
        raise error
    if file is not None:
        _export_file(app, request, file, out)
        return
    with app.store() as opened, opened.view() as view:
        store = cast("SqlStore", opened)
        if request.query is not None and not view.find(request.query, limit=1).claims:
            app.say("no claim was found")
        _write(request, gather(request, store, view), out)


def _check_file(request: Request, file: str | None) -> None:
    """Refuse what a file of ledgers cannot give."""
    if file is None:
        return
    if request.only is not None:
        raise UsageError("a file of ledgers holds no judgements", hint="leave out --only, or give --store")
    if request.with_incidents:
        raise UsageError("incidents are made from the claims of a store", hint="give --store instead of --in")
    if request.query is not None:
        raise UsageError("queries are answered by the store", hint="leave out --query, or give --store")


@dataclass(slots=True)
class _Saved:
    """
    Ledgers saved in a file, decoded as they are asked for; what is none is reported once.

    Args:
        app: Where errors go.
        file: Name of the file.
        lines: Its lines.
        failed: Numbers of the lines that are no ledger.
    """

    app: App
    file: str
    lines: list[bytes]
    failed: set[int] = field(default_factory=set)

    def __iter__(self) -> Iterator[Ledger]:
        from allegedly.ledger.json import decode_ledger  # noqa: PLC0415  # as above

        for number, line in enumerate(self.lines, 1):
            try:
                yield decode_ledger(line)
            except DocumentError as error:
                if number not in self.failed:
                    self.app.complain(f"{self.file}, line {number}: {error}", error.hint)
                self.failed.add(number)


def _export_file(app: App, request: Request, file: str, out: str) -> None:
    from allegedly.export.base import Material  # noqa: PLC0415  # as above
    from allegedly.exporting import preparation  # noqa: PLC0415  # as above
    from allegedly.records.claims_of import claims_of  # noqa: PLC0415  # as above

    saved = _Saved(app, "standard input" if file == "-" else file, _lines(file))
    if next(iter(saved), None) is None:
        app.code = NOTHING_READ
        app.complain(f"{saved.file}: no ledger in it", "`allegedly read FILE --format json` writes one")
        return

    def claims() -> Iterable[Claim]:
        for ledger in saved:
            yield from claims_of(ledger)

    prepare = preparation(request)
    _write(request, Material(claims=claims, ledgers=lambda: saved, prepare=prepare, policy=request.policy), out)
    if saved.failed:
        app.code = SOME_FAILED


def _lines(file: str) -> list[bytes]:
    """Read the lines; one ledger may also be spread over lines by a formatter."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as error:
        raise UnreadableDocument(f"{file}: {error}", hint="give ledgers in JSON or JSON Lines") from error
    lines = [line for line in data.split(b"\n") if line.strip()]
    if len(lines) > 1 and not lines[0].rstrip().endswith(b"}"):
        return [b"\n".join(lines)]
    return lines


def _write(request: Request, material: Material, out: str) -> None:
    from allegedly.export.write import write_export_folder  # noqa: PLC0415  # as above
    from allegedly.exporting import is_whole, write  # noqa: PLC0415  # as above

    if request.export.kind == "folder" and out != "-" and not out.lower().endswith(".zip"):
        write_export_folder(request.name, material, Path(out))
        return
    with _opened(out, whole=is_whole(request)) as stream:
        write(request, material, stream)


@contextmanager
def _opened(out: str, *, whole: bool) -> Iterator[BinaryIO]:
    """
    Open where the bytes go; a file is there whole or not at all.

    Args:
        out: A file, or ``-``.
        whole: The form is written back and forth, so standard output gets it at the end.
    """
    if out == "-" and not whole:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    if out == "-":
        if sys.stdout.isatty():
            raise UsageError("this is no text for a terminal", hint="say --out FILE")
        with tempfile.TemporaryFile() as kept:
            yield cast("BinaryIO", kept)
            kept.seek(0)
            while piece := kept.read(1 << 20):
                sys.stdout.buffer.write(piece)
        sys.stdout.flush()
        return
    with _beside(Path(out)) as stream:
        yield stream


@contextmanager
def _beside(file: Path) -> Iterator[BinaryIO]:
    """Write beside a file, and put it in its place once all is written."""
    try:
        kept = tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name[:40]}.", delete=False)  # noqa: SIM115
    except (OSError, ValueError) as error:
        raise _unwritable(file, error) from error
    try:
        with kept:
            yield cast("BinaryIO", kept)
        Path(kept.name).chmod(0o644)
        Path(kept.name).replace(file)
    except OSError as error:
        Path(kept.name).unlink(missing_ok=True)
        raise _unwritable(file, error) from error
    except BaseException:
        Path(kept.name).unlink(missing_ok=True)
        raise


def _unwritable(file: Path, error: Exception) -> ExportError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return ExportError(f"{file}: {reason}", hint="give a file in a folder that may be written")
