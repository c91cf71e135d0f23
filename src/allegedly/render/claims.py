"""Claims as every list shows them: who says it, what kind of event, who, whom, when, where, how many."""

from __future__ import annotations

from allegedly.records.claims import Claim, ClaimParty, ClaimVoice
from allegedly.render.dates import days_label
from allegedly.render.labels import MEASURE, NO_NAME, NOT_RESOLVED, OWN_VOICE, STANCE, THE_REPORT, clean, number_label
from allegedly.render.places import claim_place_label


def short_claim_row(claim: Claim) -> dict[str, str | None]:
    """Give the few columns that a terminal has room for."""
    return {
        "id": claim.id[:9],
        "document": claim.document,
        "published": claim.published,
        "source": " > ".join(voice.name or voice.words or "?" for voice in claim.voices) or _own(claim),
        "stance": STANCE[claim.stance],
        "event": claim_event(claim),
        "quote": claim.quote,
    }


def claim_event(claim: Claim) -> str:
    """Give type and modes of a claim's event, ``ASSAULT/drone``; empty where it holds none."""
    return "/".join(filter(None, [claim.type, *claim.modes]))


def claim_source(claim: Claim) -> str:
    """Name who vouches for a claim: its source, or the report itself in its own voice."""
    if claim.source is not None:
        return voice_name(claim.source)
    return f"{clean(claim.publisher or '') or THE_REPORT} {OWN_VOICE}"


def claim_chain(claim: Claim) -> str:
    """Name the chain of voices, outermost first; empty unless there are several."""
    return " > ".join(map(voice_name, claim.voices)) if len(claim.voices) > 1 else ""


def voice_name(voice: ClaimVoice) -> str:
    """Name a source, by its words where it has no name; a label where nobody is named."""
    return clean(voice.name or voice.words or "") or NO_NAME


def claim_details(claim: Claim) -> list[tuple[str, str]]:
    """Give label and words of who, whom, where, when and how many, as far as the claim says."""
    details = [
        ("who did it", "; ".join(map(_party, claim.actors))),
        ("to whom", "; ".join(map(_party, claim.recipients))),
        ("where", claim_place_label(claim.place) if claim.place else ""),
        ("when", _when(claim)),
        *((MEASURE.get(number.measure, number.measure), number_label(number)) for number in claim.numbers),
    ]
    return [(label, words) for label, words in details if words]


def _party(party: ClaimParty) -> str:
    words, name = clean(party.words), clean(party.name or "")
    return words if not name or name.casefold() in words.casefold() else f'{name} ("{words}")'


def _when(claim: Claim) -> str:
    if claim.time is None:
        return ""
    words = clean(claim.time.words)
    if claim.date.from_ != "stated":
        return f"{words} ({NOT_RESOLVED})"
    days = days_label(claim.date)
    return words if words == days else f"{words}: {days}"


def _own(claim: Claim) -> str:
    return f"{claim.publisher} {OWN_VOICE}" if claim.publisher else OWN_VOICE
