"""Times of day as TIMEX3 writes them: parts (``TMO``) and clock times with their zone as stated (``T18:00``)."""

from __future__ import annotations

import re
from typing import Final

from allegedly.temporal.words import CLOCKS, DAYPARTS, amount_of

_CLOCK: Final = re.compile(r"(?P<h>\d{1,2})(?:[:.]?(?P<m>\d\d))?(?::(?P<s>\d\d))?")
_WORD: Final = re.compile(r"[a-z]+")
_OFFSET: Final = re.compile(r"(?P<sign>[+−-]) ?(?P<h>\d{1,2})(?::?(?P<m>\d\d))?")
# Only zones that are the same everywhere and all the year; others stay words of the span, never guessed.
_ZONES: Final = {"utc": "Z", "gmt": "Z", "zulu": "Z", "z": "Z"}
_LAST_HOUR: Final = 24


def part_text(words: str) -> str:
    """
    Give the part of the day that words name; empty if they name none.

    Example:
        >>> part_text("the early hours of"), part_text("before dawn"), part_text("early on")
        ('TMO', 'TMO', '')
    """
    for word in _WORD.findall(words):
        if word in DAYPARTS:
            return f"T{DAYPARTS[word]}"
        if word == "tonight":
            return "TNI"
    return ""


def clock_text(words: str, zone: str = "") -> str | None:
    """
    Give the TIMEX3 text of a clock time; None if the day has no such time.

    24:00 stays 24:00, the end of its day.

    Example:
        >>> clock_text("6:40 p.m."), clock_text("1800 hours", "utc"), clock_text("25:10")
        ('T18:40', 'T18:00Z', None)
    """
    plain = words.strip()
    if plain in CLOCKS:
        return f"T{CLOCKS[plain]}{_zone_text(zone)}"
    match = _CLOCK.match(plain)
    if match is None:
        hour, minute = int(amount_of(plain.split()[0].removesuffix("o'clock")) or 0), 0
    else:
        hour, minute = int(match["h"]), int(match["m"] or 0)
    hour = _half_of_day(plain, hour)
    if hour > _LAST_HOUR or minute > 59 or (hour == _LAST_HOUR and minute):
        return None
    return f"T{hour:02d}:{minute:02d}{_zone_text(zone)}"


def _half_of_day(words: str, hour: int) -> int:
    """Add twelve hours where the words say so."""
    squeezed = words.replace(".", "").replace(" ", "")
    afternoon = squeezed.endswith("pm") or "afternoon" in words or "evening" in words or ("night" in words and hour > 5)
    if afternoon:
        return hour if hour >= 12 else hour + 12
    if (squeezed.endswith("am") or "night" in words) and hour == 12:
        return 0
    return hour


def _zone_text(zone: str) -> str:
    """Give a zone that needs no table: UTC and offsets from it."""
    plain = zone.strip("() ").removeprefix("in ")
    offset = _OFFSET.search(plain)
    if offset:
        sign = "+" if offset["sign"] == "+" else "-"
        return f"{sign}{int(offset['h']):02d}:{offset['m'] or '00'}"
    first = plain.split()[0] if plain else ""
    return _ZONES.get(first, "")
