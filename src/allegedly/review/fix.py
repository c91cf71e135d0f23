"""
Corrections: what a person can change about a claim, and how a form's plain values become new values of it.

A form is a mapping of field names (:data:`FIELDS`) to text, as a page sends it
and the terminal asks for it; only the fields given are looked at, and those
that say what the claim says already change nothing.

Words are never typed in: a form names them by offsets (``12:31``) or repeats
words that stand in the text, and what is kept is ``text[start:end]``.

Offsets: code points of the document's text, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import msgspec

from allegedly.errors import UsageError
from allegedly.records.claims import Claim, ClaimParty, ClaimVoice
from allegedly.records.codes import EVENT_TYPES, FACTUALITIES, MODES, STANCES
from allegedly.records.daterange import DATE_PRECISIONS
from allegedly.records.ledger import DateRow, SpanPair
from allegedly.review.fix_values import fix_date, fix_numbers, fix_place
from allegedly.review.words import chosen, find_span, verbatim

FIELDS: Final[Mapping[str, str]] = {
    "source": "who says it: offsets or words of the text, `nobody` (nobody is named) or `narrator` (the report itself)",
    "source_name": "fullest name of the source in the text",
    "stance": f"what the source does with it: {', '.join(STANCES)}",
    "span": "the words of the claim: offsets or words of the text",
    "type": f"type of the event: {', '.join(EVENT_TYPES)}",
    "modes": "its modes, parted by blanks",
    "actors": "who did it: offsets or words of the text, parted by ; - with = the fullest name in the text behind",
    "recipients": "to whom: as for actors",
    "earliest": "first day on which it can have happened, ISO 8601; empty is open",
    "latest": "last such day",
    "date_precision": f"how exact that is: {', '.join(DATE_PRECISIONS)}",
    "place": "where: offsets or words of the text; empty is nowhere stated",
    "place_name": "name of the place in the gazetteer",
    "place_gazetteer": "its id there",
    "place_latitude": "latitude, degrees",
    "place_longitude": "longitude, degrees",
    "place_country": "ISO 3166-1 alpha-3 code",
    "place_precision": "exact, town, district, region, country",
    "place_radius": "how far from the coordinates it may lie, km",
    "factuality": "as that voice presents it: + happened, - did not, ? uncertain, > planned, ~ hypothetical",
    "measure": "what is counted: killed, injured and so on",
    "number": "the number: offsets or words of the text; empty is no number of that measure",
    "low": "smallest value the words allow; empty is open",
    "best": "the value, if the words state one",
    "high": "largest value the words allow",
}
# Fields of a form that make one column of the claim together.
_DATE: Final = ("earliest", "latest", "date_precision")
_PLACE: Final = tuple(name for name in FIELDS if name == "place" or name.startswith("place_"))
_NUMBER: Final = ("measure", "number", "low", "best", "high")
_OF_EVENTS: Final = frozenset(("type", "modes", "actors", "recipients", "factuality", *_DATE, *_PLACE, *_NUMBER))


def fix_claim(claim: Claim, text: str, form: Mapping[str, str]) -> dict[str, Any]:
    """
    Give the new values of a claim that a form asks for, for ``after`` of a judgement.

    Args:
        claim: The claim as it was read.
        text: The text of its document.
        form: Text by field; see :data:`FIELDS`.

    Returns:
        Columns of :class:`~allegedly.records.claims.Claim` that differ from those read, as plain JSON values.

    Raises:
        UsageError: If a value does not fit, its field is named; or if nothing is changed.
    """
    if text[slice(*claim.span)] != claim.quote:
        raise UsageError(f"claim {claim.id} does not stand in this text", hint="give the text of its document")
    for name in form:
        if name not in FIELDS:
            raise UsageError(f"{name}: there is no such field", hint=f"fields are {', '.join(FIELDS)}")
        if claim.event is None and name in _OF_EVENTS:
            raise UsageError(f"{name}: this claim holds no event", hint="correct its source, stance or span")
    changed = claim
    for fields, fix in _FIXES.items():
        given = {name: form[name].strip() for name in fields if name in form}
        if given:
            changed = fix(changed, text, given)
    before, after = _plain(claim), _plain(changed)
    values = {name: value for name, value in after.items() if value != before[name]}
    if not values:
        raise UsageError("nothing is changed", hint="accept the claim, or give a value that differs")
    if "span" in values:
        values |= {name: after[name] for name in ("span", "quote", "passage")}
    return values


def _plain(claim: Claim) -> dict[str, Any]:
    """Write a claim as it comes out of the store: JSON values."""
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(claim))
    return plain


def _fix_source(claim: Claim, text: str, given: Mapping[str, str]) -> Claim:
    """Put another source in the place of the one that vouches."""
    who, name = given.get("source"), given.get("source_name")
    if who == "narrator":
        return replace(claim, voice="own", voices=(), stance="assert", said=DateRow())
    last = claim.source or ClaimVoice("", None, None, None, claim.stance, "indirect", None)
    if who == "nobody":
        changed = ClaimVoice(last.attribution, None, None, None, last.stance, last.form, last.cue)
    elif who:
        words = verbatim(text, find_span(text, who, field="source", near=claim.passage))
        changed = last if words == last.words else _voice_of(claim, last, words)
    elif who is None and claim.source is not None:
        changed = last
    else:
        raise UsageError("source: nobody is given", hint="say words of the text, `nobody` or `narrator`")
    if name:
        changed = replace(changed, name=_name(text, name, "source_name"))
    return replace(claim, voice="source", voices=(*claim.voices[:-1], changed), stance=changed.stance)


def _voice_of(claim: Claim, last: ClaimVoice, words: str) -> ClaimVoice:
    """Make the voice of other words; what is known of them stays known."""
    voice = ClaimVoice(last.attribution, words, words, None, last.stance, last.form, last.cue)
    for other in claim.voices:
        if words in {other.words, other.name}:
            kept = replace(other, attribution=voice.attribution, stance=voice.stance, form=voice.form, cue=voice.cue)
            return replace(kept, words=words)
    for party in (*claim.actors, *claim.recipients):
        if words in {party.words, party.name}:
            return replace(
                voice, name=party.name or words, entity=party.type, country=party.country, sector=party.sector,
                side=party.side, actor=party.actor,
            )  # fmt: skip
    return voice


def _fix_stance(claim: Claim, text: str, given: Mapping[str, str]) -> Claim:  # noqa: ARG001  # as the others
    stance = chosen(given["stance"], STANCES, field="stance")
    if claim.source is None:
        if stance == "assert":
            return claim
        raise UsageError("stance: the report's own voice asserts", hint="give the source, too")
    return replace(claim, stance=stance, voices=(*claim.voices[:-1], replace(claim.source, stance=stance)))


def _fix_span(claim: Claim, text: str, given: Mapping[str, str]) -> Claim:
    start, end = find_span(text, given["span"], field="span", near=claim.passage)
    passage = min(start, claim.passage[0]), max(end, claim.passage[1])
    return replace(claim, span=(start, end), quote=verbatim(text, (start, end)), passage=passage)


def _fix_event(claim: Claim, text: str, given: Mapping[str, str]) -> Claim:  # noqa: ARG001  # as the others
    if "type" in given:
        claim = replace(claim, type=chosen(given["type"].upper(), EVENT_TYPES, field="type"))
    if "modes" in given:
        words = dict.fromkeys(given["modes"].replace(",", " ").split())
        claim = replace(claim, modes=tuple(chosen(mode, MODES, field="modes") for mode in words))
    if "factuality" in given:
        claim = replace(claim, factuality=chosen(given["factuality"], FACTUALITIES, field="factuality"))
    return claim


def _fix_parties(claim: Claim, text: str, given: Mapping[str, str]) -> Claim:
    parties = {field: tuple(_parties(claim, text, field, wanted)) for field, wanted in given.items()}
    return replace(
        claim,
        actors=parties.get("actors", claim.actors),
        recipients=parties.get("recipients", claim.recipients),
    )


def _parties(claim: Claim, text: str, field: str, wanted: str) -> Iterator[ClaimParty]:
    """Read parties: words of the text, each with a name behind it if it has one."""
    known = (*claim.actors, *claim.recipients)
    for part in filter(None, map(str.strip, re.split(r"[;\r\n]+", wanted))):
        words, _, name = map(str.strip, part.partition("="))
        span = find_span(text, words, field=field, near=claim.passage)
        party = next((item for item in known if item.span == span), None)
        party = party or _party_of(claim, span, verbatim(text, span))
        yield replace(party, name=_name(text, name, field)) if name else party


def _party_of(claim: Claim, span: SpanPair, words: str) -> ClaimParty:
    """Make the party of other words; what is known of them stays known."""
    for party in (*claim.actors, *claim.recipients):
        if words in {party.words, party.name}:
            return replace(party, span=span, words=words)
    for voice in claim.voices:
        if words in {voice.words, voice.name}:
            return ClaimParty(
                span, words, voice.name, voice.entity, voice.country, voice.sector, voice.side, voice.actor
            )
    return ClaimParty(span, words)


def _name(text: str, name: str, field: str) -> str:
    """Take a name that stands in the text."""
    if name not in text:
        raise UsageError(f"{field}: the text has no {name!r}", hint="give a name as it stands in the text")
    return name


_FIXES: Final[Mapping[tuple[str, ...], Callable[[Claim, str, Mapping[str, str]], Claim]]] = {
    ("source", "source_name"): _fix_source,
    ("stance",): _fix_stance,
    ("span",): _fix_span,
    ("type", "modes", "factuality"): _fix_event,
    ("actors", "recipients"): _fix_parties,
    _DATE: fix_date,
    _PLACE: fix_place,
    _NUMBER: fix_numbers,
}
