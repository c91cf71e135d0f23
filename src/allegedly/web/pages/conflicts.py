"""Open disagreements: field, what one says, what another says, since when; the same as CSV."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, StreamingResponse

from allegedly.errors import UsageError
from allegedly.export.base import tell
from allegedly.export.csv import write_csv
from allegedly.export.incidents import CONFLICT_COLUMNS, Pair
from allegedly.records.incidents import POINTS, Conflict, PointName
from allegedly.render.incidents import POINT
from allegedly.store.clusters import ClusterStore
from allegedly.store.prints import prints_of
from allegedly.store.sql import SqlStore
from allegedly.web.claim_rows import ClaimRow, claim_rows, reviews_in
from allegedly.web.show import show
from allegedly.web.site import site_of

router = APIRouter()
ON_A_PAGE: Final = 50
_AT_ONCE: Final = 500  # conflicts of the CSV that are looked up together


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """
    A conflict with both of its claims.

    Args:
        conflict: The conflict.
        one: The claim that gives the first value; None if it is there no more.
        other: The claim that gives the second.
    """

    conflict: Conflict
    one: ClaimRow | None
    other: ClaimRow | None

    @property
    def sides(self) -> tuple[tuple[str, str, ClaimRow | None], ...]:
        """Value, source and claim of either side."""
        row = self.conflict
        return ((row.value_a, row.source_a, self.one), (row.value_b, row.source_b, self.other))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictsPage:
    """
    What the page shows.

    Args:
        only: Only those in this field; empty is all.
        rows: The conflicts, newest first.
        count: How many there are in all fields.
        after: Where the next page begins; None on the last one.
        behind: Whether newer documents are still being taken in.
        points: The fields there are, with their words.
        title: Title of the page.
    """

    only: str
    rows: tuple[ConflictRow, ...]
    count: int
    after: str | None
    behind: bool = False
    points: Mapping[PointName, str] = field(default_factory=lambda: POINT)
    title: str = "Conflicts"


@router.get("/conflicts")
def conflicts(request: Request, field: str = "", after: str | None = None) -> HTMLResponse:
    """Show a page of conflicts."""
    site = site_of(request)
    page = conflicts_page(site.incidents(), site.store, field=field, after=after, behind=site.is_behind())
    return show(request, "conflicts.html", page)


@router.get("/conflicts.csv")
def conflicts_csv(request: Request, field: str = "") -> StreamingResponse:
    """Give conflicts as the export has them: its columns, formulas made harmless."""
    site = site_of(request)
    lines = conflict_lines(site.incidents(wait=True), site.store, known_field(field))
    named = {"Content-Disposition": 'attachment; filename="conflicts.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=named)


def conflicts_page(
    clusters: ClusterStore, store: SqlStore, *, field: str = "", after: str | None = None, behind: bool = False
) -> ConflictsPage:
    """
    Make the context.

    Args:
        clusters: The incidents of the store.
        store: The store.
        field: Only conflicts in this field; empty is all.
        after: Where the page begins.
        behind: Whether newer documents are still being taken in.

    Raises:
        UsageError: If there is no such field or place.
    """
    found = clusters.conflicts(limit=ON_A_PAGE, after=after or None, field=known_field(field))
    claims = claim_rows(store, {claim for row in found.conflicts for claim in (row.claim_a, row.claim_b)})
    rows = tuple(ConflictRow(row, claims.get(row.claim_a), claims.get(row.claim_b)) for row in found.conflicts)
    return ConflictsPage(only=field, rows=rows, count=clusters.count()[1], after=found.after, behind=behind)


def known_field(field: str) -> str | None:
    """
    Give a field of conflicts; None for all.

    Raises:
        UsageError: If there is no such field.
    """
    if field and field not in POINTS:
        raise UsageError(f"there is no field {field[:40]!r}", hint=f"fields are {', '.join(POINTS)}")
    return field or None


def conflict_lines(clusters: ClusterStore, store: SqlStore, field: str | None) -> Iterator[bytes]:
    """
    Write all conflicts as CSV, page by page, so that many take no more memory than few.

    Args:
        clusters: The incidents of the store.
        store: The store.
        field: Only those in this field.
    """
    page = clusters.conflicts(limit=_AT_ONCE, field=field)
    yield _csv(pairs_of(store, page.conflicts))
    while page.after is not None:
        page = clusters.conflicts(limit=_AT_ONCE, field=field, after=page.after)
        yield _csv(pairs_of(store, page.conflicts)).split(b"\r\n", 1)[1]


def pairs_of(store: SqlStore, found: Iterable[Conflict]) -> Iterator[Pair]:
    """Put both claims beside conflicts, with what people decided; a conflict without its claims is left out."""
    rows = tuple(found)
    prints = prints_of(store, {claim for row in rows for claim in (row.claim_a, row.claim_b)})
    reviews = reviews_in(store, prints)
    for row in rows:
        if row.claim_a in prints and row.claim_b in prints:
            yield Pair(row, tell(reviews, prints[row.claim_a][0]), tell(reviews, prints[row.claim_b][0]))


def _csv(pairs: Iterable[Pair]) -> bytes:
    out = io.BytesIO()
    write_csv(CONFLICT_COLUMNS, pairs, out)
    return out.getvalue()
