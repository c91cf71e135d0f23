"""Who accuses whom and who cites whom: a drawing, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse

from allegedly.errors import UsageError
from allegedly.store.network import Tie
from allegedly.store.sql import SqlStore
from allegedly.web.links import Value
from allegedly.web.show import show
from allegedly.web.site import site_of
from allegedly.web.sums import ties

router = APIRouter()
RELATIONS: Final = ("accuses", "cites")
LISTED: Final = 300
_DRAWN: Final = 24  # names in the drawing; these three as the chart has them
_LINE: Final = 30  # CSS pixels
_KEY: Final = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class TieChoice:
    """
    Which ties a visitor chose.

    Args:
        relation: Only this relation; empty is both.
        source: Only ties of this one; empty is all.
        least: Only what occurs so often.
    """

    relation: str = ""
    source: str = ""
    least: int = 1

    @property
    def query(self) -> dict[str, Value]:
        """The choice as part of an address."""
        return {"relation": self.relation, "source": self.source, "least": self.least if self.least > 1 else None}

    @property
    def anything(self) -> bool:
        """Whether anything is chosen at all."""
        return any(self.query.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPage:
    """
    What the page shows.

    Args:
        chosen: What the visitor chose.
        ties: The ties, in order of names; at most 300.
        count: How many there are.
        height: Room for the drawing. Unit: CSS pixels.
        relations: The relations there are.
        title: Title of the page.
    """

    chosen: TieChoice
    ties: tuple[Tie, ...]
    count: int
    height: int
    relations: tuple[str, ...] = RELATIONS
    title: str = "Who accuses and who cites whom"


def choose_ties(relation: str = "", source: str = "", least: Annotated[int, Query(ge=1)] = 1) -> TieChoice:
    """
    Read a choice from an address; a dependency.

    Raises:
        UsageError: If there is no such relation.
    """
    if relation and relation not in RELATIONS:
        raise UsageError(f"there is no relation {relation[:40]!r}", hint=f"relations are {', '.join(RELATIONS)}")
    return TieChoice(relation=relation, source=source.strip(), least=least)


@router.get("/network")
def network(request: Request, chosen: Annotated[TieChoice, Depends(choose_ties)]) -> HTMLResponse:
    """Show who accuses and who cites whom."""
    return show(request, "network.html", network_page(site_of(request).store, chosen))


def network_page(store: SqlStore, chosen: TieChoice) -> NetworkPage:
    """
    Make the context.

    Args:
        store: The store.
        chosen: What the visitor chose.
    """
    found = ties(store, relation=chosen.relation, source=chosen.source, least=chosen.least)
    names = {name for tie in found for name in (tie.one, tie.other)}
    lines = (min(len(names), _DRAWN) + 1) // 2 + 1
    return NetworkPage(
        chosen=chosen, ties=tuple(found[:LISTED]), count=len(found), height=max(_LINE * lines, 120) + _KEY
    )
