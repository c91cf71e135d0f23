"""
The list of place names in conflict news, tests/cases/place_names.csv, is what it claims to be.

It was written before anybody looked what the gazetteer has: names as English
news prints them, with older names and other spellings, in all regions. `country`
is the code that the place has in the gazetteer (ISO 3166-1 alpha-3, or the
neutral code of a disputed entity); empty: no state's alone.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from allegedly.geo.gazetteer import Gazetteer

CASES = Path(__file__).parent / "place_names.csv"
LEAST = 520
FLOOR = 0.95


def _rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_columns_and_size() -> None:
    """Every row is full, none stands twice, and there are enough."""
    rows = _rows()
    assert {tuple(row) for row in rows} == {("name", "country", "category")}
    assert all(row["name"] and row["category"] for row in rows)
    assert len({(row["name"], row["country"]) for row in rows}) == len(rows) >= LEAST


def test_no_conflict_has_it_all() -> None:
    """No category holds more than a tenth of the list; there are at least thirty."""
    counts = Counter(row["category"] for row in _rows())
    assert len(counts) >= 30
    assert max(counts.values()) <= len(_rows()) / 10


@pytest.mark.parametrize("category", sorted({row["category"] for row in _rows()}))
def test_recall(category: str) -> None:
    """In each category, at least 95 % of the names have a candidate in the right country."""
    rows = [row for row in _rows() if row["category"] == category]
    gazetteer = Gazetteer.open()
    lost = [row for row in rows if row["country"] not in {match.place.country for match in gazetteer.find(row["name"])}]
    assert len(lost) <= (1 - FLOOR) * len(rows), lost
