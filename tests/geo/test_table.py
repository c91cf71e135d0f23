"""Files of places: written, read, checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegedly.errors import GazetteerError
from allegedly.geo.spelling import fold_name, loosen_key
from allegedly.geo.table import MAGIC, PlaceTable, place_id
from allegedly.geo.write import Entry, write_table
from tests.geo.conftest import ABOUT, ENTRIES

NAMES = st.text(alphabet="abcdeghikoquwxyz' -é", min_size=1, max_size=14).filter(fold_name)


def _find(table: PlaceTable, name: str) -> list[tuple[int, str]]:
    exact = fold_name(name)
    return table.find(loosen_key(exact), exact)


def test_what_was_written_is_read(file: Path) -> None:
    """A place comes back with all it was given, its region by name, coordinates to eleven metres."""
    table = PlaceTable.open(file)
    row = table.row("geonames:3")
    assert row is not None
    place = table.place(row)
    assert (place.name, place.latitude, place.longitude, place.country, place.kind) == (
        "Karveli",
        11.1,
        20.1,
        "AAA",
        "town",
    )
    assert (place.is_capital, place.population, place.region, place.region_id) == (
        True,
        80_000,
        "North Ardia",
        "geonames:2",
    )


def test_areas_have_the_radius_given_and_towns_one_by_people(file: Path) -> None:
    """The radius of an area is stored, that of a town follows from its population."""
    table = PlaceTable.open(file)
    radii = {table.name(row): table.place(row).radius_km for row in range(len(table))}
    assert (radii["Ardia"], radii["North Ardia"], radii["Orr"]) == (300.0, 80.0, 1.0)


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("Karveli", ["name", "name"]),
        ("qarvely", ["alternate", "loose"]),
        ("Qarveli", ["loose", "loose"]),
        ("Hadra", ["loose"]),
        ("Karvel", []),
        ("", []),
        ("zzz", []),
    ],
)
def test_how_names_fit(file: Path, name: str, fits: list[str]) -> None:
    """The name shown, another name and a loose key are told apart; each place by its surest link."""
    links: dict[int, list[str]] = {}
    for row, fit in _find(PlaceTable.open(file), name):
        links.setdefault(row, []).append(fit)
    order = ["name", "alternate", "loose"]
    assert sorted(min(found, key=order.index) for found in links.values()) == fits


def test_order_of_entries_does_not_matter() -> None:
    """The same places give the same bytes."""
    assert write_table(reversed(ENTRIES), about=ABOUT) == write_table(ENTRIES, about=ABOUT)


@pytest.mark.parametrize("keep", [0, 4, len(MAGIC), 39, 44, 100, -1, -200])
def test_a_truncated_file_is_refused(file: Path, keep: int) -> None:
    """A file that lost its end is refused, with its name and what to do."""
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(GazetteerError, match=r"invented\.places") as caught:
        PlaceTable.open(file)
    assert caught.value.path == file
    assert caught.value.hint


@pytest.mark.parametrize("at", [0, 9, 41, 60, -1])
def test_a_changed_file_is_refused(file: Path, at: int) -> None:
    """One changed byte anywhere is found out."""
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
    with pytest.raises(GazetteerError):
        PlaceTable.open(file)


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\x00", b"PK\x03\x04", "Київ\tKyiv\n".encode() * 20])
def test_another_file_is_refused(tmp_path: Path, data: bytes) -> None:
    """What is no gazetteer is called so."""
    path = tmp_path / "other"
    path.write_bytes(data)
    with pytest.raises(GazetteerError, match="no gazetteer"):
        PlaceTable.open(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there is an error of ours."""
    with pytest.raises(GazetteerError, match="cannot be read"):
        PlaceTable.open(tmp_path / "none.places")


def test_too_many_areas_are_refused() -> None:
    """A file cannot hold more areas than two bytes can count."""
    areas = (Entry(number, "Fen", 0.0, 0.0, "AAA", "district") for number in range(1, 65_540))
    with pytest.raises(GazetteerError, match="too many"):
        write_table(areas, about=ABOUT)


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=120, unique_by=fold_name))
def test_every_name_is_found_again(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    """Whatever the number of names and blocks, each is found by itself, as the name shown."""
    path = tmp_path_factory.mktemp("table") / "a.places"
    path.write_bytes(write_table((Entry(n, name, 0.0, 0.0, "AAA") for n, name in enumerate(names, 1)), about=ABOUT))
    table = PlaceTable.open(path)
    for name in names:
        assert name in {table.name(row) for row, fit in _find(table, name) if fit == "name"}


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=80, unique_by=fold_name))
def test_beginnings_are_found(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    """A loose key begins a longer one exactly if there is such a key."""
    path = tmp_path_factory.mktemp("table") / "a.places"
    path.write_bytes(write_table((Entry(n, name, 0.0, 0.0, "AAA") for n, name in enumerate(names, 1)), about=ABOUT))
    table = PlaceTable.open(path)
    keys = {loosen_key(fold_name(name)) for name in names}
    for key in {key.split(" ")[0] for key in keys} | {"ba", "zu"}:
        assert table.begins(key) == any(other.startswith(f"{key} ") for other in keys)


def test_ids() -> None:
    """Numbers of GeoNames and ours are told apart, and lead back to their row."""
    entry = Entry((1 << 31) + 0xABC, "Fen District", 0.0, 0.0, "AAA", "district")
    assert place_id(entry.number) == "allegedly:u00000abc"
    assert place_id(42) == "geonames:42"


@pytest.mark.parametrize(
    "id_", ["", "geonames:", "geonames:99", "geonames:x", "allegedly:uxyz", "allegedly:donbas", "3"]
)
def test_ids_that_are_not_there(file: Path, id_: str) -> None:
    """An id that no place has gives no row."""
    assert PlaceTable.open(file).row(id_) is None
