"""Tasks: a corpus, a system and the shipped metrics make figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
        details: Further figures, per type, genre or region; shown, but never pinned: they rest on few cases.
        failures: Cases that are wrong, for a person to look through.
    """

    task: str
    corpora: tuple[str, ...]
    documents: list[Scores]
    figures: dict[str, float]
    reads: dict[str, Callable[[Scores], float]] = field(default_factory=dict)
    details: dict[str, float] = field(default_factory=dict)
    failures: tuple[str, ...] = ()

    def spreads(self, *, rounds: int) -> dict[str, tuple[float, float]]:
        """Give the spread of each figure; see :func:`bench.bootstrap.spread`."""
        return {name: spread(self.documents, read, rounds=rounds) for name, read in self.reads.items()}


def make_result(
    task: str,
    corpora: tuple[str, ...],
    documents: list[Scores],
    reads: dict[str, Callable[[Scores], float]],
    *,
    details: dict[str, float] | None = None,
    failures: Sequence[str] = (),
) -> Result:
    """Sum the documents' scores and read the figures off."""
    total = add_scores(documents)
    figures = {name: read(total) for name, read in reads.items()}
    return Result(task, corpora, documents, figures, reads, details or {}, tuple(failures))


def by_group(documents: Sequence[Scores], groups: Sequence[str], read: Callable[[Scores], float]) -> dict[str, float]:
    """Read a figure off the documents of each group, groups sorted by name."""
    return {
        group: read(add_scores(scores for scores, own in zip(documents, groups, strict=True) if own == group))
        for group in sorted(set(groups))
    }


def f1_of(measure: str) -> Callable[[Scores], float]:
    """Make a function that reads the F1 of a measure; 0 if the measure was never counted."""
    return lambda scores: scores.get(measure, Score()).f1


def f1_of_all(measures: Sequence[str]) -> Callable[[Scores], float]:
    """Make a function that reads the F1 of several measures counted together."""
    return lambda scores: sum((scores.get(measure, Score()) for measure in measures), Score()).f1


def right_or_wrong(*, right: bool) -> Score:
    """Count one case that is right or wrong; the F1 of many is the share of right ones."""
    return Score(int(right), 1, 1)
