"""Chains of a document: speakers, states, roles, members."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from allegedly.records.annotations import Chain, Mention
from tests.scripted_network import Script

Scripts = Callable[..., Script]


def chained(play: Script) -> list[tuple[list[str], list[str]]]:
    """Give words and reasons of each chain."""
    layers = play.read().layers
    words = {m.key: m.span.of(play.text) for m in layers[Mention]}
    return [([words[link.mention] for link in c.links], [link.reason for link in c.links]) for c in layers[Chain]]


def by_words(play: Script) -> dict[str, Chain]:
    """Give the chains by their names."""
    return {chain.name.of(play.text): chain for chain in play.read().layers[Chain]}


QUOTED = "Omar Taal came. “I won,” he said."


def quoted(script: Scripts) -> Script:
    """Script a quotation in the first person before its source."""
    play = script(QUOTED)
    person = play.mention("Omar Taal", "name", "PER", head="Omar", name="Omar Taal")
    play.mention("I", "pronoun", "PER")
    he = play.mention("he", "pronoun", "PER")
    play.antecedent(he, person)
    play.attribution("he", "said", "I won")
    return play


def test_i_is_who_speaks(script: Scripts) -> None:
    """First person in a quotation is its source, though that stands later."""
    assert chained(quoted(script)) == [(["Omar Taal", "I", "he"], ["first", "quote-speaker", "pronoun"])]


def test_links_name_their_antecedents(script: Scripts) -> None:
    """Each link leads to a mention of the chain; only the first leads nowhere."""
    (chain,) = quoted(script).read().layers[Chain]
    assert [(link.mention, link.antecedent) for link in chain.links] == [("m1", None), ("m2", "m3"), ("m3", "m1")]


def test_i_without_a_source_is_alone(script: Scripts) -> None:
    """First person that nobody is known to speak stays alone."""
    play = script(QUOTED)
    play.mention("I", "pronoun", "PER")
    assert chained(play) == [(["I"], ["first"])]


def test_the_innermost_source_speaks(script: Scripts) -> None:
    """In a quotation inside a report, "I" is the nearer source."""
    play = script("Omar told Lina said “I won”.")
    for name in ("Omar", "Lina"):
        play.mention(name, "name", "PER", name=name)
    play.mention("I", "pronoun", "PER")
    play.attribution("Omar", "told", "Lina said “I won”")
    play.attribution("Lina", "said", "I won", head="nested")
    assert (["Lina", "I"], ["first", "quote-speaker"]) in chained(play)


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Russia denied it. Russian troops stayed.", ["Russia", "Russian"], [["Russia", "Russian"]]),
        ("Moscow lies north. Russia is large.", ["Moscow", "Russia"], [["Moscow"], ["Russia"]]),
    ],
)
def test_states_and_adjectives(text: str, names: list[str], expected: list[list[str]], script: Scripts) -> None:
    """A state's adjective is the state; a capital is a town where it does nothing."""
    play = script(text)
    for name in names:
        play.mention(name, "name", "NORP" if name.endswith("n") else "GPE", name=name)
    assert [words for words, _ in chained(play)] == expected


def test_a_capital_that_speaks_is_its_state(script: Scripts) -> None:
    """Who says "Moscow said" says Russia."""
    play = script("Moscow said it rained. Russia is large.")
    for name in ("Moscow", "Russia"):
        play.mention(name, "name", "GPE", name=name)
    play.attribution("Moscow", "said", "it rained")
    assert chained(play) == [(["Moscow", "Russia"], ["first", "state-alias"])]


@pytest.mark.parametrize(
    ("phrase", "role"),
    [
        ("General Omar Taal", "General"),
        ("the late Omar Taal", "the late"),
        ("the Omar Taal", None),
        ("Omar Taal", None),
    ],
)
def test_a_title_is_a_role(phrase: str, role: str | None, script: Scripts) -> None:
    """What stands before a person's name is the role; an article is none."""
    play = script(f"{phrase} left.")
    play.mention(phrase, "name", "PER", head="Omar", name="Omar Taal")
    chain = by_words(play)["Omar Taal"]
    assert (chain.role.of(play.text) if chain.role else None) == role


def test_a_description_is_a_role(script: Scripts) -> None:
    """Without a title, the first description of a named person is the role, up to the name in it."""
    play = script("The spokesman, Omar Taal, left.")
    spokesman = play.mention("The spokesman, Omar Taal", "nominal", "PER", head="spokesman")
    name = play.mention("Omar Taal", "name", "PER", head="Omar", name="Omar Taal")
    play.antecedent(name, spokesman)
    (chain,) = play.read().layers[Chain]
    assert (chain.role and chain.role.of(play.text), chain.name.of(play.text)) == ("The spokesman", "Omar Taal")
    assert [link.reason for link in chain.links] == ["first", "apposition"]


def test_groups_have_no_role(script: Scripts) -> None:
    """Only people have titles."""
    play = script("The mighty United Front left.")
    play.mention("The mighty United Front", "name", "ORG", head="Front", name="United Front")
    assert by_words(play)["United Front"].role is None


def test_both_sides(script: Scripts) -> None:
    """The words "both sides" stand for the two parties before it."""
    play = script("Norland hit Southland. Both sides denied it.")
    for name in ("Norland", "Southland"):
        play.mention(name, "name", "GPE", name=name)
    play.mention("Both sides", "nominal", "GPE")
    chains = by_words(play)
    assert chains["Both sides"].members == (chains["Norland"].key, chains["Southland"].key)


def test_a_coordination_stands_for_its_parts(script: Scripts) -> None:
    """Two that do something together are one more entity with both as members."""
    play = script("Omar and Lina met rebels.")
    for name in ("Omar", "Lina"):
        play.mention(name, "name", "PER", name=name)
    play.trigger("met", "CONSULT")
    play.argument("met", "actors", "Omar and Lina")
    chains = by_words(play)
    assert chains["Omar and Lina"].members == (chains["Omar"].key, chains["Lina"].key)


def test_the_type_is_the_names(script: Scripts) -> None:
    """A chain has the type of its names, whatever its descriptions are taken for."""
    play = script("Red Front left. The group left. The group won.")
    name = play.mention("Red Front", "name", "MIL", name="Red Front")
    for skip in (0, 1):
        head = play.mention("The group", "nominal", "ORG", skip=skip)
        play.antecedent(head, name)
    (chain,) = play.read().layers[Chain]
    assert (chain.type, chain.name.of(play.text), len(chain.links)) == ("MIL", "Red Front", 3)


def test_the_threshold(script: Scripts) -> None:
    """A link needs the pack's least belief."""
    play = script("Omar said he won.", thresholds={"antecedent": 0.9})
    person, he = play.mention("Omar", "name", "PER", name="Omar"), play.mention("he", "pronoun", "PER")
    play.antecedent(he, person, 1.0)
    assert [words for words, _ in chained(play)] == [["Omar"], ["he"]]


def test_nobody(script: Scripts) -> None:
    """Without mentions there are no chains."""
    assert script("It rained.").read().layers[Chain] == ()
