"""
The table of bodies, tests/cases/bodies.csv: which words for armies, parties, unions are one body, read with the pack.

How the cases are written. ``text`` is an invented report of a few sentences. ``first`` and ``second`` are two phrases
of it, the second looked for after the first; ``are`` says whether they are ``one`` body or ``two``. Quality: STRONG is
plain, and two bodies taken for one is the worse mistake, since it gives a denial to the wrong side; MEDIUM asks the
reader to find that two phrases are one. ``written`` says whether a case was looked at while the rules were made.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from allegedly.records.document import Document
from allegedly.records.ledger import Ledger

CASES = Path(__file__).parent / "bodies.csv"
LEAST = 60
LEAST_RIGHT = {"STRONG": 0.97, "MEDIUM": 0.75}


class Case(NamedTuple):
    """One line of the table."""

    id: str
    text: str
    are: str
    first: str
    second: str
    quality: str
    written: str


@cache
def read_cases() -> tuple[Case, ...]:
    """Read the table."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        return tuple(Case(**row) for row in csv.DictReader(lines))


def entity_at(ledger: Ledger, words: str, start: int) -> tuple[str | None, int]:
    """Give the entity of the mention whose head stands last in the words, and where the words end."""
    at = ledger.document.text.index(words, start)
    inside = [mention for mention in ledger.mentions if at <= mention.head[0] < at + len(words)]
    return (max(inside, key=lambda mention: mention.head).entity if inside else None), at + len(words)


def is_right(ledger: Ledger, case: Case) -> bool:
    """Say whether the reader takes the two for one body where they are, and for two where they are not."""
    first, end = entity_at(ledger, case.first, 0)
    after = end if case.first == case.second or case.second in case.first else 0
    second, _ = entity_at(ledger, case.second, after)
    joined = first is not None and first == second
    return joined if case.are == "one" else not joined


def test_the_table_is_complete() -> None:
    """There are enough cases, ids are unique, the words stand in the texts, and both answers occur."""
    cases = read_cases()
    assert len(cases) >= LEAST
    assert len({case.id for case in cases}) == len(cases)
    assert all(case.first in case.text and case.second in case.text for case in cases)
    assert {case.are for case in cases} == {"one", "two"}
    assert {case.quality for case in cases} <= set(LEAST_RIGHT)


@pytest.mark.weights
def test_the_reader_keeps_bodies_apart(real_reader: Any) -> None:
    """Nearly all different bodies stay two, and most names and descriptions of one body meet."""
    ledgers = {case.text: real_reader.read(Document(case.text, language="en")) for case in read_cases()}
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    wrong = []
    for case in read_cases():
        asked[case.quality] += 1
        if is_right(ledgers[case.text], case):
            right[case.quality] += 1
        else:
            wrong.append(case)
    shares = {quality: right[quality] / asked[quality] for quality in asked}
    assert all(shares[quality] >= least for quality, least in LEAST_RIGHT.items()), (shares, wrong)
