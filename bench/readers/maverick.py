"""MAVERICK: reports of one event with structured fields; do they disagree on the number of dead?"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass

from allegedly.records.incidents import Figure
from bench.corpora import load_corpora


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """
    An event with several reports.

    Args:
        id: Its name.
        deaths: The figure of each report.
        disagree: Whether the coders' best figures differ.
    """

    id: str
    deaths: tuple[Figure, ...]
    disagree: bool


def read_maverick() -> list[ReportedEvent]:
    """Read the events with two reports or more."""
    events: dict[str, list[dict[str, str]]] = {}
    with gzip.open(load_corpora()["maverick"].verify(), "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            events.setdefault(row["event_id"], []).append(row)
    return [_event(name, rows) for name, rows in events.items() if len(rows) > 1]


def _event(name: str, rows: list[dict[str, str]]) -> ReportedEvent:
    figures = tuple(_figure(row) for row in rows)
    best = {value for row in rows if (value := _number(row["deaths_best"])) is not None}
    return ReportedEvent(name, figures, len(best) > 1)


def _figure(row: dict[str, str]) -> Figure:
    low, best, high = (_number(row[f"deaths_{part}"]) for part in ("low", "best", "high"))
    return Figure(row["id"], row["deaths_best"], low, best, high, "exact", "event")


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None
