"""
Build the coastline of the map: ``python -m training.coastline [FILE]``.

Reads Natural Earth 1:50m (public domain), land and lakes only; borders are not
read at all. The same input gives the same bytes. A ring is kept as steps of
whole hundredths of a degree (1.1 km), from (0, 0) on; outer rings run clockwise
and holes the other way, as d3-geo wants them.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from shapely.geometry import LinearRing, Polygon, shape
from shapely.geometry.polygon import orient

from allegedly.web.charts.coastline import SHIPPED, UNITS_PER_DEGREE
from training.corpora import data_folder, digest

FOLDER = "product_natural_earth_50m"
INPUTS = {
    "land": "943ca08a7f08a61fb6b583ae5ed44ae3072d9a3e242ed7fcc4b3b89bbdee2955",
    "lakes": "eefade02355ffc5d48a6a001804fb28e01a56c12fe844af937307a00d0d1f62d",
}
TOLERANCE = 0.025  # degrees: 2.8 km, a pixel and a half where a map is 1,500 km wide
SMALLEST = {"land": 0.002, "lakes": 0.02}  # square degrees; about 25 and 250 km² at the equator


def build(features: dict[str, list[dict[str, Any]]]) -> bytes:
    """Give the bytes of the file for the GeoJSON features of land and lakes."""
    about = "Natural Earth 1:50m land and lakes, version 4.0.0, simplified; public domain; see DATA_LICENSES.md"
    made: dict[str, Any] = {"about": about, "units_per_degree": UNITS_PER_DEGREE}
    made |= {name: sorted(_polygons(features[name], SMALLEST[name])) for name in INPUTS}
    return (json.dumps(made, separators=(",", ":")) + "\n").encode()


def _polygons(features: Iterable[dict[str, Any]], smallest: float) -> Iterator[list[list[int]]]:
    for feature in features:
        geometry = shape(feature["geometry"])
        for polygon in getattr(geometry, "geoms", [geometry]):
            if polygon.area >= smallest:
                yield from _simplified(polygon)


def _simplified(polygon: Polygon) -> Iterator[list[list[int]]]:
    simple = polygon.simplify(TOLERANCE, preserve_topology=True)
    for part in getattr(simple, "geoms", [simple]):
        outer, *holes = (_steps(ring) for ring in (orient(part, -1.0).exterior, *orient(part, -1.0).interiors))
        if outer:
            yield [outer, *filter(None, holes)]


def _steps(ring: LinearRing) -> list[int]:
    """Give the steps of a ring, its last point left out; empty where fewer than three points are left."""
    points = [(round(x * UNITS_PER_DEGREE), round(y * UNITS_PER_DEGREE)) for x, y in ring.coords]
    points = [point for before, point in pairwise([None, *points[:-1]]) if point != before]
    if len(points) < 3:
        return []
    return [step for (x, y), (to_x, to_y) in pairwise([(0, 0), *points]) for step in (to_x - x, to_y - y)]


def read_inputs(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Read Natural Earth's files and check that they are the ones this was measured on."""
    features = {}
    for name, expected in INPUTS.items():
        path = folder / f"ne_50m_{name}.json"
        assert digest(path) == expected, f"{path}: other bytes than those of SHA256SUMS"
        features[name] = json.loads(path.read_bytes())["features"]
    return features


def main(arguments: list[str]) -> int:
    file = Path(arguments[0]) if arguments else SHIPPED
    data = build(read_inputs(data_folder() / FOLDER))
    file.write_bytes(data)
    print(f"{file}: {len(data):,} bytes, sha256:{hashlib.sha256(data).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
