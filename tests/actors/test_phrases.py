"""Noun phrases: which names and nouns of them count."""

from __future__ import annotations

import pytest

from allegedly.actors.dictionary import ActorTable
from allegedly.actors.phrases import Item, Phrase, read_phrase, split_phrases
from tests.hostile import HOSTILE


def read(table: ActorTable, text: str) -> Phrase:
    """Read a text of one phrase."""
    (words,) = split_phrases(text)
    return read_phrase(words, table, None)


def short(item: Item) -> str:
    """Write an item as its id and its bond."""
    id_ = item.agent.id if item.agent is not None else item.entries[0].actor
    return f"{id_}/{item.bond}"


@pytest.mark.parametrize(
    ("text", "items", "blocked"),
    [
        ("the Kenyan police", ["KEN/core", "police/core"], []),
        ("a spokesman for the army in Kisumu", ["spokesman/core", "army/of", "ken-kisumu/in"], []),
        ("pro-Serbian fighters", ["fighters/core"], ["SRB/core"]),
        ("anti-Houthi forces", ["forces/core"], ["houthis/core"]),
        ("Ugandan-backed rebels", ["rebels/core"], ["UGA/core"]),
        ("Kenyan-led force", ["KEN/core", "force/core"], []),
        ("Nairobi-based analyst", ["KEN/in", "analyst/core"], []),
        ("the Ghanaian ambassador to Togo", ["GHA/core", "ambassador/core"], ["TGO/core"]),
        ("rebels backed by Uganda", ["rebels/core"], []),
        ("forces loyal to Haftar", ["forces/core", "khalifa-haftar/of"], []),
        ("soldiers and policemen", ["soldiers/core"], []),
        ("Kenyan and Somali troops", ["KEN/core", "SOM/core", "troops/core"], []),
        ("some of us", [], []),
    ],
)
def test_what_counts(table: ActorTable, text: str, items: list[str], blocked: list[str]) -> None:
    """Names beside the noun count; what is opposed, supported or visited is blocked."""
    phrase = read(table, text)
    assert [short(item) for item in phrase.items] == items
    assert [short(item) for item in phrase.blocked] == blocked


@pytest.mark.parametrize(
    ("text", "former"), [("a former Kenyan judge", True), ("ex-Kenyan judge", True), ("the judge", False)]
)
def test_former(table: ActorTable, text: str, former: bool) -> None:  # noqa: FBT001 - expected value
    """It is noted whether somebody was in office."""
    phrase = read(table, text)
    assert phrase.former == former


def test_appositions_are_phrases_of_their_own() -> None:
    """Commas, colons and brackets part phrases; empty ones are dropped."""
    parts = [[word.key for word in phrase] for phrase in split_phrases("the envoy, a Kenyan (retired): ,")]
    assert parts == [["the", "envoy"], ["a", "kenyan"], ["retired"]]


def test_tied_names_are_noted(table: ActorTable) -> None:
    """A hyphen or "and" ties two names."""
    assert [item.joined for item in read(table, "Kenyan-Somali talks").items] == [False, True]
    assert [item.joined for item in read(table, "Kenyan and Somali officials").items[:2]] == [False, True]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_phrases_are_read(table: ActorTable, text: str) -> None:
    """Nothing breaks on hostile phrases."""
    for words in split_phrases(text):
        phrase = read_phrase(words, table, None)
        assert sum(item.words for item in (*phrase.items, *phrase.blocked)) <= len(words)
