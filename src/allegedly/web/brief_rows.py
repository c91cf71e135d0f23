"""Incidents in brief as every list shows them: the days, what, where, how many reports, how much in dispute."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from allegedly.records.ledger import DateRow
from allegedly.render.dates import days_label
from allegedly.render.labels import clean
from allegedly.store.briefs import Brief

Unplaced = Literal["not-stated", "not-resolved", "country-only"]
# why an incident is not on the map
UNPLACED: Final[dict[Unplaced, str]] = {
    "not-stated": "no place is stated",
    "not-resolved": "not found in the gazetteer",
    "country-only": "only a country is known",
}
NO_DAY: Final = "no day is stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefRow:
    """
    An incident as a line of a list.

    Args:
        id: Its id.
        when: Its days, or that none is stated.
        type: Its type.
        modes: Its modes.
        where: Its place, verbatim or the gazetteer's name; empty if none is stated.
        precision: What its coordinates stand for, or why it has none.
        country: Code of its country; empty if unknown.
        conflicts: Number of conflicts.
        documents: Number of documents.
        origins: Number of documents of independent origin.
    """

    id: str
    when: str
    type: str
    modes: tuple[str, ...]
    where: str
    precision: str
    country: str
    conflicts: int
    documents: int
    origins: int


def brief_row(brief: Brief) -> BriefRow:
    """Make the line of an incident."""
    why = unplaced(brief)
    near = f"{brief.precision}, within {max(1, round(brief.radius)):,} km" if brief.radius else brief.precision or ""
    return BriefRow(
        id=brief.id,
        when=days_label(DateRow(brief.earliest, brief.latest)) if brief.latest or brief.earliest else NO_DAY,
        type=brief.type,
        modes=brief.modes,
        where=clean(brief.placename or ""),
        precision=UNPLACED[why] if why else near,
        country=brief.country or "",
        conflicts=brief.conflicts,
        documents=brief.documents,
        origins=brief.origins,
    )


def brief_rows(briefs: Iterable[Brief]) -> tuple[BriefRow, ...]:
    """Make the lines of incidents."""
    return tuple(map(brief_row, briefs))


def unplaced(brief: Brief) -> Unplaced | None:
    """Say why a map cannot show an incident; None if it can."""
    if not brief.placename:
        return "not-stated"
    if brief.precision == "country":
        return "country-only"
    return "not-resolved" if brief.latitude is None else None
