"""Claims as rows of a terminal's table."""

from __future__ import annotations

from allegedly.records.claims import Claim
from allegedly.render.labels import OWN_VOICE, STANCE


def short_claim_row(claim: Claim) -> dict[str, str | None]:
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
