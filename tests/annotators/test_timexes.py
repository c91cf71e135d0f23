"""Time expressions as a layer."""

from __future__ import annotations

from typing import Any, cast, get_args

import pytest

from allegedly.annotators.base import Reading
from allegedly.annotators.timexes import Timexes
from allegedly.encoder.encode import Encoder
from allegedly.records.annotations import Timex
from allegedly.records.document import Document
from allegedly.records.layers import Layers
from allegedly.settings import TimeMode
from allegedly.temporal.mode import Mode

NO_ENCODER = cast("Encoder", None)  # the grammar needs none
HISTORY = "In 1939, 1940, 1941, 1942 and 1943 they fought. They left on 3 May."


def timexes(text: str, *, published: str | None = "2025-06-18", **settings: Any) -> list[Timex]:
    """Find the expressions of a text."""
    layers = Layers(Document(text, published=published))
    annotator = Timexes(settings.pop("day_first", lambda _: None), **settings)
    return list(annotator.annotate(Reading(layers, NO_ENCODER))[Timex])  # type: ignore[arg-type]


def test_value_days_and_how_they_were_found() -> None:
    """A layer holds all that the engine says."""
    (one,) = timexes("They left on Friday.")
    assert one.days is not None
    assert (one.key, one.type, one.value, one.days.iso) == ("t1", "DATE", "2025-06-13", "2025-06-13")
    assert (one.rule, one.anchor, one.reason) == ("weekday", "publication", "")


def test_without_publication() -> None:
    """What hangs on a day that nobody knows has a value with X and a reason."""
    (one,) = timexes("They left on Friday.", published=None)
    assert (one.value, one.days, one.reason) == ("XXXX-WXX-5", None, "no-publication-date")


def test_an_ambiguous_date_keeps_both_readings() -> None:
    """Only a publisher whose country is known decides."""
    (open_,) = timexes("They left on 03/04/2025.")
    (decided,) = timexes("They left on 03/04/2025.", day_first=lambda _: True)
    assert (open_.readings, open_.reason) == (("2025-04-03", "2025-03-04"), "day-or-month")
    assert (decided.value, decided.readings) == ("2025-04-03", ("2025-04-03", "2025-03-04"))


def test_both_ends_know_their_range() -> None:
    """An end of a range keeps its own day and knows the whole."""
    text = "It lasted between 20 and 24 May."
    found = timexes(text)
    assert [(one.value, one.whole_days.iso if one.whole_days else "") for one in found] == [
        ("2025-05-20", "2025-05-20/2025-05-24"), ("2025-05-24", "2025-05-20/2025-05-24"),
    ]  # fmt: skip
    assert {one.whole.of(text) for one in found if one.whole} == {"20 and 24 May"}


@pytest.mark.parametrize(("mode", "value"), [(None, "1943-05-03"), ("news", "2025-05-03"), ("history", "1943-05-03")])
def test_the_mode_can_be_given(mode: Mode | None, value: str) -> None:
    """A history counts from what was told; whoever knows better says so."""
    assert timexes(HISTORY, mode=mode)[-1].value == value


def test_modes_are_those_of_the_settings() -> None:
    """The setting and the engine know the same modes."""
    assert get_args(TimeMode) == get_args(Mode)
