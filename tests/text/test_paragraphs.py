"""Paragraphs: line breaks, list items and hard-wrapped lines."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.text.paragraphs import split_paragraphs

WRAPPED = (
    "KARVELI, 7 May - The health ministry said that a strike on the\n"
    "hospital had killed twelve people, among them two nurses. The\n"
    "Southern Front denied any part in it and spoke of a staged raid.\n"
    "Nobody else was on the road.\n"
)


def words_of(text: str) -> list[str]:
    """Give the words of each paragraph."""
    return [span.of(text) for span in split_paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \n\r\n\t ", [], id="white space only"),
        pytest.param("One.", ["One."], id="one line"),
        pytest.param("One.\nTwo.", ["One.", "Two."], id="one line break"),
        pytest.param("One.\r\nTwo.\r\n", ["One.", "Two."], id="Windows"),
        pytest.param("One.\rTwo.", ["One.", "Two."], id="old Mac"),
        pytest.param("One.\n\n\n Two. \n", ["One.", "Two."], id="empty lines"),
        pytest.param("One.\u2028Two.\u2029Three.", ["One.", "Two.", "Three."], id="Unicode separators"),
        pytest.param("A headline\nThe text begins here.", ["A headline", "The text begins here."], id="headline"),
        pytest.param("Losses:\n- two tanks\n- a truck", ["Losses:", "- two tanks", "- a truck"], id="hyphen list"),
        pytest.param("1. the bridge\n2. the road", ["1. the bridge", "2. the road"], id="numbered list"),
        pytest.param("Losses: • two tanks • a truck", ["Losses:", "• two tanks", "• a truck"], id="bullets in a line"),
        pytest.param("قال الناطق.\nغادر الوفد.", ["قال الناطق.", "غادر الوفد."], id="Arabic has no lower case"),
        pytest.param("Raid kills 12\nArmy denies it", ["Raid kills 12", "Army denies it"], id="headlines"),
        pytest.param(
            "first line\n\nsecond in lower case", ["first line", "second in lower case"], id="empty line wins"
        ),
    ],
)
def test_line_breaks_and_list_items(text: str, expected: list[str]) -> None:
    """Each line, list item or bullet is a paragraph, whatever the line ends."""
    assert words_of(text) == expected


def test_hard_wrapped_lines_are_joined() -> None:
    """Lines broken at a fixed width are one paragraph, names at line starts included."""
    assert words_of(WRAPPED) == [WRAPPED.strip()]


def test_hard_wrapped_paragraphs_without_empty_lines_are_parted() -> None:
    """A short last line ends a hard-wrapped paragraph though no empty line follows."""
    assert words_of(WRAPPED + WRAPPED) == [WRAPPED.strip(), WRAPPED.strip()]


def test_long_lines_are_paragraphs() -> None:
    """Lines longer than any page width are not joined though the next begins in lower case."""
    text = f"{'word ' * 60}\nand {'word ' * 60}"
    assert len(split_paragraphs(text)) == 2


def test_list_items_in_hard_wrapped_text_stay_apart() -> None:
    """A bullet begins a paragraph even where the line before is full."""
    text = WRAPPED.rstrip("\n").rpartition("\n")[0] + "\n- the depot near the river\n- the school"
    assert words_of(text)[-2:] == ["- the depot near the river", "- the school"]


@given(st.text(alphabet="aB. -•\n\r\t1)\u2028س", max_size=120))
def test_paragraphs_cover_all_but_white_space(text: str) -> None:
    """Spans are ordered, do not overlap, and lose no visible character."""
    spans = split_paragraphs(text)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    kept = "".join(span.of(text) for span in spans)
    assert "".join(kept.split()) == "".join(text.split())


@given(st.text(max_size=60))
def test_edges_are_no_white_space(text: str) -> None:
    """A paragraph begins and ends with something visible."""
    assert all(span.of(text) == span.of(text).strip() for span in split_paragraphs(text))


@pytest.mark.parametrize(
    "text", ["word " * 200_000, "a\n" * 200_000, "• a " * 200_000], ids=["line", "lines", "bullets"]
)
def test_long_texts_are_split_in_linear_time(text: str) -> None:
    """A line of a million characters and a million lines take seconds at most."""
    kept = "".join(span.of(text) for span in split_paragraphs(text))
    assert "".join(kept.split()) == "".join(text.split())
