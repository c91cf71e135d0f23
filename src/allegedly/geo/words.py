"""
Words that stand for places: names of states, demonyms, seats of governments, spellings and renamings.

States, their adjectives, capitals and metonyms come from the tables of actors,
so that actor and place never disagree about a code.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from allegedly.geo.policy import SHIPPED_TABLES
from allegedly.geo.spelling import fold_name
from allegedly.resources.lexicon import load_table

SHIPPED_ACTORS: Final = Path(__file__).parent.parent / "resources" / "actors"
COLUMNS: Final = {
    "spellings": ("id", "names", "country", "kind"),
    "demonyms": ("id", "names", "place", "country"),
    "states": ("id", "name", "aliases", "adjectives", "capitals", "status"),
    "metonyms": ("id", "names", "country", "sector", "kind", "actor"),
}
_GOVERNMENT: Final = "GOV"


class Synonyms(NamedTuple):
    """
    Names of one place, none of them preferred.

    Args:
        names: All of them, as printed.
        country: Code of its country.
        kind: Kind of the place; empty if any.
    """

    names: tuple[str, ...]
    country: str
    kind: str


class Words(NamedTuple):
    """
    All tables by exact key; made by :func:`load_words`.

    Args:
        states: Codes by name, alias and abbreviation.
        abbreviations: Those of these keys that count only if printed in capitals ("US", "UAE", "CAR").
        demonyms: Name and country of the place meant; the name is empty for the state itself.
        metonyms: Codes by capital, building or office that stands for a government.
        synonyms: Spellings and renamings.
    """

    states: dict[str, str]
    abbreviations: frozenset[str]
    demonyms: dict[str, tuple[str, str]]
    metonyms: dict[str, str]
    synonyms: dict[str, tuple[Synonyms, ...]]


@lru_cache(maxsize=4)
def load_words(folder: Path = SHIPPED_TABLES, actors: Path = SHIPPED_ACTORS) -> Words:
    """
    Read the tables; the shipped ones are read once.

    Raises:
        LexiconError: A line cannot be used; the message names file and line.
    """
    states: dict[str, str] = {}
    demonyms: dict[str, tuple[str, str]] = {}
    metonyms: dict[str, str] = {}
    capitals: set[str] = set()
    for code, name, aliases, adjectives, seats, _ in load_table(actors / "states.tsv", COLUMNS["states"]):
        for alias in _each(name, aliases):
            states[fold_name(alias)] = code
            if alias.isupper():
                capitals.add(fold_name(alias))
        demonyms.update((fold_name(word), ("", code)) for word in _each(adjectives))
        metonyms.update((fold_name(seat), code) for seat in _each(seats))
    for _, names, code, sector, _, _ in load_table(actors / "metonyms.tsv", COLUMNS["metonyms"]):
        if sector == _GOVERNMENT and code:
            metonyms.update((fold_name(name), code) for name in _each(names))
    for _, names, place, code in load_table(folder / "demonyms.tsv", COLUMNS["demonyms"]):
        demonyms.update((fold_name(name), (place, code)) for name in _each(names))
    return Words(states, frozenset(capitals), demonyms, metonyms, _read_synonyms(folder))


def _read_synonyms(folder: Path) -> dict[str, tuple[Synonyms, ...]]:
    found: dict[str, tuple[Synonyms, ...]] = {}
    for _, names, country, kind in load_table(folder / "spellings.tsv", COLUMNS["spellings"]):
        synonyms = Synonyms(tuple(_each(names)), country, kind)
        for name in synonyms.names:
            key = fold_name(name)
            found[key] = (*found.get(key, ()), synonyms)
    return found


def _each(*fields: str) -> Iterator[str]:
    return (name for field in fields for name in field.split("|") if name)
