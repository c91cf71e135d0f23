"""The commands of the store: import, find, show, diff, retract, info and the rest."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from allegedly.cli.retract import user_name
from allegedly.export.columns import CLAIM_COLUMNS
from allegedly.ledger.json import decode_ledger, encode_ledger
from allegedly.settings import default_store
from allegedly.store.migrating import HEAD
from allegedly.store.opening import open_store
from tests.cli.conftest import call
from tests.stores import another_reading, fake_ledger

DEFAULT = Path(".local/share/allegedly/store.db")


def _lines(*ledgers: object) -> bytes:
    return b"".join(encode_ledger(ledger) + b"\n" for ledger in ledgers)  # type: ignore[arg-type]  # ledgers


@pytest.fixture
def filled(folder: Path) -> Path:
    """The default store, with two documents."""
    ledgers = [
        fake_ledger(published="2024-05-07", publisher="Northwire"),
        fake_ledger("Ida said drones killed 7 villagers.", id="two", title="=1+1"),
    ]
    assert call("store", "import", "-", stdin=_lines(*ledgers)).code == 0
    return folder / DEFAULT


def test_import_makes_the_store(folder: Path) -> None:
    """Ready ledgers go into the store in the user's data folder; the same again changes nothing."""
    lines = _lines(fake_ledger(), fake_ledger(id="two"))
    (folder / "l.jsonl").write_bytes(lines + b"\n")
    first, second = call("store", "import", "l.jsonl"), call("store", "import", "-", stdin=lines)
    assert (first.code, first.out, (folder / DEFAULT).is_file()) == (0, b"", True)
    assert first.err == "2 documents added, 0 read anew, 0 there already, 0 retracted before, 0 failed\n"
    assert (second.code, "2 there already" in second.err) == (0, True)


@pytest.mark.parametrize("way", ["option", "variable", "file"])
def test_where_the_store_is(way: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The option, a variable and the settings file each name the store."""
    options = ["--store", "mine.db"] if way == "option" else []
    if way == "variable":
        monkeypatch.setenv("ALLEGEDLY_STORE", "mine.db")
    if way == "file":
        (folder / "allegedly.toml").write_text('store = "mine.db"\n')
    call("store", "import", "-", *options, stdin=_lines(fake_ledger()))
    assert ((folder / "mine.db").is_file(), (folder / DEFAULT).exists()) == (True, False)
    assert "mine.db" in call("config", *options).text


@pytest.mark.parametrize(
    ("platform", "env", "expected"),
    [
        ("linux", {"HOME": "/h"}, "/h/.local/share/allegedly/store.db"),
        ("linux", {"HOME": "/h", "XDG_DATA_HOME": "/d"}, "/d/allegedly/store.db"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Application Support/allegedly/store.db"),
        ("win32", {"USERPROFILE": "/h"}, "/h/AppData/Local/allegedly/store.db"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/allegedly/store.db"),
    ],
)
def test_the_default_on_each_platform(platform: str, env: dict[str, str], expected: str) -> None:
    """Each platform has its own folder for data of users."""
    assert default_store(env, platform).as_posix() == expected


def test_import_of_bad_lines() -> None:
    """Lines that are no ledgers and a text under a taken id are recorded, listed, and the rest go on."""
    lines = b"nope\n" + _lines(fake_ledger(), fake_ledger("Other words."), fake_ledger(id="two"))
    result = call("store", "import", "-", stdin=lines)
    assert (result.code, "standard input:1: this is no ledger" in result.err) == (3, True)
    failures = [json.loads(line) for line in call("store", "failures", "--format", "jsonl").out.splitlines()]
    assert [(item["place"], item["error"]) for item in failures] == [
        ("standard input:1", "LedgerError"),
        ("document one", "IntegrityConflict"),
    ]
    assert call("store", "failures").text.count("\n") == 3
    assert call("store", "failures", "--format", "csv").text.startswith("made,place,document,error")


@pytest.mark.parametrize(("stdin", "words"), [(b"", "no ledger in it"), (b"nope\n", "1 failed")])
def test_import_of_nothing(stdin: bytes, words: str) -> None:
    """Where nothing could be kept, the exit code says so."""
    result = call("store", "import", "-", stdin=stdin)
    assert (result.code, words in result.err) == (1, True)


def test_import_of_no_file() -> None:
    """A file that is not there is an error, and no store is made."""
    assert (call("store", "import", "nowhere.jsonl").code, DEFAULT.exists()) == (1, False)


@pytest.mark.parametrize(
    "command", [["find"], ["retract", "x"], ["diff", "a", "b"], ["store", "info"], ["show", "two"]]
)
def test_without_a_store(command: list[str]) -> None:
    """What only looks says how a store is made, and makes none."""
    result = call(*command)
    assert (result.code, "store import" in result.err, DEFAULT.exists()) == (1, True, False)


def test_find_as_a_table(filled: Path) -> None:  # noqa: ARG001  # must be there
    """A claim is one line: id, document, day, source, stance, event, quote."""
    head, *rows = call("find", "killed").text.splitlines()
    assert head.split() == ["id", "document", "published", "source", "stance", "event", "quote"]
    assert [row.split("  ")[1] for row in rows] == ["two", "one"]
    assert "ASSAULT" in rows[0]


def test_find_as_csv(filled: Path) -> None:  # noqa: ARG001  # must be there
    """The columns are those of claims.csv; numbers stand in theirs."""
    rows = list(csv.DictReader(io.StringIO(call("find", "killed:7", "--format", "csv").out.decode("utf-8"))))
    assert [(row["document_id"], row["killed_best"], row["wounded_low"], row["quote"]) for row in rows] == [
        ("two", "7", "", "drones killed 7 villagers"),
    ]  # fmt: skip
    assert list(rows[0]) == [column.name for column in CLAIM_COLUMNS]


def test_csv_says_what_people_decided(filled: Path) -> None:  # noqa: ARG001  # must be there
    """Judgements stand beside the claims of a search and of a document."""
    (row,) = csv.DictReader(io.StringIO(call("find", "killed:7", "--format", "csv").text))
    assert (row["review_state"], row["reviewer"]) == ("unchecked", "")
    with open_store(DEFAULT) as store:
        store.judge(row["claim_id"], "reject", who="anna")
    for command in (("find", "killed:7"), ("show", "two")):
        rows = csv.DictReader(io.StringIO(call(*command, "--format", "csv").text))
        found = {item["claim_id"]: item for item in rows}[row["claim_id"]]
        assert (found["review_state"], found["reviewer"]) == ("issue", "anna")


def test_find_as_json(filled: Path) -> None:  # noqa: ARG001  # must be there
    """JSON holds whole claims, and where the next page begins."""
    found = json.loads(call("find", "killed", "--limit", "1", "--format", "json").out)
    rest = call("find", "killed", "--after", str(found["after"]), "--format", "jsonl").out.splitlines()
    assert (found["query"], [claim["document"] for claim in found["results"]]) == ("killed", ["two"])
    assert [json.loads(line)["document"] for line in rest] == ["one"]


def test_find_says_that_there_is_more(filled: Path) -> None:  # noqa: ARG001  # must be there
    """The next page is a message, not a part of the table."""
    result = call("find", "--limit", "1")
    assert (result.text.count("\n"), result.err.startswith("more with --after ")) == (2, True)


@pytest.mark.parametrize("output_format", ["table", "json", "jsonl", "csv"])
def test_find_nothing(filled: Path, output_format: str) -> None:  # noqa: ARG001  # must be there
    """Nothing found is no error."""
    result = call("find", "zebra", "--format", output_format)
    assert (result.code, "--documents" in result.err) == (0, True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["source:omar"], ["one"]),
        (['denies:"omar"', "type:coerce"], ["one"]),
        (["killed", "-drones"], ["one"]),
        (["drones killed", "source:ida"], ["two"]),
        (["killed drones", "source:ida"], []),
        (["killed", "-quiet", "-history", "-drones killed"], ["one"]),
        (["-killed"], ["one"]),
        (["-source:the army", "type:coerce"], ["one"]),
        (["-q", "drones", "--", "-rebels"], ["two"]),
        (["passage", "source:the army"], []),
        (["rebels", "source:the army"], ["one"]),
    ],
)
def test_find_as_the_shell_hands_it_over(filled: Path, words: list[str], expected: list[str]) -> None:  # noqa: ARG001
    """Of several words, one with a blank in it is a phrase; a minus is no option."""
    lines = call("find", "--format", "jsonl", *words).out.splitlines()
    assert [json.loads(line)["document"] for line in lines] == expected


@pytest.mark.parametrize("option", ["--fromat", "--limit=many", "--limit"])
def test_find_with_wrong_options(option: str) -> None:
    """An option that is none is no part of the query."""
    assert call("find", "drones", option).code == 2


def test_find_a_phrase_without_quotation_marks(filled: Path) -> None:  # noqa: ARG001  # must be there
    """Where the shell may have taken the quotation marks, a message says so."""
    assert "keep its quotation marks" in call("find", "source:the army").err


@pytest.mark.parametrize("output_format", ["table", "json", "jsonl", "csv"])
def test_find_documents(filled: Path, output_format: str) -> None:  # noqa: ARG001  # must be there
    """Documents are found by any word of theirs, in every format."""
    result = call("find", "--documents", "villagers", "--format", output_format)
    assert (result.code, b"two" in result.out, b"one," in result.out) == (0, True, False)


def test_find_what_is_not_understood(filled: Path) -> None:  # noqa: ARG001  # must be there
    """It is wrong use, in one line."""
    result = call("find", "colour:red")
    assert (result.code, result.err.count("\n"), "there is no field 'colour'" in result.err) == (2, 1, True)


def test_show_by_the_id_of_a_claim(filled: Path) -> None:  # noqa: ARG001  # must be there
    """The id that `find` prints shows the row with its sentence."""
    row = call("find", "drones").text.splitlines()[1].split()[0]
    result = call("show", row)
    assert (result.code, "villagers" in result.text, "v1" in result.text) == (0, True, True)


@pytest.mark.parametrize(
    ("output_format", "part"), [("json", b'"trigger"'), ("jsonl", b'"trigger"'), ("csv", b"trigger")]
)
def test_show_in_other_formats(filled: Path, output_format: str, part: bytes) -> None:  # noqa: ARG001  # must be there
    """A row of the store and of a file can be had as JSON and CSV."""
    stored = call("show", "v1", "--document", "two", "--store", str(DEFAULT), "--format", output_format)
    saved = call("show", "v1", "--format", output_format, stdin=_lines(fake_ledger()))
    assert [(item.code, part in item.out) for item in (stored, saved)] == [(0, True)] * 2


def test_show_a_document(filled: Path) -> None:  # noqa: ARG001  # must be there
    """The id of a document shows its whole ledger."""
    assert "WHO SAYS WHAT" in call("show", "two").text
    assert decode_ledger(call("show", "two", "--format", "json").out).document.id == "two"
    assert call("show", "two", "--format", "csv").text.startswith("claim_id,")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["show", "v1", "--store", str(DEFAULT)], 2, "of which document"),
        (["show", "nobody"], 1, "there is no document nobody"),
        (["show", "c" + "0" * 20], 1, "there is no row"),
        (["show", "v9", "--document", "two", "--store", str(DEFAULT)], 2, "has no row"),
    ],
)
def test_show_what_is_not_there(filled: Path, arguments: list[str], code: int, words: str) -> None:  # noqa: ARG001
    """Each is an error that says what is missing."""
    result = call(*arguments)
    assert (result.code, words in result.err) == (code, True)


def test_show_a_claim_of_another_document(filled: Path) -> None:  # noqa: ARG001  # must be there
    """A row that the document does not have is wrong use."""
    row = call("find", "drones").text.splitlines()[1].split()[0]
    assert call("show", row, "--document", "one").code == 2


@pytest.mark.parametrize("output_format", ["table", "json", "jsonl", "csv"])
def test_diff(filled: Path, output_format: str) -> None:  # noqa: ARG001  # must be there
    """Two runs are compared row by row, and what differs is counted."""
    call(
        "store",
        "import",
        "-",
        stdin=_lines(another_reading(fake_ledger(published="2024-05-07", publisher="Northwire"))),
    )
    before, after = (item["id"] for item in json.loads(call("store", "info", "--format", "json").out)["results"])
    result = call("diff", before[:8], after, "--kind", "claim", "--format", output_format)
    assert (result.code, b"changed" in result.out, b"type" in result.out) == (0, True, True)
    assert result.err == "1 documents read by both runs; rows: 0 added, 0 gone, 1 changed\n"


def test_diff_of_unknown_runs(filled: Path) -> None:  # noqa: ARG001  # must be there
    """A run that is not there is named, with those that are."""
    result = call("diff", "r0", "r1")
    assert (result.code, "there is no run 'r0'" in result.err) == (1, True)


def test_retract(filled: Path) -> None:
    """A retracted document is found no more; who and why are kept; --undo brings it back."""
    assert call("retract", "one", "--why", "a hoax", "--by", "anna").err == "one: retracted\n"
    assert b"Omar" not in call("find", "--format", "jsonl").out
    with sqlite3.connect(filled) as connection:
        kept = connection.execute("SELECT who, why FROM retractions").fetchall()
    connection.close()
    assert kept == [("anna", "a hoax")]
    assert call("show", "one").code == 1
    assert call("retract", "one", "--undo").err == "one: restored\n"
    assert b"Omar" in call("find", "--format", "jsonl").out


@pytest.mark.parametrize(
    ("arguments", "code"), [(["nobody"], 1), (["one", "--undo", "--why", "x"], 2), (["one", "--undo"], 1)]
)
def test_retract_what_cannot_be(filled: Path, arguments: list[str], code: int) -> None:  # noqa: ARG001  # must be there
    """An unknown document, or one that is there, is an error."""
    assert call("retract", *arguments).code == code


def test_nobodys_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system knows no name of the user, a retraction still works."""

    def unknown() -> str:
        raise OSError("no user")

    monkeypatch.setattr("getpass.getuser", unknown)
    assert user_name() == "unknown"


@pytest.mark.parametrize("output_format", ["table", "json", "jsonl", "csv"])
def test_info(filled: Path, output_format: str) -> None:
    """What is in the store is counted, and its runs are listed."""
    result = call("store", "info", "--format", output_format)
    assert (result.code, b"0.0.0" in result.out) == (0, True)
    if output_format == "json":
        counts = json.loads(result.out)
        assert (counts["documents"], counts["claims"], counts["store"]) == (2, 3, str(filled))


def test_info_of_an_empty_store(folder: Path) -> None:
    """A store in which nothing could be kept yet has no runs."""
    call("store", "import", "-", stdin=b"nope\n")
    assert [line.split() for line in call("store", "info").text.splitlines()][-2:] == [
        ["failures", "1"],
        ["retracted", "0"],
    ]
    assert (folder / DEFAULT).is_file()


@pytest.mark.parametrize("command", [["find"], ["store", "migrate"], ["store", "import", "-"], ["retract", "one"]])
def test_a_newer_store_is_four(filled: Path, command: list[str]) -> None:
    """A store that a newer program wrote has an exit code of its own."""
    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'r9999'")
    connection.close()
    result = call(*command)
    assert (result.code, "newer program" in result.err, result.err.count("\n")) == (4, True, 1)


def test_migrate_and_vacuum(filled: Path) -> None:  # noqa: ARG001  # must be there
    """Both leave a store that is up to date as it was."""
    assert call("store", "migrate").err.endswith(f"step {HEAD}\n")
    assert call("store", "vacuum").code == 0
    assert b"Omar" in call("find", "--format", "jsonl").out


def test_tables_are_harmless(folder: Path) -> None:
    """What a text or a title holds cannot move the cursor or break the line."""
    bad = fake_ledger("Ida said rebels killed 3 \x1b[31mpeople.", publisher="a\nb\x1b]0;x\x07", title="t\u202eu")
    (folder / "l.jsonl").write_bytes(_lines(bad))
    call("store", "import", "l.jsonl")
    out = call("find").text + call("find", "--documents").text
    assert ("\x1b" in out, "\u202e" in out, out.count("\n")) == (False, False, 4)


def test_long_cells_are_cut(folder: Path) -> None:
    """A table stays as wide as it may be."""
    (folder / "l.jsonl").write_bytes(_lines(fake_ledger(f"Ida said rebels killed 3 {'people ' * 99}", id="d" * 99)))
    call("store", "import", "l.jsonl")
    assert max(map(len, call("find").text.splitlines())) == 120


def test_ledgers_of_one_text_twice(folder: Path) -> None:
    """A row that two documents have is shown of the one asked for."""
    (folder / "l.jsonl").write_bytes(_lines(fake_ledger(), fake_ledger(id="two")))
    call("store", "import", "l.jsonl")
    row = call("find").text.splitlines()[1].split()[0]
    codes = [call("show", row, "--document", item).code for item in ("one", "two", "three")]
    assert codes == [0, 0, 2]


def test_help_imports_no_database() -> None:
    """Help and reading need no SQLAlchemy."""
    code = (
        "import sys; from allegedly.cli.main import execute; execute(['find', '--help']);"
        "print([name for name in ('sqlalchemy', 'alembic', 'psycopg') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"


def test_import_keeps_what_was_given(folder: Path) -> None:
    """A ledger whose JSON was laid out otherwise comes back the same."""
    spaced = json.dumps(json.loads(encode_ledger(fake_ledger())), indent=None).encode()
    (folder / "l.jsonl").write_bytes(spaced + b"\n")
    call("store", "import", "l.jsonl")
    assert decode_ledger(call("show", "one", "--format", "json").out) == fake_ledger()


def test_two_numbers_of_one_measure_stay_apart(folder: Path) -> None:
    """Of two figures only "at least the larger" is sure; which one counts is not for a table to say."""
    one = fake_ledger("Ida said rebels killed 3 people.\nIda said troops killed 4 people.")
    both = replace(one, events=(replace(one.events[0], quantities=("q1", "q2")), one.events[1]))
    (folder / "l.jsonl").write_bytes(_lines(both))
    call("store", "import", "l.jsonl")
    first, *_ = csv.DictReader(io.StringIO(call("find", "--format", "csv").text))
    assert (first["killed_low"], first["killed_best"], first["killed_high"]) == ("4", "", "")
    assert first["number_words"] == "killed: 3; killed: 4"
