"""Points and their status, references, weapons, tolls."""

from __future__ import annotations

from typing import Any

import pytest

from allegedly.corroboration.assemble import with_estimates
from allegedly.corroboration.corroborate import corroborate
from allegedly.corroboration.references import refers_back
from allegedly.corroboration.stance import key_of, tone
from allegedly.corroboration.wording import CUMULATIVE, HAPPENED, RESPONSIBILITY, find_weapons, is_site
from allegedly.records.claims import Claim
from allegedly.records.incidents import Incident, Point
from tests.corroboration.builders import make_claim, make_number, make_party, make_place

BASE: dict[str, Any] = {"place": make_place("Sorvik"), "actors": (make_party("Norland"),)}


def only(*claims: Claim) -> Incident:
    """Give the one incident of claims."""
    (incident,) = corroborate(claims)
    return incident


def point(incident: Incident, name: str) -> Point:
    """Give the first point of a name."""
    return next(item for item in incident.points if item.name == name)


def test_a_denial_names_the_claim_it_answers() -> None:
    """The denial "denied any role" is linked to the accusation before it."""
    accusation = make_claim(**BASE)
    denial = make_claim("any role", at=80, source="Norland", stance="deny", cue="denied", event=False)
    cell = point(only(accusation, denial), "who").cell("name:norland")
    assert (cell.stance, cell.denied) == ("denies", (accusation.id,))


def test_silence_is_a_cell_without_claims() -> None:
    """A party that says nothing to a point is silent."""
    cell = point(only(make_claim(**BASE)), "who").cell("name:norland")
    assert (cell.stance, cell.claims) == ("silent", ())


def test_the_last_word_counts_and_the_first_is_kept() -> None:
    """Who denies first and admits later concedes; that it denied stays known."""
    first = make_claim(
        "shelling the market in Sorvik",
        source="Norland",
        stance="deny",
        cue="denied",
        factuality="-",
        place=make_place("Sorvik"),
    )
    later = make_claim(
        "it had shelled the market in Sorvik", document="d2", published="2025-03-09", source="Norland",
        stance="confirm", cue="admitted", place=make_place("Sorvik"), actors=(make_party("it"),),
    )  # fmt: skip
    cell = point(only(first, later), "who").cell("name:norland")
    assert (cell.stance, cell.earlier) == ("concedes", ("denies",))


@pytest.mark.parametrize(
    ("cue", "stance", "expected"),
    [
        ("said", "assert", "asserts"),
        ("confirmed", "confirm", "confirms"),
        ("admitted", "confirm", "concedes"),
        ("acknowledged", "assert", "concedes"),
    ],
)
def test_tone_follows_the_cue(cue: str, stance: str, expected: str) -> None:
    """Nothing but the words of saying decides how something is affirmed."""
    assert tone(make_claim(cue=cue, stance=stance)) == expected


def test_estimates_are_given_only_by_name() -> None:
    """No policy, no number."""
    incident = only(make_claim(**BASE, numbers=(make_number("nine", 9, 9, 9),)))
    assert incident.best == ()
    (estimate,) = with_estimates(incident, "median").best
    assert (estimate.measure, estimate.policy, estimate.value) == ("killed", "median", 9)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("310 people have been killed since January", True),
        ("over the past three weeks", True),
        ("this year alone", True),
        ("nine people were killed on Monday", False),
        ("nine people have died since then", False),
    ],
)
def test_words_of_longer_tolls(words: str, found: bool) -> None:  # noqa: FBT001  # a table
    """Sums over a longer time are told from tolls of one event."""
    assert bool(CUMULATIVE.search(words)) is found


@pytest.mark.parametrize(
    "words",
    ["responsibility for the attack", "any role", "involvement", "being behind the raid", "carrying out the attack"],
)
def test_words_of_responsibility(words: str) -> None:
    """A denial of these leaves open whether it happened."""
    assert RESPONSIBILITY.search(words)
    assert not HAPPENED.search(words)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Two drones hit it", ["drone"]),
        ("using cluster munitions", ["cluster"]),
        ("a car bomb and gunfire", ["car-bomb", "firearms"]),
        ("talks", []),
    ],
)
def test_weapons(text: str, keys: list[str]) -> None:
    """Kinds of weapons are found with their words, longest names first."""
    found = find_weapons(text)
    assert [weapon.key for weapon in found] == keys
    assert all(weapon.words in text for weapon in found)


@pytest.mark.parametrize(
    ("words", "kind", "site"),
    [("the district hospital", None, True), ("12 villagers", None, False), ("the Ost", "VEH", True)],
)
def test_sites(words: str, kind: str | None, site: bool) -> None:  # noqa: FBT001  # a table
    """Things that are hit are told from people."""
    assert is_site(words, kind) is site


def test_keys_leave_numbers_out() -> None:
    """The words "12 civilians" and "civilians" are one value."""
    assert key_of("at least 12 civilians") == key_of("Civilians")


@pytest.mark.parametrize(
    ("stance", "words", "refers"),
    [
        ("deny", "any role", True),
        ("doubt", "the toll", True),
        ("assert", "winter is coming", False),
        ("accuse", "Norland", True),
        ("request", "calm", False),
    ],
)
def test_what_refers_back(stance: str, words: str, refers: bool) -> None:  # noqa: FBT001  # a table
    """Short answers refer to something; requests and statements of their own do not."""
    assert refers_back(make_claim(words, stance=stance, event=False)) is refers


def test_a_statement_that_refers_to_nothing_joins_nothing() -> None:
    """A denial in a report without any event is in no incident."""
    denial = make_claim("any role", document="d7", source="Norland", stance="deny", event=False)
    (incident,) = corroborate([make_claim(**BASE), denial])
    assert denial.id not in incident.claims


def test_parties_stand_in_order_of_names() -> None:
    """No party comes first by rule."""
    names = [party.name for party in only(make_claim(**BASE)).parties]
    assert names == sorted(names, key=str.lower)


@pytest.mark.parametrize(("second", "rows"), [(("Kasholm",), 1), (("Norland",), 0), (("Kasholm", "Mirova"), 0)])
def test_doers_conflict_one_against_one(second: tuple[str, ...], rows: int) -> None:
    """Two parties that name one doer each differ; a list of several excludes nobody."""
    other = make_claim(
        document="d2", source="Estagor", place=make_place("Sorvik"), actors=tuple(map(make_party, second))
    )
    assert sum(row.field == "who" for row in only(make_claim(**BASE), other).conflicts) == rows


@pytest.mark.parametrize("published", [None, "soon", "20250304T1200", "2025-03-04T10:00:00+02:00"])
def test_any_publication_date_is_taken(published: str | None) -> None:
    """A date that is missing or cannot be read is unknown, and no error."""
    assert only(make_claim(**BASE, published=published)).documents == ("d1",)


def test_a_rejected_report_without_doer_denies_that_it_happened() -> None:
    """Who rejects a claim that accuses nobody denies the event; one about a toll only, the toll."""
    act = make_claim(place=make_place("Sorvik"))
    denial = make_claim("the report", at=80, source="Norland", stance="deny", cue="rejected", event=False)
    assert point(only(act, denial), "happened").cell("name:norland").stance == "denies"
    toll = make_claim(place=make_place("Sorvik"), numbers=(make_number("nine", 9, 9, 9),))
    assert point(only(toll, denial), "killed").cell("name:norland").stance == "denies"


def test_rejecting_what_another_is_accused_of_denies_that_doer() -> None:
    """A third party that rejects an accusation denies who did it, and stays out of it itself."""
    denial = make_claim("the accusation", at=80, source="Kasholm", stance="deny", cue="rejected", event=False)
    who = point(only(make_claim(**BASE), denial), "who")
    assert (who.key, who.cell("name:kasholm").stance) == ("name:norland", "denies")


def test_owning_up_without_an_event() -> None:
    """Accepted responsibility concedes that it did it."""
    owning = make_claim("responsibility", at=80, source="Norland", stance="assert", cue="accepted", event=False)
    assert point(only(make_claim(**BASE), owning), "who").cell("name:norland").stance == "concedes"


def test_a_party_is_found_by_its_id() -> None:
    """Ids of cells lead to parties."""
    incident = only(make_claim(**BASE))
    assert [incident.party(cell.party) is None for cell in incident.points[0].cells] == [False]
    assert incident.party("nobody") is None
