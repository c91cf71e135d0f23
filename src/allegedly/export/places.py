"""
Places on paper: circles for uncertainty, coarser places where exact ones would put people at risk.

A circle's radius says how far from the coordinates the place may lie. Making
it coarser (:func:`coarsen`) moves the centre to that of a grid cell and makes
the circle so wide that it still covers all of the old one; names and words
that would give the place away go too.

Unit: coordinates in degrees (WGS 84), lengths in km.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from allegedly.errors import UsageError
from allegedly.records.claims import Claim, ClaimPlace

EARTH_KM = 6371.0088  # mean radius, IUGG
POINTS = 64  # of a circle: off by less than 0.2 % of the radius
_KM_PER_DEGREE = math.pi * EARTH_KM / 180
_DIGITS = 5  # about a metre
Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Coarsening:
    """
    How coarse places are to be.

    Args:
        km: Width of the grid's cells; 0 if only names are kept.
        level: What is kept at most: the ``cell``, the name of the ``region``, or of the ``country``.
    """

    km: float
    level: str


def read_coarsening(words: str) -> Coarsening:
    """
    Understand ``--coarsen``: a number of km, ``region`` or ``country``.

    Raises:
        UsageError: If it is none of these.

    Example:
        >>> read_coarsening("25km")
        Coarsening(km=25.0, level='cell')
    """
    if words in {"region", "country"}:
        return Coarsening(0.0, words)
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:km)?", words.strip(), re.IGNORECASE | re.ASCII)
    km = float(match[1]) if match else 0.0
    if not 1 <= km <= 2_000:
        raise UsageError(f"places cannot be made as coarse as {words!r}", hint="give 1 to 2000 (km), region or country")
    return Coarsening(km, "cell")


def coarsen(how: Coarsening) -> Callable[[Claim], Claim]:
    """Give what makes the place of a claim coarser; its quote goes, as it may name the place."""

    def apply(claim: Claim) -> Claim:
        place = None if claim.place is None else _coarser(claim.place, how)
        return replace(claim, place=place, quote="", trigger=None, title=None, url=None)

    return apply


def _coarser(place: ClaimPlace, how: Coarsening) -> ClaimPlace:
    bare = replace(place, id="", span=(0, 0), words="", name="", gazetteer=None)
    if how.level == "cell" and place.latitude is not None and place.longitude is not None:
        latitude, longitude = _cell(place.latitude, place.longitude, how.km)
        # No point of a cell is farther from its centre than half its diagonal.
        radius = (place.radius or 0.0) + how.km * math.sqrt(0.5)
        return replace(bare, latitude=latitude, longitude=longitude, radius=math.ceil(radius), region=None)
    nowhere = replace(bare, latitude=None, longitude=None, radius=None)
    if how.level == "country" or place.precision == "country":
        return replace(nowhere, region=None, precision="country" if place.country else None)
    return replace(nowhere, precision=("region" if place.region else "country") if place.country else None)


def _cell(latitude: float, longitude: float, km: float) -> tuple[float, float]:
    """Give the centre of the grid cell; cells of a row are as wide in degrees as its edge nearer the equator needs."""
    rows = max(1, math.ceil(180 * _KM_PER_DEGREE / km))
    row = min(int((latitude + 90) / 180 * rows), rows - 1)
    low, high = (-90 + 180 * number / rows for number in (row, row + 1))
    widest = 1.0 if low < 0 < high else math.cos(math.radians(min(abs(low), abs(high))))
    columns = max(1, math.ceil(360 * _KM_PER_DEGREE * widest / km))
    column = min(int((longitude + 180) / 360 * columns), columns - 1)
    return round((low + high) / 2, _DIGITS), round(-180 + 360 * (column + 0.5) / columns, _DIGITS)


def circle(latitude: float, longitude: float, radius: float) -> list[Ring]:
    """
    Draw a circle on the globe as closed rings of (longitude, latitude), anticlockwise as RFC 7946 has them.

    One ring; two where the circle is cut at 180 degrees. Around a pole it is a
    cap from edge to edge of the map.

    Args:
        latitude: Of the centre.
        longitude: Of the centre.
        radius: In km, more than 0.
    """
    angle = min(radius / EARTH_KM, math.pi - 1e-6)
    ring = [_point(latitude, longitude, angle, -2 * math.pi * step / POINTS) for step in range(POINTS)]
    for pole in (90.0, -90.0):
        if abs(pole - latitude) < math.degrees(angle):
            return [_cap(ring, pole)]
    rings = (_clip(ring, shift) for shift in (-360.0, 0.0, 360.0))
    return [_closed(part) for part in rings if len(part) > 2]


def _point(latitude: float, longitude: float, angle: float, bearing: float) -> tuple[float, float]:
    """Go from a point into a direction; the longitude is not folded back into -180 to 180."""
    phi = math.radians(latitude)
    sine = math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(bearing)
    there = math.asin(max(-1.0, min(1.0, sine)))
    east = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(phi), math.cos(angle) - math.sin(phi) * math.sin(there)
    )
    return longitude + math.degrees(east), math.degrees(there)


def _cap(ring: Ring, pole: float) -> Ring:
    """Draw all between a circle around a pole and that pole, from edge to edge of the map."""
    folded = sorted(((x + 180) % 360 - 180, y) for x, y in ring)
    (first, low), (last, high) = folded[0], folded[-1]
    edge = low + (high - low) * (first + 180) / (first + 360 - last)
    line = [(-180.0, edge), *(point for point in folded if point[0] > -180), (180.0, edge)]
    corners = [(180.0, pole), (-180.0, pole)]
    return _closed([*line, *corners] if pole > 0 else [*reversed(line), *reversed(corners)])


def _clip(ring: Ring, shift: float) -> Ring:
    """Keep what lies between -180 and 180 after a shift (Sutherland and Hodgman 1974)."""
    moved = [(x + shift, y) for x, y in ring]
    return list(_keep(list(_keep(moved, -180.0, 1)), 180.0, -1))


def _keep(ring: Ring, edge: float, sign: int) -> Iterator[tuple[float, float]]:
    for (x, y), (next_x, next_y) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        inside, next_inside = sign * (x - edge) >= 0, sign * (next_x - edge) >= 0
        if inside:
            yield x, y
        if inside != next_inside:
            yield edge, y + (next_y - y) * (edge - x) / (next_x - x)


def _closed(ring: Ring) -> Ring:
    rounded = [(round(x, _DIGITS), round(y, _DIGITS)) for x, y in ring]
    return [*rounded, rounded[0]]
