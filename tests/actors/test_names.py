"""Keys of names: what counts as the same name, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.actors.names import fold, loosen, normalise_name, split_words
from tests.hostile import HOSTILE


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The U.S.", "us"),
        ("UNITED NATIONS", "united nations"),
        ("Élysée", "elysee"),
        ("al-Shabaab", "al shabaab"),
        ("Sana'a", "sanaa"),
        ("Sana’a", "sanaa"),
        ("Russia's", "russia"),
        ("Hamas'", "hamas"),
        ("the Kremlin’s", "kremlin"),
        ("Störe", "store"),
        ("Støre", "store"),
        ("Erdoğan", "erdogan"),
        ("Communist Party of India (Maoist)", "communist party of india maoist"),
        ("  a \r\n b ", "a b"),
        ("", ""),
    ],
)
def test_form_does_not_count(name: str, key: str) -> None:
    """Case, accents, dots, apostrophes, hyphens, articles and possessive endings do not count."""
    assert key == normalise_name(name)


def test_the_article_can_be_kept() -> None:
    """A folded name keeps its article."""
    assert fold("The Nation") == "the nation"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Zelenskiy", "Volodymyr Zelenskyy"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Mohammed Hamdan Dagalo", "Mohamed Hamdan Dagalo"),
        ("Abdel Fattah el-Sissi", "Abdel Fatah al-Sisi"),
        ("Qassem Soleimani", "Kasem Soleimani"),
        ("Valeriy Zaluzhnyi", "Valeriy Zaluzhny"),
    ],
)
def test_transliterations_share_a_loose_key(one: str, other: str) -> None:
    """Common spellings of Arabic and Cyrillic names share a loose key."""
    assert loosen(normalise_name(one)) == loosen(normalise_name(other))


@pytest.mark.parametrize(
    ("one", "other"), [("Mali", "Malawi"), ("Iran", "Iraq"), ("Niger", "Nigeria"), ("Assad", "Saad")]
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    """A loose key is not that loose."""
    assert loosen(normalise_name(one)) != loosen(normalise_name(other))


def test_words_remember_hyphens_and_possessives() -> None:
    """Hyphens tie a word to the one before it; possessive endings are taken off and noted."""
    words = [
        (word.raw, word.key, word.joined, word.possessive) for word in split_words("U.S.-led force's ally, Hamas’")
    ]
    assert words == [
        ("U.S.", "us", False, False),
        ("led", "led", True, False),
        ("force", "force", False, True),
        ("ally", "ally", False, False),
        (",", "", False, False),
        ("Hamas", "hamas", False, True),
    ]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_names_have_keys(text: str) -> None:
    """Nothing breaks on hostile names, and a key is its own key."""
    key = normalise_name(text)
    assert fold(key) == key
    assert all(word.raw for word in split_words(text))


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    """Any text has a key without surrounding blanks."""
    key = fold(text)
    assert key == key.strip()
