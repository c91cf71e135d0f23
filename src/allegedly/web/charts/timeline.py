"""
The timeline: when incidents can have happened, as far as the reports say.

Few incidents get a bar each (:mod:`~allegedly.web.charts.bars`), many are
counted (:mod:`~allegedly.web.charts.counts`). Undated ones are never put on the
axis; a note counts them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Final

from allegedly.store.briefs import Brief
from allegedly.web.charts.bars import BRUSH, bars
from allegedly.web.charts.base import Chart, Look
from allegedly.web.charts.bins import DAY, Dated
from allegedly.web.charts.counts import counts

Chosen = tuple[str | None, str | None]
MOST_BARS: Final = 24  # more are counted


def timeline(rows: Iterable[Brief], look: Look | None = None, *, chosen: Chosen = (None, None)) -> Chart:
    """
    Draw incidents over time.

    Args:
        rows: Incidents in brief, in any order.
        look: Width and theme.
        chosen: First and last day that are selected already, ISO 8601; None where it is open.

    Returns:
        A chart whose spec has the interval selection `brush` on x, in milliseconds UTC.
    """
    look = look or Look()
    given = list(rows)
    dated = sorted((_dated(row) for row in given if row.latest), key=lambda item: (item.last, item.id))
    undated = len(given) - len(dated)
    notes = (f"{undated:,} undated, not on the axis",) if undated else ()
    chart = (bars if len(dated) <= MOST_BARS else counts)(dated, look, notes)
    if dated and any(chosen):
        _select(chart, _days(chosen, dated))
    return chart


def _days(chosen: Chosen, dated: list[Dated]) -> tuple[date, date]:
    """Give the selected days; an open end is the end of the axis."""
    first = date.fromisoformat(chosen[0]) if chosen[0] else min(item.first or item.last for item in dated)
    last = date.fromisoformat(chosen[1]) if chosen[1] else dated[-1].last
    return first, last + DAY


def _select(chart: Chart, days: tuple[date, date]) -> None:
    """Set what is selected from the beginning. The frame's own parameter is shared: a copy takes its place."""
    moments = [datetime.combine(day, time(), UTC).timestamp() * 1000 for day in days]
    chart.spec["params"] = [
        param | {"value": {"x": moments}} if param["name"] == BRUSH else param for param in chart.spec["params"]
    ]


def _dated(row: Brief) -> Dated:
    label = " · ".join(filter(None, (row.type, *row.modes[:1], row.placename)))
    return Dated(
        id=row.id, label=label, first=date.fromisoformat(row.earliest) if row.earliest else None,
        last=date.fromisoformat(row.latest or ""), disputed=row.conflicts > 0, documents=row.documents,
    )  # fmt: skip
