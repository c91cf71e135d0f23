"""Documents as rows of words: what counts, what does not, and what stands in quotation marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allegedly.corroboration.words import split_text


def test_form_does_not_count() -> None:
    """Case, accents, punctuation and line ends do not part copies."""
    left = split_text("Marūna’s army – said: “No.”")
    right = split_text("MARUNA'S ARMY\r\nsaid 'No'")
    assert (left.keys, left.digest) == (right.keys, right.digest)


def test_other_words_count() -> None:
    """Another number is another text."""
    assert split_text("12 dead").digest != split_text("14 dead").digest


def test_quotations_are_marked() -> None:
    """Words in quotation marks are not the reporter's own, and no run of words touches them."""
    words = split_text('The army of Veldra said "we fired no shot" and left the town of Senn.')
    own = [key for key, flag in zip(words.keys, words.own, strict=True) if flag]
    assert " ".join(own) == "the army of veldra said and left the town of senn"
    assert [gram for _, gram in words.grams(6)] == ["and left the town of senn"]
    assert words.count == 11


def test_a_statement_printed_whole() -> None:
    """Where nearly all is quoted, all words count."""
    words = split_text('"We fired no shot, and whoever says so lies," he said.')
    assert words.count == len(words)


def test_scripts_without_blanks() -> None:
    """Signs of Chinese and Japanese are words of their own."""
    assert split_text("停火 7日").keys == ("停", "火", "7", "日")


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    """Words and spans go together, and every span holds a word."""
    words = split_text(text)
    assert len(words.keys) == len(words.spans) == len(words.own)
    assert all(text[span.start : span.end].strip() for span in words.spans)
