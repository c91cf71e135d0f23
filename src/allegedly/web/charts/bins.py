"""Incidents with days, and the days, weeks, months, quarters or years that they are counted by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, get_args

Unit = Literal["day", "week", "month", "quarter", "year"]
UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
DAY: Final = timedelta(days=1)
NO_DISPUTE: Final = "no dispute found"
DISPUTE: Final = "in dispute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """
    An incident with days; made by the timeline.

    Args:
        id: Its id.
        label: Type, mode, place.
        first: First day that it can have happened; None if only the last is known.
        last: Last day.
        disputed: Whether it has conflicts.
        documents: Number of documents.
    """

    id: str
    label: str
    first: date | None
    last: date
    disputed: bool
    documents: int

    @property
    def form(self) -> str:
        """Whether it is in dispute, as charts label it."""
        return DISPUTE if self.disputed else NO_DISPUTE

    @property
    def days(self) -> str:
        """Its days in words."""
        if self.first is None:
            return f"by {self.last}"
        return f"{self.last}" if self.first == self.last else f"{self.first} to {self.last}"


def start_of(day: date, unit: Unit) -> date:
    """Give the first day of the bin that a day lies in; weeks begin on Monday."""
    match unit:
        case "day":
            return day
        case "week":
            return day - day.weekday() * DAY
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case "year":
            return day.replace(month=1, day=1)


def after(start: date, unit: Unit) -> date:
    """Give the first day of the next bin."""
    length = {"day": 1, "week": 7, "month": 32, "quarter": 93, "year": 366}[unit]
    return start_of(start + length * DAY, unit)


def unit_for(first: date, last: date, most: int) -> Unit:
    """Give the finest unit that needs no more than a number of bins; years if none does."""
    days = (last - first).days + 1
    lengths = zip(UNITS, (1, 7, 30, 91, 365), strict=True)
    return next((unit for unit, length in lengths if days / length <= most), "year")


@dataclass(frozen=True, slots=True)
class Bin:
    """
    A bin with what is counted in it.

    Args:
        start: Its first day.
        end: The first day after it.
        form: Whether in dispute.
        within: Incidents that lie in it whole.
        reaching: Incidents that can lie in it or in others.
        by_then: Incidents only known to have happened by a day of it.
    """

    start: date
    end: date
    form: str
    within: int
    reaching: int
    by_then: int


def count_in_bins(incidents: Iterable[Dated], unit: Unit) -> Iterator[Bin]:
    """Count incidents by bin and by whether they are in dispute; empty bins are left out."""
    found: dict[str, Counter[tuple[date, str]]] = {"within": Counter(), "reaching": Counter(), "by_then": Counter()}
    for incident in incidents:
        last = start_of(incident.last, unit)
        start = last if incident.first is None else start_of(incident.first, unit)
        kind = "by_then" if incident.first is None else "within" if start == last else "reaching"
        while start <= last:
            found[kind][start, incident.form] += 1
            start = after(start, unit)
    for start, form in sorted({key for counter in found.values() for key in counter}):
        numbers = {kind: counter[start, form] for kind, counter in found.items()}
        yield Bin(start, after(start, unit), form, **numbers)
