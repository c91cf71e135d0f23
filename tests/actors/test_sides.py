"""Sides files: what they mean, what is wrong with bad ones, and that shipped ones treat parties alike."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from allegedly.actors.dictionary import ActorTable
from allegedly.actors.resolve import ActorCode
from allegedly.actors.sides import SHIPPED_SIDES, default_side, load_sides
from allegedly.errors import SidesError

FILES = sorted(SHIPPED_SIDES.glob("*.toml"))
FEWEST_FILES = 8
GOOD = """\
[conflict]
name = "Veldra"
countries = ["KEN"]

[[side]]
id = "army"
name = "Army"
members = ["KEN/MIL", "KEN"]
speaks = ["Army Radio of Veldra"]

[[side]]
id = "front"
name = "Southern Front"
members = ["m23", "Southern Front"]
speaks = ["Idris Taal"]
"""


def write(tmp_path: Path, text: str) -> Path:
    """Write a sides file."""
    path = tmp_path / "sides.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("code", "names", "side"),
    [
        (ActorCode("KEN", "MIL"), (), "army"),
        (ActorCode("KEN", "GOV"), (), "army"),
        (ActorCode("KEN"), (), "army"),
        (ActorCode("KEN", "REB"), (), None),
        (ActorCode("COD", "REB", "m23", group="m23"), (), "front"),
        (ActorCode("COD", "REB", group="m23"), (), "front"),
        (ActorCode("KEN", "REB", group="other"), (), None),
        (ActorCode("KEN", "MIL"), ("IDRIS TAAL",), "front"),
        (ActorCode(), ("the Southern Front's",), "front"),
        (ActorCode(), ("Army Radio of Veldra",), "army"),
        (ActorCode("UGA", "MIL"), ("nobody",), None),
        (ActorCode(), (), None),
    ],
)
def test_side_of(tmp_path: Path, code: ActorCode, names: tuple[str, ...], side: str | None) -> None:
    """The most exact statement counts; who is armed against a state is not on its side."""
    assert load_sides(write(tmp_path, GOOD)).side_of(code, names) == side


@pytest.mark.parametrize(
    ("code", "side"),
    [
        (ActorCode("KEN", "GOV"), "KEN"),
        (ActorCode("KEN"), "KEN"),
        (ActorCode("COD", "REB", group="m23"), "m23"),
        (ActorCode(None, "UNO", group="united-nations"), "united-nations"),
        (ActorCode("COL", "REB"), "COL/REB"),
        (ActorCode(None, "REB"), None),
        (ActorCode(), None),
    ],
)
def test_default_side(code: ActorCode, side: str | None) -> None:
    """Without a file the group is the side, else the country; rebels are not on the state's."""
    assert default_side(code) == side


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('speaks = ["Idris', 'speakers = ["Idris', 15, "unknown key 'speakers' in \\[\\[side\\]\\]"),
        ("countries =", "country =", 3, "unknown key 'country' in \\[conflict\\]"),
        ("[conflict]\n", "title = 1\n[conflict]\n", 1, "unknown key 'title'"),
        ('"m23", ', '"m23", "KEN", ', 14, "puts 'KEN' on two sides, 'army' and 'front'"),
        ('["Idris Taal"]', '["KEN/MIL"]', 15, "puts 'KEN/MIL' on two sides"),
        ('id = "front"\n', "", 11, "lacks 'id'"),
        ('id = "front"', "id = 3", 12, "lacks 'id'"),
        ('id = "front"', 'id = "army"', 12, "repeats the side id 'army'"),
        ('["m23", "Southern Front"]', "[]", 14, "has no members"),
        ('["m23", "Southern Front"]', '"m23"', 14, "lacks 'members', a list of texts"),
        ('"KEN/MIL"', '"KEN/XXX"', 8, "unknown sector 'XXX'"),
        ('name = "Veldra"', "name = Veldra", 2, "is no TOML"),
        ("[conflict]", "[other]", 1, "unknown key 'other'"),
    ],
)
def test_errors_name_the_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    """What is wrong with a file is said with its line, and what to do."""
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(SidesError, match=words) as caught:
        load_sides(path)
    assert (caught.value.line, caught.value.path, bool(caught.value.hint)) == (line, path, True)
    assert str(caught.value).startswith(f"{path}:{line}: ")


@pytest.mark.parametrize(
    "text", ["", "[conflict]\nname = 'x'\ncountries = []\n", "\x00", "🔥", GOOD.partition("[[side]]")[0], "[[" * 900]
)
def test_hostile_files_are_refused(tmp_path: Path, text: str) -> None:
    """A file that is no sides file is refused, not misread."""
    with pytest.raises(SidesError):
        load_sides(write(tmp_path, text))


def test_one_side_is_none(tmp_path: Path) -> None:
    """A conflict has at least two sides."""
    text = "[[side]]".join(GOOD.split("[[side]]")[:2])
    with pytest.raises(SidesError, match="fewer than two sides"):
        load_sides(write(tmp_path, text))


def test_missing_and_broken_files_are_refused(tmp_path: Path) -> None:
    """A missing file and one in another encoding are sides errors."""
    with pytest.raises(SidesError, match="cannot be read"):
        load_sides(tmp_path / "none.toml")
    path = tmp_path / "latin.toml"
    path.write_bytes(b"name = '\xff'")
    with pytest.raises(SidesError, match="cannot be read"):
        load_sides(path)


def test_windows_line_ends_keep_the_lines(tmp_path: Path) -> None:
    """Lines are counted the same with Windows line ends."""
    path = tmp_path / "sides.toml"
    path.write_bytes(GOOD.replace("countries", "country").replace("\n", "\r\n").encode())
    with pytest.raises(SidesError) as caught:
        load_sides(path)
    assert caught.value.line == 3


def test_enough_examples_are_shipped() -> None:
    """Several conflicts have an example."""
    assert len(FILES) >= FEWEST_FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_files_treat_parties_alike(path: Path) -> None:
    """Parties, members and speakers stand in alphabetical order, and every party has all keys."""
    data = tomllib.loads(path.read_text("utf-8"))
    sides = data["side"]
    assert [side["id"] for side in sides] == sorted(side["id"] for side in sides)
    assert {tuple(side) for side in sides} == {("id", "name", "members", "speaks")}
    lists = [side[key] for side in sides for key in ("members", "speaks")] + [data["conflict"]["countries"]]
    assert [items for items in lists if items != sorted(items, key=str.lower) or not items] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_members_of_shipped_files_exist(path: Path, table: ActorTable) -> None:
    """Every member is in the table of actors."""
    actors = {entry.actor for name in table.names() for entry in table.find_key(name)}
    members = {member.partition("/")[0] for side in load_sides(path).sides for member in side.members}
    assert sorted(members - actors) == []
