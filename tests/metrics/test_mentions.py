"""Mentions and names against gold: spans, heads, types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.metrics.mentions import TypedMention, TypedSpan, match_heads, score_mentions, score_names
from allegedly.metrics.spans import Score

# "the army of the north": the whole phrase with its head, and the phrase inside
ARMY = TypedMention((0, 21), (4, 8), "ORG")
NORTH = TypedMention((12, 21), (16, 21), "LOC")
GOLD = [ARMY, NORTH]

WORDS = st.integers(0, 20).flatmap(
    lambda start: st.builds(
        lambda before, after, kind: TypedMention((max(0, start - before), start + 1 + after), (start, start + 1), kind),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from(["PER", "ORG"]),
    )
)
MENTIONS = st.lists(WORDS, max_size=8, unique=True)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (GOLD, (2, 2, 2, 2)),
        ([ARMY._replace(type="MIL"), NORTH], (1, 2, 1, 2)),
        ([ARMY._replace(span=(4, 8)), NORTH], (1, 1, 2, 2)),
        ([ARMY._replace(head=(9, 11)), NORTH], (2, 2, 1, 1)),
        ([ARMY._replace(head=(4, 6))], (1, 1, 1, 1)),
        ([], (0, 0, 0, 0)),
    ],
)
def test_spans_heads_and_types_are_told_apart(found: list[TypedMention], expected: tuple[int, ...]) -> None:
    """A wrong type, a phrase cut short and a wrong head each cost what they should."""
    scores = score_mentions(GOLD, found)
    assert tuple(scores[measure].hits for measure in ("mention", "span", "head", "head_only")) == expected


def test_each_type_is_counted_apart() -> None:
    """Types of both sides are listed; their counts add up to the whole."""
    scores = score_mentions(GOLD, [ARMY, NORTH._replace(type="GPE")])
    assert scores["mention ORG"] == Score(1, 1, 1)
    assert scores["mention LOC"] == Score(0, 1, 0)
    assert scores["mention GPE"] == Score(0, 0, 1)
    assert scores["head ORG"] == Score(1, 1, 1)
    assert scores["mention"] == Score(1, 2, 2)


def test_repeated_mentions_count_once() -> None:
    """Giving the same phrase twice is neither rewarded nor punished."""
    assert score_mentions(GOLD, [*GOLD, ARMY]) == score_mentions(GOLD, GOLD)


def test_equal_phrases_are_paired_before_others_with_the_same_head() -> None:
    """Of two phrases on one head each finds its own."""
    inner, outer = TypedMention((0, 3), (0, 3)), TypedMention((0, 12), (0, 3))
    assert match_heads([inner, outer], [outer, inner]) == [(0, 1), (1, 0)]


@pytest.mark.parametrize(("gold", "found", "pairs"), [(1, 2, 1), (2, 1, 1), (2, 2, 2), (0, 2, 0)])
def test_heads_are_paired_one_to_one(gold: int, found: int, pairs: int) -> None:
    """A second phrase on the same head stays without partner."""
    ours = [TypedMention((0, 5 + k), (0, 3)) for k in range(gold)]
    theirs = [TypedMention((0, 9 + k), (0, 3)) for k in range(found)]
    assert len(match_heads(ours, theirs)) == pairs


@given(MENTIONS, MENTIONS)
def test_pairs_do_not_depend_on_the_side(gold: list[TypedMention], found: list[TypedMention]) -> None:
    """As many hits either way round, and never more than there are mentions."""
    there, back = score_mentions(gold, found), score_mentions(found, gold)
    for measure in ("mention", "span", "head_only"):
        assert there[measure].hits == back[measure].hits <= min(len(gold), len(found))


@given(MENTIONS)
def test_the_gold_itself_is_perfect(gold: list[TypedMention]) -> None:
    """What equals the gold has every figure at 100."""
    assert {score.f1 for score in score_mentions(gold, gold).values() if score.gold} <= {100.0}


TYPES = {"PER": "PER", "GPE": "LOC", "FAC": "LOC"}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([TypedSpan(0, 4, "PER"), TypedSpan(8, 12, "GPE")], Score(2, 2, 2)),
        ([TypedSpan(0, 4, "GPE"), TypedSpan(8, 12, "GPE")], Score(1, 2, 2)),
        ([TypedSpan(0, 5, "PER"), TypedSpan(8, 12, "FAC")], Score(1, 2, 2)),
        ([TypedSpan(0, 4, "PER"), TypedSpan(20, 24, "WEA")], Score(1, 2, 1)),
        ([TypedSpan(8, 12, "GPE"), TypedSpan(8, 12, "FAC")], Score(1, 2, 1)),
        ([], Score(0, 2, 0)),
    ],
)
def test_names_need_exact_words_and_type(found: list[TypedSpan], expected: Score) -> None:
    """Types are mapped, types without a counterpart are dropped, and two that become one count once."""
    gold = [TypedSpan(0, 4, "PER"), TypedSpan(8, 12, "LOC")]
    assert score_names(gold, found, types=TYPES)["name"] == expected


def test_names_without_a_map_keep_their_types() -> None:
    """A system that speaks the gold's types needs no map."""
    names = [TypedSpan(0, 4, "PER"), TypedSpan(8, 12, "LOC")]
    scores = score_names(names, names)
    assert (scores["name"], scores["name LOC"]) == (Score(2, 2, 2), Score(1, 1, 1))
