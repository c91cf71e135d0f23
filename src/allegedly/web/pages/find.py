"""Find: claims by the query language, with counts by stance, type, voice, source and the like to go on from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from allegedly.errors import QueryError
from allegedly.render import labels
from allegedly.store.answers import Facets
from allegedly.store.newest import incidents_by_claim
from allegedly.store.query_language import clause_of, split_query
from allegedly.store.viewing import SqlView
from allegedly.web import links
from allegedly.web.claim_lines import ClaimLine, claim_lines, reviews_of_claims
from allegedly.web.query_help import HELP
from allegedly.web.show import show
from allegedly.web.site import Site, site_of

router = APIRouter()
Cursor = Annotated[int | None, Query(ge=0, lt=2**63)]  # what a page ended with; databases count no further
ON_A_PAGE = 25
COUNTED = 2_000  # claims over which facets are counted
_STANCES: dict[str, str] = {str(stance): words for stance, words in labels.STANCE.items()}
_FACETS = ("stance", "type", "voice", "source", "publisher", "country")


@dataclass(frozen=True, slots=True)
class Mistake:
    """
    What is wrong with a query, at its place.

    Args:
        message: What is wrong.
        hint: What to write instead.
        before: The query up to there.
        there: The word that begins there; empty at the end of the query.
        after: The rest.
    """

    message: str
    hint: str
    before: str
    there: str
    after: str


@dataclass(frozen=True, slots=True)
class FacetLine:
    """
    A value of a facet.

    Args:
        words: The value, or a fixed label for it.
        count: Claims with it, among those counted.
        chosen: Whether the query asks for it already.
        link: Address of the search with it, or without it if it is chosen.
    """

    words: str
    count: int
    chosen: bool
    link: str


@dataclass(frozen=True, slots=True)
class FacetBlock:
    """
    A facet.

    Args:
        name: What its values are.
        lines: Its values, most frequent first.
    """

    name: str
    lines: tuple[FacetLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPage:
    """
    What the page shows.

    Args:
        title: Of the page.
        query: The query as it was written.
        mistake: What is wrong with it; None if nothing.
        claims: What it finds, last added first.
        facets: Counts of values.
        counted: Claims over which they are counted.
        complete: Whether these are all.
        after: What the next page begins after; None on the last one.
        first: Whether this is the first page.
        unchecked: Whether nobody has checked any of the claims shown.
        help: Examples of what a query can hold, and what each finds.
    """

    title: str
    query: str
    mistake: Mistake | None = None
    claims: tuple[ClaimLine, ...] = ()
    facets: tuple[FacetBlock, ...] = ()
    counted: int = 0
    complete: bool = True
    after: int | None = None
    first: bool = True
    unchecked: bool = True
    help: tuple[tuple[str, str], ...] = HELP


def find_page(site: Site, view: SqlView, query: str, *, after: int | None = None) -> FindPage:
    """
    Make the page of a search.

    Args:
        site: The site.
        view: The store at one moment.
        query: As it was written; empty lists everything.
        after: What the page before ended with.
    """
    title = f"Find: {query}" if query.strip() else "Find"
    try:
        page = view.find(query, limit=ON_A_PAGE, after=after)
        facets = view.facets(query, first=COUNTED)
    except QueryError as error:
        return FindPage(title=title, query=query, mistake=mistake_of(query, error))
    site.incidents()
    reviews = reviews_of_claims(view, page.claims)
    incidents = incidents_by_claim(site.store, [claim.id for claim in page.claims])
    return FindPage(
        title=title,
        query=query,
        claims=tuple(claim_lines(page.claims, reviews, incidents)),
        facets=_facet_blocks(query, facets),
        counted=facets.hits,
        complete=facets.complete,
        after=page.after,
        first=after is None,
        unchecked=not any(reviews.rows()),
    )


def mistake_of(query: str, error: QueryError) -> Mistake:
    """
    Say where in a query a mistake is.

    Example:
        >>> mistake_of("drone killed>=ten", QueryError("no number", position=6))
        Mistake(message='no number', hint='', before='drone ', there='killed>=ten', after='')
    """
    there, blank, after = query[error.position :].partition(" ")
    return Mistake(str(error), error.hint, query[: error.position], there, blank + after)


def _facet_blocks(query: str, facets: Facets) -> tuple[FacetBlock, ...]:
    clauses = split_query(query)
    blocks = (
        FacetBlock(name, tuple(_facet_line(clauses, name, value, count) for value, count in facets.counts[name]))
        for name in _FACETS
    )
    return tuple(block for block in blocks if block.lines)


def _facet_line(clauses: tuple[str, ...], name: str, value: str, count: int) -> FacetLine:
    clause = "-voice:own" if (name, value) == ("voice", "source") else clause_of(name, value)
    others = [item for item in clauses if item.casefold() != clause.casefold()]
    chosen = len(others) < len(clauses)
    return FacetLine(_words(name, value), count, chosen, links.find(" ".join(others if chosen else [*clauses, clause])))


def _words(name: str, value: str) -> str:
    if name == "voice":
        return "the report itself" if value == "own" else "a source"
    return _STANCES.get(value, value) if name == "stance" else labels.clean(value)


@router.get("/find")
def find(request: Request, *, q: Annotated[str, Query()] = "", after: Cursor = None) -> Response:
    """Search claims."""
    site = site_of(request)
    with site.view() as view:
        page = find_page(site, view, q, after=after)
    return show(request, "find.html", page, status=400 if page.mistake else 200)
