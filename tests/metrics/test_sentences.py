"""Sentence measures on short texts."""

from __future__ import annotations

import pytest

from allegedly.metrics import score_sentences

TEXT = "Dr. Sol left.  They stayed."
GOLD = [[0, 13], [15, 27]]


@pytest.mark.parametrize(
    ("predicted", "boundary", "sentence"),
    [
        pytest.param(GOLD, 100.0, 100.0, id="right"),
        pytest.param([[0, 15], [15, 27]], 100.0, 100.0, id="white space is nobody's"),
        pytest.param([[0, 3], [4, 13], [15, 27]], 200 / 3, 40.0, id="cut after an abbreviation"),
        pytest.param([[0, 27]], 0.0, 0.0, id="not cut"),
        pytest.param([], 0.0, 0.0, id="nothing"),
    ],
)
def test_boundaries_and_sentences(predicted: list[list[int]], boundary: float, sentence: float) -> None:
    """Boundaries are counted inside the text only; a sentence needs both of its borders."""
    scores = score_sentences([(TEXT, GOLD, predicted)])
    assert (scores["boundary"].f1, scores["sentence"].f1) == pytest.approx((boundary, sentence))


def test_spans_of_white_space_are_no_sentences() -> None:
    """A predicted span without a visible character is not counted."""
    assert score_sentences([(TEXT, GOLD, [*GOLD, [13, 15]])])["sentence"].predicted == 2
