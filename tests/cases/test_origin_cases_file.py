"""The cases of origins, tests/cases/origins.toml: what the file claims to be, and how often the grouping is right."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.corroboration.origin_cases import (
    Case,
    actual_groups,
    expected_groups,
    main,
    read_cases,
    wrong_cases,
)

LEAST = 40
LEAST_RIGHT = 0.95


def test_there_are_enough() -> None:
    """There are enough cases, each with a name of its own and at least two documents."""
    cases = read_cases()
    assert len(cases) >= LEAST
    assert [name for name, count in Counter(case.id for case in cases).items() if count > 1] == []
    assert [case.id for case in cases if len(case.documents) < 2] == []


def test_all_kinds_are_there() -> None:
    """Both what must be joined and what must stay apart is there."""
    assert len({case.category for case in read_cases()}) >= 9
    apart = [case for case in read_cases() if len(expected_groups([case])) == len(case.documents)]
    assert len(apart) >= 12


def test_placeholders_are_filled() -> None:
    """No text holds a placeholder that names nothing."""
    assert [document.id for case in read_cases() for document in case.documents if "{" in document.text] == []


@pytest.mark.parametrize("counted", [True, False])
def test_share_of_right_cases(counted: bool) -> None:  # noqa: FBT001  # a column
    """Origins are counted right, and documents grouped right, in nearly all cases."""
    wrong = list(wrong_cases(counted=counted))
    assert 1 - len(wrong) / len(read_cases()) >= LEAST_RIGHT, wrong


def test_all_in_one_heap() -> None:
    """The documents of all cases together fall into the same groups: nothing joins what has nothing in common."""
    cases = read_cases()
    expected = expected_groups(cases)
    assert len(actual_groups(cases) & expected) / len(expected) >= LEAST_RIGHT


@pytest.mark.parametrize("case", [case for case in read_cases() if case.category == "independent"], ids=lambda c: c.id)
def test_independent_reports_stay_apart(case: Case) -> None:
    """An independent report is never counted as a copy."""
    assert actual_groups([case]) == expected_groups([case])


def test_the_command_prints_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    """The command says how many are right."""
    assert main() == 0
    assert f"of {len(read_cases())} cases" in capsys.readouterr().out
