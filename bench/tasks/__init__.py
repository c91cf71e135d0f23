"""Tasks: a corpus, a system and the shipped metrics make figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from allegedly.metrics.spans import Score, Scores, add_scores
from bench.bootstrap import spread


@dataclass(frozen=True, slots=True)
class Result:
    """
    The figures of one system on one task.

    Args:
        task: Name of the task, as in ``floors.json``.
        corpora: Names of the corpora used.
        documents: Scores of each document; the bootstrap draws from them.
        figures: The figures that floors and tables hold, 0 to 100.
        reads: How each figure is read off summed scores, for those that have a spread.
    """

    task: str
    corpora: tuple[str, ...]
    documents: list[Scores]
    figures: dict[str, float]
    reads: dict[str, Callable[[Scores], float]] = field(default_factory=dict)

    def spreads(self, *, rounds: int) -> dict[str, tuple[float, float]]:
        """Give the spread of each figure; see :func:`bench.bootstrap.spread`."""
        return {name: spread(self.documents, read, rounds=rounds) for name, read in self.reads.items()}


def make_result(
    task: str, corpora: tuple[str, ...], documents: list[Scores], reads: dict[str, Callable[[Scores], float]]
) -> Result:
    """Sum the documents' scores and read the figures off."""
    total = add_scores(documents)
    return Result(task, corpora, documents, {name: read(total) for name, read in reads.items()}, reads)


def f1_of(measure: str) -> Callable[[Scores], float]:
    """Make a function that reads the F1 of a measure; 0 if the measure was never counted."""
    return lambda scores: scores.get(measure, Score()).f1
