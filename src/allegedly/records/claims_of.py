"""Make the claims of a ledger: one per event, and one per content in which no event was found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from allegedly.records.claims import Claim, ClaimNumber, ClaimParty, ClaimPlace, ClaimTime, ClaimVoice
from allegedly.records.ids import content_id, distinct, row_ids, run_id
from allegedly.records.ledger import ArgumentRow, AttributionRow, DateRow, EventRow, Ledger, SpanPair


def claims_of(ledger: Ledger, ids: Mapping[str, str] | None = None) -> tuple[Claim, ...]:
    """
    Give all claims of a ledger, in order of the text.

    A pure function: nothing is decided that the rows do not say. Every event
    is in one claim and every attribution in at least one, as part of a voice or alone.

    Args:
        ledger: A ledger that holds together (``check_ledger``).
        ids: What :func:`row_ids` gives for it, where the caller has that already.

    Offsets: spans index ``ledger.document.text``; ``quote`` is its words between them.
    """
    return _Claims(ledger, row_ids(ledger) if ids is None else ids).all()


class _Claims:
    """
    The rows of one ledger by key, while its claims are made.

    Args:
        ledger: The ledger.
        ids: Ids of its rows.
    """

    def __init__(self, ledger: Ledger, ids: Mapping[str, str]) -> None:
        self._ledger = ledger
        self._ids = ids
        self._attributions = {row.id: row for row in ledger.attributions}
        self._entities = {row.id: row for row in ledger.entities}
        self._places = {row.id: row for row in ledger.places}
        self._times = {row.id: row for row in ledger.times}
        self._quantities = {row.id: row for row in ledger.quantities}
        self._starts = [start for start, _ in ledger.sentences]  # in order and apart in every checked ledger
        self._seen: dict[str, int] = {}
        document = ledger.document
        self._shared: dict[str, Any] = {
            "document": document.id,
            "digest": document.digest,
            "run": run_id(ledger.run),
            "publisher": document.publisher,
            "title": document.title,
            "url": document.url,
            "published": document.published,
            "language": document.language,
        }

    def all(self) -> tuple[Claim, ...]:
        """Make them."""
        voiced = {key for event in self._ledger.events for key in event.voice}
        claims = [
            *(self._with_event(event) for event in self._ledger.events),
            *(self._without_event(row) for row in self._ledger.attributions if row.id not in voiced),
        ]
        return tuple(sorted(claims, key=lambda claim: (claim.span, claim.event is None)))

    def _with_event(self, event: EventRow) -> Claim:
        chain = [self._attributions[key] for key in event.voice]
        span = self._vouched(event, chain)
        return self._claim(
            chain,
            key=event.id,
            span=span,
            score=event.score,
            said=(self._ids[event.id], tuple(self._ids[key] for key in event.voice), event.factuality),
            event=self._ids[event.id],
            factuality=event.factuality,
            type=event.type,
            modes=event.modes,
            trigger=self._ledger.words(event.trigger),
            actors=tuple(map(self._party, event.actors)),
            recipients=tuple(map(self._party, event.recipients)),
            place=None if event.place is None else self._place(event.place),
            time=None if event.time is None else self._time(event.time),
            date=event.date,
            numbers=tuple(map(self._number, event.quantities)),
        )

    def _without_event(self, row: AttributionRow) -> Claim:
        chain = [row, *self._parents(row)][::-1]
        span = (min(part[0] for part in row.content), max(part[1] for part in row.content))
        said = (None, tuple(self._ids[item.id] for item in chain), None)
        return self._claim(chain, key=row.id, span=span, score=row.score, said=said)

    def _claim(
        self,
        chain: Sequence[AttributionRow],
        *,
        key: str,
        span: SpanPair,
        said: tuple[object, ...],
        **values: Any,  # noqa: ANN401  # fields of Claim
    ) -> Claim:
        digest = self._ledger.document.digest
        return Claim(
            id=distinct(content_id("c", digest, *said), self._seen),
            key=key,
            voice="source" if chain else "own",
            voices=tuple(map(self._voice, chain)),
            stance=chain[-1].stance if chain else "assert",
            said=chain[-1].said if chain else DateRow(),
            span=span,
            quote=self._ledger.words(span),
            passage=self._passage(span, chain),
            **self._shared,
            **values,
        )

    def _parents(self, row: AttributionRow) -> Iterator[AttributionRow]:
        """Go outwards through the attributions that a row stands in; ``check_ledger`` refuses circles."""
        while row.parent is not None:
            row = self._attributions[row.parent]
            yield row

    def _vouched(self, event: EventRow, chain: Sequence[AttributionRow]) -> SpanPair:
        """Give what is vouched for: the content around the trigger, or the narrator's sentence; else the trigger."""
        start, end = event.trigger
        around = chain[-1].content if chain else self._touched(start, end)
        return next((span for span in around if span[0] <= start and end <= span[1]), event.trigger)

    def _passage(self, span: SpanPair, chain: Sequence[AttributionRow]) -> SpanPair:
        """Give the sentences that the claim and its source touch."""
        parts = [span]
        if chain:
            parts += [*chain[-1].source, *chain[-1].cue]
        start, end = min(part[0] for part in parts), max(part[1] for part in parts)
        touched = self._touched(start, end)
        return (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)

    def _touched(self, start: int, end: int) -> tuple[SpanPair, ...]:
        """Give the sentences that share a character with a stretch."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        found = self._ledger.sentences[first : bisect_left(self._starts, end)]
        return found[1:] if found and found[0][1] <= start else found

    def _voice(self, row: AttributionRow) -> ClaimVoice:
        entity = None if row.source_entity is None else self._entities[row.source_entity]
        return ClaimVoice(
            attribution=self._ids[row.id],
            words=self._words(row.source),
            name=entity.name if entity else None,
            type=row.source_type,
            stance=row.stance,
            form=row.form,
            cue=self._words(row.cue),
            entity=entity.type if entity else None,
            country=entity.country if entity else None,
            sector=entity.sector if entity else None,
            side=entity.side if entity else None,
            actor=entity.actor if entity else None,
            role=entity.role if entity else None,
        )

    def _words(self, spans: Sequence[SpanPair]) -> str | None:
        """Give the words of a part that may be empty or split; split ones are joined by an ellipsis."""
        return " … ".join(map(self._ledger.words, spans)) or None

    def _party(self, row: ArgumentRow) -> ClaimParty:
        words = self._ledger.words(row.span)
        if row.entity is None:
            return ClaimParty(row.span, words)
        entity = self._entities[row.entity]
        return ClaimParty(
            span=row.span,
            words=words,
            name=entity.name,
            type=entity.type,
            country=entity.country,
            sector=entity.sector,
            side=entity.side,
            actor=entity.actor,
        )

    def _place(self, key: str) -> ClaimPlace:
        row = self._places[key]
        placed = row.precision != "country"  # a country is never a point of an event
        return ClaimPlace(
            id=self._ids[key],
            span=row.span,
            words=self._ledger.words(row.span),
            name=row.name,
            gazetteer=row.gazetteer,
            latitude=row.latitude if placed else None,
            longitude=row.longitude if placed else None,
            country=row.country,
            precision=row.precision,
            radius=row.radius if placed else None,
            region=row.region,
            claimants=row.claimants,
        )

    def _time(self, key: str) -> ClaimTime:
        row = self._times[key]
        return ClaimTime(
            id=self._ids[key],
            span=row.span,
            words=self._ledger.words(row.span),
            earliest=row.earliest,
            latest=row.latest,
            precision=row.precision,
            origin=row.from_,
        )

    def _number(self, key: str) -> ClaimNumber:
        row = self._quantities[key]
        return ClaimNumber(
            id=self._ids[key],
            measure=row.measure,
            span=row.span,
            words=row.words,
            low=row.low,
            best=row.best,
            high=row.high,
            qualifier=row.qualifier,
        )
