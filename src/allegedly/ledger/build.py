"""
Build the ledger of one document from its layers.

A pure function: same layers, same run, same rows. Ids are given anew in the
order of the text, so that they do not depend on how an annotator numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from allegedly.coreference.lookup import MentionIndex
from allegedly.errors import LedgerError
from allegedly.records.annotations import (
    Attribution,
    Chain,
    CodedActor,
    Event,
    EventDate,
    EventFactuality,
    EventPlace,
    Mention,
    Quantity,
    ResolvedSource,
    SayingDate,
    Sentence,
    Timex,
    Toponym,
    Voice,
)
from allegedly.records.layers import Layers
from allegedly.records.ledger import (
    ArgumentRow,
    AttributionRow,
    DateRow,
    DocumentRow,
    EntityRow,
    EventRow,
    Ledger,
    MentionRow,
    Number,
    PlaceRow,
    QuantityRow,
    Run,
    SpanPair,
    TimeRow,
)
from allegedly.records.span import Span

NO_NAME = "no-name-in-words"  # of a place that is only described: "the district hospital"
SCORE_DIGITS = 4  # more digits would carry the noise of the machine's arithmetic into the bytes

K = TypeVar("K", Attribution, Chain, Event, Mention, Quantity, Timex)
V = TypeVar("V")


def build_ledger(layers: Layers, run: Run, warnings: Sequence[str] = ()) -> Ledger:
    """
    Turn the layers of one document into its rows.

    Nothing is decided here: no layer is corrected and none is left out.

    Args:
        layers: Must hold every layer that the default pipeline writes for the ledger.
        run: What read the document.
        warnings: What the reading leaves out.

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
        mentions=tuple(rows.mention(item) for item in layers[Mention]),
        entities=tuple(rows.entity(item) for item in layers[Chain]),
        times=tuple(rows.time(item) for item in layers[Timex]),
        places=tuple(rows.places()),
        attributions=tuple(rows.attribution(item) for item in layers[Attribution]),
        quantities=tuple(rows.quantity(item) for item in layers[Quantity]),
        events=tuple(rows.event(item) for item in layers[Event]),
        warnings=tuple(warnings),
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
        self._mentions = self._ids(layers[Mention], "m")
        self._entities = self._ids(layers[Chain], "e")
        self._links = {link.mention: (chain.key, link.reason) for chain in layers[Chain] for link in chain.links}
        self._codes = {code.chain: code for code in layers[CodedActor]}
        self._resolved = {item.attribution: item for item in layers[ResolvedSource]}
        self._index = MentionIndex(layers[Mention])
        self._times = self._ids(layers[Timex], "t")
        self._names = {item.key: item for item in layers[Toponym]}
        self._sites = {item.event: item for item in layers[EventPlace]}
        self._places = _number({*(name.span for name in layers[Toponym]), *self._descriptions()})
        self._dates = {item.event: item for item in layers[EventDate]}
        self._said = {item.attribution: item for item in layers[SayingDate]}
        self._voices = {voice.event: voice.chain for voice in layers[Voice]}
        self._factualities = {item.event: item.value for item in layers[EventFactuality]}

    def mention(self, item: Mention) -> MentionRow:
        """Make the row of a mention."""
        chain, reason = self._find(self._links, item.key, "chain")
        return MentionRow(
            id=self._mentions[item.key],
            span=_pair(item.span),
            head=_pair(item.head),
            kind=item.kind,
            type=item.type,
            entity=self._find(self._entities, chain, "entity"),
            reason=reason,
        )

    def entity(self, item: Chain) -> EntityRow:
        """Make the row of an entity, with its codes."""
        code = self._find(self._codes, item.key, "code")
        text = self._document.text
        return EntityRow(
            id=self._entities[item.key],
            name=item.name.of(text),
            type=item.type,
            country=code.country,
            sector=code.sector,
            side=code.side,
            mentions=tuple(self._find(self._mentions, link.mention, "mention") for link in item.links),
            role=item.role.of(text) if item.role is not None else None,
            actor=code.actor,
            members=tuple(self._find(self._entities, key, "entity") for key in item.members),
            reason=code.reason,
        )

    def time(self, item: Timex) -> TimeRow:
        """Make the row of a time expression."""
        days = item.days
        return TimeRow(
            id=self._times[item.key],
            span=_pair(item.span),
            type=item.type,
            value=item.value,
            earliest=_iso(days.earliest) if days else None,
            latest=_iso(days.latest) if days else None,
            precision=days.precision if days else None,
            from_="stated" if days else "none",
            anchor=item.anchor,
            rule=item.rule,
            reason=item.reason,
            readings=item.readings,
            whole=None if item.whole is None else _pair(item.whole),
        )

    def _descriptions(self) -> dict[Span, str | None]:
        """Give the words for events' places, with the name in them that says where."""
        return {site.words: site.toponym for site in self._sites.values() if site.words is not None}

    def places(self) -> Iterator[PlaceRow]:
        """Make the rows of all names of places and of all words for events' places, longer ones first."""
        names = {name.span: name for name in self._names.values()}
        descriptions = self._descriptions()
        for span, key in self._places.items():
            if span in names:
                yield self._place(key, names[span])
                continue
            inner = descriptions[span]
            if inner is None:
                words = span.of(self._document.text)
                yield PlaceRow(key, _pair(span), words, reason=NO_NAME, score=0.0)
                continue
            name = self._find(self._names, inner, "name")
            row = replace(self._place(key, name), span=_pair(span), named_by=self._places[name.span])
            yield row if name.place else replace(row, name=span.of(self._document.text))

    def _place(self, key: str, item: Toponym) -> PlaceRow:
        place = item.place
        row = PlaceRow(
            id=key,
            span=_pair(item.span),
            name=place.name if place else item.span.of(self._document.text),
            precision=item.precision,
            candidates=item.candidates,
            reason=item.reason,
            reading=item.reading,
            radius=item.radius,
            others=item.others,
            score=round(item.score, SCORE_DIGITS),
        )
        if place is None:
            return row
        return replace(
            row,
            gazetteer=place.id,
            latitude=place.latitude,
            longitude=place.longitude,
            country=place.country or None,
            region=place.region,
            claimants=place.claimants,
        )

    def attribution(self, item: Attribution) -> AttributionRow:
        """Make the row of an attribution."""
        resolved = self._find(self._resolved, item.key, "resolved source")
        said = self._find(self._said, item.key, "date")
        return AttributionRow(
            id=self._attributions[item.key],
            source=_pairs(item.source),
            source_entity=None if resolved.chain is None else self._find(self._entities, resolved.chain, "entity"),
            cue=_pairs(item.cue),
            content=_pairs(item.content),
            form=item.form,
            stance=item.stance,
            parent=None if item.parent is None else self._find(self._attributions, item.parent, "attribution"),
            score=round(item.score, SCORE_DIGITS),
            source_type=resolved.type,
            time=None if said.timex is None else self._find(self._times, said.timex, "time"),
            said=_date(said),
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
        when = self._find(self._dates, item.key, "date")
        site = self._find(self._sites, item.key, "place")
        return EventRow(
            id=self._events[item.key],
            trigger=_pair(item.span),
            type=item.type,
            modes=item.modes,
            actors=tuple(map(self._argument, item.actors)),
            recipients=tuple(map(self._argument, item.recipients)),
            place=None if site.words is None else self._places[site.words],
            time=None if when.timex is None else self._find(self._times, when.timex, "time"),
            quantities=tuple(self._find(self._quantities, key, "number") for key in item.quantities),
            voice=tuple(self._find(self._attributions, key, "attribution") for key in voice),
            factuality=self._find(self._factualities, item.key, "factuality"),
            score=round(item.score, SCORE_DIGITS),
            date=_date(when),
            when=_pairs(item.times),
        )

    def _argument(self, span: Span) -> ArgumentRow:
        mention = self._index.main(span)
        entity = None if mention is None else self._find(self._entities, self._links[mention.key][0], "entity")
        return ArgumentRow(_pair(span), entity)

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


def _number(spans: Iterable[Span]) -> dict[Span, str]:
    """Give each span an id, in order of the text; of those that begin together the longest is first."""
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    return {span: f"p{number}" for number, span in enumerate(ordered, 1)}


def _date(item: EventDate | SayingDate) -> DateRow:
    """Write the days of an event or a saying."""
    days = item.days
    if days is None:
        return DateRow(from_=item.origin_of_days)
    return DateRow(_iso(days.earliest), _iso(days.latest), days.precision, item.origin_of_days)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _pair(span: Span) -> SpanPair:
    return (span.start, span.end)


def _pairs(spans: Iterable[Span]) -> tuple[SpanPair, ...]:
    return tuple(_pair(span) for span in spans)


def _whole(value: float | None) -> Number | None:
    """Write 12.0 as 12: people are counted whole."""
    return int(value) if value is not None and value == value // 1 else value
