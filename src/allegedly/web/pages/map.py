"""Incidents on a map: circles as large as the place is uncertain; those that no map can show are listed beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse

from allegedly.store.briefs import Choices, briefs
from allegedly.store.sql import SqlStore
from allegedly.web.brief_rows import UNPLACED, BriefRow, Unplaced, brief_row, brief_rows, unplaced
from allegedly.web.chosen import Chosen, choose
from allegedly.web.show import show
from allegedly.web.site import site_of
from allegedly.web.sums import choices_of, count_of

router = APIRouter()
LISTED: Final = 200
WITHOUT: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """
    What the page shows.

    Args:
        chosen: What the visitor chose.
        choices: Types and countries there are.
        placed: Incidents on the map, latest first; at most 200.
        placed_count: How many are on the map.
        unplaced: The latest of those that no map can show, by why not.
        unplaced_count: How many these are.
        behind: Whether newer documents are still being taken in.
        title: Title of the page.
    """

    chosen: Chosen
    choices: Choices
    placed: tuple[BriefRow, ...]
    placed_count: int
    unplaced: tuple[tuple[str, tuple[BriefRow, ...]], ...]
    unplaced_count: int
    behind: bool = False
    title: str = "Map"


@router.get("/map")
def incident_map(request: Request, chosen: Annotated[Chosen, Depends(choose)]) -> HTMLResponse:
    """Show the map; its picture is made by another request, so that the page is there at once."""
    site = site_of(request)
    site.incidents()
    return show(request, "map.html", map_page(site.store, chosen, behind=site.is_behind()))


def map_page(store: SqlStore, chosen: Chosen, *, behind: bool = False) -> MapPage:
    """
    Make the context.

    Args:
        store: The store.
        chosen: What the visitor chose.
        behind: Whether newer documents are still being taken in.
    """
    placed, others = chosen.filter(placed=True), chosen.filter(placed=False)
    groups: dict[Unplaced, list[BriefRow]] = {}
    for brief in briefs(store, others, limit=WITHOUT):
        groups.setdefault(unplaced(brief) or "not-resolved", []).append(brief_row(brief))
    return MapPage(
        chosen=chosen,
        choices=choices_of(store),
        placed=brief_rows(briefs(store, placed, limit=LISTED)),
        placed_count=count_of(store, placed),
        unplaced=tuple((words, tuple(groups[why])) for why, words in UNPLACED.items() if why in groups),
        unplaced_count=count_of(store, others),
        behind=behind,
    )
