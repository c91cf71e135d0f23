"""`allegedly gazetteer`: find, add, info."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.cli.conftest import call
from tests.geo.test_dump import GOOD


def test_find_prints_a_table() -> None:
    """Candidates are printed one a line, with their link and claimants."""
    result = call("gazetteer", "find", "Sevastopol")
    head, first, *_ = result.text.splitlines()
    assert (result.code, head.split()[:4]) == (0, ["how", "name", "kind", "country"])
    assert ("UKR" in first, "RUS|UKR" in first) == (True, True)


def test_formats_agree() -> None:
    """JSON and CSV hold the same places in the same order."""
    rows = json.loads(call("gazetteer", "find", "Tripoli", "--format", "json").out)
    cells = list(csv.DictReader(io.StringIO(call("gazetteer", "find", "Tripoli", "--format", "csv").text)))
    assert [row["id"] for row in rows] == [row["id"] for row in cells] != []


def test_an_unknown_name() -> None:
    """A name that nobody knows is exit 1, an empty list, and a hint on standard error."""
    result = call("gazetteer", "find", "Xqzvw", "--format", "json")
    assert (result.code, result.out, "gazetteer add" in result.err) == (1, b"[]\n", True)


def test_add_find_info(folder: Path) -> None:
    """An imported dump is found at once and listed."""
    dump = folder / "UA.txt"
    dump.write_text(GOOD.replace("\tAA\t", "\tUA\t"), "utf-8")
    added = call("gazetteer", "add", str(dump))
    assert (added.code, added.text.startswith("4 places added: ")) == (0, True)
    assert call("gazetteer", "add", str(dump)).text.startswith("4 places replaced: ")
    assert "geonames:902" in call("gazetteer", "find", "Velmo").text
    assert [line.split()[0] for line in call("gazetteer", "info").text.splitlines()] == ["shipped", "UA"]
    assert "UA" in next(line for line in call("doctor").text.splitlines() if line[6:].startswith("places"))


def test_a_file_that_is_no_dump(folder: Path) -> None:
    """Another file is refused in one line that names it, and nothing is stored."""
    other = folder / "UA.txt"
    other.write_text("name,country\nVelmo,UA\n")
    result = call("gazetteer", "add", str(other))
    assert (result.code, result.err.count("\n"), "UA.txt:1: 2 of 2 lines" in result.err) == (1, 1, True)
    assert call("gazetteer", "info").text.count("\n") == 1


def test_a_damaged_import_is_named(folder: Path) -> None:
    """An import that was damaged later is named, with the command that mends it."""
    damaged = folder / ".local" / "share" / "allegedly" / "gazetteer" / "UA.places"
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"ALLGAZ1\n" + bytes(90))
    result = call("gazetteer", "find", "Kyiv")
    assert (result.code, "UA.places" in result.err, "gazetteer add" in result.err) == (1, True, True)


def test_hostile_names_are_printed_harmlessly() -> None:
    """A name with control characters puts none on the terminal."""
    assert "\x1b" not in call("gazetteer", "find", "Kyiv\x1b[31m").err
