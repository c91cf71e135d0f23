"""The report as markup: nothing added, nothing lost, every offset right, nothing dangerous loose."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.records.document import Document
from allegedly.web.laid import Laid, lay_out
from allegedly.web.text import signs_markup, stretch_markup, text_markup
from tests.fakes import FakeReader
from tests.hostile import HOSTILE
from tests.web.markup import TextMarkup

SIGNS = "a\u0301 👩\u200d🚒\r\n\u202e\u200b\ufeff\u2066\x00\x1b\x85<&>\"'قوات\t.\n"


def laid(text: str, *, size: int = 20_000) -> Laid:
    """Read a text with three patterns, and lay it out."""
    return lay_out(FakeReader().read(Document(text, id="one")), size=size)


def shown(document: Laid, part: int = 1, *, own: bool = False) -> TextMarkup:
    """Give a part as a browser would have it."""
    return TextMarkup(text_markup(document, part, address=lambda claim: f"/?c={claim}", own=own))


def carried(text: str) -> str:
    """Give what a page can carry of a text."""
    return re.sub("[\0\ud800-\udfff]", "\ufffd", text)


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_text_is_there_character_by_character(text: str, *, own: bool) -> None:
    """Copying the page gives the text; each piece says at which code point it begins."""
    document = laid(text)
    pages = [shown(document, part, own=own) for part in range(1, len(document.parts) + 1)]
    assert "".join(page.text for page in pages) == carried(text)
    assert [piece for page in pages for piece in page.pieces] == [
        (at, carried(text)[at : at + len(words)]) for page in pages for at, words in page.pieces
    ]


@given(st.text(st.sampled_from(SIGNS) | st.characters(), max_size=60))
def test_any_words(words: str) -> None:
    """Whatever stands in a text, markup gives it back, and no tag comes out of it."""
    page = TextMarkup(f"<p>{signs_markup(words)}</p>")
    assert page.text == carried(words)
    assert {tag for tag, _ in page.tags} <= {"p", "span"}


@pytest.mark.parametrize(
    ("sign", "code", "name"),
    [
        ("\u202e", "U+202E", "RIGHT-TO-LEFT OVERRIDE"),
        ("\u200b", "U+200B", "ZERO WIDTH SPACE"),
        ("\x1b", "U+001B", "CONTROL OR PRIVATE SIGN"),
        ("\0", "U+0000", "CONTROL OR PRIVATE SIGN"),
    ],
)
def test_dangerous_signs_are_shut_in(sign: str, code: str, name: str) -> None:
    """Each stands in a span of its own that names it; the sign itself is still there."""
    page = TextMarkup(f"<p>a{signs_markup(sign)}b</p>")
    assert page.tags[1] == ("span", {"class": "odd", "data-sign": code, "title": name})
    assert page.text == f"a{carried(sign)}b"


@pytest.mark.parametrize("words", ["👩\u200d🚒", "می\u200cروم", "e\u0301", "line\r\nline\tnext"])
def test_what_holds_letters_together_is_left_alone(words: str) -> None:
    """Joiners, accents and line ends are no danger."""
    assert "<" not in signs_markup(words)


def test_a_report_cannot_add_to_the_page() -> None:
    """Tags, quotation marks and entities in a report are words."""
    page = shown(laid("The army said <script>alert(1)</script> \"&amp;' killed 3 people <img src=x onerror=y>."))
    assert {tag for tag, _ in page.tags} <= {"a", "span"}
    assert {name for _, found in page.tags for name in found} <= {
        "class", "data-at", "data-rows", "data-before", "data-after", "title", "href", "tabindex", "id",
    }  # fmt: skip


def test_numbers_are_those_of_the_claims() -> None:
    """The badge of an event and the brackets of a content carry the number that the list of claims gives."""
    document = laid("The army said rebels killed 3 people. Omar denied troops arrested 12 farmers. Police met Ann.")
    page = shown(document)
    assert page.values("data-before") == ["1[", "2["]
    assert page.values("data-after") == ["1 ASSAULT +", "]1", "2 COERCE +", "]2", "3 CONSULT + own voice"]
    assert document.numbers == {claim.id: number for number, claim in enumerate(document.claims, 1)}


def test_words_light_up_with_their_claims() -> None:
    """Source, cue and content carry the ids of the claims that the source vouches for; others carry none."""
    document = laid("The army said rebels killed 3 people. Nothing else.")
    rows = dict(zip((words for _, words in shown(document).pieces), shown(document).values("data-rows"), strict=False))
    assert rows["The army"] == document.claims[0].id
    assert len(shown(document).values("data-rows")) < len(shown(document).pieces)


def test_a_click_opens_the_claim() -> None:
    """The words of an event and a cue lead to their claim; the keyboard goes through the list instead."""
    document = laid("The army said rebels killed 3 people.")
    links = [found for tag, found in shown(document).tags if tag == "a"]
    assert {found["href"] for found in links} == {f"/?c={document.claims[0].id}"}
    assert {found["tabindex"] for found in links} == {"-1"}


def test_the_reports_own_voice_stands_out() -> None:
    """The sentence that the report itself says is marked, if that is asked for."""
    document = laid("The army said rebels killed 3 people. Police met Ann.")
    marked = [found for _, found in shown(document, own=True).tags if "narrator" in (found.get("class") or "").split()]
    assert "".join(words for at, words in shown(document, own=True).pieces if at >= 38) == "Police met Ann."
    assert len(marked) >= 1
    assert not any("narrator" in words for words in shown(document).values("class"))


def test_a_stretch_for_other_pages() -> None:
    """A stretch of a text carries its offset, whatever else it carries."""
    assert str(stretch_markup("a🔥\r\n<b", (1, 4), {"class": "x"})) == '<span class="x" data-at="1">🔥&#13;\n</span>'
