"""
Gather what a store holds for an export, as it was asked for: the command line and the pages both ask here.

A request says which export, of which claims, prepared how; the material is what
:mod:`allegedly.export.write` then writes. The claims of the saved ledgers of
``allegedly export --in`` come from a file and are gathered there.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Literal, get_args

from allegedly.errors import QueryError, UsageError
from allegedly.export.base import Material
from allegedly.export.policy import POLICIES, Policy
from allegedly.export.registry import Export, export_of
from allegedly.export.write import TableFormat, write_export
from allegedly.ledger.json import decode_ledger
from allegedly.review.states import reviews_of
from allegedly.store.query_language import parse_query

if TYPE_CHECKING:
    from allegedly.records.claims import Claim
    from allegedly.records.incidents import Incident
    from allegedly.records.ledger import Ledger
    from allegedly.store.base import View
    from allegedly.store.sql import SqlStore

Only = Literal["accepted"]
TABLE_FORMATS: tuple[TableFormat, ...] = get_args(TableFormat)
_PAGE = 1_000
_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".geojson": "application/geo+json",
    ".jsonld": "application/ld+json",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".zip": "application/zip",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """
    What is asked for.

    Args:
        name: Name of the export.
        table_format: How a table is written.
        only: ``accepted``: only claims that a person has accepted or changed.
        query: Only claims that this query finds.
        policy: Number policy that fills best figures.
        coarser: Makes places coarser; see :func:`allegedly.export.places.read_coarsening`.
        raw_cells: Leave cells that a spreadsheet takes for formulas as they are.
        incidents: Put the claims together first, and fill ``incident_id``.
    """

    name: str
    table_format: TableFormat = "csv"
    only: Only | None = None
    query: str | None = None
    policy: Policy | None = None
    coarser: str | None = None
    raw_cells: bool = False
    incidents: bool = False

    @property
    def export(self) -> Export:
        """
        Give the export.

        Raises:
            UsageError: If there is none of this name.
        """
        return export_of(self.name)

    @property
    def with_incidents(self) -> bool:
        """Say whether the claims are put together."""
        return self.incidents or self.export.needs_incidents


def mistakes(request: Request) -> Iterator[tuple[str, UsageError]]:
    """Say what in a request cannot be, each with the name of the field of :class:`Request` that it stands in."""
    try:
        export = request.export
    except UsageError as error:
        yield "name", error
        return
    if request.table_format not in TABLE_FORMATS:
        yield "table_format", UsageError(f"there is no format {request.table_format!r}", hint="csv or parquet")
    elif request.table_format != "csv" and export.kind != "table":
        hint = f"leave out --format {request.table_format}"
        yield "table_format", UsageError(f"{request.name} is no table", hint=hint)
    if request.policy is not None and request.policy not in POLICIES:
        yield "policy", UsageError(f"there is no policy {request.policy!r}", hint=f"policies are {', '.join(POLICIES)}")
    yield from _wrong_coarsening(request)
    if request.query is not None:
        try:
            parse_query(request.query)
        except QueryError as error:
            yield "query", error


def _wrong_coarsening(request: Request) -> Iterator[tuple[str, UsageError]]:
    from allegedly.export.places import read_coarsening  # noqa: PLC0415  # most exports need none

    if request.coarser is None:
        return
    if request.export.holds_text:
        hint = "leave out --coarsen"
        yield "coarser", UsageError(f"{request.name} holds words that may name places", hint=hint)
    try:
        read_coarsening(request.coarser)
    except UsageError as error:
        yield "coarser", error


def gather(request: Request, store: SqlStore, view: View) -> Material:
    """
    Gather all that a store holds of what is asked for, as judged by people.

    Args:
        request: What is asked for.
        store: The store.
        view: A view of it, open until the material is written.

    Raises:
        QueryError: If the query cannot be understood.
    """
    found = None if request.query is None else _found(view, request.query)

    def ledgers() -> Iterator[Ledger]:
        wanted = None if found is None else {document for document, _ in found}
        for document in view.documents():
            if wanted is None or document.id in wanted:
                yield decode_ledger(view.ledger(document.id))

    wanted = None if found is None else lambda claim: (claim.document, claim.id) in found
    material = _material(request, view)
    material = replace(material, claims=view.claims, ledgers=ledgers, wanted=wanted)
    return _finish(request, material, store)


def sample(request: Request, store: SqlStore, view: View, *, most: int = 100) -> Material:
    """
    Gather the first claims of what is asked for; incidents are made of these only.

    Args:
        request: What is asked for.
        store: The store.
        view: A view of it, open until the material is written.
        most: Most claims.

    Raises:
        QueryError: If the query cannot be understood.
    """
    bare = _material(request, view)
    passing = replace(bare, claims=lambda: _first_claims(request, view, most))
    claims = [claim for claim, _ in zip(_kept(passing), range(most), strict=False)]
    ids = {(claim.document, claim.id) for claim in claims}

    def ledgers() -> Iterator[Ledger]:
        return (decode_ledger(view.ledger(document)) for document in dict.fromkeys(name.document for name in claims))

    def wanted(claim: Claim) -> bool:
        return (claim.document, claim.id) in ids

    return _finish(request, replace(bare, claims=lambda: claims, ledgers=ledgers, wanted=wanted), store)


def _first_claims(request: Request, view: View, most: int) -> Iterator[Claim]:
    """Go through claims that may pass, without looking at all of a large store where few of them do."""
    if request.query is not None:
        yield from view.find(request.query, limit=most if request.only is None else _PAGE).claims
    elif request.only is None:
        yield from view.claims()
    else:
        for document in dict.fromkeys(item.document for item in view.judgements()):
            yield from view.claims(document=document)


def _kept(material: Material) -> Iterator[Claim]:
    """Go through claims that pass the gate, as they were read."""
    for claim in material.claims():
        if next(iter(replace(material, claims=partial(_one, claim)).told()), None) is not None:
            yield claim


def _one(claim: Claim) -> Sequence[Claim]:
    return (claim,)


def _material(request: Request, view: View) -> Material:
    return Material(
        claims=tuple,
        ledgers=tuple,
        reviews=reviews_of(view),
        only_accepted=request.only == "accepted",
        policy=request.policy,
    )


def _finish(request: Request, material: Material, store: SqlStore) -> Material:
    """Add incidents, made of claims as they are, and then what is done to each claim."""
    return replace(material, incidents=_incidents(request, material, store), prepare=preparation(request))


def preparation(request: Request) -> Callable[[Claim], Claim] | None:
    """
    Give what is done to each claim before it is written; None for nothing.

    Raises:
        UsageError: If places cannot be made so coarse.
    """
    steps: list[Callable[[Claim], Claim]] = []
    if request.policy is not None:
        from allegedly.corroboration.policies import estimate  # noqa: PLC0415  # most exports need none
        from allegedly.export.policy import best_by  # noqa: PLC0415  # as above

        steps.append(best_by(partial(estimate, policy=request.policy)))
    if request.coarser is not None:
        from allegedly.export.places import coarsen, read_coarsening  # noqa: PLC0415  # as above

        steps.append(coarsen(read_coarsening(request.coarser)))

    def prepare(claim: Claim) -> Claim:
        for step in steps:
            claim = step(claim)
        return claim

    return prepare if steps else None


def _incidents(request: Request, material: Material, store: SqlStore) -> tuple[Incident, ...] | None:
    """
    Put the claims that pass the gate together, as people have corrected and joined them; None where nobody asked.

    They are made here and not read from the store: those hold claims that nobody has accepted.
    """
    if not request.with_incidents:
        return None
    from allegedly.corroboration.assemble import with_estimates  # noqa: PLC0415  # it takes a while to load
    from allegedly.corroboration.corroborate import corroborate  # noqa: PLC0415  # as above
    from allegedly.keeper import origins_in  # noqa: PLC0415  # as above
    from allegedly.store.clusters import ClusterStore  # noqa: PLC0415  # as above

    claims = (item.claim for item in material.told() if item.review.state != "issue")
    found = corroborate(claims, ClusterStore(store).judgements(), origins=origins_in(store))
    return found if request.policy is None else tuple(with_estimates(item, request.policy) for item in found)


def _found(view: View, query: str) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    after = None
    while True:
        page = view.find(query, limit=_PAGE, after=after)
        found |= {(claim.document, claim.id) for claim in page.claims}
        after = page.after
        if after is None:
            return found


def write(request: Request, material: Material, stream: BinaryIO) -> None:
    """
    Write what was gathered as it was asked for; an export of several files as a ZIP archive.

    Raises:
        ExportError: If the form cannot carry it.
        ExtraError: If a library is not installed.
    """
    write_export(request.name, material, stream, table_format=request.table_format, guard=not request.raw_cells)


def is_whole(request: Request) -> bool:
    """Say whether the form is written back and forth, so that it is there only at the end."""
    return request.export.kind == "folder" or request.table_format == "parquet"


def file_name(request: Request) -> str:
    """
    Give the name of the file.

    Example:
        >>> file_name(Request(name="brat")), file_name(Request(name="acled", only="accepted"))
        ('allegedly-brat.zip', 'allegedly-acled-accepted.csv')
    """
    export = request.export
    parquet = export.kind == "table" and request.table_format == "parquet"
    extension = ".zip" if export.kind == "folder" else ".parquet" if parquet else export.extension
    gate = f"-{request.only}" if request.only else ""
    return f"allegedly-{request.name}{gate}{extension}"


def media_type(request: Request) -> str:
    """Give the media type of the file."""
    return _TYPES.get("." + file_name(request).rsplit(".", 1)[1], "application/octet-stream")


def command_of(request: Request, *, out: bool = True) -> str:
    """
    Give the command line that exports the same, for a POSIX shell.

    Args:
        request: What is asked for.
        out: Whether it writes into a file of the usual name.

    Example:
        >>> command_of(Request(name="acled", query="killed>=10", policy="acled"))
        "allegedly export acled --query 'killed>=10' --best acled --out allegedly-acled.csv"
    """
    words = ["allegedly", "export", request.name]
    words += ["--format", request.table_format] if request.table_format != "csv" else []
    words += ["--only", request.only] if request.only else []
    words += ["--query", request.query] if request.query is not None else []
    words += ["--best", request.policy] if request.policy else []
    words += ["--coarsen", request.coarser] if request.coarser else []
    words += ["--raw-cells"] if request.raw_cells else []
    words += ["--incidents"] if request.incidents else []
    words += ["--out", file_name(request)] if out else []
    return shlex.join(words)


def head_of(request: Request, material: Material, *, rows: int = 20) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """
    Give the first rows of a table, as they would be written.

    Args:
        request: What is asked for: a table.
        material: What was gathered.
        rows: Most rows.

    Returns:
        The headers, and the cells of each row.
    """
    from allegedly.export.columns import with_policy  # noqa: PLC0415  # as above
    from allegedly.export.csv import guarded  # noqa: PLC0415  # as above
    from allegedly.export.registry import table_of  # noqa: PLC0415  # as above

    table = with_policy(table_of(request.name), request.policy)
    guard = request.table_format == "csv" and not request.raw_cells
    found = []
    for row in islice(table.rows(material), rows):
        cells = ((column, column.cell(row)) for column in table.columns)
        shown = (guarded(cell) if guard and column.kind == "text" else cell for column, cell in cells)
        found.append(tuple("" if cell is None else str(cell) for cell in shown))
    return tuple(column.name for column in table.columns), found
