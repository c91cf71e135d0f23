"""Counting: scores, their sums, and pairing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.metrics.spans import Score, add_scores, pair_off, share

COUNTS = st.builds(Score, st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.none() | st.integers(0, 50))


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (Score(), (0.0, 0.0, 0.0)),
        (Score(1, 2, 4), (25.0, 50.0, 100 / 3)),
        (Score(0, 2, 2), (0.0, 0.0, 0.0)),
        (Score(3, 3, 3), (100.0, 100.0, 100.0)),
        (Score(3, 4, 3, covered=2), (100.0, 50.0, 200 / 3)),
    ],
)
def test_figures_follow_from_counts(score: Score, expected: tuple[float, float, float]) -> None:
    """Precision, recall and F1 are percentages, and 0 where there is nothing to divide by."""
    assert (score.precision, score.recall, score.f1) == pytest.approx(expected)


@given(COUNTS, COUNTS, COUNTS)
def test_scores_add_up_in_any_order(one: Score, two: Score, three: Score) -> None:
    """Addition is associative and commutative."""
    assert (one + two) + three == three + (two + one)


def test_scores_of_documents_add_up_by_measure() -> None:
    """A measure that one document lacks is kept."""
    assert add_scores([{"a": Score(1, 1, 1)}, {"a": Score(0, 1, 0), "b": Score(1, 2, 3)}]) == {
        "a": Score(1, 2, 1),
        "b": Score(1, 2, 3),
    }


def test_figures_for_tables_are_rounded() -> None:
    """Tables show one decimal."""
    assert Score(1, 3, 3).to_dict() == {"p": 33.3, "r": 33.3, "f1": 33.3, "gold": 3, "predicted": 3}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [({1, 2}, {2, 3}, 1 / 3), ({1}, {1}, 1.0), (set(), set(), 0.0), ({1}, set(), 0.0)],
)
def test_share_is_intersection_over_union(one: set[int], other: set[int], expected: float) -> None:
    """Two empty sets share nothing."""
    assert share(frozenset(one), frozenset(other)) == pytest.approx(expected)


def test_pairs_are_one_to_one_and_heaviest_first() -> None:
    """An item that loses its best partner takes the next best; without weight there is no pair."""
    weights = {("a", "x"): 3.0, ("a", "y"): 2.0, ("b", "x"): 2.0, ("b", "y"): 1.0}
    pairs = pair_off(["a", "b", "c"], ["x", "y", "z"], lambda gold, found: weights.get((gold, found), 0.0))
    assert pairs == [(0, 0), (1, 1)]
