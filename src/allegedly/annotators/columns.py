"""Where each head's scores stand among the encoder's tag columns, and how raw scores become probabilities."""

from __future__ import annotations

import math

from allegedly.resources.pack import Pack


def head_columns(pack: Pack) -> dict[str, slice]:
    """Give the columns of each head in the encoder's tag scores."""
    columns, at = {}, 0
    for head, width in pack.heads.items():
        columns[head] = slice(at, at + width)
        at += width
    return columns


def calibrated(pack: Pack, layer: str, score: float) -> float:
    """
    Turn a raw score (0 to 1) into a probability by Platt's scaling, fitted on dev.

    A layer without calibration keeps its raw score. Three digits are kept: more
    would differ between processors.
    """
    slope, intercept = pack.calibration.get(layer, (1.0, 0.0))
    score = min(max(score, 1e-4), 1 - 1e-4)
    odds = max(-30.0, min(30.0, slope * math.log(score / (1 - score)) + intercept))
    return round(1 / (1 + math.exp(-odds)), 3)
