"""Incidents in the store: derived, brought up to date, and obedient to judgements that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from allegedly.corroboration.corroborate import corroborate
from allegedly.corroboration.keeping import refresh
from allegedly.errors import NotInStore, UsageError
from allegedly.records.claims_of import claims_of
from allegedly.records.incidents import Incident
from allegedly.records.ledger import Ledger
from allegedly.store.clusters import ClusterStore
from allegedly.store.opening import add_ledgers, open_store
from allegedly.store.sql import SqlStore
from bench.readers.incident_cases import read_cases

LEDGERS = {
    ledger.document.id + case.name: ledger for case in read_cases()[:6] for ledger in case.ledgers
}  # the same outlets and days in several cases: ids are made unique below


def unique(name: str, ledger: Ledger) -> Ledger:
    """Give a ledger an id of its own."""
    document = type(ledger.document)(
        **{f: getattr(ledger.document, f) for f in ledger.document.__slots__} | {"id": name}
    )
    return Ledger(**{f: getattr(ledger, f) for f in ledger.__slots__} | {"document": document})


ALL = [unique(name, ledger) for name, ledger in LEDGERS.items()]


@pytest.fixture
def opened(place: str) -> Iterator[SqlStore]:
    """A store of each kind without documents."""
    with open_store(place) as store:
        yield store


def everything(store: ClusterStore) -> list[Incident]:
    """Give all incidents."""
    return sorted(store.page(limit=1000).incidents, key=lambda incident: incident.id)


def expected(ledgers: list[Ledger]) -> list[Incident]:
    """Give what the pure function makes of ledgers."""
    found = corroborate([claim for ledger in ledgers for claim in claims_of(ledger)])
    return sorted(found, key=lambda incident: incident.id)


def test_an_empty_store_has_none(opened: SqlStore) -> None:
    """No documents, no incidents; a second look makes nothing."""
    store = ClusterStore(opened)
    assert refresh(store)
    assert not refresh(store)
    assert (store.page().incidents, store.conflicts().conflicts) == ((), ())


def test_the_store_holds_what_the_pure_function_makes(opened: SqlStore) -> None:
    """Kept incidents are those of all claims."""
    add_ledgers(opened, ALL)
    store = ClusterStore(opened)
    refresh(store)
    assert everything(store) == expected(ALL)
    assert store.count() == (len(expected(ALL)), sum(len(item.conflicts) for item in expected(ALL)))


def test_documents_that_arrive_change_what_they_touch(opened: SqlStore) -> None:
    """One by one gives what all at once give."""
    store = ClusterStore(opened)
    for ledger in ALL:
        add_ledgers(opened, [ledger])
        assert refresh(store)
    assert everything(store) == expected(ALL)


def test_a_generation_lasts_while_incidents_do(opened: SqlStore) -> None:
    """Accepting a claim, or a second look, changes no incident; calling it wrong, or another report, does."""
    add_ledgers(opened, ALL[:2])
    store = ClusterStore(opened)
    refresh(store)
    claim = everything(store)[0].claims[0]
    seen = [store.generation()]
    opened.judge(claim, "accept", who="Rana")
    assert refresh(store)
    seen.append(store.generation())
    opened.judge(claim, "reject", who="Rana")
    refresh(store)
    seen.append(store.generation())
    add_ledgers(opened, ALL[2:3])
    refresh(store)
    seen.append(store.generation())
    store.clear()
    refresh(store, anew=True)
    seen.append(store.generation())
    assert seen[0] == seen[1]
    assert len(set(seen)) == 4


def test_a_late_report_joins_what_it_is_about(opened: SqlStore) -> None:
    """What counts is the day of the event, not how much later somebody writes of it."""
    case = next(item for item in read_cases() if item.name == "figures-differ")
    first, second = case.ledgers
    fields = {name: getattr(second.document, name) for name in second.document.__slots__}
    late = type(second.document)(**fields | {"published": "2025-09-01", "id": "late"})
    second = Ledger(**{name: getattr(second, name) for name in second.__slots__} | {"document": late})
    store = ClusterStore(opened)
    for ledger in (second, *ALL, first):
        add_ledgers(opened, [ledger])
        refresh(store)
    assert everything(store) == expected([second, *ALL, first])
    assert any(set(item.documents) == {"late", first.document.id} for item in everything(store))


def test_a_retracted_document_is_gone(opened: SqlStore) -> None:
    """Its claims are in no incident any more."""
    add_ledgers(opened, ALL)
    store = ClusterStore(opened)
    refresh(store)
    opened.retract(ALL[0].document.id, who="Kim")
    refresh(store)
    assert everything(store) == expected(ALL[1:])


def test_pages_follow_one_another(opened: SqlStore) -> None:
    """Page by page gives all, last reported first."""
    add_ledgers(opened, ALL)
    store = ClusterStore(opened)
    refresh(store)
    found, after = [], None
    while True:
        page = store.page(limit=2, after=after)
        found += page.incidents
        after = page.after
        if after is None:
            break
    assert sorted(found, key=lambda incident: incident.id) == everything(store)
    assert [item.last_updated for item in found] == sorted((item.last_updated for item in found), reverse=True)  # type: ignore[type-var]


def test_conflicts_page_too(opened: SqlStore) -> None:
    """Conflicts come newest first, all of them, and by field."""
    add_ledgers(opened, ALL)
    store = ClusterStore(opened)
    refresh(store)
    every = store.conflicts(limit=1000).conflicts
    found, after = [], None
    while True:
        page = store.conflicts(limit=1, after=after)
        found += page.conflicts
        after = page.after
        if after is None:
            break
    assert found == list(every)
    assert {row.field for row in store.conflicts(field="who").conflicts} == {"who"}
    with pytest.raises(UsageError, match="no place in the list"):
        store.conflicts(after="nonsense")


def test_merge_and_undo(opened: SqlStore) -> None:
    """A merge makes one of two; undone, they are two again; both stay recorded."""
    add_ledgers(opened, ALL)
    store = ClusterStore(opened)
    refresh(store)
    before = everything(store)
    one, other = before[:2]
    made = store.judge("merge", [f"c{one.id[1:]}"], [f"c{other.id[1:]}"], who="Kim", note="same night")
    assert refresh(store)
    assert len(everything(store)) == len(before) - 1
    store.undo(made.number, who="Lee")
    refresh(store)
    assert everything(store) == before
    (kept,) = store.judgements(undone=True)
    assert (kept.who, kept.note, kept.undone_by) == ("Kim", "same night", "Lee")
    assert store.judgements() == ()
    with pytest.raises(NotInStore, match="no merge or split"):
        store.undo(made.number, who="Lee")


def test_split(opened: SqlStore) -> None:
    """Claims taken out are an incident of their own."""
    add_ledgers(opened, ALL)
    store = ClusterStore(opened)
    refresh(store)
    incident = next(item for item in everything(store) if len(item.documents) > 1)
    names = {claim.id: claim for claim in store.claims_of(store.documents_of([incident.id])) if claim.event}
    taken = next(claim for claim in reversed(incident.claims) if claim in names)
    store.judge("split", [taken], [claim for claim in incident.claims if claim != taken], who="Kim")
    refresh(store)
    assert taken not in store.incident(incident.id).claims
    assert taken in store.incident(f"i{taken[1:]}").claims


@pytest.mark.parametrize(
    ("left", "right", "who"), [((), ("c1",), "Kim"), (("c1",), ("c1",), "Kim"), (("c1",), ("c2",), " ")]
)
def test_judgements_need_sense(opened: SqlStore, left: tuple[str, ...], right: tuple[str, ...], who: str) -> None:
    """Nobody, nothing, or the same on both sides is refused."""
    with pytest.raises(UsageError):
        ClusterStore(opened).judge("merge", left, right, who=who)


def test_an_incident_is_found_by_any_of_its_claims(opened: SqlStore) -> None:
    """Its id, the beginning of it, and the id that another of its claims would give lead to it."""
    add_ledgers(opened, ALL)
    store = ClusterStore(opened)
    refresh(store)
    incident = next(item for item in everything(store) if len(item.claims) > 1)
    for claim in incident.claims:
        assert store.incident(f"i{claim[1:]}") == incident
    assert store.incident(incident.id[:12]) == incident
    with pytest.raises(NotInStore, match="no incident"):
        store.incident("i" + 20 * "0")


def test_made_anew_is_the_same(opened: SqlStore) -> None:
    """Thrown away and rebuilt, nothing changes."""
    add_ledgers(opened, ALL)
    store = ClusterStore(opened)
    refresh(store)
    before = everything(store)
    told: list[tuple[int, int]] = []
    refresh(store, anew=True, progress=lambda done, count: told.append((done, count)))
    assert everything(store) == before
    assert told[-1] == (len(ALL), len(ALL))


def test_origins_are_asked_for(opened: SqlStore) -> None:
    """Who knows which documents go back to one report may say so."""
    add_ledgers(opened, ALL)
    store = ClusterStore(opened)
    refresh(store, origins=lambda documents: dict.fromkeys(documents, ("one",)))
    assert {item.number_of_origins for item in everything(store)} == {1}
