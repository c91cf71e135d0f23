"""Coreference measures: the worked examples of the papers, and what must hold for any chains."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.errors import UsageError
from allegedly.metrics.coreference import (
    CONLL,
    conll_f1,
    heaviest_assignment,
    score_chains,
    score_headed_chains,
)
from allegedly.metrics.mentions import TypedMention
from allegedly.metrics.spans import add_scores

# Bagga & Baldwin 1998 and Luo 2005 score four answers to the same key.
KEY = ["12345", "67", "89ABC"]
TWO_JOINED = ["12345", "6789ABC"]
TWO_LARGE_JOINED = ["1234589ABC", "67"]
ALL_JOINED = ["123456789ABC"]
ALL_APART = list("123456789ABC")


@st.composite
def _partitions(draw: st.DrawFn) -> list[list[int]]:
    """Put some of twelve mentions into chains."""
    chain_of = draw(st.lists(st.integers(0, 5), min_size=12, max_size=12))
    chains: dict[int, list[int]] = {}
    for mention, chain in enumerate(chain_of):
        if chain:
            chains.setdefault(chain, []).append(mention)
    return list(chains.values())


CHAINS = _partitions()


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ([["A", "B", "C", "D"]], [["A", "B"], ["C", "D"]], (200 / 3, 100.0)),
        ([["A", "B"], ["C", "D"]], [["A", "B", "C", "D"]], (100.0, 200 / 3)),
        ([["A", "B", "C", "D"]], [["A", "B"], ["D", "E"]], (100 / 3, 50.0)),
        (KEY, TWO_JOINED, (100.0, 90.0)),
        (KEY, TWO_LARGE_JOINED, (100.0, 90.0)),
        (KEY, ALL_JOINED, (100.0, 900 / 11)),
        ([], [], (0.0, 0.0)),
    ],
)
def test_muc_counts_links(gold: list[list[str]], predicted: list[list[str]], expected: tuple[float, float]) -> None:
    """Recall and precision of the examples of Vilain et al. 1995 and Luo 2005, table 2."""
    score = score_chains(gold, predicted)["muc"]
    assert (score.recall, score.precision) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("predicted", "expected"),
    [
        (TWO_JOINED, (100.0, 100 * 64 / 84)),
        (TWO_LARGE_JOINED, (100.0, 100 * 7 / 12)),
        (ALL_JOINED, (100.0, 37.5)),
        (ALL_APART, (25.0, 100.0)),
    ],
)
def test_b_cubed_asks_each_mention(predicted: list[str], expected: tuple[float, float]) -> None:
    """Recall and precision of the examples of Bagga & Baldwin 1998 and Luo 2005."""
    score = score_chains(KEY, predicted, singletons=True)["b_cubed"]
    assert (score.recall, score.precision) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("predicted", "expected"),
    [(TWO_JOINED, 0.733), (TWO_LARGE_JOINED, 0.667), (ALL_JOINED, 0.294), (ALL_APART, 0.178)],
)
def test_ceaf_aligns_chains(predicted: list[str], expected: float) -> None:
    """F1 with the similarity phi-4 as printed in Luo 2005, table 2."""
    assert score_chains(KEY, predicted, singletons=True)["ceaf_e"].f1 / 100 == pytest.approx(expected, abs=0.0005)


def test_mentions_that_one_side_lacks_count_as_in_the_reference_scorer() -> None:
    """The worked example of Pradhan et al. 2014: mentions of the key are missing, others are too many."""
    scores = score_chains(["abc", "defg"], ["ab", "cd", "fghi"])
    found = {name: (score.recall / 100, score.precision / 100) for name, score in scores.items()}
    assert found["muc"] == pytest.approx((0.40, 0.40), abs=0.005)
    assert found["b_cubed"] == pytest.approx((0.42, 0.50), abs=0.005)
    assert found["ceaf_e"] == pytest.approx((0.65, 0.43), abs=0.005)
    assert found["linked"] == pytest.approx((6 / 7, 6 / 8))


def test_the_conll_figure_is_the_mean_of_three() -> None:
    """Each measure weighs the same, and one that was never counted weighs 0."""
    scores = score_chains(KEY, TWO_JOINED)
    assert conll_f1(scores) == pytest.approx(sum(scores[measure].f1 for measure in CONLL) / 3)
    assert conll_f1({}) == 0.0


@pytest.mark.parametrize(("singletons", "expected"), [(False, 2), (True, 3)])
def test_single_mentions_count_on_demand_only(singletons: bool, expected: int) -> None:  # noqa: FBT001
    """A chain of one mention says nothing of coreference."""
    scores = score_chains([["a", "b"], ["c"]], [["a", "b"], ["c"]], singletons=singletons)
    assert scores["linked"].gold == expected


def test_a_mention_in_two_chains_is_refused() -> None:
    """Chains of one side must not share a mention; the message names one."""
    with pytest.raises(UsageError, match="'he'"):
        score_chains([["Orr", "he"], ["Taal", "he"]], [])


@given(CHAINS)
def test_the_gold_itself_is_perfect(chains: list[list[int]]) -> None:
    """What equals the gold scores 100 on every measure that has anything to count."""
    scores = score_chains(chains, chains, singletons=True)
    assert {score.f1 for score in scores.values() if score.gold} <= {100.0}


@given(CHAINS, CHAINS)
def test_swapping_sides_swaps_recall_and_precision(gold: list[list[int]], predicted: list[list[int]]) -> None:
    """No measure treats one side as special."""
    there, back = score_chains(gold, predicted), score_chains(predicted, gold)
    for measure, score in there.items():
        assert (score.recall, score.precision) == pytest.approx((back[measure].precision, back[measure].recall))


@given(CHAINS, CHAINS, st.permutations(range(12)))
def test_names_and_order_of_mentions_do_not_matter(
    gold: list[list[int]], predicted: list[list[int]], names: list[int]
) -> None:
    """Other names for the mentions and another order of chains give the same counts."""
    renamed = [[[f"m{names[m]}" for m in chain] for chain in reversed(side)] for side in (gold, predicted)]
    assert score_chains(*renamed) == score_chains(gold, predicted)


@given(CHAINS, CHAINS)
def test_figures_stay_between_0_and_100(gold: list[list[int]], predicted: list[list[int]]) -> None:
    """No measure leaves its range."""
    for score in score_chains(gold, predicted, singletons=True).values():
        assert 0 <= score.recall <= 100
        assert 0 <= score.precision <= 100


@given(st.lists(st.tuples(CHAINS, CHAINS), max_size=4))
def test_documents_add_up_in_any_order(documents: list[tuple[list[list[int]], list[list[int]]]]) -> None:
    """Sums are exact, so that the order of documents leaves no trace."""
    scores = [score_chains(gold, predicted) for gold, predicted in documents]
    assert add_scores(scores) == add_scores(scores[::-1])


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=4)
    )
)
def test_the_assignment_is_the_heaviest(weights: list[list[int]]) -> None:
    """No other pairing of rows and columns weighs more; each row and column is used once."""
    pairs = heaviest_assignment(weights)
    wide = weights if len(weights) <= len(weights[0]) else [list(row) for row in zip(*weights, strict=True)]
    best = max(sum(wide[r][c] for r, c in enumerate(order)) for order in permutations(range(len(wide[0])), len(wide)))
    assert sum(weights[row][column] for row, column in pairs) == best
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs) == len(wide)


@pytest.mark.parametrize("weights", [[], [[]], [[], []]])
def test_nothing_can_be_assigned_to_nothing(weights: list[list[float]]) -> None:
    """Empty sides give no pairs."""
    assert heaviest_assignment(weights) == []


def mention(start: int, end: int, head: int) -> TypedMention:
    """Make a phrase whose head word has two letters."""
    return TypedMention((start, end), (head, head + 2))


def test_phrases_are_the_same_if_their_heads_touch() -> None:
    """A phrase cut short still stands in its chain."""
    gold = [[mention(0, 20, 4), mention(30, 32, 30)]]
    found = [[mention(4, 6, 4), mention(30, 32, 30)]]
    assert conll_f1(score_headed_chains(gold, found)) == 100.0


def test_single_phrases_go_before_heads_are_paired() -> None:
    """A phrase that stands alone cannot take the partner of one that stands in a chain."""
    gold = [[mention(0, 9, 4)], [mention(0, 6, 4), mention(30, 32, 30)]]
    found = [[mention(0, 9, 4), mention(30, 32, 30)]]
    assert conll_f1(score_headed_chains(gold, found)) == 100.0
    assert conll_f1(score_headed_chains(gold, found, singletons=True)) < 100.0


def test_a_phrase_without_partner_is_a_miss_on_both_sides() -> None:
    """Phrases elsewhere in the text are not confused with gold ones."""
    gold = [[mention(0, 2, 0), mention(5, 7, 5)]]
    found = [[mention(0, 2, 0), mention(8, 10, 8)]]
    scores = score_headed_chains(gold, found)
    assert (scores["linked"].hits, scores["muc"].hits, scores["muc"].gold) == (1, 0, 1)


def test_a_phrase_given_in_two_chains_counts_once() -> None:
    """Careless output is scored, not refused: the second copy is one too many."""
    gold = [[mention(0, 2, 0), mention(5, 7, 5)]]
    found = [[mention(0, 2, 0), mention(5, 7, 5)], [mention(5, 7, 5), mention(8, 10, 8)]]
    score = score_headed_chains(gold, found)["linked"]
    assert (score.hits, score.predicted) == (2, 4)
