"""Which mention stands for a span."""

from __future__ import annotations

import pytest

from allegedly.coreference.lookup import MentionIndex
from allegedly.records.annotations import Mention
from allegedly.records.span import Span
from tests.fakes import ORIGIN


def mention(key: str, span: tuple[int, int], head: tuple[int, int]) -> Mention:
    """Make a mention."""
    return Mention(span=Span(*span), origin=ORIGIN, key=key, head=Span(*head), kind="name", type="PER")


INDEX = MentionIndex(
    [mention("whole", (0, 30), (4, 9)), mention("inner", (15, 30), (20, 25)), mention("next", (31, 40), (31, 40))]
)


@pytest.mark.parametrize(
    ("span", "inside", "main"),
    [
        ((0, 30), ["whole", "inner"], "whole"),
        ((15, 30), ["inner"], "inner"),
        ((4, 5), ["whole"], "whole"),
        ((5, 20), [], None),
        ((31, 32), ["next"], "next"),
        ((0, 99), ["whole", "inner", "next"], "whole"),
        ((15, 40), ["inner", "next"], "inner"),
        ((50, 60), [], None),
    ],
)
def test_by_heads(span: tuple[int, int], inside: list[str], main: str | None) -> None:
    """A mention stands in a span if its head does; the widest one is meant."""
    found = INDEX.main(Span(*span))
    assert ([m.key for m in INDEX.inside(Span(*span))], found and found.key) == (inside, main)


def test_the_first_of_equals() -> None:
    """Of two mentions as wide, the first is meant."""
    index = MentionIndex([mention("b", (5, 9), (5, 9)), mention("a", (0, 4), (0, 4))])
    assert getattr(index.main(Span(0, 9)), "key", None) == "a"


def test_no_mentions() -> None:
    """Without mentions there is none."""
    assert (MentionIndex([]).inside(Span(0, 9)), MentionIndex([]).main(Span(0, 9))) == ([], None)
