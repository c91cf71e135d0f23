"""Events from scripted scores: triggers, modes, arguments, numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from allegedly.annotators.base import Reading
from allegedly.annotators.events import REACH
from allegedly.records.annotations import Event, Quantity
from allegedly.records.codes import EVENT_TYPES, MEASURES
from tests.scripted_network import ARGUMENT_ROLES, SURE, Script

Scripts = Callable[..., Script]
TEXT = "In Orr on Monday rebels killed nine villagers near Azel."
BOMB = "A bomb killed 12 soldiers and wounded dozens near Azel."


def triggers(reading: Reading) -> list[tuple[str, str]]:
    """Give words and type of each event."""
    return [(event.span.of(reading.text), event.type) for event in reading.layers[Event]]


def arguments(reading: Reading, role: str) -> list[list[str]]:
    """Give the words of one role of each event."""
    return [[span.of(reading.text) for span in getattr(event, role)] for event in reading.layers[Event]]


def one_number(script: Scripts, text: str, words: str, measure: str = "killed") -> tuple[Script, Quantity]:
    """Read a text whose event "killed" has one number."""
    play = script(text)
    play.trigger("killed", "ASSAULT")
    play.number("killed", measure, words)
    (quantity,) = play.read().layers[Quantity]
    return play, quantity


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_types(kind: str, script: Scripts) -> None:
    """Every type of the codes can be found."""
    play = script(TEXT)
    play.trigger("killed", kind)
    assert triggers(play.read()) == [("killed", kind)]


def test_neighbours_of_two_types(script: Scripts) -> None:
    """Triggers side by side of two types are two events."""
    play = script("Rebels met killed prisoners.")
    play.trigger("met", "CONSULT")
    play.trigger("killed", "ASSAULT")
    assert triggers(play.read()) == [("met", "CONSULT"), ("killed", "ASSAULT")]


def test_a_trigger_of_two_words(script: Scripts) -> None:
    """Neighbouring words of one type are one event."""
    play = script("Rebels opened fire on a convoy.")
    play.trigger("opened fire", "ASSAULT")
    assert triggers(play.read()) == [("opened fire", "ASSAULT")]


def test_a_word_between_parts_triggers(script: Scripts) -> None:
    """Words of one type with another between them are two events."""
    play = script("Rebels bombed and shelled a convoy.")
    play.trigger("bombed", "ASSAULT")
    play.trigger("shelled", "ASSAULT")
    assert triggers(play.read()) == [("bombed", "ASSAULT"), ("shelled", "ASSAULT")]


def test_triggers_do_not_cross_sentences(script: Scripts) -> None:
    """Neighbouring words of one type in two sentences are two events."""
    play = script("Villagers were shot Killed were nine.")
    play.sentence("Killed")
    play.trigger("shot Killed", "ASSAULT")
    assert triggers(play.read()) == [("shot", "ASSAULT"), ("Killed", "ASSAULT")]


@pytest.mark.parametrize(("threshold", "found"), [(0.4, 1), (0.6, 0)])
def test_the_threshold_of_triggers(threshold: float, found: int, script: Scripts) -> None:
    """A word is a trigger if it is likelier an event than the pack's threshold."""
    play = script(TEXT, thresholds={"trigger": threshold})
    play.trigger("killed", "ASSAULT", score=SURE)  # as sure as of no event, so that the chance is one half
    assert len(play.read().layers[Event]) == found


def test_two_types_share_a_chance(script: Scripts) -> None:
    """What counts against the threshold is the chance of any event; the type says how sure it is of itself."""
    play = script(TEXT)
    play.trigger("killed", "ASSAULT", score=SURE)
    play.trigger("killed", "HARM", score=SURE + 0.5)
    (event,) = play.read().layers[Event]
    assert (event.type, 0.6 < event.type_score < 0.65) == ("HARM", True)


def test_keys_in_order_of_the_text(script: Scripts) -> None:
    """Events are numbered in order of the text."""
    play = script(BOMB)
    play.trigger("wounded", "HARM")
    play.trigger("killed", "ASSAULT")
    assert [(e.key, e.span.of(BOMB)) for e in play.read().layers[Event]] == [("v1", "killed"), ("v2", "wounded")]


@pytest.mark.parametrize("modes", [(), ("drone",), ("aerial", "drone")])
def test_modes(modes: tuple[str, ...], script: Scripts) -> None:
    """Modes over the threshold are given, in the order of the codes."""
    play = script(TEXT)
    play.trigger("killed", "ASSAULT", *reversed(modes))
    assert [event.modes for event in play.read().layers[Event]] == [modes]


def test_a_mode_is_read_over_the_whole_trigger(script: Scripts) -> None:
    """A mode that one of three words speaks for and two against is not given."""
    play = script("Rebels blew himself up there.")
    play.trigger("blew himself up", "ASSAULT")
    play.trigger("himself", "ASSAULT", "suicide-attack")
    assert [event.modes for event in play.read().layers[Event]] == [()]


@pytest.mark.parametrize(
    ("role", "words"),
    [("actors", "rebels"), ("recipients", "nine villagers"), ("places", "Azel"), ("times", "on Monday")],
)
def test_arguments(role: str, words: str, script: Scripts) -> None:
    """Arguments are found by role, several words long, on both sides of the trigger."""
    play = script(TEXT)
    play.trigger("killed", "ASSAULT")
    play.argument("killed", role, words)
    reading = play.read()
    assert {name: arguments(reading, name) for name in ARGUMENT_ROLES} == {
        name: [[words] if name == role else []] for name in ARGUMENT_ROLES
    }


def test_two_of_one_role(script: Scripts) -> None:
    """Two actors of one event are both given, in order of the text."""
    play = script("The army and the rebels clashed.")
    play.trigger("clashed", "ASSAULT")
    play.argument("clashed", "actors", "the rebels")
    play.argument("clashed", "actors", "The army")
    assert arguments(play.read(), "actors") == [["The army", "the rebels"]]


def test_each_trigger_has_its_own(script: Scripts) -> None:
    """The same words can be recipient of one event and actor of another."""
    play = script("Soldiers freed by rebels attacked Azel.")
    play.trigger("freed", "RETREAT")
    play.trigger("attacked", "ASSAULT")
    play.argument("freed", "recipients", "Soldiers")
    play.argument("attacked", "actors", "Soldiers")
    reading = play.read()
    assert (arguments(reading, "recipients"), arguments(reading, "actors")) == ([["Soldiers"], []], [[], ["Soldiers"]])


def test_arguments_of_long_triggers(script: Scripts) -> None:
    """A trigger of two words is one trigger to its arguments."""
    play = script("Rebels opened fire on a convoy.")
    play.trigger("opened fire", "ASSAULT")
    play.argument("opened fire", "recipients", "a convoy")
    assert arguments(play.read(), "recipients") == [["a convoy"]]


def test_only_the_sentence_is_read(script: Scripts) -> None:
    """Words of other sentences are never asked about."""
    play = script("Rebels came. They killed nine. Orr fell.")
    play.sentence("They")
    play.sentence("Orr")
    play.trigger("killed", "ASSAULT")
    play.read()
    first, last = play.tokens("They killed nine.")
    assert {token for _, token in play.session.pair_tokens} == set(range(first, last + 1))


def test_reach(script: Scripts) -> None:
    """In a sentence without end only so many words to both sides are asked about."""
    before, after = (" ".join(f"{side}{k}" for k in range(REACH + 20)) for side in "ab")
    play = script(f"{before} killed {after}")
    play.trigger("killed", "ASSAULT")
    play.read()
    at = REACH + 20
    assert {token for _, token in play.session.pair_tokens} == set(range(at - REACH, at + REACH + 1))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Rebels killed nine men.", "nine", ("nine", 9, 9, 9, "exact")),
        ("Rebels killed at least 12 men.", "12", ("at least 12", 12, None, None, "at_least")),
        ("Rebels killed at least 12 men.", "at least 12", ("at least 12", 12, None, None, "at_least")),
        ("Rebels killed more than 30 men.", "30", ("more than 30", 31, None, None, "more_than")),
        ("Rebels killed up to 40 men.", "40", ("up to 40", None, None, 40, "up_to")),
        ("Rebels killed about 50 men.", "50", ("about 50", None, 50, None, "about")),
        ("Rebels killed 12 or more men.", "12", ("12 or more", 12, None, None, "at_least")),
        ("Rebels killed dozens of men.", "dozens", ("dozens", None, None, None, "vague")),
        ("Rebels killed 12 to 15 men.", "12 to 15", ("12 to 15", 12, None, 15, "range")),
        ("Rebels killed 12 to 15 men.", "12", ("12 to 15", 12, None, 15, "range")),
        ("Rebels killed 12 to 15 men.", "15", ("12 to 15", 12, None, 15, "range")),
        ("Rebels killed between 12 and 15 men.", "12", ("between 12 and 15", 12, None, 15, "range")),
        ("Rebels killed 1,200 men.", "1,200", ("1,200", 1200, 1200, 1200, "exact")),
    ],
)
def test_numbers(
    text: str, words: str, expected: tuple[str, float | None, float | None, float | None, str], script: Scripts
) -> None:
    """A number is read with the bound beside it, which its span then holds."""
    play, found = one_number(script, text, words)
    assert (found.span.of(play.text), found.low, found.best, found.high, found.qualifier) == expected


@pytest.mark.parametrize("measure", MEASURES)
def test_measures(measure: str, script: Scripts) -> None:
    """Every measure of the codes can be counted."""
    assert one_number(script, TEXT, "nine", measure)[1].measure == measure


def test_events_name_their_numbers(script: Scripts) -> None:
    """An event holds the keys of its numbers, each of its own measure."""
    play = script(BOMB)
    play.trigger("bomb", "ASSAULT")
    play.number("bomb", "killed", "12")
    play.number("bomb", "injured", "dozens")
    reading = play.read()
    assert [(q.key, q.measure) for q in reading.layers[Quantity]] == [("q1", "killed"), ("q2", "injured")]
    assert [event.quantities for event in reading.layers[Event]] == [("q1", "q2")]


def test_events_share_a_number(script: Scripts) -> None:
    """A number that two events have is one quantity."""
    play = script(BOMB)
    play.trigger("bomb", "ASSAULT")
    play.trigger("wounded", "HARM")
    play.number("bomb", "killed", "12")
    play.number("wounded", "killed", "12")
    reading = play.read()
    assert [event.quantities for event in reading.layers[Event]] == [("q1",), ("q1",)]
    assert len(reading.layers[Quantity]) == 1


def test_one_number_of_two_measures(script: Scripts) -> None:
    """The same words counted as two things are two quantities."""
    play = script("A bomb killed or wounded nine men.")
    play.trigger("killed", "ASSAULT")
    play.trigger("wounded", "HARM")
    play.number("killed", "killed", "nine")
    play.number("wounded", "injured", "nine")
    assert [(q.key, q.measure) for q in play.read().layers[Quantity]] == [("q1", "killed"), ("q2", "injured")]


def test_neighbouring_numbers_of_two_measures(script: Scripts) -> None:
    """Numbers side by side are parted where the measure changes."""
    play = script("Toll of raid: 12 30 total.")
    play.trigger("raid", "COERCE")
    play.number("raid", "killed", "12")
    play.number("raid", "injured", "30")
    assert [(q.measure, q.best) for q in play.read().layers[Quantity]] == [("killed", 12), ("injured", 30)]


def test_halves_of_a_range_are_one_number(script: Scripts) -> None:
    """Where both ends of a range are found apart, they are one quantity."""
    play = script("Rebels killed 12 to 15 men.")
    play.trigger("killed", "ASSAULT")
    play.number("killed", "killed", "12")
    play.number("killed", "killed", "15")
    reading = play.read()
    assert [event.quantities for event in reading.layers[Event]] == [("q1",)]
    assert [(q.low, q.high) for q in reading.layers[Quantity]] == [(12, 15)]


def test_a_text_without_events(script: Scripts) -> None:
    """A text without triggers has neither events nor quantities, and no network is asked."""
    play = script("Nothing happened.")
    reading = play.read()
    assert (reading.layers[Event], reading.layers[Quantity], play.session.pair_tokens) == ((), (), set())


def test_scores_are_calibrated(script: Scripts) -> None:
    """The score of an event goes through the pack's calibration."""
    play = script(TEXT, calibration={"event": (0.0, 0.0)})
    play.trigger("killed", "ASSAULT")
    assert [event.score for event in play.read().layers[Event]] == [0.5]
