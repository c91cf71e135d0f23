"""The invented cases of incidents: balanced, many enough, and each expectation held."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from allegedly.metrics.spans import Scores, add_scores
from bench.readers.incident_cases import CONFLICTS, Case, read_cases
from bench.tasks.incident_cases import check_case

LEAST = 120
FLOOR = 85.0


@cache
def cases() -> tuple[Case, ...]:
    """Read them once."""
    return tuple(read_cases())


def test_there_are_enough() -> None:
    """Pairs and triples of reports, twins counted."""
    assert len(cases()) >= LEAST


def test_every_party_stands_on_both_sides_as_often() -> None:
    """Each conflict is read both ways round as often as the other."""
    first = Counter(case.parties["A"] for case in cases())
    assert first == Counter(case.parties["B"] for case in cases())
    assert {name for pair in CONFLICTS for name in pair} == set(first)


def test_names_are_unique() -> None:
    """No case stands twice."""
    assert len({case.name for case in cases()}) == len(cases())


@pytest.mark.parametrize("number", range(132))
def test_cases_hold(number: int) -> None:
    """All that is expected of a case is found."""
    if number < len(cases()):
        assert check_case(cases()[number], cases()[number].claims)[1] == []


def test_stances_reach_the_floor() -> None:
    """Stance per party and point is right in most cells."""
    scores: list[Scores] = [check_case(case, case.claims)[0] for case in cases()]
    assert add_scores(scores)["stance"].f1 >= FLOOR
