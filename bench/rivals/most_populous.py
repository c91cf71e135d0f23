"""The largest place of each name: the baseline that any resolver must beat; on given names, or on ours."""

from __future__ import annotations

from collections.abc import Sequence

from allegedly.geo.candidates import look_up
from allegedly.geo.gazetteer import Gazetteer
from allegedly.metrics.places import PlacedName
from bench.readers.places import PlacedText
from bench.tasks.places import Names, Span, placed

NAME = "most populous"
NOTE = "our gazetteer; a country of the name first, else the place with most people"


class MostPopulous:
    """
    Resolves by population alone.

    Args:
        names: Finds the names of a document.
        gazetteer: The places.
    """

    name = NAME

    def __init__(self, names: Names, gazetteer: Gazetteer) -> None:
        self._names, self._gazetteer = names, gazetteer

    def resolve(self, document: PlacedText, names: Sequence[Span]) -> list[PlacedName]:
        """Give the largest place of each name."""
        out = []
        for start, end in names:
            found = look_up(document.text[start:end], self._gazetteer)
            best = max(found, key=lambda m: (m.place.kind == "country", m.place.population), default=None)
            out.append(placed(start, end, best.place if best else None))
        return out

    def read(self, document: PlacedText) -> list[PlacedName]:
        """Give the largest place of each name that is found."""
        return self.resolve(document, self._names(document))
