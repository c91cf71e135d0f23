"""`allegedly export`: from a file of ledgers or a store, to a file, a folder or standard output."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from allegedly.export.registry import EXPORTS
from allegedly.ledger.json import encode_ledger
from allegedly.records.claims_of import claims_of
from allegedly.store.clusters import ClusterStore
from allegedly.store.opening import add_ledgers, open_store
from tests.cli.conftest import Result, call
from tests.export.ledgers import march, market


@pytest.fixture
def saved(folder: Path) -> str:
    """Two ledgers in a file."""
    (folder / "ledgers.jsonl").write_bytes(b"".join(encode_ledger(ledger) + b"\n" for ledger in (market(), march())))
    return "ledgers.jsonl"


@pytest.fixture
def store(folder: Path) -> str:
    """The same in a store; a claim accepted, one rejected."""
    with open_store(folder / "s.db", create=True) as opened:
        add_ledgers(opened, [market(), march()])
        first, second, *_ = claims_of(market())
        opened.judge(first.id, "accept", who="Rana")
        opened.judge(second.id, "reject", who="Omar")
    return "s.db"


def _rows(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.text, newline="")))


@pytest.mark.parametrize("name", EXPORTS)
def test_help_lists_every_profile(name: str) -> None:
    """Each export stands in the help, with what it writes."""
    lines = call("export", "--help").text.splitlines()
    assert any(line.split()[:1] == [name] for line in lines)


def test_claims_of_a_file(saved: str) -> None:
    """Claims go to standard output as CSV, nothing to standard error."""
    result = call("export", "claims", "--in", saved)
    assert (result.code, result.err, len(_rows(result))) == (0, "", 8)


def test_claims_of_standard_input() -> None:
    """One ledger may come from a pipe, on one line or over many."""
    spread = json.dumps(json.loads(encode_ledger(market())), indent=1).encode()
    results = [call("export", "claims", "--in", "-", stdin=data) for data in (encode_ledger(market()), spread)]
    assert [len(_rows(result)) for result in results] == [4, 4]
    assert results[0].out == results[1].out


def test_the_store_knows_reviews(store: str) -> None:
    """What people decided stands beside the claims."""
    rows = _rows(call("export", "claims", "--store", store))
    assert [row["review_state"] for row in rows][:3] == ["accepted", "issue", "unchecked"]


def test_a_correction_is_exported(store: str, folder: Path) -> None:
    """What a person changed stands in the row, and passes the gate."""
    third = claims_of(market())[2]
    with open_store(folder / store) as opened:
        opened.judge(third.id, "change", who="Rana", after={"type": "ASSAULT", "modes": ["firearms"]})
    rows = _rows(call("export", "claims", "--store", store, "--only", "accepted"))
    assert [(row["claim_id"], row["event_type"], row["review_state"]) for row in rows][1:] == [
        (third.id, "ASSAULT", "changed")
    ]


def test_only_accepted(store: str) -> None:
    """The gate leaves what people accepted."""
    result = call("export", "acled", "--store", store, "--only", "accepted")
    assert [row["allegedly_review_state"] for row in _rows(result)] == ["accepted"]


def test_only_accepted_texts(store: str) -> None:
    """The gate holds for texts: a document with nothing accepted is left out."""
    tasks = json.loads(call("export", "label-studio", "--store", store, "--only", "accepted").out)
    assert [task["data"]["id"] for task in tasks] == ["Karveli/1"]


def test_a_query_chooses(store: str) -> None:
    """Only what `find` finds is written, of rows and of texts."""
    rows = _rows(call("export", "claims", "--store", store, "--query", "type:PROTEST"))
    tasks = json.loads(call("export", "label-studio", "--store", store, "--query", "type:PROTEST").out)
    assert [row["event_type"] for row in rows] == ["PROTEST"]
    assert [task["data"]["id"] for task in tasks] == ["march"]


def test_a_query_that_finds_nothing_says_so(store: str) -> None:
    """The table is empty, and a message says why."""
    result = call("export", "claims", "--store", store, "--query", "volcano")
    assert (result.code, _rows(result), result.err) == (0, [], "no claim was found\n")


def test_best_by_policy(saved: str) -> None:
    """A policy fills best figures and is named; without one they stay empty."""
    with_policy = _rows(call("export", "claims", "--in", saved, "--best", "acled"))
    without = _rows(call("export", "claims", "--in", saved))
    assert [(row["killed_best"], row["best_policy"]) for row in with_policy[:1]] == [("12", "acled")]
    assert (without[0]["killed_best"], "best_policy" in without[0]) == ("", False)


def test_coarser_places(saved: str) -> None:
    """Places lose name and exactness, quotes go."""
    (row, *_) = _rows(call("export", "claims", "--in", saved, "--coarsen", "country"))
    assert (row["placename"], row["latitude"], row["country"], row["quote"]) == ("", "", "XNA", "")


def test_raw_cells(saved: str) -> None:
    """Formulas are made harmless unless asked not to."""
    guarded, raw = (_rows(call("export", "claims", "--in", saved, *more))[1] for more in ([], ["--raw-cells"]))
    assert (guarded["source_name"], raw["source_name"]) == ("'=The Southern Front", "=The Southern Front")


def test_to_a_file(saved: str, folder: Path) -> None:
    """A file holds what standard output would."""
    result = call("export", "geojson", "--in", saved, "--out", "map.geojson")
    assert (result.code, result.out, result.err) == (0, b"", "")
    assert (folder / "map.geojson").read_bytes() == call("export", "geojson", "--in", saved).out


@pytest.mark.parametrize("name", ["claims", "geojson", "brat"])
def test_a_file_is_whole_or_as_before(name: str, store: str, folder: Path) -> None:
    """If writing fails half way, the old file is there and no other."""
    with sqlite3.connect(folder / store) as connection:
        connection.execute("UPDATE ledgers SET claims = x'7a00', body = x'7a00' WHERE number = 2")
    connection.close()
    (folder / "out.zip").write_bytes(b"old")
    before = {path.name for path in folder.iterdir()}
    result = call("export", name, "--store", store, "--out", "out.zip")
    assert (result.code, "damaged" in result.err) == (1, True)
    assert (folder / "out.zip").read_bytes() == b"old"
    assert {path.name for path in folder.iterdir()} - {"s.db-shm", "s.db-wal"} == before - {"s.db-shm", "s.db-wal"}


def test_parquet(saved: str, folder: Path) -> None:
    """Parquet to a file and to standard output is the same."""
    parquet = pytest.importorskip("pyarrow.parquet")
    call("export", "ucdp", "--in", saved, "--format", "parquet", "--out", "c.parquet")
    assert parquet.read_table(folder / "c.parquet").num_rows == 7
    assert call("export", "ucdp", "--in", saved, "--format", "parquet").out == (folder / "c.parquet").read_bytes()


def test_several_files(saved: str, folder: Path) -> None:
    """They go into a folder, or as an archive into a file or to standard output."""
    call("export", "brat", "--in", saved, "--out", "brat")
    call("export", "brat", "--in", saved, "--out", "brat.zip")
    names = sorted(path.name for path in (folder / "brat").iterdir())
    with zipfile.ZipFile(folder / "brat.zip") as archive:
        assert sorted(archive.namelist()) == names
    assert call("export", "brat", "--in", saved).out == (folder / "brat.zip").read_bytes()


def test_a_broken_line_is_said_and_left_out(saved: str, folder: Path) -> None:
    """The others are exported, and the exit code says that some failed; each error is said once."""
    with (folder / saved).open("ab") as file:
        file.write(b"{}\n")
    result = call("export", "claims", "--in", saved)
    assert (result.code, len(_rows(result)), result.err.count("line 3")) == (3, 8, 1)


@pytest.mark.parametrize("data", [b"", b"\n", b"{}", b"\xff\xfe"])
def test_nothing_to_read(data: bytes, folder: Path) -> None:
    """Without any ledger nothing is written, and the exit code says so."""
    (folder / "bad.json").write_bytes(data)
    result = call("export", "claims", "--in", "bad.json")
    assert (result.code, result.out) == (1, b"")
    assert "no ledger in it" in result.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["claims", "--only", "accepted"], "holds no judgements"),
        (["claims", "--query", "x"], "answered by the store"),
        (["jsonld", "--coarsen", "10"], "may name places"),
        (["claims", "--coarsen", "far"], "cannot be made as coarse"),
        (["geojson", "--format", "parquet"], "is no table"),
        (["claims", "--best", "guess"], "guess"),
        (["excel"], "excel"),
    ],
)
def test_what_cannot_be_is_wrong_use(arguments: list[str], words: str, saved: str) -> None:
    """The call is refused before anything is written."""
    result = call("export", *arguments, "--in", saved)
    assert (result.code, result.out) == (2, b"")
    assert words in result.err


@pytest.mark.parametrize("out", ["missing/folder/x.csv", "."])
def test_a_place_that_cannot_be_written(out: str, saved: str) -> None:
    """The error is one line and leaves nothing behind."""
    result = call("export", "claims", "--in", saved, "--out", out)
    assert (result.code, result.err.count("\n")) == (1, 1)


def test_a_missing_file() -> None:
    """A file that is not there is named."""
    result = call("export", "claims", "--in", "nowhere.jsonl")
    assert (result.code, "nowhere.jsonl" in result.err) == (1, True)


@pytest.mark.parametrize("arguments", [["incidents"], ["conflicts"], ["claims", "--incidents"]])
def test_incidents_of_a_file_cannot_be(arguments: list[str], saved: str) -> None:
    """Incidents are of a store."""
    result = call("export", *arguments, "--in", saved)
    assert (result.code, "give --store" in result.err) == (2, True)


def test_incidents_of_a_store(store: str) -> None:
    """Claims are put together, and each claim names its incident."""
    incidents = _rows(call("export", "incidents", "--store", store))
    claims = _rows(call("export", "claims", "--store", store, "--incidents"))
    members = {key: row["incident_id"] for row in incidents for key in row["claim_ids"].split("; ")}
    assert members
    assert {row["claim_id"]: row["incident_id"] for row in claims if row["incident_id"]} == members


def test_incidents_of_accepted_claims(store: str) -> None:
    """With the gate, incidents are made of what people accepted."""
    rows = _rows(call("export", "incidents", "--store", store, "--only", "accepted"))
    assert [row["claim_ids"] for row in rows] == [claims_of(market())[0].id]


def test_incidents_as_people_part_them(store: str, folder: Path) -> None:
    """Claims that a person has put together are one incident."""
    hit, marched = claims_of(market())[0].id, claims_of(march())[3].id
    with open_store(folder / store) as opened:
        ClusterStore(opened).judge("merge", [hit], [marched], who="Rana")
    rows = _rows(call("export", "incidents", "--store", store))
    assert [row["claim_ids"].split("; ") for row in rows if hit in row["claim_ids"] and marched in row["claim_ids"]]


def test_best_of_incidents(store: str) -> None:
    """A policy fills the best figure of incidents too."""
    rows = _rows(call("export", "incidents", "--store", store, "--only", "accepted", "--best", "acled"))
    assert [(row["killed_best"], row["best_policy"]) for row in rows] == [("12", "acled")]


def test_without_being_asked_no_incidents_are_made(store: str) -> None:
    """Putting claims together takes time and is not done for nothing."""
    assert {row["incident_id"] for row in _rows(call("export", "claims", "--store", store))} == {""}


def test_conflicts_of_a_store(store: str) -> None:
    """The table of disagreements has its header even if there is none."""
    assert call("export", "conflicts", "--store", store).text.startswith("incident_id,field,value_a")
