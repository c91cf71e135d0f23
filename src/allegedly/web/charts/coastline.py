"""
The coastline under the map: land and lakes, never a border.

It is built by ``training/coastline.py`` from Natural Earth (public domain) and
thinned here to what the frame of a map can show, so that a spec stays small.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

import allegedly.resources
from allegedly.errors import ResourceError

SHIPPED: Final = Path(allegedly.resources.__file__).parent / "geo" / "coastline.json"
DIGEST: Final = "37f66b06a85318cd522e1776d4c29bd6a9ef50b3a479b6b9f7557295da3afc0b"
UNITS_PER_DEGREE: Final = 100
_COARSE: Final = 0.75  # degrees; a coast outside the frame only has to close the shape
_HINT = "reinstall allegedly"

Ring = NDArray[np.float64]  # points × (longitude, latitude), degrees; closed


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the world, in degrees; `west` is below `east`, which may pass 180."""

    west: float
    south: float
    east: float
    north: float

    def inside(self, points: Ring) -> NDArray[np.bool_]:
        """Say which points lie in it, wherever the longitudes are counted from."""
        longitude = (points[:, 0] - self.west) % 360 + self.west
        return (longitude <= self.east) & (points[:, 1] >= self.south) & (points[:, 1] <= self.north)


WORLD: Final = Box(-180.0, -90.0, 180.0, 90.0)


@cache
def load_coastline(path: Path = SHIPPED) -> dict[str, list[list[Ring]]]:
    """
    Read the coastline: polygons of `land` and of `lakes`, each an outer ring and its holes.

    Raises:
        ResourceError: The file is missing, or is not the one that ships.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ResourceError(f"{path}: the coastline cannot be read: {error}", hint=_HINT) from error
    found = hashlib.sha256(data).hexdigest()
    if found != DIGEST:
        raise ResourceError(f"{path}: the coastline has the digest {found}, not {DIGEST}", hint=_HINT)
    content = json.loads(data)
    return {name: [[_ring(steps) for steps in rings] for rings in content[name]] for name in ("land", "lakes")}


def outline(name: str, box: Box, detail: float) -> dict[str, Any]:
    """
    Give land or lakes as GeoJSON for a map that shows a box.

    Args:
        name: `land` or `lakes`.
        box: What the map shows; polygons that do not reach into it are left out.
        detail: Points nearer than this to the one before are left out. Unit: degrees.

    Returns:
        One MultiPolygon, wound as d3-geo wants it, with 2 decimals.
    """
    polygons = []
    for rings in load_coastline()[name]:
        if not box.inside(rings[0]).any() and not _surrounds(rings[0], box):
            continue
        thin = [_thinned(ring, box, detail) for ring in rings]
        if _winding(thin[0]) < 0:
            polygons.append([np.round(ring, 2).tolist() for ring in (thin[0], *filter(_is_hole, thin[1:]))])
    return {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": polygons}}


def _ring(steps: list[int]) -> Ring:
    points = np.cumsum(np.array(steps, dtype=np.int64).reshape(-1, 2), axis=0) / UNITS_PER_DEGREE
    return np.vstack((points, points[:1]))


def _surrounds(ring: Ring, box: Box) -> bool:
    """Say whether the box may lie inside a ring that has no point in it, as a frame far inland does."""
    low, high = ring.min(axis=0), ring.max(axis=0)
    return bool(low[0] <= box.east and high[0] >= box.west and low[1] <= box.north and high[1] >= box.south)


def _winding(ring: Ring) -> float:
    """
    Give twice the signed area, negative if clockwise.

    A small ring that thinning turned over would mean all the world but itself to d3-geo.
    """
    x, y = ring.T
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())


def _is_hole(ring: Ring) -> bool:
    return _winding(ring) > 0


def _thinned(ring: Ring, box: Box, detail: float) -> Ring:
    """Leave out points that cannot be told apart in the frame, and most of those outside it."""
    least = np.where(box.inside(ring), detail, max(_COARSE, detail))
    kept = [0]
    x, y = ring[0]
    for index in range(1, len(ring) - 1):
        if max(abs(ring[index, 0] - x), abs(ring[index, 1] - y)) >= least[index]:
            kept.append(index)
            x, y = ring[index]
    return ring[[*kept, len(ring) - 1]]
