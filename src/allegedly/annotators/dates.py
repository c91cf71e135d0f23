"""
Dates: when an event took place, and when the words of an attribution were said.

"On Friday he said that Tuesday's strike killed nine": the saying is of Friday,
the strike of Tuesday. An event or a saying without a time of its own gets no
date; it is only bounded by the day of publication, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from allegedly.annotators.base import Found, Reading
from allegedly.records.annotations import (
    Annotation,
    Attribution,
    Event,
    EventDate,
    EventFactuality,
    SayingDate,
    Sentence,
    Timex,
)
from allegedly.records.codes import Factuality, TimeOrigin
from allegedly.records.daterange import DateRange
from allegedly.records.origin import Origin
from allegedly.records.span import Span
from allegedly.records.spanindex import SpanIndex

_FAR: Final = 60  # code points between cue and time, without the source's own: "told reporters in Karveli on Tuesday"
_NEAR: Final = 16  # code points before a time in which "since the" may stand
_SINCE: Final = re.compile(r"\bsince\s+(?:the\s+)?\Z", re.IGNORECASE)
# What may stand between a cue and its time is no clause of its own.
_CLAUSE: Final = re.compile(
    r"[.;:!?\n\"“”]|\b(?:that|who|which|whose|where|when|while|after|before|but|as|if|because|since|and|for|of)\b",
    re.IGNORECASE,
)


class Dates:
    """Provides :class:`EventDate`, one for each event, and :class:`SayingDate`, one for each attribution."""

    name = "dates"
    version = "1"
    requires = frozenset({Attribution, Event, EventFactuality, Sentence, Timex})
    provides: frozenset[type[Annotation]] = frozenset((EventDate, SayingDate))

    def __init__(self) -> None:
        self._origin = Origin(self.name, self.version, rule="time-of-event")
        self._beside = Origin(self.name, self.version, rule="beside-the-cue")

    def annotate(self, reading: Reading) -> Found:
        """Link events and attributions with time expressions."""
        times = _Times(reading)
        return {
            EventDate: [self._event(event, times) for event in reading.layers[Event]],
            SayingDate: [self._saying(attribution, times) for attribution in reading.layers[Attribution]],
        }

    def _event(self, event: Event, times: _Times) -> EventDate:
        timex = times.of_event(event)
        days, origin = times.days(timex, times.factuality[event.key])
        key = timex.key if timex else None
        return EventDate(
            span=event.span, origin=self._origin, event=event.key, timex=key, days=days, origin_of_days=origin
        )  # fmt: skip

    def _saying(self, attribution: Attribution, times: _Times) -> SayingDate:
        timex = times.of_saying(attribution)
        days, origin = times.days(timex, "+")
        return SayingDate(
            span=attribution.span, origin=self._beside, attribution=attribution.key, timex=timex.key if timex else None,
            days=days, origin_of_days=origin,
        )  # fmt: skip


class _Times:
    """The time expressions of one document and what they may belong to; thrown away afterwards."""

    def __init__(self, reading: Reading) -> None:
        layers = reading.layers
        self._text = reading.text
        self._published = layers.document.published_day
        self._timexes = SpanIndex((timex.span, timex) for timex in layers[Timex])
        self._sentences = SpanIndex((sentence.span, sentence.span) for sentence in layers[Sentence])
        self._triggers = SpanIndex((event.span, event) for event in layers[Event])
        self._owners = SpanIndex((span, event) for event in layers[Event] for span in event.times)
        self._contents = SpanIndex((part, a.key) for a in layers[Attribution] for part in a.content)
        self._parents = {a.key: a.parent for a in layers[Attribution]}
        self.factuality: dict[str, Factuality] = {item.event: item.value for item in layers[EventFactuality]}

    def days(self, timex: Timex | None, factuality: Factuality) -> tuple[DateRange | None, TimeOrigin]:
        """Give the days of a time expression, else what publication says of them."""
        if timex is not None and timex.days is not None:
            return self._until_now(timex, timex.whole_days or timex.days), "stated"
        bound = _bound(self._published, factuality)
        return bound, "publication" if bound else "none"

    def _until_now(self, timex: Timex, days: DateRange) -> DateRange:
        """Let a time after "since" run on to the day of publication; open where that is not known."""
        if timex.whole is not None or not _SINCE.search(self._text, max(0, timex.span.start - _NEAR), timex.span.start):
            return days
        begins, now = days.earliest, self._published
        if begins is None or (now is not None and now < begins):
            return days
        return DateRange(begins, now, "open" if now is None else "range")

    def of_event(self, event: Event) -> Timex | None:
        """Give the finest of the time expressions that the event's times hold."""
        held = (timex for span in event.times for timex in self._timexes.touching(span))
        return min(held, key=_fineness, default=None)

    def of_saying(self, attribution: Attribution) -> Timex | None:
        """Give the time of the event that the cue expresses, else the nearest one that stands beside the cue."""
        for cue in attribution.cue:
            for event in self._triggers.touching(cue):
                own = self.of_event(event)
                if own is not None and own.days is not None:
                    return own
        found = [
            (gap, timex.span, timex)
            for cue in attribution.cue
            for sentence in self._sentences.touching(cue)
            for timex in self._timexes.touching(sentence)
            if (gap := self._gap(attribution, cue, timex)) is not None
        ]
        return min(found, key=lambda one: one[:2])[2] if found else None

    def _gap(self, attribution: Attribution, cue: Span, timex: Timex) -> int | None:
        """Give how many code points lie between a cue and a time that may be its own; None if it cannot be."""
        if timex.days is None or timex.type not in {"DATE", "TIME"} or cue.overlaps(timex.span):
            return None
        first, second = sorted((cue, timex.span))
        before = [part for part in attribution.source if part.end <= timex.span.start and timex.span.end <= cue.start]
        first = before[-1] if before else first  # "Orr, who left on Monday, said"
        between = self._without(first.end, second.start, attribution.source)
        if len(between) > _FAR or _CLAUSE.search(between) or self._is_taken(attribution, timex):
            return None
        return len(between)

    def _is_taken(self, attribution: Attribution, timex: Timex) -> bool:
        """Say whether a time belongs to an event apart from the cue, to the source's words, or to some content."""
        if any(not _overlap(event.span, attribution.cue) for event in self._owners.touching(timex.span)):
            return True
        around = self._around(attribution)
        inside = any(key not in around for key in self._contents.touching(timex.span))
        return inside or _overlap(timex.span, attribution.source)

    def _around(self, attribution: Attribution) -> set[str]:
        """Give the attributions in whose content this one stands."""
        keys: set[str] = set()
        key = attribution.parent
        while key is not None and key not in keys:
            keys.add(key)
            key = self._parents.get(key)
        return keys

    def _without(self, start: int, end: int, parts: Iterable[Span]) -> str:
        """Give the words from ``start`` to ``end`` without those of some parts."""
        words = list(self._text[start:end])
        for part in parts:
            first, last = max(part.start, start), min(part.end, end)
            words[first - start : max(last, first) - start] = " " * max(0, last - first)
        return " ".join("".join(words).split())


def _fineness(timex: Timex) -> tuple[bool, int, int]:
    days = (timex.whole_days or timex.days).days if timex.days else None
    return timex.days is None, days or 0, timex.span.start


def _bound(published: date | None, factuality: Factuality) -> DateRange | None:
    """Give what publication says of an event: the reported lies before it, the announced after it."""
    if published is None or factuality == "~":
        return None
    if factuality == ">":
        return DateRange(published, None, "open")
    return DateRange(None, published, "open")


def _overlap(span: Span, others: Iterable[Span]) -> bool:
    return any(span.overlaps(other) for other in others)
