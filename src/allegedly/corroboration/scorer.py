"""
The score of a pair: a logistic model over its features, whose every part can be shown.

Weights, thresholds and the figures they were chosen by stand in
``resources/incidents/scorer.json``; ``python -m training.incidents`` makes it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from allegedly.corroboration.items import Item
from allegedly.corroboration.similarity import FEATURES, Feature, compare, measure
from allegedly.corroboration.stems import RESOURCES
from allegedly.errors import ResourceError

Floats = NDArray[np.float64]
SHIPPED: Final = RESOURCES / "scorer.json"
_HINT: Final = "reinstall allegedly, or run python -m training.incidents"


@dataclass(frozen=True, slots=True)
class Part:
    """
    What one feature adds to a pair's score.

    Args:
        feature: The feature with the two values compared.
        adds: What it adds, log-odds; negative speaks against one incident.
    """

    feature: Feature
    adds: float


@dataclass(frozen=True, slots=True)
class Scorer:
    """
    A trained scorer; made by :func:`load_scorer`, immutable.

    Args:
        weights: One for each of ``FEATURES``, log-odds.
        bias: Log-odds of a pair whose features are all 0.
        threshold: Mean score at which two groups of claims are joined, probability.
        candidate: Score below which a pair is not kept at all, probability.
    """

    weights: tuple[float, ...]
    bias: float
    threshold: float
    candidate: float

    def score(self, left: Item, right: Item) -> float:
        """
        Say how likely two claims are of one incident.

        Unit: probability, 0 to 1.
        """
        return _logistic(self.bias + sum(map(float.__mul__, self.weights, measure(left, right))))

    def score_rows(self, rows: Sequence[Sequence[float]]) -> Floats:
        """
        Score many pairs by their features.

        Shape: (pairs,) from (pairs, features).
        """
        sums = np.asarray(rows, np.float64).reshape(-1, len(self.weights)) @ np.asarray(self.weights) + self.bias
        scores: Floats = 1 / (1 + np.exp(-sums))
        return scores

    def explain(self, left: Item, right: Item) -> tuple[Part, ...]:
        """Say what each feature adds, the heaviest first; those that add nothing are left out."""
        found = (
            Part(feature, weight * feature.value)
            for feature, weight in zip(compare(left, right), self.weights, strict=True)
        )
        return tuple(
            sorted((part for part in found if part.adds), key=lambda part: (-abs(part.adds), part.feature.name))
        )


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))


@cache
def load_scorer(path: Path = SHIPPED) -> Scorer:
    """
    Load a scorer.

    Raises:
        ResourceError: If the file is missing, no JSON, or made for other features.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        weights = data["weights"]
        if list(weights) != list(FEATURES):
            raise ResourceError(f"{path}: the scorer was trained on other features", hint=_HINT)
        return Scorer(tuple(map(float, weights.values())), data["bias"], data["threshold"], data["candidate"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResourceError(f"{path}: the scorer cannot be read: {error}", hint=_HINT) from error
