"""Ranges of days and their algebra."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.errors import SpanError
from allegedly.records.daterange import DateRange

MAY = DateRange(date(2025, 5, 1), date(2025, 5, 31), "month")
DAY = DateRange(date(2025, 5, 24), date(2025, 5, 24), "day")
JUNE = DateRange(date(2025, 6, 1), date(2025, 6, 30), "month")
OPEN = DateRange(date(2025, 5, 20), None, "open")

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
RANGES = st.tuples(DAYS, DAYS).map(lambda ends: DateRange(min(ends), max(ends), "range"))


def test_refuses_a_reversed_range() -> None:
    """A range that ends before it begins cannot be made."""
    with pytest.raises(SpanError, match="reversed"):
        DateRange(date(2025, 5, 2), date(2025, 5, 1), "range")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (DAY, "2025-05-24"),
        (MAY, "2025-05-01/2025-05-31"),
        (OPEN, "2025-05-20/.."),
        (DateRange(None, date(2025, 5, 1), "open"), "../2025-05-01"),
        (DateRange(None, None, "open"), "../.."),
    ],
)
def test_iso_text(days: DateRange, expected: str) -> None:
    """One day is a date, several are an interval, an open end is two points."""
    assert days.iso == expected


@pytest.mark.parametrize(("days", "expected"), [(DAY, 1), (MAY, 31), (OPEN, None)])
def test_number_of_days(days: DateRange, expected: int | None) -> None:
    """Both ends count; an open range has no number."""
    assert (days.days, days.is_open) == (expected, expected is None)


@pytest.mark.parametrize(
    ("one", "other", "overlap", "before", "contains"),
    [
        (MAY, DAY, True, False, True),
        (DAY, MAY, True, False, False),
        (MAY, JUNE, False, True, False),
        (JUNE, MAY, False, False, False),
        (OPEN, JUNE, True, False, True),
        (MAY, OPEN, True, False, False),
        (OPEN, MAY, True, False, False),
    ],
)
def test_comparison(one: DateRange, other: DateRange, *, overlap: bool, before: bool, contains: bool) -> None:
    """Ranges are compared by what is certain; open ends reach everywhere."""
    assert (one.overlaps(other), one.is_before(other), one.contains(other)) == (overlap, before, contains)


def test_join_and_common() -> None:
    """Joining spans both; what is common keeps the finer precision."""
    assert DAY.join(JUNE) == DateRange(date(2025, 5, 24), date(2025, 6, 30), "range")
    assert DAY.join(OPEN).precision == "open"
    assert MAY.common(DAY) == DAY
    assert MAY.common(OPEN) == DateRange(date(2025, 5, 20), date(2025, 5, 31), "month")
    assert OPEN.common(DateRange(None, None, "open")) == OPEN
    assert MAY.common(JUNE) is None


@given(RANGES, RANGES)
def test_algebra(one: DateRange, other: DateRange) -> None:
    """Overlap is mutual, a join contains both, and what is common lies in both."""
    assert one.overlaps(other) == other.overlaps(one)
    assert one.join(other).contains(one)
    assert one.join(other).contains(other)
    common = one.common(other)
    assert (common is not None) == one.overlaps(other)
    if common is not None:
        assert one.contains(common)
        assert other.contains(common)
