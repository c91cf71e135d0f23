"""When something happened and when it was said: linked by what stands where, bounded by publication otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pytest

from allegedly.annotators.base import Reading
from allegedly.annotators.dates import Dates
from allegedly.annotators.timexes import Timexes
from allegedly.encoder.encode import Encoder
from allegedly.records.annotations import Attribution, Event, EventDate, EventFactuality, SayingDate, Sentence, Timex
from allegedly.records.codes import Factuality
from allegedly.records.document import Document
from allegedly.records.layers import Layers
from allegedly.records.span import Span
from tests.conftest import span_of
from tests.fakes import ORIGIN

NO_ENCODER = cast("Encoder", None)  # dates are linked by spans alone
WEDNESDAY = "2025-06-18"
Saying = tuple[str, str, str]  # source, cue, content
Act = tuple[str, str]  # trigger, time


def read(
    text: str,
    sayings: list[Saying],
    acts: list[Act],
    *,
    published: str | None = WEDNESDAY,
    factuality: Factuality = "+",
    parents: dict[int, int] | None = None,
) -> tuple[list[SayingDate], list[EventDate], dict[str, str]]:
    """Date the sayings and acts of a text of one sentence; give both and the words of each time expression."""
    layers = Layers(Document(text, published=published))
    layers.add(Sentence, [Sentence(span=Span(0, len(text)), origin=ORIGIN)])
    spans = [tuple((span_of(words, text),) if words else () for words in saying) for saying in sayings]
    layers.add(
        Attribution,
        [
            Attribution(
                span=Span(0, len(text)), origin=ORIGIN, key=f"a{k}", source=source, cue=cue, content=content,
                form="indirect", stance="assert", parent=f"a{parents[k]}" if parents and k in parents else None,
            )
            for k, (source, cue, content) in enumerate(spans)
        ],
    )  # fmt: skip
    events = [
        Event(
            span=span_of(trigger, text), origin=ORIGIN, key=f"v{k}", type="ASSAULT",
            times=(span_of(time, text),) if time else (),
        )
        for k, (trigger, time) in enumerate(acts)
    ]  # fmt: skip
    layers.add(Event, events)
    layers.add(
        EventFactuality,
        [EventFactuality(span=event.span, origin=ORIGIN, event=event.key, value=factuality) for event in events],
    )
    reading = Reading(layers, NO_ENCODER)
    layers.add(Timex, Timexes(lambda _: None).annotate(reading)[Timex])
    found = Dates().annotate(reading)
    words = {item.key: item.span.of(text) for item in layers[Timex]}
    return list(found[SayingDate]), list(found[EventDate]), words  # type: ignore[arg-type]


def said(text: str, *sayings: Saying, acts: Sequence[Act] = (), parents: dict[int, int] | None = None) -> list[str]:
    """Give the words of the time of each saying; empty where there is none."""
    found, _, words = read(text, list(sayings), list(acts), parents=parents)
    return [words[item.timex] if item.timex else "" for item in found]


@pytest.mark.parametrize(
    ("text", "saying", "time"),
    [
        ("Orr said on Monday that nine fell.", ("Orr", "said", "nine fell"), "Monday"),
        ("Orr said Monday nine fell.", ("Orr", "said", "nine fell"), "Monday"),
        ("On Monday, Orr said nine fell.", ("Orr", "said", "nine fell"), "Monday"),
        (
            "On Monday, the army's spokesman Orr said nine fell.",
            ("the army's spokesman Orr", "said", "nine fell"),
            "Monday",
        ),
        ("Orr on Monday said nine fell.", ("Orr", "said", "nine fell"), "Monday"),
        ("Nine fell, Orr said on Monday.", ("Orr", "said", "Nine fell"), "Monday"),
        ("Nine fell, said Orr on Monday.", ("Orr", "said", "Nine fell"), "Monday"),
        ("Orr told reporters in Karveli late on Monday nine fell.", ("Orr", "told", "nine fell"), "late on Monday"),
        ("In a statement on Monday, Orr said nine fell.", ("Orr", "said", "nine fell"), "Monday"),
        ("Orr said nine fell on Monday.", ("Orr", "said", "nine fell on Monday"), ""),
        ("On Monday the town fell; Orr said nine died.", ("Orr", "said", "nine died"), ""),
        ("Orr, who left on Monday, said nine fell.", ("Orr", "said", "nine fell"), ""),
        ("The report of Monday said nine fell.", ("The report of Monday", "said", "nine fell"), ""),
        ("Orr has said every day that nine fell.", ("Orr", "said", "nine fell"), ""),
        ("Orr said nine fell.", ("Orr", "said", "nine fell"), ""),
        ("Reportedly, nine fell on Monday.", ("", "Reportedly", "nine fell on Monday"), ""),
        ("Nine fell.", ("Nine", "", "fell"), ""),
    ],
)
def test_when_it_was_said(text: str, saying: Saying, time: str) -> None:
    """The time beside the cue, not one of the content, of a clause between, or of the source's own words."""
    assert said(text, saying) == [time]


def test_saying_and_event_apart() -> None:
    """On Friday he speaks of Tuesday."""
    text = "On Friday Orr said that Tuesday's strike killed nine."
    sayings, events, words = read(
        text, [("Orr", "said", "Tuesday's strike killed nine")], [("strike", "Tuesday")]
    )  # fmt: skip
    assert [words[item.timex or ""] for item in (*sayings, *events)] == ["Friday", "Tuesday"]
    assert [item.days.iso if item.days else "" for item in (*sayings, *events)] == ["2025-06-13", "2025-06-17"]


def test_the_time_of_another_event_is_not_that_of_the_saying() -> None:
    """A time that belongs to what was done is not when somebody spoke."""
    acts = [("shelled", "on Monday")]
    assert said("Having shelled it on Monday Orr said nine fell.", ("Orr", "said", "nine fell"), acts=acts) == [""]


def test_the_time_of_the_cue_as_an_event() -> None:
    """Where the cue is an event itself, its time is that of the saying, wherever it stands."""
    text = "Orr denied it in a speech that was long, and this happened on Monday."
    assert said(text, ("Orr", "denied", "it"), acts=[("denied", "on Monday")]) == ["Monday"]


def test_nested_sayings() -> None:
    """A time inside the outer content may be that of the inner saying, never the other way round."""
    text = "Veld said on Tuesday that Orr had claimed on Monday that nine fell."
    outer = ("Veld", "said", "Orr had claimed on Monday that nine fell")
    inner = ("Orr", "claimed", "nine fell")
    assert said(text, outer, inner, parents={1: 0}) == ["Tuesday", "Monday"]


def test_parents_in_a_circle_end() -> None:
    """Attributions that stand in each other are an error further on, not a run without end here."""
    assert said("Orr said on Monday it fell.", ("Orr", "said", "it fell"), parents={0: 0}) == ["Monday"]


@pytest.mark.parametrize(
    ("factuality", "expected"),
    [
        ("+", (None, "2025-06-18")), ("-", (None, "2025-06-18")), ("?", (None, "2025-06-18")),
        (">", ("2025-06-18", None)),
    ],
)  # fmt: skip
def test_without_a_time_publication_bounds_it(factuality: Factuality, expected: tuple[str | None, str | None]) -> None:
    """What is reported lies before publication, what is announced after it; neither is a stated date."""
    _, (event,), _ = read("Nine fell.", [], [("fell", "")], factuality=factuality)
    assert event.days is not None
    ends = tuple(day.isoformat() if day else None for day in (event.days.earliest, event.days.latest))
    assert (ends, event.days.precision, event.origin_of_days, event.timex) == (expected, "open", "publication", None)


@pytest.mark.parametrize(("factuality", "published"), [("~", WEDNESDAY), ("+", None), (">", None), ("+", "Tuesday")])
def test_nothing_bounds_it(factuality: Factuality, published: str | None) -> None:
    """A hypothetical event has no day, and without publication no other has."""
    _, (event,), _ = read("Nine fell.", [], [("fell", "")], factuality=factuality, published=published)
    assert (event.days, event.origin_of_days) == (None, "none")


def test_a_time_without_days_dates_nothing() -> None:
    """How long it lasted says not when: the words are linked, the date is bounded by publication."""
    _, (event,), words = read("They fought for three days.", [], [("fought", "for three days")])
    assert (words[event.timex or ""], event.origin_of_days) == ("three days", "publication")


def test_the_finest_time_counts() -> None:
    """Of several expressions in an event's time the one that says most is taken."""
    _, (event,), words = read("In 2025, on 3 May, it fell.", [], [("fell", "In 2025, on 3 May")])
    assert words[event.timex or ""] == "3 May"


def test_an_event_of_a_range_has_all_its_days() -> None:
    """Both ends of a range date the event."""
    _, (event,), _ = read("It fell between 20 and 24 May.", [], [("fell", "between 20 and 24 May")])
    assert event.days is not None
    assert event.days.iso == "2025-05-20/2025-05-24"


@pytest.mark.parametrize(
    ("text", "time", "published", "expected"),
    [
        ("They have held it since 3 May.", "since 3 May", WEDNESDAY, "2025-05-03/2025-06-18"),
        ("They have held it since the 3 May raid.", "3 May", WEDNESDAY, "2025-05-03/2025-06-18"),
        ("They have held it since 3 May 2024.", "since 3 May 2024", None, "2024-05-03/.."),
        ("They will have held it since 3 May 2026.", "since 3 May 2026", WEDNESDAY, "2026-05-03"),
        ("They held it on 3 May.", "3 May", WEDNESDAY, "2025-05-03"),
    ],
)
def test_since_runs_on(text: str, time: str, published: str | None, expected: str) -> None:
    """What goes on since a day goes on until publication, or nobody knows until when."""
    _, (event,), _ = read(text, [], [("held", time)], published=published)
    assert event.days is not None
    assert event.days.iso == expected
