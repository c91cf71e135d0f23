"""
A claim as a reviewer in a terminal sees it: its sentences with the parts marked, then what was read off them.

No score is shown, as it would lead the judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from allegedly.records.claims import Claim, ClaimNumber, ClaimParty, ClaimVoice
from allegedly.records.ledger import Ledger
from allegedly.render import labels
from allegedly.render.cuts import Mark, attribution_marks, event_marks
from allegedly.render.dates import date_label
from allegedly.render.marked import marked
from allegedly.review.blind import Blind

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def render_question(ledger: Ledger, claim: Claim, *, hidden: Blind | None = None, color: bool = False) -> str:
    """
    Write a claim to be judged.

    Args:
        ledger: The ledger of its document.
        claim: The claim as it was read.
        hidden: What is not to be seen of the document; None shows all.
        color: Use styles.

    Returns:
        Lines with a final line end.
    """
    shown = claim if hidden is None else hidden.claim(claim)
    marks = _marks(ledger, claim)
    if hidden is None:
        words = marked(ledger, marks)
    else:
        words = marked(ledger, [replace(mark, span=hidden.snap(mark.span)) for mark in marks], words=hidden.words)
    head = f"{claim.id[:9]}  {_document(shown, blind=hidden is not None)}"
    lines = [f"{_BOLD}{head}{_PLAIN}" if color else head, "", f"  {words}", ""]
    lines += [f"{name:<14}{value}" for name, value in _slots(shown)]
    return "\n".join(lines) + "\n"


def _document(claim: Claim, *, blind: bool) -> str:
    if blind:
        return f"published {labels.published_label(claim.published)}"
    publisher = labels.clean(claim.publisher or "publisher unknown")
    return f"{labels.clean(claim.document)}, {publisher}, published {labels.published_label(claim.published)}"


def _marks(ledger: Ledger, claim: Claim) -> list[Mark]:
    """Give what is marked: source, cue and content of the voice that vouches, trigger and parties of the event."""
    event = next((row for row in ledger.events if row.id == claim.key), None)
    vouches = claim.key if event is None else event.voice[-1] if event.voice else None
    marks = [mark for row in ledger.attributions if row.id == vouches for mark in attribution_marks(row)]
    return marks if event is None else [*marks, *event_marks(event)]


def _slots(claim: Claim) -> Iterator[tuple[str, str]]:
    """Go through what was read: who says it, how, and the event."""
    narrator = f"{labels.clean(claim.publisher or '') or labels.THE_REPORT} {labels.OWN_VOICE}"
    yield "says", " > ".join(map(_voice, claim.voices)) or narrator
    yield "stance", labels.STANCE[claim.stance]
    if claim.type is None:
        yield "event", "none"
        return
    yield "event", "/".join((claim.type, *claim.modes))
    if claim.factuality is not None:
        yield "presented as", labels.FACTUALITY[claim.factuality]
    for name, parties in (("who", claim.actors), ("to whom", claim.recipients)):
        yield name, "; ".join(map(_party, parties)) or "-"
    yield "when", date_label(claim.date)
    yield "where", "-" if claim.place is None else _where(claim)
    for number in claim.numbers:
        yield labels.MEASURE.get(number.measure, number.measure), _number(number)


def _voice(voice: ClaimVoice) -> str:
    kind = (labels.SOURCE_TYPE[voice.type] or "") if voice.type else ""
    name = labels.clean(voice.name or voice.words or "") or labels.NO_NAME
    printed = labels.clean(voice.words or "")
    return name + "".join(f" ({note})" for note in (kind, f'"{printed}"' if printed not in {"", name} else "") if note)


def _party(party: ClaimParty) -> str:
    words, name = labels.clean(party.words), labels.clean(party.name or "")
    return words if name in {"", words} else f'{name} ("{words}")'


def _where(claim: Claim) -> str:
    place = claim.place
    if place is None:
        return "-"
    known = ", ".join(filter(None, (place.region, place.country, place.precision))) or labels.NOT_RESOLVED
    words = labels.clean(place.words)
    named = labels.clean(place.name)
    return f"{words} ({known})" if named == words else f'{named} ("{words}"; {known})'


def _number(number: ClaimNumber) -> str:
    return labels.bounds_label(number.low, number.best, number.high) + f' ("{labels.clean(number.words)}")'
