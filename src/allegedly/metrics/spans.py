"""
Counting: hits, gold and predicted items, and what follows from them.

Unit: percentages from 0 to 100 everywhere in :mod:`allegedly.metrics`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Places = frozenset[int]  # code points or tokens
RawSpans = Sequence[Sequence[int]]  # [[start, end], …] as in the JSON of ledgers and gold files

Gold = TypeVar("Gold")
Predicted = TypeVar("Predicted")


@dataclass(frozen=True, slots=True)
class Score:
    """
    Precision, recall and F1 from counts; immutable, and scores add up.

    Args:
        hits: Predicted items that are right.
        gold: Items to be found.
        predicted: Items found.
        covered: Gold items that are found; None where hits pair off one to one, as they mostly do.
    """

    hits: int = 0
    gold: int = 0
    predicted: int = 0
    covered: int | None = None

    def __add__(self, other: Score) -> Score:
        covered = None if self.covered is None and other.covered is None else self._found + other._found
        return Score(self.hits + other.hits, self.gold + other.gold, self.predicted + other.predicted, covered)

    @property
    def _found(self) -> int:
        return self.hits if self.covered is None else self.covered

    @property
    def precision(self) -> float:
        """Percentage of the predicted items that are right; 0 if nothing is predicted."""
        return 100 * self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Percentage of the gold items that are found; 0 if there are none."""
        return 100 * self._found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def to_dict(self) -> dict[str, float]:
        """Give the figures, rounded to one decimal, for tables and result files."""
        return {
            "p": round(self.precision, 1),
            "r": round(self.recall, 1),
            "f1": round(self.f1, 1),
            "gold": self.gold,
            "predicted": self.predicted,
        }


Scores = dict[str, Score]


def add_scores(parts: Iterable[Scores]) -> Scores:
    """
    Add the scores of documents up, measure by measure.

    Example:
        >>> add_scores([{"row": Score(1, 2, 2)}, {"row": Score(1, 1, 1)}])["row"]
        Score(hits=2, gold=3, predicted=3, covered=None)
    """
    total: Scores = {}
    for part in parts:
        for measure, score in part.items():
            total[measure] = total.get(measure, Score()) + score
    return total


def share(one: Places, other: Places) -> float:
    """
    Say how much of two sets is common (intersection over union); two empty sets have nothing in common.

    Unit: 0 to 1.
    """
    return len(one & other) / len(one | other) if one and other else 0.0


def pair_off(
    gold: Sequence[Gold], predicted: Sequence[Predicted], weight: Callable[[Gold, Predicted], float]
) -> list[tuple[int, int]]:
    """
    Pair items one to one, heaviest pairs first; pairs without weight are left out.

    Of equal pairs the later ones are taken first, in gold before in predicted.
    """
    weights = [(weight(g, p), i, k) for i, g in enumerate(gold) for k, p in enumerate(predicted)]
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for value, i, k in sorted(weights, reverse=True):
        if value <= 0:
            break
        if i not in used_gold and k not in used_predicted:
            used_gold.add(i)
            used_predicted.add(k)
            pairs.append((i, k))
    return pairs
