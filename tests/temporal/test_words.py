"""Words of the calendar, days known by name, and the tables of the grammar."""

from __future__ import annotations

import re
from datetime import date

import pytest

from allegedly.temporal.named import easter, holiday_date, load_events, load_holidays, orthodox_easter
from allegedly.temporal.pieces import cue, expand, load_pieces, without_names
from allegedly.temporal.times import clock_text, part_text
from allegedly.temporal.words import amount_of, month_of, ordinal_of, unit_of, weekday_of, year_of


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", 1), ("a", 1), ("two", 2), ("twenty-five", 25), ("a couple of", 2), ("several", None), ("a few", None),
        ("half an", 0.5), ("2 1/2", 2.5), ("2 1/0", 3), ("12-18", None), ("10 to 20", None), ("a hundred", 100),
        ("1,200", 1200), ("a dozen", 12), ("three or four", None),
    ],
)  # fmt: skip
def test_amounts(words: str, expected: float | None) -> None:
    """Numbers are read, vague ones and ranges are not guessed."""
    assert amount_of(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("1987", 1987),
        ("nineteen ninety-six", 1996),
        ("two thousand", 2000),
        ("two thousand and five", 2005),
        ("ten", 0),
    ],
)
def test_years(words: str, expected: int) -> None:
    """Years in digits and as they are spoken."""
    assert year_of(words) == expected


def test_names_of_the_calendar() -> None:
    """Short and full names are the same; others are none."""
    assert [month_of(word) for word in ("sept.", "may", "x")] == [9, 5, 0]
    assert [weekday_of(word) for word in ("tues.", "sunday", "x")] == [1, 6, -1]
    assert [ordinal_of(word) for word in ("3rd", "twenty first", "twenty-first", "x")] == [3, 21, 21, 0]
    assert [unit_of(word) for word in ("hrs", "centuries", "nights", "x")] == ["hour", "century", "day", "day"]


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [
        (2024, date(2024, 3, 31), date(2024, 5, 5)),
        (2025, date(2025, 4, 20), date(2025, 4, 20)),
        (2038, date(2038, 4, 25), date(2038, 4, 25)),
    ],
)
def test_easter(year: int, western: date, orthodox: date) -> None:
    """Both Easters, in the Gregorian calendar."""
    assert (easter(year), orthodox_easter(year)) == (western, orthodox)


def test_every_holiday_has_a_day_or_follows_the_moon() -> None:
    """Rules of the table can be read, in any year."""
    for rule in load_holidays().values():
        assert (holiday_date(rule, 2024) is None) == (rule == "lunar")
        assert holiday_date(rule, 10**5) is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("12-25", date(2025, 12, 25)),
        ("easter-2", date(2025, 4, 18)),
        ("orthodox+0", date(2025, 4, 20)),
        ("nth:11:3:4", date(2025, 11, 27)),
        ("nth:05:0:-1", date(2025, 5, 26)),
        ("nth:12:0:-1", date(2025, 12, 29)),
        ("election", date(2025, 11, 4)),
    ],
)
def test_rules_of_holidays(rule: str, expected: date) -> None:
    """Fixed days, days from Easter, and the n-th weekday of a month."""
    assert holiday_date(rule, 2025) == expected


def test_events_are_days_with_words() -> None:
    """Each event has a day and words that can be searched."""
    assert [known.day.year for known in load_events()] == [2022, 2023, 2023]
    assert all(known.words.search("") is None for known in load_events())


@pytest.mark.parametrize(
    ("words", "zone", "expected"),
    [
        ("noon", "", "T12:00"), ("midnight", "gmt", "T00:00Z"), ("6:40 p.m.", "", "T18:40"),
        ("1800 hours", "", "T18:00"), ("five o'clock", "", "T05:00"), ("8 in the evening", "", "T20:00"),
        ("24:00", "", "T24:00"), ("24:10", "", None), ("25:00", "", None), ("12:10 a.m.", "", "T00:10"),
        ("3 pm", "(utc+2)", "T15:00+02:00"), ("3 pm", "kyiv time", "T15:00"),
    ],
)  # fmt: skip
def test_clock_times(words: str, zone: str, expected: str | None) -> None:
    """Clock times, with the zone as stated where it needs no table."""
    assert clock_text(words, zone) == expected


def test_parts_of_the_day() -> None:
    """Words name parts of the day, or none."""
    parts = [part_text(words) for words in ("pre-dawn", "at dusk", "tonight", "late on")]
    assert parts == ["TMO", "TEV", "TNI", ""]


def test_shorthand() -> None:
    """Blanks, ties, groups and pieces are expanded; classes keep their blanks."""
    assert re.fullmatch(expand("a b"), "a\nb")
    assert not re.fullmatch(expand("a b"), "a\n\nb")
    assert re.fullmatch(expand("a~b"), "a-b")
    assert re.fullmatch(expand("a[ ]b"), "a b")
    assert re.fullmatch(expand("<day>"), "24th").groupdict() == {"day": "24th"}  # type: ignore[union-attr]
    assert re.fullmatch(without_names(expand("<day>")), "24th").groupdict() == {}  # type: ignore[union-attr]


def test_every_piece_and_cue_compiles() -> None:
    """The tables hold expressions that can be compiled."""
    assert all(re.compile(expand(f"{{{name}}}")) for name in load_pieces())
    assert cue("trigger").search("may")
