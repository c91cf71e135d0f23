"""Corrections by form: each field, verbatim words, and messages that name the field."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.errors import UsageError
from allegedly.records.claims import Claim
from allegedly.records.claims_of import claims_of
from allegedly.review.fix import FIELDS, fix_claim
from allegedly.review.states import standing_of, with_values
from allegedly.review.words import find_span
from tests.export.ledgers import MARCH, MARKET, at, march, market
from tests.review.judging import judged, plain

STRIKE, DENIAL, _, REPLY = claims_of(market())
THREAT, PROTEST, ARREST, FIGHT = claims_of(march())


def _fixed(claim: Claim, form: dict[str, str]) -> Claim:
    """Give the claim as an export has it after the correction."""
    text = MARKET if claim.document == STRIKE.document else MARCH
    standing = standing_of([judged("Ana", "change", claim, fix_claim(claim, text, form))])
    return with_values(claim, standing.values)


@pytest.mark.parametrize(
    ("claim", "form", "field", "value"),
    [
        (STRIKE, {"type": "harm"}, "type", "HARM"),
        (STRIKE, {"modes": "aerial, explosives aerial"}, "modes", ("aerial", "explosives")),
        (STRIKE, {"modes": ""}, "modes", ()),
        (STRIKE, {"factuality": "?"}, "factuality", "?"),
        (STRIKE, {"stance": "believe"}, "stance", "believe"),
        (STRIKE, {"actors": ""}, "actors", ()),
        (STRIKE, {"place": ""}, "place", None),
        (STRIKE, {"date_precision": "", "type": "HARM"}, "date", STRIKE.date),
        (ARREST, {"measure": "detained", "low": "10", "type": "HARM"}, "numbers", ARREST.numbers),
        (FIGHT, {"measure": "killed", "number": ""}, "numbers", FIGHT.numbers[2:]),
    ],
)
def test_plain_values(claim: Claim, form: dict[str, str], field: str, value: object) -> None:
    """A value is taken as it is, an empty one takes away."""
    assert getattr(_fixed(claim, form), field) == value


def test_a_source_is_words_of_the_text() -> None:
    """Its words are verbatim and nothing is known of it yet; stance, form and cue stay."""
    fixed = _fixed(STRIKE, {"source": "قائد"})
    (voice,) = fixed.voices
    assert (voice.words, voice.name, voice.type, voice.country) == ("قائد", "قائد", None, None)
    assert (voice.stance, voice.cue, voice.attribution) == (
        STRIKE.voices[0].stance, STRIKE.voices[0].cue, STRIKE.voices[0].attribution,
    )  # fmt: skip


def test_a_source_that_takes_part_keeps_its_codes() -> None:
    """What is known of the party is known of the source."""
    party = STRIKE.actors[0] if STRIKE.actors else FIGHT.actors[0]
    claim = STRIKE if STRIKE.actors else FIGHT
    fixed = _fixed(claim, {"source": f"{party.span[0]}:{party.span[1]}"})
    assert (fixed.voice, fixed.voices[-1].sector) == ("source", party.sector)


def test_nobody_is_named() -> None:
    """The claim keeps a voice, without words."""
    voice = _fixed(STRIKE, {"source": "nobody"}).voices[-1]
    assert (voice.words, voice.name, voice.cue) == (None, None, STRIKE.voices[-1].cue)


def test_the_report_itself_says_it() -> None:
    """No voice is left, and it asserts."""
    fixed = _fixed(DENIAL, {"source": "narrator"})
    assert (fixed.voice, fixed.voices, fixed.stance) == ("own", (), "assert")


def test_a_name_stands_in_the_text() -> None:
    """The fullest name of a source may stand elsewhere, never nowhere."""
    assert _fixed(STRIKE, {"source_name": "Nord"}).voices[-1].name == "Nord"
    with pytest.raises(UsageError, match="source_name: the text has no 'Norden'"):
        fix_claim(STRIKE, MARKET, {"source_name": "Norden"})


def test_a_span_brings_quote_and_passage() -> None:
    """The quote is made anew, and the passage still covers it."""
    start, end = at(MARKET, "Drones hit the market")
    values = fix_claim(STRIKE, MARKET, {"span": f"{start}:{end}"})
    assert (values["span"], values["quote"]) == ([start, end], "Drones hit the market")
    assert values["passage"][0] <= start < end <= values["passage"][1]
    reply = fix_claim(REPLY, MARKET, {"span": "0:7"})
    assert reply["passage"] == [0, REPLY.passage[1]]


def test_parties_by_words_and_by_offsets() -> None:
    """Known ones keep what is known; each may have a name behind it."""
    first, last = at(MARKET, "traders"), at(MARKET, "a commander")
    fixed = _fixed(STRIKE, {"recipients": f"traders; {last[0]}:{last[1]} = قائد\r\nKarveli"})
    assert [(party.words, party.name) for party in fixed.recipients][1:] == [("a commander", "قائد"), ("Karveli", None)]
    assert (fixed.recipients[0].span, fixed.recipients[0].words) == (first, "traders")


@pytest.mark.parametrize(
    ("form", "date"),
    [
        ({"earliest": "2024-05-04", "latest": "2024-05-04"}, ("2024-05-04", "2024-05-04", "day", "stated")),
        ({"earliest": "2024-05-04", "latest": "2024-05-07"}, ("2024-05-04", "2024-05-07", "range", "stated")),
        ({"earliest": ""}, (None, "2024-05-06", "open", "stated")),
        ({"earliest": "", "latest": ""}, (None, None, None, "none")),
        ({"date_precision": "week"}, ("2024-05-06", "2024-05-06", "week", "stated")),
    ],
)
def test_days(form: dict[str, str], date: tuple[str | None, ...]) -> None:
    """What is given counts as stated; without days nothing does."""
    found = _fixed(STRIKE, form).date
    assert (found.earliest, found.latest, found.precision, found.from_) == date


def test_a_place_in_words_and_figures() -> None:
    """Other words are another place; its coordinates come from the form."""
    form = {
        "place": "Nord", "place_name": "Nordby", "place_gazetteer": "geonames:1", "place_latitude": "1.5",
        "place_longitude": "2", "place_country": "XSO", "place_precision": "town", "place_radius": "5",
    }  # fmt: skip
    place = _fixed(STRIKE, form).place
    assert place is not None
    assert (place.words, place.name, place.latitude, place.longitude, place.radius) == ("Nord", "Nordby", 1.5, 2, 5)
    assert (place.gazetteer, place.country, place.precision, place.id) == ("geonames:1", "XSO", "town", "")


def test_a_country_is_no_point() -> None:
    """Its coordinates are left out."""
    place = _fixed(STRIKE, {"place_precision": "country", "place_latitude": "1", "place_longitude": "1"}).place
    assert place is not None
    assert (place.latitude, place.longitude, place.radius) == (None, None, None)


def test_what_is_known_of_a_place_can_be_taken_back() -> None:
    """Empty values leave it unresolved; region and claimants went with the old place."""
    form = dict.fromkeys(
        ("place_gazetteer", "place_latitude", "place_longitude", "place_country", "place_precision"), ""
    )
    place = _fixed(FIGHT, form).place
    assert place is not None
    assert (place.words, place.latitude, place.region, place.claimants) == ("Ansa", None, None, ())


@pytest.mark.parametrize(
    ("bounds", "qualifier"),
    [
        ({"low": "12"}, "at_least"), ({"high": "9"}, "up_to"), ({"low": "2", "high": "9"}, "range"), ({}, "vague"),
        ({"best": "4"}, "exact"), ({"low": "4", "best": "4", "high": "4"}, "exact"),
        ({"low": "2", "best": "4"}, "about"),
    ],
)  # fmt: skip
def test_a_number_is_bounded_as_its_values_say(bounds: dict[str, str], qualifier: str) -> None:
    """Its words are verbatim; the only number of that measure now."""
    (number,) = [
        item
        for item in _fixed(ARREST, {"measure": "killed", "number": "12"} | bounds).numbers
        if item.measure == "killed"
    ]
    assert (number.words, number.qualifier) == ("12", qualifier)
    assert {name: str(getattr(number, name)) for name in bounds} == bounds


def test_a_number_keeps_its_words() -> None:
    """Without words, the values of the only number of the measure change."""
    old = ARREST.numbers[0]
    (number,) = _fixed(ARREST, {"measure": old.measure, "low": "11"}).numbers
    assert (number.words, number.low, number.high, number.id) == (old.words, 11, old.high, old.id)


@pytest.mark.parametrize(
    ("claim", "form", "problem"),
    [
        (STRIKE, {}, "nothing is changed"),
        (STRIKE, {"type": "assault"}, "nothing is changed"),
        (STRIKE, {"verdict": "true"}, "verdict: there is no such field"),
        (STRIKE, {"type": "BATTLE"}, "type: there is no 'BATTLE'"),
        (STRIKE, {"modes": "rockets"}, "modes: there is no 'rockets'"),
        (STRIKE, {"stance": ""}, "stance: there is no ''"),
        (STRIKE, {"source": "the Nord army"}, "source: the text has no"),
        (STRIKE, {"source": "5:5"}, "source: 5:5 are no words"),
        (STRIKE, {"source": "5:99999"}, "source: 5:99999 are no words"),
        (STRIKE, {"source": ""}, "source: the text has no ''|source: nobody"),
        (STRIKE, {"span": "  "}, "span: the text has no ''"),
        (STRIKE, {"actors": "drones of nobody"}, "actors: the text has no"),
        (STRIKE, {"actors": "traders = the dealers"}, "actors: the text has no 'the dealers'"),
        (STRIKE, {"earliest": "May"}, "earliest: 'May' is no day"),
        (STRIKE, {"earliest": "2024-06-01"}, "latest: 2024-05-06 is before 2024-06-01"),
        (STRIKE, {"earliest": "2024-05-01", "date_precision": "about"}, "date_precision: there is no 'about'"),
        (STRIKE, {"place_latitude": "91", "place_longitude": "0"}, "place_latitude: 91 is out of bounds"),
        (STRIKE, {"place_latitude": "north", "place_longitude": "0"}, "place_latitude: 'north' is no number"),
        (STRIKE, {"place_latitude": "nan", "place_longitude": "0"}, "place_latitude: nan is out of bounds"),
        (STRIKE, {"place_latitude": "", "place_longitude": "7"}, "place_latitude: it needs a longitude"),
        (STRIKE, {"place_precision": "here"}, "place_precision: there is no 'here'"),
        (STRIKE, {"low": "3"}, "measure: it is missing"),
        (STRIKE, {"measure": "dead", "low": "3"}, "measure: there is no 'dead'"),
        (ARREST, {"measure": "missing", "low": "3"}, "number: the claim has 0 numbers of missing"),
        (
            ARREST,
            {"measure": "missing", "number": "12", "low": "3", "high": "2"},
            "low, best, high: they are not in order",
        ),
        (REPLY, {"type": "HARM"}, "type: this claim holds no event"),
        (THREAT, {"stance": "deny"}, "stance: the report's own voice asserts"),
        (THREAT, {"source": ""}, "source: nobody is given"),
    ],
)
def test_what_does_not_fit_is_refused(claim: Claim, form: dict[str, str], problem: str) -> None:
    """The message names the field."""
    with pytest.raises(UsageError, match=problem) as caught:
        fix_claim(claim, MARKET if claim.document == STRIKE.document else MARCH, form)
    assert caught.value.hint


def test_the_text_must_be_that_of_the_claim() -> None:
    """Offsets into another text would be wrong."""
    with pytest.raises(UsageError, match="does not stand in this text"):
        fix_claim(STRIKE, MARCH, {"type": "HARM"})


def test_a_place_must_have_words() -> None:
    """What the text does not name has no coordinates."""
    nowhere = with_values(STRIKE, {"place": None})
    with pytest.raises(UsageError, match="place: its words are missing"):
        fix_claim(nowhere, MARKET, {"place_latitude": "1", "place_longitude": "1"})


def test_the_nearest_whole_words_are_meant() -> None:
    """Not those within another word, not those of another sentence."""
    text = "Armyworm ate the army bread. Later the army won."
    assert find_span(text, "army", field="actors", near=(0, 28)) == (17, 21)
    assert find_span(text, "army", field="actors", near=(29, 48)) == (39, 43)


@given(
    st.sampled_from([STRIKE, DENIAL]),
    st.integers(0, len(MARKET) - 1),
    st.integers(1, 60),
    st.sampled_from(sorted(FIELDS)),
)
def test_words_are_always_verbatim(claim: Claim, start: int, length: int, field: str) -> None:
    """Whatever offsets are given, what is kept is the text between them."""
    end = min(start + length, len(MARKET))
    try:
        values = fix_claim(claim, MARKET, {field: f"{start}:{end}"})
    except UsageError:
        return
    for part in _parts(plain(with_values(claim, values))):
        first, last = part["span"]
        assert MARKET[first:last] == part.get("quote", part.get("words"))


def _parts(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [row, *row["actors"], *row["recipients"], *row["numbers"], *([row["place"]] if row["place"] else [])]
