"""Days known by name: holidays, and events from which reports count ("day 500 of the war")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from allegedly.resources.lexicon import load_table
from allegedly.temporal.expression import Holiday, Meaning, NamedEvent, Unreadable
from allegedly.temporal.pieces import TABLES
from allegedly.temporal.words import amount_of, ordinal_of

Groups = Mapping[str, str]
NO_PUBLICATION: Final = "no-publication-date"
_SAME_DAY: Final = 3  # days: reports count from the first or the second day, and appear a day later


class StartingDay(NamedTuple):
    """
    An event from which reports count days.

    Args:
        words: Words of which one must stand in the report.
        day: The first day.
    """

    words: re.Pattern[str]
    day: date


@lru_cache(maxsize=1)
def load_holidays() -> dict[str, str]:
    """
    Read the rule of each name of a holiday.

    Raises:
        LexiconError: A line cannot be used.
    """
    rows = load_table(TABLES / "holidays.tsv", ("id", "names", "rule"))
    return {name.replace("['’]", "'"): rule for _, names, rule in rows for name in names.split("|")}


@lru_cache(maxsize=1)
def load_events() -> tuple[StartingDay, ...]:
    """
    Read the events from which reports count days.

    Raises:
        LexiconError: A line cannot be used.
    """
    rows = load_table(TABLES / "events.tsv", ("id", "words", "day"))
    return tuple(StartingDay(re.compile(rf"\b(?:{words})"), date.fromisoformat(day)) for _, words, day in rows)


def read_holiday(groups: Groups) -> Meaning | None:
    """Read a holiday of a year that may be unsaid."""
    name = " ".join(groups["holiday"].replace("’", "'").split())
    rule = next((rule for known, rule in load_holidays().items() if re.fullmatch(known, name)), None)
    year = int(groups["year"]) if groups.get("year") else None
    turn = {"last": -1, "this": 0, "next": 1}.get(groups.get("turned", ""))
    tail = next((n for word, n in (("last", -1), ("next", 1), ("year", 0)) if word in groups.get("tail", "")), None)
    return None if rule is None else Holiday(rule, year, turn, tail)


def read_day_of_event(groups: Groups) -> Meaning | None:
    """Read "day 500 of the war"; which war is seen from the report."""
    words = groups.get("ordinal", "")
    number = ordinal_of(words) if words else int(amount_of(groups.get("num", "")) or 0)
    return NamedEvent(number) if 1 <= number < 10**5 else None


def read_event(_: Groups) -> Meaning | None:
    """Read "the full-scale invasion"."""
    return NamedEvent()


def find_event_day(event: NamedEvent, text: str, published: date | None) -> date | Unreadable:
    """
    Say which day a counted day or a named event is.

    Of several events that the report may mean, the one whose count leads to the publication date counts.
    """
    fitting = [known.day for known in load_events() if known.words.search(text)]
    known_days = [day for day in fitting if published is None or day <= published]
    if event.number:
        if published is None:
            return Unreadable(NO_PUBLICATION)
        days = [day + timedelta(event.number - 1) for day in known_days]
        days = [day for day in days if day <= published + timedelta(_SAME_DAY)]
        known_days = [day for day in days if abs((published - day).days) <= _SAME_DAY] or days
    if len(set(known_days)) == 1:
        return known_days[0]
    return Unreadable("several-events" if known_days else "unknown-beginning")


def holiday_date(rule: str, year: int) -> date | None:
    """
    Give the day of a holiday in a year; None for calendars that follow the sighted moon.

    Example:
        >>> holiday_date("easter+0", 2025), holiday_date("nth:11:3:4", 2025)
        (datetime.date(2025, 4, 20), datetime.date(2025, 11, 27))
    """
    if not 1 <= year <= 9998 or rule == "lunar":
        return None
    if rule == "election":  # the Tuesday after the first Monday of November
        first = date(year, 11, 1)
        return first + timedelta((0 - first.weekday()) % 7 + 1)
    if rule.startswith("nth:"):
        return _nth_weekday(year, *map(int, rule.split(":")[1:]))
    if "+" in rule or re.search(r"[a-z]-", rule):
        name, days = re.fullmatch(r"([a-z]+)([+-]\d+)", rule).groups()  # type: ignore[union-attr]
        return (easter(year) if name == "easter" else orthodox_easter(year)) + timedelta(int(days))
    month, day = map(int, rule.split("-")[-2:])
    return date(year, month, day)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    if nth < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
        return last - timedelta((last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))


def easter(year: int) -> date:
    """Give Western Easter Sunday (Meeus 1991, after the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Give Orthodox Easter Sunday in the Gregorian calendar (Meeus 1991)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(year // 100 - year // 400 - 2)
