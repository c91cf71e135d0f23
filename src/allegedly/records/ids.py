"""
Ids of rows, made from what a row says: the same reading of the same text gives the same ids everywhere.

An id covers the document's digest, the kind of row, its spans and the values
read off them. It does not cover

- scores, reasons and versions: a better calibrated reader says the same thing;
- the running keys ``a1``, ``v2``: one more row before it would change them all;
- the document's own id, publisher or date: the same text printed twice makes the same rows.

What is looked up, not read (codes, coordinates), counts in the one row whose
job the look-up is: an entity's codes in the entity, never in the claims that
name it. So a new gazetteer leaves the claims alone, and a person's judgement
of a claim with them.

| letter | row | what counts besides the digest |
|---|---|---|
| ``e`` | entity | spans of its mentions, type, country, sector, actor, side |
| ``t`` | time | span, type, value, earliest, latest |
| ``p`` | place | span, gazetteer, country |
| ``a`` | attribution | source, cue and content, form, stance |
| ``q`` | quantity | span, measure, low, best, high, qualifier |
| ``v`` | event | trigger, type, modes, spans of actors, recipients, place, time and quantities |
| ``c`` | claim | its event (or attribution, where it has none), the attributions of its voice, factuality |
| ``r`` | run | version, pack, settings |

Two rows of one document that say exactly the same are told apart by a count. A mention
has no id: it counts in its entity.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from allegedly.records.ledger import ArgumentRow, EventRow, Ledger, Run, SpanPair

DIGITS = 20  # 80 bits: a clash among a thousand million rows has a chance of one in a million
_ID = re.compile(rf"[aceprqtv][0-9a-f]{{{DIGITS}}}")


def is_content_id(words: str) -> bool:
    """
    Say whether the words have the form of such an id.

    Example:
        >>> is_content_id("v12"), is_content_id("c" + 20 * "0")
        (False, True)
    """
    return _ID.fullmatch(words) is not None


def content_id(letter: str, *values: object) -> str:
    """
    Hash values into an id: the letter of its kind and 20 hex digits.

    Args:
        letter: Kind of row.
        values: Text, numbers, None and tuples of these; hashed as Python's ``ascii`` writes them, which is three times
            as quick as JSON.

    Example:
        >>> content_id("q", "sha256:00", (0, 5), "killed", 12)
        'q08592a34fd29b81bbada'
    """
    return letter + hashlib.sha256(ascii((letter, *values)).encode()).hexdigest()[:DIGITS]


def run_id(run: Run) -> str:
    """Give the id of a run: the same program, pack and settings are the same run."""
    return content_id("r", run.version, run.pack, run.settings)


def row_ids(ledger: Ledger) -> dict[str, str]:
    """
    Give the ids of a ledger's rows by their keys in it (``a1``, ``v2`` …); mentions have none.

    Claims have no key in a ledger; :func:`allegedly.records.claims_of.claims_of` makes their ids from these.
    """
    spans = _spans(ledger)
    says: list[tuple[str, tuple[object, ...]]] = [
        *(
            (row.id, (_spans_of(row.mentions, spans), row.type, row.country, row.sector, row.actor, row.side))
            for row in ledger.entities
        ),
        *((row.id, (row.span, row.type, row.value, row.earliest, row.latest)) for row in ledger.times),
        *((row.id, (row.span, row.gazetteer, row.country)) for row in ledger.places),
        *((row.id, (row.source, row.cue, row.content, row.form, row.stance)) for row in ledger.attributions),
        *(
            (row.id, (row.span, row.measure, *map(_plain, (row.low, row.best, row.high)), row.qualifier))
            for row in ledger.quantities
        ),
        *((row.id, _event(row, spans)) for row in ledger.events),
    ]
    seen: dict[str, int] = {}
    return {key: distinct(content_id(key[0], ledger.document.digest, *values), seen) for key, values in says}


def distinct(wanted: str, seen: dict[str, int]) -> str:
    """
    Keep the ids of one document apart: the second row with the same words gets an id of its own.

    Args:
        wanted: The id by what the row says.
        seen: How often each was wanted before; counted up here.
    """
    count = seen[wanted] = seen.get(wanted, 0) + 1
    return wanted if count == 1 else content_id(wanted[0], wanted, count)


def _spans(ledger: Ledger) -> dict[str, SpanPair]:
    spans = {mention.id: mention.span for mention in ledger.mentions}
    spans |= {time.id: time.span for time in ledger.times}
    spans |= {place.id: place.span for place in ledger.places}
    return spans | {quantity.id: quantity.span for quantity in ledger.quantities}


def _spans_of(keys: Iterable[str], spans: Mapping[str, SpanPair]) -> tuple[SpanPair, ...]:
    return tuple(spans[key] for key in keys)


def _event(row: EventRow, spans: Mapping[str, SpanPair]) -> tuple[object, ...]:
    where = None if row.place is None else spans[row.place]
    when = None if row.time is None else spans[row.time]
    sides = _arguments(row.actors), _arguments(row.recipients)
    return (row.trigger, row.type, row.modes, *sides, where, when, _spans_of(row.quantities, spans))


def _arguments(rows: Iterable[ArgumentRow]) -> tuple[SpanPair, ...]:
    return tuple(row.span for row in rows)


def _plain(value: float | None) -> float | None:
    """Make 12 and 12.0 the same number."""
    return None if value is None else float(value)
