"""Claims: one per event and voice, one per statement without event, nothing lost."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from allegedly.records.claims import Claim, ClaimNumber, ClaimParty, ClaimPlace, ClaimTime, ClaimVoice
from allegedly.records.claims_of import claims_of
from allegedly.records.ids import row_ids
from allegedly.records.ledger import Ledger, QuantityRow
from tests.fakes import RUN
from tests.stores import fake_ledger


def _by_key(ledger: Ledger) -> dict[str, Claim]:
    return {claim.key: claim for claim in claims_of(ledger)}


def test_the_narrators_own(ledger: Ledger) -> None:
    """What the report itself says is asserted by its own voice; its words are the sentence."""
    claim = _by_key(ledger)["v1"]
    assert (claim.voice, claim.voices, claim.source, claim.stance) == ("own", (), None, "assert")
    assert claim.span == ledger.sentences[0]


def test_a_chain_of_voices(ledger: Ledger) -> None:
    """The innermost source vouches, the outer ones come first."""
    claim = _by_key(ledger)["v2"]
    assert [(voice.words, voice.name, voice.stance) for voice in claim.voices] == [
        ("he", "Orr", "assert"),
        ("The militia", "The militia", "deny"),
    ]
    assert (claim.voice, claim.stance, claim.factuality) == ("source", "deny", "-")
    assert claim.source is not None
    assert (claim.source.cue, claim.source.type, claim.source.form) == ("denied", "armed-group", "indirect")


def test_all_of_an_event(ledger: Ledger) -> None:
    """Type, modes, parties, place, time and numbers are the ledger's, with their words and row ids."""
    claim, ids = _by_key(ledger)["v2"], row_ids(ledger)
    assert (claim.type, claim.modes, claim.trigger, claim.event) == ("ASSAULT", ("drone",), "killed", ids["v2"])
    assert [(party.words, party.type) for party in (*claim.actors, *claim.recipients)] == [
        ("drones", "WEA"),
        ("villagers", "PER"),
    ]
    assert claim.place is not None
    assert claim.time is not None
    assert (claim.place.words, claim.place.latitude, claim.time.words, claim.time.origin) == (
        "Port Azel", 10.5, "Monday", "stated",
    )  # fmt: skip
    assert [(n.id, n.words, n.low, n.best) for n in claim.numbers] == [(ids["q1"], "at least 12", 12, None)]


def test_a_country_is_no_point(ledger: Ledger) -> None:
    """A claim that only a country places has no coordinates and no radius, so that nobody draws them."""
    (place,) = ledger.places
    claim = _by_key(replace(ledger, places=(replace(place, precision="country"),)))["v2"]
    assert claim.place is not None
    assert (claim.place.latitude, claim.place.longitude, claim.place.radius) == (None, None, None)
    assert (claim.place.country, claim.place.precision) == ("NRD", "country")


def test_resolved_times_and_places(ledger: Ledger) -> None:
    """Once times and places are resolved, their days and coordinates stand in the claim."""
    time = replace(ledger.times[0], earliest="2024-05-06", latest="2024-05-06", precision="day", from_="stated")
    place = replace(ledger.places[0], gazetteer="g:1", latitude=1.5, longitude=2.5, country="QQQ", precision="town")
    claim = _by_key(replace(ledger, times=(time,), places=(place,)))["v2"]
    assert claim.time is not None
    assert claim.place is not None
    assert (claim.time.earliest, claim.time.latest, claim.time.precision, claim.time.origin) == (
        "2024-05-06", "2024-05-06", "day", "stated",
    )  # fmt: skip
    assert (claim.place.gazetteer, claim.place.latitude, claim.place.longitude, claim.place.country) == (
        "g:1", 1.5, 2.5, "QQQ",
    )  # fmt: skip


def test_a_statement_without_event(ledger: Ledger) -> None:
    """An attribution in which no event stands is a claim of its own."""
    claim = _by_key(ledger)["a1"]
    assert (claim.event, claim.type, claim.factuality, claim.numbers) == (None, None, None, ())
    assert (claim.quote, claim.stance, claim.voice) == ("We hit <b>nothing</b>", "assert", "source")


def test_a_statement_inside_another() -> None:
    """Without event too, the chain is whole, outermost first."""
    ledger = fake_ledger("Omar said it was so.\nIda denied that.")
    outer, inner = ledger.attributions
    nested = replace(ledger, attributions=(outer, replace(inner, parent="a1")))
    assert [voice.words for voice in _by_key(nested)["a2"].voices] == ["Omar", "Ida"]


def test_a_party_without_entity(ledger: Ledger) -> None:
    """Somebody who is no entity is kept by the words alone."""
    actor = replace(ledger.events[1].actors[0], entity=None)
    claim = _by_key(replace(ledger, events=(ledger.events[0], replace(ledger.events[1], actors=(actor,)))))["v2"]
    assert claim.actors == (ClaimParty(span=actor.span, words="drones"),)


def test_nothing_is_lost(ledger: Ledger) -> None:
    """Every event is in one claim and every attribution in at least one."""
    claims, ids = claims_of(ledger), row_ids(ledger)
    assert sorted(claim.event for claim in claims if claim.event) == sorted(ids[row.id] for row in ledger.events)
    voiced = {voice.attribution for claim in claims for voice in claim.voices}
    assert voiced == {ids[row.id] for row in ledger.attributions}


def test_quotes_are_the_text(ledger: Ledger) -> None:
    """Each quote is what stands between its offsets, and each passage holds it."""
    for claim in claims_of(ledger):
        assert claim.quote == ledger.words(claim.span)
        assert claim.passage[0] <= claim.span[0] < claim.span[1] <= claim.passage[1]


def test_what_is_known_of_the_document(ledger: Ledger) -> None:
    """The two axes are kept apart: the publisher beside the voices, never among them."""
    claim = _by_key(ledger)["v2"]
    assert (claim.publisher, claim.published, claim.language, claim.document) == (
        "Northwire", "2024-05-07", "en", "sample",
    )  # fmt: skip
    assert "Northwire" not in {voice.name for voice in claim.voices}


def test_claims_stand_in_order_of_the_text(ledger: Ledger) -> None:
    """First comes what is said first."""
    spans = [claim.span for claim in claims_of(ledger)]
    assert spans == sorted(spans)


def test_claims_of_an_empty_ledger(ledger: Ledger) -> None:
    """No rows, no claims."""
    assert claims_of(Ledger(document=ledger.document, run=RUN)) == ()


def test_ids_may_be_handed_over(ledger: Ledger) -> None:
    """A caller that has the ids of the rows gets the same claims."""
    assert claims_of(ledger, row_ids(ledger)) == claims_of(ledger)


def test_an_event_outside_of_all_sentences(ledger: Ledger) -> None:
    """Where no sentence and no content holds the trigger, the trigger is the quote."""
    assert _by_key(replace(ledger, sentences=()))["v1"].quote == "hit"


def test_two_numbers(ledger: Ledger) -> None:
    """All numbers of an event are there, in its order."""
    more = QuantityRow("q2", (0, 4), "injured", ledger.words((0, 4)), 1, 1, 1, "exact")
    event = replace(ledger.events[1], quantities=("q2", "q1"))
    claim = _by_key(replace(ledger, quantities=(*ledger.quantities, more), events=(ledger.events[0], event)))["v2"]
    assert [number.measure for number in claim.numbers] == ["injured", "killed"]


@pytest.mark.parametrize("row", [Claim, ClaimNumber, ClaimParty, ClaimPlace, ClaimTime, ClaimVoice])
def test_fields_explain_themselves(row: type) -> None:
    """Every field has a help text that is a sentence."""
    assert [item.name for item in fields(row) if not item.metadata["help"].endswith(".")] == []
