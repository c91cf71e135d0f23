"""The coastline that ships, and how it is thinned."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from allegedly.errors import ResourceError
from allegedly.web.charts.coastline import DIGEST, SHIPPED, WORLD, Box, load_coastline, outline


def test_the_coastline_is_small() -> None:
    """It stays within what was allowed for it."""
    assert SHIPPED.stat().st_size <= 250_000


def test_its_licence_names_its_digest() -> None:
    """The list of data speaks of these very bytes."""
    page = Path(__file__).parents[3] / "DATA_LICENSES.md"
    assert DIGEST in page.read_text("utf-8")


def test_it_holds_land_and_lakes_only() -> None:
    """There is no border to draw."""
    assert sorted(json.loads(SHIPPED.read_bytes())) == ["about", "lakes", "land", "units_per_degree"]


@pytest.mark.parametrize("content", [None, b"{}"])
def test_another_file_is_refused(content: bytes | None, tmp_path: Path) -> None:
    """A missing or changed coastline is an error that says what to do."""
    path = tmp_path / "coastline.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ResourceError, match="coastline") as caught:
        load_coastline(path)
    assert caught.value.hint == "reinstall allegedly"


def _signed(ring: list[list[float]]) -> float:
    x, y = np.array(ring).T
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())


@pytest.mark.parametrize("name", ["land", "lakes"])
@pytest.mark.parametrize("box", [WORLD, Box(22, 44, 41, 53), Box(170, -25, 190, -10)])
@pytest.mark.parametrize("detail", [0.01, 0.3, 2.0])
def test_rings_are_wound_for_d3(name: str, box: Box, detail: float) -> None:
    """Outer rings run clockwise at every detail, or d3 would paint all the world but them."""
    polygons = outline(name, box, detail)["geometry"]["coordinates"]
    assert all(_signed(rings[0]) < 0 < min(map(_signed, rings[1:]), default=1) for rings in polygons)
    assert all(ring[0] == ring[-1] for rings in polygons for ring in rings)


def test_less_detail_is_smaller() -> None:
    """A map of the world need not carry each bay."""
    fine, coarse = (len(json.dumps(outline("land", WORLD, detail))) for detail in (0.05, 0.5))
    assert coarse < fine / 2


def test_far_islands_are_left_out() -> None:
    """A frame carries what reaches into it."""
    near = outline("land", Box(22, 44, 41, 53), 0.02)["geometry"]["coordinates"]
    assert 0 < len(near) < len(load_coastline()["land"]) / 4
