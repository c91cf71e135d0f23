"""Words of the calendar: names of months, days, seasons, units and numbers, and what they stand for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from allegedly.text.numbers import read_number

Unit = Literal["second", "minute", "hour", "day", "week", "weekend", "month", "season", "quarter", "half", "year",
               "decade", "century"]  # fmt: skip

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS: Final = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAYPARTS: Final = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "nightfall": "NI", "overnight": "NI",
    "nighttime": "NI", "predawn": "MO", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "dusk": "EV",
    "sunset": "EV", "sundown": "EV", "mornings": "MO", "afternoons": "AF", "evenings": "EV", "nights": "NI",
    "hours": "MO",  # "the early hours"
}  # fmt: skip
CLOCKS: Final = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
ORDINALS: Final = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
} | {"twenty-first": 21, "thirtieth": 30}
DECADES: Final = {
    word: number
    for number, word in zip(
        range(10, 100, 10),
        "tens twenties thirties forties fifties sixties seventies eighties nineties".split(),
        strict=True,
    )
}
# TIMEX3 letters of a length: value prefix, letter.
LETTERS: Final[dict[Unit, tuple[str, str]]] = {
    "second": ("PT", "S"), "minute": ("PT", "M"), "hour": ("PT", "H"), "day": ("P", "D"), "week": ("P", "W"),
    "weekend": ("P", "WE"), "month": ("P", "M"), "season": ("P", "SE"), "quarter": ("P", "Q"), "half": ("P", "H"),
    "year": ("P", "Y"), "decade": ("P", "DE"), "century": ("P", "CE"),
}  # fmt: skip
_SHORT_UNITS: Final[dict[str, Unit]] = {
    "sec": "second", "secs": "second", "min": "minute", "mins": "minute", "hr": "hour", "hrs": "hour", "wk": "week",
    "yr": "year", "yrs": "year", "centuries": "century", "half-century": "century", "mth": "month", "night": "day",
    "fortnight": "week", "fortnights": "week", "nights": "day",
}  # fmt: skip
_PLAIN: Final[dict[str, Unit]] = {unit: unit for unit in LETTERS}
_FIXED: Final = {
    "": 1, "a": 1, "an": 1, "another": 1, "one": 1, "half a": 0.5, "half an": 0.5, "a half": 0.5, "half": 0.5,
    "a dozen": 12, "dozen": 12,
}  # fmt: skip
_ABOUT: Final = re.compile(r"\ba (?:couple|pair)\b")
_VAGUE: Final = re.compile(r"\b(?:few|several|many|some|dozens|hundreds|thousands|scores|numerous|recent|countless)\b")
_RANGE: Final = re.compile(r" (?:to|or) |\d ?[-–] ?\d")
_FRACTION: Final = re.compile(r"(\d+) (\d)/(\d)")
_NUMBER_TAIL: Final = re.compile(r"\s+|-")


def month_of(word: str) -> int:
    """Give the number of a month by its name or its first letters; 0 if it is none."""
    start = word[:3]
    return next((number for number, name in enumerate(MONTHS, start=1) if name.startswith(start)), 0)


def weekday_of(word: str) -> int:
    """Give the number of a day of the week, Monday 0; -1 if it is none."""
    start = word[:3]
    return next((number for number, name in enumerate(WEEKDAYS) if name.startswith(start)), -1)


def unit_of(word: str) -> Unit:
    """Give the unit of a word, singular or plural."""
    plain = word.rstrip(".")
    found = _SHORT_UNITS.get(plain) or _PLAIN.get(plain.removesuffix("s"))
    return found or "day"


def ordinal_of(word: str) -> int:
    """Give the number of an ordinal, words or digits ("third", "3rd"); 0 if it is none."""
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else ORDINALS.get(_NUMBER_TAIL.sub("-", word), 0)


@lru_cache(maxsize=4096)
def amount_of(words: str) -> float | None:
    """
    Give the number of words before a unit; None if they are vague.

    Example:
        >>> amount_of("twenty-five"), amount_of("a couple of"), amount_of("several")
        (25, 2, None)
    """
    plain = " ".join(words.split())
    if fraction := _FRACTION.fullmatch(plain):
        return int(fraction[1]) + int(fraction[2]) / max(1, int(fraction[3]))
    if _RANGE.search(plain):
        return None
    plain = plain.replace("-", " ").strip()
    if plain in _FIXED or _ABOUT.search(plain):
        return _FIXED.get(plain, 2)
    reading = None if _VAGUE.search(plain) else read_number(plain)
    return None if reading is None else reading.best if reading.best is not None else reading.low


def year_of(words: str) -> int:
    """
    Give the year of digits or of two spoken pairs; 0 if it is none.

    Example:
        >>> year_of("1987"), year_of("nineteen ninety-six"), year_of("two thousand")
        (1987, 1996, 2000)
    """
    if words.isdigit():
        return int(words)
    parts = words.replace("-", " ").split()
    if parts[:2] == ["two", "thousand"]:
        rest = " ".join(part for part in parts[2:] if part != "and")
        return 2000 + int(amount_of(rest) or 0) if rest else 2000
    return int(amount_of(parts[0]) or 0) * 100 + int(amount_of(" ".join(parts[1:])) or 0) if len(parts) > 1 else 0
