"""Signs in the place of parties' names: offsets stay the text's, and no party is read otherwise than another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.encoder.wordpiece import CASES, FEATURES, FIRST_SIGN, SIGNS, TITLE, Pieces, WordPieces
from allegedly.resources.parties import FORMS, PARTIES_APART
from allegedly.text.paragraphs import split_paragraphs
from allegedly.text.quotes import quote_states

LAST_SIGN = FIRST_SIGN + SIGNS
REPORT = (
    "{A} said on Monday that {B} had attacked. “{A} lies,” a {b} general told reporters; {B}'s {b}-made drones\n"
    "had never flown to {A}. The {a} army and {B}. IN {A}, NOBODY."
)
_WORDS = [
    "Iran",
    "Iraq's",
    "US",
    "U.S.",
    "Hamas",
    "Jordan",
    "said",
    "United",
    "States",
    "“",
    "”",
    "é",
    "🔥",
    "\n",
    "\r\n",
    "-",
]


def split(pieces_of: WordPieces, text: str) -> Pieces:
    """Split a text as readings do."""
    starts = [paragraph.start for paragraph in split_paragraphs(text)]
    return pieces_of.split(text, paragraphs=starts, states=quote_states(text))


def signs(pieces_of: WordPieces, text: str) -> list[tuple[str, int, int]]:
    """Give the printed name, form and number of each sign of a text."""
    pieces = split(pieces_of, text)
    out = []
    for start, end, first in zip(pieces.starts, pieces.ends, pieces.first, strict=True):
        if FIRST_SIGN <= pieces.ids[first] < LAST_SIGN and _is_sign(pieces, int(first), int(end - start)):
            form, number = divmod(int(pieces.ids[first]) - FIRST_SIGN, PARTIES_APART)
            out.append((text[start:end], form, number))
    return out


def _is_sign(pieces: Pieces, first: int, size: int) -> bool:
    """The small tokenizer has words with the numbers of signs; those are of one letter."""
    return bool(pieces.features[first] % CASES == TITLE and size > 1)


def test_a_sign_is_one_token_and_one_piece(pieces_of: WordPieces) -> None:
    """A name of many words is one token of one piece; the words around it stay as they are."""
    text = "The Democratic Republic of the Congo's army fled."
    pieces = split(pieces_of, text)
    words = [text[start:end] for start, end in zip(pieces.starts, pieces.ends, strict=True)]
    assert words == ["The", "Democratic Republic of the Congo", "'", "s", "army", "fled", "."]
    assert pieces.first[2] - pieces.first[1] == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran and Iraq", [("Iran", "country", 0), ("Iraq", "country", 1)]),
        ("Iraqi men, Iraq", [("Iraqi", "adjective", 0), ("Iraq", "country", 0)]),
        ("Baghdad told Tehran", [("Baghdad", "capital", 0), ("Tehran", "capital", 1)]),
        ("U.S. and Iraqis", [("U.S.", "country", 0), ("Iraqis", "people", 1)]),
    ],
)
def test_signs_say_form_and_number(text: str, expected: list[tuple[str, str, int]], pieces_of: WordPieces) -> None:
    """A sign tells what form of name it is and which party of the text, in order of first mention."""
    assert [(name, FORMS[form], number) for name, form, number in signs(pieces_of, text)] == expected


def test_the_ninth_is_read_like_the_first(pieces_of: WordPieces) -> None:
    """More parties than can be told apart share numbers."""
    text = "Iran, Iraq, Syria, Kenya, Ghana, Peru, Brazil, Poland, Norway, Sweden"
    assert [number for _, _, number in signs(pieces_of, text)] == [*range(8), 0, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Iran", "Iranian"), ("Iraq", "Iraqi")),
        (("Russia", "Russian"), ("Ukraine", "Ukrainian")),
        (("Israel", "Israeli"), ("Lebanon", "Lebanese")),
        (("the United States", "American"), ("the Democratic Republic of the Congo", "Congolese")),
        (("South Sudan", "South Sudanese"), ("Ethiopia", "Ethiopian")),
        (("Burkina Faso", "Burkinabe"), ("Mali", "Malian")),
    ],
)
def test_exchanging_two_states_changes_nothing(
    one: tuple[str, str], other: tuple[str, str], pieces_of: WordPieces
) -> None:
    """Two states that change places give the same numbers and features, piece by piece."""
    (name, adjective), (second, second_adjective) = one, other
    article = "the " if name.startswith("the ") or second.startswith("the ") else ""
    name, second = (article + words.removeprefix("the ") for words in (name, second))
    here = split(pieces_of, REPORT.format(A=name, a=adjective, B=second, b=second_adjective))
    there = split(pieces_of, REPORT.format(A=second, a=second_adjective, B=name, b=adjective))
    assert (here.ids.tolist(), here.features.tolist(), here.first.tolist(), here.paragraphs.tolist()) == (
        there.ids.tolist(), there.features.tolist(), there.first.tolist(), there.paragraphs.tolist(),
    )  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [("Hamas", "Hezbollah"), ("Boko Haram", "Hayat Tahrir al-Sham")])
def test_exchanging_two_groups_changes_nothing(one: str, other: str, pieces_of: WordPieces) -> None:
    """Two armed groups that change places give the same numbers and features."""
    here, there = (
        split(pieces_of, f"{a} said that {b} fired. “{b} did,” men of {a} said.")
        for a, b in ((one, other), (other, one))
    )
    assert (here.ids.tolist(), here.features.tolist()) == (there.ids.tolist(), there.features.tolist())


def test_capitals_give_the_same_sign(pieces_of: WordPieces) -> None:
    """A party in capitals is the same sign with the same casing."""
    small, large = (split(pieces_of, text) for text in ("iran: Iraq hit Kyiv", "iran: IRAQ hit KYIV"))
    assert (small.ids.tolist(), small.features.tolist()) == (large.ids.tolist(), large.features.tolist())


def test_a_sign_opens_a_paragraph(pieces_of: WordPieces) -> None:
    """A name of several words at the start of a paragraph begins it, once."""
    pieces = split(pieces_of, "One.\nUnited States troops left.")
    assert pieces.paragraphs.tolist() == [0, 2]
    assert len(pieces.starts) == 6


@given(
    text=st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
def test_offsets_are_those_of_the_text(text: str, pieces_of: WordPieces) -> None:
    """With signs or without, tokens are in order, apart and solid, features in range, and each has pieces."""
    pieces = split(pieces_of, text)
    assert (pieces.starts < pieces.ends).all()
    assert (pieces.ends[:-1] <= pieces.starts[1:]).all()
    assert (np.diff(np.r_[pieces.first, len(pieces.ids)]) > 0).all()
    assert ((pieces.features >= 0) & (pieces.features < FEATURES)).all()
    assert len(pieces.ids) == len(pieces.features)
    covered = {k for start, end in zip(pieces.starts, pieces.ends, strict=True) for k in range(start, end)}
    assert [sign for k, sign in enumerate(text) if sign.isalnum() and k not in covered] == []


@given(names=st.lists(st.sampled_from(["Iran", "Iraq", "United States", "Côte d'Ivoire", "UK"]), max_size=12))
def test_the_span_of_a_sign_is_the_printed_name(names: list[str], pieces_of: WordPieces) -> None:
    """What stands at the span of a sign is the name as printed."""
    assert [name for name, _, _ in signs(pieces_of, " 🔥 ".join(names))] == names


def test_three_thousand_names(pieces_of: WordPieces) -> None:
    """A text of three thousand names is split whole."""
    assert len(signs(pieces_of, "Iran, Iraq; the United States. " * 1_000)) == 3_000
