"""Start: what is newly in dispute, which figures changed, what waits for review, what came in last."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from allegedly.records.incidents import POINTS, Conflict
from allegedly.render.incidents import POINT
from allegedly.render.labels import clean
from allegedly.review.queue import Asked, next_claims
from allegedly.review.states import Reviews
from allegedly.store.newest import TOLLS, ChangedFigure, Sketch, changed_figures, newest_conflicts, sketches_of
from allegedly.store.reviewing import ReviewStore
from allegedly.store.viewing import SqlView
from allegedly.web.claim_lines import ClaimLine, claim_lines
from allegedly.web.pages.documents import DocumentLine, document_lines
from allegedly.web.show import show
from allegedly.web.site import Site, site_of

router = APIRouter()
COUNTED = 1_000  # claims that wait; to count all of a large store takes a second
_FEW = 6  # of each


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    """
    What the first page shows.

    Args:
        title: Of the page.
        disputes: Newest conflicts over what happened, newest first.
        differ: Newest conflicts over figures.
        changed: Figures that the same party replaced, latest first.
        waiting: Claims that wait for review, lowest score first.
        count: How many wait, counted up to :data:`COUNTED`.
        more: Whether more than that wait.
        documents: Last documents; none in an empty store.
        points: Name of each field of a conflict.
        sketches: What each incident is about, by id.
        behind: Whether incidents are being made again.
        given: What was filled in to the form of an empty store.
    """

    title: str
    disputes: tuple[Conflict, ...]
    differ: tuple[Conflict, ...]
    changed: tuple[ChangedFigure, ...]
    waiting: tuple[ClaimLine, ...]
    count: int
    more: bool
    documents: tuple[DocumentLine, ...]
    points: dict[str, str]
    sketches: dict[str, str]
    behind: bool
    given: dict[str, str]


def start_page(site: Site, view: SqlView, *, who: str) -> StartPage:
    """
    Make the first page.

    Args:
        site: The site.
        view: The store at one moment.
        who: Who is asking: what they have judged does not wait for them.
    """
    last = view.find_documents("", limit=_FEW).documents
    site.incidents()
    store = site.store
    asked = Asked(who=who)
    waiting = next_claims(store, asked, limit=3).claims
    count = len(ReviewStore(store).by_score(limit=COUNTED + 1))
    disputes = newest_conflicts(store, limit=_FEW, fields=[name for name in POINTS if name not in TOLLS])
    differ = newest_conflicts(store, limit=_FEW, fields=TOLLS)
    changed = changed_figures(store, limit=_FEW)
    shown = {row.incident_id for row in (*disputes, *differ)} | {row.incident for row in changed}
    return StartPage(
        title="Start",
        disputes=disputes,
        differ=differ,
        changed=changed,
        waiting=tuple(claim_lines(waiting, Reviews(), {})),
        count=min(count, COUNTED),
        more=count > COUNTED,
        documents=document_lines(view, last),
        sketches={key: _sketch(row) for key, row in sketches_of(store, shown).items()},
        points={str(name): words for name, words in POINT.items()},
        behind=site.is_behind(),
        given={},
    )


def _sketch(row: Sketch) -> str:
    """Write what an incident is about: ``ASSAULT/drone · Karveli · 2024-05-07``."""
    days = row.earliest or row.latest or ""
    if row.earliest and row.latest and row.earliest != row.latest:
        days = f"{row.earliest} to {row.latest}"
    return " · ".join(filter(None, ("/".join([row.type, *row.modes.split()[:1]]), clean(row.placename or ""), days)))


@router.get("/")
def show_start(request: Request) -> Response:
    """Show the first page."""
    site = site_of(request)
    visitor = getattr(request.state, "visitor", None)
    with site.view() as view:
        page = start_page(site, view, who=visitor.name if visitor else "local")
    return show(request, "start.html" if page.documents else "empty.html", page)
