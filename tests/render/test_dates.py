"""Dates in words: fixed labels around the report's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from allegedly.records.codes import TIME_ANCHORS, TIME_REASONS, TimexType
from allegedly.records.ledger import DateRow, Ledger
from allegedly.render import labels
from allegedly.render.dates import date_label, days_label, said_label, time_label, time_lines, when_label


def with_time(ledger: Ledger, **changes: Any) -> Ledger:
    """Change the one time expression of the sample."""
    return replace(ledger, times=(replace(ledger.times[0], **changes),))


@pytest.mark.parametrize(
    ("days", "label"),
    [
        (DateRow("2024-05-07", "2024-05-07", "day", "stated"), "2024-05-07"),
        (DateRow("2024-05-06", "2024-05-12", "week", "stated"), "2024-05-06 to 2024-05-12"),
        (DateRow(None, "2024-05-07", "open", "publication"), "by 2024-05-07"),
        (DateRow("2024-05-07", None, "open", "publication"), "from 2024-05-07"),
        (DateRow(), "no day known"),
    ],
)
def test_days(days: DateRow, label: str) -> None:
    """One day, several, an open end, none."""
    assert days_label(days) == label


def test_where_a_date_is_from() -> None:
    """Stated dates and those that publication bounds are told apart; what is not known needs no origin."""
    assert date_label(DateRow("2024-05-07", "2024-05-07", "day", "stated")) == "2024-05-07 (stated)"
    assert date_label(DateRow(None, "2024-05-07", "open", "publication")) == "by 2024-05-07 (day of publication)"
    assert date_label(DateRow()) == "no day known"


def test_an_event_without_a_date(ledger: Ledger) -> None:
    """Nothing is written where the text states no time."""
    assert when_label(ledger, ledger.events[0]) == ""


def test_a_full_date_needs_no_other_words(ledger: Ledger) -> None:
    """Words that are the date themselves stand alone; others stand before the days they mean."""
    start = ledger.times[0].span[0]
    text = ledger.document.text.replace("on Monday", "on 2024-05-06")
    dated = replace(
        with_time(ledger, span=(start, start + 10), anchor=None), document=replace(ledger.document, text=text)
    )
    assert when_label(dated, dated.events[1]) == "2024-05-06"


def test_both_ends_are_shown(ledger: Ledger) -> None:
    """The words of a range stand for its ends."""
    start, end = ledger.times[0].span
    ranged = with_time(ledger, whole=(start - 3, end))
    assert when_label(ranged, ranged.events[1]).startswith("on Monday: 2024-05-06")


def test_what_stays_open_says_why(ledger: Ledger) -> None:
    """A time without days has a reason in its place."""
    event = replace(ledger.events[1], date=DateRow())
    open_ = with_time(ledger, earliest=None, latest=None, from_="none", reason="no-beginning", anchor=None, value="P3D")
    assert when_label(open_, event) == "Monday (when it begins is not said)"
    lines = time_lines(open_, open_.times[0])
    assert ("open      when it begins is not said" in lines, any("because" in line for line in lines)) == (True, False)


def test_a_time_by_itself(ledger: Ledger) -> None:
    """What a time means, or why that is open."""
    (row,) = ledger.times
    assert time_label(row) == "2024-05-06 (counted from publication)"
    open_ = with_time(ledger, earliest=None, latest=None, from_="none", reason="comes-again")
    assert time_label(open_.times[0]) == "it comes again"


def test_readings_are_listed(ledger: Ledger) -> None:
    """Both readings of a date with two stand there."""
    row = with_time(ledger, readings=("2025-04-03", "2025-03-04"), anchor=None).times[0]
    lines = time_lines(ledger, row)
    assert "readings  2025-04-03 or 2025-03-04" in lines
    assert "because   its own words" in lines


def test_when_it_was_said(ledger: Ledger) -> None:
    """Only a stated day of a saying is written beside it."""
    row = ledger.attributions[0]
    stated = replace(row, said=DateRow("2024-05-06", "2024-05-06", "day", "stated"))
    assert (said_label(row), said_label(stated)) == ("", "said 2024-05-06")


def test_every_code_has_a_label() -> None:
    """No code reaches a view bare."""
    assert set(labels.TIME_REASON) == set(TIME_REASONS)
    assert set(labels.TIME_ANCHOR) == set(TIME_ANCHORS)
    assert set(labels.TIME_TYPE) == set(get_args(TimexType))
