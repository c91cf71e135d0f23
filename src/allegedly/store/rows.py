"""
What the tables hold of a ledger: a pure function of it, made before the database is locked.

Values stand in the order of the columns in :mod:`allegedly.store.tables`,
running numbers left out: those are known only once the writer's lock is held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from allegedly.records.claims import Claim
from allegedly.records.ledger import DocumentRow, Ledger, Number, SpanPair

Values = tuple[Any, ...]
_Row = Callable[..., Values]


def rows_of(ledger: Ledger, ids: Mapping[str, str]) -> dict[str, list[Values]]:
    """
    Give the rows of a ledger by kind (``a``, ``e``, ``p``, ``q``, ``t``), all columns after ``ledger``.

    Args:
        ledger: The ledger.
        ids: Ids of its rows, by key.
    """

    def row(key: str, span: SpanPair, words: str, *values: object) -> Values:
        return (key, ids[key], *span, words, *values)

    spans = {mention.id: mention.span for mention in ledger.mentions}
    return {
        "a": _attributions(ledger, ids, row),
        "e": [
            row(
                item.id, spans[item.mentions[0]], item.name, item.type, item.country, item.sector, item.side,
                item.actor, item.role, item.reason, len(item.mentions),
            )
            for item in ledger.entities
            if item.mentions
        ],
        "p": [
            row(
                item.id, item.span, ledger.words(item.span), item.name, item.gazetteer, _real(item.latitude),
                _real(item.longitude), item.country, item.precision, item.candidates, item.reason,
            )
            for item in ledger.places
        ],
        "q": [
            row(
                item.id, item.span, item.words, item.measure, _real(item.low), _real(item.best), _real(item.high),
                item.qualifier,
            )
            for item in ledger.quantities
        ],
        "t": [
            row(
                item.id, item.span, ledger.words(item.span), item.type, item.value, item.earliest, item.latest,
                item.precision, item.from_,
            )
            for item in ledger.times
        ],
    }  # fmt: skip


def _attributions(ledger: Ledger, ids: Mapping[str, str], row: _Row) -> list[Values]:
    names = {item.id: item.name for item in ledger.entities}
    return [
        row(
            item.id,
            (min(span[0] for span in item.content), max(span[1] for span in item.content)),
            _words(ledger, item.content),
            _words(ledger, item.source) or None,
            names.get(item.source_entity or ""),
            item.source_type,
            _words(ledger, item.cue) or None,
            item.stance,
            item.form,
            None if item.parent is None else ids[item.parent],
            float(item.score),
        )
        for item in ledger.attributions
    ]


def document_values(document: DocumentRow) -> Values:
    """Give the columns of a document from ``id`` to ``characters``."""
    return (
        document.id, document.digest, document.title, document.url, document.publisher, document.published,
        document.language, len(document.text),
    )  # fmt: skip


def claim_values(claim: Claim) -> Values:
    """Give the columns of a claim after ``ledger``: those that queries ask about; the whole claim is kept elsewhere."""
    source, place = claim.source, claim.place
    stated = claim.date.from_ == "stated"  # a day that publication only bounds is no day to be searched by
    return (
        claim.key,
        claim.id,
        *claim.span,
        claim.event,
        claim.voice,
        source.name or source.words if source else None,
        source.type if source else None,
        source.side if source else None,
        claim.stance,
        claim.factuality,
        claim.type,
        claim.published,
        claim.date.earliest if stated else None,
        claim.date.latest if stated else None,
        place.country if place else None,
        _real(place.latitude) if place else None,
        _real(place.longitude) if place else None,
        float(claim.score),
    )


def number_values(claim: Claim) -> Iterable[Values]:
    """Give measure, place among the claim's numbers, and what is certain by the bounds: at least, at most."""
    for place, item in enumerate(claim.numbers):
        at_least = item.low if item.best is None else item.best
        at_most = item.high if item.best is None else item.best
        yield (item.measure, place, _real(at_least), _real(at_most))


def _words(ledger: Ledger, spans: Sequence[SpanPair]) -> str:
    return " … ".join(map(ledger.words, spans))


def _real(value: Number | None) -> float | None:
    return None if value is None else float(value)
