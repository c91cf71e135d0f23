"""Every store tells alike who speaks, by which cues, who cites and accuses whom, and which incidents follow which."""

from __future__ import annotations

import pytest

from allegedly.errors import UsageError
from allegedly.keeper import up_to_date
from allegedly.store.briefs import BriefFilter, briefs, choices, count_briefs, nearest_briefs, place_of
from allegedly.store.concordance import CueCount, cue_counts, cue_lines
from allegedly.store.network import Tie, accusations, citations
from allegedly.store.opening import add_ledgers
from allegedly.store.prints import matches_of, prints_of, texts_of
from allegedly.store.sources import claims_of_source, count_sources, list_sources, source_count
from allegedly.store.sql import SqlStore
from tests.stores import fake_ledger
from tests.web.pages import demo_ledgers

FRONT = "Front said troops killed 3 people.\nFront denied troops met rebels.\nArmy accused rebels killed 2 farmers."


@pytest.fixture
def read(store: SqlStore) -> SqlStore:
    """A store with two invented reports, one of them printed twice."""
    add_ledgers(
        store,
        [
            fake_ledger(FRONT, id="one", publisher="Northwire", published="2024-05-07"),
            fake_ledger(FRONT, id="two", publisher="Free South", published="2024-05-08"),
            fake_ledger("Omar said police arrested 4 people.", id="three", publisher="Northwire"),
        ],
    )
    return store


def test_sources_by_name(read: SqlStore) -> None:
    """Sources stand in order of the alphabet, with what each does."""
    page = list_sources(read)
    assert [source.name for source in page.sources] == ["Army", "Front", "Omar"]
    front = page.sources[1]
    assert (front.claims, front.stances, front.documents) == (4, {"assert": 2, "deny": 2}, 2)
    assert (page.after, count_sources(read)) == (None, 3)


def test_sources_page_by_page(read: SqlStore) -> None:
    """A next page begins after the last name of the one before, whatever its case."""
    first = list_sources(read, limit=1)
    assert ([source.name for source in first.sources], first.after) == (["Army"], "Army")
    rest = list_sources(read, limit=2, after=first.after)
    assert ([source.name for source in rest.sources], rest.after) == (["Front", "Omar"], None)


@pytest.mark.parametrize(("begins", "expected"), [("fr", ["Front"]), ("FRO", ["Front"]), ("%", []), ("_", [])])
def test_sources_that_begin_so(read: SqlStore, begins: str, expected: list[str]) -> None:
    """Names are found by their beginning; signs of patterns are plain letters."""
    assert [source.name for source in list_sources(read, begins=begins).sources] == expected


def test_a_source_that_is_none(read: SqlStore) -> None:
    """Nobody of that name counts 0."""
    assert source_count(read, "Nobody").claims == 0


def test_retracted_documents_say_nothing(read: SqlStore) -> None:
    """What a retracted document says counts no more."""
    read.retract("two", who="Ada")
    assert source_count(read, "Front").claims == 2
    assert sum(accusations(read).values()) == 1


def test_claims_of_a_source_newest_first(read: SqlStore) -> None:
    """Claims come newest first, page by page, each once."""
    first = claims_of_source(read, "Front", limit=3)
    rest = claims_of_source(read, "Front", limit=3, after=first.after)
    days = [claim.published for claim in (*first.claims, *rest.claims)]
    assert (days, rest.after) == (["2024-05-08", "2024-05-08", "2024-05-07", "2024-05-07"], None)


def test_claims_of_a_source_by_stance(read: SqlStore) -> None:
    """Only what it denies, if that is asked for."""
    found = claims_of_source(read, "Front", stances=["deny"])
    assert {claim.stance for claim in found.claims} == {"deny"}


def test_a_place_that_no_page_gave(read: SqlStore) -> None:
    """Made-up places in a list are refused."""
    with pytest.raises(UsageError, match="no place in a list"):
        claims_of_source(read, "Front", after="yesterday")


def test_cues_by_outlet(read: SqlStore) -> None:
    """Each cue is counted by outlet."""
    assert cue_counts(read, "Front") == [
        CueCount("denied", "Free South", "deny", 1),
        CueCount("denied", "Northwire", "deny", 1),
        CueCount("said", "Free South", "assert", 1),
        CueCount("said", "Northwire", "assert", 1),
    ]


def test_cues_in_their_lines(read: SqlStore) -> None:
    """A line is a stretch of the text, cut at the cue."""
    line = cue_lines(read, "Front", cue="denied")[0]
    assert f"{line.left}{line.cue}{line.right}" in FRONT
    assert (line.cue, line.document, line.left.splitlines()[-1]) == ("denied", "two", "Front ")


def test_who_cites_whom(read: SqlStore) -> None:
    """An outlet cites whose words it prints; rare ones are left out if asked."""
    assert citations(read, source="Omar") == [Tie("cites", "Northwire", "Omar", 1)]
    assert [(tie.one, tie.count) for tie in citations(read, least=2)] == [("Free South", 2), ("Northwire", 2)]


def test_who_accuses_whom(read: SqlStore) -> None:
    """The accused are those who act in the claim; what came since can be counted alone."""
    assert accusations(read) == {("Army", "rebels"): 2}
    assert not accusations(read, since=10)


def test_prints_of_a_claim(read: SqlStore) -> None:
    """A claim is given with each document that prints it, earliest first."""
    claim = claims_of_source(read, "Front", stances=["deny"]).claims[0]
    found = prints_of(read, [claim.id, "c0"])
    assert {key: [item.document for item in items] for key, items in found.items()} == {claim.id: ["one", "two"]}


def test_judgements_of_prints(read: SqlStore) -> None:
    """What people decided comes with the claims it is about; what was taken back does not."""
    claim = claims_of_source(read, "Front", stances=["deny"]).claims[0]
    prints = prints_of(read, [claim.id])
    judgement = read.judge(claim.id, "accept", who="Ada")
    assert [item.row for item, _ in matches_of(read, prints).same] == [claim.id]
    read.undo(judgement.number, who="Ada")
    assert matches_of(read, prints).same == ()


def test_texts_in_the_order_asked_for(read: SqlStore) -> None:
    """Texts come in order, unknown ones are left out."""
    assert [(item.id, item.publisher) for item in texts_of(read, ["three", "none", "one"])] == [
        ("three", "Northwire"),
        ("one", "Northwire"),
    ]


@pytest.fixture
def incidents(store: SqlStore) -> SqlStore:
    """A store with the incidents of the demo."""
    add_ledgers(store, demo_ledgers())
    up_to_date(store)
    return store


def test_briefs_page_by_page(incidents: SqlStore) -> None:
    """Pages of one give the same as all at once, undated ones last."""
    whole = list(briefs(incidents))
    after, found = None, []
    while page := list(briefs(incidents, limit=1, after=after)):
        found += page
        after = place_of(page[0])
    assert found == whole
    assert [brief.latest is None for brief in whole] == sorted(brief.latest is None for brief in whole)


def test_a_place_in_no_list_of_briefs(incidents: SqlStore) -> None:
    """A made-up place is refused."""
    with pytest.raises(UsageError, match="no place in this list"):
        list(briefs(incidents, after="x"))


@pytest.mark.parametrize("name", ["dated", "placed"])
def test_halves_of_briefs(incidents: SqlStore, name: str) -> None:
    """Dated and undated, placed and unplaced together are all."""
    halves = [count_briefs(incidents, BriefFilter(**{name: value})) for value in (True, False)]  # type: ignore[arg-type]
    assert sum(halves) == count_briefs(incidents)


def test_what_can_be_chosen(incidents: SqlStore) -> None:
    """Types are those that some incident has, in order."""
    types = {brief.type for brief in briefs(incidents)}
    assert choices(incidents).types == tuple(sorted(types))


def test_the_nearest_incidents(incidents: SqlStore) -> None:
    """The nearest ones are others, those of the same place first."""
    one = up_to_date(incidents).page(limit=1).incidents[0]
    found = nearest_briefs(incidents, one)
    assert found
    assert one.id not in {brief.id for brief in found}
