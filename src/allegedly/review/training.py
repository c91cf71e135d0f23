"""
Reviewed documents as gold: claims as people left them, in the form of the ledger gold that readers are trained on.

A document is gold only as a whole, as what is not marked in it counts as not
there: every claim of it has been judged, and nobody differs or is unsure.
Rejected claims are left out, corrections are in. A document in which two
corrections of one attribution do not fit together is no gold either.

The form is that of the annotation guidelines: attributions with source, cue,
content, stance, name and parent; events with trigger, type, modes, parties,
places, times, quantities, voice and factuality.

Offsets: spans are ``[start, end]`` in code points of ``text``, half-open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from allegedly.records.claims import Claim
from allegedly.records.claims_of import claims_of
from allegedly.records.ledger import AttributionRow, DateRow, EventRow, Ledger, SpanPair
from allegedly.review.states import Reviews
from allegedly.review.words import find_span

Gold = dict[str, Any]
_READY = frozenset({"accepted", "changed", "issue"})


def gold_documents(ledgers: Iterable[Ledger], reviews: Reviews) -> Iterator[Gold]:
    """
    Give the documents that are reviewed to the end, as gold; a text that was printed twice once.

    Args:
        ledgers: The ledgers that count.
        reviews: What stands of what people decided.
    """
    seen: set[str] = set()
    for ledger in ledgers:
        document = None if ledger.document.digest in seen else _gold(ledger, reviews)
        if document is not None:
            seen.add(ledger.document.digest)
            yield document


@dataclass(slots=True)
class _Left:
    """
    The attributions of one document while it is made gold; thrown away afterwards.

    Args:
        ledger: The document as it was read.
        read: Its attributions as gold, by key, as they were read.
        attributions: The same as people left them.
        fits: Whether all that was said of them goes together.
    """

    ledger: Ledger
    read: Mapping[str, Gold]
    attributions: dict[str, Gold]
    fits: bool = True
    _said: dict[tuple[str, str], Any] = field(default_factory=dict)

    def say(self, key: str, **parts: object) -> None:
        """Put what a claim says of its attribution there, unless another claim says otherwise."""
        for part, value in parts.items():
            self.fits = self.fits and self._said.setdefault((key, part), value) == value
            self.attributions[key][part] = value


def _gold(ledger: Ledger, reviews: Reviews) -> Gold | None:
    """Make gold of a document; None if it is not reviewed to the end, or nobody was shown anything of it."""
    read = claims_of(ledger)
    reviewed = [(claim, *reviews.reviewed(claim)) for claim in read]
    if not reviewed or any(standing.state not in _READY for _, _, standing in reviewed):
        return None
    pairs = [(before, claim) for before, claim, standing in reviewed if standing.state != "issue"]
    rows = {row.id: row for row in ledger.attributions}
    events = {row.id: row for row in ledger.events}
    kept = _kept(pairs, rows, events)
    gold = {key: _attribution(ledger, rows[key]) for key in rows if key in kept}
    left = _Left(ledger, gold, {key: dict(row) for key, row in gold.items()})
    for before, claim in pairs:
        _tell_voice(left, before, claim, _voice(before, events))
    found = {claim.key: _event(events[claim.key], before, claim) for before, claim in pairs if claim.key in events}
    return _numbered(ledger, left.attributions, [found[key] for key in events if key in found]) if left.fits else None


def _voice(claim: Claim, events: Mapping[str, EventRow]) -> tuple[str, ...]:
    """Give the keys of the attributions that a claim was read to hang on."""
    return events[claim.key].voice if claim.key in events else (claim.key,)


def _kept(
    pairs: Iterable[tuple[Claim, Claim]], rows: Mapping[str, AttributionRow], events: Mapping[str, EventRow]
) -> set[str]:
    """Give the keys of the attributions that claims which stay hang on, and of those around these."""
    kept: set[str] = set()
    for before, claim in pairs:
        for key in _voice(before, events) if claim.voice == "source" else ():
            at: str | None = key
            while at is not None:
                kept.add(at)
                at = rows[at].parent
    return kept


def _attribution(ledger: Ledger, row: AttributionRow) -> Gold:
    entity = next((item for item in ledger.entities if item.id == row.source_entity), None)
    return {
        "id": row.id,
        "source": _spans(row.source),
        "cue": _spans(row.cue),
        "content": _spans(row.content),
        "stance": row.stance,
        "source_name": None if entity is None or entity.name in map(ledger.words, row.source) else entity.name,
        "parent": row.parent,
    }


def _tell_voice(left: _Left, before: Claim, claim: Claim, voice: Sequence[str]) -> None:
    """Say what a claim says of the attribution that vouches for it."""
    old, new = before.source, claim.source
    if new is None:
        return
    if old is None:
        left.fits = False  # a voice that was not read has neither cue nor content
        return
    gold, text = left.read[voice[-1]], left.ledger.document.text
    source, name = gold["source"], gold["source_name"]
    if new.words != old.words:
        source = [list(find_span(text, new.words, field="source", near=claim.passage))] if new.words else []
    if (new.words, new.name) != (old.words, old.name):
        name = None if new.name == new.words else new.name
    content = gold["content"]
    if claim.span != before.span:
        content = [list(claim.span) if part == list(before.span) else part for part in content]
        content = content if list(claim.span) in content else [list(claim.span)]
    left.say(voice[-1], source=source, source_name=name, stance=claim.stance, content=content)


def _event(row: EventRow, before: Claim, claim: Claim) -> Gold:
    nowhen = claim.time is None or (claim.date != before.date and claim.date == DateRow())
    return {
        "id": row.id,
        "trigger": list(row.trigger),
        "type": claim.type,
        "modes": list(claim.modes),
        "actors": _spans(party.span for party in claim.actors),
        "recipients": _spans(party.span for party in claim.recipients),
        "places": _spans([claim.place.span] if claim.place else ()),
        "times": _spans(() if nowhen or claim.time is None else [claim.time.span]),
        "quantities": [
            {"measure": item.measure, "span": list(item.span), "qualifier": item.qualifier} for item in claim.numbers
        ],
        "voice": list(row.voice) if claim.voice == "source" else [],
        "factuality": claim.factuality,
    }


def _numbered(ledger: Ledger, attributions: Mapping[str, Gold], events: Sequence[Gold]) -> Gold:
    """Count the rows that are left anew: a1, a2 and v1, v2 in order of the text."""
    keys = {key: f"a{number}" for number, key in enumerate(attributions, 1)}
    return {
        "id": ledger.document.id,
        "text": ledger.document.text,
        "sentences": _spans(ledger.sentences),
        "attributions": [
            row | {"id": keys[key], "parent": keys.get(row["parent"])} for key, row in attributions.items()
        ],
        "events": [
            row | {"id": f"v{number}", "voice": [keys[key] for key in row["voice"]]}
            for number, row in enumerate(events, 1)
        ],
    }


def _spans(spans: Iterable[SpanPair]) -> list[list[int]]:
    return [list(span) for span in spans]
