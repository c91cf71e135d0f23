"""Numbers and their bounds, from the hand-edited table tests/cases/quantity.csv."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.records.codes import QUALIFIERS, Qualifier
from allegedly.records.span import Span
from allegedly.text.bounds import bound_after, bound_before
from allegedly.text.numbers import NumberReading, qualifier_of, read_number

CASES = Path(__file__).parent.parent / "cases" / "quantity.csv"
LEAST_RIGHT = {"STRONG": 1.0, "MEDIUM": 0.9, "WEAK": 0.0}


class Case(NamedTuple):
    """One line of the table."""

    input: str
    context: str
    expected: str
    quality: str
    category: str
    note: str


def read_cases() -> list[Case]:
    """Read the table; in contexts the number stands in square brackets and a line break is written out."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        return [Case(**row) for row in csv.DictReader(lines)]


def outcome(case: Case) -> str:
    """Run one case and write the result as the table does."""
    if case.category == "read":
        reading = read_number(case.input)
        return f"{reading.qualifier} {' '.join('-' if value is None else str(value) for value in reading[:3])}"
    context = case.context.replace("\\n", "\n")
    start, end = context.index("["), context.index("]") - 1
    text = context.replace("[", "").replace("]", "")
    qualifier, wide = qualifier_of(text, Span(start, end))
    return f"{qualifier} | {wide.of(text)}".replace("\n", "\\n")


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.context or case.input) for case in read_cases() if case.quality == "STRONG"]
)
def test_strong_cases(case: Case) -> None:
    """A strong case must come out as the table says."""
    assert outcome(case) == case.expected


@pytest.mark.parametrize("quality", ["MEDIUM", "WEAK"])
def test_other_cases_are_counted(quality: str) -> None:
    """Of the medium cases nine in ten must come out right; weak ones are only run."""
    results = [outcome(case) == case.expected for case in read_cases() if case.quality == quality]
    assert sum(results) / len(results) >= LEAST_RIGHT[quality]


def test_the_table_is_large_and_has_every_qualifier() -> None:
    """The table has at least 150 cases, and none of the qualifiers is missing."""
    cases = read_cases()
    assert len(cases) >= 150
    assert {case.expected.split()[0] for case in cases} == set(QUALIFIERS)


def test_a_known_qualifier_is_used_where_the_words_have_none() -> None:
    """The bound found elsewhere decides over the bare number."""
    assert read_number("12", qualifier="at_least") == NumberReading(12, None, None, "at_least")


def test_words_overrule_a_known_qualifier() -> None:
    """A bound in the words is certain, the encoder's guess is not."""
    assert read_number("up to 12", qualifier="at_least") == NumberReading(None, None, 12, "up_to")


@pytest.mark.parametrize("qualifier", ["range", "vague"])
def test_a_qualifier_that_the_words_contradict_is_dropped(qualifier: Qualifier) -> None:
    """One plain number is neither a range nor vague."""
    assert read_number("12", qualifier=qualifier) == NumberReading(12, 12, 12, "exact")


@pytest.mark.parametrize("qualifier", QUALIFIERS)
def test_no_number_gives_no_figure(qualifier: Qualifier) -> None:
    """Without a number nothing is filled in, whatever the qualifier."""
    assert read_number("civilians", qualifier=qualifier) == NumberReading(None, None, None, "vague")


def test_bounds_do_not_reach_over_paragraphs() -> None:
    """The last word of one paragraph does not bound the first number of the next."""
    assert bound_before("it was over\r\n\r\n12", 15) is None


def test_bounds_are_found_on_both_sides() -> None:
    """Each side gives qualifier and edge."""
    assert (bound_before("over 12", 5), bound_after("12 or so", 2)) == (("more_than", 0), ("about", 8))


@given(st.text(max_size=40))
def test_any_words_give_ordered_bounds(words: str) -> None:
    """Whatever the words, low <= best <= high where they are given, and vague means none."""
    low, best, high, qualifier = read_number(words)
    given_values = [value for value in (low, best, high) if value is not None]
    assert given_values == sorted(given_values)
    assert (qualifier == "vague") == (not given_values)


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_are_read_as_printed(number: int) -> None:
    """Plain and grouped digits give the number itself."""
    assert read_number(str(number)).best == read_number(f"{number:,}").best == number


@given(st.text(max_size=40), st.integers(0, 39), st.integers(1, 10))
def test_the_widened_span_contains_the_number(text: str, start: int, size: int) -> None:
    """The words with their bound contain the words without, and lie inside the text."""
    if start < len(text):
        span = Span(start, min(len(text), start + size))
        wide = qualifier_of(text, span)[1]
        assert wide.contains(span)
        assert wide.end <= len(text)
