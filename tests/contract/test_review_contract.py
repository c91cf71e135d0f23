"""Review queues in every store: who is asked what, in which order, and incidents that follow the answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from allegedly.corroboration.corroborate import corroborate
from allegedly.corroboration.keeping import refresh
from allegedly.corroboration.reviewed import changed_since
from allegedly.errors import QueryError, UsageError
from allegedly.records.claims import Claim
from allegedly.records.claims_of import claims_of
from allegedly.records.incidents import Incident
from allegedly.review.queue import ORDERS, Asked, Counts, Order, count_claims, next_claims, pivot
from allegedly.review.states import reviews_of
from allegedly.store import reviewing
from allegedly.store.clusters import ClusterStore
from allegedly.store.opening import add_ledgers, open_store
from allegedly.store.reviewing import ReviewStore
from allegedly.store.sql import SqlStore
from bench.readers.incident_cases import read_cases
from tests.stores import another_reading, fake_ledger

TEXT = "The army said rebels killed 3 people.\nOmar denied troops arrested 12 farmers.\nKim accused police."
CASES = [
    replace(ledger, document=replace(ledger.document, id=f"{case.name}-{number}"))
    for case in read_cases()[:6]
    for number, ledger in enumerate(case.ledgers)
]


def scored() -> list[Claim]:
    """Give the claims of a document in which each event has a score of its own, lowest first."""
    return sorted(claims_of(_ledger()), key=lambda claim: claim.score)


def _ledger() -> object:
    ledger = fake_ledger(TEXT)
    events = tuple(replace(row, score=0.9 - k / 4) for k, row in enumerate(ledger.events))
    sayings = tuple(replace(row, score=0.5) for row in ledger.attributions)
    return replace(ledger, events=events, attributions=sayings)


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    """A store with that document."""
    add_ledgers(store, [_ledger()])  # type: ignore[list-item]
    return store


def ids(store: SqlStore, order: Order = "uncertain", who: str = "Ana", **more: str) -> list[str]:
    """Give the ids of all that waits, asked for page by page."""
    found: list[str] = []
    after = None
    while True:
        page = next_claims(store, Asked(who=who, order=order, **more), limit=2, after=after)
        found += [claim.id for claim in page.claims]
        after = page.after
        if after is None:
            return found


def test_the_least_certain_come_first(filled: SqlStore) -> None:
    """Lowest score first, page by page."""
    assert ids(filled) == [claim.id for claim in scored()]
    assert len(ids(filled)) == 3


def test_the_random_order_begins_at_its_pivot(filled: SqlStore) -> None:
    """All claims once, in order of ids from the pivot on, then from the beginning; the same seed, the same order."""
    known = sorted(claim.id for claim in scored())
    for seed in ("", "a", "b", "c", "d"):
        begin = pivot(seed)
        expected = [one for one in known if one > begin] + [one for one in known if one <= begin]
        assert ids(filled, "random", seed=seed) == expected


@pytest.mark.parametrize("order", ["uncertain", "disputed", "random"])
def test_nobody_is_asked_what_somebody_has_judged(filled: SqlStore, order: Order) -> None:
    """Neither who judged nor anybody else; a judgement that is taken back lets it wait again."""
    first = ids(filled, order)[0]
    made = filled.judge(first, "unsure", who="Ana")
    assert first not in ids(filled, order) + ids(filled, order, "Ben")
    filled.undo(made.number, who="Ana")
    assert ids(filled, order)[0] == first


def test_second_gives_what_one_other_has_judged(filled: SqlStore) -> None:
    """Not to who judged it, not what two have judged, and in the order of the judgements."""
    one, two, three = (claim.id for claim in scored())
    for row, who in ((two, "Ana"), (one, "Ana"), (three, "Ana"), (three, "Ben")):
        filled.judge(row, "accept", who=who)
    filled.judge(one, "reject", who="Ana")
    assert ids(filled, "second", "Cem") == [two, one]
    assert ids(filled, "second", "Ana") == []
    assert count_claims(filled, Asked(who="Cem", order="second")) == Counts(2, 0)


def test_counts(filled: SqlStore) -> None:
    """What waits, and what one has done, each claim once."""
    row = scored()[0].id
    assert count_claims(filled, Asked(who="Ana")) == Counts(3, 0)
    filled.judge(row, "accept", who="Ana")
    filled.judge(row, "reject", who="Ana")
    assert count_claims(filled, Asked(who="Ana", order="random")) == Counts(2, 1)
    assert count_claims(filled, Asked(who="Ana", query="stance:deny")).waiting == 1


@pytest.mark.parametrize("many", [500, 1])
@pytest.mark.parametrize("order", ORDERS)
def test_a_query_restricts(filled: SqlStore, order: Order, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what it finds is asked and counted, in every order, whether it finds few or many."""
    monkeypatch.setattr(reviewing, "_MANY", many)
    monkeypatch.setattr(reviewing, "_STRETCH", 1)
    if order == "second":
        for claim in scored():
            filled.judge(claim.id, "accept", who="Ben")
    found = ids(filled, order, query="stance:deny")
    assert found == [claim.id for claim in scored() if claim.stance == "deny"]
    assert count_claims(filled, Asked(who="Ana", order=order, query="stance:deny")).waiting == len(found) == 1


def test_a_text_printed_twice_is_asked_once(filled: SqlStore) -> None:
    """Both hold the same claims; one judgement is one of both."""
    add_ledgers(filled, [replace(_ledger(), document=replace(_ledger().document, id="two"))])  # type: ignore[attr-defined, type-var]
    page = next_claims(filled, Asked(who="Ana"), limit=10)
    assert [claim.id for claim in page.claims] == [claim.id for claim in scored()]
    assert [len(next_claims(filled, Asked(who="Ana", order=order), limit=10).claims) for order in ORDERS] == [
        3,
        3,
        3,
        0,
    ]
    assert count_claims(filled, Asked(who="Ana")).waiting == 3


def test_what_does_not_count_is_not_asked(filled: SqlStore) -> None:
    """Neither an older reading nor a retracted document."""
    before = {claim.id for claim in scored()}
    add_ledgers(filled, [another_reading(_ledger())])  # type: ignore[arg-type]
    assert set(ids(filled)) != before
    filled.retract("one", who="Ana")
    assert [ids(filled, order) for order in ORDERS] == [[], [], [], []]


def test_a_page_begins_behind_any_of_its_claims(filled: SqlStore) -> None:
    """The place of a claim is where the next page may begin."""
    for order in ("uncertain", "disputed", "random"):
        asked = Asked(who="Ana", order=order)  # type: ignore[arg-type]
        page = next_claims(filled, asked, limit=3)
        rest = next_claims(filled, asked, limit=3, after=page.places[0])
        assert (rest.claims, page.after) == (page.claims[1:], None)


@pytest.mark.parametrize(
    ("asked", "options", "problem"),
    [
        (Asked(who=" "), {}, "somebody"),
        (Asked(who="Ana", order="best"), {}, "no order 'best'"),  # type: ignore[arg-type]
        (Asked(who="Ana"), {"limit": 0}, "page of 0"),
        (Asked(who="Ana"), {"after": "i~c1"}, "no place"),
        (Asked(who="Ana"), {"after": "s~x~1"}, "no place"),
        (Asked(who="Ana", order="random"), {"after": "s~0.1~1"}, "no place"),
        (Asked(who="Ana", order="second"), {"after": "n~1~2"}, "no place"),
        (Asked(who="Ana", order="disputed"), {"after": "d~1"}, "no place"),
        (Asked(who="Ana"), {"after": "z~1"}, "no place"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    shared_store: SqlStore, asked: Asked, options: dict[str, object], problem: str
) -> None:
    """Nobody, no such order, a place of another order."""
    with pytest.raises(UsageError, match=problem):
        next_claims(shared_store, asked, **options)  # type: ignore[arg-type]


def test_a_query_that_is_none_is_refused(shared_store: SqlStore) -> None:
    """As `allegedly find` would."""
    with pytest.raises(QueryError):
        next_claims(shared_store, Asked(who="Ana", query="score>high"))


def test_the_last_judgement_of_a_reviewer(filled: SqlStore) -> None:
    """That which stands; none before the first."""
    rows = ReviewStore(filled)
    assert rows.last_of("Ana") is None
    made = [filled.judge(claim.id, "accept", who="Ana") for claim in scored()[:2]]
    filled.undo(made[1].number, who="Ana")
    assert rows.last_of("Ana") == made[0]


@pytest.fixture
def disputed(store: SqlStore) -> SqlStore:
    """A store with incidents that have conflicts."""
    add_ledgers(store, CASES)
    refresh(ClusterStore(store))
    return store


def test_claims_behind_conflicts_come_first(disputed: SqlStore) -> None:
    """Newest conflicts first, each claim once; then the rest, least certain first."""
    conflicts = ClusterStore(disputed).conflicts(limit=1000).conflicts
    behind = list(dict.fromkeys(claim for item in conflicts for claim in (item.claim_a, item.claim_b)))
    found = ids(disputed, "disputed")
    assert list(dict.fromkeys(found))[: len(behind)] == behind
    assert (len(behind) > 3, set(found) == set(ids(disputed))) == (True, True)


def test_two_reviewers_at_once_are_both_kept(place: str) -> None:
    """Neither overwrites the other, whoever is first."""
    with open_store(place) as store:
        add_ledgers(store, [_ledger()])  # type: ignore[list-item]
    rows = [claim.id for claim in scored()]

    def judge(who: str) -> None:
        with open_store(place) as own:
            for row in rows:
                own.judge(row, "accept" if who == "Ana" else "reject", who=who, queue="random")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(judge, ("Ana", "Ben")))
    with open_store(place) as store, store.view() as view:
        judgements, reviews = view.judgements(), reviews_of(view)
    assert sorted(item.number for item in judgements) == list(range(1, 7))
    assert [reviews.standing(row).state for row in rows] == ["conflict"] * 3
    assert {reviews.standing(row).reviewers[0] for row in rows} <= {"Ana", "Ben"}


def test_a_new_reading_asks_for_another_look(filled: SqlStore) -> None:
    """What was judged of the row before is work for the row in its place."""
    for claim in scored():
        filled.judge(claim.id, "accept", who="Ana")
    add_ledgers(filled, [another_reading(_ledger())])  # type: ignore[arg-type]
    with filled.view() as view:
        reviews = reviews_of(view)
        states = sorted(reviews.standing(claim.id).state for claim in view.claims())
    assert states == ["accepted", "accepted", "work-needed"]


def test_which_claims_count_now(filled: SqlStore) -> None:
    """Those of the last reading, not of one before, and none that never was."""
    first = {claim.id for claim in scored()}
    with filled.view() as view:
        assert view.current_claims([*first, "c0"]) == first
    add_ledgers(filled, [another_reading(_ledger())])  # type: ignore[arg-type]
    with filled.view() as view:
        assert view.current_claims(first) == first & {claim.id for claim in view.claims()} < first


def everything(store: SqlStore) -> list[Incident]:
    """Give all incidents as they are kept."""
    return sorted(ClusterStore(store).page(limit=1000).incidents, key=lambda incident: incident.id)


def made_anew(store: SqlStore) -> list[Incident]:
    """Give what the pure function makes of the claims as people left them."""
    with store.view() as view:
        reviews = reviews_of(view)
        left = [reviews.reviewed(claim) for claim in view.claims()]
    claims = [claim for claim, standing in left if standing.state != "issue"]
    return sorted(corroborate(claims), key=lambda incident: incident.id)


def _of_an_incident(store: SqlStore) -> list[str]:
    return list(max(everything(store), key=lambda item: len(item.claims)).claims)


def test_wrong_claims_are_in_no_incident(disputed: SqlStore) -> None:
    """They come back when the judgement is taken back, or another reviewer differs."""
    before = everything(disputed)
    claim = _of_an_incident(disputed)[0]
    made = disputed.judge(claim, "reject", who="Ana")
    assert refresh(ClusterStore(disputed))
    assert claim not in {name for item in everything(disputed) for name in item.claims}
    assert everything(disputed) == made_anew(disputed) != before
    disputed.judge(claim, "accept", who="Ben")
    refresh(ClusterStore(disputed))
    assert everything(disputed) == before
    disputed.undo(made.number, who="Ana")
    assert refresh(ClusterStore(disputed))
    assert everything(disputed) == made_anew(disputed) == before


def test_corrections_are_in_incidents(disputed: SqlStore) -> None:
    """A day far away takes a claim out of its incident; a new reading keeps it there with the words."""
    before = everything(disputed)
    claim = _of_an_incident(disputed)[0]
    day = {"earliest": "2019-02-03", "latest": "2019-02-03", "precision": "day", "from_": "stated"}
    made = disputed.judge(claim, "change", who="Ana", after={"date": day})
    refresh(ClusterStore(disputed))
    assert everything(disputed) == made_anew(disputed) != before
    disputed.undo(made.number, who="Ana")
    refresh(ClusterStore(disputed))
    assert everything(disputed) == before


def test_to_accept_makes_nothing_again(disputed: SqlStore) -> None:
    """No claim counts otherwise, whatever the number of acceptances and doubts."""
    store = ClusterStore(disputed)
    made = store.state()
    for claim in _of_an_incident(disputed):
        disputed.judge(claim, "accept", who="Ana")
        disputed.judge(claim, "unsure", who="Ben")
    assert changed_since(store, made, store.state()) == set()
    assert refresh(store)
    assert not refresh(store)


def test_what_was_said_of_a_claim_is_known_when_its_text_comes_again(disputed: SqlStore) -> None:
    """A judgement is about the text, not about a copy of it."""
    claim = _of_an_incident(disputed)[0]
    disputed.judge(claim, "reject", who="Ana")
    ledger = next(item for item in CASES if claim in {row.id for row in claims_of(item)})
    add_ledgers(disputed, [replace(ledger, document=replace(ledger.document, id="copy"))])
    refresh(ClusterStore(disputed))
    assert everything(disputed) == made_anew(disputed)
    assert claim not in {name for item in everything(disputed) for name in item.claims}


def test_values_that_fit_no_claim_are_refused(filled: SqlStore) -> None:
    """They are not kept, and the message names the claim."""
    claim = scored()[0]
    with pytest.raises(UsageError, match=f"do not fit claim {claim.id}"):
        filled.judge(claim.id, "change", who="Ana", after={"type": "BATTLE"})
