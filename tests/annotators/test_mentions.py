"""Mentions: heads, phrases, names, types, and those that other layers ask for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from allegedly.annotators.mentions import FORCED_SCORE, Mentions
from allegedly.coreference.items import INNER_TYPES, NAME_TYPES
from allegedly.records.annotations import Mention
from allegedly.records.span import Span
from tests.scripted_network import SURER, Script

Scripts = Callable[..., Script]
TEXT = "The army of General Omar Taal said the rebels shelled Orr and Azel."


def found(play: Script) -> list[tuple[str, str, str, str, str | Span | None]]:
    """Give phrase, head, kind, type and name of each mention."""
    return [
        (m.span.of(play.text), m.head.of(play.text), m.kind, m.type, m.name and m.name.of(play.text))
        for m in play.read().layers[Mention]
    ]


def test_a_phrase_with_its_head(script: Scripts) -> None:
    """A mention has the phrase that the pointers give, its head, kind and type."""
    play = script(TEXT)
    play.mention("The army of General Omar Taal", "nominal", "MIL", head="army")
    assert found(play) == [("The army of General Omar Taal", "army", "nominal", "MIL", None)]


def test_mentions_nest(script: Scripts) -> None:
    """A name inside a phrase is a mention of its own; keys follow the text, wider ones first."""
    play = script(TEXT)
    play.mention("General Omar Taal", "name", "PER", head="Omar", name="Omar Taal")
    play.mention("The army of General Omar Taal", "nominal", "MIL", head="army")
    assert found(play) == [
        ("The army of General Omar Taal", "army", "nominal", "MIL", None),
        ("General Omar Taal", "Omar", "name", "PER", "Omar Taal"),
    ]
    assert [m.key for m in play.read().layers[Mention]] == ["m1", "m2"]


def test_a_person_s_name_has_one_head(script: Scripts) -> None:
    """Two heads inside one name of a person are one mention, headed by the surer one."""
    play = script(TEXT)
    play.mention("Omar Taal", "name", "PER", head="Omar", name="Omar Taal")
    play.mention("Taal", "name", "PER")
    play.score("mention", "Omar", 1 + INNER_TYPES.index("PER"), 2 * SURER)
    assert found(play) == [("Omar Taal", "Omar", "name", "PER", "Omar Taal")]


def test_a_name_without_a_head_gets_one(script: Scripts) -> None:
    """What the name layer finds is a mention, even where no head was seen."""
    play = script(TEXT)
    play.score("name", "Orr", 1 + 2 * NAME_TYPES.index("GPE"), SURER)
    play.score("mention", "Orr", 1 + INNER_TYPES.index("GPE"), 7.0)
    assert found(play) == [("Orr", "Orr", "name", "GPE", "Orr")]


def test_a_phrase_covers_its_name(script: Scripts) -> None:
    """A phrase that the pointers cut short is at least as wide as the name."""
    play = script(TEXT)
    head = play.mention("Omar Taal", "name", "PER", head="Omar", name="Omar Taal")
    play.session.edges[head] = (head, head)
    assert found(play) == [("Omar Taal", "Omar", "name", "PER", "Omar Taal")]


def test_a_title_and_its_bearer_are_one(script: Scripts) -> None:
    """A description and a name that claim the same phrase are one person."""
    play = script("Its spokesman Omar Taal left.")
    play.mention("Its spokesman Omar Taal", "nominal", "PER", head="spokesman")
    play.mention("Its spokesman Omar Taal", "name", "PER", head="Omar", name="Omar Taal")
    assert found(play) == [("Its spokesman Omar Taal", "Omar", "name", "PER", "Omar Taal")]


def test_a_name_has_one_type(script: Scripts) -> None:
    """What a name is in most places of a document, it is in all."""
    play = script("Azel fell. The rebels left Azel. Now Azel is quiet.")
    play.mention("Azel", "name", "PER")
    play.mention("Azel", "name", "GPE", skip=1)
    play.mention("Azel", "name", "GPE", skip=2)
    assert {m.type for m in play.read().layers[Mention]} == {"GPE"}


@pytest.mark.parametrize(("type_", "expected"), [("ORG", "PER"), ("MIL", "PER"), ("GPE", "GPE")])
def test_a_surname_is_no_body(type_: str, expected: str, script: Scripts) -> None:
    """The last word of a person's name is that person, in headlines too; a town may share it."""
    play = script("Taal denies it. The spokesman is Omar Taal.")
    play.mention("Taal", "name", type_)
    play.mention("Omar Taal", "name", "PER", head="Omar", name="Omar Taal")
    assert [m.type for m in play.read().layers[Mention]] == [expected, "PER"]


def test_an_article_heads_nothing(script: Scripts) -> None:
    """However sure the tagger is, "the" is nobody; a source that is no more than that is one still."""
    play = script("The rebels left.")
    play.mention("The", "pronoun", "MIL")
    assert found(play) == []


def test_a_description_in_a_name_keeps_no_name(script: Scripts) -> None:
    """Only names have a name proper."""
    play = script(TEXT)
    play.mention("Omar Taal", "nominal", "PER", head="Omar", name="Omar Taal")
    assert found(play) == [("Omar Taal", "Omar", "nominal", "PER", None)]


def test_a_phrase_stays_in_its_sentence(script: Scripts) -> None:
    """The pointers never lead out of the sentence of the head."""
    play = script("Omar Taal left. The rebels stayed.")
    play.sentence("The")
    head = play.mention("rebels", "nominal", "MIL")
    play.session.edges[head] = (0, head)
    assert [m.span.start >= play.text.index("The") for m in play.read().layers[Mention]] == [True]


@pytest.mark.parametrize("type_", ["EVENT", "TIME", "ABSTRACT", "OBJECT"])
def test_other_types_are_no_mentions_of_the_ledger(type_: str, script: Scripts) -> None:
    """Events, times and things teach and measure; the ledger has no such entities."""
    play = script(TEXT)
    play.mention("the rebels", "nominal", type_)
    reading = play.read()
    (annotator,) = [a for a in _annotators(play) if isinstance(a, Mentions)]
    assert reading.layers[Mention] == ()
    assert [m.type for m in annotator.all_mentions(reading)] == [type_]


def test_a_named_event_is_no_entity(script: Scripts) -> None:
    """A head and a name that both say "event" are not turned into a person or place."""
    play = script("The Battle of Orr began.")
    play.mention("The Battle of Orr", "name", "EVENT", head="Battle", name="Battle of Orr")
    assert found(play) == []


def _annotators(play: Script) -> tuple[object, ...]:
    from allegedly.encoder.encode import Encoder  # noqa: PLC0415  # one test needs the annotators themselves
    from allegedly.presets import assemble  # noqa: PLC0415  # as above

    return tuple(assemble(play.pack, Encoder(play._pieces_of, play.session)).annotators)


def test_names_are_offered(script: Scripts) -> None:
    """The name layer can be read by itself, with its own types."""
    play = script(TEXT)
    play.mention("Omar Taal", "name", "PER", head="Omar", name="Omar Taal")
    reading = play.read()
    (annotator,) = [a for a in _annotators(play) if isinstance(a, Mentions)]
    assert [(span.of(TEXT), type_) for span, type_ in annotator.names(reading)] == [("Omar Taal", "PER")]


def test_the_threshold(script: Scripts) -> None:
    """A head below the threshold is none."""
    play = script(TEXT, thresholds={"mention": 0.9999})
    play.mention("rebels", "nominal", "MIL")
    assert found(play) == []


def test_signs_are_no_heads(script: Scripts) -> None:
    """A sign is never the head of a mention, whatever the scores."""
    play = script("🔥 said.")
    play.mention("🔥", "name", "PER", name="🔥")
    play.mention(".", "nominal", "PER")
    assert found(play) == []


def test_a_source_is_a_mention(script: Scripts) -> None:
    """Whoever speaks is somebody, though the tagger saw nobody."""
    play = script(TEXT)
    play.attribution("The army", "said", "the rebels shelled Orr and Azel")
    (mention,) = play.read().layers[Mention]
    assert (mention.span.of(TEXT), mention.score) == ("The army", FORCED_SCORE)


def test_a_seen_source_is_not_asked_for_again(script: Scripts) -> None:
    """A source with a mention inside keeps that one."""
    play = script(TEXT)
    play.mention("The army", "nominal", "MIL")
    play.attribution("The army", "said", "the rebels shelled Orr and Azel")
    assert found(play) == [("The army", "army", "nominal", "MIL", None)]


@pytest.mark.parametrize("role", ["actors", "recipients"])
def test_who_acts_or_suffers_is_a_mention(role: str, script: Scripts) -> None:
    """Actors and recipients are asked for, too."""
    play = script(TEXT)
    play.trigger("shelled", "ASSAULT")
    play.argument("shelled", role, "the rebels")
    assert [m.span.of(TEXT) for m in play.read().layers[Mention]] == ["the rebels"]


@pytest.mark.parametrize("sign", ["and", "&"])
def test_several_side_by_side_are_one_more(sign: str, script: Scripts) -> None:
    """Two mentions joined by "and" in one part of an event get a mention that stands for both."""
    text = TEXT.replace(" and ", f" {sign} ")
    play = script(text)
    play.mention("Orr", "name", "GPE", name="Orr")
    play.mention("Azel", "name", "GPE", name="Azel")
    play.trigger("shelled", "ASSAULT")
    play.argument("shelled", "recipients", f"Orr {sign} Azel")
    assert found(play) == [
        ("Orr", "Orr", "name", "GPE", "Orr"), (f"Orr {sign} Azel", sign, "nominal", "GPE", None),
        ("Azel", "Azel", "name", "GPE", "Azel"),
    ]  # fmt: skip


def test_a_token_of_sign_and_letters_speaks(script: Scripts) -> None:
    """A token that begins with a picture and goes on with letters can speak."""
    play = script("🔥fire said that Orr burnt.")
    play.attribution("🔥fire", "said", "Orr burnt")
    assert [m.span.of(play.text) for m in play.read().layers[Mention]] == ["🔥fire"]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing(text: str, script: Scripts) -> None:
    """A text without words has no mentions."""
    assert script(text).read().layers[Mention] == ()
