"""A row in its sentence."""

from __future__ import annotations

from dataclasses import replace

from allegedly.records.ledger import Ledger
from allegedly.render.cuts import Mark
from allegedly.render.marked import marked, offsets
from tests.conftest import TEXT


def test_marks_stand_in_their_sentence(ledger: Ledger) -> None:
    """The whole sentence is written, the mark in brackets."""
    start = TEXT.index("Orr")
    shown = marked(ledger, [Mark("mention", "m2", (start, start + 3))])
    assert shown == 'NORD — "We hit <b>nothing</b>", Col. [mention: Orr] said 🔥.'


def test_marks_in_two_sentences(ledger: Ledger) -> None:
    """Marks of two sentences bring both, on one line."""
    shown = marked(ledger, [Mark("cue", "a1", (0, 4)), Mark("cue", "a1", (len(TEXT) - 7, len(TEXT) - 1))])
    assert (shown.startswith("[cue: NORD]"), shown.endswith("[cue: Monday]."), "\n" in shown) == (True, True, False)


def test_without_sentences(ledger: Ledger) -> None:
    """Where there are no sentences the mark stands alone."""
    assert marked(replace(ledger, sentences=()), [Mark("cue", "a1", (0, 4))]) == "[cue: NORD]"


def test_offsets() -> None:
    """Spans are written as numbers, and none as a word."""
    assert [offsets(()), offsets(((1, 2), (3, 9)))] == ["none", "1-2, 3-9"]
