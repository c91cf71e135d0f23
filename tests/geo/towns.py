"""An invented gazetteer for resolution: two countries, regions, towns of one name, a sea."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from allegedly.geo.gazetteer import NameMatch
from allegedly.records.place import Place

ARDIA = Place("t:1", "Ardia", 10.0, 20.0, "AAA", "country", population=5_000_000, radius_km=300.0)
BELDA = Place("t:2", "Belda", -10.0, 20.0, "BBB", "country", population=9_000_000, radius_km=300.0)
NORDA = Place(
    "t:3", "Norda", 11.0, 20.0, "AAA", "region", population=90_000, region="Norda", region_id="t:3", radius_km=80.0
)
SUNDA = Place(
    "t:4", "Sunda", -11.0, 20.0, "BBB", "region", population=80_000, region="Sunda", region_id="t:4", radius_km=80.0
)
ORR = Place("t:5", "Orr", 11.1, 20.1, "AAA", population=40_000, region="Norda", region_id="t:3", radius_km=5.0)
OTHER_ORR = Place("t:6", "Orr", -11.1, 20.1, "BBB", population=90_000, region="Sunda", region_id="t:4", radius_km=5.0)
AZEL = Place("t:7", "Azel", 11.2, 20.2, "AAA", population=9_000, region="Norda", region_id="t:3", radius_km=2.0)
KARVELI = Place("t:8", "Karveli", 11.3, 20.3, "AAA", is_capital=True, population=500_000, radius_km=9.0)
KARVELI_REGION = Place(
    "t:9", "Karveli", 11.4, 20.4, "AAA", "region", population=700_000, region="Karveli", region_id="t:9", radius_km=60.0
)
MERE = Place("t:10", "Mere Sea", 5.0, 10.0, "", "natural", radius_km=400.0)
PLACES = (ARDIA, BELDA, NORDA, SUNDA, ORR, OTHER_ORR, AZEL, KARVELI, KARVELI_REGION, MERE)
ALTERNATE = {"Mere": MERE, "Orrgrad": ORR}
LOOSE = {"Azell": AZEL}
DEMONYMS = {"Ardian": ARDIA, "Ardians": ARDIA, "Beldan": BELDA}
SEATS = {"the Old Fort": ARDIA, "Old Fort": ARDIA}


class Towns:
    """
    Stands in for the gazetteer: same methods, ten places.

    Args:
        more: Further places.
    """

    def __init__(self, *more: Place) -> None:
        self._places = (*PLACES, *more)

    def find(self, name: str) -> tuple[NameMatch, ...]:
        """Give the places of a name in any case, the most populous first."""
        key = name.lower().removeprefix("the ")
        found = [NameMatch(place, "name") for place in self._places if place.name.lower() == key]
        found += [NameMatch(place, "alternate") for other, place in ALTERNATE.items() if other.lower() == key]
        found += [NameMatch(place, "loose") for other, place in LOOSE.items() if other.lower() == key]
        return tuple(sorted(found, key=lambda match: -match.place.population))

    def demonym(self, word: str) -> Place | None:
        """Give the country of a people."""
        return DEMONYMS.get(word)

    def metonym(self, name: str) -> Place | None:
        """Give the state of a seat of government."""
        return SEATS.get(name)

    def longest(self, words: Sequence[str], start: int = 0) -> int:
        """Give the number of words of the longest name from a word on."""
        sizes = range(len(words) - start, 0, -1)
        return next((size for size in sizes if self.find(" ".join(words[start : start + size]))), 0)


def many(count: int) -> list[Place]:
    """Make places of one name, each less known than the one before."""
    return [replace(AZEL, id=f"t:m{k}", name="Sunfield", latitude=k / 10, population=9_000 - k) for k in range(count)]
