"""
Periods of the calendar, from days to centuries: their arithmetic and their TIMEX3 text.

Years before our era are negative: 490 BC is -490. A period before year 1 has a
value but no days, since the calendar of the standard library begins there.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from allegedly.temporal.words import Unit

_SEASON_START: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_MONTHS_IN: Final[dict[Unit, int]] = {"month": 1, "season": 3, "quarter": 3, "half": 6}
_COARSENESS: Final = ("day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century")
_MOST_YEARS: Final = 9999
_FAR: Final = 10**5


@dataclass(frozen=True, slots=True)
class Period:
    """
    A stretch of the calendar; immutable.

    Args:
        unit: Its length.
        year: Year; ISO year for weeks; first year for decades and centuries; negative before our era.
        month: Month, for months and days.
        day: Day of the month, for days.
        part: TIMEX3 text of what is not a month: ``W05``, ``Q3``, ``H1``, ``SU``.
        time: TIMEX3 text of the part of a day: ``T18:00``, ``TMO``.
    """

    unit: Unit
    year: int
    month: int = 0
    day: int = 0
    part: str = ""
    time: str = ""

    @property
    def value(self) -> str:
        """TIMEX3 text."""
        return self._date_text() + self.time

    def _date_text(self) -> str:
        year = f"{self.year:04d}" if self.year >= 0 else f"BC{-self.year:04d}"
        if self.unit == "century":
            return year[:-2]
        if self.unit == "decade":
            return year[:-1]
        if self.unit == "weekend":
            return f"{year}-{self.part}-WE"
        if self.part:
            return f"{year}-{self.part}"
        if self.unit == "year":
            return year
        return f"{year}-{self.month:02d}" + (f"-{self.day:02d}" if self.unit == "day" else "")

    @property
    def coarseness(self) -> int:
        """Rank of the unit, days lowest."""
        return _COARSENESS.index(self.unit)

    def bounds(self) -> tuple[date, date] | None:
        """Give the first and the last day; None outside the years 1 to 9999."""
        try:
            first, last = self._bounds()
        except (ValueError, OverflowError):
            return None
        return first, last

    def _bounds(self) -> tuple[date, date]:
        if self.unit == "day":
            day = date(self.year, self.month, self.day)
            return day, day
        if self.unit in {"week", "weekend"}:
            monday = date.fromisocalendar(self.year, int(self.part[1:3]), 1)
            return monday + timedelta(5 if self.unit == "weekend" else 0), monday + timedelta(6)
        if self.unit == "season" and self.part == "WI":  # one ends in the year, one begins in it: both may be meant
            return date(self.year, 1, 1), date(self.year + 1, 3, 1) - timedelta(1)
        if self.unit in _MONTHS_IN:
            return _months(self.year, self._first_month(), _MONTHS_IN[self.unit])
        length = {"year": 1, "decade": 10, "century": 100}[self.unit]
        return date(self.year, 1, 1), date(self.year + length - 1, 12, 31)

    def _first_month(self) -> int:
        if self.unit == "month":
            return self.month
        if self.unit == "season":
            return _SEASON_START[self.part]
        return (int(self.part[1]) - 1) * _MONTHS_IN[self.unit] + 1

    @property
    def middle_month(self) -> int:
        """A month inside, to compare months by: the first of several; 0 if none is known."""
        if self.month:
            return self.month
        if self.unit == "season":
            return 1 if self.part == "WI" else _SEASON_START[self.part]
        bounds = None if self.unit in {"year", "decade", "century"} else self.bounds()
        return bounds[0].month if bounds else 0

    def at(self, time: str) -> Period:
        """Give the same day at a time of day."""
        return replace(self, time=time)


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    last = first + count - 1
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def day_period(day: date) -> Period:
    """Give the period of a day."""
    return Period("day", day.year, day.month, day.day)


def week_period(day: date, *, unit: Unit = "week") -> Period:
    """Give the ISO week of a day, or its weekend."""
    year, week, _ = day.isocalendar()
    return Period(unit, year, part=f"W{week:02d}")


def season_of(day: date) -> Period:
    """Give the season of a day; January and February belong to the winter of their own year."""
    for part in ("FA", "SU", "SP"):
        if _SEASON_START[part] <= day.month < _SEASON_START[part] + 3:
            return Period("season", day.year, part=part)
    return Period("season", day.year, part="WI")


def cover(day: date, unit: Unit) -> Period:
    """Give the period of a unit in which a day lies."""
    if unit in {"week", "weekend"}:
        return week_period(day, unit=unit)
    if unit == "season":
        return season_of(day)
    if unit in {"year", "decade", "century"}:
        return year_period(day.year, unit)
    parts = {"month": "", "quarter": f"Q{(day.month + 2) // 3}", "half": f"H{(day.month + 5) // 6}"}
    if unit in parts:
        return Period(unit, day.year, day.month if unit == "month" else 0, part=parts[unit])
    return day_period(day)


def year_period(year: int, unit: Unit) -> Period:
    """Give the year, decade or century in which a year lies."""
    step = {"decade": 10, "century": 100}.get(unit, 1)
    first = year - year % step if year >= 0 else -(-year - -year % step)
    return Period(unit, first)


def zoom(period: Period, unit: Unit) -> Period | None:
    """Give the longer period in which a shorter one lies; None if that cannot be said."""
    if unit in {"year", "decade", "century"}:
        return year_period(period.year, unit)
    if unit == period.unit:
        return replace(period, time="")
    if unit == "month" and period.month:
        return Period("month", period.year, period.month)
    bounds = period.bounds()
    if bounds is None or period.coarseness > _COARSENESS.index(unit if unit in _COARSENESS else "day"):
        return None
    return cover(bounds[0], unit)


def shift(period: Period, unit: Unit, amount: float) -> Period | None:
    """
    Move a period by so many units, and give the unit's period there; None if it falls off the calendar.

    Days and weeks need a day to start from; a longer period starts at its first day, going back, at its last, going on.

    Example:
        >>> shift(Period("month", 2025, 1), "month", -1)
        Period(unit='month', year=2024, month=12, day=0, part='', time='')
    """
    if not -_FAR < amount < _FAR:
        return None
    if unit in {"year", "decade", "century"}:
        step = {"year": 1, "decade": 10, "century": 100}[unit]
        year = _skip_year_nought(period.year, round(amount * step))
        return year_period(year, unit) if -_MOST_YEARS <= year <= _MOST_YEARS else None
    bounds = period.bounds()
    if bounds is None:
        return None
    day = bounds[0] if amount <= 0 else bounds[1]
    if unit in _MONTHS_IN:
        moved = add_months(day, round(amount * _MONTHS_IN[unit]))
    else:
        moved = _add_days(day, round(amount * {"week": 7, "weekend": 7}.get(unit, 1)))
    return None if moved is None else cover(moved, unit)


def _skip_year_nought(year: int, step: int) -> int:
    """Add years; 1 BC is followed by AD 1."""
    moved = year + step
    if year < 0 <= moved:
        return moved + 1
    return moved - 1 if moved <= 0 < year else moved


def _add_days(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def add_months(day: date, months: int) -> date | None:
    """Move a day by months, to the last day of the month where the month is shorter; None off the calendar."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not 1 <= year <= _MOST_YEARS:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def nearest_weekday(day: date, weekday: int, direction: int, *, strict: bool = False) -> date | None:
    """
    Give the day of the week that is nearest to a day.

    Args:
        day: Where to start.
        weekday: 0 Monday to 6 Sunday.
        direction: -1 back, 1 on, 0 whichever is nearer.
        strict: Whether the day itself does not count.
    """
    back = (day.weekday() - weekday) % 7
    on = (weekday - day.weekday()) % 7
    if strict:
        back, on = back or 7, on or 7
    if direction < 0 or (direction == 0 and back <= on):
        return _add_days(day, -back)
    return _add_days(day, on)
