"""
What each claim says to each point of its incident: a reading per point, with stance and figure.

First what is affirmed, then what is denied, because the second depends on the
first: whoever confirms a strike and denies "hitting a clinic" denies the
target, not the strike. A denial of responsibility leaves open whether it
happened. What a statement refers back to gives a denial its object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from allegedly.corroboration.items import days_of
from allegedly.corroboration.parties import Parties, core_of, is_own
from allegedly.corroboration.stems import NUMBERS, stem, telling_stems
from allegedly.corroboration.wording import (
    CLAIM,
    CONCEDE,
    CUMULATIVE,
    HAPPENED,
    KILLED,
    RESPONSIBILITY,
    USE,
    WHO,
    WOUNDED,
    find_weapons,
    is_site,
)
from allegedly.records.claims import Claim, ClaimNumber, ClaimParty
from allegedly.records.incidents import AFFIRMING, CellStance, Figure, PointName

_LONG = 7  # days; the toll of a longer time is no toll of one event
_MODES = {
    "drone": "drone", "aerial": "air", "heavy-weapons": "artillery", "x-missile": "missile", "firearms": "firearms",
    "explosives": "bomb", "suicide-attack": "suicide-bomb", "x-grenade": "grenade", "unconventional": "gas",
}  # fmt: skip
_TOLLS: dict[str, PointName] = {"killed": "killed", "injured": "wounded"}
_SILENT_STANCES = frozenset(("request", "intend", "praise"))


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What one claim says to one point.

    Args:
        name: The point.
        key: Which of its values, in a comparable form.
        value: The value's words or code.
        party: Who says it.
        stance: What it does with it.
        claim: The claim.
        figure: Its number, for tolls.
        answers: The claims that it answers to.
    """

    name: PointName
    key: str
    value: str
    party: str
    stance: CellStance
    claim: Claim
    figure: Figure | None = None
    answers: tuple[str, ...] = ()


def read_stances(claims: Sequence[Claim], parties: Parties, links: Mapping[str, Sequence[Claim]]) -> list[Reading]:
    """
    Say what the claims of one incident say to its points.

    Args:
        claims: The claims, in order of time.
        parties: The parties of the incident; filled here.
        links: The claims that a statement without event refers to, by its id.
    """
    parties.learn(claims)
    voices = {claim.id: parties.of_claim(claim) for claim in claims}
    affirmed = [reading for claim in claims for reading in _affirmed(claim, voices[claim.id], parties)]
    known = _Known(
        happened=frozenset(item.party for item in affirmed if item.name == "happened" and item.stance in AFFIRMING),
        accusers=_accusers(affirmed),
    )
    denied = [
        reading
        for claim in claims
        for reading in _denied(claim, voices[claim.id], parties, known, links.get(claim.id, ()))
    ]
    return [*affirmed, *denied]


@dataclass(frozen=True, slots=True)
class _Known:
    """
    What was affirmed before denials are read.

    Args:
        happened: Parties that say that it happened.
        accusers: Claims that name a party as the doer, by that party.
    """

    happened: frozenset[str]
    accusers: Mapping[str, tuple[str, ...]]


def accused_by(claim: Claim, parties: Parties) -> frozenset[str]:
    """Give the parties that a claim names as doers, other than the one that speaks."""
    voice = parties.of_claim(claim)
    named = {parties.of_participant(who, voice=voice) for who in claim.actors if parties.known(who)}
    if claim.event is None and claim.stance == "accuse" and (blamed := _blamed(claim, parties, voice)):
        named.add(blamed)
    return frozenset(named - {voice})


def _accusers(affirmed: Sequence[Reading]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for item in affirmed:
        if item.name == "who" and item.party != item.key:
            found.setdefault(item.key, {})[item.claim.id] = None
    return {party: tuple(claims) for party, claims in found.items()}


def tone(claim: Claim) -> CellStance:
    """Say how a claim affirms: by its cue and stance alone."""
    source = claim.source
    if source is not None and source.cue and CONCEDE.search(source.cue):
        return "concedes"
    return "confirms" if claim.stance == "confirm" else "asserts"


def _affirmed(claim: Claim, voice: str, parties: Parties) -> Iterator[Reading]:
    """Read a claim that says that something happened."""
    if claim.event is None or claim.factuality not in {"+", "?"} or claim.stance in {"deny", "doubt", *_SILENT_STANCES}:
        yield from _owned(claim, voice, parties)
        return
    stance = tone(claim)
    yield Reading("happened", "", "", voice, stance, claim)
    for who in claim.actors:
        if parties.known(who) or is_own(who.words):
            party = parties.of_participant(who, voice=voice)
            yield Reading("who", party, parties.names.get(party) or who.name or who.words, voice, stance, claim)
    if claim.stance == "claim_resp" and not claim.actors:
        yield Reading("who", voice, parties.names.get(voice, voice), voice, stance, claim)
    yield from _circumstances(claim, voice, stance)


def _owned(claim: Claim, voice: str, parties: Parties) -> Iterator[Reading]:
    """Read a statement without event that takes or lays responsibility."""
    if claim.event is not None:
        return
    if claim.stance == "claim_resp" or (claim.stance in {"assert", "confirm"} and _owns_up(claim)):
        yield Reading("happened", "", "", voice, tone(claim), claim)
        yield Reading("who", voice, parties.names.get(voice, voice), voice, tone(claim), claim)
    elif claim.stance == "accuse" and (party := _blamed(claim, parties, voice)):
        yield Reading("who", party, parties.names.get(party, claim.quote), voice, "asserts", claim)
    elif claim.stance == "confirm":
        yield Reading(_doubted(claim), "", "", voice, tone(claim), claim)


def _owns_up(claim: Claim) -> bool:
    cue = claim.source.cue if claim.source and claim.source.cue else ""
    return bool(RESPONSIBILITY.search(claim.quote) and (CONCEDE.search(cue) or "responsib" in claim.quote))


def _blamed(claim: Claim, parties: Parties, voice: str) -> str | None:
    """Give the party that "blamed the Southern Front (for it)" names."""
    words = claim.quote.split(" for ")[0].split(" of ")[0]
    if len(words.split()) > 6 or not core_of(words):
        return None
    return parties.of_participant(ClaimParty(claim.span, words), voice=voice)


def _circumstances(claim: Claim, voice: str, stance: CellStance) -> Iterator[Reading]:
    """Read to whom, where, when, how many, and by what."""
    for who in claim.recipients:
        name: PointName = "target" if is_site(who.words, who.type) else "whom"
        if key := key_of(who.name or who.words):
            yield Reading(name, key, who.words, voice, stance, claim)
    if (place := claim.place) is not None:
        yield Reading("where", place.gazetteer or key_of(place.name), place.words, voice, stance, claim)
    for key, value in _when(claim):
        yield Reading("when", key, value, voice, stance, claim)
    for number in claim.numbers:
        if number.measure in _TOLLS:
            yield Reading(_TOLLS[number.measure], "", "", voice, stance, claim, figure_of(claim, number))
    for key, value in _weapons(claim):
        yield Reading("weapon", key, value, voice, stance, claim)


def _when(claim: Claim) -> Iterator[tuple[str, str]]:
    days = days_of(claim)
    if days is not None:
        first, last = (date.fromordinal(day).isoformat() for day in days)
        yield f"{days[0]}/{days[1]}", first if first == last else f"{first}/{last}"


def _weapons(claim: Claim) -> Iterator[tuple[str, str]]:
    """Give the weapons that the words name, else those that the modes mean."""
    found = find_weapons(claim.quote)
    yield from ((weapon.key, weapon.words) for weapon in found)
    if not found:
        yield from ((_MODES[mode], claim.trigger or mode) for mode in claim.modes if mode in _MODES)


def figure_of(claim: Claim, number: ClaimNumber) -> Figure:
    """Give a number of a claim as a figure of its incident: of one event, or summed over a longer time."""
    days = days_of(claim)
    summed = bool(CUMULATIVE.search(claim.quote)) or (days is not None and days[1] - days[0] > _LONG)
    return Figure(
        claim=claim.id,
        words=number.words,
        low=number.low,
        best=number.best,
        high=number.high,
        qualifier=number.qualifier,
        scope="cumulative" if summed else "event",
        said=claim.said.latest or claim.published,
    )


def _denied(claim: Claim, voice: str, parties: Parties, known: _Known, answered: Sequence[Claim]) -> Iterator[Reading]:
    """Read a claim that denies or doubts."""
    answers = tuple(item.id for item in answered)
    if claim.stance == "doubt" or (claim.event is not None and claim.factuality == "?" and claim.stance == "deny"):
        for name, key, value in _doubted_points(claim, answered, parties):
            yield Reading(name, key, value, voice, "doubts", claim, answers=answers)
    elif claim.stance == "deny" or (claim.event is not None and claim.factuality == "-"):
        for name, key, value in _denied_points(claim, voice, parties, known, answered):
            linked = answers or (known.accusers.get(voice, ()) if name == "who" and key == voice else ())
            yield Reading(name, key, value, voice, "denies", claim, answers=tuple(c for c in linked if c != claim.id))


_Values = Iterator[tuple[PointName, str, str]]


def _denied_points(claim: Claim, voice: str, parties: Parties, known: _Known, answered: Sequence[Claim]) -> _Values:
    """Say which points a denial is about; the narrowest that its words allow."""
    own = ("who", voice, parties.names.get(voice, voice))
    weapons = find_weapons(claim.quote)
    if weapons and USE.search(claim.quote) and not RESPONSIBILITY.search(claim.quote):
        yield from (("weapon", weapon.key, weapon.words) for weapon in weapons)
    elif RESPONSIBILITY.search(claim.quote):
        yield "who", own[1], own[2]
    elif HAPPENED.search(claim.quote) and not claim.numbers:
        yield "happened", "", ""
    elif claim.event is None:
        yield from _rejected(claim, voice, parties, answered)
    elif _is_toll(claim):
        yield from ((name, "", "") for name in _tolls(claim))
    elif _is_own_act(claim, voice, parties):
        details = list(_details(claim)) if voice in known.happened else []
        yield from details or [("who", own[1], own[2])]
    elif named := [who for who in claim.actors if parties.known(who)]:
        yield from (("who", parties.of_participant(who, voice=voice), who.name or who.words) for who in named)
    else:
        yield from (list(_details(claim)) if voice in known.happened else []) or [("happened", "", "")]


def _rejected(claim: Claim, voice: str, parties: Parties, answered: Sequence[Claim]) -> _Values:
    """Read "rejected that claim": denied is what the claim accuses the voice of, else what it is about."""
    for other in answered:
        if voice in accused_by(other, parties):
            yield "who", voice, parties.names.get(voice, voice)
        elif KILLED.search(claim.quote) or (CLAIM.match(claim.quote) and other.numbers and not other.actors):
            yield from ((name, "", "") for name in _tolls(other))
        else:
            accused = [who for who in other.actors if parties.known(who)]
            theirs = parties.of_claim(other)
            yield from (("who", parties.of_participant(who, voice=theirs), who.name or who.words) for who in accused)
            if not accused:
                yield "happened", "", ""
    if not answered and core_of(claim.quote):
        yield _doubted(claim), "", ""


def _doubted_points(claim: Claim, answered: Sequence[Claim], parties: Parties) -> _Values:
    name = _doubted(claim)
    if name != "who":
        yield name, "", ""
        return
    for other in answered:
        theirs = parties.of_claim(other)
        for who in other.actors:
            if parties.known(who):
                yield "who", parties.of_participant(who, voice=theirs), who.name or who.words


def _doubted(claim: Claim) -> PointName:
    """Say which point a statement in few words is about."""
    if WHO.search(claim.quote):
        return "who"
    if KILLED.search(claim.quote) or any(number.measure == "killed" for number in claim.numbers):
        return "killed"
    return "wounded" if WOUNDED.search(claim.quote) else "happened"


def _is_toll(claim: Claim) -> bool:
    """Say whether a claim is about victims and not about the act."""
    dying = (
        stem((claim.trigger or "").lower().split()[-1]) in {"di", "die", stem("killed"), "kill"}
        if claim.trigger
        else False
    )
    return claim.type == "HARM" or bool(claim.numbers) or (dying and not claim.actors and bool(claim.recipients))


def _tolls(claim: Claim) -> list[PointName]:
    measures = {number.measure for number in claim.numbers}
    found: list[PointName] = []
    if "killed" in measures or KILLED.search(claim.quote) or not measures:
        found.append("killed")
    if "injured" in measures or WOUNDED.search(claim.quote):
        found.append("wounded")
    return found


def _is_own_act(claim: Claim, voice: str, parties: Parties) -> bool:
    """Say whether a denied act is the voice's: "denied shelling it", "its forces", or its name."""
    if any(is_own(who.words) or parties.of_participant(who, voice=voice) == voice for who in claim.actors):
        return True
    first = claim.quote.split()[0].lower() if claim.quote.split() else ""
    return not claim.actors and (first.endswith("ing") or first in {"having", "to"})


def _details(claim: Claim) -> _Values:
    """Give what a denied act was done to, where the act itself is not denied."""
    for who in claim.recipients:
        if key := key_of(who.name or who.words):
            yield ("target" if is_site(who.words, who.type) else "whom"), key, who.words


def key_of(words: str) -> str:
    """
    Make words of a person, thing or place comparable.

    Example:
        >>> key_of("at least 12 civilians"), key_of("The Civilian")
        ('civilian', 'civilian')
    """
    kept = [word for word in telling_stems(words) if not word.isdecimal() and word not in _COUNTING]
    return " ".join(sorted(set(kept)))


_COUNTING = frozenset(stem(word) for word in (*NUMBERS, "least", "dozens", "hundreds", "several", "people", "person"))
