"""Candidates: what a name is looked up as, which are kept, how they are laid side by side."""

from __future__ import annotations

import pytest

from allegedly.geo.candidates import MOST, best_known, gather, group_names, known_by, look_up
from allegedly.geo.context import read_cues
from allegedly.geo.toponyms import FoundName
from allegedly.records.place import KINDS
from tests.geo.towns import ARDIA, AZEL, KARVELI, KARVELI_REGION, MERE, ORR, OTHER_ORR, Towns, many


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Orr", [("t:6", "name"), ("t:5", "name")]),
        ("Orrgrad", [("t:5", "alternate")]),
        ("Azell", [("t:7", "loose")]),
        ("Ardian", [("t:1", "demonym")]),
        ("Old Fort", [("t:1", "metonym")]),
        ("northern Ardia", [("t:1", "name")]),
        ("Northern Ardia", [("t:1", "name")]),
        ("upper Norda", [("t:3", "name")]),
        ("Karveli Institute", [("t:9", "loose"), ("t:8", "loose")]),
        ("Azel Institute", []),
        ("Veldra", []),
        ("ORR", []),
    ],
)
def test_look_up(words: str, expected: list[tuple[str, str]]) -> None:
    """By name, people or seat; directions are left out; short capitals are no town."""
    assert [(match.place.id, match.how) for match in look_up(words, Towns())] == expected


def groups(text: str, *names: str) -> list[tuple[tuple[int, ...], list[str]]]:
    """Give members and candidates of the groups of some names of a text, in order."""
    found, at = [], 0
    for words in names:
        at = text.index(words, at)
        found.append(FoundName(at, at + len(words), "GPE"))
        at += len(words)
    made = group_names(text, found, read_cues(text, found), Towns())
    return [(group.members, [match.place.id for match in group.matches]) for group in made]


def test_occurrences_are_one_group() -> None:
    """The same words twice are looked up once."""
    assert groups("Orr fell. Later Azel fell, and Orr burnt.", "Orr", "Azel", "Orr") == [
        ((0, 2), ["t:6", "t:5"]),
        ((1,), ["t:7"]),
    ]


def test_a_word_of_kind_chooses() -> None:
    """The region is another name than the town."""
    assert groups("Karveli region fell, Karveli did not.", "Karveli", "Karveli") == [
        ((0,), ["t:9"]),
        ((1,), ["t:9", "t:8"]),
    ]


def test_only_the_best_known_are_weighed() -> None:
    """Of very many places the small ones cannot win; all are counted."""
    towns = Towns(*many(60))
    (group,) = group_names("Sunfield", [FoundName(0, 8, "GPE")], read_cues("Sunfield", [FoundName(0, 8, "GPE")]), towns)
    assert (len(group.matches), group.known) == (MOST, 60)
    assert group.matches[0].place.population == 9_000
    assert best_known(group.matches) == group.matches


def test_candidates_side_by_side() -> None:
    """Groups without candidates are left out; a region is its own region; the sea is nobody's."""
    text = "Veldra, Orr, Karveli, Mere Sea"
    found = [FoundName(0, 6, ""), FoundName(8, 11, ""), FoundName(13, 20, ""), FoundName(22, 30, "")]
    pool = gather(group_names(text, found, read_cues(text, found), Towns()))
    assert (len(pool), pool.starts.tolist(), pool.group.tolist()) == (5, [0, 2, 4], [0, 0, 1, 1, 2])
    assert [pool.codes[k] if k >= 0 else None for k in pool.country] == ["BBB", "AAA", "AAA", "AAA", None]
    assert [KINDS[k] for k in pool.kind] == ["town", "town", "region", "town", "natural"]
    assert pool.region[2] >= 0
    assert pool.region[3] == pool.region[4] == -1
    assert pool.bests(pool.people).tolist() == [0, 2, 4]
    assert pool.tops(pool.people).tolist() == pytest.approx([pool.people[0], pool.people[2], pool.people[4]])


def test_how_well_known() -> None:
    """People count; where nobody lives, size does."""
    assert known_by(ARDIA) > known_by(KARVELI_REGION) > known_by(KARVELI) > known_by(OTHER_ORR) > known_by(ORR)
    assert known_by(MERE) > known_by(AZEL)


def test_nothing() -> None:
    """No names, no candidates."""
    assert len(gather([])) == 0
