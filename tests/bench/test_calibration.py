"""Calibration: outcomes, bins and error, on invented rows."""

from __future__ import annotations

from typing import Any

import pytest

from bench.tasks.calibration import outcomes_of, reliability

TEXT = "Orr said rebels killed three. Taal denied it."


def _attribution(source: list[int], cue: list[int], content: list[int], score: float = 0.9) -> dict[str, Any]:
    return {"id": "a1", "source": [source], "cue": [cue], "content": [content], "stance": "assert", "score": score}


def _event(start: int, kind: str, score: float = 0.8) -> dict[str, Any]:
    return {"trigger": [start, start + 6], "type": kind, "score": score}


GOLD = {
    "id": "d",
    "text": TEXT,
    "attributions": [_attribution([0, 3], [4, 8], [9, 28])],
    "events": [_event(16, "ASSAULT")],
}


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (_attribution([0, 3], [4, 8], [9, 28]), True),
        (_attribution([0, 3], [4, 8], [9, 24]), True),
        (_attribution([30, 34], [4, 8], [9, 28]), False),
        (_attribution([0, 3], [35, 41], [9, 28]), False),
        (_attribution([0, 3], [4, 8], [9, 15]), False),
    ],
)
def test_attributions_are_right_by_the_lenient_measure(found: dict[str, Any], *, right: bool) -> None:
    """Cues touch, contents share half, sources match."""
    outcomes = outcomes_of(GOLD, {"id": "d", "text": TEXT, "attributions": [found], "events": []})
    assert outcomes["attribution"] == [(0.9, right)]


@pytest.mark.parametrize(
    ("start", "kind", "right"), [(16, "ASSAULT", True), (16, "HARM", False), (0, "ASSAULT", False)]
)
def test_events_need_trigger_and_type(start: int, kind: str, *, right: bool) -> None:
    """A touching trigger of another type is wrong."""
    outcomes = outcomes_of(GOLD, {"id": "d", "text": TEXT, "attributions": [], "events": [_event(start, kind)]})
    assert outcomes["event"] == [(0.8, right)]


def test_one_of_two_is_right() -> None:
    """Of two rows for one of gold, one is wrong; attributions without a cue do not count."""
    twice = [_event(16, "ASSAULT", 0.4), _event(16, "ASSAULT", 0.6)]
    silent = _attribution([0, 3], [4, 8], [9, 28]) | {"cue": []}
    outcomes = outcomes_of(GOLD, {"id": "d", "text": TEXT, "attributions": [silent], "events": twice})
    assert sorted(ok for _, ok in outcomes["event"]) == [False, True]
    assert outcomes["attribution"] == []


def test_bins_and_error() -> None:
    """A score of 1 is in the last bin; the error is the mean gap, weighted by rows."""
    found = reliability("event", [(1.0, True), (0.95, True), (0.55, False), (0.55, True)])
    assert [(item.low, item.rows, item.score, item.right) for item in found.bins] == [
        (0.5, 2, 0.55, 0.5), (0.9, 2, 0.975, 1.0),
    ]  # fmt: skip
    assert found.error == pytest.approx((2 * 0.05 + 2 * 0.025) / 4)
    assert reliability("event", []).error == 0
