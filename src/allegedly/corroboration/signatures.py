"""
MinHash signatures of documents, and the table that finds those alike (Broder 1997; Indyk and Motwani 1998).

A signature is good for comparing with others made the same way only: it carries
the library, its version and all parameters, and is made anew where they differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, Final

import rensa

from allegedly.corroboration.words import Words

LIBRARY: Final = "rensa"
PERMUTATIONS: Final = 128
BANDS: Final = 32  # bands of 4 values: a pair that shares half of its shingles is found in 87 of 100 cases
SHINGLE: Final = 4  # words
SEED: Final = 1
_FEWEST: Final = 20  # shingles outside quotations; of a text with fewer all words count


@dataclass(frozen=True, slots=True)
class Signature:
    """
    The MinHash of a document; immutable.

    Args:
        data: Its values, as the library writes them down.
        method: Library, version and parameters; signatures of other methods cannot be compared.
    """

    data: bytes
    method: str


@cache
def method() -> str:
    """Give library, version and parameters of the signatures made here."""
    form = getattr(rensa.RMinHash, "ALGORITHM_VERSION", 1)
    return f"{LIBRARY} {version(LIBRARY)} RMinHash/{form} permutations={PERMUTATIONS} seed={SEED} shingle={SHINGLE}w"


def sign(words: Words) -> Signature:
    """Make the signature of a document."""
    minhash = rensa.RMinHash(PERMUTATIONS, SEED)
    minhash.update(sorted(shingles(words)))
    return Signature(minhash.__getstate__(), method())


def shingles(words: Words) -> frozenset[str]:
    """Give the runs of four words of a document, quotations left out where enough is left."""
    found = frozenset(gram for _, gram in words.grams(SHINGLE))
    if len(found) >= _FEWEST:
        return found
    keys = words.keys
    return frozenset(" ".join(keys[place : place + SHINGLE]) for place in range(max(1, len(keys) - SHINGLE + 1)))


class Neighbours:
    """Finds signatures alike among those put in before; not safe for threads."""

    def __init__(self) -> None:
        self._table: Any = rensa.RMinHashLSH(0.5, PERMUTATIONS, BANDS)

    def of(self, signature: Signature) -> Iterable[int]:
        """Give the numbers of those probably alike, in order."""
        return sorted(self._table.query(_restore(signature)))

    def add(self, number: int, signature: Signature) -> None:
        """Put a signature in."""
        self._table.insert(number, _restore(signature))


def _restore(signature: Signature) -> Any:  # noqa: ANN401  # rensa has no types
    made = rensa.RMinHash(PERMUTATIONS, SEED)
    made.__setstate__(signature.data)
    return made
