"""From layers to rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allegedly.errors import LayerError, LedgerError
from allegedly.ledger.build import build_ledger
from allegedly.ledger.check import check_ledger
from allegedly.records.annotations import Chain, Event, EventDate, EventPlace, Quantity, SayingDate, Timex, Toponym
from allegedly.records.document import Document
from allegedly.records.layers import Layers
from allegedly.records.ledger import DateRow, Ledger
from tests.conftest import AZEL, sample_layers, span_of
from tests.fakes import ORIGIN, RUN, fake_layers


def test_numbers_rows_in_text_order(ledger: Ledger) -> None:
    """Ids are given anew, whatever the annotators' keys are."""
    ids = [[row.id for row in rows] for rows in (ledger.attributions, ledger.quantities, ledger.events)]
    assert ids == [["a1", "a2", "a3"], ["q1"], ["v1", "v2"]]


def test_references_follow_the_new_ids(ledger: Ledger) -> None:
    """Parents, voices and quantities point to rows."""
    event = ledger.events[1]
    assert (ledger.attributions[2].parent, event.voice, event.quantities) == ("a2", ("a2", "a3"), ("q1",))


def test_times_are_rows_with_their_days(ledger: Ledger) -> None:
    """A time expression says what it means, how finely, and from what it was counted."""
    (row,) = ledger.times
    assert (ledger.words(row.span), row.value, row.from_, row.id) == ("Monday", "2024-05-06", "stated", "t1")
    assert (row.earliest, row.latest, row.precision, row.anchor) == ("2024-05-06", "2024-05-06", "day", "publication")


def test_an_event_has_its_own_date(ledger: Ledger) -> None:
    """A date that the text states, and one that publication bounds, are told apart."""
    hit, killed = ledger.events
    assert (killed.time, killed.date) == ("t1", DateRow("2024-05-06", "2024-05-06", "day", "stated"))
    assert (hit.time, hit.date) == (None, DateRow(None, "2024-05-07", "open", "publication"))


def test_a_saying_has_its_own_date() -> None:
    """Who says something has said it on a day, whatever day the words are about."""
    layers = sample_layers()
    dates = [replace(item, timex="t9") if item.attribution == "k2" else item for item in layers[SayingDate]]
    ledger = build_ledger(sample_layers(sayingdate=dates), RUN)
    assert [(row.time, row.said.latest, row.said.from_) for row in ledger.attributions] == [
        (None, "2024-05-07", "publication"), ("t1", "2024-05-07", "publication"), (None, "2024-05-07", "publication"),
    ]  # fmt: skip


def test_what_has_no_days_has_none() -> None:
    """A time without a place on the calendar, and what hangs on it, stay open."""
    layers = sample_layers()
    open_ = [replace(item, days=None, value=None, reason="no-beginning") for item in layers[Timex]]
    dates = [replace(item, days=None, origin_of_days="none") for item in layers[EventDate]]
    ledger = build_ledger(sample_layers(timex=open_, eventdate=dates), RUN)
    assert (ledger.times[0].from_, ledger.times[0].earliest, ledger.times[0].reason) == ("none", None, "no-beginning")
    assert ledger.events[1].date == DateRow()


def test_places_are_rows_with_a_reason(ledger: Ledger) -> None:
    """A name of a place is a row that says which place it is, how exactly, and why."""
    (row,) = ledger.places
    assert (ledger.words(row.span), row.name, row.gazetteer, row.id) == ("Port Azel", "Azel", "geonames:1", "p1")
    assert (row.latitude, row.longitude, row.country, row.region) == (10.5, 20.25, "NRD", "Azel Coast")
    assert (row.precision, row.radius, row.candidates, row.reason) == ("town", 2.5, 3, "near-others")
    assert (row.reading, row.claimants, row.others, row.score) == ("literal", (), ("geonames:2",), 0.75)
    assert [event.place for event in ledger.events] == [None, "p1"]


def test_a_place_that_is_not_known_has_its_words() -> None:
    """Without a place the row keeps the words, the candidates and the reason."""
    (name,) = sample_layers()[Toponym]
    unknown = replace(
        name, place=None, precision=None, radius=None, candidates=0, others=(), reason="unresolved-unknown-name"
    )
    (row,) = build_ledger(sample_layers(toponym=[unknown]), RUN).places
    assert (row.name, row.gazetteer, row.latitude, row.country) == ("Port Azel", None, None, None)
    assert (row.precision, row.radius, row.reason) == (None, None, "unresolved-unknown-name")


def test_what_no_state_holds_alone_has_no_country() -> None:
    """A sea or a disputed land has claimants and no code."""
    (name,) = sample_layers()[Toponym]
    disputed = replace(name, place=replace(AZEL, country="", claimants=("NRD", "SUD")))
    (row,) = build_ledger(sample_layers(toponym=[disputed]), RUN).places
    assert (row.country, row.claimants) == (None, ("NRD", "SUD"))


def test_words_for_a_time_are_kept(ledger: Ledger) -> None:
    """What the text says of an event's time stands in the event, word for word."""
    hit, killed = ledger.events
    assert ([ledger.words(span) for span in killed.when], hit.when) == (["on Monday"], ())


def test_words_around_a_name_are_a_row_of_their_own() -> None:
    """The words for an event's place are a row with the place of the name in them, before the name's own."""
    sites = [
        replace(site, words=span_of("near Port Azel")) if site.toponym else site for site in sample_layers()[EventPlace]
    ]
    ledger = build_ledger(sample_layers(eventplace=sites), RUN)
    words, name = ledger.places
    assert (ledger.words(words.span), words.named_by, name.id) == ("near Port Azel", "p2", "p2")
    assert (words.gazetteer, ledger.events[1].place, name.named_by) == (name.gazetteer, "p1", None)


def test_words_around_an_unknown_name_keep_their_own() -> None:
    """Where the name is in no gazetteer, the row of the words has the words."""
    (name,) = sample_layers()[Toponym]
    unknown = replace(name, place=None, precision=None, radius=None)
    sites = [
        replace(site, words=span_of("near Port Azel")) if site.toponym else site for site in sample_layers()[EventPlace]
    ]
    ledger = build_ledger(sample_layers(toponym=[unknown], eventplace=sites), RUN)
    assert [row.name for row in ledger.places] == ["near Port Azel", "Port Azel"]


def test_a_place_that_is_only_described() -> None:
    """Words without a name are a row without a place, and say so."""
    sites = [replace(site, toponym=None) for site in sample_layers()[EventPlace]]
    ledger = build_ledger(sample_layers(toponym=[], eventplace=sites), RUN)
    (row,) = ledger.places
    assert (row.name, row.gazetteer, row.reason, row.score) == ("Port Azel", None, "no-name-in-words", 0.0)


def test_whole_numbers_are_written_whole(ledger: Ledger) -> None:
    """Twelve people are 12, not 12.0."""
    assert repr(ledger.quantities[0].low) == "12"


@pytest.mark.parametrize("value", [2.5, 1e6])
def test_other_numbers_keep_their_value(value: float) -> None:
    """A number is never rounded."""
    quantity = Quantity(
        span=span_of("at least 12"), origin=ORIGIN, key="n", measure="area", low=value, best=value, high=value,
        qualifier="exact",
    )  # fmt: skip
    assert build_ledger(sample_layers(quantity=[quantity]), RUN).quantities[0].best == value


def test_scores_are_rounded(ledger: Ledger) -> None:
    """A score has at most four digits."""
    assert ledger.events[1].score == 0.8765


def test_says_what_is_not_filled(ledger: Ledger) -> None:
    """A warning names the lists that this version leaves empty."""
    assert ledger.warnings == ()


def test_warnings_of_the_reader_come_first() -> None:
    """Warnings that are handed in are kept."""
    assert build_ledger(sample_layers(), RUN, ["odd"]).warnings == ("odd",)


def test_is_pure(layers: Layers) -> None:
    """The same layers give the same ledger."""
    assert build_ledger(layers, RUN) == build_ledger(layers, RUN)


def test_passes_the_check(ledger: Ledger) -> None:
    """What is built holds together."""
    check_ledger(ledger)


@pytest.mark.parametrize(
    ("layer", "message"), [("voice", "'e1' has no voice"), ("eventfactuality", "'e1' has no factuality")]
)
def test_every_event_needs_voice_and_factuality(layer: str, message: str) -> None:
    """An event that nobody placed in a voice is an error, not the narrator's."""
    with pytest.raises(LedgerError, match=message):
        build_ledger(sample_layers(**{layer: []}), RUN)


def test_mentions_and_entities_point_to_one_another(ledger: Ledger) -> None:
    """Each mention names its entity and why; each entity lists its mentions."""
    assert [(row.id, row.entity, row.reason) for row in ledger.mentions] == [
        ("m1", "e1", "first"), ("m2", "e2", "first"), ("m3", "e3", "first"), ("m4", "e2", "pronoun"),
        ("m5", "e4", "first"), ("m6", "e5", "first"),
    ]  # fmt: skip
    assert [row.mentions for row in ledger.entities] == [("m1",), ("m2", "m4"), ("m3",), ("m5",), ("m6",)]


def test_an_entity_has_name_role_codes_and_members(ledger: Ledger) -> None:
    """An entity's words are verbatim, its role without blanks at the edges, its codes those of its chain."""
    we, orr = ledger.entities[:2]
    assert (orr.name, orr.role, orr.sector, orr.actor, orr.side, orr.reason) == (
        "Orr", "Col.", "MIL", "+orr", "Nord", "words-alone",
    )  # fmt: skip
    assert (we.name, we.role, we.members) == ("We", None, ("e2", "e3"))


def test_sources_and_arguments_have_entities(ledger: Ledger) -> None:
    """Who speaks, acts and suffers is an entity; "he" is the one whom it stands for."""
    assert [(row.source_entity, row.source_type) for row in ledger.attributions] == [
        ("e2", "named"), ("e2", "named"), ("e3", "armed-group"),
    ]  # fmt: skip
    event = ledger.events[1]
    assert [argument.entity for argument in (*event.actors, *event.recipients)] == ["e4", "e5"]


def test_an_argument_without_mention_has_no_entity() -> None:
    """Words in which nobody is mentioned keep their span, without an entity."""
    events = [replace(event, actors=(span_of("Monday"),)) for event in sample_layers()[Event]]
    assert build_ledger(sample_layers(event=events), RUN).events[0].actors[0].entity is None


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        ("chain", "'w' has no chain"),
        ("codedactor", "'cw' has no code"),
        ("resolvedsource", "'k1' has no resolved source"),
    ],
)
def test_every_mention_is_chained_coded_and_resolved(layer: str, message: str) -> None:
    """A mention without chain, a chain without code, an attribution without resolved source is an error."""
    with pytest.raises(LedgerError, match=message):
        build_ledger(sample_layers(**{layer: []}), RUN)


def test_refuses_a_chain_of_nothing() -> None:
    """A chain that links a mention that is not there is an error."""
    chain = sample_layers()[Chain][0]
    broken = replace(chain, links=(*chain.links, replace(chain.links[0], mention="zz")))
    with pytest.raises(LedgerError, match="'zz' has no mention"):
        build_ledger(sample_layers(chain=[broken, *sample_layers()[Chain][1:]]), RUN)


def test_refuses_a_reference_to_nothing() -> None:
    """An event with a number that is not there is an error that names the document."""
    event = Event(span=span_of("hit"), origin=ORIGIN, key="e1", type="ASSAULT", quantities=("q99",))
    with pytest.raises(LedgerError, match="'q99' has no number") as caught:
        build_ledger(sample_layers(event=[event]), RUN)
    assert caught.value.document_id == "sample"


def test_refuses_two_rows_of_one_key() -> None:
    """Keys name one annotation each."""
    event = Event(span=span_of("hit"), origin=ORIGIN, key="e1", type="ASSAULT")
    with pytest.raises(LedgerError, match="share a key"):
        build_ledger(sample_layers(event=[event, replace(event, span=span_of("killed"))]), RUN)


def test_needs_every_layer() -> None:
    """A layer that was never written is an error."""
    with pytest.raises(LayerError, match="never written"):
        build_ledger(Layers(Document("x")), RUN)


def test_nothing_found_is_an_empty_ledger() -> None:
    """A text in which nothing is said gives a ledger without rows."""
    ledger = build_ledger(fake_layers(Document("Rain is expected.")), RUN)
    assert (ledger.attributions, ledger.quantities, ledger.events) == ((), (), ())
