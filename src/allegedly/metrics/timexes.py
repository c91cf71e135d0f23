"""
Time expressions against gold, as TempEval-3 counts (UzZaman et al. 2013).

- ``strict``: the same words; ``relaxed``: words that overlap, one to one, equal ones first.
- ``type`` and ``value``: paired by ``relaxed``, and the TIMEX3 type or value is the same as well.

``value`` is the figure that ranks systems: it is wrong if the words are missed,
and if they are found and misread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from allegedly.metrics.spans import Score, Scores

MEASURES = ("strict", "relaxed", "type", "value")


class Timex(NamedTuple):
    """
    A time expression.

    Args:
        start: First code point.
        end: Code point after the last.
        type: TIMEX3 type.
        value: TIMEX3 value.
    """

    start: int
    end: int
    type: str
    value: str


def score_timexes(gold: Sequence[Timex], predicted: Sequence[Timex]) -> Scores:
    """
    Score the time expressions of one document.

    Offsets: all spans index the document's text.

    Example:
        >>> found = [Timex(3, 9, "DATE", "2025-06-13")]
        >>> scores = score_timexes([Timex(0, 9, "DATE", "2025-06-20")], found)
        >>> scores["strict"].f1, scores["relaxed"].f1, scores["value"].f1
        (0.0, 100.0, 0.0)
    """
    pairs = pair_timexes(gold, predicted)
    hits = {
        "strict": sum(one[:2] == other[:2] for one, other in pairs),
        "relaxed": len(pairs),
        "type": sum(one.type == other.type for one, other in pairs),
        "value": sum(one.value.strip() == other.value.strip() for one, other in pairs),
    }
    return {measure: Score(hits[measure], len(gold), len(predicted)) for measure in MEASURES}


def pair_timexes(gold: Sequence[Timex], predicted: Sequence[Timex]) -> list[tuple[Timex, Timex]]:
    """Pair expressions that overlap, in order of the gold: each takes its equal, else what it shares most with."""
    used: set[int] = set()
    pairs: list[tuple[Timex, Timex]] = []
    for one in gold:
        best: tuple[bool, int, int] | None = None
        for place, other in enumerate(predicted):
            common = min(one.end, other.end) - max(one.start, other.start)
            if place in used or common <= 0:
                continue
            likeness = (one[:2] == other[:2], common, -place)
            best = likeness if best is None or likeness > best else best
        if best is not None:
            used.add(-best[2])
            pairs.append((one, predicted[-best[2]]))
    return pairs
