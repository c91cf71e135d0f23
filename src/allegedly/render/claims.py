"""Claims as flat rows: the columns of ``claims.csv`` that a claim by itself can fill."""

from __future__ import annotations

from collections.abc import Iterable

from allegedly.records.claims import Claim, ClaimParty
from allegedly.records.codes import Measure
from allegedly.records.ledger import Number
from allegedly.render.labels import OWN_VOICE, STANCE

Cell = str | Number | None
CLAIM_COLUMNS = (
    "claim_id", "event_id", "document_id", "publisher", "url", "published", "voice", "source_name", "source_type",
    "source_chain", "cue", "stance", "factuality", "event_type", "event_mode", "actor_name", "actor_country",
    "actor_sector", "recipient_name", "recipient_country", "recipient_sector", "date_start", "date_end",
    "date_precision", "date_from", "placename", "latitude", "longitude", "place_precision", "country", "killed_low",
    "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high", "number_words", "quote", "start",
    "end", "score", "run_id",
)  # fmt: skip
BETWEEN = "; "


def claim_row(claim: Claim) -> dict[str, Cell]:
    """
    Give a claim as one row; what it does not say is None, several values stand in one cell, parted by ``; ``.

    Where an event has two numbers of one measure, its columns stay empty: which
    of them counts is not for a table to say. Their words are in ``number_words``.
    """
    source, place = claim.source, claim.place
    values: tuple[Cell, ...] = (
        claim.id,
        claim.event,
        claim.document,
        claim.publisher,
        claim.url,
        claim.published,
        claim.voice,
        (source.name or source.words) if source else None,
        source.type if source else None,
        " > ".join(voice.name or voice.words or "?" for voice in claim.voices) or None,
        source.cue if source else None,
        claim.stance,
        claim.factuality,
        claim.type,
        _several(claim.modes),
        *_party(claim.actors),
        *_party(claim.recipients),
        claim.date.earliest,
        claim.date.latest,
        claim.date.precision,
        claim.date.from_,
        place.name if place else None,
        place.latitude if place else None,
        place.longitude if place else None,
        place.precision if place else None,
        place.country if place else None,
        *_bounds(claim, "killed"),
        *_bounds(claim, "injured"),
        _several(number.words for number in claim.numbers),
        claim.quote,
        *claim.span,
        claim.score,
        claim.run,
    )
    return dict(zip(CLAIM_COLUMNS, values, strict=True))


def short_claim_row(claim: Claim) -> dict[str, Cell]:
    """Give the few columns that a terminal has room for."""
    return {
        "id": claim.id[:9],
        "document": claim.document,
        "published": claim.published,
        "source": " > ".join(voice.name or voice.words or "?" for voice in claim.voices) or _own(claim),
        "stance": STANCE[claim.stance],
        "event": "/".join(filter(None, [claim.type, *claim.modes])),
        "quote": claim.quote,
    }


def _own(claim: Claim) -> str:
    return f"{claim.publisher} {OWN_VOICE}" if claim.publisher else OWN_VOICE


def _party(parties: tuple[ClaimParty, ...]) -> tuple[Cell, Cell, Cell]:
    names = _several(party.name or party.words for party in parties)
    return names, _several(party.country for party in parties), _several(party.sector for party in parties)


def _several(values: Iterable[str | None]) -> str | None:
    return BETWEEN.join(dict.fromkeys(value for value in values if value)) or None


def _bounds(claim: Claim, measure: Measure) -> tuple[Number | None, Number | None, Number | None]:
    numbers = [number for number in claim.numbers if number.measure == measure]
    return (numbers[0].low, numbers[0].best, numbers[0].high) if len(numbers) == 1 else (None, None, None)
