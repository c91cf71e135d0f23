"""Small charts of measured quality: a score with its interval per layer, and calibration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from allegedly.web.charts.base import Chart, Look, Margins, Spec, finish, named, shortened, text_width
from allegedly.web.charts.colours import PALETTE
from allegedly.web.charts.key import Entry, key_layers, lay_out
from allegedly.web.charts.libraries import load_library

_ROW: Final = 24  # CSS pixels
_NUMBER: Final = 116  # room for the words on the right, CSS pixels
_SHORT: Final = 44  # the same without the interval
_SQUARE: Final = 280  # side of the calibration curve, CSS pixels


@dataclass(frozen=True, slots=True)
class Score:
    """
    A share with its interval.

    Args:
        label: What was measured: a layer, a pair of readers.
        value: 0 to 1.
        low: Lower end of the interval; None if none was measured.
        high: Upper end.
        number: How many cases it rests on; None if not known.
    """

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """
    Answers with about the same stated score.

    Args:
        stated: Mean stated score, 0 to 1.
        observed: Share that was right, 0 to 1.
        number: How many.
        low: Lower end of the interval of `observed`; None if none was measured.
        high: Upper end.
    """

    stated: float
    observed: float
    number: int
    low: float | None = None
    high: float | None = None


def scores(title: str, rows: Iterable[Score], look: Look | None = None) -> Chart:
    """
    Draw scores from 0 to 1, one below the other, each with its interval: precision per layer, agreement per point.

    Args:
        title: What they are, the interval included: "Precision per layer, 95 % interval".
        rows: In the order wanted.
        look: Width and theme.
    """
    look = look or Look()
    given = list(rows)
    left = min(
        max((text_width(row.label) for row in given), default=40) + 14, look.width * (0.5 if look.narrow else 0.42)
    )
    chart = Chart(
        title=title, description=" ".join(f"{row.label}: {_number(row)}." for row in given), spec={},
        width=look.width, height=_ROW * max(len(given), 1) + 40,
    )  # fmt: skip
    made = [
        {"row": position, "label": shortened(row.label, left - 12), "value": row.value,
         "words": f"{row.value:.2f}" if look.narrow else _number(row),
         "low": row.value if row.low is None else row.low, "high": row.value if row.high is None else row.high}
        for position, row in enumerate(given)
    ]  # fmt: skip
    margins = Margins(left=round(left), right=_SHORT if look.narrow else _NUMBER, top=8, bottom=32)
    return finish(_scores_frame(look.frame), chart, look, margins, scores=made)


def _number(row: Score) -> str:
    interval = f" ({row.low:.2f}–{row.high:.2f})" if row.low is not None and row.high is not None else ""
    return f"{row.value:.2f}{interval}"


@cache
def _scores_frame(look: Look) -> Spec:
    alt = load_library("altair")
    base = named(alt, "scores")
    axis = alt.Axis(title=None, values=[0, 0.25, 0.5, 0.75, 1], format=".2~f", labelFlush=False)
    scale = alt.Scale(domain=[0, 1], nice=False)
    y = alt.Y("row:O", axis=None, scale=alt.Scale(padding=0.1))
    again = alt.Y("row:O")
    dot = base.mark_point(size=70, filled=True, opacity=1, color=PALETTE[0]).encode(
        x=alt.X("value:Q"), y=again, description="words:N",
        tooltip=[alt.Tooltip("label:N", title="layer"), alt.Tooltip("words:N", title="score")],
    )  # fmt: skip
    bar = base.mark_rule(strokeWidth=3, strokeOpacity=0.8, color=PALETTE[0], aria=False).encode(
        x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", y=y
    )
    label = base.mark_text(align="right", baseline="middle", x=-8, color=look.ink, aria=False).encode(
        y=again, text="label:N"
    )
    number = base.mark_text(
        align="left", baseline="middle", x=alt.expr("width + 8"), fontSize=11, color=look.quiet, aria=False
    ).encode(y=again, text="words:N")
    frame: Spec = alt.layer(bar, dot, label, number).to_dict()
    return frame


def calibration(bins: Sequence[CalibrationBin], look: Look | None = None) -> Chart:
    """
    Draw the share that was right against the stated score; on the diagonal, scores mean what they say.

    Args:
        bins: In order of stated score.
        look: Width and theme; the chart is square and no wider than it needs to be.
    """
    look = look or Look()
    side = min(look.width - 80, _SQUARE)
    key = lay_out(
        [
            Entry(label="measured", shape="circle", stroke=PALETTE[0], fill=PALETTE[0]),
            Entry(label="stated = observed", shape="stroke", stroke=look.quiet, fill=look.quiet, dashed=True),
        ],
        look, room=side,
    )  # fmt: skip
    chart = Chart(
        title="Calibration: how often an answer with a stated score was right",
        description=" ".join(f"Stated {b.stated:.2f}: {b.observed:.2f} of {b.number:,} right." for b in bins),
        spec={}, width=side + 80, height=side + 44 + key.height,
    )  # fmt: skip
    most = max((row.number for row in bins), default=1)
    rows: list[dict[str, Any]] = [
        {"stated": row.stated, "observed": row.observed, "number": row.number, "share": row.number / most,
         "low": row.observed if row.low is None else row.low, "high": row.observed if row.high is None else row.high}
        for row in bins
    ]  # fmt: skip
    margins = Margins(left=60, right=20, top=key.height, bottom=44)
    return finish(_calibration_frame(look.frame), chart, look, margins, bins=rows, key=key.rows)


@cache
def _calibration_frame(look: Look) -> Spec:
    alt = load_library("altair")
    base = named(alt, "bins")
    scale = alt.Scale(domain=[0, 1], nice=False)
    ticks = {"values": [0, 0.25, 0.5, 0.75, 1], "format": ".2~f", "labelFlush": False}
    x = alt.X("stated:Q", scale=scale, axis=alt.Axis(title="stated score", **ticks))
    y = alt.Y("observed:Q", scale=scale, axis=alt.Axis(title="share that was right", **ticks))
    again = {"x": alt.X("stated:Q"), "y": alt.Y("observed:Q")}
    ends = alt.Chart(alt.Data(values=[{"at": 0}, {"at": 1}]))
    layers = [
        base.mark_line(color=PALETTE[0], strokeWidth=2, aria=False).encode(x=x, y=y),
        ends.mark_line(color=look.quiet, strokeDash=[3, 3], aria=False).encode(x=alt.X("at:Q"), y=alt.Y("at:Q")),
        base.mark_rule(color=PALETTE[0], strokeOpacity=0.8, strokeWidth=2, aria=False).encode(
            x=again["x"], y=alt.Y("low:Q"), y2="high:Q"
        ),
        base.mark_point(filled=True, opacity=1, color=PALETTE[0]).encode(
            **again, size=alt.Size("share:Q", scale=alt.Scale(domain=[0, 1], range=[30, 160]), legend=None),
            tooltip=[alt.Tooltip("stated:Q", format=".2f"), alt.Tooltip("observed:Q", format=".2f"), "number:Q"],
        ),
        *key_layers(alt, look),
    ]  # fmt: skip
    frame: Spec = alt.layer(*layers).to_dict()
    return frame
