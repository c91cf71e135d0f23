"""``allegedly export``: rows of a store, or of saved ledgers, in the form that another tool reads."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, cast

import click

from allegedly.cli.app import NOTHING_READ, SOME_FAILED, App, common_options, store_option
from allegedly.errors import DocumentError, ExportError, UnreadableDocument, UsageError
from allegedly.export.policy import POLICIES, Policy
from allegedly.export.registry import EXPORTS, Export

if TYPE_CHECKING:  # --help needs none of it
    from allegedly.export.base import Material
    from allegedly.export.write import TableFormat
    from allegedly.records.claims import Claim
    from allegedly.records.incidents import Incident
    from allegedly.records.ledger import Ledger
    from allegedly.store.base import Store, View
    from allegedly.store.sql import SqlStore

_PAGE = 1_000


class _Listing(click.Command):
    """A command whose help lists all exports, a line each."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's
        """Write the list."""
        with formatter.section("Profiles"):
            formatter.write_dl([(name, export.help) for name, export in EXPORTS.items()])


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for on the command line."""

    name: str
    export: Export
    out: str
    table_format: TableFormat
    only: Literal["accepted"] | None
    query: str | None
    policy: Policy | None
    coarser: str | None
    raw_cells: bool
    incidents: bool


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
def export_command(app: App, /, name: str, *, file: str | None, **given: Any) -> None:  # noqa: ANN401  # fields of _Asked
    """
    Write claims, incidents or annotated texts in the form that another tool reads.

    Every row carries its review state, its reviewer and the run that read it. What
    a profile asks for and the rows do not hold is empty. brat and webanno write
    several files: into a folder, or as a ZIP archive into a file or standard output.

    docs/exports.md says what stands in each column.
    """
    asked = _Asked(name, EXPORTS[name], **given)
    _check(asked, file)
    if file is not None:
        _export_file(app, asked, file)
        return
    with app.store() as store, store.view() as view:
        _write(asked, _of_view(app, asked, store, view))


def _check(asked: _Asked, file: str | None) -> None:
    """Refuse what cannot be, before anything is read."""
    if asked.coarser is not None and asked.export.holds_text:
        raise UsageError(f"{asked.name} holds words that may name places", hint="leave out --coarsen")
    if asked.table_format != "csv" and asked.export.kind != "table":
        raise UsageError(f"{asked.name} is no table", hint=f"leave out --format {asked.table_format}")
    if file is None:
        return
    if asked.only is not None:
        raise UsageError("a file of ledgers holds no judgements", hint="leave out --only, or give --store")
    if asked.incidents or asked.export.needs_incidents:
        raise UsageError("incidents are made from the claims of a store", hint="give --store instead of --in")
    if asked.query is not None:
        raise UsageError("queries are answered by the store", hint="leave out --query, or give --store")


def _prepare(asked: _Asked) -> Callable[[Claim], Claim] | None:
    steps: list[Callable[[Claim], Claim]] = []
    if asked.policy is not None:
        from allegedly.corroboration.policies import estimate  # noqa: PLC0415  # most exports need none
        from allegedly.export.policy import best_by  # noqa: PLC0415  # as above

        steps.append(best_by(partial(estimate, policy=asked.policy)))
    if asked.coarser is not None:
        from allegedly.export.places import coarsen, read_coarsening  # noqa: PLC0415  # as above

        steps.append(coarsen(read_coarsening(asked.coarser)))

    def prepare(claim: Claim) -> Claim:
        for step in steps:
            claim = step(claim)
        return claim

    return prepare if steps else None


def _of_view(app: App, asked: _Asked, store: Store, view: View) -> Material:
    """Gather what the store holds, as judged by people."""
    from allegedly.export.base import Material, Reviews  # noqa: PLC0415  # --help needs none of it
    from allegedly.ledger.json import decode_ledger  # noqa: PLC0415  # as above

    found = None if asked.query is None else _found(view, asked.query)
    if found is not None and not found:
        app.say("no claim was found")

    def ledgers() -> Iterator[Ledger]:
        wanted = None if found is None else {document for document, _ in found}
        for document in view.documents():
            if wanted is None or document.id in wanted:
                yield decode_ledger(view.ledger(document.id))

    material = Material(
        claims=view.claims,
        ledgers=ledgers,
        reviews=Reviews(view.judgements()),
        only_accepted=asked.only == "accepted",
    )
    return replace(
        material,
        incidents=_incidents(asked, material, store),
        prepare=_prepare(asked),
        policy=asked.policy,
        wanted=None if found is None else lambda claim: (claim.document, claim.id) in found,
    )


def _incidents(asked: _Asked, material: Material, store: Store) -> tuple[Incident, ...] | None:
    """
    Put the claims that pass the gate together, as people have corrected and joined them; None where nobody asked.

    They are made here and not read from the store: those hold claims that nobody has accepted.
    """
    if not (asked.incidents or asked.export.needs_incidents):
        return None
    from allegedly.corroboration.assemble import with_estimates  # noqa: PLC0415  # it takes a while to load
    from allegedly.corroboration.corroborate import corroborate  # noqa: PLC0415  # as above
    from allegedly.keeper import origins_in  # noqa: PLC0415  # as above
    from allegedly.store.clusters import ClusterStore  # noqa: PLC0415  # as above

    kept = cast("SqlStore", store)
    claims = (item.claim for item in material.told())
    found = corroborate(claims, ClusterStore(kept).judgements(), origins=origins_in(kept))
    return found if asked.policy is None else tuple(with_estimates(cluster, asked.policy) for cluster in found)


def _found(view: View, query: str) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    after = None
    while True:
        page = view.find(query, limit=_PAGE, after=after)
        found |= {(claim.document, claim.id) for claim in page.claims}
        after = page.after
        if after is None:
            return found


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


def _export_file(app: App, asked: _Asked, file: str) -> None:
    from allegedly.export.base import Material  # noqa: PLC0415  # as above
    from allegedly.records.claims_of import claims_of  # noqa: PLC0415  # as above

    saved = _Saved(app, "standard input" if file == "-" else file, _lines(file))
    if next(iter(saved), None) is None:
        app.code = NOTHING_READ
        app.complain(f"{saved.file}: no ledger in it", "`allegedly read FILE --format json` writes one")
        return

    def claims() -> Iterable[Claim]:
        for ledger in saved:
            yield from claims_of(ledger)

    _write(asked, Material(claims=claims, ledgers=lambda: saved, prepare=_prepare(asked), policy=asked.policy))
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


def _write(asked: _Asked, material: Material) -> None:
    from allegedly.export.write import write_export, write_export_folder  # noqa: PLC0415  # as above

    if asked.export.kind == "folder" and asked.out != "-" and not asked.out.lower().endswith(".zip"):
        write_export_folder(asked.name, material, Path(asked.out))
        return
    whole = asked.export.kind == "folder" or asked.table_format == "parquet"
    with _opened(asked.out, whole=whole) as stream:
        write_export(
            asked.name,
            material,
            stream,
            table_format=asked.table_format,
            guard=not asked.raw_cells,
        )


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
