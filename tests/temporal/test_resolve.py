"""The resolver: anchors, direction, modes, what stays open, and that the wall clock never leaks in."""

from __future__ import annotations

import datetime as dt
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly import temporal
from allegedly.temporal.grammar import find_times
from allegedly.temporal.resolve import Resolved, read_times, resolve_times
from tests.hostile import HOSTILE

WEDNESDAY = date(2025, 6, 18)
HISTORY = "In 1939, 1940, 1941, 1942 and 1943 they fought. "


def values(text: str, published: date | None = WEDNESDAY, **hints: object) -> list[str]:
    """Give the values of a text."""
    return [one.value for one in read_times(text, published, **hints)]  # type: ignore[arg-type]


def only(text: str, published: date | None = WEDNESDAY) -> Resolved:
    """Give the one expression of a text."""
    (one,) = read_times(text, published)
    return one


def test_a_day_told_from_publication() -> None:
    """A weekday says from which date it was counted."""
    one = only("They left on Friday.")
    assert (one.value, one.earliest, one.latest) == ("2025-06-13", date(2025, 6, 13), date(2025, 6, 13))
    assert (one.precision, one.anchored_to, one.rule) == ("day", "publication", "weekday")
    assert (one.kind, one.reason) == ("underspecified", "")


def test_a_full_date_needs_no_publication() -> None:
    """A full date is stated."""
    one = only("They left on 13 June 2025.")
    assert (one.anchored_to, one.reason) == (None, "")


@pytest.mark.parametrize(
    "text",
    [
        "on Friday", "yesterday", "last week", "last year", "in May", "on 3 May", "this weekend", "in the spring",
        "in the third quarter", "the latest quarter", "the year-ago quarter", "at 18:00", "two days ago", "next Friday",
        "on the 3rd.", "Thursday of last week", "at Christmas", "on Christmas Day", "the end of the month", "’45",
        "day 500 of the war", "at that time", "the next day", "the same month last year", "a year earlier",
    ],
)  # fmt: skip
def test_without_publication_it_stays_open(text: str) -> None:
    """What depends on a date that nobody knows has a reason and no days."""
    for one in read_times(text, None):
        assert one.range is None
        assert one.reason


def test_a_date_in_the_head_stands_in_for_publication() -> None:
    """A dateline's full date, or a line that is a date, is the anchor where publication is not known."""
    for head in ("KARVELI, 18 June 2025 (Northwire) — ", "Truce signed\nJune 18, 2025\n"):
        found = read_times(f"{head}They left on Friday.", None)
        assert (found[-1].value, found[-1].anchored_to) == ("2025-06-13", "dateline")


@pytest.mark.parametrize(
    "head", ["On 18 June 2025 the two sides met. ", "x " * 200 + "\n18 June 2025\n", "31 June 2025 —"]
)
def test_other_full_dates_do_not(head: str) -> None:
    """A date in a sentence, one further down, or one on no calendar says nothing of when the text was written."""
    assert values(f"{head}\nThey left on Friday.", None)[-1] == "XXXX-WXX-5"


def test_publication_goes_before_the_head() -> None:
    """A known publication date is the anchor, whatever the dateline says."""
    assert values("KARVELI, 7 May 2024 (Northwire) — They left on Friday.")[-1] == "2025-06-13"


@pytest.mark.parametrize(
    ("text", "day_first", "expected"),
    [
        ("Dated 03/04/2025.", None, "2025-XX-XX"),
        ("Dated 03/04/2025.", True, "2025-04-03"),
        ("Dated 03/04/2025.", False, "2025-03-04"),
        ("Dated 03/04/25.", True, "2025-04-03"),
        ("Dated 03/04/98.", True, "1998-04-03"),
        ("Dated 04/04/2025.", None, "2025-04-04"),
    ],
)
def test_dates_in_figures(text: str, day_first: bool | None, expected: str) -> None:  # noqa: FBT001  # a column
    """Both readings stay unless the publisher's country decides."""
    assert values(text, day_first=day_first) == [expected]


def test_both_readings_are_told() -> None:
    """An ambiguous date has both values and the days of both."""
    one = only("Dated 03/04/2025.")
    assert one.readings == ("2025-04-03", "2025-03-04")
    assert (one.range.iso if one.range else "") == "2025-03-04/2025-04-03"


def test_both_ends_of_a_range_know_the_whole() -> None:
    """Each end has its own day, and the days of the whole."""
    found = read_times("Fighting raged between 20 and 24 May.", WEDNESDAY)
    assert {one.joined_range.iso for one in found if one.joined_range} == {"2025-05-20/2025-05-24"}
    assert [one.value for one in found] == ["2025-05-20", "2025-05-24"]


def test_a_range_with_an_end_on_no_calendar_is_not_joined() -> None:
    """A broken end leaves the other alone."""
    found = read_times("Fighting raged between 20 and 31 June.", WEDNESDAY)
    assert [one.joined_range for one in found] == [None, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In June 1944 they landed. In August they won.", "1944-08"),
        ("In December 1944 they landed. In January they won.", "1945-01"),
        ("In June 1944 they landed. In May they had trained.", "1944-05"),
        ("In June 1944 they landed. Last May they had trained.", "1944-05"),
        ("In June 1944 they landed. The following May they won.", "1945-05"),
        ("On 6 June 1944 they landed. On Friday they won.", "1944-06-09"),
        ("On 6 June 1944 they landed. The following Friday they won.", "1944-06-09"),
        ("On 6 June 1944 they landed. That night it rained.", "1944-06-06TNI"),
        ("On 6 June 1944 they landed. They said: today we won.", "PRESENT_REF"),
        ("On 6 June 1944 they landed. They said: tonight we won.", "XXXX-XX-XXTNI"),
        ("In June 1944 they landed. The next day it rained.", "XXXX-XX-XX"),
        ("In June 1944 they landed. Next year they won.", "1945"),
        ("In June 1944 they landed. At Christmas they won.", "1944-12-25"),
        ("In 1944 they landed. In December 1944 it will be told that in 2005 papers were found. On 4 January they won.",
         "1945-01-04"),
        ("In March 1944 they landed. In 1944 more came. In April they won.", "1944-04"),
        ("In November 1944 they landed. In the winter they froze.", "1945-WI"),
        ("In November 1944 they landed, in ’45 they won.", "1945"),
        ("In 1943 they left. On 29 February they came.", "1944-02-29"),
        ("On 6 June 1944 they landed. On the 9th, they won.", "1944-06-09"),
        ("In December 1944 they landed, by January they knew. On 12 December 1944 it snowed.", "1944-12-12"),
    ],
)  # fmt: skip
def test_histories_go_on_from_what_was_told(text: str, expected: str) -> None:
    """A text that names many years gone counts from the expression before."""
    assert values(HISTORY + text, date(2020, 5, 1))[-1] == expected


def test_a_month_does_not_roll_past_the_next_full_date() -> None:
    """What is told before a full date lies before it."""
    text = HISTORY + "In December 1944 they landed. In January they waited. On 3 March 1944 they had met."
    assert values(text, date(2020, 5, 1))[-2:] == ["1944-01", "1944-03-03"]


def test_a_history_that_begins_in_the_middle() -> None:
    """Where nothing was told, nothing can be counted from it."""
    assert values("The next day it rained.", mode="history") == ["XXXX-XX-XX"]


def test_mode_can_be_overruled() -> None:
    """The same text is read from publication, or from what was told."""
    text = "In June 2001 they met. In August they met again."
    assert values(text) == ["2001-06", "2024-08"]
    assert values(text, mode="history") == ["2001-06", "2001-08"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a former minister", []),
        ("they will leave soon", ["FUTURE_REF"]),
        (HISTORY + "the former king", [*map(str, range(1939, 1944)), "PAST_REF"]),
        (HISTORY + "he soon left", [*map(str, range(1939, 1944))]),
    ],
)
def test_some_words_count_in_one_mode_only(text: str, expected: list[str]) -> None:
    """A former minister is no date in news."""
    assert values(text, date(2020, 5, 1)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Losses in the first quarter beat those of the year-ago quarter.", ["2025-Q1", "2024-Q1"]),
        ("Losses in the first quarter beat those of the 2022 period.", ["2025-Q1", "2022-Q1"]),
        ("Losses in the 2022 quarter were high.", ["2022"]),
        ("Losses in the latest quarter were high.", ["2025-Q1"]),
        ("Losses in the quarter were high.", ["2025-Q1"]),
        ("Losses in the year-earlier period were high.", ["2024"]),
        ("Losses in April beat those of the same month last year.", ["2025-04", "2024-04"]),
        ("Losses will peak in the fourth quarter.", ["2025-Q4"]),
        ("Losses in the second quarter of last year were high.", ["2024-Q2"]),
        ("Losses in the first quarter and the nine months, against a year earlier.", ["2025-Q1", "P9M", "2024"]),
        ("Losses in the fourth quarter of 2026 will beat the quarter.", ["2026-Q4", "2025-Q1"]),
    ],
)
def test_quarters(text: str, expected: list[str]) -> None:
    """Quarters are compared with the one told; one to come is not compared with."""
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("over the past 24 hours", "2025-06-17/2025-06-18"),
        ("over the past two months", "2025-04-01/2025-06-18"),
        ("over the next 90 minutes", "2025-06-18/2025-06-19"),
        ("for two days", None),
        ("over the past 9999999 years", None),
        ("over the past 5000 years", None),
        ("over several years", None),
    ],
)
def test_days_of_lengths(text: str, days: str | None) -> None:
    """A length has days only if it hangs on publication and fits the calendar."""
    for one in read_times(text, WEDNESDAY):
        assert (one.range.iso if one.range else None) == days


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("They fly at the weekend.", date(2025, 6, 21), "2025-W25-WE"),
        ("They will fly at the weekend.", date(2025, 6, 22), "2025-W26-WE"),
        ("They will fly this weekend.", date(2025, 6, 22), "2025-W25-WE"),
        ("They flew at the weekend.", date(2025, 6, 23), "2025-W25-WE"),
        ("They leave next Wednesday.", WEDNESDAY, "2025-06-25"),
        ("They left last Wednesday.", WEDNESDAY, "2025-06-11"),
        ("They left this Monday.", WEDNESDAY, "2025-06-16"),
        ("This Monday they meet.", WEDNESDAY, "2025-06-23"),
        ("They left on 29 February.", date(2025, 3, 3), "2024-02-29"),
        ("They left on 29 February.", date(2026, 3, 3), "2024-02-29"),
        ("They left on the 31st.", date(2025, 7, 3), "2025-05-31"),
        ("They will leave on the 31st.", date(2025, 6, 18), "2025-07-31"),
        ("They left a decade ago.", date(3, 1, 1), "BC0008"),
        ("They left 9000 days ago.", date(10, 1, 1), ""),
        ("They left 5000 years ago.", WEDNESDAY, "BC2976"),
        ("They left 9999 centuries ago.", WEDNESDAY, ""),
        ("They will win this spring.", WEDNESDAY, "2025-SP"),
        ("They won last June.", WEDNESDAY, "2024-06"),
        ("They will win next June.", WEDNESDAY, "2026-06"),
    ],
)
def test_edges_of_the_calendar(text: str, published: date, expected: str) -> None:
    """Weekends, leap days, month ends and the ends of the calendar are read, or stay open, without an error."""
    assert values(text, published)[0] == expected


def test_off_the_calendar_has_a_reason() -> None:
    """What no calendar holds says so."""
    one = only("They left 9000 days ago.", date(10, 1, 1))
    assert (one.range, one.reason) == (None, "off-calendar")


def test_years_before_our_era_have_a_value_and_no_days() -> None:
    """The standard calendar begins in year 1."""
    one = only("The city burned in 480 BC.")
    assert (one.value, one.range) == ("BC0480", None)
    assert one.reason == "off-calendar"


def test_day_of_several_wars() -> None:
    """A count that fits two wars stays open."""
    one = only("Day 3 of the war, from Gaza to Ukraine.")
    assert (one.value, one.reason) == ("XXXX-XX-XX", "several-events")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts(text: str) -> None:
    """Nothing breaks with or without a publication date."""
    for published in (None, WEDNESDAY, date.min, date.max):
        read_times(text, published)


WORDS = st.sampled_from(
    """
    May March Sunday Tuesday 2024 1999 3 24 31 the last next of on in and to - / two 9999 days weeks years decades
    year ago later earlier overnight night early end June Feb. 29 BC spring winter quarter first 18:00 GMT every that
    same previous following will said weekend 03/04/2025 the past recent months Christmas Easter century 480 now a ’45
    day 500 of the war
    """.split()
)
TEXTS = st.lists(WORDS, max_size=16).map(" ".join)
DATES = st.one_of(st.none(), st.dates(), st.sampled_from([date.min, date.max, WEDNESDAY]))


@given(TEXTS, DATES, st.sampled_from([None, "news", "history"]))
def test_any_mix_of_words_of_time(text: str, published: date | None, mode: object) -> None:
    """Whatever stands together, ranges are in order, what is open has a reason, and reading again changes nothing."""
    found = read_times(text, published, mode=mode)  # type: ignore[arg-type]
    assert found == read_times(text, published, mode=mode)  # type: ignore[arg-type]
    for one in found:
        assert one.range is None or one.earliest is None or one.latest is None or one.earliest <= one.latest
        assert one.range is not None or one.reason
        assert one.precision is None or one.range is not None


def test_one_resolved_for_each_found() -> None:
    """Given expressions are resolved one by one, in order."""
    text = "On Friday, in May, every day."
    found = find_times(text)
    assert [one.span for one in resolve_times(text, found, WEDNESDAY)] == [one.span for one in found]


def test_the_wall_clock_never_leaks_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Moving the machine's clock by decades changes no value."""
    texts = "today|on Friday|last year|’45|in May|since the full-scale invasion, Ukraine|now|on the 3rd.".split("|")
    pairs = [(text, published) for text in texts for published in (None, WEDNESDAY)]
    before = [read_times(*pair) for pair in pairs]

    class Moved(date):
        """A calendar that stands in another century."""

        @classmethod
        def today(cls) -> date:
            """Give a day far away."""
            return date(1925, 1, 1)

    monkeypatch.setattr(dt, "date", Moved)
    monkeypatch.setattr(time, "time", lambda: -1e9)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(0))
    assert [read_times(*pair) for pair in pairs] == before


def test_nothing_of_the_engine_asks_for_the_day() -> None:
    """No module of the engine calls for the present date or time."""
    folder = Path(temporal.__file__).parent
    sources = [path.read_text("utf-8") for path in folder.glob("*.py")]
    assert [
        word for source in sources for word in ("today()", ".now()", "time.time", "localtime") if word in source
    ] == []
