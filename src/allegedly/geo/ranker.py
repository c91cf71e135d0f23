"""
The ranker: gives each candidate of a name its chance by weighing features; numpy only.

Two passes: the first knows the name and the words beside it; what it finds
likely votes (:mod:`allegedly.geo.votes`), and the second knows the votes as well.
Scores are sums, made probabilities within a name (a conditional logit, McFadden
1974; trained as a listwise softmax, Cao et al. 2007). A third set of weights says
how often the choice is right, the case that the gazetteer lacks the place
included (Platt 1999; trained on cross-validated choices). All stand in
``resources/geo/ranker.tsv``, written by ``python -m training.places``.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from allegedly.geo.candidates import Floats, Pool
from allegedly.geo.features import FEATURES, OWN
from allegedly.resources.lexicon import lexicon_error, load_table

SHIPPED: Final = Path(__file__).parent.parent / "resources" / "geo" / "ranker.tsv"
COLUMNS: Final = ("id", "first", "second", "sure")
SURE: Final = (*FEATURES, "chance", "constant")


class Ranker(NamedTuple):
    """
    The weights of both passes and of the confidence.

    Shape: ``first`` (len(OWN),), ``second`` (len(FEATURES),), ``sure`` (len(SURE),).

    Args:
        first: Without the votes of other names.
        second: With them.
        sure: Of the best candidate's features, of the logarithm of its odds, and a constant.
    """

    first: Floats
    second: Floats
    sure: Floats

    def confidence(self, features: Floats, chance: float) -> float:
        """
        Say how often such a choice is right; 0 to 1.

        Args:
            features: Of the best candidate; (len(FEATURES),).
            chance: Its chance, that of candidates which are the same place added.
        """
        score = float(np.r_[features, log_odds(chance), 1.0] @ self.sure)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def log_odds(chance: float) -> float:
    """Give the logarithm of the odds of a chance, cut at ten to the fourth, in units of about one."""
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance)) / 4


def chances_of(pool: Pool, scores: Floats) -> Floats:
    """Make scores probabilities within each group."""
    raised = np.exp(scores - pool.tops(scores)[pool.group])
    out: Floats = raised / pool.sums(raised)[pool.group]
    return out


@lru_cache(maxsize=4)
def load_ranker(path: Path = SHIPPED) -> Ranker:
    """
    Read the weights.

    Raises:
        LexiconError: If the file cannot be used, or was written for other features.
    """
    rows = load_table(path, COLUMNS)
    if tuple(row[0] for row in rows) != SURE:
        raise lexicon_error(path, 1, "weighs other features than this version has")
    try:
        first, second, sure = (
            np.array([float(row[column]) for row in rows[:size]])
            for column, size in ((1, len(OWN)), (2, len(FEATURES)), (3, len(SURE)))
        )
    except ValueError as error:
        raise lexicon_error(path, 1, f"holds something else than a number: {error}") from error
    return Ranker(first, second, sure)
