"""The builder of the coastline, on squares, and the file that ships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from allegedly.web.charts.coastline import DIGEST, SHIPPED
from training.coastline import build, main
from training.corpora import digest


def _square(west: float, south: float, side: float, *holes: Any) -> dict[str, Any]:
    ring = [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    return {"geometry": {"type": "Polygon", "coordinates": [ring, *holes]}, "properties": {}}


def test_rings_are_steps_of_hundredths_run_clockwise() -> None:
    """A ring begins with its first point and goes on in steps; the closing point is left out."""
    made = json.loads(build({"land": [_square(10.0, 20.0, 1.0)], "lakes": []}))
    (ring,) = made["land"][0]
    x, y = sum(ring[0::2]), sum(ring[1::2])
    assert (len(ring), ring[:2]) == (8, [1000, 2000])
    assert ring[2:4] == [0, 100]
    assert (x, y) == (1100, 2000)


def test_specks_are_left_out() -> None:
    """What no map of ours can show is not shipped."""
    made = json.loads(build({"land": [_square(10.0, 20.0, 0.01)], "lakes": [_square(0.0, 0.0, 0.1)]}))
    assert (made["land"], made["lakes"]) == ([], [])


def test_the_order_of_features_does_not_matter() -> None:
    """The same features give the same bytes."""
    features = [_square(10.0, 20.0, 1.0), _square(30.0, 5.0, 2.0)]
    assert build({"land": features, "lakes": []}) == build({"land": features[::-1], "lakes": []})


def test_what_ships_has_its_digest() -> None:
    """The loader and the file agree."""
    assert digest(SHIPPED) == DIGEST


@pytest.mark.corpora
def test_the_script_gives_what_ships(tmp_path: Path) -> None:
    """`make coastline` changes nothing."""
    file = tmp_path / "coastline.json"
    assert main([str(file)]) == 0
    assert file.read_bytes() == SHIPPED.read_bytes()
