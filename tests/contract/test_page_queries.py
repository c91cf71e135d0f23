"""What pages ask of a store beside the command line, in a file of SQLite and in PostgreSQL alike."""

from __future__ import annotations

from collections import Counter

import pytest

from allegedly.errors import QueryError, UnreadableDocument
from allegedly.store.opening import add_ledgers
from allegedly.store.sql import SqlStore
from tests.stores import OTHER_RUN, REPORT, another_reading, fake_ledger


def test_copies_of_a_text(store: SqlStore) -> None:
    """Documents with one text are given in the order they were added, retracted ones left out; all are counted."""
    ledgers = [fake_ledger(id=name) for name in "abcd"]
    add_ledgers(store, [*ledgers, fake_ledger("Other.", id="e")])
    store.retract("b", who="ida")
    with store.view() as view:
        copies = view.copies(ledgers[0].document.digest, limit=2)
        assert ([item.id for item in copies.documents], copies.count) == (["a", "c"], 3)
        assert view.copies("sha256:none").documents == ()


def test_readings_of_a_document(store: SqlStore) -> None:
    """The last reading comes first and is the one that counts; each says whether it holds a claim."""
    ledger = fake_ledger()
    add_ledgers(store, [ledger])
    add_ledgers(store, [another_reading(ledger)])
    with store.view() as view:
        readings = view.readings("one")
        claims = list(view.claims())
        counts = Counter(len(view.runs_with("one", claim.id)) for claim in claims)
    assert [(item.version, item.current) for item in readings] == [(OTHER_RUN.version, True), ("0.0.0", False)]
    assert counts == {2: 1, 1: 1}


def test_a_retraction(store: SqlStore) -> None:
    """It says who, why and of what; none is given of a document that is there, or was never."""
    add_ledgers(store, [fake_ledger(title="Raid")])
    with store.view() as view:
        assert view.retraction("one") is None
    store.retract("one", who="ida", why="twice")
    with store.view() as view:
        found = view.retraction("one")
        assert view.retraction("two") is None
    assert found is not None
    assert (found.who, found.why, found.document.title) == ("ida", "twice", "Raid")
    store.restore("one", who="ida")
    with store.view() as view:
        assert view.retraction("one") is None


def test_claims_by_id(store: SqlStore) -> None:
    """Claims that count now are found by their ids, each once, however often their text is printed."""
    add_ledgers(
        store, [fake_ledger(), fake_ledger(id="two"), fake_ledger("The army said rebels killed 9.", id="three")]
    )
    store.retract("three", who="ida")
    with store.view() as view:
        claims = list(view.claims(document="one"))
        gone = [claim.id for claim in view.claims(document="three")]
        found = view.claims_of_ids([*(claim.id for claim in claims), *gone, "c0"])
        assert view.claims_of_ids([]) == ()
    assert {claim.id for claim in found} == {claim.id for claim in claims}
    assert len(found) == len(claims)


def test_judgements_of_rows(store: SqlStore) -> None:
    """Those of the rows asked for that stand, oldest first."""
    add_ledgers(store, [fake_ledger()])
    with store.view() as view:
        first, second = (claim.id for claim in view.claims())
    store.judge(first, "accept", who="ida")
    taken_back = store.judge(first, "reject", who="omar")
    store.judge(second, "unsure", who="ida")
    store.undo(taken_back.number, who="omar")
    with store.view() as view:
        assert [(item.who, item.decision) for item in view.judgements_of([first])] == [("ida", "accept")]
        assert len(view.judgements_of([first, second])) == 2


@pytest.mark.parametrize("query", ["", "killed", "stance:deny", "killed>=1"])
def test_facets(store: SqlStore, query: str) -> None:
    """Each value has the number of claims found that have it, most frequent first."""
    add_ledgers(store, [fake_ledger(id=str(n), publisher=f"P{n % 2}", text=f"{REPORT} {n}.") for n in range(3)])
    with store.view() as view:
        found = view.find(query, limit=100).claims
        facets = view.facets(query, first=100)
        some = view.facets(query, first=1)
    assert facets.hits == len(found) > 1
    assert dict(facets.counts["stance"]) == Counter(claim.stance for claim in found)
    assert dict(facets.counts["publisher"]) == Counter(claim.publisher for claim in found)
    assert dict(facets.counts["source"]) == Counter(claim.source.name for claim in found if claim.source)
    numbers = [count for _, count in facets.counts["publisher"]]
    assert numbers == sorted(numbers, reverse=True)
    assert (facets.complete, some.complete, some.hits) == (True, False, 1)


def test_facets_of_no_query(store: SqlStore) -> None:
    """What cannot be understood is an error, as everywhere."""
    with store.view() as view, pytest.raises(QueryError, match="no number"):
        view.facets("killed>=x", first=10)


def test_failures_by_page(store: SqlStore) -> None:
    """What failed last comes first; the next page begins where the one before ended."""
    with store.writer() as writer:
        for number in range(5):
            writer.add_failure(f"place {number}", UnreadableDocument(f"no text {number}", hint="try"))
    with store.view() as view:
        first = view.failure_page(limit=2)
        second = view.failure_page(limit=2, after=first.after)
        last = view.failure_page(limit=2, after=second.after)
    places = [[item.place for item in page.failures] for page in (first, second, last)]
    assert places == [["place 4", "place 3"], ["place 2", "place 1"], ["place 0"]]
    assert last.after is None


def test_first_words(store: SqlStore) -> None:
    """The beginning of each text, by id; none for none."""
    add_ledgers(store, [fake_ledger(), fake_ledger("Short.", id="two")])
    with store.view() as view:
        assert view.openings(["one", "two", "none"], characters=8) == {"one": REPORT[:8], "two": "Short."}
        assert view.openings([]) == {}
