"""
Build the ledger of one document from its layers.

A pure function: same layers, same run, same rows. Ids are given anew in the
order of the text, so that they do not depend on how an annotator numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from allegedly.errors import LedgerError
from allegedly.records.annotations import Attribution, Event, EventFactuality, Quantity, Sentence, Voice
from allegedly.records.layers import Layers
from allegedly.records.ledger import (
    ArgumentRow,
    AttributionRow,
    DocumentRow,
    EventRow,
    Ledger,
    Number,
    PlaceRow,
    QuantityRow,
    Run,
    SpanPair,
    TimeRow,
)
from allegedly.records.span import Span

NOT_FILLED = (
    "this version names no entities and resolves neither times nor places: "
    "mentions and entities are empty, times and places hold words only"
)
NO_GAZETTEER = "not resolved: this version reads no gazetteer"
SCORE_DIGITS = 4  # more digits would carry the noise of the machine's arithmetic into the bytes

K = TypeVar("K", Attribution, Event, Quantity)
V = TypeVar("V")


def build_ledger(layers: Layers, run: Run, warnings: Sequence[str] = ()) -> Ledger:
    """
    Turn the layers of one document into its rows.

    Nothing is decided here: no layer is corrected and none is left out.

    Args:
        layers: Must hold Sentence, Attribution, Quantity, Event, Voice and EventFactuality.
        run: What read the document.
        warnings: What the reading leaves out; a fixed sentence on empty lists is put after them.

    Raises:
        LayerError: If a layer was never written.
        LedgerError: If an annotation refers to one that does not exist.
    """
    document = layers.document
    rows = _Rows(layers)
    return Ledger(
        document=DocumentRow(
            id=document.id,
            digest=document.digest,
            title=document.title,
            url=document.url,
            publisher=document.publisher,
            published=document.published,
            language=document.language,
            text=document.text,
        ),
        run=run,
        sentences=tuple(_pair(sentence.span) for sentence in layers[Sentence]),
        times=tuple(TimeRow(key, _pair(span), "DATE") for span, key in rows.times.items()),
        places=tuple(
            PlaceRow(key, _pair(span), span.of(document.text), reason=NO_GAZETTEER) for span, key in rows.places.items()
        ),
        attributions=tuple(rows.attribution(item) for item in layers[Attribution]),
        quantities=tuple(rows.quantity(item) for item in layers[Quantity]),
        events=tuple(rows.event(item) for item in layers[Event]),
        warnings=(*warnings, NOT_FILLED),
    )


class _Rows:
    """
    The new ids of one document's annotations, and the rows that refer to them; thrown away after use.

    Args:
        layers: The document's layers.
    """

    def __init__(self, layers: Layers) -> None:
        events = layers[Event]
        self._document = layers.document
        self._attributions = self._ids(layers[Attribution], "a")
        self._quantities = self._ids(layers[Quantity], "q")
        self._events = self._ids(events, "v")
        self._voices = {voice.event: voice.chain for voice in layers[Voice]}
        self._factualities = {item.event: item.value for item in layers[EventFactuality]}
        self.times = _number((span for event in events for span in event.times), "t")
        self.places = _number((span for event in events for span in event.places), "p")

    def attribution(self, item: Attribution) -> AttributionRow:
        """Make the row of an attribution."""
        return AttributionRow(
            id=self._attributions[item.key],
            source=_pairs(item.source),
            source_entity=None,
            cue=_pairs(item.cue),
            content=_pairs(item.content),
            form=item.form,
            stance=item.stance,
            parent=None if item.parent is None else self._find(self._attributions, item.parent, "attribution"),
            score=round(item.score, SCORE_DIGITS),
        )

    def quantity(self, item: Quantity) -> QuantityRow:
        """Make the row of a number."""
        return QuantityRow(
            id=self._quantities[item.key],
            span=_pair(item.span),
            measure=item.measure,
            words=item.span.of(self._document.text),
            low=_whole(item.low),
            best=_whole(item.best),
            high=_whole(item.high),
            qualifier=item.qualifier,
        )

    def event(self, item: Event) -> EventRow:
        """Make the row of an event, with its voice and its factuality."""
        voice = self._find(self._voices, item.key, "voice")
        return EventRow(
            id=self._events[item.key],
            trigger=_pair(item.span),
            type=item.type,
            modes=item.modes,
            actors=tuple(ArgumentRow(_pair(span)) for span in item.actors),
            recipients=tuple(ArgumentRow(_pair(span)) for span in item.recipients),
            place=self.places[item.places[0]] if item.places else None,
            time=self.times[item.times[0]] if item.times else None,
            quantities=tuple(self._find(self._quantities, key, "number") for key in item.quantities),
            voice=tuple(self._find(self._attributions, key, "attribution") for key in voice),
            factuality=self._find(self._factualities, item.key, "factuality"),
            score=round(item.score, SCORE_DIGITS),
        )

    def _ids(self, items: Sequence[K], letter: str) -> dict[str, str]:
        ids = {item.key: f"{letter}{number}" for number, item in enumerate(items, 1)}
        if len(ids) != len(items):
            raise self._error(f"two annotations share a key among {letter}1 to {letter}{len(items)}")
        return ids

    def _find(self, table: Mapping[str, V], key: str, what: str) -> V:
        if key not in table:
            raise self._error(f"{key!r} has no {what}")
        return table[key]

    def _error(self, problem: str) -> LedgerError:
        return LedgerError(f"document {self._document.id}: {problem}", document_id=self._document.id)


def _number(spans: Iterable[Span], letter: str) -> dict[Span, str]:
    """Give each distinct span an id, in order of the text."""
    return {span: f"{letter}{number}" for number, span in enumerate(sorted(set(spans)), 1)}


def _pair(span: Span) -> SpanPair:
    return (span.start, span.end)


def _pairs(spans: Iterable[Span]) -> tuple[SpanPair, ...]:
    return tuple(_pair(span) for span in spans)


def _whole(value: float | None) -> Number | None:
    """Write 12.0 as 12: people are counted whole."""
    return int(value) if value is not None and value == value // 1 else value
