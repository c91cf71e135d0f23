"""A row in its sentence: the words around it, each part in square brackets with its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from allegedly.records.ledger import Ledger, SpanPair
from allegedly.render import labels
from allegedly.render.cuts import Mark, cut


def marked(ledger: Ledger, marks: Sequence[Mark], *, words: Callable[[SpanPair], str] | None = None) -> str:
    """
    Write the sentences that the marks stand in, each mark in square brackets with its kind.

    Args:
        ledger: Where they stand.
        marks: One or more.
        words: Gives the words to show for a span; the text's own if None.
    """
    shown_words = ledger.words if words is None else words
    left = min(mark.span[0] for mark in marks)
    right = max(mark.span[1] for mark in marks)
    touched = [span for span in ledger.sentences if span[0] < right and left < span[1]]
    stretch = (min([left, *(s for s, _ in touched)]), max([right, *(e for _, e in touched)]))
    shown = []
    for piece in cut(marks, stretch):
        shown += [f"[{mark.kind}: " for mark in piece.opens]
        shown.append(shown_words(piece.span))
        shown += ["]" for _ in piece.closes]
    return labels.clean("".join(shown))


def offsets(spans: Sequence[SpanPair]) -> str:
    """Write spans as numbers."""
    return ", ".join(f"{start}-{end}" for start, end in spans) or "none"
