"""The timeline: bars and bins, days that are known and days that are not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.web.charts.base import Look
from allegedly.web.charts.bins import DISPUTE, NO_DISPUTE, UNITS, Dated, Unit, after, count_in_bins, start_of, unit_for
from allegedly.web.charts.svg import to_svg
from allegedly.web.charts.timeline import MOST_BARS, timeline
from tests.web.charts.made import brief, briefs

DAYS = st.dates(date(1950, 1, 1), date(2080, 1, 1))


def _dated(first: date | None, last: date, *, disputed: bool = False) -> Dated:
    return Dated(id="i", label="ASSAULT", first=first, last=last, disputed=disputed, documents=1)


@given(DAYS, st.sampled_from(UNITS))
def test_every_day_lies_in_one_bin(day: date, unit: Unit) -> None:
    """A bin begins on or before its days, the next one after them, and without a gap."""
    start = start_of(day, unit)
    assert start <= day < after(start, unit)
    assert start_of(after(start, unit), unit) == after(start, unit)


@pytest.mark.parametrize(
    ("last", "unit"),
    [
        ("2024-03-01", "day"),
        ("2024-10-01", "week"),
        ("2028-01-01", "month"),
        ("2044-01-01", "quarter"),
        ("2090-01-01", "year"),
    ],
)
def test_bins_are_as_fine_as_there_is_room(last: str, unit: Unit) -> None:
    """A longer time gets wider bins."""
    assert unit_for(date(2024, 1, 1), date.fromisoformat(last), 100) == unit


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2024, 5, 6), date(2024, 5, 8), [(date(2024, 5, 6), 1, 0, 0)]),
        (date(2024, 5, 12), date(2024, 5, 13), [(date(2024, 5, 6), 0, 1, 0), (date(2024, 5, 13), 0, 1, 0)]),
        (None, date(2024, 5, 15), [(date(2024, 5, 13), 0, 0, 1)]),
    ],
    ids=["within a week", "over two", "known by a day"],
)
def test_bins_keep_apart_what_is_sure(
    first: date | None, last: date, expected: list[tuple[date, int, int, int]]
) -> None:
    """An incident counts as within one bin, as possible in several, or as known by a day."""
    found = count_in_bins([_dated(first, last)], "week")
    assert [(item.start, item.within, item.reaching, item.by_then) for item in found] == expected


@given(st.lists(st.tuples(DAYS, st.booleans()), max_size=20), st.sampled_from(UNITS))
def test_no_incident_is_lost_or_counted_twice(days: list[tuple[date, bool]], unit: Unit) -> None:
    """Incidents of one day stand in one bin each, by form."""
    found = list(count_in_bins([_dated(day, day, disputed=disputed) for day, disputed in days], unit))
    assert sum(item.within for item in found if item.form == DISPUTE) == sum(disputed for _, disputed in days)
    assert sum(item.within for item in found if item.form == NO_DISPUTE) == sum(not disputed for _, disputed in days)


def test_every_dated_incident_has_a_bar() -> None:
    """Few incidents are drawn one by one, with the last day included."""
    rows = [brief(1), brief(2, earliest="2024-05-01"), brief(3, earliest=None)]
    made = {row["id"]: row for row in timeline(rows).spec["datasets"]["incidents"]}
    assert [(made[row.id]["from"], made[row.id]["to"], made[row.id]["open"]) for row in rows[:2]] == [
        ("2024-05-06", "2024-05-07", False),
        ("2024-05-01", "2024-05-07", False),
    ]
    assert made[rows[2].id]["open"]


def test_undated_incidents_stay_off_the_axis() -> None:
    """They are counted below."""
    chart = timeline([brief(1), brief(2, earliest=None, latest=None)])
    assert [row["id"] for row in chart.spec["datasets"]["incidents"]] == [brief(1).id]
    assert chart.notes == ("1 undated, not on the axis",)


def test_no_incident_at_all_is_a_chart_too() -> None:
    """An empty ledger draws an empty axis and says so."""
    chart = timeline([])
    assert chart.description == "No incident has a date."
    assert to_svg(chart).startswith("<svg")


def test_disputes_differ_by_form() -> None:
    """A disputed incident carries a sign, and its bar is hollow."""
    chart = timeline([brief(1), brief(2, conflicts=3)])
    plain, disputed = chart.spec["datasets"]["incidents"]
    assert (plain["label"][0], disputed["label"][0]) == ("A", "≠")
    assert 'fill="#ffffff"' in to_svg(chart)


def test_counted_disputes_point_down() -> None:
    """Among many, those in dispute are on the other side of the axis."""
    bins = timeline(briefs(MOST_BARS * 4)).spec["datasets"]["bins"]
    assert all((row["high"] < 0) == (row["form"] == DISPUTE) for row in bins)


def test_order_of_rows_changes_nothing() -> None:
    """The same incidents in another order give the same spec."""
    rows = briefs(60)
    assert timeline(rows).spec == timeline(reversed(rows)).spec


@pytest.mark.parametrize("number", [3, 200])
def test_days_can_be_selected_from_the_beginning(number: int) -> None:
    """Days of the address are the brush's first value; the last day is included, an open end is the axis's."""
    chart = timeline(briefs(number), chosen=("2024-01-05", None))
    (brush,) = [param for param in chart.spec["params"] if param["name"] == "brush"]
    assert brush["value"]["x"][0] == 1704412800000
    assert brush["value"]["x"][1] > brush["value"]["x"][0]
    assert "value" not in timeline(briefs(number)).spec["params"][-1]


@pytest.mark.parametrize(("asked", "given"), [(1, 280), (640, 640), (99_999, 1600)])
def test_widths_have_bounds(asked: int, given: int) -> None:
    """An address cannot ask for a picture of any size."""
    assert timeline(briefs(3), Look(asked)).width == given
