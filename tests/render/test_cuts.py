"""Cutting a text at the edges of its spans."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from allegedly.render.cuts import Kind, Mark, cut

SIZE = 30
_kinds = st.sampled_from(["source", "cue", "content", "event", "actor", "recipient", "time"])
_spans = st.tuples(st.integers(0, SIZE - 1), st.integers(1, SIZE)).filter(lambda pair: pair[0] < pair[1])


@st.composite
def _marks(draw: st.DrawFn) -> list[Mark]:
    found: list[tuple[Kind, tuple[int, int]]] = draw(st.lists(st.tuples(_kinds, _spans), max_size=12))
    return [Mark(kind, f"a{number}", span) for number, (kind, span) in enumerate(found)]


@given(_marks())
def test_pieces_join_without_gaps(marks: list[Mark]) -> None:
    """The pieces are the whole stretch, in order."""
    pieces = cut(marks, (0, SIZE))
    edges = [piece.span for piece in pieces]
    assert (edges[0][0], edges[-1][1]) == (0, SIZE)
    assert all(left[1] == right[0] for left, right in itertools.pairwise(edges))


@given(_marks())
def test_each_piece_knows_its_marks(marks: list[Mark]) -> None:
    """A mark is on exactly those pieces that it covers."""
    for piece in cut(marks, (0, SIZE)):
        expected = {mark for mark in marks if mark.span[0] <= piece.span[0] and piece.span[1] <= mark.span[1]}
        assert expected == set(piece.marks)


@given(_marks())
def test_each_mark_opens_and_closes_once(marks: list[Mark]) -> None:
    """Every mark begins in one piece and ends in one piece."""
    pieces = cut(marks, (0, SIZE))
    opened = [mark for piece in pieces for mark in piece.opens]
    closed = [mark for piece in pieces for mark in piece.closes]
    assert sorted(map(repr, marks)) == sorted(map(repr, opened)) == sorted(map(repr, closed))


def test_leaves_out_what_reaches_outside() -> None:
    """A mark that crosses the edge of the stretch is not shown."""
    assert [piece.marks for piece in cut([Mark("cue", "a1", (3, 8))], (5, 9))] == [()]
