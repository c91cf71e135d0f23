"""Claims as rows of a terminal's table."""

from __future__ import annotations

from dataclasses import replace

from allegedly.records.claims_of import claims_of
from allegedly.records.ledger import Ledger
from allegedly.render.claims import short_claim_row


def test_the_narrators_own(ledger: Ledger) -> None:
    """The report's own voice is shown by the publisher's name, if that is known."""
    claim = next(claim for claim in claims_of(ledger) if claim.voice == "own")
    assert short_claim_row(claim)["source"] == "Northwire (its own voice)"
    assert short_claim_row(replace(claim, publisher=None))["source"] == "(its own voice)"


def test_a_chain_of_sources(ledger: Ledger) -> None:
    """Sources stand outermost first, with what the last one does and with what event."""
    row = short_claim_row(next(claim for claim in claims_of(ledger) if claim.key == "v2"))
    assert (row["source"], row["stance"], row["event"]) == ("Orr > The militia", "denies", "ASSAULT/drone")
