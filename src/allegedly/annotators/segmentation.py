"""
Sentences from the encoder's sentence head; paragraph breaks always part them.

The head is ahead of the rule-based segmenters on raw text of all kinds, and 0.7
behind the best of them on edited news (``docs/evaluation.md``): it needs no
final stop, so headlines, datelines and list items end where the next begins.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from allegedly.annotators.base import Found, Reading
from allegedly.annotators.columns import head_columns
from allegedly.encoder.heads import sigmoid
from allegedly.records.annotations import Sentence
from allegedly.records.origin import Origin
from allegedly.resources.pack import Pack

LONGEST = 400  # tokens; a longer stretch is a list or a text without stops, cut to keep later work linear


class Segmentation:
    """
    Provides :class:`Sentence`.

    Args:
        pack: The pack, for its output columns and threshold.
    """

    name = "segmentation"
    version = "1"
    requires = frozenset[type]()
    provides = frozenset({Sentence})

    def __init__(self, pack: Pack) -> None:
        self._column = head_columns(pack)["sentence"].start
        self._threshold = pack.thresholds["sentence"]
        self._origin = Origin(self.name, self.version, pack=pack.digest)

    def annotate(self, reading: Reading) -> Found:
        """Find the sentences."""
        pieces = reading.encoding.pieces
        size = len(pieces.starts)
        if not size:
            return {Sentence: ()}
        chance = sigmoid(reading.encoding.tags[:, self._column])
        begins = chance > self._threshold
        begins[pieces.paragraphs] = True
        starts = np.flatnonzero(begins)
        if (np.diff(np.r_[starts, size]) > LONGEST).any():
            starts = _with_cuts(starts, size)
        lasts = np.r_[starts[1:], size] - 1
        scores = np.where(np.isin(starts, pieces.paragraphs), 1.0, chance[starts])
        return {
            Sentence: [
                Sentence(span=reading.span(first, last), origin=self._origin, score=score)
                for first, last, score in zip(starts.tolist(), lasts.tolist(), scores.tolist(), strict=True)
            ]
        }


def _with_cuts(starts: np.ndarray, size: int) -> np.ndarray:
    """Add a start every :data:`LONGEST` tokens inside stretches that are longer."""
    edges = np.r_[starts, size].tolist()
    return np.array([k for a, b in pairwise(edges) for k in range(a, b, LONGEST)], dtype=starts.dtype)
