"""Windows: every token core in one, no limit passed, context in whole tokens, cuts where sentences end."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.encoder.windows import FINAL, Window, blocks, plan_windows
from allegedly.encoder.wordpiece import Pieces

Paragraphs = list[list[tuple[str, int]]]


def made(paragraphs: Paragraphs) -> tuple[Pieces, str]:
    """Make a text of one-letter words, each of so many pieces."""
    words = [word for paragraph in paragraphs for word in paragraph]
    sizes = np.array([size for _, size in words], np.int32)
    edges = np.r_[0, np.cumsum(sizes)].astype(np.int32)
    starts = 2 * np.arange(len(words), dtype=np.int32)
    begins = np.cumsum([0, *map(len, paragraphs)])[:-1].astype(np.int32)
    ids = np.zeros(int(edges[-1]), np.int32)
    return Pieces(ids, ids, starts, starts + 1, edges[:-1], begins), " ".join(letter for letter, _ in words)


def line(text: str) -> Paragraphs:
    """Make one paragraph of one-piece words."""
    return [[(letter, 1) for letter in text]]


_WORDS = st.tuples(st.sampled_from("aaaaa.,?"), st.integers(1, 4) | st.just(30))
_TEXTS = st.lists(st.lists(_WORDS, min_size=1, max_size=40), max_size=6)
_PLANS = st.tuples(_TEXTS, st.integers(5, 40), st.integers(0, 12))


@given(plan=_PLANS)
def test_each_token_is_core_once(plan: tuple[Paragraphs, int, int]) -> None:
    """Cores follow one another from the first token to the last."""
    pieces, text = made(plan[0])
    windows = plan_windows(pieces, text, limit=plan[1], context=plan[2])
    assert [0, *(w.core_end for w in windows)] == [*(w.core_start for w in windows), len(pieces.starts)]
    assert all(w.core_start < w.core_end for w in windows)


@given(plan=_PLANS)
def test_cores_keep_the_limit(plan: tuple[Paragraphs, int, int]) -> None:
    """A core has no more pieces than the limit, unless it is one long token."""
    pieces, text = made(plan[0])
    edges = np.r_[pieces.first, len(pieces.ids)]
    for w in plan_windows(pieces, text, limit=plan[1], context=plan[2]):
        assert edges[w.core_end] - edges[w.core_start] <= plan[1] or w.core_end - w.core_start == 1


@given(plan=_PLANS)
def test_context_is_as_wide_as_it_may_be(plan: tuple[Paragraphs, int, int]) -> None:
    """Context keeps its limit on both sides, and one more token would pass it."""
    pieces, text = made(plan[0])
    limit, context = plan[1:]
    edges = np.r_[pieces.first, len(pieces.ids)]
    for w in plan_windows(pieces, text, limit=limit, context=context):
        assert edges[w.core_start] - edges[w.start] <= context
        assert edges[w.end] - edges[w.core_end] <= context
        assert w.start == 0 or edges[w.core_start] - edges[w.start - 1] > context
        assert w.end == len(pieces.starts) or edges[w.end + 1] - edges[w.core_end] > context


@given(plan=_PLANS)
def test_paragraphs_that_fit_stay_whole(plan: tuple[Paragraphs, int, int]) -> None:
    """A paragraph is cut only where it is longer than the limit."""
    pieces, text = made(plan[0])
    edges = np.r_[pieces.first, len(pieces.ids)]
    cuts = {w.core_start for w in plan_windows(pieces, text, limit=plan[1], context=plan[2])}
    for start, end in pairwise([*pieces.paragraphs.tolist(), len(pieces.starts)]):
        assert edges[end] - edges[start] > plan[1] or not cuts & set(range(start + 1, end))


@given(plan=_PLANS)
def test_blocks_never_cross_paragraphs(plan: tuple[Paragraphs, int, int]) -> None:
    """Blocks cover the tokens and lie inside paragraphs."""
    pieces, text = made(plan[0])
    found = blocks(pieces, text, plan[1])
    assert [k for start, end in found for k in range(start, end)] == list(range(len(pieces.starts)))
    assert set(pieces.paragraphs.tolist()) <= {start for start, _ in found}


@given(plan=_PLANS)
def test_no_two_windows_would_fit_in_one(plan: tuple[Paragraphs, int, int]) -> None:
    """A window ends where its next block would pass the limit."""
    pieces, text = made(plan[0])
    edges = np.r_[pieces.first, len(pieces.ids)]
    ends = dict(blocks(pieces, text, plan[1]))
    for one, other in pairwise(plan_windows(pieces, text, limit=plan[1], context=plan[2])):
        assert edges[ends[other.core_start]] - edges[one.core_start] > plan[1]


@pytest.mark.parametrize("stop", sorted(FINAL))
def test_cuts_come_after_stops(stop: str) -> None:
    """A long paragraph is cut after the last sign that ends a sentence."""
    pieces, text = made(line(f"aaaaaa{stop}a{stop}aaaa"))
    assert blocks(pieces, text, 10) == [(0, 9), (9, 13)]


def test_commas_are_no_stops() -> None:
    """A comma is no place to cut."""
    pieces, text = made(line("aaaaaa,aaaaaa"))
    assert blocks(pieces, text, 10) == [(0, 10), (10, 13)]


def test_early_stops_are_passed_by() -> None:
    """A stop in the first half of a block is too early to cut after."""
    pieces, text = made(line("aa.aaaaaaaaaa"))
    assert blocks(pieces, text, 10) == [(0, 10), (10, 13)]


@pytest.mark.parametrize("size", [1, 10, 11, 95])
def test_a_line_without_stops(size: int) -> None:
    """A line without stops is cut at the limit."""
    pieces, text = made(line("a" * size))
    assert blocks(pieces, text, 10) == [(k, min(k + 10, size)) for k in range(0, size, 10)]


def test_a_long_token_stands_alone() -> None:
    """A token of more pieces than the limit is a block of its own."""
    pieces, text = made([[("a", 2), ("b", 30), ("c", 2), ("d", 2)]])
    assert blocks(pieces, text, 10) == [(0, 1), (1, 2), (2, 4)]


def test_small_paragraphs_share_a_window() -> None:
    """Paragraphs are packed together up to the limit."""
    pieces, text = made([[("a", 3)], [("b", 3)], [("c", 3)], [("d", 3)]])
    assert [(w.core_start, w.core_end) for w in plan_windows(pieces, text, limit=10, context=0)] == [(0, 3), (3, 4)]


def test_context_takes_whole_tokens() -> None:
    """A token that does not fit into the context whole is left out."""
    pieces, text = made([[("a", 3), ("b", 2)], [("c", 5)], [("d", 2), ("e", 3)]])
    assert plan_windows(pieces, text, limit=5, context=4)[1] == Window(start=1, end=4, core_start=2, core_end=3)


def test_no_tokens() -> None:
    """A text without tokens has no windows."""
    assert plan_windows(*made([]), limit=10, context=4) == []
