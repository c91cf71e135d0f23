"""Sources resolved: which entity speaks, and what kind of source it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from allegedly.annotators.sources import source_type
from allegedly.records.annotations import Chain, Mention, ResolvedSource
from allegedly.records.codes import SOURCE_TYPES, MentionKind, Sector
from allegedly.records.span import Span
from tests.fakes import ORIGIN
from tests.scripted_network import Script

Scripts = Callable[..., Script]


def resolved(play: Script) -> list[tuple[str | None, str | None]]:
    """Give name and type of each source."""
    layers = play.read().layers
    names = {chain.key: chain.name.of(play.text) for chain in layers[Chain]}
    return [(names[item.chain] if item.chain else None, item.type) for item in layers[ResolvedSource]]


def test_he_is_who_was_named(script: Scripts) -> None:
    """A pronoun as source gets the named person."""
    play = script("Omar Taal came. He said it rained.")
    person = play.mention("Omar Taal", "name", "PER", head="Omar", name="Omar Taal")
    play.antecedent(play.mention("He", "pronoun", "PER"), person)
    play.attribution("He", "said", "it rained")
    assert resolved(play) == [("Omar Taal", "named")]


def test_an_unnamed_source_has_a_kind(script: Scripts) -> None:
    """An officer without a name is a military source, and an entity all the same."""
    play = script("An officer said it rained.")
    play.mention("An officer", "nominal", "PER")
    play.attribution("An officer", "said", "it rained")
    assert resolved(play) == [("An officer", "military")]


def test_nobody_speaks(script: Scripts) -> None:
    """An attribution without source has neither entity nor type."""
    play = script("It was said that it rained.")
    play.attribution(None, "said", "it rained")
    assert resolved(play) == [(None, None)]


def test_a_source_nobody_saw(script: Scripts) -> None:
    """A source without a mention of the tagger's is an entity by its words."""
    play = script("Sources said it rained.")
    play.attribution("Sources", "said", "it rained")
    assert resolved(play) == [("Sources", "named")]


def mention(words: str, kind: MentionKind = "nominal", head: str = "") -> tuple[str, list[Mention]]:
    """Make the only mention of a text."""
    head = head or words.rsplit(maxsplit=1)[-1]
    start = words.index(head)
    found = Mention(
        span=Span(0, len(words)), origin=ORIGIN, key="m1", head=Span(start, start + len(head)), kind=kind, type="PER"
    )
    return words, [found]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a statement", "document"), ("the communiqué", "document"), ("witnesses", "witness"),
        ("two eyewitnesses", "witness"), ("residents", "resident"), ("her mother", "relative"),
        ("the families", "relative"), ("doctors", "medical"), ("analysts", "expert"), ("the agencies", "media"),
        ("the press", "media"), ("officials", "official"), ("the ministry", "government"), ("officers", "military"),
        ("the boss", "unnamed"), ("sources", "unnamed"), ("🔥", "unnamed"),
    ],
)  # fmt: skip
def test_head_words(words: str, expected: str) -> None:
    """The head word of a description, singular or plural, says what kind of source it is."""
    assert source_type(*mention(words), None) == expected


@pytest.mark.parametrize(
    ("words", "sector", "expected"),
    [
        ("an official", "MIL", "military"), ("an official", "COP", "police"), ("an official", "MED", "medical"),
        ("an official", "REB", "armed-group"), ("an official", "GOV", "official"),
        ("the spokesman", "REB", "armed-group"), ("the spokesman", "JUD", "court"),
        ("the spokesman", "UNO", "organisation"), ("the spokesman", "UNK", "unnamed"), ("a witness", "CVL", "witness"),
    ],
)  # fmt: skip
def test_sectors(words: str, sector: Sector, expected: str) -> None:
    """Where the word does not say it, the sector does; an official of an army is a military source."""
    assert source_type(*mention(words), sector) == expected


def test_the_first_description_counts() -> None:
    """A witness who turns out to be a doctor was introduced as a witness."""
    text, (first,) = mention("a witness")
    doctor = mention("a witness doctor", head="doctor")[1][0]
    assert source_type(f"{text} doctor", [first, doctor], None) == "witness"


@pytest.mark.parametrize("kind", ["name", "pronoun"])
def test_names_and_pronouns(kind: MentionKind) -> None:
    """A name makes a source a named one; a pronoun alone says nothing."""
    assert source_type(*mention("Omar", kind), None) == ("named" if kind == "name" else "unnamed")


def test_no_mentions() -> None:
    """A source of which nothing is known is unnamed."""
    assert source_type("", [], None) == "unnamed"


def test_every_kind_is_a_code() -> None:
    """What is given is one of the ledger's source types."""
    words = "statement witness local mother doctor expert press official ministry officer x".split()
    assert {source_type(*mention(word), None) for word in words} <= set(SOURCE_TYPES)
