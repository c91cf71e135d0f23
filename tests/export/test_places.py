"""Circles and coarser places, checked with shapely."""

from __future__ import annotations

import io
import json
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, shape

from allegedly.errors import UsageError
from allegedly.export.geojson import geometry_of
from allegedly.export.places import EARTH_KM, circle, coarsen, read_coarsening
from allegedly.export.write import write_export
from allegedly.records.claims import Claim, ClaimPlace
from allegedly.records.claims_of import claims_of
from tests.export.ledgers import march, market, material, plain, reviewed

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
radii = st.floats(0.1, 3_000)


def _place(**values: Any) -> ClaimPlace:
    known = {"latitude": 10.5, "longitude": 20.0, "precision": "town", "country": "XNA", "region": "East"} | values
    return ClaimPlace("p", (0, 1), "words", "Name", "geonames:1", **known)


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    (x, y), (u, v) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((v - y) / 2) ** 2 + math.cos(y) * math.cos(v) * math.sin((u - x) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _area(latitude: float, longitude: float, radius: float) -> MultiPolygon:
    return MultiPolygon([Polygon(ring) for ring in circle(latitude, longitude, radius)])


@given(latitudes, longitudes, radii)
def test_a_circle_stays_on_the_map_and_is_valid(latitude: float, longitude: float, radius: float) -> None:
    """Rings are closed, simple, anticlockwise and within -180 to 180, wherever the circle lies."""
    for ring in circle(latitude, longitude, radius):
        polygon = Polygon(ring)
        assert ring[0] == ring[-1]
        assert polygon.is_valid
        assert polygon.exterior.is_ccw
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)


@given(st.floats(-80, 80), longitudes, st.floats(1, 500))
def test_its_points_are_a_radius_away(latitude: float, longitude: float, radius: float) -> None:
    """Every corner that is not of a cut lies at the radius, to a thousandth and a rounding."""
    corners = [point for ring in circle(latitude, longitude, radius) for point in ring if abs(point[0]) < 180]
    assert all(abs(_distance(point, (longitude, latitude)) - radius) < radius / 1_000 + 0.01 for point in corners)


def test_a_circle_over_180_degrees_is_cut() -> None:
    """RFC 7946, section 3.1.9: two polygons, one on each side."""
    rings = circle(10.5, 179.9, 30)
    assert sorted(round(sum(x for x, _ in ring) / len(ring) / 180) for ring in rings) == [-1, 1]


@pytest.mark.parametrize("pole", [90.0, -90.0])
def test_a_circle_around_a_pole_is_a_cap(pole: float) -> None:
    """It reaches from edge to edge of the map and up to the pole."""
    area = _area(pole * 0.999, 30.0, 500)
    assert (area.bounds[0], area.bounds[2]) == (-180, 180)
    assert pole in (area.bounds[1], area.bounds[3])


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"radius": 5.0}, "Polygon"),
        ({"radius": 5.0, "longitude": 180.0}, "MultiPolygon"),
        ({"precision": "exact"}, "Point"),
        ({"precision": "town", "radius": 0.0}, "Point"),
        ({"precision": "district"}, None),
        ({"precision": "region"}, None),
        ({"precision": "country"}, None),
        ({"precision": "country", "radius": 400.0}, "Polygon"),
        ({"latitude": None}, None),
        ({"longitude": None, "radius": 5.0}, None),
    ],
)
def test_geometry_is_as_exact_as_the_place(values: dict[str, Any], kind: str | None) -> None:
    """A radius is a circle, an exact place or town a point, a country never one; the rest has no geometry."""
    geometry = geometry_of(_place(**values))
    assert (None if geometry is None else geometry["type"]) == kind


def _features(name: str = "geojson", **options: Any) -> list[dict[str, Any]]:
    stream = io.BytesIO()
    write_export(name, material(**options) if options else reviewed(), stream)
    features: list[dict[str, Any]] = json.loads(stream.getvalue())["features"]
    return features


def test_geojson_is_geojson() -> None:
    """Geometries are valid for shapely, ids are there, and unplaced events are listed without geometry."""
    features = _features()
    placed = [shape(feature["geometry"]) for feature in features if feature["geometry"] is not None]
    assert [geometry.is_valid for geometry in placed] == [True, True]
    assert [feature["id"] for feature in features if feature["geometry"] is None] == [
        claim.id for claim in (*claims_of(market())[1:3], *claims_of(march())[:3])
    ]


def test_features_say_radius_and_claimants() -> None:
    """Where a place is disputed, all who claim it are named, in order of the alphabet."""
    properties = _features()[0]["properties"]
    assert (properties["radius_km"], properties["claimants"]) == (30.0, ["XNA", "XSO"])


def test_an_empty_collection_is_one() -> None:
    """No claim, no feature, valid all the same."""
    stream = io.BytesIO()
    write_export("geojson", material(plain("")), stream)
    assert json.loads(stream.getvalue()) == {"type": "FeatureCollection", "features": []}


# ------------------------------------------------------------------------------------------------------------- coarser
@pytest.mark.parametrize("words", ["25", "25km", "25 KM", "2000", "region", "country", "1.5"])
def test_what_coarsening_understands(words: str) -> None:
    """Kilometres with or without the unit, region, country."""
    assert read_coarsening(words).level in {"cell", "region", "country"}


@pytest.mark.parametrize("words", ["", "0", "-3", "far", "2001", "nan", "inf", "٣"])
def test_what_coarsening_refuses(words: str) -> None:
    """The error says what can be given."""
    with pytest.raises(UsageError) as caught:
        read_coarsening(words)
    assert caught.value.hint == "give 1 to 2000 (km), region or country"


def _claim(place: ClaimPlace | None) -> Claim:
    return replace(claims_of(market())[0], place=place)


def _coarse(how: str, **values: Any) -> ClaimPlace:
    place = coarsen(read_coarsening(how))(_claim(_place(**values))).place
    assert place is not None
    return place


@given(st.floats(-89, 89), longitudes, st.floats(0, 100), st.floats(1, 500))
def test_a_coarser_circle_covers_the_old_one(latitude: float, longitude: float, radius: float, km: float) -> None:
    """The distance of the centres and the old radius fit into the new one."""
    place = _coarse(f"{km:.3f}", latitude=latitude, longitude=longitude, radius=radius)
    moved = _distance((longitude, latitude), (place.longitude or 0.0, place.latitude or 0.0))
    assert moved + radius <= (place.radius or 0.0) + 0.01


@given(st.floats(-80, 80), longitudes)
def test_neighbours_become_one(latitude: float, longitude: float) -> None:
    """The cell's centre tells nothing of the place in it: all places of a cell give the same."""
    place = _coarse("50", latitude=latitude, longitude=longitude, radius=None)
    again = _coarse("50", latitude=place.latitude, longitude=place.longitude, radius=None)
    assert again == place


def test_coarser_places_are_not_named() -> None:
    """Name, words, gazetteer, quote, headline and address go: each may say the place."""
    claim = coarsen(read_coarsening("50"))(_claim(_place()))
    assert claim.place is not None
    left = (
        claim.place.name,
        claim.place.words,
        claim.place.gazetteer,
        claim.quote,
        claim.trigger,
        claim.title,
        claim.url,
    )
    assert not any(left)


@pytest.mark.parametrize(
    ("how", "values", "expected"),
    [
        ("region", {}, ("East", "XNA", "region")),
        ("region", {"region": None}, (None, "XNA", "country")),
        ("region", {"precision": "country"}, (None, "XNA", "country")),
        ("region", {"country": None, "region": None}, (None, None, None)),
        ("country", {}, (None, "XNA", "country")),
        ("25", {"latitude": None, "longitude": None}, ("East", "XNA", "region")),
    ],
)
def test_names_instead_of_places(how: str, values: dict[str, Any], expected: tuple[Any, ...]) -> None:
    """Region and country keep a name and no coordinates; so does a cell of an unknown place."""
    place = _coarse(how, **values)
    assert (place.region, place.country, place.precision) == expected
    assert (place.latitude, place.longitude, place.radius) == (None, None, None)


def test_a_claim_without_place_stays_without() -> None:
    """Nothing is made up."""
    assert coarsen(read_coarsening("region"))(_claim(None)).place is None


def test_coarser_features_hold_no_name() -> None:
    """The name of the place is nowhere in the export."""
    stream = io.BytesIO()
    write_export("geojson", material(prepare=coarsen(read_coarsening("100"))), stream)
    assert "Karveli is" not in stream.getvalue().decode()
    for feature in json.loads(stream.getvalue())["features"]:
        assert (feature["properties"]["placename"], feature["properties"]["quote"]) == (None, None)


def test_a_circle_holds_its_centre() -> None:
    """Sanity: the place is inside."""
    assert _area(51.7, 36.2, 10).contains(Point(36.2, 51.7))
