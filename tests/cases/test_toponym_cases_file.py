"""
The table of places, tests/cases/toponyms.csv: what it claims to be, and that the engine does as it says.

How the cases are written. ``text`` is invented; ``names`` are the names that an
encoder finds in it, in order, with their types, as tests run without one.
``toponym`` stands in the text, ``#2`` for its second occurrence. ``expected`` is
the country's code and the kind of place, ``*`` for any kind; ``unresolved``; or
``none`` where no place is named at all. ``reading`` is checked without the
encoder's rows where the words decide it, and with them by the whole pipeline.
Quality: STRONG is plain from the words, MEDIUM needs a convention or the context.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest

from allegedly.geo.gazetteer import Gazetteer
from allegedly.geo.readings import Use, read_name
from allegedly.geo.resolve import Resolved, resolve_places
from allegedly.geo.toponyms import NamedSpan, find_names
from allegedly.records.annotations import Toponym
from allegedly.records.codes import ENTITY_TYPES, PLACE_READINGS, EntityType
from allegedly.records.document import Document
from allegedly.records.place import KINDS, Place

CASES = Path(__file__).parent / "toponyms.csv"
LEAST = 150
LEAST_PLACED = {"STRONG": 1.0, "MEDIUM": 0.9}
LEAST_READ = {"STRONG": 1.0, "MEDIUM": 0.8}  # by the whole pipeline
BY_WORDS = frozenset(("adjective", "people", "organization"))  # readings that need no encoder


class Case(NamedTuple):
    """One line of the table."""

    id: str
    text: str
    names: str
    toponym: str
    reading: str
    expected: str
    quality: str
    category: str


@cache
def read_cases() -> tuple[Case, ...]:
    """Read the table."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        return tuple(Case(**row) for row in csv.DictReader(lines))


def span_of(case: Case) -> tuple[int, int]:
    """Give the span of a case's toponym."""
    words, _, number = case.toponym.partition("#")
    match = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", case.text))[int(number or 1) - 1]
    return match.start(), match.end()


def named(case: Case) -> list[NamedSpan]:
    """Give the names of a case as an encoder would."""
    out, at = [], 0
    for part in filter(None, case.names.split(";")):
        words, _, kind = part.partition("=")
        at = case.text.index(words, at)
        out.append(NamedSpan(at, at + len(words), cast("EntityType", kind)))
        at += len(words)
    return out


@cache
def gazetteer() -> Gazetteer:
    """Open the shipped gazetteer once."""
    return Gazetteer.open()


@cache
def resolved(case: Case) -> Resolved | None:
    """Resolve the toponym of a case; None if it is not found."""
    names = find_names(case.text, named(case), gazetteer())
    start, end = span_of(case)
    found = [one for one in resolve_places(case.text, names, gazetteer()) if one.name[:2] == (start, end)]
    return found[0] if found else None


def is_expected(case: Case, place: Place | None) -> bool:
    """Say whether a place is the one that the table wants."""
    if place is None:
        return case.expected == "unresolved"
    country, _, kind = case.expected.partition("/")
    return place.country == country and kind in {"*", place.kind}


def is_placed(case: Case) -> bool:
    """Say whether the engine does as the table says."""
    one = resolved(case)
    if one is None or case.expected == "none":
        return one is None and case.expected == "none"
    return is_expected(case, one.place)


def test_the_table() -> None:
    """It holds enough cases, each of its own, with codes that exist."""
    cases = read_cases()
    assert len(cases) >= LEAST
    assert len({case.id for case in cases}) == len({(case.text, case.toponym) for case in cases}) == len(cases)
    assert {case.reading for case in cases} == {"", *PLACE_READINGS}
    assert {case.quality for case in cases} == set(LEAST_PLACED)
    assert all(case.text[slice(*span_of(case))] == case.toponym.partition("#")[0] for case in cases)
    kinds = {case.expected.partition("/")[2] for case in cases}
    assert kinds <= {"", "*", *KINDS}
    assert {name.type for case in cases for name in named(case)} <= set(ENTITY_TYPES)


@pytest.mark.parametrize("quality", LEAST_PLACED)
def test_places(quality: str) -> None:
    """Names are found and resolved as the table says."""
    cases = [case for case in read_cases() if case.quality == quality]
    wrong = [(case.id, case.toponym, case.expected, resolved(case)) for case in cases if not is_placed(case)]
    assert len(wrong) <= (1 - LEAST_PLACED[quality]) * len(cases), wrong


@pytest.mark.parametrize("case", [case for case in read_cases() if case.reading in BY_WORDS], ids=lambda case: case.id)
def test_readings_by_words(case: Case) -> None:
    """What the form of the word or the longer name decides needs no encoder."""
    one = resolved(case)
    assert one is not None
    assert read_name(case.text, one.name, Use(how=one.how)) == case.reading


@pytest.mark.weights
@pytest.mark.parametrize("quality", LEAST_READ)
def test_readings_by_the_pipeline(quality: str, real_reader: Any) -> None:
    """The whole pipeline finds the names, places them, and says how they are meant."""
    cases = [case for case in read_cases() if case.quality == quality]
    wrong = [problem for case in cases if (problem := _problem(case, real_reader))]
    assert len(wrong) <= (1 - LEAST_READ[quality]) * len(cases), wrong


def _problem(case: Case, reader: Any) -> str:
    start, end = span_of(case)
    toponyms = reader.pipeline.annotate(Document(case.text, language="en"))[Toponym]
    found = [one for one in toponyms if (one.span.start, one.span.end) == (start, end)]
    if not found or case.expected == "none":
        return "" if not found and case.expected == "none" else f"{case.id}: {case.toponym} {case.expected} {found}"
    (one,) = found
    fits = is_expected(case, one.place) and one.reading == case.reading
    return "" if fits else f"{case.id}: {case.toponym} is {one.reading}, {one.place}"


def test_parties_change_places() -> None:
    """What is said of towns of one side is said of the other's: the same readings, whoever they are."""
    pairs = {"Kyiv": "Moscow", "Ukrainian": "Russian", "Ukrainians": "Russians", "Ukraine": "Russia"}
    by_name: dict[str, Counter[tuple[str, str]]] = {}
    for case in read_cases():
        if case.category in {"adjective", "people", "government"} and case.toponym in {*pairs, *pairs.values()}:
            by_name.setdefault(case.toponym, Counter())[case.text.replace(case.toponym, "X"), case.reading] += 1
    assert {name: by_name[name] for name in pairs} == {name: by_name[other] for name, other in pairs.items()}
