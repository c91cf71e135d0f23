"""The annotated page."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from allegedly.ledger.build import build_ledger
from allegedly.records.document import Document
from allegedly.records.ledger import Ledger
from allegedly.render.html import render_fragment, render_page
from tests.fakes import RUN, fake_layers

VOID = {"br", "meta"}


class Page(HTMLParser):
    """
    Reads a page back as a browser would.

    Args:
        html: The page.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self._depth_of_text = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag and whether the text begins."""
        self.tags.append((tag, dict(attrs)))
        if tag in VOID:
            return
        self.open.append(tag)
        if ("class", "text") in attrs:
            self._depth_of_text = len(self.open)

    def handle_endtag(self, tag: str) -> None:
        """Make sure that tags close in order."""
        assert self.open.pop() == tag
        if len(self.open) < self._depth_of_text:
            self._depth_of_text = 0

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        if self._depth_of_text:
            self.text += data

    def values(self, name: str) -> list[str]:
        """Give all values of an attribute."""
        return [value for _, attrs in self.tags if (value := attrs.get(name)) is not None]


@pytest.fixture
def page(ledger: Ledger) -> Page:
    """The page of the sample."""
    return Page(render_page(ledger))


def test_the_text_is_the_text(page: Page, ledger: Ledger) -> None:
    """What stands in the page, labels aside, is the report character by character."""
    assert page.text == ledger.document.text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> said army killed 3 x.",
        'a" onload="x said b killed c.',
        "&amp; ]]> said -->",
        "\r\n\r",
    ],
)
def test_hostile_text_stays_text(text: str) -> None:
    """No text becomes markup."""
    read = Page(render_page(build_ledger(fake_layers(Document(text, title=text, publisher=text)), RUN)))
    assert (text, []) == (read.text, [tag for tag, _ in read.tags if tag in {"script", "img", "iframe", "object"}])


def test_no_handler_no_style_no_address(page: Page) -> None:
    """There are no event handlers, no style attributes, and links stay inside the page."""
    names = {name for _, attrs in page.tags for name in attrs}
    assert (set(), []) == (
        {name for name in names if name.startswith("on") or name in {"style", "src"}},
        [value for value in page.values("href") if not value.startswith("#")],
    )


def test_policy_allows_its_own_style_only(ledger: Ledger) -> None:
    """The Content-Security-Policy forbids all but the one style sheet, by its digest."""
    html = render_page(ledger)
    style = re.search("<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" in html


def test_links_have_targets(page: Page) -> None:
    """Each claim and each event links to its place in the text."""
    targets = {f"#{value}" for value in page.values("id")}
    assert set(page.values("href")) - targets == set()


def test_ids_are_unique(page: Page) -> None:
    """No id is given twice."""
    ids = page.values("id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", ["source", "cue", "content", "event", "actor", "recipient", "time"])
def test_each_kind_is_marked(kind: str, page: Page) -> None:
    """Each kind of span has its class in the text."""
    assert any(kind in value.split() for value in page.values("class"))


def test_overlaps_are_numbered(page: Page) -> None:
    """Where contents nest, each edge carries its number, and the deeper one its depth."""
    assert ("3[" in page.values("data-before"), "]2 ]3" in page.values("data-after")) == (True, False)
    assert any("d2" in value.split() for value in page.values("class"))


def test_badges_show_type_factuality_and_voice(page: Page) -> None:
    """The badge of an event names type, factuality and the chain it stands in, or the report's own voice."""
    badges = [value for value in page.values("data-after") if "ASSAULT" in value]
    assert badges == ["ASSAULT + (own voice)", "ASSAULT/drone - (2>3)"]


def test_own_voice_stands_out(page: Page) -> None:
    """An event in the report's own voice has a class of its own."""
    assert any({"event", "own"} <= set(value.split()) for value in page.values("class"))


def test_light_and_dark(ledger: Ledger) -> None:
    """The style follows the reader's choice of light or dark."""
    assert "prefers-color-scheme: dark" in render_page(ledger)


def test_empty_text() -> None:
    """A ledger of an empty text is a page too."""
    assert Page(render_page(build_ledger(fake_layers(Document("")), RUN))).text == ""


def test_signs_that_a_page_cannot_carry() -> None:
    """NUL and lone surrogates are shown as replacement characters."""
    assert Page(render_page(build_ledger(fake_layers(Document("a\0b\ud83dc")), RUN))).text == "a\ufffdb\ufffdc"


def test_warnings_are_shown(ledger: Ledger) -> None:
    """The page says what the reading leaves out."""
    assert "a &lt;warning&gt;" in render_page(replace(ledger, warnings=("a <warning>",)))


def test_fragment_is_no_page(ledger: Ledger) -> None:
    """A notebook gets style and body only."""
    assert render_fragment(ledger).startswith("<style>")


def test_names_stand_for_pronouns(page: Page, ledger: Ledger) -> None:
    """A claim shows name and role with the words as printed, and links to what is known of its source."""
    html = render_page(ledger)
    assert (
        '<a href="#who-e2"><span class="m source">Orr</span></a> <span class="note">Col., &quot;he&quot;</span>' in html
    )
    assert {"who-e1", "who-e2", "who-e3"} <= set(page.values("id"))


def test_pronouns_tell_whom_they_mean(page: Page) -> None:
    """Hovering over a pronoun in the text shows the name; over a name it does not repeat it."""
    titles = page.values("title")
    assert ("source of 2: Orr" in titles, "source of 1" in titles) == (True, True)


def test_who_is_who_links_into_the_text(page: Page) -> None:
    """Each name of the table links to its first mention."""
    assert {"in-e1", "in-e2", "in-e3", "in-e5"} <= set(page.values("id"))


def test_who_is_who_shows_codes_and_reasons(ledger: Ledger) -> None:
    """Codes, side and number of mentions stand in the row of an entity, and why a code is missing."""
    entity = replace(ledger.entities[1], actor=None)
    changed = replace(ledger, entities=(ledger.entities[0], entity, *ledger.entities[2:]))
    row = render_page(changed).split('<tr id="who-e2">')[1].split("</tr>")[0]
    assert row == (
        '<th scope="row"><a href="#in-e2">Orr</a> <span class="note">Col.</span></th><td>person</td>'
        "<td>MIL <small>no country in its words</small></td><td>Nord</td><td>2</td>"
    )


def test_nobody_is_somebody(ledger: Ledger) -> None:
    """A page without entities says so."""
    bare = replace(ledger, attributions=(), events=(), entities=(), mentions=())
    assert "nobody speaks or acts" in render_page(bare)


def test_hostile_codes_stay_text(ledger: Ledger) -> None:
    """Codes and reasons come from files: they cannot become markup either."""
    entity = replace(ledger.entities[1], country="<b>", side="<i>", role="<u>", reason="<s>")
    html = render_page(replace(ledger, entities=(ledger.entities[0], entity, *ledger.entities[2:])))
    assert [tag for tag, _ in Page(html).tags if tag in {"i", "u", "s"}] == []
