"""
Readers: what the groups of a matched rule mean, one function per way of saying a date.

A reader gives a meaning; None if the words are no time after all; or, for words
that hold two ends of a range, the meaning of each group that is an end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from allegedly.temporal.dates import (
    Groups,
    Read,
    read_bare_day,
    read_century,
    read_date,
    read_day_range,
    read_decade,
    read_era_range,
    read_era_year,
    read_figures,
    read_half,
    read_iso,
    read_month_range,
    read_night_of,
    read_other_calendar,
    read_quarter,
    read_weekend,
    read_year,
    read_year_nought,
    read_year_range,
    turn_of,
)
from allegedly.temporal.expression import Offset, Point, Reference, SameTime, Unreadable
from allegedly.temporal.lengths import (
    read_adverb,
    read_away,
    read_every,
    read_in_length,
    read_length,
    read_recurring_day,
    read_vague_away,
    read_while,
    read_year_before,
)
from allegedly.temporal.named import read_day_of_event, read_event, read_holiday
from allegedly.temporal.times import clock_text, part_text
from allegedly.temporal.words import unit_of

_NOT_WORD: Final = re.compile(r"\W+")
_TURNED: Final = frozenset("last next this coming current".split())
_TOLD: Final = frozenset("same that previous following".split())
_DEICTIC: Final = {
    "the day before yesterday": -2, "yesterday": -1, "last night": -1, "the past night": -1, "overnight": -1,
    "this night": 0, "today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2,
}  # fmt: skip
_BACK_SIGNS: Final = {
    "same": 0, "that": 0, "very": 0, "next": 1, "following": 1, "ensuing": 1, "subsequent": 1, "succeeding": 1,
    "after": 1, "later": 1, "previous": -1, "preceding": -1, "prior": -1, "before": -1, "earlier": -1,
}  # fmt: skip


def read_same_quarter(groups: Groups) -> Read:
    """Read "the quarter", "the latest period": the quarter spoken of."""
    which = groups.get("which") or groups.get("which2") or ""
    digits = re.search(r"\d{4}", which)
    if digits:
        return Point("quarter", int(digits[0]), base="previous")
    earlier = "year" in which or groups.get("of")
    if earlier:
        return Offset("year", -1, "previous", -1, grain="quarter")
    return Offset("quarter", 0, "previous", sign=int("latest" in which), grain="quarter")


def read_deictic(groups: Groups) -> Read:
    """Read "yesterday evening", "last night", "overnight"."""
    word = groups["deictic"]
    time = part_text(groups.get("words", word))
    amount = _DEICTIC.get(word, 0)
    return Offset("day", amount, "publication", (amount > 0) - (amount < 0), time)


def read_same_part(groups: Groups) -> Read:
    """Read "that morning", "the next evening"."""
    sign = _back_sign(groups["back"])
    return Offset("day", sign, "previous", sign, part_text(groups["daypart"]))


def _back_sign(words: str) -> int:
    """Give the direction of "the following", "the same", "the day before"."""
    return next((_BACK_SIGNS[word] for word in reversed(words.split()) if word in _BACK_SIGNS), 0)


def read_edge_reference(groups: Groups) -> Read:
    """Read "the end of the month": the one spoken of, or this one."""
    words = groups.get("edgeonly", "")
    unit = unit_of(groups["unit"]) if groups["unit"] != "season" else "season"
    for word in reversed(_NOT_WORD.split(words)):
        if word in _TURNED:
            turn = turn_of(word) or 0
            return Offset(unit, turn, "publication", turn)
        if word in _TOLD:
            return Offset(unit, _BACK_SIGNS[word], "previous", _BACK_SIGNS[word])
    return Offset(unit, 0, "previous")


def read_turned(groups: Groups) -> Read:
    """Read "last week", "this year", "the past month"."""
    unit = unit_of(groups["unit"])
    if groups["which"] in {"the past", "the last"} and unit in {"decade", "century"}:
        return read_length({"unit": groups["unit"], "side": "past"})
    turn = turn_of(groups["which"]) or 0
    return Offset(unit, turn, "publication", turn)


def read_same_year_ago(_: Groups) -> Read:
    """Read "the same month last year": a year before what was told."""
    return Offset("year", -1, "previous", -1, grain="day")


def read_at_night(_: Groups) -> Read:
    """Read "at night": any night."""
    return Reference("XXXX-XX-XXTNI")


def read_straight_day(groups: Groups) -> Read:
    """Read "a third straight day": the present one."""
    unit = groups.get("unit") or groups["unit2"]
    return Offset("day" if unit == "night" else unit_of(unit), 0, "publication", time="TNI" if unit == "night" else "")


def read_year_said(_: Groups) -> Read:
    """Read "for the year", "year end": this year."""
    return Offset("year", 0, "publication")


def read_same(groups: Groups) -> Read:
    """Read "the next day", "that year", "the previous month"."""
    sign = _back_sign(groups["back"])
    return Offset("season" if groups["unit"] == "season" else unit_of(groups["unit"]), sign, "previous", sign)


def read_clock(groups: Groups) -> Read:
    """Read a time of day by the clock."""
    time = clock_text(groups["clock"], groups.get("zone", ""))
    return Unreadable("no-such-hour") if time is None else Point("hour", time=time)


def read_day_time(groups: Groups) -> Read:
    """Read "before dawn", "the morning"."""
    return Point("day", time=part_text(groups["dawn"]))


def read_present(_: Groups) -> Read:
    """Read "now"."""
    return Reference("PRESENT_REF")


def read_past(groups: Groups) -> Read:
    """Read "recently"."""
    return read_length({"unit": groups["unit"], "side": "past"}) if groups.get("unit") else Reference("PAST_REF")


def read_future(groups: Groups) -> Read:
    """Read "soon"."""
    return read_length({"unit": groups["unit"], "side": "coming"}) if groups.get("unit") else Reference("FUTURE_REF")


def read_that_time(_: Groups) -> Read:
    """Read "at that time": what was spoken of."""
    return SameTime()


READERS: Final[dict[str, Callable[[Groups], Read]]] = {
    "a_while": read_while, "adverb_set": read_adverb, "at_night": read_at_night, "away": read_away,
    "bare_day": read_bare_day,
    "century": read_century, "clock": read_clock, "date": read_date, "day_of_event": read_day_of_event,
    "day_range": read_day_range, "day_time": read_day_time, "decade": read_decade, "deictic": read_deictic,
    "edge_reference": read_edge_reference, "era_range": read_era_range, "era_year": read_era_year, "event": read_event,
    "every": read_every, "figures": read_figures, "future": read_future, "half": read_half, "holiday": read_holiday,
    "in_length": read_in_length, "iso": read_iso, "length": read_length, "month_range": read_month_range,
    "night_of": read_night_of, "other_calendar": read_other_calendar,
    "past": read_past, "present": read_present, "quarter": read_quarter,
    "recurring_day": read_recurring_day, "same": read_same, "same_part": read_same_part,
    "same_quarter": read_same_quarter, "same_year_ago": read_same_year_ago, "straight_day": read_straight_day,
    "that_time": read_that_time, "turned": read_turned, "vague_away": read_vague_away, "weekend": read_weekend,
    "year": read_year, "year_before": read_year_before, "year_nought": read_year_nought, "year_range": read_year_range,
    "year_said": read_year_said,
}  # fmt: skip


def read_groups(reader: str, groups: Groups) -> Read:
    """Read the groups of a rule; groups that did not match are left out."""
    return READERS[reader](groups)
