"""Extents: the days that a period, a part of it ("early May") or a length on one side of publication may mean."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from allegedly.records.daterange import DatePrecision, DateRange
from allegedly.temporal.expression import Length
from allegedly.temporal.periods import Period, day_period, shift

_EARLY: Final = re.compile(r"(?:the )?(?:very )?(?:early|start|beginning|outset|opening|first (?:days|weeks|months))\b")
_MIDDLE: Final = re.compile(r"(?:the )?(?:mid\b|mid-|middle|midpoint)")
_LATE: Final = re.compile(r"(?:the )?(?:very )?(?:late\b|end\b|close\b|final|last (?:days|weeks|months)|latter)")
_PARTED: Final = frozenset(("month", "quarter", "half", "year", "decade", "century", "season"))
_SMALL: Final = frozenset(("second", "minute", "hour"))


_WEEK_OF: Final = re.compile(r"(?:the )?(?:(first|opening)|(second)|(third)|(fourth)|(last|final)) week of\b")


def extent_of(period: Period, words: str, *, days: int = 1) -> DateRange | None:
    """
    Give the days of a period, narrowed where the words say early, middle or late; None off the calendar.

    Args:
        period: The period.
        words: Words of the expression, in small letters.
        days: How many days it runs.

    Example:
        >>> extent_of(Period("month", 2025, 5), "late may").iso
        '2025-05-21/2025-05-31'
    """
    bounds = period.bounds()
    if bounds is None:
        return None
    first, last = bounds
    week = _WEEK_OF.match(words) if period.unit == "month" else None
    if week:
        return DateRange(*_week_of_month(first, last, week.lastindex or 0), "week")
    if period.unit in _PARTED:
        first, last = _narrow(first, last, words)
    if days > 1 or period.time == "TNI":  # a night ends on the next day
        last = _later(last, max(1, days - 1))
    return DateRange(first, last, _precision(period))


def _precision(period: Period) -> DatePrecision:
    if period.unit == "day" and period.time:
        return "hour" if ":" in period.time else "part"
    return period.unit if period.unit not in _SMALL else "hour"  # type: ignore[return-value]


def _narrow(first: date, last: date, words: str) -> tuple[date, date]:
    """Take a third of a period; borders are generous, since the words are not exact."""
    third = (last - first).days // 3
    if _EARLY.match(words):
        return first, first + timedelta(third)
    if _MIDDLE.match(words):
        return first + timedelta(third), last - timedelta(third)
    if _LATE.match(words):
        return last - timedelta(third), last
    return first, last


def _week_of_month(first: date, last: date, number: int) -> tuple[date, date]:
    """Give the days of the nth week of a month, counted from its first day; the fifth is its last seven."""
    if number == 5:
        return last - timedelta(6), last
    begins = first + timedelta(7 * (number - 1))
    return begins, begins + timedelta(6)


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError:
        return day


def length_extent(length: Length, published: date | None) -> DateRange | None:
    """Give the days of "the past three weeks", "the next two years"."""
    if published is None or length.amount is None:
        return None
    today = day_period(published)
    if length.unit in _SMALL:
        hours = length.amount * {"second": 1 / 3600, "minute": 1 / 60, "hour": 1}[length.unit]
        other = shift(today, "day", length.side * max(1, round(hours / 24)))
    else:
        other = shift(today, length.unit, length.side * length.amount)
    bounds = other.bounds() if other else None
    if bounds is None:
        return None
    return DateRange(bounds[0], published, "range") if length.side < 0 else DateRange(published, bounds[1], "range")
