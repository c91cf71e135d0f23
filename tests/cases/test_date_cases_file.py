"""
The table of dates, tests/cases/dates.csv: when something was said and when it happened, read with the shipped pack.

How the cases are written. ``text`` is one invented sentence published on
``published``. ``cue`` is the word of the saying, ``said`` its day or first/last
day, empty where the text does not state it. ``trigger`` is the word of the
event, ``happened`` its days in the same way. An empty ``cue`` or ``trigger``
asks nothing. Quality: STRONG is plain from the words, MEDIUM needs a convention
or the context, WEAK can be argued about. A saying or an event that the pack does
not find is no error of dating: it is counted apart.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from allegedly.records.document import Document
from allegedly.records.ledger import DateRow, Ledger

CASES = Path(__file__).parent / "dates.csv"
LEAST = 40
LEAST_RIGHT = {"STRONG": 1.0, "MEDIUM": 0.9, "WEAK": 0.0}
MOST_UNFOUND = 0.1


class Case(NamedTuple):
    """One line of the table."""

    id: str
    text: str
    published: str
    cue: str
    said: str
    trigger: str
    happened: str
    quality: str
    category: str


@cache
def read_cases() -> tuple[Case, ...]:
    """Read the table."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        return tuple(Case(**row) for row in csv.DictReader(lines))


def dates_of(ledger: Ledger, case: Case) -> list[tuple[str, str | None]]:
    """Give for what a case asks the days wanted and the days read; None for what the pack did not find."""
    out: list[tuple[str, str | None]] = []
    if case.cue:
        rows = [row.said for row in ledger.attributions if any(ledger.words(span) == case.cue for span in row.cue)]
        out.append((case.said, _stated(rows[0]) if rows else None))
    if case.trigger:
        rows = [row.date for row in ledger.events if ledger.words(row.trigger) == case.trigger]
        out.append((case.happened, _stated(rows[0]) if rows else None))
    return out


def _stated(days: DateRow) -> str:
    if days.from_ != "stated":
        return ""
    return str(days.earliest) if days.earliest == days.latest else f"{days.earliest}/{days.latest}"


def test_the_table_is_in_order() -> None:
    """There are enough cases, columns and qualities are known, ids and texts are unique, words stand in their texts."""
    cases = read_cases()
    assert (len(cases) >= LEAST, {case.quality for case in cases}) == (True, set(LEAST_RIGHT))
    assert CASES.read_text("utf-8").splitlines()[0] == ",".join(Case._fields)
    assert [value for value, count in Counter(case.id for case in cases).items() if count > 1] == []
    assert [case.id for case in cases if case.cue not in case.text or case.trigger not in case.text] == []


@pytest.mark.weights
def test_dates_are_read_as_the_table_says(real_reader: Any) -> None:
    """Strong cases are all right, medium ones nearly all; few sayings and events are not found at all."""
    asked = Counter[str]()
    wrong: dict[str, list[tuple[str, str, str]]] = {quality: [] for quality in LEAST_RIGHT}
    unfound = []
    for case in read_cases():
        ledger = real_reader.read(Document(case.text, published=case.published, language="en"))
        for wanted, found in dates_of(ledger, case):
            if found is None:
                unfound.append(case.id)
                continue
            asked[case.quality] += 1
            if found != wanted:
                wrong[case.quality].append((case.id, wanted, found))
    print(f"asked {dict(asked)}; not found: {unfound}; wrong: {wrong}")  # noqa: T201  # shown with -s
    assert len(unfound) <= MOST_UNFOUND * asked.total(), unfound
    for quality, least in LEAST_RIGHT.items():
        assert 1 - len(wrong[quality]) / asked[quality] >= least, wrong[quality]
