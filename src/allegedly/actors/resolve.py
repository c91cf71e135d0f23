"""
Actors coded: from names, titles and descriptions of one entity to country, sector, kind and group, with a reason.

Evidence is tried in the order of :data:`REASONS`. Nothing is guessed: who
cannot be coded stays uncoded, and the reason says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from allegedly.actors.dictionary import ActorTable, Entry, choose_valid
from allegedly.actors.names import fold, split_words
from allegedly.actors.phrases import split_phrases
from allegedly.actors.readings import Reading, read_words
from allegedly.records.codes import EntityType, Sector

REASONS: Final = (
    "table-name",  # a name of a state, group or organisation that holds on the day
    "office-holder",  # a person who held an office on the day
    "former-office-holder",  # a person whose last office of state had ended by then: ELI
    "office-later",  # a person whose first office had not begun: the country only
    "office-with-country",  # an office and its country: "the Kenyan foreign minister", "mayor of Goma"
    "words-with-group",  # a noun beside a named group or body: "Taliban spokesman"
    "words-with-country",  # a noun beside a country: "Syrian refugees", "Israel's army"
    "words-with-place",  # a noun, and the country it is in: "police in Nairobi"
    "speaks-for",  # taken from the one it speaks for
    "inner-mention",  # taken from an entity mentioned inside: "the group's spokesman"
    "words-alone",  # a noun: the sector, no country
    "country-alone",  # an adjective or place: the country, no sector
    "ambiguous-name",  # entries with different codes, and nothing to decide between them
    "not-an-actor",  # a place, weapon or vehicle of which nothing else is known
    "no-evidence",  # neither name nor words are known
)
_RANK: Final = {reason: rank for rank, reason in enumerate(REASONS)}
_PERSON_TABLES: Final = frozenset(("office", "short"))
_BODY_TABLES: Final = frozenset(("group", "organisation", "metonym"))
_PLACE_TABLES: Final = frozenset(("capital", "place"))
_STATE_SECTORS: Final = frozenset(("GOV", "MIL", "COP", "SPY", "JUD", "LEG"))
_PUBLIC_SECTORS: Final = _STATE_SECTORS | {"PTY", "OPP", "ELI", "IGO", "UNO", "EUR"}
_BODIES: Final = frozenset(("ORG", "GPE", "LOC", "FAC", "MIL", "VEH", "WEA"))
_THINGS: Final = frozenset(("LOC", "FAC", "WEA", "VEH"))
_TITLES: Final = frozenset("""
    mr mrs ms miss dr prof sir dame lord lady gen lt col maj sgt capt cpt cmdr adm brig sen rep gov amb rev hon sheikh
    mullah ayatollah maulana imam pope cardinal president premier chancellor king queen prince princess emir sultan
    general colonel major captain admiral marshal lieutenant brigadier minister secretary ambassador governor mayor
    senator commander prime foreign defence defense vice deputy mp
    """.split())  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActorCode:
    """
    Who somebody is.

    Args:
        country: ISO 3166-1 alpha-3, or the neutral code of a disputed entity; None if unknown.
        sector: PLOVER sector; None if unknown.
        actor: Id in the table of actors; None if it is in none.
        kind: Kind of actor, as the table has it; None if unknown.
        reason: What the codes were taken from, or why there are none; one of :data:`REASONS`.
        group: Actor id of the group or organisation that it belongs to; None for those who belong to a state.
    """

    country: str | None = None
    sector: Sector | None = None
    actor: str | None = None
    kind: str | None = None
    reason: str = "no-evidence"
    group: str | None = None


@dataclass(frozen=True, slots=True)
class ActorDescription:
    """
    What a text says of one entity.

    Args:
        names: Its names, the fullest first.
        descriptions: The words of its other mentions ("the Kenyan police").
        roles: Titles and appositions ("Foreign Minister", "the group's spokesman").
        type: What kind of thing it is.
        parts: Codes of entities mentioned inside its mentions.
        when: Day for which it is to be coded; None for the present standing.
        owner: Code of the one it speaks for, if known.
        acting: True where it acts or speaks; a state's name is its government only then.
    """

    names: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    type: EntityType = "PER"
    parts: tuple[ActorCode, ...] = ()
    when: date | None = None
    owner: ActorCode | None = None
    acting: bool = False


def code_actor(description: ActorDescription, table: ActorTable) -> ActorCode:
    """
    Say who somebody is, and from what that is known.

    Example:
        >>> from allegedly.actors.dictionary import load_table_of_actors
        >>> code = code_actor(ActorDescription(descriptions=("the Kenyan police",), type="ORG"), load_table_of_actors())
        >>> code.country, code.sector, code.reason
        ('KEN', 'COP', 'words-with-country')
    """
    words = _read_all(description, table)
    if description.type == "PER":
        named = _code_person(description, table, words) or _code_mistaken(description, table, words)
    else:
        named = _code_by_name(description, table, words)
    if named is not None:
        return named
    return _code_by_words(description, words)


def _read_all(description: ActorDescription, table: ActorTable) -> Reading:
    """Read all words said of the entity and join them, the best evidence first."""
    texts = [*description.roles, *description.descriptions]
    if description.type != "PER":
        texts = [*description.names, *texts]
    wants_body = None if description.type == "NORP" else description.type in _BODIES
    readings = [
        read_words(phrase, table, description.when, wants_body=wants_body)
        for text in dict.fromkeys(texts)
        for phrase in split_phrases(text)
    ]
    return _join(readings)


def _join(readings: Iterable[Reading]) -> Reading:
    ranked = sorted((found for found in readings if found.reason), key=lambda found: _RANK[found.reason])
    blocked = frozenset().union(*(found.blocked for found in readings))
    if not ranked:
        return Reading(blocked=blocked)
    best = ranked[0]
    for other in ranked[1:]:
        if best.sector is None and other.sector is not None:
            best = replace(best, sector=other.sector, kind=other.kind, inherits=False)
        if best.country is None and best.group is None and other.country is not None:
            best = replace(best, country=other.country, group=other.group, reason=_with_country(best))
    former = any(found.former for found in ranked) and best.sector == "ELI"
    return replace(best, blocked=blocked, former=former)


def _with_country(reading: Reading) -> str:
    """Give the reason once a country came from other words of the same entity."""
    if reading.reason != "words-alone":
        return reading.reason
    return "office-with-country" if reading.kind == "office" else "words-with-country"


def _code_person(description: ActorDescription, table: ActorTable, words: Reading) -> ActorCode | None:
    """Look a person's names up; None if the table does not know them or the words contradict it."""
    entries = _find_person(description.names, table)
    if not entries:
        return None
    if words.country is not None and words.reason != "words-with-place":
        entries = [
            entry for entry in entries if entry.country in {words.country, None} or _speaks_for_both(entry, words)
        ]
    if not entries or not _fits(entries, words):
        return None
    chosen = choose_valid(entries, description.when)
    if len(chosen) > 1 and description.when is not None:
        day = description.when.isoformat()
        chosen = tuple(entry for entry in chosen if entry.is_valid(day)) or chosen
    codes = {_standing(entry, description.when, words).country for entry in chosen}
    first = _standing(chosen[0], description.when, words)
    if len(chosen) > 1 and len({entry.codes for entry in chosen}) > 1:
        return ActorCode(codes.pop() if len(codes) == 1 else None, reason="ambiguous-name", kind="person")
    return first if len(chosen) == 1 else replace(first, actor=None)


def _code_mistaken(description: ActorDescription, table: ActorTable, words: Reading) -> ActorCode | None:
    """Look the fullest name up among bodies, if nothing is said of the person: "Shin Bet" may be taken for one."""
    if words.reason or not description.names or not description.acting:
        return None
    entries = [entry for entry in table.find(description.names[0]) if entry.table in _BODY_TABLES]
    entries = [entry for entry in entries if " " in description.names[0] or entry.kind != "party"]
    return _code_entries(entries, replace(description, type="ORG"), words) if entries else None


def _speaks_for_both(entry: Entry, words: Reading) -> bool:
    """Say whether a person of an international body may carry a country of birth ("the Portuguese UN chief")."""
    return entry.group is not None and entry.group == words.group


def _find_person(names: tuple[str, ...], table: ActorTable) -> list[Entry]:
    """
    Find a person by the fullest name; by a surname only if the text has no more.

    A middle name may be missing in the table, a first name never is.
    """
    if not names:
        return []
    fullest = _without_titles(names[0])
    tries = [names[0], fullest]
    parts = fullest.split()
    if len(parts) > 2:
        tries.append(f"{parts[0]} {parts[-1]}")
    for name in tries:
        found = [entry for entry in table.find(name) if entry.table in _PERSON_TABLES]
        full = [entry for entry in found if entry.table == "office"]
        if full or found:
            return full or found
    return []


def _without_titles(name: str) -> str:
    words = (
        [word.raw for word in split_words(name.replace("-", "\u2010")) if word.key] if "-" not in name else name.split()
    )
    while len(words) > 1 and fold(words[0]) in _TITLES:
        words = words[1:]
    return " ".join(words)


def _fits(entries: list[Entry], words: Reading) -> bool:
    """Say whether a surname alone can be that person, given what the words call them."""
    if any(entry.table == "office" for entry in entries) or words.sector is None:
        return True
    return words.sector in _PUBLIC_SECTORS or any(entry.sector == words.sector for entry in entries)


def _standing(entry: Entry, when: date | None, words: Reading) -> ActorCode:
    """Code a person by what the office was on the day."""
    base = ActorCode(entry.country, entry.sector, entry.actor, "person", "office-holder", entry.group)
    if when is None or entry.is_valid(when.isoformat()):
        return base
    day = when.isoformat()
    if entry.since and day[: len(entry.since)] < entry.since:
        return replace(base, sector=words.sector, group=None, reason="office-later")
    still_titled = words.sector in _STATE_SECTORS and not words.former
    if entry.sector not in _PUBLIC_SECTORS or still_titled:
        return base
    return replace(base, sector="ELI", reason="former-office-holder")


def _code_by_name(description: ActorDescription, table: ActorTable, words: Reading) -> ActorCode | None:
    """Look the names of a state, group or body up; None if the table does not know them."""
    for name in description.names:
        entries = [entry for entry in table.find(name) if entry.table not in _PERSON_TABLES]
        if entries:
            return _code_entries(entries, description, words)
    return _code_person(description, table, words) if description.type in {"ORG", "NORP"} else None


def _code_entries(entries: list[Entry], description: ActorDescription, words: Reading) -> ActorCode:
    chosen = _prefer(choose_valid(entries, description.when), description.type, acting=description.acting)
    if len({entry.codes for entry in chosen}) > 1:
        hints = {words.country, *(part.country for part in description.parts)} - {None}
        if description.owner is not None:
            hints.add(description.owner.country)
        fitting = tuple(entry for entry in chosen if entry.country in hints)
        if len({entry.codes for entry in fitting}) != 1:
            return _ambiguous(chosen)
        chosen = fitting
    return _code_entry(chosen[0], description)


def _prefer(entries: tuple[Entry, ...], type_: EntityType, *, acting: bool) -> tuple[Entry, ...]:
    """Keep the entries that the type speaks for; of these, states first, then capitals that act."""
    if type_ in {"GPE", "LOC"}:
        wanted = [entry for entry in entries if entry.table in {"state", "capital", "place"}]
    elif type_ == "NORP":
        wanted = [entry for entry in entries if entry.table in {"adjective", "people"}]
    elif type_ == "MIL":
        wanted = [entry for entry in entries if entry.table == "group"]
    else:
        wanted = [entry for entry in entries if entry.table in {"group", "organisation", "metonym"}]
    kept = wanted or list(entries)
    if type_ == "ORG" and any(entry.kind == "media" for entry in kept):  # an army would be MIL: AFP the agency
        kept = [entry for entry in kept if entry.kind != "armed-forces"]
    states = [entry for entry in kept if entry.table == "state"]
    capitals = [entry for entry in kept if acting and entry.table == "capital"]
    return tuple(states or capitals or kept)


def _ambiguous(entries: tuple[Entry, ...]) -> ActorCode:
    """Code what all entries agree on, and nothing else."""
    countries = {entry.country for entry in entries}
    sectors = {entry.sector for entry in entries}
    return ActorCode(
        countries.pop() if len(countries) == 1 else None,
        sectors.pop() if len(sectors) == 1 else None,
        reason="ambiguous-name",
    )


def _code_entry(entry: Entry, description: ActorDescription) -> ActorCode:
    acts = description.acting or description.type == "ORG"
    sector = entry.sector
    if entry.table in {"state", "capital"} and not (acts and description.type != "LOC"):
        sector = None
    if entry.table == "adjective" and description.type == "NORP" and description.acting:
        sector = "GOV"  # "the Russians shelled": the party, not the nation
    kind = "place" if entry.table in _PLACE_TABLES and sector is None else entry.kind
    return ActorCode(entry.country, sector, entry.actor, kind, "table-name", entry.group)


def _code_by_words(description: ActorDescription, words: Reading) -> ActorCode:
    """Code by what the words say; what they leave open comes from whom it speaks for and who is mentioned inside."""
    if description.type == "LOC" or (description.type == "GPE" and not description.acting):
        words = replace(words, sector=None, kind=None, inherits=False, reason="country-alone" if words.country else "")
    else:
        words = _inherit(words, description)
    if words.reason:
        return ActorCode(words.country, words.sector, words.actor, words.kind, words.reason, words.group)
    return ActorCode(reason="not-an-actor" if description.type in _THINGS else "no-evidence")


def _inherit(words: Reading, description: ActorDescription) -> Reading:
    """Fill what is open from the owner, then from the parts."""
    if description.owner is not None:
        words = _fill(words, description.owner, "speaks-for")
    parts = [part for part in description.parts if part.country not in words.blocked and _is_known(part)]
    if len({(part.country, part.sector, part.group) for part in parts}) == 1:
        return _fill(words, parts[0], "inner-mention")
    if len({part.country for part in parts}) == 1:
        return _fill(words, ActorCode(country=parts[0].country), "inner-mention")
    return words


def _is_known(code: ActorCode) -> bool:
    return bool(code.country or code.sector or code.group)


def _fill(words: Reading, code: ActorCode, reason: str) -> Reading:
    """Take what the words leave open from another code."""
    takes_sector = (words.sector is None or words.inherits) and code.sector is not None
    takes_country = words.country is None and words.group is None and code.country is not None
    if not takes_sector and not takes_country:
        return words
    group = code.group if words.group is None and (takes_country or words.country == code.country) else words.group
    return replace(
        words,
        country=code.country if takes_country else words.country,
        sector=code.sector if takes_sector else words.sector,
        group=group,
        reason=reason,
        inherits=False,
    )
