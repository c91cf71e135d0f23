"""
Spans: half-open ranges of Unicode code points into a text exactly as received.

W3C's TextPositionSelector leaves the unit undefined (w3c/web-annotation issue
206) and JavaScript counts UTF-16 code units; ours is stated here and converted
in one place, :func:`utf16_offsets`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from allegedly.errors import SpanError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """
    A non-empty half-open range ``[start, end)`` of code points.

    Immutable, ordered by start, then end. Whether it lies inside a text is
    checked where the text is known (:class:`~allegedly.records.layers.Layers`).

    Args:
        start: First code point, from 0.
        end: Code point after the last.

    Raises:
        SpanError: If the range is empty, reversed or starts before 0.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise SpanError(f"span [{self.start}, {self.end}) is empty, reversed or starts before 0")

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[int]:
        return iter((self.start, self.end))

    def of(self, text: str) -> str:
        """Give the words: ``text[start:end]``."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Say whether ``other`` lies inside this span, edges included."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Say whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


def merge_spans(spans: Iterable[Span], *, text: str) -> tuple[Span, ...]:
    """
    Join spans that overlap or are parted by white space only.

    Offsets: all spans index ``text``.

    Example:
        >>> merge_spans([Span(4, 7), Span(0, 3)], text="one two")
        (Span(start=0, end=7),)
    """
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and (span.start <= merged[-1].end or text[merged[-1].end : span.start].isspace()):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def utf16_offsets(text: str) -> list[int]:
    r"""
    Give, for each code-point offset of ``text`` (its end included), the offset in UTF-16 code units.

    Example:
        >>> utf16_offsets("a\U0001f525b")
        [0, 1, 3, 4]
    """
    return list(accumulate((2 if character > "\uffff" else 1 for character in text), initial=0))
