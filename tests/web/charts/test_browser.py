"""The charts in a real browser, under a policy without `unsafe-eval` and without inline style."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.browsing import chromium, looking
from tests.web.charts.pages import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the page is."""
    with served() as place:
        yield place


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The browser, started once."""
    with chromium() as made:
        yield made


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """An empty page."""
    with looking(browser, viewport={"width": 900, "height": 700}) as made:
        yield made


def test_a_picture_becomes_a_chart_without_breaking_the_policy(page: Any, address: str) -> None:
    """Vega draws with its interpreter, and nothing is blocked."""
    page.goto(address)
    page.wait_for_selector("figure[data-drawn] svg.marks", timeout=30_000)
    assert page.get_attribute("html", "data-violations") is None
    assert page.query_selector("figure img") is None


def test_a_chart_takes_the_place_of_its_picture(page: Any, address: str) -> None:
    """What stands below does not jump when the chart arrives."""
    page.goto(address)
    page.wait_for_selector("figure[data-drawn] svg.marks", timeout=30_000)
    box = page.query_selector("figure .chart").bounding_box()
    assert (box["width"] >= 640, abs(page.query_selector("p").bounding_box()["y"] - box["y"] - box["height"]) < 40) == (
        True,
        True,
    )


def test_a_brush_sets_the_days_in_the_address(page: Any, address: str) -> None:
    """Dragging along the axis sets `first` and `last` and tells the page."""
    page.goto(address)
    page.wait_for_selector("figure[data-drawn] svg.marks", timeout=30_000)
    box = page.query_selector("figure svg.marks").bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 400, box["y"] + 220, steps=6)
    page.mouse.up()
    page.wait_for_selector("html[data-brush]", timeout=10_000)
    told = json.loads(page.get_attribute("html", "data-brush"))
    assert told["first"] < told["last"]
    assert f"first={told['first']}&last={told['last']}" in page.url
    assert page.get_attribute("html", "data-violations") is None


def test_a_tooltip_needs_no_style_of_its_own(page: Any, address: str) -> None:
    """The tooltip of a mark appears, styled by our file."""
    page.goto(address)
    page.wait_for_selector("figure[data-drawn] svg.marks", timeout=30_000)
    page.hover("figure path[aria-roledescription='bar']")
    page.wait_for_selector("#vg-tooltip-element.visible", timeout=10_000)
    assert page.get_attribute("html", "data-violations") is None


def test_charts_follow_the_colour_scheme(page: Any, address: str) -> None:
    """Where the system is dark, the dark chart is asked for."""
    page.emulate_media(color_scheme="dark")
    page.goto(address)
    page.wait_for_selector("figure[data-drawn='dark']", timeout=30_000)


def test_pictures_stand_inline_too(page: Any, address: str) -> None:
    """SVG within a page breaks no policy against inline style."""
    page.goto(f"{address}/inline")
    page.wait_for_selector("svg[role=img]")
    assert page.get_attribute("html", "data-violations") is None


def test_without_the_bundle_the_picture_stays(page: Any, address: str) -> None:
    """A script that cannot be loaded costs the interaction, not the chart."""
    page.route("**/static/vega.js", lambda route: route.abort())
    warnings: list[str] = []
    page.on("console", lambda message: warnings.append(message.text))
    page.goto(address, wait_until="networkidle")
    assert page.query_selector("figure img") is not None
    assert any("stays a picture" in warning for warning in warnings)
