"""
The network: who accuses whom, and who cites whom.

Names stand around an oval in alphabetical order, clockwise from the top: a
layout that favours nobody, moves little when one joins, and leaves each name a
line of its own. Accusations are whole lines with filled heads, citations dashed
ones with open heads; both bend to the right of their direction, so that answers
do not cover one another, and inwards. The number of times stands on a line where it has room,
and makes it thicker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import atan2, degrees, hypot, log2, sqrt
from typing import Any, Final, Literal, get_args

from allegedly.web.charts.base import Chart, Look, Margins, Spec, finish, named, shortened, text_width
from allegedly.web.charts.colours import colour_of
from allegedly.web.charts.key import Entry, key_layers, lay_out
from allegedly.web.charts.libraries import load_library

TieKind = Literal["accuses", "cites"]
KINDS: Final[tuple[TieKind, ...]] = get_args(TieKind)
_LINE: Final = 30  # between names, CSS pixels
_NODE: Final = 7  # radius, CSS pixels
_BEND: Final = {"accuses": 0.14, "cites": 0.22}  # shares of the distance
_STEPS: Final = 14
_LEAST_APART: Final = 15.0  # between numbers, CSS pixels

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tie:
    """
    That one accuses or cites another.

    Args:
        kind: `accuses` or `cites`.
        giver: Id of the one who does.
        receiver: Id of the one to whom it is done.
        number: How many times.
    """

    kind: TieKind
    giver: str
    receiver: str
    number: int = 1


def network(ties: Iterable[Tie], names: Mapping[str, str], look: Look | None = None, *, most: int = 24) -> Chart:
    """
    Draw who accuses and who cites whom.

    Args:
        ties: In any order; equal ones are added up, those of one to itself left out.
        names: How each id is named, verbatim; an id without a name stands for itself.
        look: Width and theme.
        most: How many are shown; those with most ties.
    """
    look = look or Look()
    numbers: Counter[tuple[TieKind, str, str]] = Counter()
    for tie in ties:
        if tie.giver != tie.receiver:
            numbers[tie.kind, tie.giver, tie.receiver] += tie.number
    shown = _shown(numbers, names, most)
    kept = {tie: number for tie, number in sorted(numbers.items()) if tie[1] in shown and tie[2] in shown}
    key = lay_out(_entries(look), look, room=look.width - 20)
    height = max(_LINE * ((len(shown) + 1) // 2 + 1), 120)
    places = _oval(shown, names, look, height)
    total = len({id_ for _, giver, receiver in numbers for id_ in (giver, receiver)})
    chart = Chart(
        title="Who accuses and who cites whom",
        description=" ".join(_in_words(kept, names)) or "Nobody accuses or cites anybody.",
        spec={}, width=look.width, height=height + key.height,
        notes=(f"the {len(shown):,} of {total:,} with most ties",) if total > len(shown) else (),
    )  # fmt: skip
    lines, heads, labels = _ties(kept, places, names, (look.width / 2, height / 2))
    return finish(
        _frame(look.frame), chart, look, Margins(left=0, right=0, top=key.height, bottom=0), key=key.rows, lines=lines,
        heads=heads, numbers=labels, nodes=_nodes(places, names, look),
    )  # fmt: skip


def _shown(numbers: Mapping[tuple[TieKind, str, str], int], names: Mapping[str, str], most: int) -> list[str]:
    """Give the ids with most ties, in order of their names."""
    weight: Counter[str] = Counter()
    for (_, giver, receiver), number in numbers.items():
        weight[giver] += number
        weight[receiver] += number
    chosen = sorted(weight, key=lambda id_: (-weight[id_], id_))[:most]
    return sorted(chosen, key=lambda id_: (names.get(id_, id_).casefold(), id_))


def _in_words(kept: Mapping[tuple[TieKind, str, str], int], names: Mapping[str, str]) -> list[str]:
    order = sorted(kept, key=lambda tie: (tie[0], names.get(tie[1], tie[1]), names.get(tie[2], tie[2])))
    return [
        f"{names.get(giver, giver)} {kind} {names.get(receiver, receiver)}: {kept[kind, giver, receiver]:,}."
        for kind, giver, receiver in order
    ]


def _oval(shown: Sequence[str], names: Mapping[str, str], look: Look, height: int) -> dict[str, Point]:
    """Set ids around an oval, at equal heights on both sides, so that no two names share a line."""
    room = max((text_width(names.get(id_, id_)) for id_ in shown), default=0) + 2 * _NODE + 10
    room = min(room, look.width * 0.34)
    half = (look.width - 2 * room) / 2
    right = (len(shown) + 1) // 2
    places = {}
    for position, id_ in enumerate(shown):
        is_right = position < right
        count = right if is_right else len(shown) - right
        line = position if is_right else count - 1 - (position - right)
        at = (line + 0.5) / count
        bulge = 0.6 + 0.4 * sqrt(max(1 - (2 * at - 1) ** 2, 0.0))
        x = look.width / 2 + (half * bulge if is_right else -half * bulge)
        places[id_] = (round(x, 1), round(at * (height - 10) + 5, 1))
    return places


def _nodes(places: Mapping[str, Point], names: Mapping[str, str], look: Look) -> list[dict[str, Any]]:
    rows = []
    for id_, (x, y) in places.items():
        is_right = x >= look.width / 2
        room = (look.width - x if is_right else x) - _NODE - 8
        rows.append({
            "x": x, "y": y, "name": names.get(id_, id_), "label": shortened(names.get(id_, id_), room),
            "text_x": x + (_NODE + 4) * (1 if is_right else -1), "align": "left" if is_right else "right",
            "colour": colour_of(id_),
        })  # fmt: skip
    return rows


def _ties(
    kept: Mapping[tuple[TieKind, str, str], int], places: Mapping[str, Point], names: Mapping[str, str], inner: Point
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Give the points of the lines, the heads, and the numbers where they have room."""
    lines: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    for position, ((kind, giver, receiver), number) in enumerate(kept.items()):
        curve = _curve(places[giver], places[receiver], _BEND[kind], inner)
        shared = {
            "tie": position, "kind": kind, "number": number, "width": round(1 + min(log2(number), 5) * 0.5, 2),
            "words": f"{names.get(giver, giver)} {kind} {names.get(receiver, receiver)}",
        }  # fmt: skip
        lines += [shared | {"step": step, "x": x, "y": y} for step, (x, y) in enumerate(curve)]
        (from_x, from_y), (x, y) = curve[-2:]
        angle = round(degrees(atan2(y - from_y, x - from_x)) + 90, 1)
        heads.append(shared | {"x": x, "y": y, "angle": angle})
        free = next((at for at in _middles(curve) if _is_free(at, labels)), None)
        if number > 1 and free:
            labels.append({"x": free[0], "y": free[1], "words": f"{number:,}"})
    return lines, heads, labels


def _curve(start: Point, end: Point, bend: float, inner: Point) -> list[Point]:
    """
    Give a quadratic curve that ends at the edge of the receiver.

    It bends to the right of its direction and towards the middle of the oval: strongly where both are on one side, so
    that it does not run through those between them.
    """
    (x, y), (to_x, to_y) = start, end
    same_side = (x < inner[0]) == (to_x < inner[0])
    pull_x = (0.3 + abs(to_y - y) / (2 * inner[1])) if same_side else 0.0
    pull_y = 0.0 if same_side else 0.3
    bend = bend if same_side else bend / 2
    middle_x, middle_y = (x + to_x) / 2, (y + to_y) / 2
    middle = (
        middle_x + (inner[0] - middle_x) * pull_x - (to_y - y) * bend,
        middle_y + (inner[1] - middle_y) * pull_y + (to_x - x) * bend,
    )
    length = max(hypot(to_x - middle[0], to_y - middle[1]), 1.0)
    cut = (_NODE + 5) / length
    to_x, to_y = to_x - (to_x - middle[0]) * cut, to_y - (to_y - middle[1]) * cut
    points = []
    for step in range(_STEPS + 1):
        t = step / _STEPS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        points.append((round(a * x + b * middle[0] + c * to_x, 1), round(a * y + b * middle[1] + c * to_y, 1)))
    return points


def _middles(curve: Sequence[Point]) -> list[Point]:
    half = len(curve) // 2
    return [curve[half + shift] for shift in (0, -2, 2, -3, 3)]


def _is_free(at: Point, labels: Iterable[Mapping[str, Any]]) -> bool:
    return all(hypot(at[0] - label["x"], at[1] - label["y"]) >= _LEAST_APART for label in labels)


def _entries(look: Look) -> list[Entry]:
    return [
        Entry(label="accuses", shape="triangle-right", stroke=look.ink, fill=look.ink),
        Entry(label="cites (dashed line)", shape="triangle-right", stroke=look.quiet, fill=look.paper),
    ]


@cache
def _frame(look: Look) -> Spec:
    alt = load_library("altair")

    pixel = {name: getattr(alt, name.upper())(f"{name}:Q", scale=None, axis=None) for name in "xy"}
    pixel["y"] = alt.Y("y:Q", scale=None, axis=None)
    colours = alt.Scale(domain=list(KINDS), range=[look.ink, look.quiet])
    told = [alt.Tooltip("words:N", title="who"), alt.Tooltip("number:Q", title="times")]
    text = {"baseline": "middle", "aria": False}
    layers = [
        named(alt, "lines").mark_line(opacity=0.75, interpolate="basis").encode(
            **pixel, detail="tie:N", order="step:Q", strokeWidth=alt.StrokeWidth("width:Q", scale=None), tooltip=told,
            strokeDash=alt.StrokeDash(
                "kind:N", scale=alt.Scale(domain=list(KINDS), range=[[1, 0], [5, 4]]),
                legend=None,
            ),
            stroke=alt.Stroke("kind:N", scale=colours, legend=None), description="words:N",
        ),
        named(alt, "heads").mark_point(shape="triangle", size=70, opacity=1, strokeWidth=1.5, aria=False).encode(
            **pixel, angle=alt.Angle("angle:Q", scale=None), stroke=alt.Stroke("kind:N", scale=colours, legend=None),
            fill=alt.Fill("kind:N", scale=alt.Scale(domain=list(KINDS), range=[look.ink, look.paper]), legend=None),
        ),
        named(alt, "nodes").mark_point(shape="circle", size=(2 * _NODE) ** 2, filled=True, opacity=1).encode(
            **pixel, fill=alt.Fill("colour:N", scale=None), tooltip=alt.Tooltip("name:N"), description="name:N"
        ),
        *(
            named(alt, "nodes").transform_filter(f"datum.align == '{align}'").mark_text(
                **text, align=align, color=look.ink
            ).encode(x=alt.X("text_x:Q", scale=None, axis=None), y=pixel["y"], text="label:N")
            for align in ("left", "right")
        ),
        named(alt, "numbers").mark_text(**text, fontSize=11, color=look.paper, stroke=look.paper, strokeWidth=4).encode(
            **pixel, text="words:N"
        ),
        named(alt, "numbers").mark_text(**text, fontSize=11, color=look.ink).encode(**pixel, text="words:N"),
        *key_layers(alt, look),
    ]  # fmt: skip
    frame: Spec = alt.layer(*layers).resolve_scale(fill="independent", stroke="shared").to_dict()
    return frame
