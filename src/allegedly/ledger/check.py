"""
Check that a ledger fits its text and its own references.

The check is the promise of every span: it runs on each ledger the reader gives
away and on each one read back from a file, so a row that points at nothing
never gets further.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from allegedly.errors import LedgerError
from allegedly.records.ledger import AttributionRow, DateRow, EventRow, Ledger, SpanPair, TimeRow

SHOWN = 5  # one broken annotator breaks hundreds of rows: the first few say it all


def check_ledger(ledger: Ledger) -> None:
    """
    Make sure that spans lie inside the text, ids are in order and references resolve.

    Says nothing about whether the rows are right, only that they hold together.

    Raises:
        LedgerError: With the first few problems.
    """
    problems = list(
        chain(
            _text_problems(ledger),
            _id_problems(ledger),
            _reference_problems(ledger),
            _entity_problems(ledger),
            _value_problems(ledger),
        )
    )
    if problems:
        more = f" and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        raise LedgerError(
            f"ledger of document {ledger.document.id}: {'; '.join(problems[:SHOWN])}{more}",
            document_id=ledger.document.id,
            hint="the ledger was changed or the reader has a bug; read the document again",
        )


def _text_problems(ledger: Ledger) -> Iterator[str]:
    text = ledger.document.text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if ledger.document.digest != f"sha256:{digest}":
        yield "the digest is not the text's"
    size = len(text)
    for row, span in _spans(ledger):
        if not 0 <= span[0] < span[1] <= size:
            yield f"span {list(span)} of {row} is not inside the text of {size} characters"
    for before, after in pairwise(ledger.sentences):
        if before[1] > after[0]:
            yield f"sentences {list(before)} and {list(after)} overlap"
    for quantity in ledger.quantities:
        if quantity.words != ledger.words(quantity.span):
            yield f"{quantity.id} quotes {quantity.words!r}, the text has {ledger.words(quantity.span)!r}"


def _spans(ledger: Ledger) -> Iterator[tuple[str, SpanPair]]:
    """Go through all spans, each with the row it belongs to."""
    yield from (("sentences", span) for span in ledger.sentences)
    for mention in ledger.mentions:
        yield from ((mention.id, span) for span in (mention.span, mention.head))
    yield from ((row.id, span) for row in ledger.times for span in (row.span, row.whole) if span is not None)
    yield from ((row.id, row.span) for row in ledger.places)
    yield from ((row.id, row.span) for row in ledger.quantities)
    for attribution in ledger.attributions:
        parts = chain(attribution.source, attribution.cue, attribution.content)
        yield from ((attribution.id, span) for span in parts)
    for event in ledger.events:
        yield event.id, event.trigger
        yield from ((event.id, argument.span) for argument in chain(event.actors, event.recipients))


def _id_problems(ledger: Ledger) -> Iterator[str]:
    for letter, ids in _ids(ledger).items():
        if ids != [f"{letter}{number}" for number in range(1, len(ids) + 1)]:
            yield f"ids {', '.join(ids[:SHOWN])} … do not run {letter}1, {letter}2 …"


def _ids(ledger: Ledger) -> dict[str, list[str]]:
    return {
        "m": [row.id for row in ledger.mentions],
        "e": [row.id for row in ledger.entities],
        "t": [row.id for row in ledger.times],
        "p": [row.id for row in ledger.places],
        "a": [row.id for row in ledger.attributions],
        "q": [row.id for row in ledger.quantities],
        "v": [row.id for row in ledger.events],
    }


def _reference_problems(ledger: Ledger) -> Iterator[str]:
    known = {key for ids in _ids(ledger).values() for key in ids}
    for row, letter, key in _references(ledger):
        if key not in known or not key.startswith(letter):
            yield f"{row} refers to {key}, which is not there"
    parents = {row.id: row.parent for row in ledger.attributions}
    yield from (f"{row.id} is nested in itself" for row in ledger.attributions if _loops(row, parents))


def _references(ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    """Go through all references: the row, the letter its ids begin with, the id."""
    for mention in ledger.mentions:
        yield from _some(mention.id, "e", [mention.entity])
    for entity in ledger.entities:
        yield from _some(entity.id, "m", entity.mentions)
        yield from _some(entity.id, "e", entity.members)
    for attribution in ledger.attributions:
        yield from _some(attribution.id, "a", [attribution.parent])
        yield from _some(attribution.id, "t", [attribution.time])
        yield from _some(attribution.id, "e", [attribution.source_entity])
    for place in ledger.places:
        yield from _some(place.id, "p", [place.named_by])
    for event in ledger.events:
        yield from _event_references(event)


def _event_references(event: EventRow) -> Iterator[tuple[str, str, str]]:
    yield from _some(event.id, "p", [event.place])
    yield from _some(event.id, "t", [event.time])
    yield from _some(event.id, "q", event.quantities)
    yield from _some(event.id, "a", event.voice)
    yield from _some(event.id, "e", (argument.entity for argument in chain(event.actors, event.recipients)))


def _some(row: str, letter: str, keys: Iterable[str | None]) -> Iterator[tuple[str, str, str]]:
    return ((row, letter, key) for key in keys if key is not None)


def _entity_problems(ledger: Ledger) -> Iterator[str]:
    """Go through what mentions and entities say of one another: both must say the same."""
    entity_of = {row.id: row.entity for row in ledger.mentions}
    for entity in ledger.entities:
        yield from (
            f"{entity.id} lists {key}, which is not its own"
            for key in entity.mentions
            if entity_of.get(key) != entity.id
        )
        if entity.id in entity.members:
            yield f"{entity.id} is a member of itself"
        if not entity.mentions or len({*entity.mentions}) < len(entity.mentions):
            yield f"{entity.id} lists no mention, or one twice"
    listed = {(key, entity.id) for entity in ledger.entities for key in entity.mentions}
    for mention in ledger.mentions:
        if mention.entity is not None and (mention.id, mention.entity) not in listed:
            yield f"{mention.entity} does not list {mention.id}"
        if not mention.span[0] <= mention.head[0] <= mention.head[1] <= mention.span[1]:
            yield f"the head of {mention.id} is not inside its span"


def _loops(row: AttributionRow, parents: dict[str, str | None]) -> bool:
    seen = {row.id}
    key = row.parent
    while key is not None and key not in seen:
        seen.add(key)
        key = parents.get(key)
    return key == row.id


def _all_days(ledger: Ledger) -> Iterator[tuple[str, DateRow | TimeRow]]:
    yield from ((row.id, row) for row in ledger.times)
    yield from ((row.id, row.said) for row in ledger.attributions)
    yield from ((row.id, row.date) for row in ledger.events)


def _value_problems(ledger: Ledger) -> Iterator[str]:
    scores = {row.id: row.score for row in ledger.attributions} | {row.id: row.score for row in ledger.events}
    for row, days in _all_days(ledger):
        if days.earliest is not None and days.latest is not None and days.latest < days.earliest:
            yield f"the days of {row} end before they begin"
        if (days.from_ == "none") != (days.earliest is None and days.latest is None):
            yield f"{row} does not say from where its days are"
    yield from (f"score {score} of {row} is no probability" for row, score in scores.items() if not 0 <= score <= 1)
    for attribution in ledger.attributions:
        if not attribution.content:
            yield f"{attribution.id} has no content"
    for quantity in ledger.quantities:
        bounds = [value for value in (quantity.low, quantity.best, quantity.high) if value is not None]
        if not all(map(math.isfinite, bounds)) or bounds != sorted(bounds):
            yield f"bounds {bounds} of {quantity.id} are not in order"
