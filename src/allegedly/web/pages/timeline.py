"""Incidents over time: a chart with what is uncertain about days, the list beside it; undated ones by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse

from allegedly.store.briefs import Choices, briefs
from allegedly.store.sql import SqlStore
from allegedly.web.brief_rows import BriefRow, brief_rows
from allegedly.web.charts.timeline import MOST_BARS
from allegedly.web.chosen import Chosen, choose
from allegedly.web.show import show
from allegedly.web.site import site_of
from allegedly.web.sums import choices_of, count_of

router = APIRouter()
LISTED: Final = 200
UNDATED: Final = 50
# The sizes of the chart, CSS pixels, so that the room for it is there before it is.
_ROW: Final = 32
_AROUND: Final = 68  # key and axis
_COUNTED: Final = 318


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    """
    What the page shows.

    Args:
        chosen: What the visitor chose.
        choices: Types and countries there are.
        dated: Incidents with a day, latest first; at most 200.
        dated_count: How many have a day.
        undated: Some of those without, which no choice of days leaves in.
        undated_count: How many have none.
        height: Room for the chart. Unit: CSS pixels.
        behind: Whether newer documents are still being taken in.
        title: Title of the page.
    """

    chosen: Chosen
    choices: Choices
    dated: tuple[BriefRow, ...]
    dated_count: int
    undated: tuple[BriefRow, ...]
    undated_count: int
    height: int
    behind: bool = False
    title: str = "Timeline"


@router.get("/timeline")
def timeline(request: Request, chosen: Annotated[Chosen, Depends(choose)], fragment: str = "") -> HTMLResponse:
    """Show the timeline; ``fragment=list`` gives what changes with a choice of days, for scripts."""
    site = site_of(request)
    site.incidents()
    page = timeline_page(site.store, chosen, behind=site.is_behind())
    return show(request, "timeline_list.html" if fragment == "list" else "timeline.html", page)


def timeline_page(store: SqlStore, chosen: Chosen, *, behind: bool = False) -> TimelinePage:
    """
    Make the context.

    Args:
        store: The store.
        chosen: What the visitor chose.
        behind: Whether newer documents are still being taken in.
    """
    dated, undated = chosen.filter(dated=True), chosen.filter(dated=False)
    count = count_of(store, dated)
    return TimelinePage(
        chosen=chosen,
        choices=choices_of(store),
        dated=brief_rows(briefs(store, dated, limit=LISTED)),
        dated_count=count,
        undated=brief_rows(briefs(store, undated, limit=UNDATED)),
        undated_count=count_of(store, undated),
        height=_AROUND + _ROW * count if count <= MOST_BARS else _COUNTED,
        behind=behind,
    )
