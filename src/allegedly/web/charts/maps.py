"""
The map: incidents as circles of the radius within which their place lies.

Land and lakes, no countries and no borders. Nothing is shown as a point: what
would be smaller than a ring of a few pixels is drawn as that ring. Incidents of
one place and radius share a circle, filled as densely as their own translucent
ones would be, with their number. In dispute, its outline is dashed and the
number carries the sign ≠. What has no coordinates, or only those of a country,
is unplaced: :func:`unplaced` gives it for a list beside the map.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np

from allegedly.store.briefs import Brief
from allegedly.web.charts.bars import COLOURS
from allegedly.web.charts.base import Chart, Look, Margins, Spec, finish, named, shortened
from allegedly.web.charts.bins import DISPUTE, NO_DISPUTE
from allegedly.web.charts.coastline import outline
from allegedly.web.charts.frames import KM_PER_DEGREE, Frame, circle_around, frame_for, round_km
from allegedly.web.charts.key import Entry, key_layers, lay_out
from allegedly.web.charts.libraries import load_library
from allegedly.web.charts.names import SIZE, Named, name_places

LEAST_RADIUS: Final = 6  # CSS pixels
_CELL: Final = 4  # CSS pixels; less than a ring of 6 reaches from one corner of it to the other
_OPACITY: Final = 0.14  # of the circle of one incident
_DENSEST: Final = 0.7
_LONGEST_NAME: Final = 100  # CSS pixels; its numbers are never cut


@dataclass(frozen=True, slots=True)
class _Circle:
    """Incidents of one place, with one radius and form."""

    longitude: float
    latitude: float
    radius: float
    disputed: bool
    incidents: tuple[Brief, ...]

    @property
    def name(self) -> str:
        """The name of most of its incidents, and how many other names there are."""
        names = Counter(row.placename for row in self.incidents if row.placename)
        if not names:
            return ""
        first = min(names, key=lambda name: (-names[name], name))
        return first if len(names) == 1 else f"{first} +{len(names) - 1}"


def unplaced(rows: Iterable[Brief]) -> list[Brief]:
    """Give the incidents that cannot be on the map: no place, an unresolved one, or just a country."""
    return [row for row in rows if not _is_placed(row)]


def _is_placed(row: Brief) -> bool:
    return row.latitude is not None and row.longitude is not None and row.precision != "country"


def incident_map(rows: Iterable[Brief], look: Look | None = None) -> Chart:
    """
    Draw incidents on a map.

    Args:
        rows: Incidents in brief, in any order.
        look: Width and theme.
    """
    look = look or Look()
    given = list(rows)
    circles = list(_circles(given))
    placed = sum(len(circle.incidents) for circle in circles)
    key = lay_out(_entries(look), look, room=look.width)
    height = round(look.width * (0.95 if look.narrow else 0.6))
    frame = frame_for([(c.longitude, c.latitude, c.radius) for c in circles], look.width, height)
    height = frame.height
    marks = _shared(circles, frame)
    disputed = sum(len(circle.incidents) for circle in circles if circle.disputed)
    chart = Chart(
        title="Where the incidents are said to have happened",
        description=f"{placed:,} incidents at {len({(c.longitude, c.latitude) for c in circles}):,} places; "
        f"{disputed:,} in dispute; {len(given) - placed:,} without a place that can be drawn.",
        spec={}, width=look.width, height=height + key.height,
        notes=(
            f"a circle is as large as its place is uncertain, but no smaller than a ring of {2 * LEAST_RADIUS} pixels",
            "rings that would cover one another are drawn as one",
            *([f"{len(given) - placed:,} not on the map"] if placed < len(given) else []),
        ),
    )  # fmt: skip
    named = _named(marks, frame)
    detail = 0.6 * frame.km_per_pixel / KM_PER_DEGREE
    made = finish(
        _frame(look.frame), chart, look, Margins(left=0, right=0, top=key.height, bottom=0),
        land=[outline("land", frame.box, detail)], lakes=[outline("lakes", frame.box, detail)], key=key.rows,
        bar=_scale_bar(frame, height), names=name_places(named, look.width, height - 30), **_marks(marks, frame),
    )  # fmt: skip
    made.spec["projection"] = frame.projection
    return made


def _circles(rows: Iterable[Brief]) -> Iterator[_Circle]:
    """Group incidents by circle, the largest circles first, so that small ones lie on top."""
    found: dict[tuple[float, float, float, bool], list[Brief]] = defaultdict(list)
    for row in filter(_is_placed, rows):
        place = (row.longitude or 0.0, row.latitude or 0.0, row.radius or 0.0)
        found[*place, row.conflicts > 0].append(row)
    for circle in sorted(found, key=lambda item: (-item[2], item)):
        yield _Circle(*circle, tuple(sorted(found[circle], key=lambda row: row.id)))


def _shared(circles: Sequence[_Circle], frame: Frame) -> list[_Circle]:
    """
    Let small circles share a ring where theirs would lie on one another.

    The ring stands where most of their incidents are, and covers the others' places too.
    """
    large = [circle for circle in circles if circle.radius / frame.km_per_pixel >= LEAST_RADIUS]
    small = [circle for circle in circles if circle.radius / frame.km_per_pixel < LEAST_RADIUS]
    where = frame.pixels(np.array([c.longitude for c in small]), np.array([c.latitude for c in small]))
    cells: dict[tuple[int, int], list[_Circle]] = defaultdict(list)
    for circle, (x, y) in zip(small, where.tolist(), strict=True):
        cells[int(x // _CELL), int(y // _CELL)].append(circle)
    for cell in sorted(cells):
        here = cells[cell]
        top = max(here, key=lambda circle: (len(circle.incidents), circle.longitude, circle.latitude))
        for disputed in (False, True):
            rows = tuple(row for circle in here if circle.disputed == disputed for row in circle.incidents)
            if rows:
                radius = max(circle.radius for circle in here)
                large.append(_Circle(top.longitude, top.latitude, radius, disputed, rows))
    return large


def _marks(circles: Sequence[_Circle], frame: Frame) -> dict[str, list[dict[str, Any]]]:
    marks: dict[str, list[dict[str, Any]]] = {"areas": [], "rings": []}
    for circle in circles:
        row = _row(circle)
        if circle.radius / frame.km_per_pixel < LEAST_RADIUS:
            marks["rings"].append(row)
            continue
        ring = circle_around(circle.longitude, circle.latitude, circle.radius)
        marks["areas"].append(row | {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}})
    return marks


def _row(circle: _Circle) -> dict[str, Any]:
    number = len(circle.incidents)
    form = DISPUTE if circle.disputed else NO_DISPUTE
    return {
        "longitude": circle.longitude, "latitude": circle.latitude, "radius": circle.radius, "form": form,
        "width": 2.2 if circle.disputed else 1.4,
        "place": circle.name, "number": number, "ids": [row.id for row in circle.incidents[:50]],
        "density": round(min(1 - (1 - _OPACITY) ** number, _DENSEST), 3),
    }  # fmt: skip


def _named(circles: Sequence[_Circle], frame: Frame) -> list[Named]:
    """Give each place its words, the places with most incidents first."""
    places: dict[tuple[float, float], list[_Circle]] = defaultdict(list)
    for circle in circles:
        places[circle.longitude, circle.latitude].append(circle)
    found = []
    for place, here in places.items():
        number = sum(len(circle.incidents) for circle in here)
        disputed = sum(len(circle.incidents) for circle in here if circle.disputed)
        name = shortened(max(here, key=lambda circle: len(circle.incidents)).name, _LONGEST_NAME, SIZE)
        many = f"{number:,}" if number > 1 else ""
        sign = "" if not disputed else f"(≠ {disputed:,})" if disputed < number else "≠"
        if not name and not many:
            continue
        words = " ".join(filter(None, (f"{name}:" if name and many else name, many, sign)))
        x, y = frame.pixels(np.array(place[0]), np.array(place[1])).tolist()
        radius = max(max(circle.radius for circle in here) / frame.km_per_pixel, LEAST_RADIUS)
        found.append(Named(words, x, y, radius, number))
    return sorted(found, key=lambda named: (-named.weight, named.words, named.x))


def _entries(look: Look) -> list[Entry]:
    return [
        Entry(label=NO_DISPUTE, shape="circle", stroke=COLOURS[0], fill=look.land),
        Entry(label=f"≠ {DISPUTE}", shape="circle", stroke=COLOURS[1], fill=look.land, dashed=True),
    ]


def _scale_bar(frame: Frame, height: int) -> list[dict[str, Any]]:
    """Give the scale bar; none for the world, where it would hold in the middle only."""
    if frame.is_world:
        return []
    length = round_km(140 * frame.km_per_pixel)
    return [{"x": 14, "x2": round(14 + length / frame.km_per_pixel, 1), "y": height - 16, "words": f"{length:,} km"}]


@cache
def _frame(look: Look) -> Spec:
    alt = load_library("altair")

    forms = [NO_DISPUTE, DISPUTE]
    colours = alt.Scale(domain=forms, range=COLOURS)
    told = [
        alt.Tooltip(f"{name}:{kind}", title=title)
        for name, kind, title in (
            ("place", "N", "place"), ("number", "Q", "incidents"), ("form", "N", "points"),
            ("radius", "Q", "radius, km")
        )
    ]  # fmt: skip
    shared = {
        "stroke": alt.Stroke("form:N", scale=colours, legend=None),
        "fill": alt.Fill("form:N", scale=colours, legend=None),
        "strokeDash": alt.StrokeDash("form:N", scale=alt.Scale(domain=forms, range=[[1, 0], [4, 4]]), legend=None),
        "strokeWidth": alt.StrokeWidth("width:Q", scale=None),
        "fillOpacity": alt.FillOpacity("density:Q", scale=None),
        "tooltip": told,
        "description": "place:N",
    }
    pixel = {name: getattr(alt, name.upper())(f"{name}:Q", scale=None, axis=None) for name in "xy"}
    text = {"align": "left", "baseline": "middle", "aria": False, "fontSize": 11}
    layers = [
        named(alt, "land").mark_geoshape(fill=look.land, stroke=look.line, strokeWidth=0.6, aria=False),
        named(alt, "lakes").mark_geoshape(fill=look.paper, stroke=look.line, strokeWidth=0.6, aria=False),
        named(alt, "areas").mark_geoshape().encode(**shared),
        named(alt, "rings")
        .mark_point(shape="circle", size=(2 * LEAST_RADIUS) ** 2, opacity=1)
        .encode(longitude="longitude:Q", latitude="latitude:Q", **shared),
        named(alt, "names")
        .mark_text(**text, stroke=look.paper, strokeWidth=3, strokeJoin="round", color=look.paper)
        .encode(**pixel, text="words:N"),
        named(alt, "names").mark_text(**text, color=look.ink).encode(**pixel, text="words:N"),
        named(alt, "bar").mark_rule(color=look.quiet, strokeWidth=2, aria=False).encode(**pixel, x2="x2:Q"),
        named(alt, "bar").mark_text(**text, color=look.quiet, dy=-10).encode(**pixel, text="words:N"),
        *key_layers(alt, look),
    ]
    frame: Spec = alt.layer(*layers).to_dict()
    return frame
