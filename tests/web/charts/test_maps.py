"""The map: frames, circles true to scale, nothing that is not placed."""

from __future__ import annotations

import time
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.records.place import great_circle_km
from allegedly.store.briefs import Brief
from allegedly.web.charts.base import Look
from allegedly.web.charts.coastline import WORLD
from allegedly.web.charts.frames import circle_around, frame_for, round_km
from allegedly.web.charts.maps import LEAST_RADIUS, incident_map, unplaced
from allegedly.web.charts.names import Named, name_places
from allegedly.web.charts.svg import to_svg
from tests.web.charts.made import brief, briefs

LATITUDES = st.floats(-80, 80)
LONGITUDES = st.floats(-180, 180)


@given(LONGITUDES, LATITUDES, st.floats(1, 800))
def test_circles_have_their_radius(longitude: float, latitude: float, radius: float) -> None:
    """Every corner is as many km from the middle as the place is uncertain."""
    ring = circle_around(longitude, latitude, radius)
    found = [great_circle_km(latitude, longitude, north, east) for east, north in ring]
    assert found == pytest.approx([radius] * len(ring), rel=0.02)


@given(st.lists(st.tuples(LONGITUDES, LATITUDES, st.floats(0, 300)), min_size=1, max_size=8))
def test_frames_show_every_circle(circles: list[tuple[float, float, float]]) -> None:
    """No middle of a circle lies outside the picture, wherever on earth."""
    frame = frame_for(circles, 700, 420)
    longitudes, latitudes, _ = np.array(circles).T
    if frame.is_world:
        latitudes = np.clip(latitudes, -55, 80)
    x, y = frame.pixels(longitudes, latitudes).T
    assert ((x >= -1) & (x <= 701) & (y >= -1) & (y <= frame.height + 1)).all()


def test_frames_know_the_date_line() -> None:
    """Places on both sides of it are near each other."""
    frame = frame_for([(179.0, -17.0, 5.0), (-179.0, -18.0, 5.0)], 700, 420)
    assert not frame.is_world
    assert frame.km_per_pixel < 1


def test_a_frame_of_one_town_shows_its_surroundings() -> None:
    """A frame is no narrower than a coast to know it by."""
    assert frame_for([(30.0, 50.0, 1.0)], 700, 420).km_per_pixel * 420 >= 300


def test_no_circle_gives_the_world() -> None:
    """An empty map is one of the world."""
    assert frame_for([], 700, 420).box == WORLD


def _drawn(chart_svg: str, colour: str) -> list[ET.Element]:
    root = ET.fromstring(chart_svg)  # noqa: S314  # our own
    return [element for element in root.iter() if element.get("stroke") == colour and element.get("fill-opacity")]


def test_circles_are_drawn_to_scale() -> None:
    """A region of 60 km is drawn as wide as the scale bar says that it is."""
    chart = incident_map([brief(1, radius=60.0), brief(2, latitude=47.0, longitude=31.0)])
    (bar,) = chart.spec["datasets"]["bar"]
    pixels_per_km = (bar["x2"] - bar["x"]) / float(bar["words"].split()[0].replace(",", ""))
    (area,) = _drawn(to_svg(chart), "#3D8FC7")[:1]
    numbers = [
        float(number) for number in area.get("d", "").replace("M", "").replace("Z", "").replace("L", ",").split(",")
    ]
    assert np.ptp(numbers[::2]) == pytest.approx(120 * pixels_per_km, rel=0.02)


def test_nothing_is_smaller_than_a_ring() -> None:
    """A place that is known to the metre is a ring, not a point."""
    chart = incident_map([brief(1, radius=0.01)])
    assert chart.spec["datasets"]["areas"] == []
    assert LEAST_RADIUS >= 5
    assert [row["number"] for row in chart.spec["datasets"]["rings"]] == [1]


@pytest.mark.parametrize(
    "changes",
    [{"latitude": None, "longitude": None, "placename": None}, {"precision": "country"}],
    ids=["nowhere", "a country"],
)
def test_what_has_no_place_is_listed(changes: dict[str, None]) -> None:
    """No coordinates, or those of a country, put nothing on the map."""
    rows = [brief(1), brief(2, **changes)]
    assert unplaced(rows) == rows[1:]
    assert incident_map(rows).notes[-1] == "1 not on the map"


@pytest.mark.parametrize("world", [False, True])
def test_every_incident_is_in_a_circle(world: bool) -> None:  # noqa: FBT001  # a parameter of pytest
    """Circles that are shared count all that share them."""
    rows = briefs(300, world=world)
    data = incident_map(rows).spec["datasets"]
    assert sum(row["number"] for row in (*data["areas"], *data["rings"])) == len(rows)


def test_disputes_have_a_circle_of_their_own() -> None:
    """At one place, those in dispute are drawn apart, dashed."""
    rows = [brief(1), brief(2, conflicts=1), brief(3, conflicts=2)]
    chart = incident_map(rows)
    assert [(row["form"], row["number"]) for row in chart.spec["datasets"]["rings"]] == [
        ("no dispute found", 1),
        ("in dispute", 2),
    ]
    assert [ring.get("stroke-dasharray") for ring in _drawn(to_svg(chart), "#EE3377")] == ["4,4"]
    assert [row["words"] for row in chart.spec["datasets"]["names"]] == ["Karveli: 3 (≠ 2)"]


def test_numbers_are_never_cut() -> None:
    """A long name gives way to its numbers."""
    rows = [brief(number, placename="Karveli-on-the-Long-River near Dremlin", conflicts=1) for number in range(12)]
    (words,) = [row["words"] for row in incident_map(rows).spec["datasets"]["names"]]
    assert words.startswith("Karveli-on")
    assert words.endswith("…: 12 ≠")


def test_more_incidents_are_denser() -> None:
    """A circle is filled as the translucent circles of its incidents would fill it."""
    one, many = (incident_map([brief(number) for number in range(count)]) for count in (1, 3))
    densities = [chart.spec["datasets"]["rings"][0]["density"] for chart in (one, many)]
    assert densities == [0.14, round(1 - 0.86**3, 3)]


def test_no_borders_are_drawn() -> None:
    """Land, lakes and circles are all there is."""
    assert set(incident_map(briefs(3)).spec["datasets"]) == {"land", "lakes", "areas", "rings", "names", "bar", "key"}


def test_order_of_incidents_changes_nothing() -> None:
    """The same incidents in another order give the same map."""
    rows = briefs(80)
    assert incident_map(rows).spec == incident_map(reversed(rows)).spec


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 300)), max_size=30))
def test_names_do_not_overlap(points: list[tuple[float, float]]) -> None:
    """Two names never share a pixel line where they meet sideways."""
    rows = name_places([Named("Karveli 12", x, y, 6, 1) for x, y in points], 500, 300)
    width = max((len(row["words"]) * 0.58 * 11 for row in rows), default=0)
    pairs = [(one, other) for index, one in enumerate(rows) for other in rows[:index]]
    assert not [1 for a, b in pairs if abs(a["x"] - b["x"]) < width - 0.2 and abs(a["y"] - b["y"]) < 13.8]


@pytest.mark.parametrize(("most", "expected"), [(0.5, 1), (7, 5), (140, 100), (2600, 2000)])
def test_scale_bars_are_round(most: float, expected: int) -> None:
    """One, two or five, and noughts."""
    assert round_km(most) == expected


def _five_thousand() -> list[Brief]:
    return briefs(5_000, world=True)


@pytest.mark.slow
def test_five_thousand_incidents_are_quick() -> None:
    """A map of five thousand places is drawn in seconds even on a busy machine."""
    rows = _five_thousand()
    to_svg(incident_map(rows[:3], Look(900)))  # the engine is warm in a server
    begin = time.perf_counter()
    drawn = to_svg(incident_map(rows, Look(900)))
    assert time.perf_counter() - begin < 15
    assert len(drawn) < 3_000_000
