"""
Our own tables of places, read at run time: disputed areas, informal regions, natural features.

They stand in ``resources/geo`` as text, one entry a line, so that whoever
disagrees with an entry can see and change it without touching code. Which
states claim an area stands in ``disputed.tsv`` alone; the shipped file of towns
knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import floor
from pathlib import Path
from typing import Final, NamedTuple

from allegedly.geo.spelling import fold_name, loosen_key
from allegedly.geo.table import Fit
from allegedly.records.place import KINDS, Place, great_circle_km
from allegedly.resources.lexicon import lexicon_error, load_table

SHIPPED_TABLES: Final = Path(__file__).parent.parent / "resources" / "geo"
_COLUMNS: Final = ("id", "name", "names", "kind", "country", "latitude", "longitude", "radius_km")
COLUMNS: Final = {
    "disputed": (*_COLUMNS, "claimants", "areas", "code"),
    "informal": _COLUMNS,
    "natural": _COLUMNS,
    "villages": _COLUMNS,
}
# Areas that a circle may cover: what is larger than a district is named by its id.
_IN_CIRCLES: Final = frozenset(("town", "district"))
_KM_PER_DEGREE: Final = 110.0


class Dispute(NamedTuple):
    """
    An area that several claim.

    Args:
        place: The area, with its claimants.
        areas: Ids of the regions and codes of the countries it consists of; empty where it is a circle.
        code: Country code given to towns in it; empty: as the gazetteer has it.
    """

    place: Place
    areas: frozenset[str]
    code: str

    def covers(self, place: Place) -> bool:
        """Say whether a place lies in it."""
        if self.areas:
            return place.id in self.areas or place.region_id in self.areas or place.country in self.areas
        area = self.place
        if place.kind not in _IN_CIRCLES or abs(area.latitude - place.latitude) > area.radius_km / _KM_PER_DEGREE:
            return False
        distance = great_circle_km(area.latitude, area.longitude, place.latitude, place.longitude)
        return distance <= area.radius_km


class Policy:
    """
    Our places and who claims what; made by :func:`load_policy`, not changed afterwards.

    Args:
        places: Our places, each with its names; the first is the one shown.
        disputes: Disputed areas; of several that cover a place, the smallest counts.
    """

    def __init__(self, places: list[tuple[Place, tuple[str, ...]]], disputes: list[Dispute]) -> None:
        self._disputes = sorted(disputes, key=lambda dispute: dispute.place.radius_km)
        self._by_area: dict[str, int] = {}
        self._circles: dict[int, list[int]] = {}  # by whole degrees of latitude that they reach
        for number, dispute in enumerate(self._disputes):
            for area in dispute.areas:
                self._by_area.setdefault(area, number)
            if not dispute.areas:
                reach = dispute.place.radius_km / _KM_PER_DEGREE
                for degree in range(floor(dispute.place.latitude - reach), floor(dispute.place.latitude + reach) + 1):
                    self._circles.setdefault(degree, []).append(number)
        self.places = {place.id: place for place, _ in places}
        self._exact: dict[str, list[tuple[str, Fit]]] = {}
        self._loose: dict[str, list[tuple[str, str]]] = {}
        for place, names in places:
            self._add(place, [fold_name(name) for name in names])

    def _add(self, place: Place, keys: list[str]) -> None:
        """Note a place under its keys; seas and rivers have no other romanisations worth the time to make them."""
        for key in dict.fromkeys(keys):
            self._exact.setdefault(key, []).append((place.id, "name" if key == keys[0] else "alternate"))
            if place.kind != "natural":
                self._loose.setdefault(loosen_key(key), []).append((place.id, key))

    def find(self, loose: str, exact: str) -> list[tuple[str, Fit]]:
        """Give the ids of our places that have an exact or only a loose key."""
        found = list(self._exact.get(exact, ()))
        found += [(id_, "loose") for id_, key in self._loose.get(loose, ()) if key != exact]
        return found

    def keys(self) -> Iterator[str]:
        """Go through the exact keys."""
        return iter(self._exact)

    def dispute_of(self, place: Place) -> Dispute | None:
        """Give the disputed area in which a place lies; None if nobody disputes it."""
        none = len(self._disputes)
        areas = (place.id, place.region_id or "", place.country)
        first = min(self._by_area.get(area, none) for area in areas)
        for number in self._circles.get(floor(place.latitude), ()):
            if number >= first:
                break
            if self._disputes[number].covers(place):
                first = number
        return self._disputes[first] if first < none else None


@lru_cache(maxsize=4)
def load_policy(folder: Path = SHIPPED_TABLES) -> Policy:
    """
    Read the tables; the shipped ones are read once.

    Raises:
        LexiconError: A line cannot be used; the message names file and line.
    """
    places: list[tuple[Place, tuple[str, ...]]] = []
    disputes = []
    for table in COLUMNS:
        path = folder / f"{table}.tsv"
        for fields in load_table(path, COLUMNS[table]):
            place = _read_place(path, fields)
            places.append((place, (place.name, *filter(None, fields[2].split("|")))))
            if table == "disputed":
                disputes.append(Dispute(place, frozenset(filter(None, fields[9].split("|"))), fields[10]))
    return Policy(places, disputes)


def _read_place(path: Path, fields: list[str]) -> Place:
    """Make a place of a line, or say what is wrong with it."""
    id_, name, _, kind, country, latitude, longitude, radius = fields[:8]
    claimants = tuple(filter(None, fields[8].split("|"))) if len(fields) > len(_COLUMNS) else ()
    try:
        north, east, wide = float(latitude), float(longitude), float(radius)
    except ValueError:
        north, east, wide = 0.0, 0.0, 0.0
    if kind not in KINDS or not (-90 <= north <= 90 and -180 <= east <= 180 and wide > 0):
        line = next(
            number for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if line.startswith(f"{id_}\t")
        )
        raise lexicon_error(path, line, f"has an unknown kind or impossible coordinates for {name}")
    return Place(
        id=id_ if ":" in id_ else f"allegedly:{id_}", name=name, latitude=north, longitude=east, country=country,
        kind=kind, radius_km=wide, claimants=tuple(sorted(claimants)),
    )  # fmt: skip
