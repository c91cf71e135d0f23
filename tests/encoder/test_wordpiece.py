"""Word pieces: offsets into the text as it came, and what the vocabulary does not know: casing, paragraphs, quotes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.encoder.wordpiece import (
    CASES,
    DIGIT,
    FEATURES,
    LETTER,
    LOWER,
    MIXED,
    PARAGRAPH_START,
    QUOTE_STATE,
    SIGN,
    TITLE,
    UPPER,
    Pieces,
    WordPieces,
    casing,
)
from allegedly.errors import PackError
from allegedly.text.paragraphs import split_paragraphs
from allegedly.text.quotes import quote_states

_ANY = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("aZé\u0301\u0940.,“\"' \n🔥ق"), max_size=60)


def split(pieces_of: WordPieces, text: str) -> Pieces:
    """Split a text as readings do."""
    starts = [paragraph.start for paragraph in split_paragraphs(text)]
    return pieces_of.split(text, paragraphs=starts, states=quote_states(text))


def tokens(pieces: Pieces, text: str) -> list[str]:
    """Give the words of all tokens."""
    return [text[start:end] for start, end in zip(pieces.starts, pieces.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army said: no.", ["The", "army", "said", ":", "no", "."]),
        ("  spaced\u00a0out\t\r\n words ", ["spaced", "out", "words"]),
        ("U.S. 1,200", ["U.S.", "1", ",", "200"]),
        ("A.B. 1,200", ["A", ".", "B", ".", "1", ",", "200"]),
        ("don't “stop”", ["don", "'", "t", "“", "stop", "”"]),
        ("🔥 said 👩\u200d🚒.", ["🔥", "said", "👩\u200d🚒", "."]),
        ("I ❤\ufe0f it", ["I", "❤\ufe0f", "it"]),
        ("the قوات fled", ["the", "قوات", "fled"]),
        ("قالَ كتبُ", ["قالَ", "كتبُ"]),
        ("cafe\u0301 re\u0301sume\u0301s", ["cafe\u0301", "re\u0301sume\u0301s"]),
        ("café ÉTÉ", ["café", "ÉTÉ"]),
        ("(\u0940\u0301)", ["(", "\u0940\u0301", ")"]),
        ("no\u200bwhere men", ["no\u200bwhere", "men"]),
        ("The\x00 army\x1b fled", ["The", "army", "fled"]),
        ("\ufeffThe army", ["The", "army"]),
        ("İzmir ﬁre", ["İzmir", "ﬁre"]),
        ("中文", ["中", "文"]),
        ("x" * 150 + " y", ["x" * 150, "y"]),
    ],
)
def test_tokens_are_words_of_the_text(text: str, expected: list[str], pieces_of: WordPieces) -> None:
    """Tokens are words and signs exactly as they stand in the text, in code points."""
    assert tokens(split(pieces_of, text), text) == expected


@given(text=_ANY)
def test_tokens_follow_one_another(text: str, pieces_of: WordPieces) -> None:
    """Tokens are never empty, never overlap, and stand in order."""
    pieces = split(pieces_of, text)
    edges = [edge for pair in zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True) for edge in pair]
    assert edges == sorted(edges)
    assert (pieces.starts < pieces.ends).all()
    assert not edges or 0 <= edges[0] < edges[-1] <= len(text)


@given(text=_ANY)
def test_no_letter_is_lost(text: str, pieces_of: WordPieces) -> None:
    """Every letter and digit of the text stands in a token."""
    pieces = split(pieces_of, text)
    covered = {k for start, end in zip(pieces.starts, pieces.ends, strict=True) for k in range(start, end)}
    assert [c for k, c in enumerate(text) if c.isalnum() and k not in covered] == []


@given(text=_ANY)
def test_every_token_has_pieces(text: str, pieces_of: WordPieces) -> None:
    """Each token has at least one piece, each piece one feature in range."""
    pieces = split(pieces_of, text)
    assert len(pieces.first) == len(pieces.starts) == len(pieces.ends)
    assert all(a < b for a, b in pairwise([*pieces.first.tolist(), len(pieces.ids)]))
    assert len(pieces.ids) == len(pieces.features)
    assert all(0 <= feature < FEATURES for feature in pieces.features.tolist())


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t\u00a0", "\x00", "\u200b", "\u0301"])
def test_texts_without_words(text: str, pieces_of: WordPieces) -> None:
    """An empty text, and one of blanks or signs that are not printed, has no tokens."""
    pieces = split(pieces_of, text)
    assert [len(part) for part in (pieces.ids, pieces.features, pieces.starts, pieces.first, pieces.paragraphs)] == [
        0
    ] * 5


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("army", LOWER), ("Kyiv", TITLE), ("NATO", UPPER), ("McCain", MIXED), ("iPhone", MIXED), ("F16", DIGIT),
        ("12", DIGIT), ("4th", DIGIT), ("I", LETTER), ("a", LOWER), (".", SIGN), ("“", SIGN), ("🔥", SIGN),
        ("قوات", LOWER), ("Київ", TITLE), ("ЗСУ", UPPER), ("é", LOWER), ("É", LETTER), ("ß", LOWER), ("中", LOWER),
        ("٣", DIGIT), ("Ab1", DIGIT), ("_", SIGN),
    ],
)  # fmt: skip
def test_casing(word: str, case: int) -> None:
    """Each way to write a word has its code."""
    assert casing(word) == case


@given(word=st.text(min_size=1, max_size=8))
def test_every_word_has_a_casing(word: str) -> None:
    """Any word gives a code that leaves room for the other features."""
    assert 0 < casing(word) < CASES


def test_casing_goes_with_every_piece(pieces_of: WordPieces) -> None:
    """All pieces of a word carry its casing."""
    pieces = split(pieces_of, "so Qzqzqzq")
    assert set(pieces.features[pieces.first[1] :].tolist()) == {TITLE}


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", " \n\t\n "])
def test_paragraph_starts(gap: str, pieces_of: WordPieces) -> None:
    """The first piece of each paragraph, and no other, says that it begins one."""
    text = f"Qzqz one{gap}Two three{gap}Four"
    pieces = split(pieces_of, text)
    begins = [k for k, feature in enumerate(pieces.features.tolist()) if feature & PARAGRAPH_START]
    assert [begins, pieces.paragraphs.tolist()] == [pieces.first[[0, 2, 4]].tolist(), [0, 2, 4]]


def test_paragraphs_without_words(pieces_of: WordPieces) -> None:
    """A paragraph without tokens begins nothing."""
    pieces = pieces_of.split("one\n\u200b\ntwo", paragraphs=[0, 4, 6], states=bytes(9))
    assert pieces.paragraphs.tolist() == [0, 1]


def test_quotation_states(pieces_of: WordPieces) -> None:
    """Pieces say whether they stand outside or inside quotation marks or are one."""
    text = "He said “we won” today"
    pieces = split(pieces_of, text)
    states = [int(feature) // QUOTE_STATE for feature in pieces.features[pieces.first]]
    assert dict(zip(tokens(pieces, text), states, strict=True)) == {
        "He": 0, "said": 0, "“": 2, "we": 1, "won": 1, "”": 2, "today": 0,
    }  # fmt: skip


def test_features_do_not_mix(pieces_of: WordPieces) -> None:
    """Casing, paragraph start and quotation state can be told apart in the sum."""
    text = "“Won” he\nSaid"
    pieces = split(pieces_of, text)
    found = pieces.features[pieces.first].tolist()
    parts = [(f % CASES, f // PARAGRAPH_START % 2, f // QUOTE_STATE) for f in found]
    assert parts == [(SIGN, 1, 2), (TITLE, 0, 1), (SIGN, 0, 2), (LOWER, 0, 0), (TITLE, 1, 0)]


def test_the_vocabulary_has_no_case(pieces_of: WordPieces) -> None:
    """Casing changes the features, not the pieces."""
    low, high = (split(pieces_of, text) for text in ("the army said", "The ARMY SaiD"))
    assert low.ids.tolist() == high.ids.tolist()
    assert high.features[high.first].tolist() == [TITLE + PARAGRAPH_START, UPPER, MIXED]


@pytest.mark.parametrize("content", [None, b"", b"{}", b"no JSON", b"\xff"])
def test_a_damaged_tokenizer(content: bytes | None, tmp_path: Path) -> None:
    """A tokenizer that is missing or none is an error of the pack that says what to do."""
    path = tmp_path / "tokenizer.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PackError, match=r"cannot load .*tokenizer\.json") as caught:
        WordPieces(path)
    assert "pack" in caught.value.hint


def test_a_tokenizer_without_its_signs(small_folder: Path, tmp_path: Path) -> None:
    """A tokenizer that does not know [CLS] and [SEP] is of another model."""
    path = tmp_path / "tokenizer.json"
    path.write_text((small_folder / "tokenizer.json").read_text("utf-8").replace("[SEP]", "[OTHER]"), "utf-8")
    with pytest.raises(PackError, match=r"\[SEP\]"):
        WordPieces(path)
