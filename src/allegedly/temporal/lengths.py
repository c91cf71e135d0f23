"""Readers of lengths, distances and things that come again: "three days", "two weeks ago", "every Friday"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from allegedly.temporal.expression import Base, Length, Meaning, Offset, Recurrence, Reference
from allegedly.temporal.times import part_text
from allegedly.temporal.words import (
    LETTERS,
    SEASONS,
    Unit,
    amount_of,
    month_of,
    unit_of,
    weekday_of,
)

Groups = Mapping[str, str]

_BEFORE: Final = frozenset("ago earlier previously before prior beforehand back".split())
_PAST_SIDES: Final = frozenset("past last recent latest".split())
_FUTURE_SIDES: Final = frozenset("next coming upcoming".split())
_MOST: Final = 10**6
_ADVERBS: Final = {
    "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "annually": "P1Y", "annual": "P1Y", "yearly": "P1Y",
    "hourly": "PT1H", "nightly": "XXXX-XX-XXTNI", "quarterly": "P1Q", "day-to-day": "P1D", "everyday": "P1D",
    "fortnightly": "P2W", "day after day": "P1D", "night after night": "XXXX-XX-XXTNI", "day in and day out": "P1D",
    "year after year": "P1Y", "week after week": "P1W", "month after month": "P1M",
}  # fmt: skip


def number_text(amount: float) -> str:
    """Write a number without a useless fraction."""
    return str(int(amount)) if float(amount).is_integer() else f"{amount:g}"


def length_value(unit: Unit, amount: float | None) -> str:
    """
    Give the TIMEX3 text of a length.

    Example:
        >>> length_value("hour", 24), length_value("decade", None)
        ('PT24H', 'PXDE')
    """
    prefix, letter = LETTERS[unit]
    return f"{prefix}{'X' if amount is None else number_text(amount)}{letter}"


def _amount(groups: Groups) -> float | None:
    """Give the number of a group; units that are pairs or fractions of others count in those."""
    words = groups.get("num") or groups.get("plain") or ""
    amount = amount_of(words) if words else None
    if groups["unit"].startswith("fortnight"):
        return None if amount is None else 2 * amount
    if groups["unit"] == "half-century":
        return 0.5 * (amount or 1)
    return amount


def read_length(groups: Groups) -> Meaning | None:
    """Read a length with or without a number and the side on which it lies."""
    unit, amount = unit_of(groups["unit"]), _amount(groups)
    if amount is not None and not 0 < amount < _MOST:
        return None
    if groups["unit"] in {"summers", "winters"}:
        return Recurrence(f"XXXX-{SEASONS[groups['unit'].removesuffix('s')]}")
    if amount is None and not (groups.get("num") or groups.get("plain")) and not groups["unit"].endswith("s"):
        amount = 1
    side = groups.get("side", "")
    return Length(unit, amount, -1 if side in _PAST_SIDES else 1 if side in _FUTURE_SIDES else 0)


def read_in_length(groups: Groups) -> Meaning | None:
    """Read "in two days", "within 48 hours": from now on, where the words look ahead."""
    length = read_length(groups)
    return replace(length, side=1, if_ahead=True) if isinstance(length, Length) else length


def read_away(groups: Groups) -> Meaning | None:
    """Read "two days ago", "three weeks later"."""
    unit, amount = unit_of(groups["unit"]), _amount(groups)
    if amount is not None and not 0 <= amount < _MOST:
        return None
    away = groups["away"].split()[0]
    sign = -1 if away in _BEFORE else 1
    base: Base = "publication" if away in {"ago", "hence", "from"} else "previous"
    if amount is None:
        return _vague(sign)
    if unit == "decade":  # "a decade ago" is a year, ten years away
        return Offset("year", sign * amount * 10, base, sign)
    return Offset(unit, sign * amount, base, sign, grain="day" if unit == "week" else None)


def _vague(sign: int) -> Reference:
    return Reference("PAST_REF" if sign < 0 else "FUTURE_REF")


def read_vague_away(groups: Groups) -> Meaning | None:
    """Read "weeks later", "shortly before"."""
    return _vague(-1 if groups["away"] in _BEFORE else 1)


def read_year_before(groups: Groups) -> Meaning | None:
    """Read "a year ago", "year-earlier": in reports of quarters, the same quarter of the year before."""
    base: Base = "publication" if groups["which"] == "ago" else "previous"
    return Offset("year", -1, base, -1, grain="quarter")


def read_while(_: Groups) -> Meaning | None:
    """Read "a while"."""
    return Length("day", None)


def read_every(groups: Groups) -> Meaning | None:
    """Read "every two weeks", "each July", "per day"."""
    if groups.get("season"):
        return Recurrence(f"XXXX-{SEASONS[groups['season']]}")
    if groups.get("month") or groups.get("bare"):
        return Recurrence(f"XXXX-{month_of(groups.get('month') or groups['bare']):02d}")
    if groups.get("part"):
        return Recurrence(f"XXXX-XX-XX{part_text(groups['part'])}")
    if groups.get("day"):
        return Recurrence("P1D")
    if groups["unit"].startswith("night"):
        return Recurrence("XXXX-XX-XXTNI")
    amount = _amount(groups) if groups.get("num") and "times" not in groups["words"] else 1
    return Recurrence(length_value(unit_of(groups["unit"]), amount))


def read_adverb(groups: Groups) -> Meaning | None:
    """Read "daily"."""
    return Recurrence(_ADVERBS[" ".join(groups["often"].split())])


def read_recurring_day(groups: Groups) -> Meaning | None:
    """Read "every Friday", "Sundays"."""
    words = groups["words"].removeprefix("every ").removeprefix("each ").removeprefix("other ")
    return Recurrence(f"XXXX-WXX-{weekday_of(words) + 1}{part_text(words)}")
