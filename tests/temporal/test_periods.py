"""Periods of the calendar and their arithmetic."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.temporal.expression import Length
from allegedly.temporal.extent import extent_of, length_extent
from allegedly.temporal.periods import Period, add_months, cover, day_period, nearest_weekday, shift, year_period, zoom
from allegedly.temporal.words import LETTERS, Unit

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
CALENDAR_UNITS: list[Unit] = [unit for unit in LETTERS if unit not in {"second", "minute", "hour"}]


@given(DAYS, st.sampled_from(CALENDAR_UNITS))
def test_every_day_lies_in_its_period(day: date, unit: Unit) -> None:
    """The period that covers a day contains it, weekends aside, which cover the end of its week."""
    bounds = cover(day, unit).bounds()
    if bounds is not None:
        assert bounds[0] <= bounds[1]
        assert unit == "weekend" or bounds[0] <= day <= bounds[1]


@given(DAYS, st.sampled_from(CALENDAR_UNITS), st.integers(-3000, 3000))
def test_moving_never_breaks(day: date, unit: Unit, amount: int) -> None:
    """A period is moved to a period of the unit, or off the calendar."""
    moved = shift(day_period(day), unit, amount)
    assert moved is None or moved.unit == unit


@pytest.mark.parametrize(
    ("period", "unit", "amount", "expected"),
    [
        (Period("year", 1), "year", -1, "BC0001"),
        (Period("year", -1), "year", 1, "0001"),
        (Period("month", 2025, 1), "month", -1, "2024-12"),
        (Period("month", 2025, 1), "quarter", 1, "2025-Q2"),
        (Period("month", 2025, 1), "half", 1, "2025-H2"),
        (Period("day", 2025, 5, 31), "season", 1, "2025-SU"),
        (Period("day", 2025, 1, 15), "season", 0, "2025-WI"),
        (Period("day", 2025, 1, 1), "week", -1, "2024-W52"),
        (Period("day", 2025, 1, 31), "month", 1, "2025-02"),
        (Period("day", 2025, 1, 31), "decade", 1, "203"),
        (Period("day", 9999, 12, 31), "day", 1, None),
        (Period("day", 9999, 12, 31), "month", 1, None),
        (Period("year", 9999), "year", 1, None),
        (Period("year", -400), "month", 1, None),
        (Period("year", 2025), "year", 1e9, None),
    ],
)
def test_moving(period: Period, unit: Unit, amount: float, expected: str | None) -> None:
    """Periods move by units, across the turn of the era, and off the calendar."""
    moved = shift(period, unit, amount)
    assert (None if moved is None else moved.value) == expected


@pytest.mark.parametrize(
    ("period", "unit", "expected"),
    [
        (Period("day", 2025, 5, 24, time="TMO"), "day", "2025-05-24"),
        (Period("day", 2025, 5, 24), "month", "2025-05"),
        (Period("day", 2025, 5, 24), "week", "2025-W21"),
        (Period("day", 2025, 5, 24), "decade", "202"),
        (Period("season", 2025, part="SU"), "quarter", "2025-Q2"),
        (Period("year", 2025), "month", None),
        (Period("season", -480, part="SU"), "quarter", None),
        (Period("day", 2025, 5, 24), "hour", "2025-05-24"),
        (Period("month", 2025, 5), "hour", None),
    ],
)
def test_zooming_out(period: Period, unit: Unit, expected: str | None) -> None:
    """The longer period around a shorter one is known; the other way it is not."""
    found = zoom(period, unit)
    assert (None if found is None else found.value) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period("week", 2025, part="W01"), "2024-12-30/2025-01-05"),
        (Period("weekend", 2025, part="W01"), "2025-01-04/2025-01-05"),
        (Period("quarter", 2025, part="Q4"), "2025-10-01/2025-12-31"),
        (Period("half", 2025, part="H2"), "2025-07-01/2025-12-31"),
        (Period("season", 2025, part="SP"), "2025-03-01/2025-05-31"),
        (Period("season", 2024, part="WI"), "2024-01-01/2025-02-28"),
        (Period("month", 2024, 2), "2024-02-01/2024-02-29"),
        (Period("decade", 1990), "1990-01-01/1999-12-31"),
        (Period("century", 1900), "1900-01-01/1999-12-31"),
        (Period("day", 9999, 12, 31, time="TNI"), "9999-12-31"),
        (Period("week", 2025, part="W60"), None),
        (Period("day", 2025, 2, 30), None),
        (Period("year", -480), None),
    ],
)
def test_days(period: Period, expected: str | None) -> None:
    """Every period has its days, or is on no calendar."""
    found = extent_of(period, "")
    assert (None if found is None else found.iso) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("early 2025", "2025-01-01/2025-05-02"),
        ("mid-2025", "2025-05-02/2025-09-01"),
        ("the end of 2025", "2025-09-01/2025-12-31"),
        ("2025", "2025-01-01/2025-12-31"),
    ],
)
def test_parts_of_a_period(words: str, expected: str) -> None:
    """Early, middle and late take a third."""
    found = extent_of(Period("year", 2025), words)
    assert (found.iso if found else None) == expected


def test_lengths_without_an_anchor_have_no_days() -> None:
    """Nobody knows where they lie."""
    assert length_extent(Length("day", 3, -1), None) is None
    assert length_extent(Length("day", None, -1), date(2025, 6, 18)) is None


@pytest.mark.parametrize(
    ("period", "month"),
    [
        (Period("month", 2025, 5), 5),
        (Period("season", 2025, part="FA"), 9),
        (Period("season", 2025, part="WI"), 1),
        (Period("quarter", 2025, part="Q3"), 7),
        (Period("year", 2025), 0),
        (Period("week", 2025, part="W60"), 0),
    ],
)
def test_a_month_to_compare_by(period: Period, month: int) -> None:
    """Periods shorter than a year are ordered by a month."""
    assert period.middle_month == month


def test_nearest_weekday() -> None:
    """Back, on, the nearer one, and the day itself if it may be."""
    wednesday = date(2025, 6, 18)
    assert nearest_weekday(wednesday, 4, 0) == date(2025, 6, 20)
    assert nearest_weekday(wednesday, 2, -1) == wednesday
    assert nearest_weekday(wednesday, 2, 1, strict=True) == date(2025, 6, 25)
    assert nearest_weekday(date.max, 0, 1) is None


def test_eras_and_ends() -> None:
    """Years before our era fall into their own decades; months stop at the end of the calendar."""
    assert (year_period(-489, "decade").value, year_period(-489, "century").value) == ("BC048", "BC04")
    assert add_months(date(9999, 12, 1), 1) is None
    assert add_months(date(2025, 1, 31), 1) == date(2025, 2, 28)
