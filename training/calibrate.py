"""
Thresholds and calibration, set on the dev splits of the ledger corpora alone.

The trigger threshold is the one with the best row F1 over both dev sets.
Scores become probabilities by Platt's scaling (Platt 1999): a logistic
regression of "this row is right" on the raw log-odds, per layer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allegedly.pipeline import Pipeline
from allegedly.records.annotations import Attribution, Event, EventFactuality
from allegedly.records.document import Document
from allegedly.records.layers import Layers
from allegedly.records.span import Span
from training.corpora import Raw, data_folder, read_jsonl
from training.measure import LEDGERS, ledger_results

Outcome = tuple[float, bool]
Floats = NDArray[np.float64]
# slope and shift of "no antecedent"; of 0, 0.4 … 3.0 off, 1.6 gave the best CoNLL F1 on GUM dev (53.2 without)
ALONE = (1.0, -1.6)
TRIGGERS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


def dev_texts() -> list[Raw]:
    """Read the dev splits of both ledger corpora."""
    return [d for f in ("ledger_gold", "ledger_invented") for d in read_jsonl(data_folder() / f / "dev.jsonl.gz")]


def best_trigger_threshold(
    pipeline_with: Callable[[Mapping[str, float]], Pipeline], base: Mapping[str, float]
) -> float:
    """Try thresholds; ties go to the one nearest to one half."""

    def rows(threshold: float) -> float:
        pipeline = pipeline_with({**base, "trigger": threshold})
        results = ledger_results(pipeline)
        return sum(results[corpus].figures["row"] for corpus in LEDGERS)

    return max(TRIGGERS, key=lambda t: (rows(t), -abs(t - 0.5)))


def calibration(pipeline: Pipeline) -> dict[str, tuple[float, float]]:
    """Fit slope and intercept for each layer whose rows can be right or wrong."""
    outcomes: dict[str, list[Outcome]] = {"attribution": [], "stance": [], "event": [], "factuality": []}
    for gold in dev_texts():
        layers = pipeline.annotate(Document(gold["text"], id=gold["id"], language="en"))
        _attribution_outcomes(layers, gold, outcomes)
        _event_outcomes(layers, gold, outcomes)
    return {layer: platt(found) for layer, found in outcomes.items()} | {"antecedent": ALONE}


def platt(outcomes: Iterable[Outcome], steps: int = 100) -> tuple[float, float]:
    """
    Fit a logistic regression of right or wrong on raw log-odds, with Platt's smoothed targets.

    Newton's method, each step halved until the loss falls; a weak pull towards
    "as it is" (slope 1, intercept 0) keeps layers with few errors sane.
    """
    rows = list(outcomes)
    right = sum(ok for _, ok in rows)
    high, low = (right + 1) / (right + 2), 1 / (len(rows) - right + 2)
    raw = np.clip(np.array([score for score, _ in rows]), 1e-4, 1 - 1e-4)
    x = np.stack([np.log(raw / (1 - raw)), np.ones(len(rows))], 1)
    y = np.array([high if ok else low for _, ok in rows])
    identity = np.array([1.0, 0.0])

    def loss(w: Floats) -> float:
        z = x @ w
        return float((np.logaddexp(0, z) - y * z).sum() + ((w - identity) ** 2).sum() / 2)

    w = identity
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.eye(2)
        move = np.linalg.solve(hessian, x.T @ (p - y) + w - identity)
        size = next((s for s in (1.0, 0.5, 0.25, 0.1, 0.01) if loss(w - s * move) < loss(w)), 0.0)
        if not size:
            break
        w = w - size * move
    return round(float(w[0]), 4), round(float(w[1]), 4)


def calibration_error(outcomes: Iterable[Outcome], bins: int = 10) -> float:
    """Give the expected calibration error: mean gap between score and share right over equal-width bins."""
    rows = list(outcomes)
    error = 0.0
    for k in range(bins):
        inside = [(s, ok) for s, ok in rows if k / bins <= s < (k + 1) / bins or (k == bins - 1 and s >= 1)]
        if inside:
            error += abs(sum(s for s, _ in inside) - sum(ok for _, ok in inside))
    return error / max(1, len(rows))


def _iou(a: Iterable[Span], b: Iterable[Iterable[int]]) -> float:
    left = {k for span in a for k in range(*span)}
    right = {k for span in b for k in range(*span)}
    return len(left & right) / len(left | right) if left | right else 1.0


def _attribution_outcomes(layers: Layers, gold: Raw, outcomes: dict[str, list[Outcome]]) -> None:
    for a in layers[Attribution]:
        if not a.cue:  # rules give those a fixed score
            continue
        match = max(gold["attributions"], key=lambda g: _iou(a.cue, g["cue"]), default=None)
        found = match is not None and _iou(a.cue, match["cue"]) > 0
        ok = found and _iou(a.content, match["content"]) >= 0.5 and _iou(a.source, match["source"]) >= 0.5  # type: ignore[index]
        outcomes["attribution"].append((a.score, ok))
        if found:
            outcomes["stance"].append((a.stance_score, a.stance == match["stance"]))  # type: ignore[index]


def _event_outcomes(layers: Layers, gold: Raw, outcomes: dict[str, list[Outcome]]) -> None:
    fact = {f.event: f for f in layers[EventFactuality]}
    for e in layers[Event]:
        match: dict[str, Any] | None = max(gold["events"], key=lambda g: _iou([e.span], [g["trigger"]]), default=None)
        found = match is not None and _iou([e.span], [match["trigger"]]) > 0
        outcomes["event"].append((e.score, bool(found and match["type"] == e.type)))  # type: ignore[index]
        if found:
            f = fact[e.key]
            outcomes["factuality"].append((f.score, f.value == match["factuality"]))  # type: ignore[index]
