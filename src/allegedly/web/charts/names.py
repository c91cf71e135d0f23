"""
Names beside marks, as many as have room: the weightiest first, each at the first free side of its mark.

What finds no room keeps its tooltip and its place in the list beside the chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from allegedly.web.charts.base import shortened, text_width

SIZE: Final = 11  # of the letters, CSS pixels
_HEIGHT: Final = 14
_LONGEST: Final = 200  # CSS pixels
_SPARSE: Final = 11_000  # square CSS pixels of the chart for each name


class Named(NamedTuple):
    """
    A mark and the words for it. Unit: CSS pixels.

    Args:
        words: What to write.
        x: Middle of the mark.
        y: Middle of the mark.
        radius: Of the mark.
        weight: The larger, the sooner it is named.
    """

    words: str
    x: float
    y: float
    radius: float
    weight: int


class _Label(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Label) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def name_places(
    marks: Iterable[Named], width: int, height: int, *, obstacles: Iterable[Named] = ()
) -> list[dict[str, Any]]:
    """
    Choose names that overlap neither each other nor the edge.

    Args:
        marks: The weightiest first.
        width: Of the chart. Unit: CSS pixels.
        height: Of the chart. Unit: CSS pixels.
        obstacles: Marks that no name may cover.

    Returns:
        Rows `words`, `x` (left end) and `y` (middle).
    """
    most = width * height // _SPARSE
    taken = [_Label(o.x - o.radius, o.y - o.radius, o.x + o.radius, o.y + o.radius) for o in obstacles]
    rows: list[dict[str, Any]] = []
    for mark in marks:
        if len(rows) >= most:
            break
        words = shortened(mark.words, _LONGEST, SIZE)
        for label in _sides(mark, text_width(words, SIZE)):
            inside = label.left >= 2 and label.top >= 2 and label.right <= width - 2 and label.bottom <= height
            if inside and not any(map(label.meets, taken)):
                taken.append(label)
                rows.append({"words": words, "x": round(label.left, 1), "y": round((label.top + label.bottom) / 2, 1)})
                break
    return rows


def _sides(mark: Named, width: float) -> Iterator[_Label]:
    """Give where a label may stand: right, left, above, below."""
    away = mark.radius + 4
    for left, middle in (
        (mark.x + away, mark.y),
        (mark.x - away - width, mark.y),
        (mark.x - width / 2, mark.y - away - _HEIGHT / 2),
        (mark.x - width / 2, mark.y + away + _HEIGHT / 2),
    ):
        yield _Label(left, middle - _HEIGHT / 2, left + width, middle + _HEIGHT / 2)
