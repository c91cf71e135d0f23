"""``allegedly review``: keys from a pipe, blind and open, lists, undo, agreement, precision, gold."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from pathlib import Path

import click
import pytest

from allegedly.cli.review import review_command
from allegedly.cli.review_keys import Keys
from allegedly.records.claims_of import claims_of
from allegedly.review.queue import ORDERS
from allegedly.store.opening import add_ledgers, open_store
from tests.cli.conftest import Result, call
from tests.export.ledgers import march, market
from tests.stores import another_reading, fake_ledger

CLAIMS = claims_of(market())


@pytest.fixture(autouse=True)
def store(folder: Path) -> Path:
    """A store with one report, where the settings look for it."""
    file = folder / "s.db"
    with open_store(file, create=True) as opened:
        add_ledgers(opened, [market()])
    return file


def review(*options: str, keys: str = "", who: str = "Ana") -> Result:
    """Review with these keys."""
    return call("review", "--store", "s.db", "--by", who, *options, stdin=keys.encode())


def listed(*options: str) -> list[dict[str, str]]:
    """Give the list of judgements as CSV has it."""
    text = call("review", "list", "--store", "s.db", "--format", "csv", *options).text
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("key", "decision", "state"),
    [("a", "accept", "accepted"), ("x", "reject", "issue"), (" ", "unsure", "work-needed")],
)
def test_a_key_is_a_judgement(key: str, decision: str, state: str) -> None:
    """It is kept with who made it, in which order, and whether blind."""
    result = review("--limit", "1", keys=key)
    (row,) = listed()
    assert (result.code, row["decision"], row["state"], row["who"], row["queue"], row["blind"]) == (
        0, decision, state, "Ana", "uncertain", "",
    )  # fmt: skip
    assert result.err.endswith("1 judged\n")


def test_the_sentence_is_shown_with_its_parts() -> None:
    """Source, cue and content in brackets, then what was read off them; no score, and nothing but ASCII labels."""
    result = review("--query", "voice:ministry", keys="q")
    assert "[source: the Nord health ministry] [cue: said]" in result.text
    assert "[event: hit]" in result.text
    assert re.search(r"^says +Nord health ministry|^says +the Nord health ministry", result.text, re.MULTILINE)
    assert re.search(r"^event +ASSAULT", result.text, re.MULTILINE)
    assert ("score" in result.text, "\x1b" in result.text) == (False, False)


def test_keys_go_through_all_that_waits() -> None:
    """Line ends between keys are no keys, and at the end nothing waits."""
    result = review(keys="a\nx\n \na\n")
    assert [row["decision"] for row in listed()] == ["accept", "reject", "unsure", "accept"]
    assert "nothing waits for you in this order" in result.err
    assert "nothing waits" in review(keys="a").err


def test_the_end_of_a_pipe_quits() -> None:
    """What was answered is kept."""
    assert review(keys="a").code == 0
    assert len(listed()) == 1
    assert review(keys="").err.endswith("0 judged\n")


def test_help_and_wrong_keys_answer_nothing() -> None:
    """The keys are listed, and the same claim waits on."""
    result = review(keys="?zq")
    assert (result.err.count("a right"), "'z' is no key" in result.err, listed()) == (2, True, [])


def test_back_takes_the_last_answer_back() -> None:
    """Its claim is asked again; before the first answer there is nothing to take back."""
    result = review(keys="-a-xq")
    assert "there is nothing to take back" in result.err
    rows = listed("--all")
    assert [(row["decision"], bool(row["undone"])) for row in rows] == [("accept", True), ("reject", False)]
    assert rows[0]["row"] == rows[1]["row"]
    assert result.err.endswith("1 judged\n")


def test_a_fix_is_asked_for_field_by_field() -> None:
    """A name, then a value, an empty line at the end; the list has before and after."""
    claim = min(CLAIMS, key=lambda item: (item.score, CLAIMS.index(item)))
    result = review("--limit", "1", keys="fstance\ndoubt\nverdict\n\n")
    (row,) = listed()
    assert "there is no field 'verdict'" in result.err
    assert row["decision"] == "change"
    assert (json.loads(row["before"])["stance"], json.loads(row["after"])["stance"]) == (
        next(item for item in CLAIMS if item.id == row["row"]).stance, "doubt",
    )  # fmt: skip
    assert claim.score <= next(item for item in CLAIMS if item.id == row["row"]).score


def test_a_fix_that_does_not_fit_asks_again() -> None:
    """The message says which field, nothing is kept, and other keys go on."""
    result = review("--limit", "1", keys="fsource\nnobody knows whom\n\nf\na")
    assert "source: the text has no 'nobody knows whom'" in result.err
    assert "nothing is changed" in result.err
    assert [row["decision"] for row in listed()] == ["accept"]


def test_blind_hides_outlet_and_parties() -> None:
    """Labels stand in their places, in the text and below it, and the judgement says so."""
    result = review("--blind", keys="a\n" * 4)
    hidden = ("Northwire", "Southern Front", "Nord’s", "قائد", "example.org", market().document.id)
    assert [name for name in hidden if name in result.text] == []
    assert "Party A" in result.text
    assert {row["blind"] for row in listed()} == {"blind"}


def test_the_second_reviewer_does_not_see_the_first_answer() -> None:
    """What one has judged waits for others in the order `second`."""
    review("--limit", "1", keys="x")
    result = review("--order", "second", keys="a", who="Ben")
    assert [word for word in ("Ana", "issue", "wrong") if word in result.text + result.err.replace("x wrong", "")] == []
    assert {(row["who"], row["state"], row["queue"]) for row in listed()} == {
        ("Ana", "conflict", "uncertain"), ("Ben", "conflict", "second"),
    }  # fmt: skip


def test_disputed_makes_incidents_first() -> None:
    """Incidents are brought up to date before their conflicts are asked for."""
    result = review("--order", "disputed", "--limit", "1", keys="a")
    assert (result.code, len(listed())) == (0, 1)


def test_orders_are_those_of_the_queue() -> None:
    """The command line knows them without loading the store."""
    option = next(item for item in review_command.params if item.name == "order")
    assert tuple(option.type.choices) == ORDERS  # type: ignore[attr-defined]


def test_the_user_reviews_unless_another_name_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with all that is judged on the command line."""
    monkeypatch.setenv("LOGNAME", "kim")
    call("review", "--store", "s.db", stdin=b"a")
    assert listed()[0]["who"] == "kim"


@pytest.mark.parametrize("output_format", ["json", "jsonl"])
def test_the_list_in_json_holds_the_whole_claim(output_format: str) -> None:
    """Who, when, before, after and the state."""
    review("--limit", "1", keys="a")
    text = call("review", "list", "--store", "s.db", "--format", output_format).text
    row = json.loads(text)["results"][0] if output_format == "json" else json.loads(text)
    assert (row["state"], row["who"], row["before"]["id"]) == ("accepted", "Ana", row["row"])


def test_the_list_of_a_document() -> None:
    """Only what was decided about it; of nothing, an empty list."""
    review(keys="aaaa")
    assert len(listed("--document", market().document.id)) == 4
    result = call("review", "list", "--store", "s.db", "--document", "other")
    assert (result.out, result.err) == (b"", "nobody has judged anything\n")


def test_undo_by_number() -> None:
    """It stays in the list of all, and the claim waits again; twice is an error."""
    review("--limit", "1", keys="x")
    done = call("review", "undo", "1", "--by", "Ben", "--store", "s.db")
    assert re.fullmatch(r"reject 1 of c[0-9a-f]{20}: taken back\n", done.err)
    assert (listed(), len(listed("--all"))) == ([], 1)
    again = call("review", "undo", "1", "--store", "s.db")
    assert (again.code, "no judgement 1 that still stands" in again.err) == (1, True)


def test_agreement_of_two() -> None:
    """Alpha by layer, or counts for each pair; what nobody is sure of is said beside it."""
    review("--limit", "3", keys="ax ")
    review("--order", "second", keys="axa", who="Ben")
    result = call("review", "agreement", "--store", "s.db", "--format", "jsonl")
    alphas = {row["what"]: row for row in map(json.loads, result.text.splitlines())}
    assert (alphas["decision"]["value"], alphas["decision"]["units"], result.err) == (1, 2, "1 not sure, left out\n")
    assert alphas["stance"]["reason"] == "all values are the same"
    pairs = call("review", "agreement", "--pairs", "--store", "s.db", "--format", "csv").text
    assert pairs == "one,other,both,agreed,unsure\r\nAna,Ben,2,2,1\r\n"


def test_precision_of_the_random_order() -> None:
    """Other orders give no sample; all of them only if asked for, and labelled."""
    review("--limit", "1", keys="x")
    nothing = call("review", "precision", "--store", "s.db")
    assert (nothing.out, "nobody has judged anything in the random order" in nothing.err) == (b"", True)
    review("--order", "random", "--seed", "round 1", keys="aaa", who="Ben")
    rows = [json.loads(line) for line in _precision().splitlines()]
    assert (rows[0]["layer"], rows[0]["right"], rows[0]["wrong"], rows[0]["sample"]) == ("claim", 3, 0, "random")
    everything = [json.loads(line) for line in _precision("--all").splitlines()]
    assert (everything[0]["right"], everything[0]["wrong"], everything[0]["sample"]) == (3, 1, "all")
    assert "0.439" in call("review", "precision", "--store", "s.db").text


def _precision(*options: str) -> str:
    return call("review", "precision", "--store", "s.db", "--format", "jsonl", *options).text


def test_precision_is_that_of_rows_that_count() -> None:
    """A judgement of a row that a new reading moved measures the old reading."""
    with open_store("new.db", create=True) as opened:
        add_ledgers(opened, [fake_ledger()])
    call("review", "--store", "new.db", "--order", "random", "--by", "Ana", stdin=b"aaaa")
    with open_store("new.db") as opened:
        add_ledgers(opened, [another_reading(fake_ledger())])
    first = call("review", "precision", "--store", "new.db", "--format", "jsonl").text.splitlines()[0]
    assert (json.loads(first)["right"], json.loads(first)["wrong"]) == (1, 0)
    states = {row["state"] for row in map(json.loads, call(
        "review", "list", "--store", "new.db", "--format", "jsonl").text.splitlines())}  # fmt: skip
    assert "accepted" in states


def test_gold_of_what_is_reviewed_to_the_end(store: Path) -> None:
    """Only of whole documents; a retracted one is none."""
    with open_store(store) as opened:
        add_ledgers(opened, [march()])
    review("--query", f"document:{market().document.id}", keys="aaax")
    review("--limit", "1", keys="a")
    result = call("review", "export", "--store", "s.db")
    (line,) = result.text.splitlines()
    assert (json.loads(line)["id"], result.err) == (market().document.id, "1 documents are reviewed to the end\n")
    call("retract", market().document.id, "--store", "s.db")
    assert call("review", "export", "--store", "s.db").out == b""


def test_incidents_and_their_export_follow_reviews() -> None:
    """Both leave out what is wrong, and agree claim by claim."""
    assert _claims_of_incidents("incidents") == _claims_of_incidents("export", "incidents") != set()
    wrong = min(_claims_of_incidents("incidents"))
    with open_store("s.db") as opened:
        opened.judge(wrong, "reject", who="Ana")
    assert _claims_of_incidents("incidents") == _claims_of_incidents("export", "incidents")
    assert wrong not in _claims_of_incidents("incidents")


def _claims_of_incidents(*command: str) -> set[str]:
    text = call(*command, "--store", "s.db", "--format", "csv").text
    return {name for row in csv.DictReader(io.StringIO(text, newline="")) for name in row["claim_ids"].split("; ")}


def test_keys_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """They come one by one without an end of line; the sign for the end of input quits, a line is asked for."""
    given = iter(["a", "\r", "\x04"])

    def key() -> str:
        sign = next(given)
        if sign == "\x04":
            raise EOFError
        return sign

    monkeypatch.setattr(click, "getchar", key)
    monkeypatch.setattr(sys, "stdin", io.StringIO("deny \n"))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    keys = Keys()
    assert (keys.key(), keys.key(), keys.line("value: ")) == ("a", "q", "deny")


def test_a_query_that_cannot_be_understood_is_wrong_use() -> None:
    """One line says why."""
    result = review("--query", "score>high", keys="a")
    assert (result.code, result.err.count("allegedly: ")) == (2, 1)
