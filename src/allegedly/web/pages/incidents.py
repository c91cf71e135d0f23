"""The list of incidents: in brief, latest first, chosen by days, type, country and dispute."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse

from allegedly.store.briefs import Choices, briefs, place_of
from allegedly.store.sql import SqlStore
from allegedly.web.brief_rows import BriefRow, brief_rows
from allegedly.web.chosen import Chosen, choose
from allegedly.web.show import show
from allegedly.web.site import site_of
from allegedly.web.sums import choices_of, count_of

router = APIRouter()
ON_A_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsPage:
    """
    What the page shows.

    Args:
        chosen: What the visitor chose.
        choices: Types and countries there are.
        rows: The incidents.
        count: How many fit the choice.
        disputed: How many of these are in dispute.
        all: How many there are.
        after: Where the next page begins; None on the last one.
        behind: Whether newer documents are still being taken in.
        title: Title of the page.
    """

    chosen: Chosen
    choices: Choices
    rows: tuple[BriefRow, ...]
    count: int
    disputed: int
    all: int
    after: str | None
    behind: bool = False
    title: str = "Incidents"


@router.get("/incidents")
def incidents(request: Request, chosen: Annotated[Chosen, Depends(choose)], after: str | None = None) -> HTMLResponse:
    """Show a page of incidents."""
    site = site_of(request)
    site.incidents()
    page = incidents_page(site.store, chosen, after=after, behind=site.is_behind())
    return show(request, "incidents.html", page)


def incidents_page(
    store: SqlStore, chosen: Chosen, *, after: str | None = None, behind: bool = False, limit: int = ON_A_PAGE
) -> IncidentsPage:
    """
    Make the context.

    Args:
        store: The store.
        chosen: What the visitor chose.
        after: Where the page begins.
        behind: Whether newer documents are still being taken in.
        limit: Most incidents on it.
    """
    wanted = chosen.filter()
    found = list(briefs(store, wanted, limit=limit + 1, after=after or None))
    disputed = replace(chosen, disputed=True)
    return IncidentsPage(
        chosen=chosen,
        choices=choices_of(store),
        rows=brief_rows(found[:limit]),
        count=count_of(store, wanted),
        disputed=count_of(store, disputed.filter()),
        all=count_of(store),
        after=place_of(found[limit - 1]) if len(found) > limit else None,
        behind=behind,
    )
