"""
Names of places with their places: a thin adapter of the engine in :mod:`allegedly.geo`.

The engine is told which names the encoder found, what the document says of each
(who speaks, who acts, where something happens), and where it was published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from allegedly.annotators.base import Found, Reading
from allegedly.coreference.lookup import MentionIndex
from allegedly.geo.gazetteer import Gazetteer
from allegedly.geo.ranker import Ranker
from allegedly.geo.readings import Part, ReadingModel, Rows, Use, read_name
from allegedly.geo.resolve import Resolved, resolve_places
from allegedly.geo.toponyms import FoundName, NamedSpan, find_names
from allegedly.records.annotations import Attribution, Event, Mention, Sentence, Toponym
from allegedly.records.codes import PlaceReading
from allegedly.records.document import Document
from allegedly.records.origin import Origin
from allegedly.records.span import Span
from allegedly.records.spanindex import SpanIndex

CountryOf = Callable[[Document], str | None]


class Toponyms:
    """
    Provides :class:`Toponym`.

    Args:
        gazetteer: The places that names may mean.
        model: Weights for the encoder's rows; None, or those of another encoder, leave it to the words how a name is
            meant.
        pack: Digest of the pack that makes the rows.
        ranker: Weights of the ranker; the shipped ones if None.
        country_of: Says in which country a document's publisher sits; None if nothing tells.
    """

    name = "toponyms"
    version = "1"
    requires = frozenset({Sentence, Attribution, Event, Mention})
    provides = frozenset({Toponym})

    def __init__(
        self,
        gazetteer: Gazetteer,
        model: ReadingModel | None = None,
        pack: str = "",
        *,
        ranker: Ranker | None = None,
        country_of: CountryOf = lambda _: None,
    ) -> None:
        self._gazetteer, self._ranker, self._country_of = gazetteer, ranker, country_of
        self._model = model if model is not None and model.pack == pack else None
        self._origin = Origin(self.name, self.version, pack=pack or None)

    def annotate(self, reading: Reading) -> Found:
        """Find the names of places, say how each is meant and which place it is."""
        resolved = self.resolve(reading.layers.document, self.find(reading))
        readings = self.readings(reading, resolved)
        numbered = enumerate(zip(resolved, readings, strict=True), 1)
        return {Toponym: [self._toponym(one, meant, number) for number, (one, meant) in numbered]}

    def find(self, reading: Reading) -> list[FoundName]:
        """Find the names of places."""
        return find_names(reading.text, named_spans(reading.layers[Mention]), self._gazetteer)

    def resolve(self, document: Document, names: Sequence[FoundName]) -> list[Resolved]:
        """Say which places names are, found here or known beforehand."""
        country = self._country_of(document)
        return resolve_places(document.text, names, self._gazetteer, publisher_country=country, ranker=self._ranker)

    def readings(self, reading: Reading, resolved: Sequence[Resolved]) -> list[PlaceReading]:
        """Say how each name is meant."""
        parts = _Parts(reading)
        rows = self._rows(reading, [one.name for one in resolved])
        return [
            read_name(
                reading.text, one.name, Use(one.how, parts.part(one.name), parts.modifies(one.name), row), self._model
            )
            for one, row in zip(resolved, rows, strict=True)
        ]

    def _toponym(self, one: Resolved, meant: PlaceReading, number: int) -> Toponym:
        return Toponym(
            span=Span(one.name.start, one.name.end),
            origin=self._origin,
            score=round(one.confidence, 3),
            key=f"p{number}",
            reading=meant,
            place=one.place,
            precision=one.precision,
            radius=one.radius,
            candidates=one.candidates,
            others=one.others,
            reason=one.reason,
        )

    def _rows(self, reading: Reading, names: Sequence[FoundName]) -> Sequence[Rows | None]:
        """Give the mean of the encoder's rows over each name; None where there is no model for them."""
        if self._model is None or not names or len(self._model.weights) != reading.encoding.rows.shape[1]:
            return [None] * len(names)
        edges = np.array([reading.tokens(Span(name.start, name.end)) for name in names], np.int64)
        return list(reading.encoding.means(edges[:, 0], edges[:, 1]))


class _Parts:
    """
    What names do in a document; thrown away afterwards.

    Args:
        reading: The document.
    """

    def __init__(self, reading: Reading) -> None:
        mentions = reading.layers[Mention]
        index = MentionIndex(mentions)
        self._speaking = _names(index, (span for a in reading.layers[Attribution] for span in a.source))
        self._acting = _names(index, (span for event in reading.layers[Event] for span in event.actors))
        self._scenes = _indexed(span for event in reading.layers[Event] for span in event.places)
        self._phrases = SpanIndex((m.span, m) for m in mentions if m.kind != "pronoun")

    def part(self, name: FoundName) -> Part:
        """Say whether a name speaks, acts, or is where something happens."""
        span = Span(name.start, name.end)
        parts: tuple[tuple[Part, SpanIndex[Span]], ...] = (
            ("speaks", self._speaking), ("acts", self._acting), ("scene", self._scenes),
        )  # fmt: skip
        for part, spans in parts:
            if any(other.contains(span) for other in spans.touching(span)):
                return part
        return ""

    def modifies(self, name: FoundName) -> bool:
        """Say whether a name stands before the head of a longer phrase."""
        return any(
            m.span.start <= name.start and name.end <= m.head.start and m.head.start - name.end <= 40
            for m in self._phrases.touching(Span(name.start, name.end))
        )


def _names(index: MentionIndex, spans: Iterable[Span]) -> SpanIndex[Span]:
    """Give the names proper that are the heads of some spans."""
    mentions = (index.main(span) for span in spans)
    return _indexed(m.name for m in mentions if m is not None and m.name is not None and m.name.contains(m.head))


def _indexed(spans: Iterable[Span]) -> SpanIndex[Span]:
    return SpanIndex((span, span) for span in spans)


def named_spans(mentions: Iterable[Mention]) -> list[NamedSpan]:
    """Give the names proper of all mentions, the longest first where they begin together, none overlapping another."""
    spans = sorted((m.name.start, -m.name.end, m.type) for m in mentions if m.name is not None)
    out: list[NamedSpan] = []
    for start, end, kind in spans:
        if not out or start >= out[-1].end:
            out.append(NamedSpan(start, -end, kind))
    return out
