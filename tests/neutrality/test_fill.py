"""Filled templates and their places."""

from __future__ import annotations

import pytest

from allegedly.errors import ResourceError
from allegedly.neutrality.data import Pair
from allegedly.neutrality.fill import Filling, fill
from tests.neutrality.conftest import TEXT, party, template


def both(pair: Pair, text: str = TEXT) -> tuple[Filling, Filling]:
    """Fill a template both ways round."""
    return fill(template(text), pair.first, pair.second), fill(template(text), pair.second, pair.first)


def test_slots_are_filled(pair: Pair) -> None:
    """Names stand in their slots, with a capital where the slot has one."""
    assert [item.text for item in both(pair)] == ["Obo said the Free Isles fled.", "The Free Isles said Obo fled."]


@pytest.mark.parametrize("words", ["said", "fled", "fled.", "."])
def test_words_of_the_template_keep_their_place(pair: Pair, words: str) -> None:
    """A word of the template has one place, whatever the names' length."""
    one, other = (item.place((item.text.index(words), item.text.index(words) + len(words))) for item in both(pair))
    assert one == other


def test_names_of_any_length_have_one_place(pair: Pair) -> None:
    """Whole names compare, with "the" or without."""
    one, other = both(pair)
    assert {one.place((0, 3)), other.place((0, 14)), other.place((4, 14))} == {(0, 3)}


def test_a_span_over_a_name_compares(pair: Pair) -> None:
    """A span that begins in the template and ends after a name has one place."""
    one, other = both(pair)
    assert one.place((4, len(one.text))) == other.place((15, len(other.text)))


def test_parts_of_names_are_told_apart(pair: Pair) -> None:
    """Some but not all words of a name are a part of a slot; the whole and what reaches out are not."""
    filling = both(pair)[1]
    parts = [filling.is_part_of_slot(span) for span in ((9, 14), (4, 8), (0, 14), (4, 14), (9, 19), (15, 19))]
    assert parts == [True, True, False, False, False, False]


def test_a_template_without_slots() -> None:
    """A text without slots is itself."""
    filling = fill(template("Rain."), party(), party())
    assert (filling.text, filling.place((0, 5)), filling.slots) == ("Rain.", (0, 5), ())


@pytest.mark.parametrize("name", ["🔥", "حركة الشباب", "the the", "x", "A" * 10_000])
def test_odd_names(name: str) -> None:
    """Names in any script and of any length fill in."""
    filling = fill(template("{A.name}!"), party(name=name), party())
    assert (filling.text, filling.place((0, len(name))), filling.place((len(name), len(name) + 1))) == (
        f"{name}!", (0, 3), (3, 4),
    )  # fmt: skip


def test_an_unknown_slot_is_refused(pair: Pair) -> None:
    """The error names template and slot."""
    with pytest.raises(ResourceError, match="template test: no slot flag"):
        both(pair, "{A.flag}")
