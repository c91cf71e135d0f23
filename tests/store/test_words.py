"""Words as the index holds them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.store.words import fold, split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("Veldra's army", ["veldra", "s", "army"]),
        ("1,200 dead", ["1", "200", "dead"]),
        ("snake_case", ["snake", "case"]),
        ("Élias ŽIŽKA", ["elias", "zizka"]),
        ("Straße", ["strasse"]),
        ("Ёлка й", ["елка", "и"]),
        ("مُقاتِلـــون", ["مقاتلون"]),
        ("أحمد", ["احمد"]),
        ("שָׁלוֹם", ["שלום"]),
        ("हिन्दी है।", ["हिन्दी", "है"]),
        ("攻击了", ["攻", "击", "了"]),
        ("ทหาร", ["ท", "ห", "า", "ร"]),
        ("abc攻击", ["abc", "攻", "击"]),
        ("🔥fire🔥🔥", ["u1f525", "fire", "u1f525", "u1f525"]),
        ("❤️ ☕", ["u2764", "u2615"]),
        ("–…„“", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    """Each script is cut as its writers would look for it."""
    assert split_words(text) == words


@given(text=st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Words hold no blank and no sign that either database could take for its own."""
    for word in split_words(text):
        assert word
        assert not re.search(r"[\s\"'\\:*()&|!<>-]", word)


@given(text=st.text(st.characters(codec="ascii"), max_size=60))
def test_the_short_cut_for_plain_text(text: str) -> None:
    """Plain text is cut as it would be beside an accent."""
    assert [*split_words(text), "e"] == split_words(f"{text} é")


@given(text=st.text(max_size=40))
def test_folding_twice(text: str) -> None:
    """What is folded stays as it is for the index."""
    assert split_words(fold(text)) == split_words(text)
