"""Voices by containment, and factuality by the innermost voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.annotators.base import Reading
from allegedly.annotators.voices import Voices
from allegedly.encoder.encode import Encoder
from allegedly.records.annotations import Attribution, Event, EventFactuality, Voice
from allegedly.records.codes import EVENT_TYPES, FACTUALITIES, STANCES
from allegedly.records.document import Document
from allegedly.records.layers import Layers
from allegedly.records.span import Span
from tests.fakes import ORIGIN
from tests.scripted_network import Script

Scripts = Callable[..., Script]
NO_ENCODER = cast("Encoder", None)  # voices are found by spans alone
DENIAL = "Orr said Veld denied killing nine men."


def attribution(key: str, *content: Span, score: float = 1.0) -> Attribution:
    """Make an attribution of some content."""
    span = Span(content[0].start, content[-1].end)
    return Attribution(
        span=span, origin=ORIGIN, key=key, source=(), cue=(), content=content, form="indirect", stance="assert",
        score=score,
    )  # fmt: skip


def voices(attributions: Sequence[Attribution], events: Sequence[Span]) -> tuple[Voice, ...]:
    """Find the voices of events, named v1, v2 … in the order given."""
    layers = Layers(Document("x" * 200, id="d"))
    layers.add(Attribution, attributions)
    found = [Event(span=span, origin=ORIGIN, key=f"v{k}", type="ASSAULT") for k, span in enumerate(events, 1)]
    layers.add(Event, found)
    layers.add(Voice, cast("Any", Voices().annotate(Reading(layers, NO_ENCODER)))[Voice])
    return layers[Voice]


def test_the_narrator() -> None:
    """An event outside all contents has no chain and a full score."""
    (voice,) = voices([attribution("a1", Span(0, 10))], [Span(10, 14)])
    assert (voice.event, voice.chain, voice.score) == ("v1", (), 1.0)


def test_outermost_first() -> None:
    """Nested voices come outermost first, however the attributions are numbered."""
    found = [attribution("a2", Span(10, 90)), attribution("a3", Span(0, 100)), attribution("a1", Span(30, 50))]
    assert [voice.chain for voice in voices(found, [Span(35, 40)])] == [("a3", "a2", "a1")]


def test_the_innermost_is_the_smallest_in_all() -> None:
    """What counts is the size of the whole content, not of the part around the event."""
    found = [attribution("a1", Span(0, 20), Span(60, 120)), attribution("a2", Span(0, 40))]
    assert [voice.chain for voice in voices(found, [Span(5, 9)])] == [("a1", "a2")]


def test_either_part_of_a_split_content() -> None:
    """An event stands in a split content if it stands in either part, and not in what splits it."""
    found = [attribution("a1", Span(0, 20), Span(40, 60))]
    events = [Span(2, 5), Span(25, 30), Span(50, 55)]
    assert [voice.chain for voice in voices(found, events)] == [("a1",), (), ("a1",)]


@pytest.mark.parametrize(
    ("event", "inside"),
    [(Span(10, 14), True), (Span(16, 20), True), (Span(10, 20), True), (Span(9, 14), False), (Span(16, 21), False)],
)
def test_edges(event: Span, inside: bool) -> None:  # noqa: FBT001  # a column of the table
    """The whole trigger must stand in the content, edges included."""
    chain = voices([attribution("a1", Span(10, 20))], [event])[0].chain
    assert chain == (("a1",) if inside else ())


def test_the_least_sure_counts() -> None:
    """A chain is as sure as its least sure attribution."""
    found = [attribution("a1", Span(0, 50), score=0.9), attribution("a2", Span(5, 40), score=0.6)]
    assert [voice.score for voice in voices(found, [Span(10, 14)])] == [0.6]


_SPANS = st.tuples(st.integers(0, 100), st.integers(1, 60)).map(lambda pair: Span(pair[0], sum(pair)))


@given(contents=st.lists(st.lists(_SPANS, min_size=1, max_size=3), max_size=8), events=st.lists(_SPANS, max_size=6))
def test_voices_by_definition(contents: list[list[Span]], events: list[Span]) -> None:
    """Whatever the spans, an event's chain is all attributions that hold it, by falling size."""
    found = [attribution(f"a{k}", *sorted(parts)) for k, parts in enumerate(contents)]
    for voice in voices(found, events):
        holders = {a.key: sum(map(len, a.content)) for a in found if any(p.contains(voice.span) for p in a.content)}
        assert set(voice.chain) == set(holders)
        assert [holders[key] for key in voice.chain] == sorted(holders.values(), reverse=True)


def denial(script: Scripts) -> Script:
    """Script a killing that one denies and another reports as denied."""
    play = script(DENIAL)
    play.attribution("Orr", "said", "Veld denied killing nine men")
    play.attribution("Veld", "denied", "killing nine men", head="nested", stance="deny")
    play.trigger("denied", "REJECT")
    play.trigger("killing", "ASSAULT")
    return play


def test_a_cue_is_in_the_outer_voice(script: Scripts) -> None:
    """The event of a cue stands in the voice around it, what is denied in both."""
    found = {voice.span.of(DENIAL): voice.chain for voice in denial(script).read().layers[Voice]}
    assert found == {"denied": ("a1",), "killing": ("a1", "a2")}


def test_a_cue_outside_is_the_narrators(script: Scripts) -> None:
    """The event of the outermost cue is the narrator's own."""
    play = denial(script)
    play.trigger("said", "ACCUSE")
    assert play.read().layers[Voice][0].chain == ()


def test_factuality_asks_for_the_innermost_stance(script: Scripts) -> None:
    """The stance of the innermost voice goes in, and for the narrator the number after the last."""
    play = denial(script)
    play.trigger("said", "ACCUSE")
    play.read()
    assert play.session.fact_stances == [len(STANCES), STANCES.index("assert"), STANCES.index("deny")]


def test_factuality_asks_for_the_type(script: Scripts) -> None:
    """The type of each event goes in."""
    play = denial(script)
    play.read()
    assert play.session.fact_types == [EVENT_TYPES.index("REJECT"), EVENT_TYPES.index("ASSAULT")]


@pytest.mark.parametrize("value", FACTUALITIES)
def test_factualities(value: str, script: Scripts) -> None:
    """Every value of the codes can be found, each event by itself."""
    play = denial(script)
    play.factuality("killing", value)
    found = play.read().layers[EventFactuality]
    assert [(f.event, f.value) for f in found] == [("v1", "+"), ("v2", value)]


def test_factuality_of_a_long_trigger(script: Scripts) -> None:
    """A trigger of two words is asked about once, by the middle of its rows."""
    play = script("Rebels opened fire on a convoy.")
    play.trigger("opened fire", "ASSAULT")
    play.factuality("opened fire", "?")
    assert [f.value for f in play.read().layers[EventFactuality]] == ["?"]


def test_factuality_is_calibrated(script: Scripts) -> None:
    """The score of a factuality goes through the pack's calibration."""
    play = script("Rebels fled.", calibration={"factuality": (0.0, 0.0)})
    play.trigger("fled", "RETREAT")
    assert [f.score for f in play.read().layers[EventFactuality]] == [0.5]


@pytest.mark.parametrize("kind", [Voice, EventFactuality])
def test_without_events(kind: type[Any], script: Scripts) -> None:
    """A text without events has neither voices nor factualities."""
    assert script("Orr said so.").read().layers[kind] == ()
