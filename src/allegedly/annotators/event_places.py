"""
Places of events: the name in what the encoder takes for an event's place.

A name that stands for a government, a people or a body is nowhere: the seat of
whoever speaks is never the place of what is spoken of. Of several names the
narrowest counts, and of two alike the nearer one: "a market in Sarvan, Idlib" is in Sarvan.
"""

from __future__ import annotations

from typing import Final

from allegedly.annotators.base import Found, Reading
from allegedly.records.annotations import Event, EventPlace, Toponym
from allegedly.records.codes import PLACE_PRECISIONS
from allegedly.records.origin import Origin
from allegedly.records.spanindex import SpanIndex

_UNKNOWN: Final = len(PLACE_PRECISIONS)


class EventPlaces:
    """Provides :class:`EventPlace`, one for each event."""

    name = "event-places"
    version = "1"
    requires = frozenset({Event, Toponym})
    provides = frozenset({EventPlace})

    def __init__(self) -> None:
        self._origin = Origin(self.name, self.version, rule="place-of-event")

    def annotate(self, reading: Reading) -> Found:
        """Link events with names of places."""
        names = SpanIndex((name.span, name) for name in reading.layers[Toponym])
        return {EventPlace: [self._place(event, names) for event in reading.layers[Event]]}

    def _place(self, event: Event, names: SpanIndex[Toponym]) -> EventPlace:
        found = [(words, list(names.touching(words))) for words in event.places]
        literal = [(name, words) for words, held in found for name in held if name.reading == "literal"]
        nearest = sorted(literal, key=lambda pair: abs(pair[0].span.start - event.span.start))
        name, words = min(nearest, key=lambda pair: _breadth(pair[0]), default=(None, None))
        if name is None:
            described = (words for words, held in found if not any(name.span.contains(words) for name in held))
            words = next(described, None)
        key = name.key if name else None
        return EventPlace(span=event.span, origin=self._origin, event=event.key, words=words, toponym=key)


def _breadth(name: Toponym) -> int:
    """Give how wide a name's place is; one that no gazetteer has names a spot, most likely."""
    if name.precision is None:
        return _UNKNOWN if name.candidates else PLACE_PRECISIONS.index("town")
    return PLACE_PRECISIONS.index(name.precision)
