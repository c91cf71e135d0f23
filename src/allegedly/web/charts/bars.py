"""
A bar for each incident, from the first to the last day that it can have happened.

Where only the last day is known, a dashed line comes in from the left and ends
at a tick. Bars in dispute are hollow and carry the sign ≠.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import ModuleType
from typing import Any, Final

from allegedly.web.charts.base import Chart, Look, Margins, Spec, finish, named, shortened
from allegedly.web.charts.bins import DAY, DISPUTE, NO_DISPUTE, Dated
from allegedly.web.charts.colours import PALETTE
from allegedly.web.charts.key import Entry, key_layers, lay_out
from allegedly.web.charts.libraries import load_library

TITLE: Final = "When the incidents can have happened"
BRUSH: Final = "brush"
FORMS: Final = [NO_DISPUTE, DISPUTE]
COLOURS: Final = [PALETTE[0], PALETTE[1]]
_ROW: Final = 32  # CSS pixels
_SIDE: Final = 24  # CSS pixels
BOTTOM: Final = 40  # of an axis of days, CSS pixels


@dataclass(frozen=True, slots=True)
class _Axis:
    """First and last day shown."""

    start: date
    end: date

    def share(self, day: date) -> float:
        """Say where on the axis a day begins, 0 to 1."""
        return (day - self.start) / (self.end - self.start)


def bars(incidents: Sequence[Dated], look: Look, notes: tuple[str, ...]) -> Chart:
    """Draw incidents, in order of their last days, one below the other."""
    days = [day for incident in incidents for day in (incident.first, incident.last) if day] or [date(2000, 1, 1)]
    room = max((max(days) - min(days)).days // 30, 1) * DAY
    axis = _Axis(min(days) - 2 * room, max(days) + DAY + room)
    entries = forms_key(look)
    if any(incident.first is None for incident in incidents):
        entries.append(
            Entry(
                label="only known to have happened by then", shape="stroke", stroke=look.ink, fill=look.ink, dashed=True
            )
        )
    key = lay_out(entries, look, room=look.width - 2 * _SIDE)
    chart = Chart(
        title=TITLE, description=in_words(incidents), spec={}, width=look.width,
        height=key.height + BOTTOM + _ROW * max(len(incidents), 1), notes=notes,
    )  # fmt: skip
    rows = [_row(position, incident, axis, look) for position, incident in enumerate(incidents)]
    shown = [{"from": axis.start.isoformat(), "to": axis.end.isoformat()}]
    margins = Margins(left=_SIDE, right=_SIDE, top=key.height, bottom=BOTTOM)
    return finish(_frame(look.frame), chart, look, margins, incidents=rows, axis=shown, key=key.rows)


def in_words(incidents: Sequence[Dated]) -> str:
    """Say in numbers what a timeline shows."""
    if not incidents:
        return "No incident has a date."
    first = min(incident.first or incident.last for incident in incidents)
    disputed = sum(incident.disputed for incident in incidents)
    by_then = sum(incident.first is None for incident in incidents)
    return (
        f"{len(incidents):,} dated incidents, {first} to {incidents[-1].last}; {disputed:,} in dispute; "
        f"{by_then:,} only known to have happened by a day."
    )


def _row(position: int, incident: Dated, axis: _Axis, look: Look) -> dict[str, Any]:
    begins, ends = incident.first or axis.start, incident.last + DAY
    to_left = axis.share(begins) > 0.5
    share = axis.share(ends) if to_left else 1 - axis.share(begins)
    sign = "≠ " if incident.disputed else ""
    return {
        "id": incident.id, "row": position, "from": begins.isoformat(), "to": ends.isoformat(),
        "open": incident.first is None, "form": incident.form,
        "label": shortened(sign + incident.label, (look.width - 2 * _SIDE) * share), "whole": incident.label,
        "anchor": (ends if to_left else begins).isoformat(), "align": "right" if to_left else "left",
        "days": incident.days, "documents": incident.documents,
    }  # fmt: skip


@cache
def _frame(look: Look) -> Spec:
    alt = load_library("altair")
    base = named(alt, "incidents")
    x = alt.X("from:T", scale=alt.Scale(type="utc", nice=False), axis=time_axis(alt, look))
    y = alt.Y("row:O", axis=None, scale=alt.Scale(padding=0.1))
    stroke = alt.Stroke("form:N", scale=alt.Scale(domain=FORMS, range=COLOURS), legend=None)
    fill = alt.Fill("form:N", scale=alt.Scale(domain=FORMS, range=[COLOURS[0], look.paper]), legend=None)
    told = [
        alt.Tooltip(f"{name}:N", title=title)
        for name, title in (("whole", "incident"), ("days", "when"), ("form", "points"), ("documents", "documents"))
    ]
    where = {"x": alt.X("from:T"), "x2": "to:T", "y": y}
    closed = base.transform_filter("!datum.open").mark_bar(height=8, yOffset=7, strokeWidth=2, cornerRadius=1)
    opened = base.transform_filter("datum.open")
    layers = [
        # Unseen, it holds the axis open: bounds as expressions Vega-Lite would take for a conflict.
        named(alt, "axis").mark_rule(opacity=0, aria=False).encode(x=x, x2="to:T"),
        closed.encode(**where, fill=fill, stroke=stroke, tooltip=told, description="whole:N").add_params(
            brush(alt, look)
        ),
        opened.mark_rule(strokeDash=[4, 3], strokeWidth=2, yOffset=7).encode(**where, stroke=stroke, tooltip=told),
        opened.mark_tick(thickness=3, size=14, yOffset=7, orient="vertical", opacity=1).encode(
            x=alt.X("to:T"),
            y=where["y"],
            color=alt.Color("form:N", scale=alt.Scale(domain=FORMS, range=COLOURS), legend=None),
        ),
        *(
            base.transform_filter(f"datum.align == '{align}'")
            .mark_text(align=align, yOffset=-7, aria=False, color=look.ink)
            .encode(x=alt.X("anchor:T"), y=where["y"], text="label:N")
            for align in ("left", "right")
        ),
        *key_layers(alt, look),
    ]
    frame: Spec = alt.layer(*layers).resolve_scale(color="independent").to_dict()
    return frame


def forms_key(look: Look) -> list[Entry]:
    """Explain the two forms."""
    return [
        Entry(label=NO_DISPUTE, stroke=COLOURS[0], fill=COLOURS[0]),
        Entry(label=f"≠ {DISPUTE}", stroke=COLOURS[1], fill=look.paper),
    ]


def brush(alt: ModuleType, look: Look) -> Any:  # noqa: ANN401  # altair is imported on use
    """Give the selection of days, as it looks on both backgrounds."""
    drawn = alt.BrushConfig(fill=look.quiet, fillOpacity=0.2, stroke=look.quiet, strokeOpacity=0.8)
    return alt.selection_interval(name=BRUSH, encodings=["x"], mark=drawn)


def time_axis(alt: ModuleType, look: Look, *, grid: bool = True) -> Any:  # noqa: ANN401  # altair is imported on use
    """Give an axis of days in UTC."""
    year = "utcFormat(datum.value, '%Y')"
    within_day = "utchours(datum.value) != 0"
    label = f"{within_day} ? '' : datum.index || {year} == datum.label ? datum.label : [datum.label, {year}]"
    hidden = alt.condition(within_day, alt.value(0), alt.value(1))
    return alt.Axis(
        title=None, labelExpr=label, tickCount=4 if look.narrow else 8, labelOverlap="greedy", labelSeparation=8,
        labelFlush=False,
        grid=grid, gridOpacity=hidden, tickOpacity=hidden,
    )  # fmt: skip
