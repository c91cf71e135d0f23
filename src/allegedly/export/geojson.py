"""
GeoJSON (RFC 7946): one feature a claim about an event, its uncertainty as geometry.

The geometry is the circle within which the place may lie, as a polygon; cut at
180 degrees it is two. An exact place or a town of which no radius is known is
a point. Everything else, a country without a radius among it, has no geometry and
is listed all the same (section 3.2): not knowing is no reason to be left out, and
a country is never a point.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from allegedly.export.base import Material, Told
from allegedly.export.columns import CLAIM_COLUMNS
from allegedly.export.files import encoded
from allegedly.export.places import circle
from allegedly.records.claims import ClaimPlace

_POINTS = frozenset({"exact", "town"})
_IN_GEOMETRY = frozenset({"latitude", "longitude"})


def write_geojson(material: Material, stream: BinaryIO) -> None:
    """Write a feature collection, feature by feature."""
    stream.write(b'{"type": "FeatureCollection", "features": [')
    for number, told in enumerate(material.events()):
        stream.write(b",\n" if number else b"\n")
        stream.write(encoded(json.dumps(_feature(told, material.policy), ensure_ascii=False, allow_nan=False)))
    stream.write(b"\n]}\n")


def _feature(told: Told, policy: str | None) -> dict[str, Any]:
    place = told.claim.place
    properties: dict[str, Any] = {
        column.name: column.cell(told) for column in CLAIM_COLUMNS if column.name not in _IN_GEOMETRY
    }  # fmt: skip
    properties["radius_km"] = None if place is None else place.radius
    properties["claimants"] = [] if place is None else sorted(place.claimants)
    if policy is not None:
        properties["best_policy"] = policy
    return {
        "type": "Feature",
        "id": told.claim.id,
        "geometry": None if place is None else geometry_of(place),
        "properties": properties,
    }


def geometry_of(place: ClaimPlace) -> dict[str, Any] | None:
    """
    Draw where a place may lie; None where that is not known.

    Args:
        place: The place of a claim.
    """
    if place.latitude is None or place.longitude is None:
        return None
    if place.radius is not None and place.radius > 0:
        rings = circle(place.latitude, place.longitude, place.radius)
        if len(rings) == 1:
            return {"type": "Polygon", "coordinates": [rings[0]]}
        return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
    if place.precision in _POINTS:
        return {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    return None
