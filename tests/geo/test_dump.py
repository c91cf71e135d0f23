"""Country dumps of GeoNames: read, refused, stored."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from allegedly.errors import GazetteerError
from allegedly.geo.added import add_dump, added_files, added_folder
from allegedly.geo.dump import read_dump
from allegedly.geo.gazetteer import Gazetteer
from allegedly.geo.table import PlaceTable

CODES = {"AA": "AAA", "BB": "BBB"}


def line(
    number: int, name: str, *, kind: str = "P.PPL", names: str = "", point: str = "11.5\t20.5", people: int = 0
) -> str:
    """Write a line of a dump."""
    feature_class, feature = kind.split(".")
    north, east = point.split("\t")
    fields = (
        number,
        name,
        name,
        names,
        north,
        east,
        feature_class,
        feature,
        "AA",
        "",
        "07",
        "",
        "",
        "",
        people,
        "",
        99,
        "Z",
        "",
    )
    return "\t".join(map(str, fields)) + "\n"


GOOD = (
    line(901, "Norda Province", kind="A.ADM1")
    + line(902, "Velmo", names="VLM,Wel’mo,Велмо", people=40)
    + line(903, "Velmo Brook", kind="H.STMX")
    + line(904, "Fen Air Base", kind="S.AIRB")
    + line(905, "Fenmark", kind="P.PPLC", people=7_000)
)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A dump as text."""
    path = tmp_path / "AA.txt"
    path.write_text(GOOD, "utf-8")
    return path


def test_a_dump_is_read(dump: Path) -> None:
    """Settlements, areas and sites come in, brooks do not; names are cleaned; places know their region."""
    found = {entry.name: entry for entry in read_dump(dump, CODES).entries}
    assert set(found) == {"Norda Province", "Velmo", "Fen Air Base", "Fenmark"}
    velmo = found["Velmo"]
    assert (velmo.names, velmo.population, velmo.country, velmo.region) == (("Wel’mo",), 40, "AAA", 901)
    assert found["Norda Province"].names == ("Norda",)
    assert (found["Fenmark"].is_capital, found["Fen Air Base"].kind) == (True, "facility")


def test_a_zipped_dump_is_read(dump: Path, tmp_path: Path) -> None:
    """A zipped dump is read past its read-me, and gives the same."""
    path = tmp_path / "AA.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "This is a read-me.")
        archive.writestr("AA.txt", GOOD)
    assert read_dump(path, CODES).entries == read_dump(dump, CODES).entries


def test_bad_lines_are_counted_and_left_out(tmp_path: Path) -> None:
    """Lines with impossible values are left out, by number; the rest goes on."""
    path = tmp_path / "AA.txt"
    good = "".join(line(number, f"Velmo {number}") for number in range(1, 31))
    path.write_text(
        good + line(31, "Far", point="95.0\t20.0") + line(32, "Odd", point="x\t20.0") + line(33, "Fen"), "utf-8"
    )
    dump = read_dump(path, CODES)
    assert (len(dump.entries), dump.lines, dump.bad) == (31, 33, [31, 32])


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "0 of 0 lines"),
        (b"a\tb\tc\n" * 200, "no lines of a GeoNames dump"),
        (b"city,country\nVelmo,AA\n", "no lines of a GeoNames dump"),
        (GOOD.encode()[:-20], "ends in the middle of a line"),
        (GOOD.encode("utf-16"), "UTF-8"),
        (bytes(range(256)) * 30, "UTF-8"),
        (b"PK\x03\x04 not really a zip", "no lines"),
        (GOOD.replace("\tAA\t", "\tZZ\t").encode(), "no lines"),
    ],
    ids=["empty", "three columns", "csv", "truncated", "utf-16", "binary", "almost a zip", "no country"],
)
def test_other_files_are_refused(tmp_path: Path, data: bytes, problem: str) -> None:
    """What is no dump, or lost its end, is refused by name, with what to give instead."""
    path = tmp_path / "AA.txt"
    path.write_bytes(data)
    with pytest.raises(GazetteerError, match=problem) as caught:
        read_dump(path, CODES)
    assert (caught.value.path, "UA.zip" in caught.value.hint) == (path, True)


def test_a_truncated_line_is_named(tmp_path: Path) -> None:
    """The line in which a dump ends too early is named."""
    path = tmp_path / "AA.txt"
    path.write_text(GOOD[:-20], "utf-8")
    with pytest.raises(GazetteerError) as caught:
        read_dump(path, CODES)
    assert (caught.value.line, f"{path}:5:" in str(caught.value)) == (5, True)


def test_a_truncated_archive_is_refused(tmp_path: Path) -> None:
    """A damaged archive is an error of ours, not of the library that reads it."""
    path = tmp_path / "AA.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("AA.txt", GOOD * 50)
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(30)
    path.write_bytes(data)
    with pytest.raises(GazetteerError):
        read_dump(path, CODES)


@pytest.mark.parametrize("names", [[], ["AA.txt", "BB.txt"], ["AA.csv"]])
def test_an_archive_holds_one_dump(tmp_path: Path, names: list[str]) -> None:
    """An archive with no dump or with several is refused."""
    path = tmp_path / "AA.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ["notes.md", *names]:
            archive.writestr(name, GOOD)
    with pytest.raises(GazetteerError, match="dumps, not one"):
        read_dump(path, CODES)


def test_a_missing_dump_is_refused(tmp_path: Path) -> None:
    """A file that is not there is an error of ours."""
    with pytest.raises(GazetteerError, match="cannot be read"):
        read_dump(tmp_path / "AA.txt", CODES)


def test_adding_stores_and_replaces(dump: Path, file: Path, tmp_path: Path) -> None:
    """An import is stored under the dump's name; adding again replaces it and leaves nothing else behind."""
    folder = tmp_path / "user"
    first = add_dump(dump, PlaceTable.open(file), folder=folder)
    dump.write_text(GOOD + line(906, "Orrbridge"), "utf-8")
    second = add_dump(dump, PlaceTable.open(file), folder=folder)
    assert (first.replaced, second.replaced, second.places) == (False, True, first.places + 1)
    assert list(folder.iterdir()) == [second.path] == list(added_files(folder))
    gazetteer = Gazetteer.open(file, added=added_files(folder))
    assert [match.place.id for match in gazetteer.find("Orrbridge")] == ["geonames:906"]


def test_a_bad_dump_leaves_the_old_import(dump: Path, file: Path, tmp_path: Path) -> None:
    """A dump that is refused changes nothing."""
    folder = tmp_path / "user"
    stored = add_dump(dump, PlaceTable.open(file), folder=folder).path
    before = stored.read_bytes()
    dump.write_text(GOOD[:-20], "utf-8")
    with pytest.raises(GazetteerError):
        add_dump(dump, PlaceTable.open(file), folder=folder)
    assert stored.read_bytes() == before


def test_no_room_is_an_error_of_ours(dump: Path, file: Path, tmp_path: Path) -> None:
    """A folder that cannot be made is reported with its name."""
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    with pytest.raises(GazetteerError, match="cannot be stored"):
        add_dump(dump, PlaceTable.open(file), folder=blocked / "gazetteer")


@pytest.mark.parametrize(
    ("platform", "env", "folder"),
    [
        ("linux", {"HOME": "/h"}, "/h/.local/share/allegedly/gazetteer"),
        ("linux", {"HOME": "/h", "XDG_DATA_HOME": "/d"}, "/d/allegedly/gazetteer"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Application Support/allegedly/gazetteer"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/allegedly/gazetteer"),
    ],
)
def test_the_folder_is_the_platforms(platform: str, env: dict[str, str], folder: str) -> None:
    """Imports lie where the platform keeps a user's data."""
    assert added_folder(env, platform) == Path(folder)
