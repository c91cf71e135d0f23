"""
Protocol A: attributions as BIO labels, one label to a token, as CofeNet published its figures.

A fragment is ``B-role`` and the ``I-role`` that follow; an ``I-`` that goes on
with nothing of its own role is dropped. Per role:

- ``exact``: fragments with the same borders; ``begin``: fragments that begin at the same token.
- ``jaccard``: mean overlap (0 to 100) of each gold fragment with the predicted fragment most like it, predicted
  fragments that touch no gold one counted as 0.

Links between source, cue and content are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean

from allegedly.metrics.attribution import ROLES
from allegedly.metrics.spans import Score, Scores, add_scores

Fragment = tuple[int, int]
Labels = Sequence[str]


def bio_fragments(labels: Labels) -> dict[str, list[Fragment]]:
    """
    Read the fragments of each role off the labels.

    Offsets: tokens, half-open.

    Example:
        >>> bio_fragments(["B-source", "I-source", "B-cue", "I-content"])
        {'source': [(0, 2)], 'cue': [(2, 3)], 'content': []}
    """
    found: dict[str, list[Fragment]] = {role: [] for role in ROLES}
    role, start = "", 0
    for place, label in enumerate([*labels, "O"]):
        if role and label == f"I-{role}":
            continue
        if role:
            found[role].append((start, place))
        role, start = (label[2:], place) if label.startswith("B-") else ("", 0)
    return found


def score_bio(paragraphs: Iterable[tuple[Labels, Labels]]) -> tuple[Scores, dict[str, float]]:
    """
    Score predicted labels against gold ones, paragraph by paragraph.

    Args:
        paragraphs: Gold and predicted labels, equally many.

    Returns:
        Scores named ``exact_source`` and so on, and the mean Jaccard overlap per role, 0 to 100.
    """
    parts: list[Scores] = []
    overlaps: dict[str, list[float]] = {role: [] for role in ROLES}
    for gold_labels, predicted_labels in paragraphs:
        gold, predicted = bio_fragments(gold_labels), bio_fragments(predicted_labels)
        parts.append(_score_paragraph(gold, predicted))
        for role in ROLES:
            overlaps[role].extend(_overlaps(gold[role], predicted[role]))
    return add_scores(parts), {role: 100 * fmean(overlaps[role] or [0.0]) for role in ROLES}


def _score_paragraph(gold: dict[str, list[Fragment]], predicted: dict[str, list[Fragment]]) -> Scores:
    """Count fragments with equal borders and with equal beginnings."""
    scores: Scores = {}
    for role in ROLES:
        one, other = set(gold[role]), set(predicted[role])
        begins = {start for start, _ in one} & {start for start, _ in other}
        scores[f"exact_{role}"] = Score(len(one & other), len(one), len(other))
        scores[f"begin_{role}"] = Score(len(begins), len(one), len(other))
    return scores


def _overlaps(gold: list[Fragment], predicted: list[Fragment]) -> list[float]:
    """Give the best overlap of each gold fragment, and 0 for each predicted one that touches none."""
    best = [max((_overlap(one, other) for other in predicted), default=0.0) for one in gold]
    return best + [0.0 for other in predicted if not any(_overlap(one, other) for one in gold)]


def _overlap(one: Fragment, other: Fragment) -> float:
    """Give intersection over union of two fragments."""
    common = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return common / (max(one[1], other[1]) - min(one[0], other[0]))
