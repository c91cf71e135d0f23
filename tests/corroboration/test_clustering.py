"""Clusters of scored pairs: what joins, what never does, and that order means nothing."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.corroboration.clustering import cluster

NAMES = [f"c{k}" for k in range(7)]
Edges = dict[tuple[int, int], float]


@st.composite
def graphs(draw: st.DrawFn) -> Edges:
    """Scores of some pairs of seven items."""
    pairs = draw(st.lists(st.sampled_from(list(combinations(range(7), 2))), unique=True))
    return {pair: draw(st.integers(0, 100)) / 100 for pair in pairs}


def named(clusters: list[list[int]], names: list[str]) -> set[frozenset[str]]:
    """Give clusters as sets of names."""
    return {frozenset(names[k] for k in members) for members in clusters}


def test_likely_pairs_join() -> None:
    """A pair above the threshold is one cluster, one below is not."""
    assert cluster("abc", {(0, 1): 0.6, (1, 2): 0.4}, threshold=0.5) == [[0, 1], [2]]


def test_the_mean_of_compared_pairs_counts() -> None:
    """A third item joins two only if it is like both."""
    assert cluster("abc", {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.0}, threshold=0.5) == [[0, 1], [2]]


def test_pairs_never_compared_count_little() -> None:
    """A third item may join two though it was compared with one of them only."""
    assert cluster("abc", {(0, 1): 0.9, (1, 2): 0.8}, threshold=0.5) == [[0, 1, 2]]


def test_together_joins_whatever_the_score() -> None:
    """What a person put together is together."""
    assert cluster("ab", {}, threshold=0.5, together=[(0, 1)]) == [[0, 1]]


def test_forbidden_pairs_never_share_a_cluster() -> None:
    """Two items that cannot be together keep their groups apart, also by way of a third."""
    found = cluster("abc", {(0, 1): 0.9, (1, 2): 0.9}, threshold=0.1, forbidden=lambda a, b: {a, b} == {0, 2})
    assert sorted(map(len, found)) == [1, 2]
    assert all(not {0, 2} <= set(members) for members in found)


def test_nothing_gives_nothing() -> None:
    """No items, no clusters."""
    assert cluster([], {}, threshold=0.5) == []


@given(graphs(), st.permutations(range(7)), st.sampled_from([0.2, 0.5, 0.8]))
def test_order_means_nothing(edges: Edges, order: list[int], threshold: float) -> None:
    """Items in another order form the same clusters."""
    first = named(cluster(NAMES, edges, threshold=threshold), NAMES)
    names = [NAMES[k] for k in order]
    where = {k: place for place, k in enumerate(order)}
    moved = {(min(where[a], where[b]), max(where[a], where[b])): score for (a, b), score in edges.items()}
    assert named(cluster(names, moved, threshold=threshold), names) == first


@given(graphs())
def test_every_item_is_in_one_cluster(edges: Edges) -> None:
    """Clusters are a partition."""
    found = cluster(NAMES, edges, threshold=0.3)
    assert sorted(k for members in found for k in members) == list(range(7))


@pytest.mark.parametrize("threshold", [0.0, 0.5, 1.0])
def test_equal_scores_are_settled_by_names(threshold: float) -> None:
    """Ties give the same result every time."""
    edges = {(0, 1): 0.7, (1, 2): 0.7, (0, 2): 0.0}
    assert cluster("abc", edges, threshold=threshold) == cluster(
        "abc", dict(reversed(edges.items())), threshold=threshold
    )
