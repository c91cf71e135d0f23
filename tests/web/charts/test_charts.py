"""What holds for every chart: valid, self-contained, described, the same again, harmless."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import altair as alt
import pytest
import vl_convert

from allegedly.web.charts.base import Chart, Look
from allegedly.web.charts.maps import incident_map
from allegedly.web.charts.svg import VEGA_LITE, to_svg
from allegedly.web.charts.timeline import timeline
from tests.web.charts.conftest import HOSTILE, made_charts
from tests.web.charts.made import brief

NAMES = ("bars", "counts", "region", "world", "network", "figures", "scores", "calibration")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", NAMES)
def test_specs_are_valid(charts: dict[str, Chart], name: str) -> None:
    """Altair's schema of Vega-Lite accepts the finished spec."""
    assert alt.LayerChart.from_dict(charts[name].spec, validate=True).description == charts[name].spec["description"]


@pytest.mark.parametrize("name", NAMES)
def test_specs_compile_without_warnings(charts: dict[str, Chart], name: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Vega-Lite has nothing to say about them."""
    vl_convert.vegalite_to_vega(charts[name].spec, vl_version=VEGA_LITE, show_warnings=True)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", NAMES)
def test_specs_are_json(charts: dict[str, Chart], name: str) -> None:
    """What a page sends is what was made."""
    spec = charts[name].spec
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


@pytest.mark.parametrize("name", NAMES)
def test_svg_is_clean(charts: dict[str, Chart], name: str) -> None:
    """No script, no inline style, no handler, no address but those of name spaces."""
    root = ET.fromstring(to_svg(charts[name]))  # noqa: S314  # our own
    tags = {element.tag for element in root.iter()}
    attributes = {attribute for element in root.iter() for attribute in element.attrib}
    assert tags <= {
        SVG + tag for tag in ("svg", "title", "desc", "g", "path", "line", "rect", "text", "tspan", "defs", "clipPath")
    }
    assert not any(
        attribute == "style" or attribute.startswith("on") or "href" in attribute for attribute in attributes
    )


@pytest.mark.parametrize("name", NAMES)
def test_svg_is_described(charts: dict[str, Chart], name: str) -> None:
    """Title and description come first, for those who do not see it."""
    chart = charts[name]
    root = ET.fromstring(to_svg(chart))  # noqa: S314  # our own
    assert [(child.tag, child.text) for child in root][:2] == [
        (f"{SVG}title", chart.title),
        (f"{SVG}desc", chart.description),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_svg_fits_the_page(charts: dict[str, Chart], name: str) -> None:
    """It scales with the page and has the proportions that the chart states."""
    root = ET.fromstring(to_svg(charts[name]))  # noqa: S314  # our own
    assert root.get("viewBox") == f"0 0 {charts[name].width} {charts[name].height}"
    assert root.get("width") is None


@pytest.mark.parametrize("name", NAMES)
def test_the_same_rows_give_the_same_bytes(charts: dict[str, Chart], name: str) -> None:
    """Drawn twice, a chart is the same."""
    assert to_svg(charts[name]) == to_svg(charts[name])


@pytest.mark.parametrize("name", ["network", "figures", "scores"])
def test_hostile_names_stay_text(charts: dict[str, Chart], name: str) -> None:
    """Markup in a name is shown, not run."""
    drawn = to_svg(charts[name])
    assert "<script" not in drawn
    assert "&lt;script" in drawn
    assert HOSTILE in (charts[name].description)


@pytest.mark.parametrize("draw", [incident_map, timeline])
def test_names_of_places_stay_text(draw: Callable[..., Chart]) -> None:
    """The same for a map and a timeline."""
    drawn = to_svg(draw([brief(1, placename=HOSTILE)], Look(1200)))
    assert ("<script" in drawn, "&lt;script" in drawn) == (False, True)


@pytest.mark.slow
def test_another_process_gives_the_same_bytes() -> None:
    """Neither hash seeds nor counters of the process show."""
    code = (
        "from hashlib import sha256; from allegedly.web.charts.base import Look\n"
        "from allegedly.web.charts.svg import to_svg; from tests.web.charts.conftest import made_charts\n"
        "print(sha256(''.join(to_svg(c) for c in made_charts(Look(500)).values()).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(found) == 1


@pytest.mark.parametrize("width", [280, 400, 1600])
def test_nothing_is_drawn_outside(width: int) -> None:
    """At every width, text begins and ends within the picture, by our estimate of its width."""
    for name, chart in made_charts(Look(width)).items():
        for element, right, down in _texts(ET.fromstring(to_svg(chart))):  # noqa: S314  # our own
            assert 0 <= down <= chart.height + 1, (name, element.text)
            assert -2 <= right <= chart.width + 2, (name, element.text)


def _texts(element: ET.Element, right: float = 0.0, down: float = 0.0) -> Any:
    """Go through texts with the point they are set at."""
    moved = element.get("transform", "")
    if moved.startswith("translate("):
        x, y = moved[len("translate(") :].split(")", 1)[0].split(",")
        right, down = right + float(x), down + float(y)
    if element.tag == f"{SVG}text" and element.text:
        yield element, right, down
    for child in element:
        yield from _texts(child, right, down)
