"""Comparing rows of one kind: which of two runs go together."""

from __future__ import annotations

from typing import Any

import pytest

from allegedly.records.ledger import SpanPair
from allegedly.store.answers import Row
from allegedly.store.diff import compare_rows
from allegedly.store.judgements import shared


def _row(name: str, span: SpanPair, **values: Any) -> Row:
    return Row(name, "quantity", "q1", "d", "sha256:0", "r", span, {"words": name, **values})


def _what(before: list[Row], after: list[Row]) -> list[tuple[str, str | None, str | None]]:
    return [
        (change.what, change.before.id if change.before else None, change.after.id if change.after else None)
        for change in compare_rows(before, after)
    ]


def test_nothing_changed() -> None:
    """The same ids are left out, whatever their scores."""
    assert _what([_row("a", (0, 5), score=0.1)], [_row("a", (0, 5), score=0.9)]) == []


def test_order_of_the_text() -> None:
    """What differs stands in order of the text."""
    before, after = [_row("b", (20, 25)), _row("a", (0, 5))], [_row("c", (10, 15))]
    assert _what(before, after) == [("gone", "a", None), ("added", None, "c"), ("gone", "b", None)]


def test_best_match_first() -> None:
    """Of two that share words, the one that shares more is the one that changed."""
    before = [_row("a", (0, 10))]
    after = [_row("b", (8, 30)), _row("c", (0, 9))]
    assert _what(before, after) == [("changed", "a", "c"), ("added", None, "b")]


def test_each_row_goes_with_one() -> None:
    """A row that is taken already does not count again."""
    before = [_row("a", (0, 10)), _row("b", (5, 10))]
    after = [_row("c", (0, 10))]
    assert _what(before, after) == [("changed", "a", "c"), ("gone", "b", None)]


def test_what_differs_is_named() -> None:
    """Columns that do not count are not named, also inside others."""
    one = _row("a", (0, 5), low=1.0, score=0.1, voices=[{"name": "x", "attribution": "a1"}], modes=["drone"])
    other = _row("b", (0, 5), low=2.0, score=0.9, voices=[{"name": "x", "attribution": "a2"}], modes=("drone",))
    (change,) = compare_rows([one], [other])
    assert (change.fields, change.words) == (("words", "low"), "b")


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ((0, 4), (0, 4), 1.0),
        ((0, 4), (4, 8), 0.0),
        ((0, 4), (9, 12), 0.0),
        ((0, 8), (2, 4), 0.25),
        ((3, 6), (0, 4), 1 / 6),
    ],
)
def test_shares(one: SpanPair, other: SpanPair, share: float) -> None:
    """Common words over all words of both, whichever comes first."""
    assert shared(one, other) == shared(other, one) == pytest.approx(share)
