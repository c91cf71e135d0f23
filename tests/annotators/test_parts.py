"""Who takes part: spans of sources, actors and recipients, and their mentions."""

from __future__ import annotations

from collections.abc import Callable

from allegedly.annotators.parts import acting, part_spans
from allegedly.records.annotations import Mention
from tests.scripted_network import Script

Scripts = Callable[..., Script]
TEXT = "The army said the rebels shelled Orr on Monday. Taal wept."


def play_of(script: Scripts) -> Script:
    """Script a report in which an army speaks, rebels act and a town suffers."""
    play = script(TEXT)
    play.attribution("The army", "said", "the rebels shelled Orr on Monday")
    play.trigger("shelled", "ASSAULT")
    play.argument("shelled", "actors", "the rebels")
    play.argument("shelled", "recipients", "Orr")
    play.argument("shelled", "times", "Monday")
    play.mention("Taal", "name", "PER", name="Taal")
    play.mention("Orr", "name", "GPE", name="Orr")
    return play


def test_parts_come_once_and_in_order(script: Scripts) -> None:
    """Sources, actors and recipients are parts; times are none."""
    reading = play_of(script).read()
    assert [span.of(TEXT) for span in part_spans(reading)] == ["The army", "the rebels", "Orr"]


def test_who_acts(script: Scripts) -> None:
    """Mentions that speak, act or suffer are told from those that are only named."""
    reading = play_of(script).read()
    active = acting(reading)
    assert [m.span.of(TEXT) for m in reading.layers[Mention] if m.key in active] == ["The army", "the rebels", "Orr"]


def test_nobody(script: Scripts) -> None:
    """Where nothing is said or done, nobody takes part."""
    reading = script(TEXT).read()
    assert (part_spans(reading), acting(reading)) == ([], frozenset())
