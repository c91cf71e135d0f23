"""Claims as flat rows."""

from __future__ import annotations

from allegedly.records.claims_of import claims_of
from allegedly.records.ledger import Ledger
from allegedly.render.claims import CLAIM_COLUMNS, claim_row, short_claim_row


def test_all_columns(ledger: Ledger) -> None:
    """What a claim says stands in the column of claims.csv; what it does not say is empty."""
    row = claim_row(next(claim for claim in claims_of(ledger) if claim.key == "v2"))
    assert tuple(row) == CLAIM_COLUMNS
    expected = {
        "document_id": "sample", "publisher": "Northwire", "published": "2024-05-07", "voice": "source",
        "source_name": "The militia", "source_type": "armed-group", "source_chain": "Orr > The militia",
        "cue": "denied", "stance": "deny", "factuality": "-", "event_type": "ASSAULT", "event_mode": "drone",
        "actor_name": "drones", "actor_country": None, "recipient_name": "villagers", "date_start": "2024-05-06",
        "date_from": "stated", "placename": "Azel", "latitude": 10.5, "killed_low": 12, "killed_best": None,
        "wounded_low": None, "number_words": "at least 12", "score": 0.8765,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert row["quote"] == ledger.document.text[int(row["start"] or 0) : int(row["end"] or 0)]


def test_the_narrators_own(ledger: Ledger) -> None:
    """The report's own voice has no source and no cue; a terminal shows it by the publisher's name."""
    claim = next(claim for claim in claims_of(ledger) if claim.voice == "own")
    row = claim_row(claim)
    assert [row[name] for name in ("source_name", "source_chain", "cue", "stance")] == [None, None, None, "assert"]
    assert short_claim_row(claim)["source"] == "Northwire (its own voice)"


def test_a_statement_without_event(ledger: Ledger) -> None:
    """Its event's columns are empty."""
    row = claim_row(next(claim for claim in claims_of(ledger) if claim.event is None))
    assert [row[name] for name in ("event_id", "event_type", "placename", "killed_low")] == [None] * 4
