"""How far a figure moves if other documents of the same kind had been drawn (bootstrap over documents)."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from allegedly.metrics.spans import Scores, add_scores

ROUNDS = 1000
SEED = 20240507


def spread(
    documents: Sequence[Scores], figure: Callable[[Scores], float], *, rounds: int = ROUNDS, seed: int = SEED
) -> tuple[float, float]:
    """
    Give the borders between which 95 of 100 resampled figures lie.

    Unit: that of ``figure``.

    Args:
        documents: Scores of each document.
        figure: What to read off the sum of scores.
        rounds: How many samples are drawn.
        seed: The same seed gives the same borders.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    if not documents:
        return 0.0, 0.0
    values = sorted(figure(add_scores(chance.choices(documents, k=len(documents)))) for _ in range(rounds))
    cut = rounds // 40
    return values[cut], values[-cut - 1]
