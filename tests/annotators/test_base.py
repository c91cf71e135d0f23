"""What annotators are handed: tokens and spans, groups, columns, calibrated scores, quotations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.annotators.columns import calibrated, head_columns
from allegedly.records.annotations import Attribution, Event, EventFactuality, Quantity, Quotation, Sentence, Voice
from allegedly.resources.pack import Pack
from tests.scripted_network import Script

Scripts = Callable[..., Script]
TEXT = 'The army said: "We hold it."\n\nOrr, 45, denied it.'
PACK = Pack(Path(), "sha256:none", {"one": 1, "seven": 7, "two": 2}, {}, {}, {}, {"even": (1.0, 0.0)}, {})


def test_every_span_of_tokens_is_found_again(script: Scripts) -> None:
    """Tokens of the span of some tokens are those tokens."""
    reading = script(TEXT).read()
    size = len(reading.encoding)
    pairs = [(first, last) for first in range(size) for last in range(first, size)]
    assert [reading.tokens(reading.span(*pair)) for pair in pairs] == pairs


def test_groups_number_the_tokens(script: Scripts) -> None:
    """Each token has the number of the sentence it stands in."""
    play = script(TEXT)
    reading = play.read()
    second = play.tokens("Orr")[0]
    group = reading.group_of(reading.layers[Sentence])
    assert group.tolist() == [0] * second + [1] * (len(group) - second)


def test_paragraphs(script: Scripts) -> None:
    """A reading knows the paragraphs of its text."""
    reading = script(TEXT).read()
    assert [paragraph.of(TEXT) for paragraph in reading.paragraphs] == TEXT.split("\n\n")


def test_the_encoder_runs_once(script: Scripts) -> None:
    """All annotators share one run of the encoder."""
    play = script(TEXT)
    play.trigger("denied", "REJECT")
    play.read()
    assert play.session.encoded == 1


@pytest.mark.parametrize("kind", [Sentence, Quotation, Attribution, Event, Quantity, Voice, EventFactuality])
@pytest.mark.parametrize("text", ["", TEXT])
def test_all_layers_are_written(text: str, kind: type, script: Scripts) -> None:
    """The default annotators write all layers, on a text without words too."""
    assert kind in script(text).read().layers


def test_quotations_are_those_of_the_text(script: Scripts) -> None:
    """Quotations come with marks, inner words and depth."""
    text = "Orr said “they ‘won’ it”."
    found = script(text).read().layers[Quotation]
    assert [(q.span.of(text), q.inner and q.inner.of(text), q.depth, q.closed, q.continues) for q in found] == [
        ("“they ‘won’ it”", "they ‘won’ it", 0, True, False),
        ("‘won’", "won", 1, True, False),
    ]


def test_columns_stand_side_by_side() -> None:
    """Each head has its columns after those of the one before."""
    assert head_columns(PACK) == {"one": slice(0, 1), "seven": slice(1, 8), "two": slice(8, 10)}


@given(score=st.floats(0, 1))
@pytest.mark.parametrize("layer", ["even", "unknown"])
def test_even_calibration_changes_nothing(layer: str, score: float) -> None:
    """Without calibration, or with an even one, a score stays what it is to three digits, and never quite sure."""
    assert abs(calibrated(PACK, layer, score) - score) <= 0.0006


@given(
    scores=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    slope=st.floats(0, 10),
    intercept=st.floats(-20, 20),
)
def test_calibration_keeps_the_order(scores: tuple[float, float], slope: float, intercept: float) -> None:
    """A calibrated score is a probability, and the surer stays the surer."""
    pack = replace(PACK, calibration={"layer": (slope, intercept)})
    low, high = (calibrated(pack, "layer", score) for score in sorted(scores))
    assert 0 <= low <= high <= 1
