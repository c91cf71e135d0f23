"""Names and their variants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.coreference.names import (
    APART,
    HONORIFICS,
    OVERLAP,
    PART,
    SAME,
    acronyms,
    compare,
    name_words,
    plain,
    without_titles,
)

_NAME = st.lists(st.sampled_from("omar said al the of taal general mr n united front".split()), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Kyïv’s", "kyiv"), ("U.N.", "un"), ("O'Hara", "ohara"), ("Sana'a", "sanaa"), ("forces'", "forces"),
        ("Al-Taal", "altaal"), ("al-Qasr", "alqasr"), ("ŁÓDŹ", "łodz"),
        ("قوات", "قوات"), ("", ""), ("🔥", "🔥"), ("’s", ""),
    ],
)  # fmt: skip
def test_plain(word: str, expected: str) -> None:
    """Case, accents, dots, apostrophes and possessive endings make no other word."""
    assert plain(word) == expected


@given(word=st.text(max_size=12))
def test_plain_in_capitals(word: str) -> None:
    """A word of the Latin alphabet in capitals is the same word."""
    if word.isascii():
        assert plain(word.upper().replace("'S", "'s")) == plain(word.lower())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the Korean People's Army", ("korean", "people", "army")),
        ("The", ("the",)),
        ("Jean-Luc O’Hara", ("jeanluc", "ohara")),
        ("U.N. Security Council", ("un", "security", "council")),
        ("", ()),
        ("🔥 …", ()),
    ],
)
def test_words_of_a_name(words: str, expected: tuple[str, ...]) -> None:
    """The leading article is no part of a name."""
    assert name_words(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("mr okafor", "okafor"),
        ("prime minister omar taal", "omar taal"),
        ("general", "general"),
        ("omar general", "omar general"),
    ],
)
def test_titles_go(words: str, expected: str) -> None:
    """Titles before a name go, but never the whole name."""
    assert without_titles(tuple(words.split())) == tuple(expected.split())


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Rapid Support Forces", "rsf"), ("Front for the Freedom of Norland", "ffn"), ("Bank of the North", "botn"),
        ("UNHCR", "unhcr"), ("PolNeAR", "pnar"),
    ],
)  # fmt: skip
def test_acronyms(name: str, short: str) -> None:
    """A name is shortened to its initials, with or without its small words, or to its printed capitals."""
    assert short in set(acronyms(name_words(name), name))


@pytest.mark.parametrize("name", ["", "Omar", "omar"])
def test_no_acronyms(name: str) -> None:
    """A single word with one capital has no acronym."""
    assert list(acronyms(name_words(name), name)) == []


@pytest.mark.parametrize(
    ("a", "b", "person", "expected"),
    [
        ("Omar Taal", "OMAR TAAL", True, SAME),
        ("Gen. Omar Taal", "Omar Taal", True, SAME),
        ("Mr. Taal", "Omar Taal", True, PART),
        ("Omar", "Omar Taal", True, PART),
        ("Omar Said Taal", "Omar Taal", True, PART),
        ("Lina Taal", "Omar Taal", True, OVERLAP),
        ("Lina Orr", "Omar Taal", True, APART),
        ("al Taal", "al Orr", True, APART),
        ("Northern Front", "Northern Front for Freedom", False, PART),
        ("Front Freedom", "Front for Freedom", False, OVERLAP),
        ("Freedom Front", "Northern Freedom Front", False, PART),
        ("the", "the Front", False, APART),
        ("Al Taal", "Al-Taal", True, PART),
        ("Omar al-Taal", "OMAR AL-TAAL", True, SAME),
        ("Omar al-Taal", "Omar Taal", True, SAME),
    ],
)
def test_compare(a: str, b: str, person: bool, expected: int) -> None:  # noqa: FBT001  # a column of the table
    """Names are the same, a part, overlap or stand apart, and it does not matter which comes first."""
    first, second = name_words(a), name_words(b)
    assert (compare(first, second, person=person), compare(second, first, person=person)) == (expected, expected)


@given(_NAME, _NAME, st.booleans())
def test_compare_is_even(a: list[str], b: list[str], person: bool) -> None:  # noqa: FBT001  # drawn
    """Whichever name comes first, they relate in the same way, and each is itself."""
    one, other = tuple(a), tuple(b)
    assert compare(one, other, person=person) == compare(other, one, person=person)
    assert compare(one, one, person=person) == SAME


def test_honorifics_are_plain() -> None:
    """The words of the list are as `plain` gives them, else they would never be found."""
    assert {word for word in HONORIFICS if plain(word) != word} == set()
