"""Colours: seen by all, on both backgrounds, chosen by nobody."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.web.charts.base import Look
from allegedly.web.charts.colours import (
    PALETTE,
    PAPER,
    SHAPES,
    Theme,
    colour_of,
    contrast,
    marks_of,
    slot_of,
    stylesheet,
)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", PALETTE)
def test_colours_stand_out(colour: str, theme: Theme) -> None:
    """Marks have the contrast that WCAG asks of graphics."""
    assert contrast(colour, PAPER[theme]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out(theme: Theme) -> None:
    """Words have the contrast that WCAG asks of text, on the background and on land."""
    look = Look(theme=theme)
    assert min(contrast(ink, ground) for ink in (look.ink, look.quiet) for ground in (look.paper, look.land)) >= 4.5


@pytest.mark.parametrize(("one", "other", "expected"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    """Known pairs have their known contrast."""
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)


def test_colours_are_spread_evenly() -> None:
    """No colour is the favourite of the hash."""
    numbers = Counter(slot_of(f"party-{number}") for number in range(6_000))
    assert min(numbers.values()) > 850


@given(st.sets(st.text(), max_size=30))
def test_no_two_parties_look_the_same(ids: set[str]) -> None:
    """In one chart, colour and shape together tell parties apart while there are shapes left in a colour."""
    marks = marks_of(ids)
    same = [(a, b) for a, b in combinations(ids, 2) if marks[a] == marks[b]]
    crowded = {colour for colour, number in Counter(map(colour_of, ids)).items() if number > len(SHAPES)}
    assert all(marks[a][0] in crowded for a, _ in same)
    assert all(marks[id_][0] == colour_of(id_) for id_ in ids)


@given(st.sets(st.text(), max_size=6))
def test_few_parties_have_a_shape_each(ids: set[str]) -> None:
    """Up to six need no colour to be told apart."""
    assert len({shape for _, shape in marks_of(ids).values()}) == len(ids)


def test_pages_get_the_same_colours() -> None:
    """The class of an id sets the colour that charts give it."""
    assert f".party-{slot_of('sudan')} {{ --party: {colour_of('sudan')}; }}" in stylesheet()
