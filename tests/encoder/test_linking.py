"""Spans joined into attributions, from scripted links."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.encoder.encode import Encoding
from allegedly.encoder.linking import CONTENT, CUE, SOURCE, Triple, link_spans
from allegedly.encoder.windows import Window
from allegedly.encoder.wordpiece import Pieces
from tests.scripted_network import ScriptedSession

SIZE = 40
ONE = (Window(0, SIZE, 0, SIZE),)
TWO = (Window(0, 25, 0, 20), Window(15, SIZE, 20, SIZE))  # five tokens of context on both sides of the border
Spans = list[tuple[int, int, int]]


def encoding(windows: tuple[Window, ...] = ONE) -> Encoding:
    """Make an encoding of one-piece tokens whose rows are their numbers."""
    numbers = np.arange(SIZE, dtype=np.int32)
    pieces = Pieces(numbers, numbers, 2 * numbers, 2 * numbers + 1, numbers, numbers[:1])
    rows = np.concatenate([numbers[w.start : w.end] for w in windows])[:, None].astype(np.float32)
    base = np.cumsum([0, *(w.end - w.start for w in windows)])[:-1]
    window_of = np.repeat(np.arange(len(windows)), [w.core_end - w.core_start for w in windows])
    return Encoding(pieces, windows, base, window_of, rows, np.zeros((SIZE, 0), np.float32))


def linked(
    spans: Spans, links: dict[tuple[int, int], float], *, windows: tuple[Window, ...] = ONE, **other: Any
) -> list[Triple]:
    """Join spans by links of the first token of a child to the first of a cue."""
    session = ScriptedSession([], None)
    session.links = links
    session.none = other.get("none", {})
    return link_spans(encoding(windows), session, np.array(spans, np.int64).reshape(-1, 3), group=other.get("group"))


def parts(triples: list[Triple]) -> list[tuple[Any, Any, Any]]:
    """Give all but the scores."""
    return [(t.source, t.cue, t.contents) for t in triples]


def test_source_cue_content() -> None:
    """A content and a source that link to a cue are one attribution."""
    spans = [(SOURCE, 0, 1), (CUE, 2, 2), (CONTENT, 3, 6)]
    assert parts(linked(spans, {(0, 2): 8, (3, 2): 8})) == [((0, 1), (2, 2), ((3, 6),))]


def test_two_cues_share_a_source() -> None:
    """One source can be that of several cues: "He denied it and accused them"."""
    spans = [(SOURCE, 0, 0), (CUE, 1, 1), (CONTENT, 2, 2), (CUE, 4, 4), (CONTENT, 5, 6)]
    found = linked(spans, {(0, 1): 8, (0, 4): 8, (2, 1): 8, (5, 4): 8})
    assert parts(found) == [((0, 0), (1, 1), ((2, 2),)), ((0, 0), (4, 4), ((5, 6),))]


def test_one_cue_holds_several_contents() -> None:
    """Contents of one cue come together, in order of the text."""
    spans = [(CONTENT, 6, 9), (SOURCE, 3, 3), (CUE, 4, 4), (CONTENT, 0, 2)]
    assert parts(linked(spans, {(0, 4): 8, (6, 4): 8, (3, 4): 8})) == [((3, 3), (4, 4), ((0, 2), (6, 9)))]


def test_a_content_goes_to_its_best_cue() -> None:
    """Each content has one cue, the best."""
    spans = [(CUE, 0, 0), (CONTENT, 2, 4), (CUE, 6, 6)]
    assert parts(linked(spans, {(2, 0): 1, (2, 6): 2})) == [(None, (6, 6), ((2, 4),))]


def test_a_cue_takes_its_best_source() -> None:
    """Of several sources the best is taken."""
    spans = [(SOURCE, 0, 0), (SOURCE, 1, 1), (CUE, 3, 3), (CONTENT, 4, 5)]
    assert parts(linked(spans, {(0, 3): 1, (1, 3): 3, (4, 3): 8}))[0][0] == (1, 1)


@pytest.mark.parametrize(("none", "source"), [(0.5, (0, 0)), (2.0, None)])
def test_no_source_competes(none: float, source: tuple[int, int] | None) -> None:
    """A cue has no source where "none" scores best."""
    spans = [(SOURCE, 0, 0), (CUE, 2, 2), (CONTENT, 3, 5)]
    assert linked(spans, {(0, 2): 1, (3, 2): 8}, none={2: none})[0].source == source


def test_a_content_never_holds_its_cue() -> None:
    """A content that holds a cue goes to another, however sure the link."""
    spans = [(CUE, 0, 0), (CONTENT, 2, 9), (CUE, 4, 4), (CONTENT, 5, 8)]
    found = linked(spans, {(2, 4): 99, (2, 0): -50, (5, 4): 8})
    assert parts(found) == [(None, (0, 0), ((2, 9),)), (None, (4, 4), ((5, 8),))]


def test_a_content_with_no_cue_outside() -> None:
    """Where the only cue stands in the content, there is no attribution."""
    assert linked([(CONTENT, 2, 9), (CUE, 4, 4)], {(2, 4): 99}) == []


def test_a_source_may_stand_around_its_cue() -> None:
    """Only contents may not hold their cue."""
    spans = [(SOURCE, 0, 4), (CUE, 2, 2), (CONTENT, 5, 8)]
    assert linked(spans, {(0, 2): 8, (5, 2): 8})[0].source == (0, 4)


def test_groups_are_not_crossed() -> None:
    """Spans of two groups do not link, neither contents nor sources."""
    spans = [(SOURCE, 0, 0), (CUE, 12, 12), (CONTENT, 13, 15), (CONTENT, 2, 5)]
    links = {(0, 12): 99.0, (2, 12): 99.0, (13, 12): -3.0}
    group = np.repeat([0, 1], [10, SIZE - 10])
    assert parts(linked(spans, links, group=group)) == [(None, (12, 12), ((13, 15),))]


def test_without_groups_all_may_link() -> None:
    """Without groups, spans link across sentences."""
    spans = [(SOURCE, 0, 0), (CUE, 12, 12), (CONTENT, 2, 5)]
    assert parts(linked(spans, {(0, 12): 8, (2, 12): 8})) == [((0, 0), (12, 12), ((2, 5),))]


@pytest.mark.parametrize(
    "spans", [[], [(SOURCE, 0, 0)], [(CONTENT, 0, 3)], [(CUE, 1, 1)], [(SOURCE, 0, 0), (CUE, 1, 1)]]
)
def test_what_makes_no_attribution(spans: Spans) -> None:
    """Without a cue and a content there is none."""
    assert linked(spans, {}) == []


def test_cues_come_in_order() -> None:
    """Attributions are in order of their cues, over windows too."""
    spans = [(CUE, 30, 30), (CONTENT, 31, 33), (CUE, 5, 5), (CONTENT, 6, 8)]
    assert [t.cue for t in linked(spans, {(31, 30): 8, (6, 5): 8}, windows=TWO)] == [(5, 5), (30, 30)]


def test_a_content_in_the_context() -> None:
    """A content beyond the border of the window links if the window of its cue sees it."""
    spans = [(SOURCE, 16, 16), (CUE, 18, 18), (CONTENT, 21, 23)]
    assert parts(linked(spans, {(16, 18): 8, (21, 18): 8}, windows=TWO)) == [((16, 16), (18, 18), ((21, 23),))]


def test_a_content_out_of_sight() -> None:
    """A content that no window sees together with its cue does not link."""
    assert linked([(CUE, 2, 2), (CONTENT, 30, 35)], {(30, 2): 8}, windows=TWO) == []


def test_a_cue_in_two_windows_counts_once() -> None:
    """A cue that two windows see is read where it is core."""
    spans = [(CUE, 18, 18), (CONTENT, 16, 17), (CUE, 22, 22), (CONTENT, 23, 24)]
    found = linked(spans, {(16, 18): 8, (23, 22): 8}, windows=TWO)
    assert parts(found) == [(None, (18, 18), ((16, 17),)), (None, (22, 22), ((23, 24),))]


def test_scores_are_probabilities_of_the_links() -> None:
    """An attribution is as sure as its links."""
    spans = [(SOURCE, 0, 0), (CUE, 2, 2), (CONTENT, 3, 5), (CUE, 7, 7)]
    sure = linked(spans, {(0, 2): 9, (3, 2): 9})[0].score
    torn = linked(spans, {(0, 2): 0, (3, 2): 9, (3, 7): 9})[0].score
    assert (sure > 0.99, round(torn, 3)) == (True, 0.25)


_SPANS = st.tuples(st.integers(0, 2), st.integers(0, SIZE - 1), st.integers(0, 8)).map(
    lambda t: (t[0], t[1], min(t[1] + t[2], SIZE - 1))
)


@given(spans=st.lists(_SPANS, max_size=12, unique=True), seed=st.integers(0, 99), windows=st.sampled_from([ONE, TWO]))
def test_whatever_links(spans: Spans, seed: int, windows: tuple[Window, ...]) -> None:
    """Whatever the scores, parts are spans of their role, cues come once, and no content holds its cue."""
    rng = np.random.default_rng(seed)
    links = {(a, b): float(rng.normal()) * 5 for a in range(SIZE) for b in range(SIZE)}
    found = linked(spans, links, windows=windows)
    cues = [t.cue for t in found]
    assert cues == sorted(set(cues))
    for t in found:
        assert (CUE, *t.cue) in spans
        assert t.source is None or (SOURCE, *t.source) in spans
        assert all((CONTENT, *part) in spans and not part[0] <= t.cue[0] <= t.cue[1] <= part[1] for part in t.contents)
        assert 0 <= t.score <= 1
