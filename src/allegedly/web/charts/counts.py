"""
Many incidents, counted by day, week, month, quarter or year.

Those in dispute point down, the others up. A solid bar counts the incidents
that lie within a bin whole; a dashed one on top of it those that can lie in it
or in others, and counts them in each. Below stand those only known to have
happened by a day, at that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from allegedly.web.charts.bars import BOTTOM, COLOURS, FORMS, TITLE, brush, forms_key, in_words, time_axis
from allegedly.web.charts.base import Chart, Look, Margins, Spec, finish, named
from allegedly.web.charts.bins import DISPUTE, Bin, Dated, count_in_bins, unit_for
from allegedly.web.charts.key import Entry, key_layers, lay_out
from allegedly.web.charts.libraries import load_library

WITHIN: Final = "within"
REACHING: Final = "within or beyond"
_STRIP: Final = 48  # CSS pixels
_LEFT: Final = 52  # CSS pixels
_BIN: Final = 7  # least width of a bin, CSS pixels
_NUMBER: Final = 18  # least width of a bin with a number, CSS pixels
_HEIGHT: Final = 290


def counts(incidents: Sequence[Dated], look: Look, notes: tuple[str, ...]) -> Chart:
    """Draw how many incidents can have happened when; there is at least one."""
    first = min(incident.first or incident.last for incident in incidents)
    unit = unit_for(first, incidents[-1].last, (look.width - _LEFT) // _BIN)
    reading = f"dashed: dated to more than one {unit}, counted in each that is possible"
    dashed = Entry(label=f"in this {unit} or another", stroke=look.quiet, fill=look.paper, dashed=True)
    key = lay_out([*forms_key(look), dashed], look, room=look.width - _LEFT)
    bins = list(count_in_bins(incidents, unit))
    chart = Chart(
        title=f"{TITLE}, by {unit}", description=in_words(incidents), spec={}, width=look.width,
        height=_HEIGHT + key.height, notes=(reading, *notes),
    )  # fmt: skip
    margins = Margins(left=_LEFT, top=key.height, right=24, bottom=BOTTOM)
    return finish(
        _frame(look.frame),
        chart,
        look,
        margins,
        key=key.rows,
        bins=list(_stacked(bins)),
        by_then=list(_by_then(bins, look)),
    )


def _stacked(bins: Iterable[Bin]) -> Iterator[dict[str, Any]]:
    for item in bins:
        sign = -1 if item.form == DISPUTE else 1
        bounds = (0, item.within, item.within + item.reaching)
        for kind, low, high in ((WITHIN, *bounds[:2]), (REACHING, *bounds[1:])):
            if high > low:
                yield _span(item) | {
                    "form": item.form, "kind": kind, "low": sign * low, "high": sign * high, "number": high - low,
                    "filled": int(kind == WITHIN),
                }  # fmt: skip


def _by_then(bins: Sequence[Bin], look: Look) -> Iterator[dict[str, Any]]:
    numbers: dict[str, dict[str, Any]] = {}
    for item in bins:
        if item.by_then:
            row = numbers.setdefault(item.start.isoformat(), _span(item) | {"number": 0, "disputed": 0})
            row["number"] += item.by_then
            row["disputed"] += item.by_then * (item.form == DISPUTE)
    days = (bins[-1].end - bins[0].start).days
    fits = (look.width - _LEFT - 24) * (bins[0].end - bins[0].start).days / days >= _NUMBER
    yield from (row | {"label": f"{row['number']:,}" if fits else ""} for row in numbers.values())


def _span(item: Bin) -> dict[str, Any]:
    return {"start": item.start.isoformat(), "end": item.end.isoformat()}


@cache
def _frame(look: Look) -> Spec:
    alt = load_library("altair")
    base = named(alt, "bins")
    x = alt.X("start:T", scale=alt.Scale(type="utc", nice=False), axis=time_axis(alt, look, grid=False))
    height = alt.Scale(range=[{"expr": f"height - {_STRIP}"}, 0], nice=False)
    axis = alt.Axis(title="incidents", labelExpr="format(abs(datum.value), ',')", tickMinStep=1, tickCount=6)
    y = alt.Y("low:Q", scale=height, axis=axis)
    dash = alt.Scale(domain=[WITHIN, REACHING], range=[[1, 0], [2, 2]])
    told = [
        alt.Tooltip("start:T", title="from", format="%Y-%m-%d"),
        alt.Tooltip("end:T", title="before", format="%Y-%m-%d"),
        alt.Tooltip("form:N", title="points"),
        alt.Tooltip("kind:N", title="lie"),
        alt.Tooltip("number:Q", title="incidents"),
    ]
    columns = base.mark_bar(strokeWidth=1.5, xOffset=0.5, x2Offset=-1.5).encode(
        x=x, x2="end:T", y=y, y2="high:Q", tooltip=told,
        fill=alt.Fill("form:N", scale=alt.Scale(domain=FORMS, range=[COLOURS[0], look.paper]), legend=None),
        stroke=alt.Stroke("form:N", scale=alt.Scale(domain=FORMS, range=COLOURS), legend=None),
        strokeDash=alt.StrokeDash("kind:N", scale=dash, legend=None),
        fillOpacity=alt.FillOpacity("filled:Q", scale=None),
    ).add_params(brush(alt, look))  # fmt: skip
    zero = alt.Chart(alt.Data(values=[{}])).mark_rule(color=look.quiet, aria=False).encode(y=alt.datum(0))
    late = named(alt, "by_then").encode(x=alt.X("start:T"))
    strip = alt.expr(f"height - {_STRIP - 26}")
    numbers = [alt.Tooltip("number:Q", title="only known to have happened by then")]
    layers = [
        columns,
        zero,
        late.mark_point(shape="triangle-left", filled=True, color=look.quiet, opacity=1, y=strip).encode(
            size=alt.Size("number:Q", scale=alt.Scale(type="sqrt", range=[20, 160]), legend=None), tooltip=numbers
        ),
        late.mark_text(y=alt.expr(f"height - {_STRIP - 39}"), fontSize=10, color=look.quiet).encode(text="label:N"),
        alt.Chart(alt.Data(values=[{}])).mark_text(
            text="◂ only known to have happened by then", align="left", x=0, y=alt.expr(f"height - {_STRIP - 12}"),
            color=look.quiet, fontSize=11, aria=False,
        ),
        *key_layers(alt, look),
    ]  # fmt: skip
    frame: Spec = alt.layer(*layers).to_dict()
    return frame
