"""Attribution measures on a small invented report."""

from __future__ import annotations

from typing import Any

import pytest

from allegedly.metrics import score_attributions, speech_attributions

TEXT = "“We held,” Col. Orr said. The militia denied shelling Karveli, and hopes for talks."


def row(source: str, cue: str, content: str) -> dict[str, Any]:
    """Make an attribution from words of TEXT; no words, no span."""
    return {
        role: [[TEXT.index(words), TEXT.index(words) + len(words)]] if words else []
        for role, words in (("source", source), ("cue", cue), ("content", content))
    }


GOLD = [
    row("Col. Orr", "said", "“We held,”"),
    row("The militia", "denied", "shelling Karveli"),
    row("", "hopes", "for talks"),
]


def f1_of(measure: str, predicted: list[dict[str, Any]]) -> float:
    """Score a prediction against GOLD."""
    return score_attributions([(TEXT, GOLD, predicted)])[measure].f1


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("exact_content", 200 / 3),
        ("exact_np_content", 100.0),
        ("fragment_exact_cue", 100.0),
        ("token_source", 100.0),
        ("overlap_content", 100.0),
        ("attribution_detected", 100.0),
        ("triple_lenient", 100.0),
        ("triple_exact", 200 / 3),
        ("triple_exact_np", 100.0),
        ("cue+source", 100.0),
        ("cue+content", 100.0),
    ],
)
def test_quotation_marks_at_the_edge_cost_exactness_only(measure: str, expected: float) -> None:
    """A content without its quotation marks is wrong for the exact measures and right for all others."""
    assert f1_of(measure, [row("Col. Orr", "said", "We held,"), *GOLD[1:]]) == pytest.approx(expected)


def test_perfect_prediction() -> None:
    """Gold against itself is right on all measures."""
    assert {score.f1 for score in score_attributions([(TEXT, GOLD, GOLD)]).values()} == {100.0}


def test_nothing_predicted() -> None:
    """An empty prediction scores 0 and the gold is counted."""
    score = score_attributions([(TEXT, GOLD, [])])["triple_lenient"]
    assert (score.f1, score.gold, score.predicted) == (0.0, 3, 0)


def test_a_missing_source_agrees_with_a_missing_source_only() -> None:
    """An invented source makes the triple wrong though cue and content are right."""
    assert f1_of("cue+source", [*GOLD[:2], row("The militia", "hopes", "for talks")]) == pytest.approx(200 / 3)


def test_attributions_without_cue_are_paired_by_content() -> None:
    """A gold run-on quote without cue is found by its content."""
    runon = [row("Col. Orr", "", "“We held,”")]
    assert score_attributions([(TEXT, runon, GOLD[:1])])["attribution_detected"].hits == 1


def test_speech_attributions_keep_statements() -> None:
    """Words of saying are kept, hopes are not."""
    assert speech_attributions(TEXT, GOLD, {"said", "denied"}) == GOLD[:2]


def test_a_bare_colon_is_a_cue_of_speech() -> None:
    """Headlines attribute by a colon or a dash."""
    text = "Rebels: 40 killed"
    headline = {"source": [[0, 6]], "cue": [[6, 7]], "content": [[8, 17]]}
    assert speech_attributions(text, [headline], set()) == [headline]


def test_spans_of_white_space_touch_no_token() -> None:
    """A span between two tokens, or in a text without any, is no span."""
    empty = {"source": [[3, 4]], "cue": [], "content": []}
    scores = score_attributions([("one two", [empty], [empty]), ("   ", [empty], [])])
    assert scores["exact_source"].gold == 0
