"""Places in words: which place is meant, how exactly, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from allegedly.geo.reasons import REASONS
from allegedly.ledger.build import NO_NAME
from allegedly.records.codes import PLACE_READINGS
from allegedly.records.ledger import Ledger, PlaceRow
from allegedly.render import labels
from allegedly.render.places import place_label, place_lines, where_label


def row(ledger: Ledger, **changes: Any) -> PlaceRow:
    """Change the one place of the sample."""
    return replace(ledger.places[0], **changes)


def unknown(ledger: Ledger) -> PlaceRow:
    """Take the place of the sample away."""
    nothing = dict.fromkeys(("gazetteer", "latitude", "longitude", "country", "region", "precision", "radius"))
    return row(ledger, name="Port Azel", candidates=0, others=(), reason="unresolved-unknown-name", **nothing)


def test_a_place(ledger: Ledger) -> None:
    """Name, region and country, how exact it is, and why it was taken."""
    assert place_label(ledger.places[0]) == "Azel, Azel Coast, NRD (town, within 2 km; near other places of the text)"


def test_a_country_is_no_circle(ledger: Ledger) -> None:
    """A country has no radius and no point, and its name stands once."""
    country = row(ledger, name="Nord", region=None, precision="country", radius=900.0, reason="only-candidate")
    assert place_label(country) == "Nord, NRD (country; the only place of that name)"
    assert [line for line in place_lines(ledger, country) if line.startswith("point")] == []


def test_a_disputed_place_names_all_who_claim_it(ledger: Ledger) -> None:
    """Claimants stand beside each other, in place of one country."""
    disputed = row(ledger, country=None, claimants=("NRD", "SUD"), region=None)
    assert place_label(disputed).startswith("Azel, NRD/SUD (town")
    assert "claimed by NRD, SUD" in place_lines(ledger, disputed)


def test_a_place_that_is_not_known(ledger: Ledger) -> None:
    """The words and the reason."""
    assert place_label(unknown(ledger)) == "Port Azel (not resolved: no place of that name in the gazetteer)"
    assert "because    not resolved: no place of that name in the gazetteer" in place_lines(ledger, unknown(ledger))


def test_where_it_happened(ledger: Ledger) -> None:
    """The words as stated stand before the place they mean, unless they are its name."""
    event = ledger.events[1]
    assert where_label(ledger, event).startswith("Port Azel: Azel, Azel Coast, NRD (town")
    plain = replace(ledger, places=(unknown(ledger),))
    assert where_label(plain, event).startswith("Port Azel (not resolved")


def test_words_without_a_name(ledger: Ledger) -> None:
    """A place that the text only describes is given in its words; no place, no line."""
    described = replace(unknown(ledger), reason="no-name-in-words")
    assert where_label(replace(ledger, places=(described,)), ledger.events[1]) == "Port Azel (no place is named)"
    assert where_label(ledger, ledger.events[0]) == ""


def test_words_around_a_name(ledger: Ledger) -> None:
    """Words that are more than a name say by which name they are placed."""
    wider = row(ledger, named_by="p2")
    assert "named by   p2" in place_lines(ledger, wider)


def test_all_that_is_known(ledger: Ledger) -> None:
    """Reading, point, others and score are shown; what is not known has no line."""
    lines = place_lines(ledger, ledger.places[0])
    wanted = ["meant as   a place", "point      10.5000, 20.2500", "others     geonames:2", "score      0.7500"]
    assert [line for line in wanted if line not in lines] == []
    assert all(line.split(None, 1)[1:] for line in lines[2:])


def test_every_reading_has_a_label() -> None:
    """No code reaches a view bare."""
    assert set(labels.PLACE_READING) == set(PLACE_READINGS)


def test_every_reason_has_a_label() -> None:
    """All reasons of the engine, and that of words without a name, have a label; there is none too many."""
    assert set(labels.PLACE_REASON) == {*REASONS, NO_NAME}
