"""Who speaks in the reports: sources by name, in order of the alphabet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from allegedly.records.codes import Stance
from allegedly.render.labels import SOURCE_TYPE, STANCE
from allegedly.store.sources import SourceCount
from allegedly.store.sql import SqlStore
from allegedly.web.show import show
from allegedly.web.site import site_of
from allegedly.web.sums import number_of_sources, page_of_sources

router = APIRouter()
ON_A_PAGE: Final = 100
# Columns of the table; what else sources do stands in one column.
SHOWN: Final[tuple[Stance, ...]] = ("assert", "deny", "confirm", "accuse", "doubt")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """
    A source as a line of the list.

    Args:
        name: Its name, or the words that describe it.
        kinds: What kind of source it is, in fixed words.
        sides: Parties it speaks for, where known.
        claims: Claims that it vouches for.
        documents: Documents that it speaks in.
        counts: Claims by stance, in order of the columns.
        others: Claims of all other stances.
    """

    name: str
    kinds: tuple[str, ...]
    sides: tuple[str, ...]
    claims: int
    documents: int
    counts: tuple[int, ...]
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage:
    """
    What the page shows.

    Args:
        begins: How the names begin that are wanted; empty is all.
        rows: The sources, in order of the alphabet.
        count: How many sources there are.
        after: Name that the next page begins after; None on the last one.
        columns: Heads of the columns of stances.
        title: Title of the page.
    """

    begins: str
    rows: tuple[SourceRow, ...]
    count: int
    after: str | None
    columns: tuple[str, ...] = field(default=tuple(STANCE[stance] for stance in SHOWN))
    title: str = "Sources"


@router.get("/sources")
def sources(request: Request, begins: str = "", after: str | None = None) -> HTMLResponse:
    """Show a page of sources."""
    return show(request, "sources.html", sources_page(site_of(request).store, begins=begins, after=after))


def sources_page(store: SqlStore, *, begins: str = "", after: str | None = None) -> SourcesPage:
    """
    Make the context.

    Args:
        store: The store.
        begins: How the names begin.
        after: Name that the page begins after.
    """
    begins = begins.strip()
    found = page_of_sources(store, begins=begins, limit=ON_A_PAGE, after=after or None)
    rows = tuple(map(source_row, found.sources))
    return SourcesPage(begins=begins, rows=rows, count=number_of_sources(store), after=found.after)


def source_row(source: SourceCount) -> SourceRow:
    """Make the line of a source."""
    counts = tuple(source.stances.get(stance, 0) for stance in SHOWN)
    return SourceRow(
        name=source.name,
        kinds=tuple(kind_words(kind) for kind in source.types),
        sides=source.sides,
        claims=source.claims,
        documents=source.documents,
        counts=counts,
        others=source.claims - sum(counts),
    )


def kind_words(kind: str) -> str:
    """Give a fixed word for the kind of a source."""
    known = {str(code): words for code, words in SOURCE_TYPE.items()}
    return known.get(kind) or kind
