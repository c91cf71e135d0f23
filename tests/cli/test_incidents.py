"""The commands on incidents: formats, pages, exit codes, judgements."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from allegedly.export.incidents import CONFLICT_COLUMNS, INCIDENT_COLUMNS
from allegedly.ledger.json import encode_ledger
from bench.readers.incident_cases import read_cases
from tests.cli.conftest import call

CASE = next(case for case in read_cases() if case.name == "figures-differ")
CALM = next(case for case in read_cases() if case.name == "same-figure")


def lines(case: object) -> bytes:
    """Give the reports of a case as JSON Lines."""
    return b"".join(encode_ledger(ledger) + b"\n" for ledger in case.ledgers)  # type: ignore[attr-defined]


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store with two reports that differ."""
    place = str(tmp_path / "s.db")
    assert call("store", "import", "-", "--store", place, "-q", stdin=lines(CASE)).code == 0
    return place


def test_the_table_shows_both_figures(store: str) -> None:
    """Each party's figure stands beside its name, and that they differ."""
    result = call("incidents", "--store", store)
    assert result.code == 0
    assert "figures differ" in result.text
    assert "(14)" in result.text
    assert "(six)" in result.text
    assert "not set (choose one with --best; none is assumed)" in result.text


def test_piped_labels_are_ascii(store: str) -> None:
    """Fixed labels are ASCII where the output is no terminal."""
    assert call("incidents", "--store", store).text.isascii()


@pytest.mark.parametrize(("policy", "number"), [("acled", "6"), ("ucdp", "6"), ("median", "6")])
def test_a_policy_is_named_beside_its_number(store: str, policy: str, number: str) -> None:
    """A single number is given only with the name of its policy."""
    assert f"killed {number} (policy {policy})" in call("incidents", "--best", policy, "--store", store).text


def test_json_holds_the_matrix(store: str) -> None:
    """JSON carries points, cells and the key `from`."""
    (incident,) = json.loads(call("incidents", "--format", "json", "--store", store).out)["results"]
    assert incident["date"]["from"] == "stated"
    killed = next(point for point in incident["points"] if point["name"] == "killed")
    assert (killed["status"], len(killed["cells"])) == ("disputed", 2)


def test_json_lines_are_one_each(store: str) -> None:
    """One incident a line."""
    lines = call("incidents", "--format", "jsonl", "--store", store).out.splitlines()
    assert [json.loads(line)["type"] for line in lines] == ["ASSAULT"]


def test_csv_has_the_columns(store: str) -> None:
    """CSV carries bounds, no best without policy, and who says what."""
    (row,) = csv.DictReader(io.StringIO(call("incidents", "--format", "csv", "--store", store).text))
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == ("6", "", "14")
    assert (row["number_of_origins"], row["conflicts"]) == ("2", "killed")
    assert list(row) == [column.name for column in INCIDENT_COLUMNS]


def test_csv_names_the_policy(store: str) -> None:
    """A single number comes with the name of its policy, in a column of its own."""
    (row,) = csv.DictReader(
        io.StringIO(call("incidents", "--best", "median", "--format", "csv", "--store", store).text)
    )
    assert (row["killed_best"], row["best_policy"]) == ("6", "median")


def test_conflicts(store: str) -> None:
    """One row for two figures that cannot both hold, with the claims."""
    (row,) = csv.DictReader(io.StringIO(call("conflicts", "--format", "csv", "--store", store).text))
    assert (row["field"], {row["value_a"], row["value_b"]}) == ("killed", {"14", "six"})
    assert list(row) == [column.name for column in CONFLICT_COLUMNS]


@pytest.mark.parametrize("command", ["incidents", "conflicts"])
def test_fail_on_conflict(store: str, command: str) -> None:
    """Scripts learn by the exit code 10."""
    assert call(command, "--fail-on", "conflict", "--store", store).code == 10
    assert call(command, "--store", store).code == 0


@pytest.mark.parametrize("command", ["incidents", "conflicts"])
def test_without_conflict_nothing_fails(command: str) -> None:
    """No conflict, exit code 0; ledgers may come on standard input."""
    assert call(command, "--fail-on", "conflict", "--in", "-", stdin=lines(CALM)).code == 0


def test_a_file_that_is_not_there_is_told() -> None:
    """A missing file is one line and an exit code."""
    result = call("incidents", "--in", "nothing.jsonl")
    assert (result.code, result.err.count("\n")) == (1, 1)


def test_show_lists_the_words(store: str) -> None:
    """`show` of an incident gives the words behind each cell."""
    (incident,) = json.loads(call("incidents", "--format", "json", "--store", store).out)["results"]
    text = call("show", incident["id"], "--store", store).text
    assert "CLAIMS" in text
    assert all(claim in text for claim in incident["claims"])
    assert "asserts killed" in text


def test_split_merge_undo(store: str) -> None:
    """Judgements by hand are kept, listed and taken back."""
    (incident,) = json.loads(call("incidents", "--format", "json", "--store", store).out)["results"]
    taken = incident["claims"][-1]
    assert (
        call(
            "incidents", "split", incident["id"], taken[:10], "--by", "Kim", "--note", "other raid", "--store", store
        ).code
        == 0
    )
    ids = [item["id"] for item in json.loads(call("incidents", "--format", "json", "--store", store).out)["results"]]
    assert len(ids) == 2
    assert call("incidents", "merge", *ids, "--by", "Kim", "--store", store).code == 0
    assert len(json.loads(call("incidents", "--format", "json", "--store", store).out)["results"]) == 1
    assert call("incidents", "undo", "2", "--by", "Kim", "--store", store).code == 0
    assert len(json.loads(call("incidents", "--format", "json", "--store", store).out)["results"]) == 2
    judgements = json.loads(call("incidents", "judgements", "--all", "--format", "json", "--store", store).out)[
        "results"
    ]
    assert [(item["decision"], item["undone"] is None) for item in judgements] == [("split", True), ("merge", False)]
    assert "other raid" in call("incidents", "judgements", "--store", store).text
    assert "other raid" in call("incidents", "judgements", "--format", "csv", "--store", store).text


def test_merging_one_with_itself_is_refused(store: str) -> None:
    """An incident cannot be merged with itself, and a claim must be its own."""
    (incident,) = json.loads(call("incidents", "--format", "json", "--store", store).out)["results"]
    assert call("incidents", "merge", incident["id"], incident["id"], "--store", store).code == 2
    assert call("incidents", "split", incident["id"], "c0000000000", "--store", store).code == 2


def test_an_empty_page_says_so(store: str) -> None:
    """No row, a message on standard error."""
    result = call("conflicts", "--field", "weapon", "--store", store)
    assert (result.code, result.out, result.err.strip()) == (0, b"", "no conflict was found")
