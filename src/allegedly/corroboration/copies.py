"""
What two documents share word for word: the passages, and how much of each they are.

Words inside quotation marks are left out of the account, small differences (a
name spelled otherwise, a word changed) do not end a passage, and short phrases
that everybody writes are no passages. Candidates are found by winnowing
(Schleimer, Wilkerson and Aiken 2003): any shared run of 15 words is seen.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from allegedly.corroboration.words import Words
from allegedly.records.span import Span

GRAM: Final = 4  # words that must be equal in a row to count as shared
GAP: Final = 3  # words in which a passage may differ before it ends
SHORTEST: Final = 9  # words; shorter runs are phrases everybody writes
_KEY: Final = 8  # words of a fingerprint
_WINDOW: Final = 8  # fingerprints of which one is kept
MOST: Final = 64  # documents that share a fingerprint; more of them share a formula, not an origin


@dataclass(frozen=True, slots=True)
class Passage:
    """
    A run of words shared with another document.

    Args:
        first: Number of its first word.
        last: Number of its last word.
        words: How many of them stand outside quotation marks.
    """

    first: int
    last: int
    words: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """
    What two documents share, seen from both.

    Args:
        left: Passages in the first document, in order.
        right: Passages in the second.
        left_share: Part of the first document's own words that they are, 0 to 1.
        right_share: The same of the second.
    """

    left: tuple[Passage, ...]
    right: tuple[Passage, ...]
    left_share: float
    right_share: float

    @property
    def longest(self) -> int:
        """Words of the longest passage that both have."""
        sizes = [max((passage.words for passage in side), default=0) for side in (self.left, self.right)]
        return min(sizes)

    @property
    def words(self) -> int:
        """Words shared, counted on the side that has fewer."""
        return min(sum(passage.words for passage in side) for side in (self.left, self.right))


def compare(left: Words, right: Words) -> Overlap:
    """Find what two documents share word for word."""
    sides = [_passages(one, other) for one, other in ((left, right), (right, left))]
    shares = [
        sum(passage.words for passage in side) / max(1, words.count)
        for side, words in zip(sides, (left, right), strict=True)
    ]
    return Overlap(sides[0], sides[1], shares[0], shares[1])


def _passages(words: Words, other: Words) -> tuple[Passage, ...]:
    grams = {gram for _, gram in other.grams(GRAM)}
    runs: list[list[int]] = []
    for place, gram in words.grams(GRAM):
        if gram not in grams:
            continue
        end = place + GRAM - 1
        if runs and place <= runs[-1][1] + GAP + 1:
            runs[-1][1] = end
        else:
            runs.append([place, end])
    made = (Passage(first, last, sum(words.own[first : last + 1])) for first, last in runs)
    return tuple(passage for passage in made if passage.words >= SHORTEST)


def spans_of(words: Words, passages: Iterable[Passage]) -> tuple[Span, ...]:
    """Give the spans of passages in the document's text."""
    return tuple(words.span(passage.first, passage.last) for passage in passages)


@dataclass(slots=True)
class Fingerprints:
    """An index of documents by their fingerprints; numbers are the caller's."""

    _places: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def candidates(self, words: Words) -> tuple[int, ...]:
        """Give the documents put in before that share a fingerprint, in order."""
        found = {number for key in set(_winnow(words)) for number in self._places.get(key, ())}
        return tuple(sorted(found))

    def add(self, number: int, words: Words) -> None:
        """Put a document in; a fingerprint that too many have takes no more."""
        for key in sorted(set(_winnow(words))):
            if len(self._places[key]) < MOST:
                self._places[key].append(number)


def _winnow(words: Words) -> Iterator[int]:
    """Keep the least of every few neighbouring fingerprints, so that any long shared run keeps one on both sides."""
    keys = [zlib.crc32(gram.encode("utf-8", "surrogatepass")) for _, gram in words.grams(_KEY)]
    for start in range(max(1, len(keys) - _WINDOW + 1) if keys else 0):
        yield min(keys[start : start + _WINDOW])
