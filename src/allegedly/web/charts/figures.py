"""
Figures over time: which number which party gave on which day, for one incident and measure.

A bar runs from the lowest to the highest number the words allow, with a mark at
the stated one, or at both ends where none is stated. "At least" is an arrow up from its bound, "up to" one down: the
other end is open. Figures that the same party replaced later are hollow. Parties
differ by colour, shape and the order of the key, which is that of their names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from allegedly.records.incidents import Figure, Incident
from allegedly.web.charts.bars import BOTTOM, time_axis
from allegedly.web.charts.base import Chart, Look, Margins, Spec, finish, named, shortened
from allegedly.web.charts.bins import DAY
from allegedly.web.charts.colours import marks_of
from allegedly.web.charts.key import Entry, key_layers, lay_out
from allegedly.web.charts.libraries import load_library
from allegedly.web.charts.names import SIZE, Named, name_places

_HEIGHT: Final = 260
_LEFT: Final = 56  # CSS pixels
_ARROW: Final = 26  # length, CSS pixels
_APART: Final = 14  # between figures of one day, CSS pixels
_RIGHT: Final = 30  # CSS pixels


@dataclass(frozen=True, slots=True)
class PartyFigures:
    """
    The figures of one party, for one measure.

    Args:
        id: Its id, which gives its colour.
        name: How it is named.
        figures: Its numbers.
    """

    id: str
    name: str
    figures: tuple[Figure, ...]


def figures_of(incident: Incident, measure: str) -> list[PartyFigures]:
    """Give who gave which figures in an incident, in order of names; `measure` is `killed` or `wounded`."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for point in incident.points:
        for cell in point.cells if point.name == measure else ():
            found[cell.party].extend(cell.figures)
    parties = ((party, found[party.id]) for party in incident.parties if found[party.id])
    return sorted(
        (PartyFigures(party.id, party.name, tuple(figures)) for party, figures in parties),
        key=lambda item: (item.name, item.id),
    )


def figures_over_time(parties: Iterable[PartyFigures], measure: str, look: Look | None = None) -> Chart:
    """
    Draw the figures of an incident.

    Args:
        parties: Who gave which, as :func:`figures_of` gives them.
        measure: What is counted, as axis and title call it.
        look: Width and theme.
    """
    look = look or Look()
    given = list(parties)
    marks = marks_of(party.id for party in given)
    dated = [(party, figure) for party in given for figure in party.figures if figure.said and _top(figure) is not None]
    left_out = sum(len(party.figures) for party in given) - len(dated)
    shown = [party for party in given if any(party is owner for owner, _ in dated)]
    entries = [
        Entry(label=shortened(party.name, look.width - _LEFT - 40), shape=marks[party.id][1],
              stroke=marks[party.id][0], fill=marks[party.id][0]) for party in shown
    ]  # fmt: skip
    if any(figure.replaced for _, figure in dated):
        entries.append(Entry(label="replaced by the party's later figure", shape="circle", stroke=look.quiet, fill=""))
    key = lay_out(entries, look, room=look.width - _LEFT)
    chart = Chart(
        title=f"Figures over time: {measure}", description=" ".join(_in_words(dated)), spec={}, width=look.width,
        height=_HEIGHT + key.height, notes=(f"{left_out:,} without a day or a number, not shown",) if left_out else (),
    )  # fmt: skip
    margins = Margins(left=_LEFT, top=key.height, right=_RIGHT, bottom=BOTTOM)
    rows = list(_rows(dated, marks, look))
    made = finish(_frame(look.frame, measure), chart, look, margins, key=key.rows, figures=rows)
    axis = _Axis.around(rows, look, _HEIGHT - BOTTOM)
    made.spec["datasets"]["words"] = axis.words(rows)
    made.spec["params"] = [{"name": name, "value": value} for name, value in axis.bounds().items()]
    return made


@dataclass(frozen=True, slots=True)
class _Axis:
    """What the plot shows, so that words can be set where there is room."""

    start: date
    end: date
    most: float
    width: int
    height: int

    @classmethod
    def around(cls, rows: Sequence[dict[str, Any]], look: Look, height: int) -> _Axis:
        days = [date.fromisoformat(row["day"]) for row in rows] or [date(2000, 1, 1)]
        room = max((max(days) - min(days)).days // 12, 1) * DAY
        most = max((row["top"] for row in rows), default=1) * 1.25 or 1
        return cls(min(days) - room, max(days) + room, most, look.width - _LEFT - _RIGHT, height)

    def bounds(self) -> dict[str, Any]:
        return {"from_day": self.start.isoformat(), "to_day": self.end.isoformat(), "most": self.most}

    def words(self, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        marks: list[Named] = []
        others: list[Named] = []
        for row in rows:
            x = (date.fromisoformat(row["day"]) - self.start) / (self.end - self.start) * self.width + row["shift"]
            y = self.height * (1 - row["at"] / self.most)
            marks.append(Named(row["words"], x, y, 7, 1))
            high = self.height * (1 - row["high"] / self.most)
            others += [Named("", x, place, 6, 1) for place in (high, (high + y) / 2) if high < y]
            sign = {"up": -1, "down": 1}.get(row["opening"], 0)
            others += [Named("", x, y + sign * length, 5, 1) for length in (_ARROW // 2, _ARROW)] if sign else []
        return name_places(marks, self.width, self.height, obstacles=[*marks, *others])


def _top(figure: Figure) -> float | None:
    return max((value for value in (figure.low, figure.best, figure.high) if value is not None), default=None)


def _in_words(dated: Sequence[tuple[PartyFigures, Figure]]) -> Iterator[str]:
    for party, figure in dated:
        yield f"{figure.said}, {party.name}: {figure.words}{' (replaced later)' if figure.replaced else ''}."


def _rows(
    dated: Sequence[tuple[PartyFigures, Figure]], marks: dict[str, tuple[str, str]], look: Look
) -> Iterator[dict[str, Any]]:
    """Give a row for each figure; those of one day stand side by side, in order of parties."""
    days: dict[str, list[tuple[PartyFigures, Figure]]] = defaultdict(list)
    for item in dated:
        days[item[1].said or ""].append(item)
    for day in sorted(days):
        for position, (party, figure) in enumerate(days[day]):
            colour, shape = marks[party.id]
            at = figure.best if figure.best is not None else figure.low if figure.low is not None else figure.high
            opening = "up" if figure.high is None and figure.best is None else "down" if figure.low is None else ""
            ends = (at,) if figure.best is not None or opening else (figure.low, figure.high)
            yield {
                "ends": [*dict.fromkeys(ends)], "day": day,
                "shift": round((position - (len(days[day]) - 1) / 2) * _APART, 1),
                "party": party.name,
                "low": figure.low if figure.low is not None else at, "at": at,
                "high": at if figure.high is None else figure.high, "top": _top(figure), "opening": opening,
                "words": figure.words,
                "colour": colour, "shape": shape, "fill": look.paper if figure.replaced else colour,
            }  # fmt: skip


@lru_cache(maxsize=32)
def _frame(look: Look, measure: str) -> Spec:
    alt = load_library("altair")
    base = named(alt, "figures")
    shown = alt.Scale(type="utc", domain=[{"expr": "toDate(from_day)"}, {"expr": "toDate(to_day)"}], nice=False)
    x = alt.X("day:T", scale=shown, axis=time_axis(alt, look, grid=False))
    axis = alt.Axis(title=f"{measure}, persons", tickMinStep=1, tickCount=6, format=",d")
    low = alt.Y("low:Q", scale=alt.Scale(domain=[0, {"expr": "most"}], nice=False), axis=axis)
    again = {"x": alt.X("day:T"), "y": alt.Y("at:Q")}
    shift = alt.expr("datum.shift")
    colour = alt.Stroke("colour:N", scale=None)
    fill = alt.Fill("fill:N", scale=None)
    told = [alt.Tooltip("party:N"), alt.Tooltip("words:N"), alt.Tooltip("day:T", title="said", format="%Y-%m-%d")]
    pixel = {name: getattr(alt, name.upper())(f"{name}:Q", scale=None, axis=None) for name in "xy"}
    words = named(alt, "words")
    text = {"align": "left", "baseline": "middle", "fontSize": SIZE, "aria": False}
    layers = [
        base.mark_rule(strokeWidth=8, strokeOpacity=0.5, xOffset=shift, x2Offset=shift, aria=False).encode(
            x=x, y=low, y2="high:Q", stroke=colour
        ),
    ]
    for opening, sign, shape in (("up", -1, "triangle-up"), ("down", 1, "triangle-down")):
        opened = base.transform_filter(f"datum.opening == '{opening}'")
        layers += [
            opened.mark_rule(strokeWidth=2, xOffset=shift, y2Offset=sign * _ARROW, aria=False).encode(
                **again, y2="at:Q", stroke=colour
            ),
            opened.mark_point(shape=shape, size=46, opacity=1, xOffset=shift, yOffset=sign * _ARROW, aria=False).encode(
                **again, stroke=colour, fill=alt.Fill("colour:N", scale=None)
            ),
        ]
    layers += [
        base.transform_flatten(["ends"]).mark_point(size=90, strokeWidth=2, opacity=1, xOffset=shift).encode(
            x=again["x"], y=alt.Y("ends:Q"), stroke=colour, fill=fill, shape=alt.Shape("shape:N", scale=None),
            description="words:N", tooltip=told,
        ),
        words.mark_text(**text, color=look.paper, stroke=look.paper, strokeWidth=3).encode(**pixel, text="words:N"),
        words.mark_text(**text, color=look.ink).encode(**pixel, text="words:N"),
        *key_layers(alt, look),
    ]  # fmt: skip
    frame: Spec = alt.layer(*layers).to_dict()
    return frame
