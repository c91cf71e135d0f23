"""
What a noun phrase says of an actor's codes: country, sector, kind and group, with the kind of evidence.

The head noun decides: a judge stays a judge beside any name; a commander, a
spokesman or a leader takes the sector of those beside whom the word stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from allegedly.actors.dictionary import ActorTable, Agent, Entry
from allegedly.actors.names import Word
from allegedly.actors.phrases import Bond, Item, Phrase, read_phrase
from allegedly.records.codes import Sector

# Whom these employ is theirs, whatever the profession: a doctor of an aid agency, a policeman of the United Nations.
_EMPLOYERS: Final = frozenset(("UNO", "EUR", "IGO", "NGO"))
# These have a country, but no army or party is theirs ("victims of", "Hamas hostages").
_BYSTANDERS: Final = frozenset(("CVL", "REF", "AGR"))
# Where these stand says nothing of whose they are: troops, envoys and reporters go abroad.
_ABROAD: Final = frozenset(("MIL", "SPY", "IGO", "UNO", "EUR", "NGO", "MNC", "BUS"))
_STATE: Final = frozenset(("GOV", "MIL", "COP", "SPY", "JUD", "LEG"))
_ARMED: Final = frozenset(("REB", "UAF", "PRM", "MIL", "CRM", "IMG"))
_RANKLESS: Final = frozenset(
    """
    soldier fighter rebel militant insurgent guerrilla conscript serviceman trooper paratrooper marine combatant
    militiaman gunman reservist draftee recruit sniper
    """.split()
)
_OWNERS: Final = frozenset(("group", "organisation", "metonym", "office", "short"))
_PERSONS: Final = frozenset(("office", "short"))


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What one phrase says of an actor.

    Args:
        country: Code of its state; None if the words do not say.
        sector: PLOVER sector; None if the words do not say.
        kind: Kind of actor.
        group: Group that it belongs to.
        actor: The actor, if the phrase names it.
        reason: Kind of evidence, one of ``resolve.REASONS``; empty if there is none.
        inherits: True if it takes the codes of the one it speaks for.
        former: True if it speaks of somebody who was in office.
        blocked: Countries that are named, but are not the actor's.
    """

    country: str | None = None
    sector: Sector | None = None
    kind: str | None = None
    group: str | None = None
    actor: str | None = None
    reason: str = ""
    inherits: bool = False
    former: bool = False
    blocked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Owner:
    """To whom a head noun belongs, as far as the words say."""

    entry: Entry | None = None
    agent: Agent | None = None
    country: str | None = None
    place: str | None = None
    is_state: bool = False


def read_words(words: list[Word], table: ActorTable, when: date | None, *, wants_body: bool | None = None) -> Reading:
    """
    Read one phrase.

    Args:
        words: The words, without marks.
        table: Names and nouns.
        when: Day for which names must hold.
        wants_body: True for organisations, False for people, None if unknown.
    """
    phrase = read_phrase(words, table, when, wants_body=wants_body)
    head = _head(phrase)
    if head is None:
        return _without_head(phrase)
    if head.agent is None:
        return _named(phrase, head)
    return _described(phrase, head, head.agent)


def _head(phrase: Phrase) -> Item | None:
    """
    Find the head: the last noun of the core, or the group named after it.

    "The militant group Hamas" is Hamas; where the core has no head
    ("dozens of soldiers"), what follows "of" is looked at.
    """
    bonds: tuple[Bond, ...] = ("core", "of")
    for bond in bonds:
        items = [item for item in phrase.items if item.bond == bond]
        while items and items[-1].entries and items[-1].entries[0].table in _PERSONS:
            items.pop()
        if not items:
            continue
        last = items[-1]
        if last.agent is not None or _is_named_body(last):
            return last
        nouns = [item for item in items if item.agent is not None]
        if nouns:
            return nouns[-1]
    return None


def _is_named_body(item: Item) -> bool:
    return bool(item.entries) and item.entries[0].table in {"group", "organisation", "metonym"} and not item.possessive


def _without_head(phrase: Phrase) -> Reading:
    """Read a phrase of names only: a country is all it can give."""
    owner = _owner(phrase, None)
    if owner.entry is not None:
        entry = owner.entry
        return Reading(
            entry.country,
            entry.sector,
            entry.kind,
            entry.group,
            None,
            "words-with-group",
            blocked=phrase.blocked_countries,
        )
    country = owner.country or owner.place
    believers = any(item.entries and item.entries[0].kind == "religion" for item in phrase.items if item.bond == "core")
    reason = "words-alone" if believers else ""
    if country:
        reason = "words-with-country" if believers else "country-alone"
    return Reading(
        country, "REL" if believers else None, reason=reason, former=phrase.former, blocked=phrase.blocked_countries
    )


def _named(phrase: Phrase, head: Item) -> Reading:
    """Read a phrase whose head is a name of the table."""
    blocked = phrase.blocked_countries
    if len({entry.codes for entry in head.entries}) > 1:
        country = _owner(phrase, head).country
        fitting = [entry for entry in head.entries if entry.country == country]
        if country is None or len(fitting) != 1:
            return Reading(country, reason="ambiguous-name", blocked=blocked)
        head = head._replace(entries=tuple(fitting))
    entry = head.entries[0]
    country = entry.country
    if country is None and entry.sector in {"NGO", "REL"}:
        country = _owner(phrase, head).country
    return Reading(
        country,
        entry.sector,
        entry.kind,
        entry.group,
        entry.actor,
        "words-with-group",
        former=phrase.former,
        blocked=blocked,
    )


def _described(phrase: Phrase, head: Item, agent: Agent) -> Reading:
    """Read a phrase whose head is a noun."""
    owner = _owner(phrase, head)
    sector = _sector(agent, owner)
    if sector in {"MIL", "UAF"} and owner.country and not owner.is_state and owner.entry is None:
        sector = "REB"  # armed men of a people without a state: "Kurdish fighters", "a Tuareg commander"
    entry = owner.entry if agent.sector not in _BYSTANDERS else None
    country = owner.country
    if entry is not None and (entry.country is not None or entry.sector in _EMPLOYERS):
        country = entry.country
    reason = "words-alone" if sector or country else ""
    if entry is not None:
        reason = "words-with-group"
    elif country is not None:
        reason = "office-with-country" if agent.kind == "office" else "words-with-country"
    elif owner.place is not None and sector not in _ABROAD and agent.kind != "envoy" and sector is not None:
        country, reason = owner.place, "words-with-place"
    if agent.kind == "weapon" and reason == "words-alone":
        return Reading(blocked=phrase.blocked_countries)
    return Reading(
        country,
        _after_office(agent, sector) if phrase.former and entry is None else sector,
        agent.kind,
        None if entry is None else entry.group,
        _actor(agent, entry, sector),
        reason,
        inherits=agent.strength in {"none", "lent"} and entry is None and owner.agent is None,
        former=phrase.former,
        blocked=phrase.blocked_countries,
    )


def _after_office(agent: Agent, sector: Sector | None) -> Sector | None:
    """Give the sector of those no longer in office or under arms: officials become ELI, fighters civilians."""
    if sector in _ARMED and (agent.kind == "body" or agent.id in _RANKLESS):
        return "CVL"
    return "ELI" if sector in _STATE and agent.kind != "body" else sector


def _sector(agent: Agent, owner: _Owner) -> Sector | None:
    """Say whose sector counts: the noun's own, or that of the body beside it."""
    beside = owner.entry.sector if owner.entry is not None else None
    if beside in _EMPLOYERS and agent.sector not in _BYSTANDERS:
        return beside
    if agent.strength == "own":
        return agent.sector
    if beside is not None:
        return _beside(agent.sector, beside)
    if owner.agent is not None:
        return _beside(agent.sector, owner.agent.sector)
    if agent.strength == "weak":
        return agent.sector
    return "GOV" if agent.strength == "lent" and owner.is_state else None


def _beside(own: Sector, beside: Sector) -> Sector:
    """Give the sector of a head beside a body: the armed men of a government are its army, those of a party are not."""
    if own not in _ARMED or beside in _ARMED or beside in {"COP", "SPY"}:
        return beside
    return "MIL" if beside in _STATE else own


def _actor(agent: Agent, entry: Entry | None, sector: Sector | None) -> str | None:
    """Give the actor's id where the noun only repeats what the named group is ("Taliban fighters")."""
    if entry is None or agent.kind != "body" or entry.table in _PERSONS:
        return None
    same = agent.sector in {"UNK", entry.sector} or (agent.sector in _ARMED and entry.sector in _ARMED)
    return entry.actor if same and entry.sector == sector else None


def _owner(phrase: Phrase, head: Item | None) -> _Owner:
    """Find whose the head is: the group nearest before it, the state named first, what follows "of", then "in"."""
    before, after = _around(phrase, head)
    envoy = head is not None and head.agent is not None and head.agent.kind == "envoy"
    names = [item for item in [*reversed(before), *after] if item.entries and item.entries[0].table in _OWNERS]
    armed = head is not None and head.agent is not None and head.agent.sector in _ARMED
    entry = _one(names[0], armed=armed) if names else None
    nouns = [item for item in [*reversed(before), *after] if item.agent is not None and _lends(item.agent)]
    territories = [item for item in [*before, *after] if item.is_territory and not (envoy and _is_destination(item))]
    country, is_state = _country(territories)
    places = [item for item in phrase.items if item.bond == "in" and item.entries]
    place = next((found for item in places if (found := _single(item)) is not None), None)
    if entry is not None and not entry.country and entry.table in _PERSONS:
        entry = entry._replace(country=country)
    agent = nouns[0].agent if nouns else None
    return _Owner(entry, agent, country, place, is_state)


def _around(phrase: Phrase, head: Item | None) -> tuple[list[Item], list[Item]]:
    """Give the items before the head and those bound to it by "of"."""
    if head is None:
        core = [item for item in phrase.items if item.bond == "core"]
        return core, [item for item in phrase.items if item.bond == "of"]
    at = phrase.items.index(head)
    after = [item for item in phrase.items[at + 1 :] if item.bond == "of"]
    return [item for item in phrase.items[:at] if item.bond != "in"], after


def _lends(agent: Agent) -> bool:
    """Say whether a noun beside the head can lend it a sector: bystanders and offices seldom do."""
    return agent.sector not in {"UNK", "CVL", "ELI"} and agent.kind != "weapon"


def _one(item: Item, *, armed: bool) -> Entry | None:
    """
    Give the entry of a name, or what its entries agree on; None if they agree on no country.

    Beside an armed head an acronym is the group's ("RSF fighters"), not that of another body of the same letters.
    """
    entries = [entry for entry in item.entries if armed and entry.table == "group"] or list(item.entries)
    if len({entry.codes for entry in entries}) == 1:
        return entries[0]
    if len({entry.country for entry in entries}) == 1:
        return entries[0]._replace(sector=None, group=None)
    return None


def _is_destination(item: Item) -> bool:
    """Say whether a state before "envoy" is where he goes: "Syria envoy", but not "US", "Syria's" or "Syrian envoy"."""
    return item.bond == "core" and item.entries[0].table != "adjective" and not item.possessive and not item.short_form


def _country(territories: list[Item]) -> tuple[str | None, bool]:
    """Give the country that is named first; two tied by a hyphen or "and" leave it open."""
    for position, item in enumerate(territories):
        country = _single(item)
        if country is None:
            continue
        following = territories[position + 1 : position + 2]
        if following and following[0].joined and _single(following[0]) not in {None, country}:
            return None, False
        return country, item.entries[0].table != "people"
    return None, False


def _single(item: Item) -> str | None:
    return next(iter(item.countries)) if len(item.countries) == 1 else None
