"""What every store keeps to, in a file of SQLite and in PostgreSQL alike."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from allegedly.errors import (
    DocumentError,
    IntegrityConflict,
    LedgerError,
    NotInStore,
    QueryError,
    SchemaMismatch,
    StoreError,
    StoreUnavailable,
    UnreadableDocument,
    UsageError,
)
from allegedly.ledger.build import build_ledger
from allegedly.ledger.json import decode_ledger, encode_ledger
from allegedly.records.claims_of import claims_of
from allegedly.records.ids import row_ids
from allegedly.records.ledger import Ledger
from allegedly.store.answers import Report
from allegedly.store.diff import diff_runs
from allegedly.store.judgements import Matches, judged_rows
from allegedly.store.migrating import HEAD, migrate, revision
from allegedly.store.opening import add_ledgers, connect, open_store
from allegedly.store.sql import SqlStore
from tests.conftest import sample_layers
from tests.fakes import RUN
from tests.stores import OTHER_RUN, REPORT, another_reading, fake_ledger

Open = Callable[..., SqlStore]
STEPS = Path(__file__).parents[1] / "store" / "steps"


def _ids(store: SqlStore, query: str) -> list[str]:
    with store.view() as view:
        return [f"{claim.document} {claim.key}" for claim in view.find(query).claims]


def _documents(store: SqlStore, query: str) -> list[str]:
    with store.view() as view:
        return [document.id for document in view.find_documents(query).documents]


# ------------------------------------------------------------------------------------------------------------- keeping


def test_a_ledger_comes_back_as_it_was(store: SqlStore, ledger: Ledger) -> None:
    """The ledger's JSON and its claims are the same bytes and values."""
    add_ledgers(store, [ledger])
    with store.view() as view:
        assert decode_ledger(view.ledger("sample")) == ledger
        assert view.ledger("sample") == encode_ledger(ledger)
        assert tuple(view.claims()) == claims_of(ledger)


def test_the_same_again_changes_nothing(store: SqlStore, ledger: Ledger) -> None:
    """Adding is idempotent, in one batch and in two."""
    first = add_ledgers(store, [ledger, ledger])
    before = store.info()
    assert (Report(added=1, unchanged=1), Report(unchanged=1)) == (first, add_ledgers(store, [ledger]))
    assert store.info() == before


def test_rows_are_found_by_id(store: SqlStore, ledger: Ledger) -> None:
    """Every row can be asked for by its id, with all that the ledger says in it."""
    add_ledgers(store, [ledger])
    ids = row_ids(ledger)
    with store.view() as view:
        found = {key: view.rows(row_id)[0] for key, row_id in ids.items() if key[0] != "v"}
    assert {key: row.key for key, row in found.items()} == {key: key for key in found}
    quantity, source = found["q1"].values, found["a3"].values
    assert quantity == {
        "words": "at least 12", "measure": "killed", "low": 12.0, "best": None, "high": None, "qualifier": "at_least",
    }  # fmt: skip
    assert (source["source"], source["source_name"], source["stance"], source["parent"]) == (
        "The militia", "The militia", "deny", ids["a2"],
    )  # fmt: skip
    assert (found["p1"].values["name"], found["t1"].values["words"]) == ("Azel", "Monday")
    assert (found["e2"].values["sector"], found["e2"].values["mentions"], found["e2"].span) == ("MIL", 2, (32, 40))


def test_a_row_by_the_beginning_of_its_id(store: SqlStore, ledger: Ledger) -> None:
    """The beginning of an id is enough where only one row has it; too short a one is refused."""
    add_ledgers(store, [ledger])
    claim = claims_of(ledger)[0]
    with store.view() as view:
        assert view.rows(claim.id[:9])[0].values["quote"] == claim.quote
        with pytest.raises(UsageError, match="too short"):
            view.rows("c12")
        with pytest.raises(NotInStore, match="no row"):
            view.rows("c" + 12 * "0")
        with pytest.raises(NotInStore, match="no id"):
            view.rows("v1'; DROP TABLE claims")


def test_a_beginning_that_two_rows_share(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which of them is meant is asked, not guessed."""
    monkeypatch.setattr("allegedly.store.kept_rows.SHORTEST", 2)
    add_ledgers(store, [fake_ledger(f"{REPORT} {n}", id=f"d{n}") for n in range(9)])  # 18 claims, 16 digits
    with store.view() as view:
        first = [claim.id[:2] for claim in view.claims()]
        twice = next(digit for digit in first if first.count(digit) > 1)
        with pytest.raises(UsageError, match=f"begin with {twice}"):
            view.rows(twice)


def test_a_row_of_a_retracted_document(store: SqlStore, ledger: Ledger) -> None:
    """It is not shown, and the error says why."""
    add_ledgers(store, [ledger])
    store.retract("sample", who="anna")
    with store.view() as view, pytest.raises(NotInStore, match="was retracted"):
        view.rows(claims_of(ledger)[0].id)


def test_same_text_under_two_ids(store: SqlStore) -> None:
    """A text that two outlets print is two documents with the same rows."""
    add_ledgers(store, [fake_ledger(id="one"), fake_ledger(id="two")])
    with store.view() as view:
        claim = next(view.claims(document="one"))
        assert [row.document for row in view.rows(claim.id)] == ["one", "two"]


def test_another_text_under_an_id(store: SqlStore) -> None:
    """It is refused, recorded and told; the rest go on, and nothing is overwritten."""
    told: list[DocumentError] = []
    add_ledgers(store, [fake_ledger()])
    report = add_ledgers(
        store, [fake_ledger("Another text said it killed x."), fake_ledger(id="two")], failed=told.append
    )
    with store.view() as view:
        failure = next(view.failures())
        assert decode_ledger(view.ledger("one")).document.text == REPORT
    assert (report, [type(error) for error in told]) == (Report(added=1, failed=1), [IntegrityConflict])
    assert (failure.document, failure.error, "id of its own" in failure.hint) == ("one", "IntegrityConflict", True)


def test_a_conflict_is_raised_where_nobody_takes_it(store: SqlStore) -> None:
    """Without a taker the first error is raised, and what could be kept is kept."""
    add_ledgers(store, [fake_ledger()])
    with pytest.raises(IntegrityConflict):
        add_ledgers(store, [fake_ledger("Other words."), fake_ledger(id="two")])
    with store.view() as view:
        assert [document.id for document in view.documents()] == ["one", "two"]


def test_a_text_that_cannot_be_written(store: SqlStore, ledger: Ledger) -> None:
    """A lone surrogate is a failure of that document only."""
    told: list[DocumentError] = []
    broken = replace(ledger, document=replace(ledger.document, title="half \ud800"))
    report = add_ledgers(store, [broken, fake_ledger()], failed=told.append)
    assert (report, [type(error) for error in told]) == (Report(added=1, failed=1), [LedgerError])


def test_failures_are_recorded(store: SqlStore) -> None:
    """What could not be read is kept with its place, its reason and what to do."""
    with store.writer() as writer:
        writer.add_failure("feed.xml:3", UnreadableDocument("not a text\0", document_id="x", hint="look at it"))
    with store.view() as view:
        (failure,) = view.failures()
    assert (failure.place, failure.document, failure.error) == ("feed.xml:3", "x", "UnreadableDocument")
    assert (failure.message, failure.hint) == ("not a text\ufffd", "look at it")


def test_a_nul_in_a_text(store: SqlStore) -> None:
    """A NUL, which PostgreSQL keeps in no text, harms nothing and is still in the ledger."""
    text = "The army\0 said rebels killed 3 people."
    add_ledgers(store, [fake_ledger(text, title="a\0b", published="2024-05-07")])
    with store.view() as view:
        assert decode_ledger(view.ledger("one")).document.text == text
        assert view.document("one").title == "a\ufffdb"
    assert _ids(store, "killed") == ["one v1"]


def test_an_error_while_adding(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was committed before a reader broke stays."""

    def read() -> Iterator[Ledger]:
        yield fake_ledger()
        yield fake_ledger(id="two")
        raise ZeroDivisionError

    monkeypatch.setattr("allegedly.store.writing.BATCH", 1)
    with pytest.raises(ZeroDivisionError):
        add_ledgers(store, read())
    with store.view() as view:
        assert [document.id for document in view.documents()] == ["one", "two"]


# ------------------------------------------------------------------------------------------------------------ readings


def test_reading_anew(store: SqlStore) -> None:
    """Another run's reading counts from then on; the one before stays and can be asked for."""
    first = fake_ledger()
    assert add_ledgers(store, [first, another_reading(first)]) == Report(added=1, reread=1)
    with store.view() as view:
        before, after = view.runs()
        assert decode_ledger(view.ledger("one")).run == OTHER_RUN
        assert decode_ledger(view.ledger("one", run=before.id[:8])) == first
        assert {claim.run for claim in view.claims()} == {after.id}
        assert (before.documents, after.documents, view.document("one").run) == (1, 1, after.id)
    assert (_ids(store, "type:HARM"), _ids(store, "type:COERCE")) == (["one v2"], [])


def test_an_old_reading_again(store: SqlStore) -> None:
    """A reading that is there already does not become the one that counts."""
    first = fake_ledger()
    add_ledgers(store, [first, another_reading(first)])
    assert add_ledgers(store, [first]) == Report(unchanged=1)
    assert _ids(store, "type:HARM") == ["one v2"]


def test_a_reading_that_nobody_finishes(store: SqlStore, caplog: pytest.LogCaptureFixture) -> None:
    """A view may be closed while its claims are still being gone through; nothing is complained of afterwards."""
    add_ledgers(store, [fake_ledger(id=f"d{number}") for number in range(3)])
    with store.view() as view:
        claims = view.claims()
        next(claims)
    claims.close()  # type: ignore[attr-defined]  # a generator
    assert caplog.records == []


def test_what_need_not_be_read(store: SqlStore) -> None:
    """What this run has read and what is retracted need not be; another text under the id, or another run, must."""
    add_ledgers(store, [fake_ledger(), fake_ledger(id="two"), fake_ledger("Rain.", id="three")])
    store.retract("two", who="anna")
    digest = fake_ledger().document.digest
    wanted = dict.fromkeys(["one", "two", "three", "four"], digest)
    with store.view() as view:
        assert view.already_read(wanted, RUN) == {"one", "two"}
        assert view.already_read(wanted, OTHER_RUN) == {"two"}
        assert view.already_read({}, RUN) == set()


def test_comparing_two_runs(store: SqlStore) -> None:
    """What changed is said once, with the columns that differ; scores do not count."""
    first = fake_ledger()
    second = another_reading(first)
    add_ledgers(store, [first, second, fake_ledger("Only one run read this.", id="two")])
    with store.view() as view:
        before, after = (run.id for run in view.runs())
        compared, changes = diff_runs(view, before, after, kinds=["claim"])
        found = [(change.what, change.document, change.kind, change.fields) for change in changes]
        backwards = [change.what for change in diff_runs(view, after, before)[1]]
    assert (compared, found) == (1, [("changed", "one", "claim", ("type",))])
    assert backwards == ["changed"]


def test_comparing_finds_what_is_gone(store: SqlStore) -> None:
    """Rows that only one run has are gone or added."""
    first = fake_ledger()
    fewer = replace(first, run=OTHER_RUN, events=first.events[:1], quantities=first.quantities[:1])
    add_ledgers(store, [first, fewer])
    with store.view() as view:
        before, after = (run.id for run in view.runs())
        forth = sorted((change.what, change.kind) for change in diff_runs(view, before, after)[1])
        back = sorted((change.what, change.kind) for change in diff_runs(view, after, before)[1])
    assert forth == [("changed", "claim"), ("gone", "quantity")]
    assert back == [("added", "quantity"), ("changed", "claim")]


def test_runs_that_are_not_clear(store: SqlStore) -> None:
    """A beginning that two runs share, and a run that has not read a document, are refused."""
    add_ledgers(store, [fake_ledger(), another_reading(fake_ledger(id="two"))])
    with store.view() as view:
        with pytest.raises(UsageError, match="2 runs"):
            view.run("r")
        with pytest.raises(NotInStore, match="has not read one"):
            view.ledger("one", run=view.runs()[1].id)


def test_runs_that_are_not_there(store: SqlStore) -> None:
    """An unknown run, the same run twice and an unknown kind are refused."""
    add_ledgers(store, [fake_ledger()])
    with store.view() as view:
        (run,) = view.runs()
        with pytest.raises(NotInStore, match="no run"):
            diff_runs(view, "rfff", run.id)
        with pytest.raises(UsageError, match="both runs"):
            diff_runs(view, run.id, run.id[:6])
        with pytest.raises(UsageError, match="no kind"):
            diff_runs(view, run.id, run.id, kinds=["story"])
        with pytest.raises(NotInStore, match="no document"):
            view.ledger("nobody")


# ----------------------------------------------------------------------------------------------------------- retracting


def test_retracting(store: SqlStore) -> None:
    """A retracted document is in no view, is known to have been there, and does not come back by itself."""
    add_ledgers(store, [fake_ledger(published="2024-05-07"), fake_ledger(id="two")])
    gone = store.retract("one", who="anna", why="a hoax")
    assert (gone.id, gone.retracted is not None, gone.run) == ("one", True, None)
    assert add_ledgers(store, [fake_ledger(published="2024-05-07")]) == Report(retracted=1)
    with store.view() as view:
        assert {claim.document for claim in view.claims()} == {"two"}
        assert [document.id for document in view.documents()] == ["two"]
        assert [document.id for document in view.documents(retracted=True)] == ["one", "two"]
        with pytest.raises(NotInStore, match="no document one"):
            view.ledger("one")
    queries = ["killed", "killed>=1", "", "since:2024", "document:one", "-drone"]
    assert {found.split()[0] for query in queries for found in _ids(store, query)} == {"two"}
    assert _documents(store, "rebels") == ["two"]


def test_restoring(store: SqlStore) -> None:
    """A retraction can be taken back, once, and all is found as before."""
    add_ledgers(store, [fake_ledger()])
    before = [_ids(store, query) for query in ("killed", "killed>=1", "source:omar", "")]
    store.retract("one", who="anna")
    restored = store.restore("one", who="ben")
    assert (restored.retracted, restored.run is not None) == (None, True)
    assert [_ids(store, query) for query in ("killed", "killed>=1", "source:omar", "")] == before
    with pytest.raises(IntegrityConflict):
        store.restore("one", who="ben")


def test_a_document_without_claims(store: SqlStore) -> None:
    """It is kept, found by its words, retracted and restored like any other."""
    add_ledgers(store, [fake_ledger("Rain fell.")])
    store.retract("one", who="anna")
    assert _documents(store, "rain") == []
    store.restore("one", who="anna")
    assert (_documents(store, "rain"), _ids(store, "rain")) == (["one"], [])


def test_a_retracted_id_may_be_given_again(store: SqlStore) -> None:
    """Another text may take the id, and then the first cannot come back under it."""
    add_ledgers(store, [fake_ledger()])
    store.retract("one", who="anna")
    assert add_ledgers(store, [fake_ledger("The corrected report said rebels killed 2 people.")]) == Report(added=1)
    with pytest.raises(IntegrityConflict):
        store.restore("one", who="anna")


def test_retracting_what_is_not_there(store: SqlStore) -> None:
    """It is an error that changes nothing."""
    with pytest.raises(NotInStore, match="no document nobody"):
        store.retract("nobody", who="anna")
    with pytest.raises(NotInStore, match="no document nobody was retracted"):
        store.restore("nobody", who="anna")


# ----------------------------------------------------------------------------------------------------------- judgements


def _claim_id(store: SqlStore, key: str) -> str:
    with store.view() as view:
        return next(claim.id for claim in view.claims() if claim.key == key)


def test_judging(store: SqlStore) -> None:
    """A judgement keeps who, when, before and after; taking it back keeps it too."""
    add_ledgers(store, [fake_ledger()])
    row = _claim_id(store, "v1")
    made = store.judge(row[:10], "change", who="anna", after={"type": "HARM"}, note="see the quote")
    store.judge(row, "accept", who="ben")
    undone = store.undo(made.number, who="cleo")
    with store.view() as view:
        standing, all_of_them = view.judgements(), view.judgements(document="one", undone=True)
    assert (made.before["type"], made.after, made.note) == ("ASSAULT", {"type": "HARM"}, "see the quote")
    assert (undone.undone_by, undone.undone is not None) == ("cleo", True)
    assert ([item.who for item in standing], [item.who for item in all_of_them]) == (["ben"], ["anna", "ben"])
    with pytest.raises(NotInStore, match="still stands"):
        store.undo(made.number, who="cleo")


@pytest.mark.parametrize(
    ("decision", "after", "who", "problem"),
    [
        ("perhaps", None, "anna", "no decision"),
        ("accept", {"type": "HARM"}, "anna", "belong to a change"),
        ("change", None, "anna", "belong to a change"),
        ("change", {"colour": "red"}, "anna", "has no colour"),
        ("change", {"type": object()}, "anna", "cannot be kept"),
        ("accept", None, " ", "somebody"),
    ],
)
def test_judgements_that_do_not_fit(
    store: SqlStore, decision: str, after: dict[str, object] | None, who: str, problem: str
) -> None:
    """Each is refused, and nothing is written."""
    add_ledgers(store, [fake_ledger()])
    with pytest.raises(UsageError, match=problem):
        store.judge(_claim_id(store, "v1"), decision, who=who, after=after)  # type: ignore[arg-type]  # wrong on purpose
    assert store.info()["judgements"] == 0


def test_judgements_survive_a_new_reading(store: SqlStore) -> None:
    """One goes with the row that says the same, one with the row that took its place, one is listed as orphaned."""
    first = fake_ledger()
    add_ledgers(store, [first])
    ids = row_ids(first)
    for row in (_claim_id(store, "v1"), _claim_id(store, "v2"), ids["q2"]):
        store.judge(row, "accept", who="anna")
    second = another_reading(first)
    last = replace(second.events[1], quantities=())
    add_ledgers(store, [replace(second, quantities=first.quantities[:1], events=(second.events[0], last))])
    with store.view() as view:
        judgements, matches = view.judgements(), judged_rows(view)
        assert judged_rows(view, document="two") == Matches((), (), ())
    assert [(item.row, row.id, row.key) for item, row in matches.same] == [(judgements[0].row, judgements[0].row, "v1")]
    assert [(item.row, row.key, row.id != item.row) for item, row in matches.moved] == [(judgements[1].row, "v2", True)]
    assert [item.row for item in matches.orphaned] == [ids["q2"]]


# -------------------------------------------------------------------------------------------------------------- finding


@pytest.fixture(scope="module")
def searched(shared_store: SqlStore) -> SqlStore:
    """A store with a rich ledger whose time and place are resolved, and two plain ones."""
    ledger = build_ledger(sample_layers(), RUN)
    time_row = replace(ledger.times[0], earliest="2024-05-06", latest="2024-05-06", precision="day", from_="stated")
    place = replace(ledger.places[0], country="QQQ", latitude=1.0, longitude=2, precision="town", gazetteer="g:1")
    rich = replace(ledger, document=replace(ledger.document, id="one"), times=(time_row,), places=(place,))
    plain = fake_ledger(id="two", title="The headline", published="2024-05-07T10:00:00+02:00", publisher="Ostan News")
    add_ledgers(shared_store, [rich, plain, fake_ledger("Rain fell.", id="three", published="2024-05-01")])
    return shared_store


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("killed", ["one v2"]),
        ("drones kill*", ["one v2"]),
        ('"at least 12"', ["one v2"]),
        ('"12 least"', []),
        ("hit", ["one v1"]),
        ("-hit", ["one v2"]),
        ("source:militia", ["one v2"]),
        ("denies:militia", ["one v2"]),
        ("asserts:militia", []),
        ("-denies:militia", ["one v1"]),
        ("voice:orr", ["one v2"]),
        ("source:orr", []),
        ("voice:own", ["one v1"]),
        ("-voice:own", ["one v2"]),
        ("actor:drones recipient:villagers", ["one v2"]),
        ('place:"port azel"', ["one v2"]),
        ("killed>=12", ["one v2"]),
        ("killed>=13", []),
        ("killed<=100", []),
        ("-killed>=12", ["one v1"]),
        ("killed:12", []),
        ("type:assault mode:drone", ["one v2"]),
        ("factuality:-", ["one v2"]),
        ("factuality:happened", ["one v1"]),
        ("stance:deny,doubt", ["one v2"]),
        ("since:2024-05-07", ["one v1", "one v2"]),
        ("since:2024-05-08", []),
        ("until:2024-05", ["one v1", "one v2"]),
        ("published<2024-05-07", []),
        ("published>2024-05-07", []),
        ("published:2024", ["one v1", "one v2"]),
        ("happened:2024-05", ["one v2"]),
        ("happened>=2024-05-07", []),
        ("happened<=2024-05-06 happened>2024-05-05", ["one v2"]),
        ("score>=0.8", ["one v2"]),
        ("publisher:northwire language:en", ["one v1", "one v2"]),
        ("country:QQQ", ["one v2"]),
        ("document:one", ["one v1", "one v2"]),
        ("document:two", []),
        ("hit OR killed", ["one v1", "one v2"]),
        ("voice:own OR denies:militia", ["one v1", "one v2"]),
        ("", ["one v1", "one v2"]),
    ],
)
def test_finding(searched: SqlStore, query: str, expected: list[str]) -> None:
    """Each part of the language finds what it says, in order of the text."""
    found = [item for item in _ids(searched, f"document:one {query}") if item.split()[1][0] == "v"]
    assert found == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("rebels", ["two"]),
        ("headline", ["two"]),
        ('title:"the headline"', ["two"]),
        ("title:rebels", []),
        ("-rebels -villagers", ["three"]),
        ("", ["three", "two", "one"]),
        ("since:2024-05-07", ["two", "one"]),
        ("document:three", ["three"]),
        ('publisher:"ostan news"', ["two"]),
        ("language:en rain", ["three"]),
        ("villagers OR rebels", ["two", "one"]),
    ],
)
def test_finding_documents(searched: SqlStore, query: str, expected: list[str]) -> None:
    """Words of the text and of the headline find a document, with or without claims in it."""
    assert _documents(searched, query) == expected


def test_documents_have_no_stance(searched: SqlStore) -> None:
    """A search for documents by what only claims have is refused."""
    with pytest.raises(QueryError, match="a search for documents"):
        _documents(searched, "killed>=10")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Армия said солдаты killed 3 жители.", "солдаты"),
        ("Армия said Ёлкин killed 3 жители.", "елкин"),
        ("الجيش said مُقاتِلون killed 3 people.", "مقاتلون"),
        ("צבא said חיילים killed 3 people.", '"חיילים killed"'),
        ("Élias said Žižka killed 3 people.", "zizka"),
        ("軍隊 said 武装勢力 killed 3 people.", "勢力"),
        ("ทหาร said กองกำลัง killed 3 people.", "กำลัง"),
        ("सेना said सैनिकों killed 3 people.", "सैनिकों"),
        ("Army said rebels killed 3 🔥 people.", "🔥"),
        ("Army said rebels killed 3 people 🤖🚀.", "🚀"),
    ],
)
def test_full_text_in_many_scripts(store: SqlStore, text: str, query: str) -> None:
    """Words are found whatever their script, with or without their points and accents."""
    add_ledgers(store, [fake_ledger(text), fake_ledger("Rain said nobody killed 3 people.", id="two")])
    assert ({item.split()[0] for item in _ids(store, query)}, _documents(store, query)) == ({"one"}, ["one"])


def test_pages(store: SqlStore) -> None:
    """Page after page, each claim comes once, last added first."""
    add_ledgers(store, [fake_ledger(f"Army{n} said rebels killed {n} people.", id=f"d{n}") for n in range(1, 8)])
    found, after = [], None
    with store.view() as view:
        for _ in range(9):
            page = view.find("killed", limit=3, after=after)
            found += [claim.document for claim in page.claims]
            after = page.after
            if after is None:
                break
        with pytest.raises(UsageError, match="page of 0"):
            view.find("", limit=0)
        documents = view.find_documents("rebels", limit=5)
        rest = view.find_documents("rebels", limit=5, after=documents.after)
    assert found == [f"d{n}" for n in range(7, 0, -1)]
    assert ([len(documents.documents), len(rest.documents)], rest.after) == ([5, 2], None)


@pytest.mark.parametrize(
    "query",
    [
        "'; DROP TABLE claims; --",
        '" OR 1=1 --',
        "document:'||(SELECT 1)||'",
        "source:*",
        "labels:anyqx",
        "NEAR(a b)",
        "a AND b NOT c",
        "\\",
        "%s %(x)s :x ?",
        "{passage}:a",
        "x\0y",
        "document:\0",
        "document:\ud800",
        "source:\ud800",
        "^a",
        "killed>=9999999999999999",
        "until:9999",
        "since:0001-01-01",
    ],
)
def test_queries_that_want_harm(searched: SqlStore, query: str) -> None:
    """A query is words or an error of the query; the tables are as they were."""
    before = searched.info()
    for ask in (_ids, _documents):
        with suppress(QueryError):
            ask(searched, query)
    assert searched.info() == before


_PARTS = ['"', "-", "*", "OR", ":", " ", ">=", "killed", "source", "a", "'", "(", ")", "NOT", "\0", ",", "5"]
_HOSTILE = st.text(st.characters(), max_size=30) | st.lists(st.sampled_from(_PARTS), max_size=12).map("".join)


@settings(max_examples=150)
@given(query=_HOSTILE)
def test_any_query(searched: SqlStore, query: str) -> None:
    """Whatever is typed, the answer is a page or an error that points into the query."""
    for ask in (_ids, _documents):
        try:
            ask(searched, query)
        except QueryError as error:
            position = error.position
        else:
            position = 0
        assert 0 <= position <= len(query)


# ---------------------------------------------------------------------------------------------------------- concurrency


def test_a_view_sees_one_moment(store: SqlStore) -> None:
    """What is added, read anew or retracted later is not seen by a view that was there before."""
    first = fake_ledger()
    add_ledgers(store, [first, fake_ledger(id="two")])
    with store.view() as view:
        before = [claim.id for claim in view.claims()]
        add_ledgers(store, [another_reading(first), fake_ledger(id="three")])
        store.retract("two", who="anna")
        assert [claim.id for claim in view.claims()] == before
        assert len(view.find("killed").claims) == 2
    assert _ids(store, "killed") == ["three v1", "one v1"]


def test_readers_beside_a_writer(store: SqlStore) -> None:
    """While one writes, others read whole documents only, and never fail."""
    problems: list[object] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            try:
                with store.view() as view:
                    counts = {len(list(view.claims(document=item.id))) for item in view.documents()}
                    found = len(view.find("killed", limit=1000).claims), sum(1 for _ in view.documents())
                if counts - {2} or found[0] != found[1]:
                    problems.append((counts, found))
            except Exception as error:  # noqa: BLE001  # any error is a finding
                problems.append(error)

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for part in range(6):
        add_ledgers(store, [fake_ledger(f"{REPORT} {part} {n}", id=f"{part}-{n}") for n in range(20)])
    done.set()
    for reader in readers:
        reader.join()
    assert problems == []


def test_two_writers_wait_for_each_other(opened: Open) -> None:
    """Two at once both get all of theirs in."""
    stores = [opened(), opened()]
    errors: list[BaseException] = []

    def write(store: SqlStore, name: str) -> None:
        try:
            for n in range(8):
                add_ledgers(store, [fake_ledger(id=f"{name}{n}"), fake_ledger(id=f"shared{n}")])
        except BaseException as error:  # noqa: BLE001  # as above
            errors.append(error)

    writers = [threading.Thread(target=write, args=(store, name)) for store, name in zip(stores, "ab", strict=True)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert (errors, stores[0].info()["documents"]) == ([], 24)


def test_a_writer_that_waits_too_long(opened: Open) -> None:
    """It fails with what to do, and can go on once the other has finished."""
    first, second = opened(), opened(wait=0.2)
    with second.writer() as writer:
        writer.add(fake_ledger())
        with first.transaction():
            begin = time.monotonic()
            with pytest.raises(StoreUnavailable, match="another program is writing") as caught:
                writer.flush()
        assert (time.monotonic() - begin < 5, "later" in caught.value.hint) == (True, True)
    assert first.info()["documents"] == 1


WRITE = """
import sys
sys.path.insert(0, {root!r})
from allegedly.store import writing
from allegedly.store.opening import open_store
from tests.conftest import sample_layers
from tests.fakes import RUN
from tests.stores import fake_ledger
writing.BATCH = 7
with open_store({place!r}) as store, store.writer() as writer:
    for n in range(100_000):
        writer.add(fake_ledger(f"The army said rebels killed {{n}} people.\\nOmar denied it {{n}}.", id=f"d{{n}}"))
        if n % 7 == 6:
            print(n, flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_while_writing(opened: Open, place: str, seed: int) -> None:
    """After kill -9 all that was committed is there, every document is whole, and writing goes on."""
    code = WRITE.format(root=str(Path(__file__).parents[2]), place=place)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        committed = -1
        for line in process.stdout:
            committed = int(line)
            if committed > 60:
                break
        time.sleep(random.Random(seed).random() / 20)  # noqa: S311  # somewhere in the middle
        os.kill(process.pid, signal.SIGKILL)
        committed = max([committed, *map(int, process.stdout.read().split())])
    store = opened()
    with store.view() as view:
        documents = [document.id for document in view.documents()]
        per_document = {len(list(view.claims(document=item))) for item in documents}
        numbers = [claim.document for claim in _all_found(view, "killed")]
    assert documents[: committed + 1] == [f"d{n}" for n in range(committed + 1)]
    assert (per_document, len(documents) % 7, sorted(numbers)) == ({2}, 0, sorted(documents))
    assert add_ledgers(store, [fake_ledger(id="after")]).added == 1


def _all_found(view: object, query: str) -> list[object]:
    found, after = [], None
    while True:
        page = view.find(query, limit=1000, after=after)  # type: ignore[attr-defined]  # a view
        found += page.claims
        after = page.after
        if after is None:
            return found


# ------------------------------------------------------------------------------------------------------------- schema


def _set_step(place: str, step: str) -> None:
    with connect(place) as store, store.transaction() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :step"), {"step": step})


def test_there_is_no_store_yet(empty_place: str) -> None:
    """Only what adds makes a store; all else says that there is none."""
    with pytest.raises(NotInStore, match="there is no"):
        open_store(empty_place)
    open_store(empty_place, create=True).close()
    with open_store(empty_place) as store:
        assert store.info()["documents"] == 0


def test_a_newer_store(opened: Open, place: str) -> None:
    """A store that a newer program wrote is left alone."""
    _set_step(place, "r9999")
    with pytest.raises(SchemaMismatch, match="newer program") as caught:
        opened()
    with pytest.raises(SchemaMismatch), connect(place) as store:
        migrate(store)
    assert (caught.value.newer, caught.value.hint) == (True, "update allegedly")


def test_an_older_store(opened: Open, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of an older program names the command, which brings it up to date and loses nothing."""
    with opened() as store:
        add_ledgers(store, [fake_ledger()])
    monkeypatch.setattr("allegedly.store.migrating.check_revision.__kwdefaults__", {"head": "r9000"})
    with pytest.raises(SchemaMismatch, match=f"of step {HEAD}, this program wants r9000") as caught:
        open_store(place)
    assert (caught.value.newer, "allegedly store migrate" in caught.value.hint) == (False, True)
    with connect(place) as store:
        assert migrate(store, head="r9000", more=STEPS) == "r9000"
        with store.view() as view, store.engine.connect() as connection:
            assert (revision(connection), decode_ledger(view.ledger("one"))) == ("r9000", fake_ledger())


def test_a_step_that_fails(opened: Open, place: str) -> None:
    """A step that breaks in the middle leaves the store as it was."""
    with opened() as store:
        add_ledgers(store, [fake_ledger()])
        with pytest.raises(StoreError):
            migrate(store, head="r9001", more=STEPS)
        with store.engine.connect() as connection:
            assert revision(connection) == HEAD
            assert not sa.inspect(connection).has_table("half_made")
    with open_store(place) as again, again.view() as view:
        assert view.document("one").id == "one"


def test_a_database_of_somebody_else(empty_place: str) -> None:
    """A database with other tables is not touched."""
    with connect(empty_place, create=True) as store, store.transaction() as connection:
        connection.execute(sa.text("CREATE TABLE users (name TEXT)"))
    with pytest.raises(StoreError, match=r"other tables \(users\)"):
        open_store(empty_place, create=True)


def test_vacuum(store: SqlStore) -> None:
    """Giving room back loses nothing."""
    add_ledgers(store, [fake_ledger()])
    store.vacuum()
    assert _ids(store, "killed") == ["one v1"]
