"""
Cut a text where annotations begin and end, so that overlapping spans can be shown.

Markup nests and spans do not: between two neighbouring cuts all characters
carry the same marks, and each such piece is shown on its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from allegedly.records.ledger import AttributionRow, EventRow, Ledger, SpanPair

Kind = Literal[
    "source", "cue", "content", "event", "actor", "recipient", "mention", "time", "place", "number", "narrator"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """
    One span of one row, to be shown.

    Args:
        kind: What part of the row it is.
        row: Id of the row.
        span: Where it is.
    """

    kind: Kind
    row: str
    span: SpanPair


@dataclass(frozen=True, slots=True)
class Piece:
    """
    A stretch of text under the same marks.

    Args:
        span: Where it is; pieces join without gaps.
        marks: All marks that cover it, longest first.
        opens: Those of them that begin here.
        closes: Those of them that end here.
    """

    span: SpanPair
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    closes: tuple[Mark, ...]


def ledger_marks(ledger: Ledger) -> list[Mark]:
    """List all marks of a ledger: sources, cues, contents, triggers, actors, recipients, times, places."""
    marks: list[Mark] = []
    for row in ledger.attributions:
        marks += attribution_marks(row)
    for event in ledger.events:
        marks += event_marks(event)
    marks += [Mark("time", time.id, time.span) for time in ledger.times]
    marks += [Mark("place", place.id, place.span) for place in ledger.places]
    return marks


def attribution_marks(row: AttributionRow) -> list[Mark]:
    """List the marks of one attribution."""
    parts: tuple[tuple[Kind, tuple[SpanPair, ...]], ...] = (
        ("content", row.content),
        ("source", row.source),
        ("cue", row.cue),
    )
    return [Mark(kind, row.id, span) for kind, spans in parts for span in spans]


def event_marks(event: EventRow) -> list[Mark]:
    """List the marks of one event: trigger, actors, recipients."""
    return [
        Mark("event", event.id, event.trigger),
        *(Mark("actor", event.id, item.span) for item in event.actors),
        *(Mark("recipient", event.id, item.span) for item in event.recipients),
    ]


def cut(marks: Iterable[Mark], span: SpanPair) -> list[Piece]:
    """
    Cut a stretch at all edges of the marks.

    Offsets: marks and ``span`` index the same text; marks outside ``span`` are left out.

    Example:
        >>> [piece.span for piece in cut([Mark("cue", "a1", (2, 4)), Mark("event", "v1", (3, 6))], (0, 8))]
        [(0, 2), (2, 3), (3, 4), (4, 6), (6, 8)]
    """
    start, end = span
    inside = sorted(
        (mark for mark in marks if start <= mark.span[0] and mark.span[1] <= end),
        key=lambda mark: (mark.span[0], -mark.span[1]),
    )
    edges = sorted({start, end, *(edge for mark in inside for edge in mark.span)})
    pieces = []
    active: list[Mark] = []
    waiting = iter([*inside, None])
    following = next(waiting)
    for left, right in itertools.pairwise(edges):
        active = [mark for mark in active if mark.span[1] > left]
        while following is not None and following.span[0] == left:
            active.append(following)
            following = next(waiting)
        by_length = tuple(sorted(active, key=lambda mark: mark.span[0] - mark.span[1]))
        opens = tuple(mark for mark in by_length if mark.span[0] == left)
        closes = tuple(mark for mark in by_length if mark.span[1] == right)
        pieces.append(Piece((left, right), by_length, opens, closes))
    return pieces
