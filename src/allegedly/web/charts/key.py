"""
The key above a chart: what its forms mean, laid out here so that nothing is cut at any width.

Vega's own legends cannot show some of our forms, and set two legends side by
side however wide the letters of the reader's own font are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

from allegedly.web.charts.base import Look, named, text_width

ROW: Final = 20  # CSS pixels
_SIGN: Final = 20  # from the middle of a sign to where the next thing may stand, CSS pixels
_GAP: Final = 18  # CSS pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    A form and what it means.

    Args:
        label: What it means.
        shape: A symbol of Vega.
        stroke: Colour of its outline.
        fill: Colour of its inside; the background's where hollow.
        dashed: Whether the outline is dashed.
    """

    label: str
    stroke: str
    fill: str
    shape: str = "square"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """
    A key that is laid out.

    Args:
        rows: One for each entry, for the data named `key`.
        height: Unit: CSS pixels.
    """

    rows: list[dict[str, Any]]
    height: int


def lay_out(entries: Sequence[Entry], look: Look, *, room: float) -> Key:
    """
    Set entries from left to right, in as many lines as they need.

    Args:
        entries: What to explain.
        look: Theme.
        room: Width to stay within. Unit: CSS pixels.
    """
    placed = []
    x, line = 0.0, 0
    for entry in entries:
        width = _SIGN + text_width(entry.label) + _GAP
        if x and x + width - _GAP > room:
            x, line = 0.0, line + 1
        placed.append((entry, x, line))
        x += width
    height = (line + 1) * ROW + 8
    rows = [
        {
            "x": round(x + 7, 1), "y": line * ROW + 10 - height, "text_x": round(x + _SIGN, 1), "label": entry.label,
            "shape": entry.shape, "stroke": entry.stroke, "fill": entry.fill or look.paper,
            "dash": [2, 2] if entry.dashed else [1, 0],
        }
        for entry, x, line in placed
    ]  # fmt: skip
    return Key(rows, height)


def key_layers(alt: ModuleType, look: Look) -> list[Any]:
    """Give the layers that draw the data named `key`, in pixels from the corner of the plot."""
    base = named(alt, "key")
    at = {"x": alt.X("x:Q", scale=None, axis=None), "y": alt.Y("y:Q", scale=None, axis=None)}
    sign = base.mark_point(size=90, strokeWidth=2, opacity=1, aria=False).encode(
        **at,
        shape=alt.Shape("shape:N", scale=None),
        stroke=alt.Stroke("stroke:N", scale=None),
        fill=alt.Fill("fill:N", scale=None),
        strokeDash=alt.StrokeDash("dash:N", scale=None),
    )
    words = base.mark_text(align="left", baseline="middle", color=look.ink, aria=False).encode(
        x=alt.X("text_x:Q", scale=None, axis=None), y=at["y"], text="label:N"
    )
    return [sign, words]
