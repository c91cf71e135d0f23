"""
SVG on the server: drawn by vl-convert, cleaned, the same bytes for the same chart.

What comes out has no script, no style attribute and no reference to anything
outside, a ``viewBox`` in place of a fixed size, and title and description. It
may be served by itself as ``image/svg+xml`` for an ``<img>`` or stand inline in
a page whose policy forbids inline style. vl-convert runs one JavaScript engine
for the whole process: a lock keeps callers in a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from threading import Lock
from typing import Final
from xml.etree import ElementTree as ET

from allegedly.errors import ExportError
from allegedly.web.charts.base import Chart
from allegedly.web.charts.libraries import load_library

VEGA_LITE: Final = "6.4"
_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_FORBIDDEN: Final = frozenset(f"{{{_SVG}}}{name}" for name in ("script", "foreignObject", "style", "image", "use", "a"))
_UNUSED: Final = frozenset(("class", "role", "aria-roledescription", "aria-label", "aria-hidden", "pointer-events"))
ENGINE: Final = Lock()  # whoever calls vl-convert holds it


def to_svg(chart: Chart) -> str:
    """
    Draw a chart.

    Returns:
        One SVG element, as wide as the page lets it be.

    Raises:
        ExtraError: If vl-convert is not installed.
        ExportError: If the spec names an address, or cannot be drawn.
    """
    if _names_address(chart.spec):
        raise ExportError(f"the chart {chart.title!r} names an address; charts carry their rows themselves")
    engine = load_library("vl_convert")
    try:
        with ENGINE:
            drawn = engine.vegalite_to_svg(chart.spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    except ValueError as error:
        raise ExportError(f"the chart {chart.title!r} cannot be drawn: {error}") from error
    return _cleaned(drawn, chart)


def _names_address(part: object) -> bool:
    """Say whether a spec asks for data from elsewhere."""
    if isinstance(part, dict):
        return "url" in part or any(_names_address(value) for key, value in part.items() if key != "datasets")
    return isinstance(part, list) and any(map(_names_address, part))


def _cleaned(drawn: str, chart: Chart) -> str:
    root = ET.fromstring(drawn)  # noqa: S314  # our own renderer's output, in which row text is escaped
    _rename(root, sha256(chart.title.encode() + chart.description.encode()).hexdigest()[:8])
    for element in list(root.iter()):
        for child in list(element):
            if child.tag in _FORBIDDEN:
                element.remove(child)
        for name in [*_unwanted(element)]:
            del element.attrib[name]
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.attrib |= {"viewBox": f"0 0 {chart.width} {chart.height}", "role": "img"}
    for position, (name, words) in enumerate((("title", chart.title), ("desc", chart.description))):
        element = ET.Element(f"{{{_SVG}}}{name}")
        element.text = words
        root.insert(position, element)
    ET.register_namespace("", _SVG)
    return ET.tostring(root, encoding="unicode")


def _rename(root: ET.Element, prefix: str) -> None:
    """Number ids anew: vl-convert counts on from chart to chart, and several may stand in one page."""
    new: dict[str, str] = {}
    for element in root.iter():
        if "id" in element.attrib:
            element.attrib["id"] = new.setdefault(f"url(#{element.attrib['id']})", f"c{prefix}-{len(new)}")
    for element in root.iter():
        for name, value in element.attrib.items():
            if value in new:
                element.attrib[name] = f"url(#{new[value]})"


def _unwanted(element: ET.Element) -> Iterator[str]:
    """Name attributes that act, point elsewhere, need inline style, or are of no use in an image."""
    for name, value in element.attrib.items():
        outside = "url(" in value and "url(#" not in value
        if name in _UNUSED or name == "style" or name.startswith(("on", f"{{{_XLINK}}}")) or outside:
            yield name
