"""What stands around a name: words of kind, prepositions, datelines, neighbours."""

from __future__ import annotations

import pytest

from allegedly.geo.context import Cues, read_bonds, read_cues
from allegedly.geo.toponyms import FoundName


def names_in(text: str, *words: str) -> list[FoundName]:
    """Give names at their places in a text, in order."""
    found, at = [], 0
    for name in words:
        at = text.index(name, at)
        found.append(FoundName(at, at + len(name), "GPE"))
        at += len(name)
    return found


def cues(text: str, *words: str) -> list[Cues]:
    """Read the cues of names in a text."""
    return read_cues(text, names_in(text, *words))


@pytest.mark.parametrize(
    ("text", "name", "behind", "before"),
    [
        ("in Orr region", "Orr", "region", ""),
        ("in Orr's oblast", "Orr", "region", ""),
        ("Orr County fell", "Orr County", "district", ""),
        ("the town of Orr", "Orr", "", "town"),
        ("the province of Orr fell", "Orr", "", "region"),
        ("Orr river", "Orr", "natural", ""),
        ("Orr state", "Orr", "region", ""),
        ("Orr stated it", "Orr", "", ""),
        ("Orr", "Orr", "", ""),
    ],
)
def test_words_of_kind(text: str, name: str, behind: str, before: str) -> None:
    """A word behind or before the name says what it is."""
    (cue,) = cues(text, name)
    assert (cue.kind_word, cue.kind_before) == (behind, before)


def test_plurals_are_for_the_whole_list() -> None:
    """Of "Orr, Azel and Karveli counties" all three are."""
    found = cues("Storms hit Orr, Azel and Karveli counties; Mere did not flood.", "Orr", "Azel", "Karveli", "Mere")
    assert [cue.kind_word for cue in found] == ["district", "district", "district", ""]


@pytest.mark.parametrize(("text", "expected"), [("shells fell in Orr", True), ("the Orr accord", False)])
def test_prepositions(text: str, expected: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A preposition of place stands right before the name."""
    assert cues(text, "Orr")[0].place_before is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ORR, 7 May (Northwire) — It rained in ORR.", [True, False]),
        ("ORR - It rained in ORR.", [True, False]),
        ("In ORR it rained. Then ORR burnt — all of it.", [False, False]),
    ],
)
def test_datelines(text: str, expected: list[bool]) -> None:
    """Only the head of a text is its dateline."""
    assert [cue.dateline for cue in cues(text, "ORR", "ORR")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orr, Ardia", [("inside", True), ("list", False)]),
        ("Orr (Ardia)", [("inside", True)]),
        ("Orr in central Ardia", [("inside", False)]),
        ("Orr, in the north of Ardia", [("inside", False)]),
        ("Orr region of Ardia", [("inside", False)]),
        ("Orr's town of Ardia", [("around", False)]),
        ("Orr and Ardia", [("list", False)]),
        ("Orr said that shells had fallen on Ardia", []),
        ("Orr.\nArdia", []),
    ],
)
def test_neighbours(text: str, expected: list[tuple[str, bool]]) -> None:
    """Commas, brackets, "in" and "'s" say what may lie in what; lists hold likes."""
    found = [(bond.kind, bond.strict) for bond in read_bonds(text, names_in(text, "Orr", "Ardia"))]
    assert found == expected
