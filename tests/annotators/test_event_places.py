"""Where events take place: the name in their place's words, the narrowest, and never a government's seat."""

from __future__ import annotations

from typing import Any, cast

import pytest

from allegedly.annotators.base import Reading
from allegedly.annotators.event_places import EventPlaces
from allegedly.encoder.encode import Encoder
from allegedly.records.annotations import Event, EventPlace, Toponym
from allegedly.records.codes import PlacePrecision
from allegedly.records.document import Document
from allegedly.records.layers import Layers
from tests.conftest import AZEL, span_of
from tests.fakes import ORIGIN

NO_ENCODER = cast("Encoder", None)  # places are linked by spans alone
TEXT = "A raid hit the market in Sarvan, Idlib, Syria, Damascus said."


def place_of(places: list[str], precisions: dict[str, PlacePrecision | None], **changes: Any) -> str:
    """Give the name at which an event with such places is put; empty if at none."""
    return site_of(places, precisions, **changes)[1]


def site_of(places: list[str], precisions: dict[str, PlacePrecision | None], **changes: Any) -> tuple[str, str]:
    """Give the words and the name of the place of an event with such places."""
    layers = Layers(Document(TEXT))
    spans = tuple(span_of(words, TEXT) for words in places)
    layers.add(Event, [Event(span=span_of("hit", TEXT), origin=ORIGIN, key="v1", type="ASSAULT", places=spans)])
    names = [
        Toponym(
            span=span_of(name, TEXT), origin=ORIGIN, key=name, place=AZEL if precision else None, precision=precision,
            radius=None, reason="", **({"reading": "literal", "candidates": 1} | changes),
        )
        for name, precision in precisions.items()
    ]  # fmt: skip
    layers.add(Toponym, names)
    (found,) = cast("list[EventPlace]", EventPlaces().annotate(Reading(layers, NO_ENCODER))[EventPlace])
    return found.words.of(TEXT) if found.words else "", found.toponym or ""


def test_the_name_in_its_words() -> None:
    """Other names of the text do not count."""
    assert place_of(["the market in Sarvan"], {"Sarvan": "town", "Syria": "country"}) == "Sarvan"


def test_the_narrowest_counts() -> None:
    """Of several names in its words the smallest place is taken, wherever it stands."""
    precisions: dict[str, PlacePrecision | None] = {"Sarvan": "town", "Idlib": "region", "Syria": "country"}
    assert place_of(["the market in Sarvan, Idlib, Syria"], precisions) == "Sarvan"
    assert place_of(["Idlib, Syria", "the market in Sarvan"], precisions) == "Sarvan"


def test_of_two_alike_the_nearer() -> None:
    """Of two towns the one that stands nearer to the event counts, whatever comes first."""
    assert place_of(["Idlib", "Sarvan"], {"Sarvan": "town", "Idlib": "town"}) == "Sarvan"


@pytest.mark.parametrize(("candidates", "expected"), [(0, "Sarvan"), (7, "Syria")])
def test_one_that_is_not_resolved(candidates: int, expected: str) -> None:
    """A name that no gazetteer has is a village, most likely; one of several places says less than a country."""
    assert place_of(["Sarvan, Idlib, Syria"], {"Sarvan": None, "Syria": "country"}, candidates=candidates) == expected


@pytest.mark.parametrize("reading", ["government", "people", "adjective", "organization"])
def test_a_government_is_nowhere(reading: str) -> None:
    """A name that is not meant as a place is none of an event."""
    assert place_of(["Sarvan"], {"Sarvan": "town"}, reading=reading) == ""


def test_words_without_a_name_are_kept() -> None:
    """A place that is only described is the event's place all the same."""
    assert site_of(["the market"], {"Sarvan": "town"}) == ("the market", "")


def test_words_around_a_name_are_kept() -> None:
    """The words that hold the narrowest name are the event's place."""
    assert site_of(["Syria", "the market in Sarvan"], {"Sarvan": "town", "Syria": "country"}) == (
        "the market in Sarvan", "Sarvan",
    )  # fmt: skip


def test_a_description_beside_a_government() -> None:
    """Where one of the places is a government's name alone, a description of another stands."""
    assert site_of(["Damascus", "the market"], {"Damascus": "town"}, reading="government") == ("the market", "")


def test_nothing_stated() -> None:
    """An event without a place has none."""
    assert site_of([], {"Sarvan": "town"}) == ("", "")
