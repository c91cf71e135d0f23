"""
The table of time expressions, tests/cases/timexes.csv: what it claims to be, and that the engine does as it says.

How the cases are written. ``text`` is invented; ``target`` stands in it once, or
carries ``#2`` for its second occurrence. ``date`` is the publication's; empty is
unknown. ``type`` and ``value`` are TIMEX3; an empty type says that the target is
no time. ``earliest`` and ``latest`` are days, ``-`` where they must stay open,
empty where nothing is asked. Quality: STRONG is plain from the words, MEDIUM
needs a convention or the context, WEAK can be argued about.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from allegedly.records.span import Span
from allegedly.temporal.resolve import Resolved, read_times

CASES = Path(__file__).parent / "timexes.csv"
LEAST = 250
LEAST_RIGHT = {"STRONG": 1.0, "MEDIUM": 0.9, "WEAK": 0.0}
TYPES = frozenset(("", "DATE", "TIME", "DURATION", "SET"))


class Case(NamedTuple):
    """One line of the table."""

    id: str
    text: str
    target: str
    date: str
    type: str
    value: str
    earliest: str
    latest: str
    quality: str
    category: str


@cache
def read_cases() -> tuple[Case, ...]:
    """Read the table."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        return tuple(Case(**row) for row in csv.DictReader(lines))


def find_target(case: Case) -> Span | None:
    """Give the span of a case's target, None if its words do not stand there as the table says."""
    words, _, number = case.target.partition("#")
    places = [match.start() for match in re.finditer(re.escape(words), case.text)]
    wanted = int(number or 1)
    if len(places) < wanted or (not number and len(places) > 1):
        return None
    return Span(places[wanted - 1], places[wanted - 1] + len(words))


def is_right(case: Case) -> bool:
    """Say whether the engine reads a case as the table says."""
    published = date.fromisoformat(case.date) if case.date else None
    target = find_target(case)
    found = [one for one in read_times(case.text, published) if target and one.span.overlaps(target)]
    if not case.type:
        return found == []
    return [one.span for one in found] == [target] and _is_as_said(case, found[0])


def _is_as_said(case: Case, one: Resolved) -> bool:
    days = zip((case.earliest, case.latest), (one.earliest, one.latest), strict=True)
    fits = all(not asked or asked == (day.isoformat() if day else "-") for asked, day in days)
    return (one.type, one.value, fits) == (case.type, case.value, True)


def test_there_are_enough() -> None:
    """The table is large enough, and its columns are in order."""
    assert len(read_cases()) >= LEAST
    assert CASES.read_text("utf-8").splitlines()[0] == ",".join(Case._fields)


def test_nothing_stands_twice() -> None:
    """Ids are unique, and so are text, target and date together."""
    for values in ([case.id for case in read_cases()], [case[1:4] for case in read_cases()]):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_targets_stand_in_their_texts() -> None:
    """Every target is found where the table says."""
    assert [case.id for case in read_cases() if find_target(case) is None] == []


def test_columns_hold_what_they_may() -> None:
    """Types, qualities and dates are of their lists."""
    assert {case.type for case in read_cases()} <= TYPES
    assert {case.quality for case in read_cases()} == set(LEAST_RIGHT)
    days = {day for case in read_cases() for day in (case.date, case.earliest, case.latest)} - {"", "-"}
    assert all(date.fromisoformat(day) for day in days)


@pytest.mark.parametrize("case", [case for case in read_cases() if case.quality == "STRONG"], ids=lambda case: case.id)
def test_strong_cases(case: Case) -> None:
    """A strong case that is wrong is a bug."""
    assert is_right(case), read_times(case.text, date.fromisoformat(case.date) if case.date else None)


@pytest.mark.parametrize("quality", sorted(LEAST_RIGHT))
def test_share_of_right_cases(quality: str) -> None:
    """Medium cases are nearly all right, weak ones are counted."""
    own = [case for case in read_cases() if case.quality == quality]
    wrong = [case.id for case in own if not is_right(case)]
    print(f"{quality}: {len(own) - len(wrong)} of {len(own)} right; wrong: {wrong}")  # noqa: T201  # shown with -s
    assert 1 - len(wrong) / len(own) >= LEAST_RIGHT[quality]
