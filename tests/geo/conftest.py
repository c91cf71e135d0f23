"""A small invented gazetteer, and the shipped one."""

from __future__ import annotations

from pathlib import Path

import pytest

from allegedly.geo.gazetteer import Gazetteer
from allegedly.geo.write import Entry, write_table

ABOUT = {"title": "invented", "sources": {"this test": "1"}, "licence": "CC0-1.0", "codes": {"AA": "AAA", "BB": "BBB"}}
ENTRIES = (
    Entry(1, "Ardia", 10.0, 20.0, "AAA", "country", population=5_000_000, radius_km=300.0),
    Entry(2, "North Ardia", 11.0, 20.0, "AAA", "region", population=90_000, region=2, radius_km=80.0, names=("Norda",)),
    Entry(3, "Karveli", 11.1, 20.1, "AAA", population=80_000, region=2, is_capital=True, names=("Carveli", "Qarvely")),
    Entry(4, "Karveli", -5.5, -60.25, "BBB", population=900),
    Entry(5, "Al Hadra", 11.3, 20.4, "AAA", population=0, region=2, names=("El Khadra",)),
    Entry(6, "Orr", 12.0, 21.0, "AAA", population=120),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of the invented places."""
    path = tmp_path / "invented.places"
    path.write_bytes(write_table(ENTRIES, about=ABOUT))
    return path


@pytest.fixture
def small(file: Path) -> Gazetteer:
    """A gazetteer of the invented places and our own tables."""
    return Gazetteer.open(file)


@pytest.fixture(scope="session")
def shipped() -> Gazetteer:
    """The shipped gazetteer, without dumps of the user."""
    return Gazetteer.open()
