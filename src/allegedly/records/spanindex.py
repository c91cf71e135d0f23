"""Look up which of many spans touch a given one, without going through all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

from allegedly.records.span import Span

T = TypeVar("T")


class SpanIndex(Generic[T]):
    """
    Spans with something that belongs to each; not changed once made.

    Args:
        pairs: Spans with what belongs to them, in any order; a span may stand there more than once.

    Example:
        >>> index = SpanIndex([(Span(0, 5), "a"), (Span(3, 9), "b"), (Span(9, 12), "c")])
        >>> list(index.touching(Span(4, 9)))
        ['a', 'b']
    """

    def __init__(self, pairs: Iterable[tuple[Span, T]]) -> None:
        self._pairs = sorted(pairs, key=lambda pair: pair[0])
        self._starts = [span.start for span, _ in self._pairs]
        # no span up to here reaches further: where going back may stop
        self._reach = list(accumulate((span.end for span, _ in self._pairs), max))

    def touching(self, span: Span) -> Iterator[T]:
        """Give what belongs to the spans that share a code point with ``span``, in order of the text."""
        first = last = bisect_left(self._starts, span.end)
        while first and self._reach[first - 1] > span.start:
            first -= 1
        for other, item in self._pairs[first:last]:
            if other.end > span.start:
                yield item
