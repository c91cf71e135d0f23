"""
Sentences against gold: the boundaries between them, and whole sentences.

Positions are counted in visible characters, so that white space between
sentences belongs to neither and costs nothing. The ends of the text are no
boundaries: there is nothing to find.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from allegedly.metrics.spans import RawSpans, Score, Scores, add_scores


def score_sentences(documents: Iterable[tuple[str, RawSpans, RawSpans]]) -> Scores:
    """
    Score predicted sentences against gold ones.

    Args:
        documents: For each document its text, gold sentences and predicted ones.

    Offsets: spans index the document's text.

    Returns:
        ``boundary`` (where a sentence begins inside the text) and ``sentence`` (both of its borders are right).

    Example:
        >>> score_sentences([("Go. Stay.", [[0, 3], [4, 9]], [[0, 4], [4, 9]])])["sentence"].f1
        100.0
    """
    return add_scores(_score_document(*document) for document in documents)


def _score_document(text: str, gold: RawSpans, predicted: RawSpans) -> Scores:
    """Score one document."""
    visible = list(accumulate((not character.isspace() for character in text), initial=0))
    ours, theirs = _borders(visible, gold), _borders(visible, predicted)
    begins = [{start for start, _ in spans} - {0} for spans in (ours, theirs)]
    return {
        "boundary": Score(len(begins[0] & begins[1]), len(begins[0]), len(begins[1])),
        "sentence": Score(len(ours & theirs), len(ours), len(theirs)),
    }


def _borders(visible: list[int], spans: RawSpans) -> set[tuple[int, int]]:
    """Give borders in visible characters; spans of white space only are none."""
    return {(visible[start], visible[end]) for start, end in spans if visible[start] < visible[end]}
