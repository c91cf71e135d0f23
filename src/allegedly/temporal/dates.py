"""Readers of calendar dates: what "24 May 2025", "the third quarter", "490 BC" say by themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from allegedly.temporal.expression import Ambiguous, Meaning, Point, Unreadable
from allegedly.temporal.lengths import read_every
from allegedly.temporal.times import part_text
from allegedly.temporal.words import DECADES, SEASONS, Unit, month_of, ordinal_of, weekday_of, year_of

Groups = Mapping[str, str]
Read = Meaning | list[tuple[str, Meaning]] | None

_TURNS: Final = {
    "last": -1, "past": -1, "previous": -1, "this past": -1, "this": 0, "current": 0, "present": 0, "that": 0,
    "same": 0, "next": 1, "coming": 1, "following": 1, "upcoming": 1, "this coming": 1,
}  # fmt: skip
_PREVIOUS: Final = frozenset("that same following previous".split())
_QUARTERS: Final = {"first": "Q1", "second": "Q2", "third": "Q3", "fourth": "Q4", "final": "Q4"}
_LAST_CENTURY: Final = 30
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NOT_WORD: Final = re.compile(r"\W+")


def turn_of(words: str) -> int | None:
    """Say which way a word turns: -1 last, 0 this, 1 next."""
    return _TURNS.get(words.removeprefix("the ").strip())


def _tail(words: str) -> tuple[int | None, bool]:
    """Read "of that year": the turn, and whether it is counted from the expression before."""
    for word in _NOT_WORD.split(words):
        if word in _TURNS:
            return _TURNS[word], word in _PREVIOUS
    return None, False


def _year(groups: Groups, name: str = "year") -> int | None:
    """Give the year of a group, negative before our era; None if it is not said."""
    words = groups.get(name) or groups.get("spoken", "")
    year = year_of(words) if words else None
    return -year if year and groups.get("era", "").startswith("b") else year


def _on_calendar(point: Point) -> Meaning:
    """Give the point, or say why it is on no calendar."""
    if point.year == 0:
        return Unreadable("no-year-0")
    if point.day and point.month:
        if not 1 <= point.month <= len(_DAYS):
            return Unreadable("no-such-month")
        leap = point.year is None or (point.year % 4 == 0 and (point.year % 100 != 0 or point.year % 400 == 0))
        if not 1 <= point.day <= _DAYS[point.month - 1] - (point.month == 2 and not leap):
            return Unreadable("no-such-day")
    return point


def read_date(groups: Groups) -> Read:
    """Read the fields of a date in words."""
    weekday = weekday_of(groups["weekday"]) if groups.get("weekday") else None
    month = (
        month_of(groups.get("month") or groups.get("bare") or "") if groups.get("month") or groups.get("bare") else 0
    )
    day = ordinal_of(groups.get("day") or groups.get("ordinal") or "")
    tail, back = _tail(groups.get("tail", ""))
    turned = groups.get("turned", "")
    turn = turn_of(turned) if turned else None
    unit: Unit = "day" if day or weekday is not None else "month" if month else "year"
    part = SEASONS.get(groups.get("season", ""), "")
    time = part_text(groups.get("part", "") or groups.get("daypart", ""))
    if groups.get("week"):
        week, back = _tail(groups["week"])
        return Point("day", weekday=weekday, week=week, base="previous" if back else "publication")
    back = back or turned.removeprefix("the ") in {"following", "previous", "that"}
    unit = "season" if part and unit == "year" else unit
    if turned in {"each", "every"}:
        return read_every({"unit": "year", **groups})
    return _on_calendar(
        Point(unit, _year(groups), month, day, weekday, part, time, turn, tail, "previous" if back else "publication")
    )


def read_year(groups: Groups) -> Read:
    """Read a year that stands alone."""
    if groups.get("short"):
        return Point("year", int(groups["short"]), short=True)
    return _on_calendar(Point("year", _year(groups)))


def read_iso(groups: Groups) -> Read:
    """Read an ISO 8601 date."""
    time = groups.get("clocktime", "").replace(" ", "T").upper()
    return _on_calendar(Point("day", int(groups["y"]), int(groups["m"]), int(groups["d"]), time=time))


def read_figures(groups: Groups) -> Read:
    """Read a date in figures; where day and month can be told apart by neither, both readings stay."""
    first, second = int(groups["a"]), int(groups.get("b") or groups["b2"])
    year = int(groups["y"])
    if len(groups["y"]) == 2:
        year += 2000 if year < 70 else 1900
    if groups.get("b2"):  # points: the day stands first everywhere
        return _on_calendar(Point("day", year, second, first))
    if first > 12 >= second or first == second:
        return _on_calendar(Point("day", year, second, first))
    if second > 12 >= first:
        return _on_calendar(Point("day", year, first, second))
    if first > 12:
        return Unreadable("no-such-month")
    return Ambiguous(Point("day", year, second, first), Point("day", year, first, second))


def read_night_of(groups: Groups) -> Read:
    """Read the night between two days; its value is that of the first."""
    month = month_of(groups["month"])
    first, last = ordinal_of(groups["day"]), ordinal_of(groups["day2"])
    return _on_calendar(Point("day", _year(groups), month, first, time="TNI", days=max(1, last - first + 1)))


def read_day_range(groups: Groups) -> Read:
    """Read two days of one month."""
    tail, back = _tail(groups.get("tail", ""))
    base = Point("day", _year(groups), month_of(groups["month"]), tail=tail, base="previous" if back else "publication")
    if ordinal_of(groups["day"]) >= ordinal_of(groups["day2"]):
        return None
    return [(name, _on_calendar(replace(base, day=ordinal_of(groups[name])))) for name in ("day", "day2")]


def read_month_range(groups: Groups) -> Read:
    """Read two months of one year."""
    year = _year(groups)
    first, last = month_of(groups["bare"]), month_of(groups["bare2"])
    begin = year - 1 if year is not None and first > last else year
    return [("bare", Point("month", begin, first)), ("bare2", Point("month", year, last))]


def read_year_range(groups: Groups) -> Read:
    """Read two years; the second may be cut to two digits."""
    first, cut = int(groups["year"]), groups["years"]
    last = int(cut) if len(cut) == 4 else first - first % 100 + int(cut)
    if not first < last < first + 200:
        return None
    return [("year", Point("year", first)), ("years", Point("year", last))]


def read_era_range(groups: Groups) -> Read:
    """Read two years before our era."""
    return [(name, _on_calendar(Point("year", -int(groups[name])))) for name in ("old", "old2")]


def read_era_year(groups: Groups) -> Read:
    """Read a year, month, season or decade with its era."""
    sign = -1 if groups.get("era", "").startswith("b") else 1
    if groups.get("olddecade"):
        return Point("decade", sign * int(groups["olddecade"]))
    year = sign * int(groups.get("old") or groups["old2"])
    if groups.get("month"):
        return _on_calendar(Point("month", year, month_of(groups["month"])))
    part = SEASONS.get(groups.get("season", ""), "")
    return _on_calendar(Point("season" if part else "year", year, part=part))


def read_decade(groups: Groups) -> Read:
    """Read a decade; two digits or a word belong to the last century."""
    words = groups["dec"].removesuffix("s").strip("'’")
    digits = re.sub(r"\D", "", words)
    if len(digits) == 4:
        return Point("decade", int(digits))
    century = 1800 if words.startswith("eighteen") else 1900
    value = int(digits) if digits else next((n for word, n in DECADES.items() if groups["dec"].endswith(word)), 0)
    return Point("decade", century + value)


def read_century(groups: Groups) -> Read:
    """Read a century by its number."""
    number = ordinal_of(groups["ordinal"])
    if not 1 <= number <= _LAST_CENTURY:
        return None
    era = groups.get("era", "")
    before = era.startswith("b")
    return Point("century", (1 - number if before else number - 1) * 100 or (-1 if before else 1))


def read_quarter(groups: Groups) -> Read:
    """Read a quarter of a year that may be unsaid."""
    nth = groups["nth"]
    part = f"Q{nth}" if nth.isdigit() else _QUARTERS[nth]
    year = _year(groups) or _year(groups, "year2")
    tail, back = _tail(groups.get("of", "") or groups.get("turned", "").replace("'s", " ").replace("’s", " "))
    if "earlier" in groups.get("before", "") or ("year" in groups.get("before", "") and "ago" in groups["before"]):
        tail = -1
    return Point(
        "quarter", year, part=part, tail=tail if year is None else None, base="previous" if back else "publication"
    )


def read_half(groups: Groups) -> Read:
    """Read half a year."""
    tail, back = _tail(groups.get("of", ""))
    part = "H1" if groups["nth"] == "first" else "H2"
    return Point("half", _year(groups), part=part, tail=tail, base="previous" if back else "publication")


def read_bare_day(groups: Groups) -> Read:
    """Read "the 3rd": a day of a month that is not said."""
    day = ordinal_of(groups["ordinal"])
    if not groups["ordinal"][0].isdigit() or not 1 <= day <= 31:
        return None
    tail, back = _tail(groups.get("of", "").replace("month", "year"))
    return Point("day", day=day, tail=tail, base="previous" if back else "publication")


def read_weekend(_: Groups) -> Read:
    """Read "the weekend"."""
    return Point("weekend")


def read_other_calendar(_: Groups) -> Read:
    """Read "12 Rajab 1446": a date that is not converted, as calendars differ by sighting and by country."""
    return Unreadable("other-calendar")


def read_year_nought(_: Groups) -> Read:
    """Read "the year 0"."""
    return Unreadable("no-year-0")
