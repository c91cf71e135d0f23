"""Selected words as code points, in a real browser: emoji, CRLF, Arabic, combining marks, shut-in signs."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from allegedly.records.document import Document
from allegedly.records.span import utf16_offsets
from allegedly.web.laid import lay_out
from allegedly.web.text import text_markup
from tests.fakes import FakeReader
from tests.web.browsing import chromium, looking

pytestmark = pytest.mark.browser
BLANKS = " \r\n\t\ufeff"  # as JavaScript trims
TEXT = (
    "🔥 The army said 👩\u200d🚒 rebels killed 3 people.\r\n\r\n"
    "قال الجيش إن المتمردين قتلوا\u200f 4, cafe\u0301 zone.\n"
    "Omar\u202e denied tro\u200bops arrested 12 farmers 🙏🏽.\r\nEnd"
)
HTML = "text/html; charset=utf-8"
# Finds the place of a UTF-16 offset among the text nodes, and selects between two of them.
SELECT = """([start, end]) => {
  const place = (offset) => {
    const walk = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
    let node;
    while ((node = walk.nextNode())) {
      if (offset <= node.length) return [node, offset];
      offset -= node.length;
    }
  };
  const range = document.createRange();
  range.setStart(...place(start));
  range.setEnd(...place(end));
  document.getSelection().removeAllRanges();
  document.getSelection().addRange(range);
  return window.allegedly.selected();
}"""


@pytest.fixture(scope="module")
def report() -> Iterator[Any]:
    """A page with a text and a form that takes a span."""
    markup = text_markup(lay_out(FakeReader().read(Document(TEXT))), 1, address=lambda claim: f"#{claim}", own=True)
    form = (
        '<form><input name="span"><button type="button" data-take="span" hidden>Take</button>'
        '<output data-taken="span"></output></form>'
    )
    script = resources.files("allegedly.web").joinpath("static", "select.js").read_text("utf-8")
    with chromium() as browser, looking(browser) as made:
        made.add_init_script(script)
        made.goto("about:blank")
        style = "<style>.text { white-space: pre-wrap; }</style>"
        made.route(
            "**/*",
            lambda route: route.fulfill(
                content_type=HTML, body=f"{style}<p>out</p><div class='text'>{markup}</div>{form}"
            ),
        )
        made.goto("http://127.0.0.1:9/")
        yield made


def test_the_browser_has_the_text(report: Any) -> None:
    """The characters in the page are those of the report, line ends included."""
    assert report.evaluate("document.querySelector('.text').textContent") == TEXT


def test_every_selection_is_its_span(report: Any) -> None:
    """Between any two code points, the span of the words selected is that of the text, blanks at its ends left out."""
    units = utf16_offsets(TEXT)
    wrong = []
    for start in range(0, len(TEXT), 3):
        for end in range(start + 1, len(TEXT) + 1, 7):
            words = TEXT[start:end]
            found = report.evaluate(SELECT, [units[start], units[end]])
            left = start + len(words) - len(words.lstrip(BLANKS))
            expected = (left, left + len(words.strip(BLANKS))) if words.strip(BLANKS) else None
            if (None if found is None else (found["start"], found["end"])) != expected:
                wrong.append((start, end, found, expected))
    assert not wrong


def test_the_words_come_with_it(report: Any) -> None:
    """What is given as words is what stands at the span."""
    units = utf16_offsets(TEXT)
    start = TEXT.index("قال")
    found = report.evaluate(SELECT, [units[start], units[start + 9]])
    assert found == {"start": start, "end": start + 9, "words": TEXT[start : start + 9]}


def test_a_selection_outside_is_none(report: Any) -> None:
    """Words of ours are no span of a report."""
    outside = "() => { const r = document.createRange(); r.selectNodeContents(document.querySelector('p')); return r; }"
    assert report.evaluate(f"window.allegedly.span(({outside})())") is None


def test_a_whole_text_is_a_span(report: Any) -> None:
    """A selection whose ends lie between pieces begins and ends with them."""
    whole = (
        "() => { const r = document.createRange(); r.selectNodeContents(document.querySelector('.text')); return r; }"
    )
    found = report.evaluate(f"window.allegedly.span(({whole})())")
    assert (found["start"], found["end"]) == (0, len(TEXT))


def test_a_form_takes_the_span(report: Any) -> None:
    """The button fills the field as the form wants it, and shows the words."""
    units = utf16_offsets(TEXT)
    start = TEXT.index("rebels")
    report.evaluate(SELECT, [units[start], units[start + 6]])
    report.evaluate("document.querySelector('[data-take]').click()")
    assert report.input_value("input[name=span]") == f"{start}:{start + 6}"
    assert report.inner_text("[data-taken=span]") == "rebels"


def test_copying_gives_the_report(report: Any) -> None:
    """Labels are drawn by the style sheet: what is selected as text holds none of them."""
    assert "ASSAULT" not in report.evaluate("document.querySelector('.text').textContent")
