"""
What annotation tools show of a text: labelled spans, and arrows between them.

brat, Label Studio, WebAnno TSV and spaCy all take the same marks; only how
they are written differs. A mark never changes the text under it.

Offsets: code points of the document's text, half-open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from allegedly.export.base import Text, Told
from allegedly.records.ledger import ArgumentRow, Ledger, SpanPair


@dataclass(frozen=True, slots=True)
class Mark:
    """
    A labelled span.

    Args:
        key: Unlike all others of the text; the row's key, and a suffix where a row has several spans.
        layer: ``Event``, ``Source``, ``Cue``, ``Content``, ``Mention``, ``Quantity``, ``Place`` or ``Time``.
        label: What it is called within its layer: the type, stance, measure …
        span: Its words.
        values: More about it, by name; fixed labels, ids and people's names.
        score: How sure the reader is, 0 to 1.
    """

    key: str
    layer: str
    label: str
    span: SpanPair
    values: Mapping[str, str] = field(default_factory=dict, hash=False)
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Arrow:
    """
    A relation from one mark to another.

    Args:
        label: ``actor``, ``recipient``, ``place``, ``time``, ``quantity`` of an event; ``source``, ``cue`` of a
            content and its second part, ``continued``; ``voice`` from an event to the content it stands in.
        start: Key of the mark it begins at.
        end: Key of the mark it leads to.
    """

    label: str
    start: str
    end: str


LAYERS = ("Event", "Source", "Cue", "Content", "Mention", "Quantity", "Place", "Time")


def marks_of(text: Text) -> tuple[tuple[Mark, ...], tuple[Arrow, ...]]:
    """Give all marks of a text, in order, and the arrows between them."""
    told = {item.claim.key: item for item in text.told}  # every event of the text has its claim here
    run = text.told[0].claim.run if text.told else ""
    marks = [
        *_mentions(text.ledger),
        *_attributions(text.ledger, told, run),
        *_events(text.ledger, told),
        *_slots(text.ledger),
    ]
    arguments = tuple(_arguments(text.ledger))
    marks = list(({mark.key: mark for mark, _ in arguments} | {mark.key: mark for mark in marks}).values())
    arrows = [
        *(arrow for _, arrow in arguments),
        *_attribution_arrows(text.ledger),
        *_event_arrows(text.ledger),
    ]
    known = {mark.key for mark in marks}
    kept = [arrow for arrow in arrows if arrow.start in known and arrow.end in known]
    return tuple(sorted(marks, key=lambda mark: (mark.span, LAYERS.index(mark.layer), mark.key))), tuple(kept)


def _reviewed(told: Told | None, run: str) -> dict[str, str]:
    """Give what every export carries: claim, review state, reviewer, run."""
    if told is None:
        return {"run_id": run} if run else {}
    values = {"claim_id": told.claim.id, "review_state": told.review.state, "run_id": told.claim.run}
    return values | ({"reviewer": told.review.reviewer} if told.review.reviewer else {})


def _mentions(ledger: Ledger) -> Iterator[Mark]:
    for row in ledger.mentions:
        yield Mark(row.id, "Mention", row.type, row.span, {"entity": row.entity} if row.entity else {})


def _attributions(ledger: Ledger, told: Mapping[str, Told], run: str) -> Iterator[Mark]:
    for row in ledger.attributions:
        alone = told.get(row.id)
        stance = row.stance if alone is None else alone.claim.stance
        values = {"form": row.form, **_reviewed(alone, run)}
        for layer, spans in (("Source", row.source), ("Cue", row.cue), ("Content", row.content)):
            for number, span in enumerate(spans):
                label = stance if layer == "Content" else layer.lower()
                more = values if layer == "Content" else {}
                yield Mark(_part(row.id, layer, number), layer, label, span, more, row.score)


def _part(key: str, layer: str, number: int) -> str:
    return f"{key}-{layer.lower()}{number + 1 if number else ''}"


def _events(ledger: Ledger, told: Mapping[str, Told]) -> Iterator[Mark]:
    """Give a mark for each event: type, modes and factuality as the claim has them, which a person may have changed."""
    for row in ledger.events:
        claim = told[row.id].claim
        values: dict[str, str] = {"factuality": claim.factuality or row.factuality, "voice": claim.voice}
        if claim.modes:
            values["modes"] = "; ".join(claim.modes)
        yield Mark(
            row.id, "Event", claim.type or row.type, row.trigger, values | _reviewed(told[row.id], ""), row.score
        )


def _slots(ledger: Ledger) -> Iterator[Mark]:
    for number in ledger.quantities:
        yield Mark(number.id, "Quantity", number.measure, number.span, {"qualifier": number.qualifier})
    for place in ledger.places:
        values = {"gazetteer": place.gazetteer} if place.gazetteer else {"reason": place.reason or "unresolved"}
        yield Mark(place.id, "Place", place.precision or "unresolved", place.span, values)
    for time in ledger.times:
        yield Mark(time.id, "Time", time.type, time.span, {"value": time.value} if time.value else {})


def _arguments(ledger: Ledger) -> Iterator[tuple[Mark, Arrow]]:
    """Give a mark for each part in an event, that of its mention where there is one, and the arrow to it."""
    mentions = {row.span: row for row in ledger.mentions}
    for event in ledger.events:
        for label, rows in (("actor", event.actors), ("recipient", event.recipients)):
            for row in rows:
                mention = mentions.get(row.span)
                mark = _argument(row) if mention is None else Mark(mention.id, "Mention", mention.type, row.span)
                yield mark, Arrow(label, event.id, mark.key)


def _argument(row: ArgumentRow) -> Mark:
    start, end = row.span
    return Mark(f"x{start}-{end}", "Mention", "unread", row.span)


def _attribution_arrows(ledger: Ledger) -> Iterator[Arrow]:
    for row in ledger.attributions:
        content = _part(row.id, "Content", 0)
        for layer, spans in (("Source", row.source), ("Cue", row.cue)):
            for number in range(len(spans)):
                yield Arrow(layer.lower(), content, _part(row.id, layer, number))
        for number in range(1, len(row.content)):
            yield Arrow("continued", content, _part(row.id, "Content", number))


def _event_arrows(ledger: Ledger) -> Iterator[Arrow]:
    for event in ledger.events:
        slots: Iterable[tuple[str, str | None]] = (
            ("place", event.place),
            ("time", event.time),
            *(("quantity", key) for key in event.quantities),
        )
        yield from (Arrow(label, event.id, key) for label, key in slots if key is not None)
        if event.voice:
            yield Arrow("voice", event.id, _part(event.voice[-1], "Content", 0))
