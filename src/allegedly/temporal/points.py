"""
Points: fields of the calendar that are missing, filled in from the anchors.

News counts from the publication date and looks back unless the words look
ahead; histories go on from what was told before.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from allegedly.records.codes import TimeAnchor, TimeReason
from allegedly.temporal.expression import Point
from allegedly.temporal.named import NO_PUBLICATION
from allegedly.temporal.periods import (
    Period,
    add_months,
    cover,
    day_period,
    nearest_weekday,
    shift,
    week_period,
)
from allegedly.temporal.scene import NO_PREVIOUS, Outcome, Scene

_BACK_IN_HISTORY: Final = 6  # months: a month named so much earlier than the one before belongs to the next year
_PARTS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7}
_LEAP_YEARS: Final = 8  # between two leap days, at most
_AHEAD_YEARS: Final = 10
_FIRST_LEAP: Final = 4
_NEAR: Final = 75  # days: a day so near to publication is meant whatever the words around say


def complete(point: Point, scene: Scene) -> Outcome:
    """Say which period a point is, seen from the scene."""
    if point.unit == "hour" or (point.unit == "day" and not point.day and point.weekday is None):
        return _time_of_day(point, scene)
    if point.year is not None:
        return _stated(point, scene)
    if point.week is not None:
        return _weekday_of_week(point, scene)
    if point.unit == "weekend":
        return _weekend(point, scene)
    if point.day:
        return _year_missing(point, scene) if point.month else _bare_day(point, scene)
    return _weekday(point, scene) if point.weekday is not None else _year_missing(point, scene)


def _stated(point: Point, scene: Scene) -> Outcome:
    """Give a point whose year is said."""
    if point.unit == "quarter" and not point.part:
        return _quarter_of_year(point, scene)
    if point.short:
        return _short_year(point, scene)
    return scene.place(_with_year(point, point.year or 0), None)


def _short_year(point: Point, scene: Scene) -> Outcome:
    """Find the century of "’45": the one that brings it nearest to what was told, but not far ahead of publication."""
    base, anchored, why = _base(point, scene)
    if base is None:
        return Outcome(f"XX{point.year or 0:02d}", reason=why)
    years = [base.year - base.year % 100 + century + (point.year or 0) for century in (-100, 0, 100)]
    known = [year for year in years if anchored == "previous" or year <= base.year + _AHEAD_YEARS]
    return scene.place(Period("year", min(known, key=lambda year: abs(year - base.year))), anchored)


def _with_year(point: Point, year: int) -> Period:
    """Give the period of a point whose year is known."""
    return Period(point.unit, year, point.month, point.day, point.part, point.time)


def _open(point: Point, reason: TimeReason) -> Outcome:
    """Give a value with what is known, and why the rest is not."""
    if point.part:
        return Outcome(f"XXXX-{point.part}", None, None, reason)
    if point.weekday is not None and not point.day:
        return Outcome(f"XXXX-WXX-{point.weekday + 1}{point.time}", None, None, reason)
    if point.unit in {"hour", "day"} and not point.month:
        return Outcome(
            f"XXXX-XX-{point.day:02d}{point.time}" if point.day else f"XXXX-XX-XX{point.time}", None, None, reason
        )
    if point.unit == "weekend":
        return Outcome("XXXX-WXX-WE", None, None, reason)
    day = f"-{point.day:02d}" if point.day else ""
    return Outcome(f"XXXX-{point.month:02d}{day}{point.time}", None, None, reason)


def _base(point: Point, scene: Scene) -> tuple[Period | None, TimeAnchor, TimeReason]:
    """Give the period from which a point counts, what it is, and why there is none."""
    if point.base == "previous" and scene.previous is not None:
        return scene.previous, "previous", NO_PREVIOUS
    if scene.mode == "history" and scene.previous is not None:
        return scene.previous, "previous", NO_PREVIOUS
    return scene.now, scene.base, NO_PUBLICATION


# ------------------------------------------------------------------------------------------------- days without a date


def _time_of_day(point: Point, scene: Scene) -> Outcome:
    """Put a time of day on the day spoken of: in the same sentence, or of publication."""
    day = scene.day if scene.mode == "history" or scene.near_day() else scene.now
    anchored: TimeAnchor = "previous" if day is scene.day and day is not None else scene.base
    if day is None:
        return _open(point, NO_PUBLICATION)
    return scene.place(replace(day, time=point.time), anchored)


def _weekday(point: Point, scene: Scene) -> Outcome:
    """Find the day of the week that is meant."""
    base, anchored, why = _base(point, scene)
    bounds = base.bounds() if base else None
    if bounds is None or point.weekday is None:
        return _open(point, why)
    day = _turned_weekday(point, scene, bounds[0] if anchored != "previous" else bounds[1])
    return scene.place(day_period(day).at(point.time) if day else None, anchored)


def _turned_weekday(point: Point, scene: Scene, base: date) -> date | None:
    weekday = point.weekday or 0
    if point.turn == -1:
        return nearest_weekday(base, weekday, -1, strict=True)
    if point.turn == 1:
        return nearest_weekday(base, weekday, 1, strict=True)
    if scene.mode == "history":
        return nearest_weekday(base, weekday, 0)
    if point.turn == 0:
        return nearest_weekday(base, weekday, 1 if scene.direction >= 0 else -1)
    return nearest_weekday(base, weekday, 1 if scene.direction > 0 else -1)


def _weekday_of_week(point: Point, scene: Scene) -> Outcome:
    """Find "Thursday of last week"."""
    base, anchored, why = _base(point, scene)
    week = shift(base, "week", point.week or 0) if base and base.bounds() else None
    bounds = week.bounds() if week else None
    if bounds is None or point.weekday is None:
        return _open(point, why)
    day = nearest_weekday(bounds[0], point.weekday, 1)
    return scene.place(day_period(day).at(point.time) if day else None, anchored)


def _weekend(point: Point, scene: Scene) -> Outcome:
    """Find the weekend that is meant: the last one, today included, or the coming one if the words look ahead."""
    base, anchored, why = _base(point, scene)
    bounds = base.bounds() if base else None
    if bounds is None:
        return _open(point, why)
    saturday = nearest_weekday(bounds[0], 5, 1 if scene.direction > 0 else -1)
    return scene.place(week_period(saturday, unit="weekend") if saturday else None, anchored)


def _bare_day(point: Point, scene: Scene) -> Outcome:
    """Find the month of "the 3rd": that of the day spoken of or the nearest one that fits."""
    base, anchored, why = _base(point, scene)
    bounds = base.bounds() if base else None
    if bounds is None:
        return _open(point, why)
    first = bounds[0]
    if point.tail is not None:
        moved = add_months(first.replace(day=1), point.tail)
        months = [moved] if moved else []
    elif anchored == "previous":
        months = [first.replace(day=1)]
    else:
        ahead = scene.direction > 0
        steps = (0, 1, 2) if ahead else (0, -1, -2)
        months = [month for step in steps if (month := add_months(first.replace(day=1), step))]
        months = [
            m
            for m in months
            if (m.year, m.month) != (first.year, first.month)
            or (point.day >= first.day) == ahead
            or point.day == first.day
        ]
    days = [Period("day", month.year, month.month, point.day, time=point.time) for month in months]
    fitting = [day for day in days if day.bounds()]
    return scene.place(fitting[0] if fitting else None, anchored)


# ---------------------------------------------------------------------------------------------------- years unsaid


def _quarter_of_year(point: Point, scene: Scene) -> Outcome:
    """Find "the 1988 period": the quarter spoken of, in that year."""
    if scene.quarter is None or point.year is None:
        year = Period("year", point.year or 0)
        return Outcome(year.value, year)
    return scene.place(replace(scene.quarter, year=point.year), "previous")


def _year_missing(point: Point, scene: Scene) -> Outcome:
    """Find the year of a day, month, quarter or season."""
    base, anchored, why = _base(point, scene)
    if base is None:
        return _open(point, why)
    if point.tail is not None:
        year = base.year + point.tail
    elif anchored == "previous" or scene.published is None:
        year = _year_in_history(point, base, scene)
    else:
        year = _year_in_news(point, scene, scene.published)
    return scene.place(_with_year(point, year), anchored)


def _month(point: Point) -> int:
    return point.month or _PARTS.get(point.part, 0)


def _year_in_history(point: Point, base: Period, scene: Scene) -> int:
    """Go on from the expression before: the same year, or the next where the month lies far back in the year."""
    month, before = _month(point), base.middle_month
    if point.turn == -1:
        return base.year - (month >= before)
    if point.turn == 1 or point.base == "previous":
        return base.year + (month <= before)
    rolls = bool(before and month < before - _BACK_IN_HISTORY + bool(point.part)) or (
        point.part == "WI" and before >= 9
    )
    year = base.year + (rolls and not _is_too_late(base.year + 1, month, scene))
    if (
        point.day
        and point.month
        and year > _FIRST_LEAP
        and Period("day", year, point.month, point.day).bounds() is None
    ):
        return next((y for y in range(year, year + 5) if Period("day", y, point.month, point.day).bounds()), year)
    return year


def _is_too_late(year: int, month: int, scene: Scene) -> bool:
    """Say whether a month lies after the next full date of the text, which the telling has not reached."""
    return scene.coming is not None and (year, month) > (scene.coming.year, scene.coming.month)


def _year_in_news(point: Point, scene: Scene, today: date) -> int:
    """Look back from publication, or ahead where the words do."""
    month = _month(point)
    if point.turn is not None:
        return _turned_year(point, today, month)
    direction = scene.direction
    if point.day:
        return _year_of_day(point, today, direction)
    if point.part.startswith(("Q", "H")):
        current = cover(today, point.unit).part
        return today.year - (point.part > current and direction <= 0)
    if direction > 0:
        return today.year + (month < today.month - (2 if point.part else 0))
    return today.year - (month > today.month)


def _turned_year(point: Point, today: date, month: int) -> int:
    """Read "last May", "this spring", "next winter"."""
    if point.turn == 0:
        return today.year
    within = month <= today.month < month + 3 if point.part else month == today.month
    if point.turn == -1:
        return today.year - (month > today.month or within)
    return today.year + (month < today.month or within)


def _year_of_day(point: Point, today: date, direction: int) -> int:
    """Give the year in which a day is nearest, on the side to which the words look if that is not too far."""
    days = []
    reach = _LEAP_YEARS if (point.month, point.day) == (2, 29) else 1
    for year in range(today.year - reach, today.year + reach + 1):
        bounds = Period("day", year, point.month, point.day).bounds()
        if bounds:
            days.append(((bounds[0] - today).days, year))
    near = min(days, key=lambda item: abs(item[0]))
    if abs(near[0]) > _NEAR:
        direction = direction or -1  # what a report names without a year has mostly happened
        sided = [(away, year) for away, year in days if away * direction >= 0]
        near = min(sided or days, key=lambda item: abs(item[0]))
    return near[1]
