"""Names of places found: types, parts of longer names, hyphens, what is no place."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.geo.toponyms import NamedSpan, find_names
from allegedly.records.codes import EntityType
from tests.geo.towns import Towns


def found(text: str, *names: tuple[str, str]) -> list[tuple[str, str, str | None]]:
    """Give words, type and outer type of what is found, given an encoder's names in order."""
    spans, at = [], 0
    for words, kind in names:
        at = text.index(words, at)
        spans.append(NamedSpan(at, at + len(words), cast("EntityType", kind)))
        at += len(words)
    return [(text[name.start : name.end], name.type, name.within) for name in find_names(text, spans, Towns())]


@pytest.mark.parametrize(
    ("text", "name", "kind", "expected"),
    [
        ("They left Orr.", "Orr", "GPE", "Orr"),
        ("They left the Mere Sea.", "the Mere Sea", "LOC", "Mere Sea"),
        ("Orr's mayor left.", "Orr's", "GPE", "Orr"),
        ("Orr’ mayor left.", "Orr’", "GPE", "Orr"),
        ("In Karveli region it rained.", "Karveli region", "GPE", "Karveli"),
        ("It hit Saint Mena Hospital.", "Saint Mena Hospital", "FAC", "Saint Mena Hospital"),
        ("An unknown Veldra was named.", "Veldra", "GPE", "Veldra"),
    ],
)
def test_names_of_places(text: str, name: str, kind: str, expected: str) -> None:
    """The encoder's places are names proper, known or not: no article, no possessive, no word of kind."""
    assert found(text, (name, kind)) == [(expected, kind, None)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Karveli's Azel", ["Karveli", "Azel"]),
        ("Karveli’s Old Quarter, Veldra", ["Karveli", "Old Quarter", "Veldra"]),
        ("Orr , Azel", ["Orr", "Azel"]),
        ("Karveli's", ["Karveli"]),
    ],
)
def test_owners_and_lists(name: str, expected: list[str]) -> None:
    """A name that is not known whole is parted at commas and after owners."""
    assert [words for words, _, _ in found(f"Shells hit {name} at noon.", (name, "GPE"))] == expected


@pytest.mark.parametrize(
    ("text", "name", "kind", "expected"),
    [
        ("The University of Orr closed.", "University of Orr", "ORG", [("Orr", "", "ORG")]),
        ("Karveli City Council met.", "Karveli City Council", "ORG", [("Karveli", "", "ORG")]),
        ("The Ardian Red Crescent came.", "Ardian Red Crescent", "ORG", [("Ardian", "NORP", "ORG")]),
        ("Karveli Airport closed.", "Karveli Airport", "FAC", [("Karveli", "", "FAC")]),
        ("The 5th Norda Brigade left.", "5th Norda Brigade", "MIL", [("Norda", "", "MIL")]),
        ("Karveli agreed.", "Karveli", "ORG", [("Karveli", "ORG", None)]),
        ("Azel Motors closed.", "Azel Motors", "ORG", []),
        ("The Old Fort denied it.", "Old Fort", "ORG", [("Old Fort", "ORG", None)]),
        ("Police and others came.", "Police", "ORG", []),
        ("Azel Hale spoke.", "Azel Hale", "PER", []),
        ("Beldan rebels left.", "Beldan", "NORP", [("Beldan", "NORP", None)]),
        ("Rural Beldan Liberals met.", "Rural Beldan Liberals", "NORP", [("Beldan", "NORP", None)]),
        ("Liberals met.", "Liberals", "NORP", []),
    ],
)
def test_parts_of_names(text: str, name: str, kind: str, expected: list[tuple[str, str, str | None]]) -> None:
    """Inside other names only what the gazetteer knows well, or what follows "of", is a place."""
    assert found(text, (name, kind)) == expected


def test_two_places_in_one_name() -> None:
    """A comma parts what is not known as a whole."""
    assert found("They met in Orr, Ardia.", ("Orr, Ardia", "GPE")) == [("Orr", "GPE", None), ("Ardia", "GPE", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An Orr-based group spoke.", "Orr"),
        ("A New Orr-based group spoke.", "Orr"),
        ("Many Ardians fled.", "Ardians"),
        ("A Veldra-based group spoke.", None),
        ("Azel was not seen by the encoder.", None),
    ],
)
def test_outside_names(text: str, expected: str | None) -> None:
    """Peoples and names before a hyphen are found by themselves; bare towns are not."""
    assert [words for words, _, _ in found(text)] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit Karveli, Azel and Norda.", True),
        ("Shells hit Karveli and Azel in the north.", True),
        ("In Karveli, Azel said it rained.", False),
        ("Karveli fell. Azel left.", False),
    ],
)
def test_persons_in_lists_of_places(text: str, expected: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Whom the encoder takes for a person is a town in a list of places, unless somebody speaks."""
    names = [("Karveli", "GPE"), ("Azel", "PER")] + ([("Norda", "GPE")] if "Norda" in text else [])
    assert ("Azel" in [words for words, _, _ in found(text, *names)]) is expected


def test_unknown_persons_in_lists_stay_persons() -> None:
    """Only names of the gazetteer are taken for towns."""
    assert [words for words, _, _ in found("Shells hit Karveli, Veldra.", ("Karveli", "GPE"), ("Veldra", "PER"))] == [
        "Karveli"
    ]


def test_the_agency_of_a_dateline_is_no_place() -> None:
    """What stands in brackets before the dash is who sent the report."""
    text = "KARVELI (Orr) — It rained."
    assert [words for words, _, _ in found(text, ("KARVELI", "GPE"), ("Orr", "GPE"))] == ["KARVELI"]


def test_nothing() -> None:
    """A text without names has none."""
    assert found("") == found("It rained.") == []


@given(st.text(alphabet="Orr Ardian-based,.'s(\n)", max_size=60), st.data())
def test_names_do_not_overlap(text: str, data: st.DataObject) -> None:
    """Whatever the encoder says, names are in order, apart and inside the text."""
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    kinds = st.sampled_from(["GPE", "ORG", "NORP", "FAC"])
    spans = [NamedSpan(a, z, data.draw(kinds)) for a, z in zip(edges[::2], edges[1::2], strict=False)]
    names = find_names(text, spans, Towns())
    assert all(0 <= name.start < name.end <= len(text) for name in names)
    assert all(one.end <= other.start for one, other in pairwise(names))
