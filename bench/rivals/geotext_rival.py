"""
geotext: names of cities, countries and nationalities by regular expression and list.

It knows the country of a city, not where it lies: coordinates are those of the
largest place of that name and country in our gazetteer, to its advantage.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from geotext import GeoText

from allegedly.geo.gazetteer import Gazetteer, NameMatch
from allegedly.metrics.places import PlacedName
from allegedly.records.place import Place
from bench.readers.places import PlacedText
from bench.tasks.places import Span, placed

NAME = f"geotext {version('geotext')}"


class GeotextPlaces:
    """
    Finds with geotext.

    Args:
        gazetteer: Where the places lie.
    """

    name = NAME

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def resolve(self, document: PlacedText, names: Sequence[Span]) -> list[PlacedName]:
        """Give what it makes of the words of each name alone."""
        out = []
        for start, end in names:
            found = GeoText(document.text[start:end])
            words = [*found.countries, *found.nationalities, *found.cities]
            out.append(placed(start, end, self._place(words[0]) if words else None))
        return out

    def read(self, document: PlacedText) -> list[PlacedName]:
        """Give what it finds, each name at its next occurrence."""
        found = GeoText(document.text)
        out = []
        for words in (found.cities, found.countries, found.nationalities):
            at: dict[str, int] = {}
            for name in words:
                start = document.text.find(name, at.get(name, 0))
                if start >= 0:
                    at[name] = start + len(name)
                    out.append(placed(start, start + len(name), self._place(name)))
        return sorted(out, key=lambda name: (name.start, name.end))

    def _place(self, name: str) -> Place | None:
        index = GeoText.index
        state = index.countries.get(name.lower()) or index.nationalities.get(name.lower())
        matches: Sequence[NameMatch] = self._gazetteer.find(name)
        if state:
            nation = self._gazetteer.demonym(name)
            return next((m.place for m in matches if m.place.kind == "country"), nation)
        return max((m.place for m in matches if m.place.kind == "town"), key=lambda p: p.population, default=None)
