"""A place of the gazetteer: where it is, what it is, and which states claim it."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, pi, radians, sin, sqrt
from typing import Final, Literal, get_args

PlaceKind = Literal["country", "region", "district", "town", "natural", "informal", "facility"]
KINDS: Final[tuple[PlaceKind, ...]] = get_args(PlaceKind)

EARTH_RADIUS_KM: Final = 6371.0088  # mean radius (IUGG)
_PEOPLE_PER_KM2: Final = 3000.0  # of built-up land: a town of a million gets 10 km
_SMALLEST_TOWN_KM: Final = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """
    A place; made by the gazetteer.

    Args:
        id: ``geonames:<number>``, or ``allegedly:<name>`` for entries of our own tables.
        name: Name as the gazetteer shows it; no judgement on which of its names is right.
        latitude: Degrees north.
        longitude: Degrees east.
        country: ISO 3166-1 alpha-3, or the neutral code of a disputed entity; empty for what no state holds alone.
        kind: Country, first-level region, second-level district, town, natural feature, informal region or facility.
        is_capital: Whether its state names it as its capital.
        population: Persons; 0 if unknown.
        region: Name of the first-level region, if known.
        region_id: Its id.
        radius_km: Radius of the circle around the coordinates that stands for the place, km.
        claimants: Codes of all states and entities that claim it, in alphabetical order; empty if nobody disputes it.
    """

    id: str
    name: str
    latitude: float
    longitude: float
    country: str
    kind: PlaceKind = "town"
    is_capital: bool = False
    population: int = 0
    region: str | None = None
    region_id: str | None = None
    radius_km: float = 1.0
    claimants: tuple[str, ...] = ()


def distance_km(one: Place, other: Place) -> float:
    """
    Give the great-circle distance between the coordinates of two places.

    Unit:
        Kilometres, on a sphere of the mean radius.
    """
    return great_circle_km(one.latitude, one.longitude, other.latitude, other.longitude)


def great_circle_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """
    Give the distance of two points by the haversine formula, which is exact enough for near points too.

    Unit:
        Degrees in, kilometres out.
    """
    north, other_north = radians(latitude), radians(other_latitude)
    east = radians(other_longitude - longitude)
    half = sin((other_north - north) / 2) ** 2 + cos(north) * cos(other_north) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def town_radius_km(population: int) -> float:
    """
    Estimate the radius of a town from the number of its people.

    Unit:
        Persons in, kilometres out; at least one.
    """
    return round(max(_SMALLEST_TOWN_KM, sqrt(population / (pi * _PEOPLE_PER_KM2))), 1)
