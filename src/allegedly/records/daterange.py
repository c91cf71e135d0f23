"""
Ranges of days: the earliest and the latest day that something may mean, with precision.

Both days are inclusive. An end that is open or unknown is None; a range with
two open ends says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from allegedly.errors import SpanError

DatePrecision = Literal[
    "hour", "part", "day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century",
    "range", "open",
]  # fmt: skip
DATE_PRECISIONS: tuple[DatePrecision, ...] = get_args(DatePrecision)


@dataclass(frozen=True, slots=True)
class DateRange:
    """
    From the earliest to the latest day, both inclusive; immutable.

    Args:
        earliest: First day; None if open.
        latest: Last day; None if open.
        precision: How finely the words say it; ``range`` where two expressions bound it, ``open`` if an end is missing.

    Raises:
        SpanError: If it ends before it begins.

    Example:
        >>> may = DateRange(date(2025, 5, 1), date(2025, 5, 31), "month")
        >>> may.iso
        '2025-05-01/2025-05-31'
    """

    earliest: date | None
    latest: date | None
    precision: DatePrecision

    def __post_init__(self) -> None:
        if self.earliest is not None and self.latest is not None and self.latest < self.earliest:
            raise SpanError(f"the range of days {self.earliest} to {self.latest} is reversed")

    @property
    def is_open(self) -> bool:
        """Whether an end is missing."""
        return self.earliest is None or self.latest is None

    @property
    def days(self) -> int | None:
        """Number of days; None if an end is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1

    @property
    def iso(self) -> str:
        """ISO 8601 text: one day, or an interval with ``..`` for an open end."""
        if self.earliest is not None and self.earliest == self.latest:
            return self.earliest.isoformat()
        ends = (self.earliest, self.latest)
        return "/".join(".." if end is None else end.isoformat() for end in ends)

    def overlaps(self, other: DateRange) -> bool:
        """Say whether both may mean a common day; open ends reach everywhere."""
        return not (self.is_before(other) or other.is_before(self))

    def is_before(self, other: DateRange) -> bool:
        """Say whether all of this lies before all of the other for certain."""
        return self.latest is not None and other.earliest is not None and self.latest < other.earliest

    def contains(self, other: DateRange) -> bool:
        """Say whether the other lies inside this range for certain."""
        starts = self.earliest is None or (other.earliest is not None and self.earliest <= other.earliest)
        ends = self.latest is None or (other.latest is not None and other.latest <= self.latest)
        return starts and ends

    def join(self, other: DateRange) -> DateRange:
        """Give the range from the earlier beginning to the later end."""
        begins = None if self.earliest is None or other.earliest is None else min(self.earliest, other.earliest)
        ends = None if self.latest is None or other.latest is None else max(self.latest, other.latest)
        return DateRange(begins, ends, "open" if begins is None or ends is None else "range")

    def common(self, other: DateRange) -> DateRange | None:
        """Give the days that both may mean; None if there are none."""
        if not self.overlaps(other):
            return None
        begins = max((day for day in (self.earliest, other.earliest) if day is not None), default=None)
        ends = min((day for day in (self.latest, other.latest) if day is not None), default=None)
        if begins is None or ends is None:
            return DateRange(begins, ends, "open")
        return DateRange(begins, ends, min(self.precision, other.precision, key=DATE_PRECISIONS.index))
