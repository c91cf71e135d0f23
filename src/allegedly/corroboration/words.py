"""
A document as a row of words: what copies are compared by.

Case, accents and punctuation do not count, so that a copy with other quotation
marks is still a copy. Words inside quotation marks are marked: two reporters who
quote the same statement have not copied from each other.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from allegedly.records.span import Span
from allegedly.text.quotes import pair_quotes

# Signs of Chinese and Japanese count as a word each: those scripts put no blanks between words.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u9fff])[^\W_])+")
_MOSTLY_QUOTED: Final = 0.6  # above that a text is a statement printed whole, or its marks are broken


@dataclass(frozen=True, slots=True)
class Words:
    """
    The words of one document; made by :func:`split_text`, immutable.

    Offsets: ``spans`` index the document's text.

    Args:
        keys: Each word made comparable.
        spans: Where it stands.
        own: For each word, True if it stands outside quotation marks.
        digest: Of all keys: equal for texts that differ in nothing but form.
    """

    keys: tuple[str, ...]
    spans: tuple[Span, ...]
    own: tuple[bool, ...]
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        packed = hashlib.sha256(" ".join(self.keys).encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "digest", packed)

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def count(self) -> int:
        """Number of words outside quotation marks."""
        return sum(self.own)

    def grams(self, size: int) -> Iterator[tuple[int, str]]:
        """Go through the runs of so many words that touch no quotation, each with the place of its first word."""
        reach = 0
        for place, own in enumerate(self.own, 1):
            reach = reach + 1 if own else 0
            if reach >= size:
                yield place - size, " ".join(self.keys[place - size : place])

    def span(self, first: int, last: int) -> Span:
        """Give the span from one word to another, both included."""
        return Span(self.spans[first].start, self.spans[last].end)


def split_text(text: str) -> Words:
    """Split a text into words."""
    matches = list(_WORD.finditer(text))
    spans = tuple(Span(match.start(), match.end()) for match in matches)
    own = _outside(spans, _quotations(text))
    if sum(own) < (1 - _MOSTLY_QUOTED) * len(own):
        own = (True,) * len(own)
    return Words(tuple(fold_word(match.group()) for match in matches), spans, own)


def _quotations(text: str) -> list[Span]:
    """Give the quotations, outermost ones only, in order."""
    return [pair.span for pair in pair_quotes(text) if pair.depth == 0 and pair.closed]


def _outside(spans: Iterable[Span], quotations: list[Span]) -> tuple[bool, ...]:
    """Say for each word whether it stands outside all quotations; both are in order."""
    flags = []
    at = 0
    for span in spans:
        while at < len(quotations) and quotations[at].end <= span.start:
            at += 1
        flags.append(at == len(quotations) or span.end <= quotations[at].start)
    return tuple(flags)


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """Make a word comparable: lower case, without accents."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
