"""Figures: which of them cannot both hold, and single numbers by a named policy."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.corroboration.conflicts import figures_conflict
from allegedly.corroboration.policies import POLICIES, estimate, standing
from allegedly.records.incidents import Figure
from tests.corroboration.builders import make_figure

EXACT = {12: (12, 12, 12), 7: (7, 7, 7)}
numbers = st.integers(0, 50)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Any figure."""
    low, high = sorted((draw(numbers), draw(numbers)))
    return draw(
        st.sampled_from([
            make_figure(low, None, None), make_figure(None, None, high), make_figure(low, None, high),
            make_figure(low, low, low), make_figure(low, (low + high) // 2, high), make_figure(None, None, None),
        ])
    )  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right", "conflict"),
    [
        ((12, 12, 12), (7, 7, 7), True),
        ((12, 12, 12), (12, 12, 12), False),
        ((12, None, None), (15, 15, 15), False),
        ((12, None, None), (7, 7, 7), True),
        ((None, None, 10), (7, 7, 7), False),
        ((None, None, 5), (7, 7, 7), True),
        ((10, None, 15), (12, 12, 12), False),
        ((None, None, None), (12, 12, 12), False),
        ((0, 3, None), (3, 3, 3), False),
        ((36, 40, 44), (42, 42, 42), True),
    ],
)
def test_conflicts(left: tuple[Any, ...], right: tuple[Any, ...], conflict: bool) -> None:  # noqa: FBT001  # a table
    """Stated values need to fit the other's bounds; bounds alone need to overlap."""
    assert figures_conflict(make_figure(*left), make_figure(*right)) is conflict


@given(figures(), figures())
def test_conflict_is_symmetric(left: Figure, right: Figure) -> None:
    """Who is named first means nothing."""
    assert figures_conflict(left, right) == figures_conflict(right, left)


@given(figures())
def test_no_figure_conflicts_with_itself(figure: Figure) -> None:
    """A figure holds beside itself."""
    assert not figures_conflict(figure, figure)


def test_tolls_of_other_scope_are_not_compared() -> None:
    """A toll of the war says nothing against the toll of a day."""
    assert not figures_conflict(make_figure(*EXACT[12]), make_figure(300, 300, 300, scope="cumulative"))


def test_only_standing_figures_count() -> None:
    """Replaced and cumulative figures are left out."""
    kept = make_figure(7, 7, 7)
    assert standing([make_figure(9, 9, 9, replaced=True), kept, make_figure(300, 300, 300, scope="cumulative")]) == [
        kept
    ]


@pytest.mark.parametrize(("policy", "expected"), [("acled", 7), ("ucdp", 12), ("median", 12)])
def test_policies_choose(policy: Any, expected: int) -> None:
    """The lowest, the most given, the middle one."""
    given_figures = [make_figure(*EXACT[12]), make_figure(*EXACT[7]), make_figure(*EXACT[12]), make_figure(20, 20, 20)]
    assert estimate(given_figures, policy) == expected


@pytest.mark.parametrize(
    ("words", "expected"), [("dozens", 12), ("tens of people", 10), ("hundreds", 100), ("a number", 5)]
)
def test_acled_counts_vague_words(words: str, expected: int) -> None:
    """Vague words stand for the numbers of the codebook, others for their lower bound."""
    assert estimate([make_figure(5, None, None, words=words, qualifier="vague")], "acled") == expected


@pytest.mark.parametrize("policy", POLICIES)
def test_no_figure_gives_no_number(policy: Any) -> None:
    """Nothing is invented."""
    assert estimate([], policy) is None
    assert estimate([make_figure(None, None, None)], policy) is None


@given(st.lists(figures(), max_size=6), st.sampled_from(POLICIES))
def test_an_estimate_is_among_the_figures(given_figures: list[Figure], policy: Any) -> None:
    """A policy chooses; it never computes a number that nobody gave as value or bound."""
    said = {value for figure in given_figures for value in (figure.low, figure.best, figure.high)}
    assert estimate(given_figures, policy) in said | {None}
