"""Ledger measures on one invented report, each fault by itself."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from allegedly.metrics import macro_f1, score_ledger, score_ledgers
from allegedly.metrics.spans import Score

TEXT = "Col. Orr said that drones killed 12 villagers near Port Azel on Monday. The militia met nobody."


def span(words: str) -> list[int]:
    """Give the span of words of TEXT."""
    return [TEXT.index(words), TEXT.index(words) + len(words)]


GOLD: dict[str, Any] = {
    "id": "g",
    "text": TEXT,
    "attributions": [
        {
            "id": "a1",
            "source": [span("Col. Orr")],
            "cue": [span("said")],
            "content": [span("drones killed 12 villagers near Port Azel on Monday")],
            "stance": "assert",
        }
    ],
    "events": [
        {
            "trigger": span("killed"), "type": "ASSAULT", "actors": [span("drones")], "recipients": [span("villagers")],
            "places": [span("Port Azel")], "times": [span("Monday")],
            "quantities": [{"measure": "killed", "span": span("12"), "qualifier": "exact"}],
            "voice": ["a1"], "factuality": "+",
        },
        {
            "trigger": span("met"), "type": "CONSULT", "actors": [span("The militia")], "recipients": [], "places": [],
            "times": [], "quantities": [], "voice": [], "factuality": "-",
        },
    ],
}  # fmt: skip


def changed(path: str, value: Any) -> dict[str, Any]:
    """Copy GOLD with one value changed; the path is written as 'events.0.type'."""
    copy = deepcopy(GOLD)
    place: Any = copy
    *before, last = path.split(".")
    for key in before:
        place = place[int(key)] if key.isdigit() else place[key]
    place[last] = value
    return copy


def test_gold_against_itself() -> None:
    """Everything is right."""
    scores = score_ledgers([(GOLD, GOLD)])
    assert {measure: score.f1 for measure, score in scores.items()} == dict.fromkeys(scores, 100.0)


@pytest.mark.parametrize(
    ("path", "value", "wrong"),
    [
        ("events.0.type", "HARM", {"event typed", "row"}),
        ("events.0.actors", [], {"actor", "row"}),
        ("events.0.recipients", [span("drones")], {"recipient", "row"}),
        ("events.0.places", [], {"place"}),
        ("events.0.times", [span("near")], {"time"}),
        ("events.0.quantities", [{"measure": "injured", "span": span("12")}], {"quantity"}),
        ("events.0.voice", [], {"voice", "row"}),
        ("events.0.factuality", "?", {"factuality", "factuality:+", "factuality:?", "row"}),
        ("attributions.0.stance", "deny", {"stance"}),
        ("attributions.0.source", [], {"attribution lenient", "voice", "row"}),
        ("attributions.0.content", [span("drones")], {"attribution lenient"}),
        ("events.1.actors", [], {"actor", "row"}),
        ("events.1.recipients", [span("nobody")], {"recipient", "row"}),
        ("events.1.trigger", span("nobody"), {"event detected", "event typed", "actor", "row"}),
    ],
)
def test_each_fault_costs_its_own_measures(path: str, value: Any, wrong: set[str]) -> None:
    """A single fault lowers the measures that look at it, and no others."""
    scores = score_ledger(GOLD, changed(path, value))
    assert {measure for measure, score in scores.items() if score.f1 < 100} == wrong


def test_attributions_without_cues_are_detected_by_content() -> None:
    """Run-on quotes have no cue on either side."""
    gold = changed("attributions.0.cue", [])
    assert score_ledger(gold, gold)["attribution detected"] == Score(1, 1, 1)


def test_one_missing_cue_is_no_match() -> None:
    """A cue on one side only means another kind of attribution."""
    assert score_ledger(GOLD, changed("attributions.0.cue", []))["attribution detected"] == Score(0, 1, 1)


def test_texts_must_be_the_same() -> None:
    """Offsets into another text mean nothing."""
    with pytest.raises(ValueError, match="differ"):
        score_ledger(GOLD, {**GOLD, "text": "another"})


def test_macro_f1_weighs_classes_alike() -> None:
    """The mean is over classes that occur, whatever their size."""
    scores = {"factuality:+": Score(9, 9, 9), "factuality:?": Score(0, 1, 0), "row": Score(1, 1, 1)}
    assert macro_f1(scores) == pytest.approx(50.0)


def test_macro_f1_of_nothing() -> None:
    """Without classes there is nothing to average."""
    assert macro_f1({}) == pytest.approx(0.0)


def test_ledger_json_is_scored_as_it_is(ledger: Any) -> None:
    """A ledger's own JSON is right against itself."""
    row = ledger.to_dict()
    assert score_ledger(row, row)["row"].f1 == pytest.approx(100.0)
