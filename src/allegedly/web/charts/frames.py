"""
The frame of a map: which part of the world is shown, in which projection, at which scale.

Both projections are d3-geo's: Lambert's azimuthal equal-area around the middle
of what is to be shown, in which a circle of kilometres stays close to a circle
anywhere in the frame, and Natural Earth where the incidents lie too far apart
for it (formulas: Snyder, Map Projections, USGS Professional Paper 1395, 1987).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, degrees, pi, radians, sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from allegedly.records.place import EARTH_RADIUS_KM
from allegedly.web.charts.coastline import WORLD, Box

_WIDEST: Final = 100.0  # degrees of longitude or latitude that one azimuthal map may span
_LEAST_KM: Final = 300.0  # a frame is never narrower, or there would be no coast to know it by
_EDGE: Final = 24  # CSS pixels kept free around the incidents
_NATURAL_EARTH_WIDTH: Final = 2 * pi * 0.8707  # of the world, at scale 1
KM_PER_DEGREE: Final = pi * EARTH_RADIUS_KM / 180
_SOUTH, _NORTH = -58.0, 84.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """
    A part of the world in pixels; made by :func:`frame_for`.

    Args:
        projection: As Vega-Lite wants it.
        box: What is shown, or somewhat more. Unit: degrees.
        height: Unit: CSS pixels.
        km_per_pixel: In the middle.
        is_world: Whether it is the whole world, whose scale differs from place to place.
    """

    projection: dict[str, Any]
    box: Box
    height: int
    km_per_pixel: float
    is_world: bool = False

    def pixels(self, longitudes: Floats, latitudes: Floats) -> Floats:
        """Give where points lie, points × (x, y), as d3-geo draws them."""
        if self.is_world:
            x, y = _natural_earth(longitudes, latitudes)
        else:
            east, north, _ = self.projection["rotate"]
            x, y = _project(longitudes, latitudes, (-east, -north))
        right, down = self.projection["translate"]
        scale = self.projection["scale"]
        return np.stack((right + scale * x, down - scale * y), axis=-1)


def frame_for(circles: Sequence[tuple[float, float, float]], width: int, height: int) -> Frame:
    """
    Find the frame that shows all circles.

    Args:
        circles: Longitude and latitude in degrees, radius in km.
        width: Unit: CSS pixels.
        height: Unit: CSS pixels; the world takes what it needs.
    """
    if not circles:
        return _world(width)
    longitudes, latitudes, radii = np.array(circles, dtype=np.float64).T
    start, span = _arc(longitudes)
    if max(span, float(np.ptp(latitudes))) > _WIDEST:
        return _world(width)
    middle = (start + span / 2, float(latitudes.min() + latitudes.max()) / 2)
    reach = radii / EARTH_RADIUS_KM
    x, y = _project(longitudes, latitudes, middle)
    low = np.array([(x - reach).min(), (y - reach).min()])
    high = np.array([(x + reach).max(), (y + reach).max()])
    room = np.array([width - 2 * _EDGE, height - 2 * _EDGE])
    extent = np.maximum(high - low, _LEAST_KM / EARTH_RADIUS_KM)
    scale = float((room / extent).min())
    shift = (low + high) / 2 * scale
    size = (width, height)
    return Frame(
        projection={
            "type": "azimuthalEqualArea",
            "rotate": [round(-middle[0], 4), round(-middle[1], 4), 0],
            "scale": round(scale, 2),
            "translate": [round(width / 2 - float(shift[0]), 2), round(height / 2 + float(shift[1]), 2)],
            "clipExtent": [[0, 0], [width, height]],
            "precision": 0.3,
        },
        box=_seen(middle, scale, shift, size),
        height=height,
        km_per_pixel=EARTH_RADIUS_KM / scale,
    )


def _world(width: int) -> Frame:
    scale = width / _NATURAL_EARTH_WIDTH
    _, (south, north) = _natural_earth(np.zeros(2), np.array([_SOUTH, _NORTH]))
    height = round(float(north - south) * scale)
    return Frame(
        projection={
            "type": "naturalEarth1",
            "scale": round(scale, 2),
            "translate": [width / 2, round(float(north) * scale, 2)],
            "clipExtent": [[0, 0], [width, height]],
        },
        box=WORLD,
        height=height,
        km_per_pixel=EARTH_RADIUS_KM / scale,
        is_world=True,
    )


def _arc(longitudes: Floats) -> tuple[float, float]:
    """Give start and length of the shortest arc that holds all longitudes, also across the date line."""
    ordered = np.unique(longitudes % 360)
    gaps = np.diff(ordered, append=ordered[0] + 360)
    widest = int(gaps.argmax())
    return float(ordered[(widest + 1) % len(ordered)]), float(360 - gaps[widest])


def _project(longitudes: Floats, latitudes: Floats, middle: tuple[float, float]) -> tuple[Floats, Floats]:
    """Project on a sphere of radius 1, x east and y north."""
    east, north = np.radians(longitudes - middle[0]), np.radians(latitudes)
    sine, cosine = np.sin(radians(middle[1])), cos(radians(middle[1]))
    k = np.sqrt(2 / (1 + sine * np.sin(north) + cosine * np.cos(north) * np.cos(east)))
    return k * np.cos(north) * np.sin(east), k * (cosine * np.sin(north) - sine * np.cos(north) * np.cos(east))


def _natural_earth(longitudes: Floats, latitudes: Floats) -> tuple[Floats, Floats]:
    """Project as d3-geo's `geoNaturalEarth1` does (Šavrič, Jenny and others 2011)."""
    north = np.radians(latitudes)
    two, four = north**2, north**4
    wide = 0.8707 - 0.131979 * two + four * (-0.013791 + four * (0.003971 * two - 0.001529 * four))
    high = 1.007226 + two * (0.015085 + four * (-0.044475 + 0.028874 * two - 0.005916 * four))
    return np.radians(longitudes) * wide, north * high


def _seen(middle: tuple[float, float], scale: float, shift: Floats, size: tuple[int, int]) -> Box:
    """Give a box around what the frame shows, from a grid of its points taken back to the sphere."""
    columns, lines = (np.linspace(-side / 2, side / 2, 17) for side in size)
    x, y = (grid.ravel() for grid in np.meshgrid((columns + shift[0]) / scale, (lines + shift[1]) / scale))
    rho = np.maximum(np.hypot(x, y), 1e-9)
    if rho.max() >= sqrt(2):
        return WORLD
    c = 2 * np.arcsin(rho / 2)
    sine, cosine = np.sin(radians(middle[1])), cos(radians(middle[1]))
    north = np.arcsin(np.clip(np.cos(c) * sine + y * np.sin(c) * cosine / rho, -1, 1))
    east = np.arctan2(x * np.sin(c), rho * cosine * np.cos(c) - y * sine * np.sin(c))
    if np.ptp(east) > pi:  # around a pole
        return Box(-180.0, degrees(float(north.min())) - 2, 180.0, 90.0) if middle[1] > 0 else WORLD
    return Box(
        middle[0] + degrees(float(east.min())) - 2, degrees(float(north.min())) - 2,
        middle[0] + degrees(float(east.max())) + 2, degrees(float(north.max())) + 2,
    )  # fmt: skip


def circle_around(longitude: float, latitude: float, radius_km: float, *, corners: int = 40) -> list[list[float]]:
    """
    Give a circle on the sphere as a ring, wound as d3-geo wants outer rings (clockwise), closed.

    Args:
        longitude: Unit: degrees.
        latitude: Unit: degrees.
        radius_km: Unit: km.
        corners: Number of points.
    """
    bearing = np.linspace(0, 2 * pi, corners, endpoint=False)
    distance, north = radius_km / EARTH_RADIUS_KM, radians(latitude)
    sine = np.sin(north) * np.cos(distance) + np.cos(north) * np.sin(distance) * np.cos(bearing)
    east = np.arctan2(
        np.sin(bearing) * np.sin(distance) * np.cos(north), np.cos(distance) - np.sin(north) * sine
    )  # fmt: skip
    points = np.stack((longitude + np.degrees(east), np.degrees(np.arcsin(np.clip(sine, -1, 1)))), axis=1)
    ring: list[list[float]] = np.round(points, 4).tolist()
    return [*ring, ring[0]]


def round_km(most: float) -> int:
    """Give the greatest of 1, 2, 5, 10, 20 … km that is not above a length, for a scale bar."""
    steps = [factor * 10**power for power in range(5) for factor in (1, 2, 5)]
    return max((step for step in steps if step <= most), default=1)
