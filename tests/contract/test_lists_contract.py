"""Lists of every kind of store: a page at a time, all pages at one moment; and the state that answers depend on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from allegedly.errors import DocumentError, UsageError
from allegedly.keeper import up_to_date
from allegedly.store.briefs import BriefFilter, brief_page, briefs
from allegedly.store.clusters import ClusterStore
from allegedly.store.lists import (
    JudgementFilter,
    PageOf,
    failure_page,
    judgement,
    judgement_page,
    judgements_about,
    slice_of,
)
from allegedly.store.opening import add_ledgers, open_store
from allegedly.store.sql import SqlStore
from allegedly.store.state import state_of
from allegedly.store.viewing import SqlView
from tests.stores import another_reading, fake_ledger
from tests.web.pages import demo_ledgers


@pytest.fixture
def store(place: str) -> Iterator[SqlStore]:
    """A store of each kind with the demo's reports."""
    with open_store(place) as opened:
        add_ledgers(opened, demo_ledgers())
        yield opened


def all_of(fetch: Callable[[str | None], PageOf[Any]]) -> list[Any]:
    """Go from page to page."""
    found, after = [], None
    while True:
        page = fetch(after)
        found += page.items
        after = page.after
        if after is None:
            return found


def judged(store: SqlStore) -> list[str]:
    """Judge every claim of the first ledger, in turn as one of two people; give the claims' ids."""
    with store.view() as view:
        claims = [claim.id for claim in view.find("document:northwire", limit=10).claims]
    for k, claim in enumerate(claims):
        store.judge(claim, "accept", who=("ada", "bo")[k % 2])
    return claims


@pytest.mark.parametrize("limit", [1, 3, 1000])
def test_judgements_by_the_page(store: SqlStore, limit: int) -> None:
    """Pages put together are all judgements, oldest first."""
    judged(store)
    with store.view() as view:
        found = all_of(lambda after: judgement_page(view, JudgementFilter(), limit=limit, after=after))
        assert tuple(found) == view.judgements()


def test_which_judgements(store: SqlStore) -> None:
    """Judgements by person, row, document, and with those taken back."""
    claims = judged(store)
    store.undo(1, who="ada")
    with store.view() as view:

        def numbers(**wanted: Any) -> list[int]:
            page = judgement_page(view, JudgementFilter(**wanted), limit=1000, after=None)
            return [item.number for item in page.items]

        count = len(claims)
        assert numbers(who="bo") == list(range(2, count + 1, 2))
        assert numbers(row=claims[1]) == [2]
        assert numbers(row=claims[0]) == []
        assert numbers(row=claims[0], undone=True) == [1]
        assert numbers(document="northwire") == list(range(2, count + 1))
        assert numbers(document="elsewhere") == []


def test_judgements_about_texts(store: SqlStore) -> None:
    """What stands about some texts, and about no others."""
    claims = judged(store)
    store.undo(1, who="ada")
    with store.view() as view:
        digest = view.document("northwire").digest
        assert [item.number for item in judgements_about(view, {digest})] == list(range(2, len(claims) + 1))
        assert judgements_about(view, {view.document("free_south").digest}) == ()
        assert judgements_about(view, ()) == ()


def test_one_judgement(store: SqlStore) -> None:
    """A judgement by its number, also when it was taken back."""
    judged(store)
    store.undo(1, who="ada")
    with store.view() as view:
        found = judgement(view, 1)
        assert found is not None
        assert (found.who, found.undone_by) == ("ada", "ada")
        assert judgement(view, 1000) is None


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_failures_by_the_page(store: SqlStore, limit: int) -> None:
    """Pages put together are all failures, oldest first."""
    with store.writer() as writer:
        for n in range(5):
            writer.add_failure(f"line {n}", DocumentError("no text"))
    with store.view() as view:
        found = all_of(lambda after: failure_page(view, limit=limit, after=after))
        assert found == list(view.failures())


@pytest.mark.parametrize("limit", [1, 2, 1000])
@pytest.mark.parametrize("wanted", [BriefFilter(), BriefFilter(conflicts_only=True)], ids=["all", "in dispute"])
def test_incidents_by_the_page(store: SqlStore, limit: int, wanted: BriefFilter) -> None:
    """Pages put together are all incidents in brief, dated and undated ones, in one order."""
    up_to_date(store)
    with store.view() as view:
        found = all_of(lambda after: brief_page(view, wanted, limit=limit, after=after))
    assert found == list(briefs(store, wanted))
    if not wanted.conflicts_only:
        assert {item.latest is None for item in found} == {True, False}


def test_a_place_outlives_its_entry(store: SqlStore) -> None:
    """A page goes on where the one before ended, though that incident is there no more."""
    up_to_date(store)
    with store.view() as view:
        whole = list(briefs(store))
        after = brief_page(view, BriefFilter(), limit=2, after=None).after
    clusters = ClusterStore(store)
    clusters.replace([whole[1].id], [], clusters.state())
    with store.view() as view:
        assert list(brief_page(view, BriefFilter(), limit=1000, after=after).items) == whole[2:]


def test_incidents_at_one_moment(store: SqlStore) -> None:
    """With a view, incidents and conflicts are those of its moment."""
    up_to_date(store)
    with store.view() as view:
        clusters = ClusterStore(store, view)
        before = clusters.count()
        ClusterStore(store).clear()
        assert clusters.count() == before
        assert clusters.conflicts().conflicts
    assert ClusterStore(store).count() == (0, 0)


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "", "9" * 17, "9999999999999999", "²", "1\0"])
@pytest.mark.parametrize(
    "fetch",
    [
        lambda view, after: judgement_page(view, JudgementFilter(), limit=1, after=after),
        lambda view, after: failure_page(view, limit=1, after=after),
        lambda _, after: slice_of((), limit=1, after=after),
        lambda view, after: brief_page(view, BriefFilter(), limit=1, after=after),
    ],
    ids=["judgements", "failures", "slices", "incidents"],
)
def test_no_place(store: SqlStore, fetch: Callable[[SqlView, str], object], after: str) -> None:
    """What no page gave is no place in a list."""
    with store.view() as view, pytest.raises(UsageError, match="no place"):
        fetch(view, after)


def test_slices_of_a_short_list() -> None:
    """A short list is handed out in slices."""
    assert all_of(lambda after: slice_of("abcde", limit=2, after=after)) == list("abcde")


def failed(store: SqlStore) -> None:
    """Record a failure."""
    with store.writer() as writer:
        writer.add_failure("here", DocumentError("no text"))


CHANGES: dict[str, Callable[[SqlStore], object]] = {
    "a document": lambda store: add_ledgers(store, [fake_ledger()]),
    "a reading": lambda store: add_ledgers(store, [another_reading(demo_ledgers()[0])]),
    "a retraction": lambda store: store.retract("northwire", who="ada"),
    "a judgement": judged,
    "incidents made": up_to_date,
    "a failure": failed,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_answers_changes_the_state(store: SqlStore, change: Callable[[SqlStore], object]) -> None:
    """The state of a store is another after each kind of change."""
    before = state(store)
    change(store)
    assert state(store) != before


def test_what_is_taken_back_changes_the_state(store: SqlStore) -> None:
    """Taking back a judgement, a retraction or a merge makes another state, not the one before it."""
    judged(store)
    first, other = list(up_to_date(store).page(limit=2).incidents)
    clusters = ClusterStore(store)
    states = [state(store)]
    merge = clusters.judge("merge", [f"c{first.id[1:]}"], [f"c{other.id[1:]}"], who="ada")
    states.append(state(store))
    for change in (
        lambda: clusters.undo(merge.number, who="ada"),
        lambda: store.undo(1, who="ada"),
        lambda: store.retract("northwire", who="ada"),
        lambda: store.restore("northwire", who="ada"),
    ):
        change()
        states.append(state(store))
    assert len(set(states)) == len(states)


def test_nothing_new_is_the_same_state(store: SqlStore) -> None:
    """Adding what is there already, and looking, change nothing."""
    before = state(store)
    add_ledgers(store, demo_ledgers())
    assert state(store) == before


def state(store: SqlStore) -> str:
    """Give the state of a store as it is now."""
    with store.view() as view:
        return state_of(view)
