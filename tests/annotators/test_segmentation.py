"""Sentences: scores over the threshold, paragraphs, and stretches without an end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from allegedly.annotators.base import Reading
from allegedly.annotators.segmentation import LONGEST
from allegedly.records.annotations import Sentence
from tests.scripted_network import Script

Scripts = Callable[..., Script]


def sentences(reading: Reading) -> list[str]:
    """Give the words of all sentences."""
    return [sentence.span.of(reading.text) for sentence in reading.layers[Sentence]]


def test_scores_begin_sentences(script: Scripts) -> None:
    """A sentence begins at each token that scores, and ends with the token before the next."""
    play = script("Rebels fled. The army came!  Orr fell.")
    play.sentence("The")
    play.sentence("Orr")
    assert sentences(play.read()) == ["Rebels fled.", "The army came!", "Orr fell."]


def test_nothing_scores(script: Scripts) -> None:
    """A paragraph in which nothing scores is one sentence."""
    assert sentences(script("Rebels fled. The army came!").read()) == ["Rebels fled. The army came!"]


@pytest.mark.parametrize(("threshold", "count"), [(0.5, 2), (0.87, 2), (0.89, 1)])
def test_the_threshold(threshold: float, count: int, script: Scripts) -> None:
    """What counts is whether the chance is over the pack's threshold."""
    play = script("Rebels fled. The army came!", thresholds={"sentence": threshold})
    play.sentence("The", 2.0)  # a chance of 0.88
    assert len(sentences(play.read())) == count


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", " \n \n"])
def test_paragraphs_begin_sentences(gap: str, script: Scripts) -> None:
    """A paragraph begins a sentence whatever its scores."""
    assert sentences(script(f"Talks off{gap}Rebels fled.").read()) == ["Talks off", "Rebels fled."]


def test_scores(script: Scripts) -> None:
    """A sentence is as sure as its beginning; paragraphs are sure."""
    play = script("Rebels fled. The army came!\nOrr fell.")
    play.sentence("The", 2.0)
    assert [round(sentence.score, 2) for sentence in play.read().layers[Sentence]] == [1.0, 0.88, 1.0]


@pytest.mark.parametrize("size", [1, LONGEST, LONGEST + 1, 2 * LONGEST, 2 * LONGEST + 50])
def test_the_longest(size: int, script: Scripts) -> None:
    """A stretch without an end is cut every so many tokens."""
    found = sentences(script(" ".join(f"w{k}" for k in range(size))).read())
    whole, rest = divmod(size, LONGEST)
    assert [len(words.split()) for words in found] == [LONGEST] * whole + [rest] * (rest > 0)


def test_cuts_begin_anew_at_each_sentence(script: Scripts) -> None:
    """Only the stretch that is too long is cut."""
    play = script("Short one. " + " ".join(f"w{k}" for k in range(LONGEST + 5)) + "\nLast one.")
    play.sentence("w0")
    assert [len(words.split()) for words in sentences(play.read())] == [2, LONGEST, 5, 2]


@pytest.mark.parametrize("text", ["", " ", "\n\n \t"])
def test_no_words(text: str, script: Scripts) -> None:
    """A text without words has no sentences."""
    assert sentences(script(text).read()) == []
