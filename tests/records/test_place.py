"""Places and distances."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.records.place import EARTH_RADIUS_KM, Place, distance_km, great_circle_km, town_radius_km

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ((0, 0), (0, 1), 111.2),
        ((0, 0), (0, 180), 20015),
        ((52.52, 13.405), (48.857, 2.352), 878),
        ((0, 179.5), (0, -179.5), 111.2),
    ],
)
def test_known_distances(one: tuple[float, float], other: tuple[float, float], kilometres: float) -> None:
    """Distances are those of the sphere, across the date line too."""
    assert great_circle_km(*one, *other) == pytest.approx(kilometres, rel=0.002)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_distance_is_a_distance(north: float, east: float, other_north: float, other_east: float) -> None:
    """It is the same both ways, never negative, never more than half the globe."""
    there = great_circle_km(north, east, other_north, other_east)
    back = great_circle_km(other_north, other_east, north, east)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= EARTH_RADIUS_KM * 3.1416


def test_distance_of_places() -> None:
    """Places are as far from each other as their coordinates."""
    one, other = Place("a:1", "Orr", 1.0, 2.0, "AAA"), Place("a:2", "Fen", 1.0, 3.0, "AAA")
    assert distance_km(one, other) == great_circle_km(1.0, 2.0, 1.0, 3.0)


@given(st.integers(0, 40_000_000), st.integers(0, 40_000_000))
def test_more_people_more_ground(few: int, many: int) -> None:
    """The radius of a town grows with its people and is never less than a kilometre."""
    low, high = sorted((few, many))
    assert 1.0 <= town_radius_km(low) <= town_radius_km(high)
