"""Which mention stands for a span of another layer: a source, an actor, a recipient."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from allegedly.records.annotations import Mention
from allegedly.records.span import Span


class MentionIndex:
    """
    The mentions of one document by their heads; made for one call.

    Args:
        mentions: All of them.
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._mentions = sorted(mentions, key=lambda m: (m.head, m.span))
        self._heads = [m.head.start for m in self._mentions]

    def inside(self, span: Span) -> list[Mention]:
        """Give the mentions whose head stands in a span, in order of their heads."""
        return self._mentions[bisect_left(self._heads, span.start) : bisect_left(self._heads, span.end)]

    def main(self, span: Span) -> Mention | None:
        """
        Give the mention that a span is about: the widest of those inside, the first of equals.

        None if no head of a mention stands in the span.
        """
        return max(self.inside(span), key=lambda m: (_shared(m.span, span), -m.head.start), default=None)


def _shared(phrase: Span, span: Span) -> int:
    return min(phrase.end, span.end) - max(phrase.start, span.start)
