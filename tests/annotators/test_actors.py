"""Actors coded: what the engine is told of each entity, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from allegedly.actors.dictionary import load_table_of_actors
from allegedly.actors.sides import load_sides
from allegedly.annotators.actors import MOST_DEEP, SEVERAL, Actors
from allegedly.annotators.base import Reading
from allegedly.encoder.encode import Encoder
from allegedly.records.annotations import Attribution, Chain, CodedActor, Event, Link, Mention, Sentence
from allegedly.records.document import Document
from allegedly.records.layers import Layers
from allegedly.records.span import Span
from tests.fakes import ORIGIN
from tests.scripted_network import Script

Scripts = Callable[..., Script]
SIDES = """
[conflict]
name = "An invented one"
countries = ["KEN", "UGA"]

[[side]]
id = "north"
name = "The north"
members = ["KEN"]

[[side]]
id = "south"
name = "The south"
members = ["UGA"]
"""


def codes(play: Script, *, published: str | None = None) -> dict[str, CodedActor]:
    """Give the codes by the names of the chains."""
    layers = play.read(published=published).layers
    names = {chain.key: chain.name.of(play.text) for chain in layers[Chain]}
    return {names[code.chain]: code for code in layers[CodedActor]}


def test_a_state_by_its_name(script: Scripts) -> None:
    """A state that speaks is coded with its country, and is its own side."""
    play = script("Kenya said it rained.")
    play.mention("Kenya", "name", "GPE", name="Kenya")
    play.attribution("Kenya", "said", "it rained")
    code = codes(play)["Kenya"]
    assert (code.country, code.sector, code.reason, code.side) == ("KEN", "GOV", "table-name", "KEN")


def test_a_description_with_a_country(script: Scripts) -> None:
    """A noun beside a country gives both."""
    play = script("The Kenyan police fled.")
    play.mention("The Kenyan police", "nominal", "ORG")
    code = codes(play)["The Kenyan police"]
    assert (code.country, code.sector) == ("KEN", "COP")


def test_a_title_before_the_name(script: Scripts) -> None:
    """A title codes the one who bears it, and holds for his pronouns."""
    play = script("Kenyan Foreign Minister Zab Qorr left. He wept.")
    person = play.mention("Kenyan Foreign Minister Zab Qorr", "name", "PER", head="Zab", name="Zab Qorr")
    play.antecedent(play.mention("He", "pronoun", "PER"), person)
    found = codes(play)
    assert (set(found), found["Zab Qorr"].country, found["Zab Qorr"].sector) == ({"Kenyan", "Zab Qorr"}, "KEN", "GOV")


@pytest.mark.parametrize(
    ("text", "country"), [("A man of the Kenyan president left.", "KEN"), ("A man briefed by Kenya left.", None)]
)
def test_who_stands_in_a_clause_lends_nothing(text: str, country: str | None, script: Scripts) -> None:
    """A description takes its country from whom it belongs to, not from whom a clause of it names."""
    play = script(text)
    play.mention(text.removesuffix(" left."), "nominal", "PER", head="man")
    inner = text[text.index("Kenya") : text.index(" left")]
    play.mention(
        inner, "name" if country is None else "nominal", "GPE" if country is None else "PER", head=inner.split()[-1]
    )
    found = codes(play)
    assert next(code.country for words, code in found.items() if words.startswith("A man")) == country


def test_nothing_is_guessed(script: Scripts) -> None:
    """A name that no table knows stays uncoded, with a reason."""
    play = script("Zab Qorr left.")
    play.mention("Zab Qorr", "name", "PER", head="Zab", name="Zab Qorr")
    code = codes(play)["Zab Qorr"]
    assert (code.country, code.sector, code.actor, code.side, code.reason) == (None, None, None, None, "no-evidence")


def test_several_are_coded_one_by_one(script: Scripts) -> None:
    """What stands for several has no code of its own."""
    play = script("Kenya hit Ghana. Both sides denied it.")
    for name in ("Kenya", "Ghana"):
        play.mention(name, "name", "GPE", name=name)
    play.mention("Both sides", "nominal", "GPE")
    code = codes(play)["Both sides"]
    assert (code.reason, code.country, code.side) == (SEVERAL, None, None)


@pytest.mark.parametrize("published", ["2024-05-07", "2024-05-07T10:00:00Z", "yesterday", "", None])
def test_any_date_of_publication(published: str | None, script: Scripts) -> None:
    """A date that cannot be read is no date, and no error."""
    play = script("Kenya fell.")
    play.mention("Kenya", "name", "GPE", name="Kenya")
    assert codes(play, published=published)["Kenya"].country == "KEN"


def nested_layers(size: int) -> Layers:
    """Make a genealogy: each entity stands inside a mention of the one before."""
    text = " ".join(f"a{k} b{k}" for k in range(size + 1))
    layers = Layers(Document(text, id="deep"))
    mentions, chains = [], []
    for k in range(size):
        outer, inner = text.index(f"a{k} "), text.index(f"b{k}")
        whole = Span(outer, inner + len(f"b{k}"))
        mentions.append(_mention(f"o{k}", whole, Span(outer, outer + len(f"a{k}"))))
        mentions.append(_mention(f"i{k}", Span(inner, whole.end), Span(inner, whole.end)))
    for k in range(size):
        own = [f"o{k}"] if k == 0 else [f"i{k - 1}", f"o{k}"]
        span = next(m.span for m in mentions if m.key == own[0])
        links = tuple(Link(mention=key, reason="first") for key in own)
        chains.append(Chain(span=span, origin=ORIGIN, key=f"e{k}", type="PER", links=links, name=span))
    last = mentions[-1]
    links = (Link(mention=last.key, reason="first"),)
    chains.append(Chain(span=last.span, origin=ORIGIN, key="last", type="PER", links=links, name=last.span))
    for kind, items in ((Sentence, []), (Mention, mentions), (Chain, chains), (Attribution, []), (Event, [])):
        layers.add(kind, items)
    return layers


def _mention(key: str, span: Span, head: Span) -> Mention:
    return Mention(span=span, origin=ORIGIN, key=key, head=head, kind="nominal", type="PER")


@pytest.mark.parametrize("size", [1, MOST_DEEP, 3_000])
def test_any_depth(size: int) -> None:
    """A chain inside a chain inside a chain … is followed so far and no further, without running out of stack."""
    encoder: Encoder = None  # type: ignore[assignment]  # this annotator asks for no encoder
    found = Actors(load_table_of_actors()).annotate(Reading(nested_layers(size), encoder))
    assert len(list(found[CodedActor])) == size + 1


def test_a_sides_file(script: Scripts, tmp_path: Path) -> None:
    """Whom the sides file names is of that side; others keep their country."""
    path = tmp_path / "sides.toml"
    path.write_text(SIDES, "utf-8")
    play = script("Kenya hit Ghana.")
    for name in ("Kenya", "Ghana"):
        play.mention(name, "name", "GPE", name=name)
    reading = play.read()
    found = Actors(load_table_of_actors(), load_sides(path)).annotate(reading)
    assert [code.side for code in found[CodedActor] if isinstance(code, CodedActor)] == ["north", "GHA"]
