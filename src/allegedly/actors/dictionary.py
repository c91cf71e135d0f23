"""
The table of actors: states, groups, organisations, office holders and nouns for those who act, by name and date.

Read once from ``resources/actors``. A name may have several entries; which one
is meant is decided in :mod:`allegedly.actors.resolve`, never here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple, cast, get_args

from allegedly.actors.names import fold, loosen, strip_the
from allegedly.records.codes import SECTORS, Sector
from allegedly.resources.lexicon import lexicon_error, load_table

TableName = Literal[
    "state", "adjective", "capital", "metonym", "people", "place", "group", "organisation", "office", "short",
]  # fmt: skip
Strength = Literal["own", "weak", "lent", "none"]

SHIPPED: Final = Path(__file__).parent.parent / "resources" / "actors"
COLUMNS: Final = {
    "states": ("id", "name", "aliases", "adjectives", "capitals", "status"),
    "metonyms": ("id", "names", "country", "sector", "kind", "actor"),
    "peoples": ("id", "names", "country", "kind"),
    "places": ("id", "names", "country", "shared"),
    "groups": ("id", "actor", "names", "country", "sector", "kind", "since", "until", "shared"),
    "organisations": ("id", "actor", "names", "country", "sector", "kind", "group", "shared"),
    "offices": ("id", "actor", "names", "short", "office", "country", "sector", "group", "since", "until"),
    "agents": ("id", "singular", "plural", "sector", "kind", "strength"),
}
# Kinds that belong to a state: its country is their side, unless they stand against it.
SIDELESS: Final = frozenset(("armed-forces", "police", "intelligence", "government", "legislature"))
_TRANSLITERATED: Final = frozenset(("group", "office", "short"))
_STRENGTHS: Final = frozenset(get_args(Strength))
_LONGEST_SHORT_FORM = 3  # letters: shorter acronyms must be printed in capitals ("WHO", not "Who")


class Entry(NamedTuple):
    """
    What one table says of a name.

    Args:
        id: Id of the line.
        actor: Id of the actor; the same in all lines of one.
        table: Which table, or which of its columns.
        country: Code of the state or disputed entity.
        sector: PLOVER sector.
        kind: Kind of actor, as the table has it.
        group: Actor id of the group that it belongs to; None for those who belong to a state.
        since: First day of validity, ISO 8601 to the day, month or year; empty if unknown.
        until: Last day of validity, in the same way.
    """

    id: str
    actor: str
    table: TableName
    country: str | None
    sector: Sector | None
    kind: str
    group: str | None = None
    since: str = ""
    until: str = ""

    def is_valid(self, day: str) -> bool:
        """Say whether the entry holds on a day, given as ISO 8601."""
        since, until = self.since, self.until
        return day[: len(since)] >= since and (not until or day[: len(until)] <= until)

    @property
    def codes(self) -> tuple[str | None, Sector | None, str | None]:
        """Give what distinguishes entries: country, sector, group."""
        return self.country, self.sector, self.group


class Agent(NamedTuple):
    """
    A noun for somebody who acts.

    Args:
        id: Id of the line.
        sector: PLOVER sector; UNK if it has none of its own.
        kind: person, office, envoy, body or weapon.
        strength: Whether it keeps its sector beside a group or body.
    """

    id: str
    sector: Sector
    kind: str
    strength: Strength


class ActorTable:
    """
    All tables by name; made by :func:`load_table_of_actors`, not changed afterwards.

    Args:
        entries: Names with their entries, in order of the tables.
        agents: Nouns by key; several where person and body share a word.
    """

    def __init__(self, entries: Iterable[tuple[str, Entry]], agents: dict[str, tuple[Agent, ...]]) -> None:
        self._names: dict[str, list[Entry]] = {}
        self._loose: dict[str, list[Entry]] | None = None  # made on first use: most reports never miss
        self._short_forms: set[str] = set()
        self._agents = agents
        self._longest: dict[str, int] = {}
        for name, entry in entries:
            self._add(name, entry)
        for key in agents:
            self._measure(key)

    def _add(self, name: str, entry: Entry) -> None:
        key = fold(name)
        names = self._names
        if key in names:
            names[key].append(entry)
        else:
            names[key] = [entry]
            self._measure(key)
        if name.isupper():
            self._short_forms.add(key)

    def _measure(self, key: str) -> None:
        """Note how many words a name beginning with this word may have."""
        first, _, rest = key.partition(" ")
        length = 1 + rest.count(" ") + bool(rest) if rest else 1
        if length > self._longest.get(first, 0):
            self._longest[first] = length

    def find(self, name: str) -> tuple[Entry, ...]:
        """
        Give all entries of a name in any spelling; empty if there are none.

        A name printed with its article is first looked for with it ("The Nation"). An acronym must not
        be in small letters.
        """
        key = fold(name)
        found = self._names.get(key) or self._names.get(strip_the(key))
        if found is None:
            found = self._find_loosely(strip_the(key))
        elif self.is_misprinted(strip_the(key), name):
            return ()
        return tuple(found)

    def _find_loosely(self, key: str) -> list[Entry]:
        """Look a person or group up in another transliteration."""
        if self._loose is None:
            self._loose = {}
            for name, entries in self._names.items():
                if name not in self._short_forms:
                    found = [entry for entry in entries if entry.table in _TRANSLITERATED]
                    if found:
                        self._loose.setdefault(loosen(name), []).extend(found)
        return self._loose.get(loosen(key), [])

    def find_key(self, key: str) -> list[Entry]:
        """Give the entries of a folded name, exactly as it is; not to be changed."""
        return self._names.get(key, [])

    def is_misprinted(self, key: str, raw: str) -> bool:
        """Say whether this is an acronym's key, but the words are in small letters ("who", "us")."""
        if key not in self._short_forms:
            return False
        return raw.islower() or (len(key) <= _LONGEST_SHORT_FORM and raw[1:].islower())

    def find_agents(self, key: str) -> tuple[Agent, ...]:
        """Give the nouns of a folded key, singular or plural; empty if it is none."""
        found = self._agents.get(key)
        if found is None and key.endswith("s"):
            for singular in _singulars(key):
                found = self._agents.get(singular)
                if found is not None:
                    break
        return found or ()

    def longest(self, word: str) -> int:
        """Give the number of words of the longest name or noun that begins with this word; 0 if none does."""
        return self._longest.get(word) or max(
            (self._longest.get(singular, 0) for singular in _singulars(word)), default=0
        )

    def names(self) -> Iterator[str]:
        """Go through all keys of names."""
        return iter(self._names)

    def __contains__(self, name: str) -> bool:
        return bool(self.find(name))


def _singulars(key: str) -> Iterator[str]:
    """Give what a regular plural may be the plural of."""
    if key.endswith("ies"):
        yield key[:-3] + "y"
    if key.endswith("s"):
        yield key[:-1]
    if key.endswith("es"):
        yield key[:-2]


def choose_valid(entries: Iterable[Entry], when: date | None) -> tuple[Entry, ...]:
    """
    Keep the entries that hold on a day; of each actor with none, the nearest one.

    Without a day the present standing counts: entries without an end, else the latest.
    """
    by_actor: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        by_actor.setdefault((entry.actor, entry.table), []).append(entry)
    day = None if when is None else when.isoformat()
    return tuple(entry for found in by_actor.values() for entry in _valid(found, day))


def _valid(entries: list[Entry], day: str | None) -> list[Entry]:
    if len(entries) == 1:
        return entries
    if day is None:
        open_ended = [entry for entry in entries if not entry.until]
        return open_ended[-1:] or [max(entries, key=lambda entry: entry.until)]
    valid = [entry for entry in entries if entry.is_valid(day)]
    if valid:
        return valid[-1:]
    past = [entry for entry in entries if entry.until and entry.until < day]
    return [max(past, key=lambda entry: entry.until)] if past else [min(entries, key=lambda entry: entry.since)]


@lru_cache(maxsize=4)
def load_table_of_actors(folder: Path = SHIPPED) -> ActorTable:
    """
    Read all tables; the shipped ones are read once.

    Raises:
        LexiconError: A line cannot be used; the message names file and line.
    """
    return ActorTable(_entries(folder), _agents(folder))


def _entries(folder: Path) -> Iterator[tuple[str, Entry]]:
    yield from _states(folder)
    for id_, names, country, sector, kind, actor in _rows(folder, "metonyms"):
        group = actor if sector in {"EUR", "UNO"} else None
        yield from _each(names, Entry(id_, actor or id_, "metonym", country or None, _code(sector), kind, group))
    for id_, names, country, kind in _rows(folder, "peoples"):
        yield from _each(names, Entry(id_, id_, "people", country or None, "REL" if kind == "religion" else None, kind))
    for id_, names, country, _ in _rows(folder, "places"):
        yield names, Entry(id_, id_, "place", country, None, "place")
    for id_, actor, names, country, sector, kind, since, until, _ in _rows(folder, "groups"):
        group = None if kind in SIDELESS and sector not in {"REB", "OPP"} else actor
        yield from _each(names, Entry(id_, actor, "group", country or None, _code(sector), kind, group, since, until))
    for id_, actor, names, country, sector, kind, group, _ in _rows(folder, "organisations"):
        entry = Entry(id_, actor, "organisation", country or None, _code(sector), kind, group or None)
        yield from _each(names, entry)
    yield from _offices(folder)


def _states(folder: Path) -> Iterator[tuple[str, Entry]]:
    for id_, name, aliases, adjectives, capitals, _ in _rows(folder, "states"):
        state = Entry(id_, id_, "state", id_, "GOV", "state")
        yield name, state
        yield from _each(aliases, state)
        yield from _each(adjectives, Entry(id_, id_, "adjective", id_, None, "people"))
        yield from _each(capitals, Entry(id_, id_, "capital", id_, "GOV", "capital"))


def _offices(folder: Path) -> Iterator[tuple[str, Entry]]:
    for id_, actor, names, short, _, country, sector, group, since, until in _rows(folder, "offices"):
        fields = (country or None, _code(sector), "person", group or None, since, until)
        yield from _each(names, Entry(id_, actor, "office", *fields))
        yield from _each(short, Entry(id_, actor, "short", *fields))


def _each(names: str, entry: Entry) -> Iterator[tuple[str, Entry]]:
    if names:
        for name in names.split("|"):
            yield name, entry


def _code(sector: str) -> Sector | None:
    return cast("Sector", sector) if sector else None


def _rows(folder: Path, table: str) -> list[list[str]]:
    """Read one table and check that its sectors exist."""
    path = folder / f"{table}.tsv"
    columns = COLUMNS[table]
    rows = load_table(path, columns)
    if "sector" in columns:
        column = columns.index("sector")
        known = {*SECTORS, ""}
        for row in rows:
            if row[column] not in known:
                raise lexicon_error(path, _line_of(path, row), f"has the unknown sector {row[column]!r}")
    return rows


def _line_of(path: Path, row: list[str]) -> int:
    """Find the line of an entry; only needed for messages."""
    lines = path.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.split("\t") == row)


def _agents(folder: Path) -> dict[str, tuple[Agent, ...]]:
    agents: dict[str, tuple[Agent, ...]] = {}
    for id_, singular, plural, sector, kind, strength in _rows(folder, "agents"):
        if strength not in _STRENGTHS:
            row = [id_, singular, plural, sector, kind, strength]
            path = folder / "agents.tsv"
            raise lexicon_error(path, _line_of(path, row), f"has the unknown strength {strength!r}")
        agent = Agent(id_, cast("Sector", sector), kind, cast("Strength", strength))
        for name in (singular, plural):
            if name:
                key = fold(name)
                agents[key] = (*agents.get(key, ()), agent)
    return agents
