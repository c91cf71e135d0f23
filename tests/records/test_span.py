"""Spans and their algebra."""

from __future__ import annotations

import pytest

from allegedly.errors import SpanError
from allegedly.records.span import Span, merge_spans, utf16_offsets


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 4)])
def test_refuses_what_is_no_span(start: int, end: int) -> None:
    """Empty, reversed and negative spans cannot be made."""
    with pytest.raises(SpanError, match="empty, reversed or starts before 0"):
        Span(start, end)


def test_gives_its_words() -> None:
    """A span reproduces its words."""
    assert Span(6, 11).of("Hello Kyiv!") == "Kyiv!"


@pytest.mark.parametrize(
    ("other", "expected"), [((2, 5), True), ((2, 3), True), ((1, 3), False), ((4, 6), False), ((5, 6), False)]
)
def test_contains_edges_included(other: tuple[int, int], expected: bool) -> None:  # noqa: FBT001  # a column of the table
    """A span contains what lies inside it, its own edges included."""
    assert Span(2, 5).contains(Span(*other)) is expected


@pytest.mark.parametrize(("other", "expected"), [((4, 6), True), ((0, 3), True), ((5, 6), False), ((0, 2), False)])
def test_overlap_needs_a_shared_character(other: tuple[int, int], expected: bool) -> None:  # noqa: FBT001  # as above
    """Touching spans do not overlap."""
    assert Span(2, 5).overlaps(Span(*other)) is expected


def test_unpacks_and_measures() -> None:
    """A span unpacks into start and end and has a length."""
    start, end = Span(2, 5)
    assert (start, end, len(Span(2, 5))) == (2, 5, 3)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([Span(4, 7), Span(0, 3)], (Span(0, 7),)),
        ([Span(0, 3), Span(1, 2)], (Span(0, 3),)),
        ([Span(0, 3), Span(8, 10)], (Span(0, 3), Span(8, 10))),
        ([], ()),
    ],
)
def test_merges_over_blanks_only(spans: list[Span], expected: tuple[Span, ...]) -> None:
    """Spans parted by white space join, others stay apart."""
    assert merge_spans(spans, text="one two three") == expected


def test_counts_utf16_units() -> None:
    """A character outside the basic plane counts twice in UTF-16."""
    assert utf16_offsets("a🔥b") == [0, 1, 3, 4]
