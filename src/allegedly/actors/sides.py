"""
Sides: who belongs to which party of a conflict, and who speaks for it; one small TOML file per conflict.

::

    [conflict]
    name = "..."
    countries = ["ISO3", ...]

    [[side]]
    id = "short-name"
    name = "..."
    members = [actor ids, "ISO3", "ISO3/SECTOR" or names]
    speaks = [names of persons, offices or outlets that speak for it]

A state's code takes in its organs and citizens, but nobody of a named group and
none who are armed against it: those are listed by their own ids.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from allegedly.actors.names import normalise_name
from allegedly.actors.resolve import ActorCode
from allegedly.errors import SidesError
from allegedly.records.codes import SECTORS

SHIPPED_SIDES: Final = Path(__file__).parent.parent / "resources" / "sides"
_HINT: Final = "see resources/sides in the package for examples"
_CONFLICT_KEYS: Final = ("name", "countries")
_SIDE_KEYS: Final = ("id", "name", "members", "speaks")
_COUNTRY = re.compile(r"[A-Z]{3}")
_FEWEST_SIDES: Final = 2
# Armed groups, gangs and oppositions are in a country, but not on its side.
NOT_THE_STATES: Final = frozenset(("REB", "UAF", "PRM", "CRM", "IMG", "ISM", "OPP"))
_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


@dataclass(frozen=True, slots=True)
class Side:
    """
    One party of a conflict.

    Args:
        id: Its short name in the ledger.
        name: Its name for readers.
        members: Actor ids, countries, "country/sector" and names, as in the file.
        speaks: Names of those who speak for it.
    """

    id: str
    name: str
    members: tuple[str, ...]
    speaks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sides:
    """
    The parties of one conflict; made by :func:`load_sides`.

    Args:
        name: Name of the conflict.
        countries: Countries in which it is fought.
        sides: The parties, in order of the file.
    """

    name: str
    countries: tuple[str, ...]
    sides: tuple[Side, ...]
    _codes: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)
    _names: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for side in self.sides:
            for member in side.members:
                self._codes[member] = side.id
                self._names[normalise_name(member)] = side.id
            for name in side.speaks:
                self._names[normalise_name(name)] = side.id

    def side_of(self, code: ActorCode, names: Iterable[str] = ()) -> str | None:
        """
        Say on which side somebody is.

        The most exact statement of the file counts: actor, name, group, sector of the country, country.

        Args:
            code: Who it is.
            names: Its names in the text.

        Returns:
            Id of the side; None if it is on none.
        """
        if code.actor is not None and code.actor in self._codes:
            return self._codes[code.actor]
        for name in names:
            side = self._names.get(normalise_name(name))
            if side is not None:
                return side
        if code.group is not None:
            return self._codes.get(code.group)
        if code.country is None:
            return None
        exact = self._codes.get(f"{code.country}/{code.sector}")
        if exact is not None or code.sector in NOT_THE_STATES:
            return exact
        return self._codes.get(code.country)


def default_side(code: ActorCode) -> str | None:
    """
    Give the side of somebody when no file says: the group, else the country.

    Who is armed against a state or opposes it, but of no known group, is not on
    the state's side: the sector is put behind the country ("COL/REB").
    """
    if code.group is not None or code.country is None:
        return code.group
    return f"{code.country}/{code.sector}" if code.sector in NOT_THE_STATES else code.country


def load_sides(path: Path) -> Sides:
    """
    Read a sides file.

    Raises:
        SidesError: The file cannot be read, holds unknown or missing keys, or puts a member on two sides; the message
            names file and line and says what to do.
    """
    reader = _SidesReader(path, _read(path))
    return reader.read()


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SidesError(
            f"{path}: the sides file cannot be read: {error}", path=path, hint="check path and encoding"
        ) from error


class _SidesReader:
    """Checks one file; keeps its lines, as the TOML reader of the standard library gives none."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()
        self._data = self._parse(text)
        self._starts = [at for at, line in enumerate(self._lines, start=1) if re.match(r"\s*\[\[\s*side\s*\]\]", line)]

    def read(self) -> Sides:
        """Give the sides, or raise the first problem in order of the file."""
        self._check_keys(self._data, ("conflict", "side"), 1, "the file")
        conflict = self._table(self._data.get("conflict"), "conflict")
        start = self._find(r"\s*\[\s*conflict\s*\]", 1)
        self._check_keys(conflict, _CONFLICT_KEYS, start, "[conflict]")
        name = self._text(conflict, "name", start, "[conflict]")
        countries = self._texts(conflict, "countries", start, "[conflict]")
        tables = self._data.get("side", [])
        if not isinstance(tables, list) or len(tables) < _FEWEST_SIDES:
            raise self._error(
                self._starts[0] if self._starts else 1,
                "names fewer than two sides",
                "add a [[side]] table for each party",
            )
        sides = tuple(
            self._side(table, self._starts[at] if at < len(self._starts) else 1) for at, table in enumerate(tables)
        )
        self._check_ids(sides)
        self._check_members(sides)
        return Sides(name, countries, sides)

    def _parse(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = _LINE.search(str(error))
            line = int(found[1]) if found and found[1] else len(text.splitlines())
            raise self._error(line, f"is no TOML: {error}", "mend the line") from error

    def _side(self, table: object, start: int) -> Side:
        table = self._table(table, "side")
        self._check_keys(table, _SIDE_KEYS, start, "[[side]]")
        id_ = self._text(table, "id", start, "[[side]]")
        name = self._text(table, "name", start, "[[side]]")
        members = self._texts(table, "members", start, "[[side]]")
        speaks = self._texts(table, "speaks", start, "[[side]]") if "speaks" in table else ()
        if not members:
            raise self._error(
                self._find(r"\s*members\b", start), f"has no members on the side {id_!r}", "list at least one"
            )
        for member in members:
            self._check_member(member, start)
        return Side(id_, name, members, speaks)

    def _check_member(self, member: str, start: int) -> None:
        country, slash, sector = member.partition("/")
        if slash and _COUNTRY.fullmatch(country) and sector not in SECTORS:
            problem = f"has the member {member!r} with the unknown sector {sector!r}"
            raise self._error(self._find_text(member, start), problem, f"use one of {', '.join(SECTORS)}")

    def _check_ids(self, sides: tuple[Side, ...]) -> None:
        for at, side in enumerate(sides):
            if side.id in {other.id for other in sides[:at]}:
                line = self._find(r"\s*id\b", self._starts[at])
                raise self._error(line, f"repeats the side id {side.id!r}", "give each side an id of its own")

    def _check_members(self, sides: tuple[Side, ...]) -> None:
        """Nobody is on two sides, nor twice on one."""
        seen: dict[str, Side] = {}
        for at, side in enumerate(sides):
            for name in (*side.members, *side.speaks):
                key = normalise_name(name)
                other = seen.get(key)
                if other is not None and other.id != side.id:
                    line = self._find_text(name, self._starts[at])
                    problem = f"puts {name!r} on two sides, {other.id!r} and {side.id!r}"
                    raise self._error(line, problem, "take it from one of them")
                seen[key] = side

    def _check_keys(self, table: dict[str, Any], known: tuple[str, ...], start: int, where: str) -> None:
        for key in table:
            if key not in known:
                line = self._find(rf"\s*(?:\[+\s*)?[\"']?{re.escape(key)}\b", start)
                raise self._error(line, f"has the unknown key {key!r} in {where}", f"use {', '.join(known)}")

    def _table(self, value: object, name: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self._error(1, f"has no table {name!r}", f"add [{name}]")
        return value

    def _text(self, table: dict[str, Any], key: str, start: int, where: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            line = self._find(rf"\s*{key}\b", start) if key in table else start
            raise self._error(line, f"lacks {key!r} in {where}", f'add {key} = "..."')
        return value

    def _texts(self, table: dict[str, Any], key: str, start: int, where: str) -> tuple[str, ...]:
        value = table.get(key)
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            line = self._find(rf"\s*{key}\b", start) if key in table else start
            raise self._error(line, f"lacks {key!r}, a list of texts, in {where}", f'add {key} = ["..."]')
        return tuple(value)

    def _find(self, pattern: str, start: int) -> int:
        """Find the first line from ``start`` on that begins with a pattern; ``start`` itself if none does."""
        return next(self._search(lambda line: re.match(pattern, line) is not None, start), start)

    def _find_text(self, text: str, start: int) -> int:
        """Find the first line from ``start`` on that holds a quoted text."""
        return next(self._search(lambda line: f'"{text}"' in line or f"'{text}'" in line, start), start)

    def _search(self, fits: Callable[[str], bool], start: int) -> Iterator[int]:
        return (number for number in range(start, len(self._lines) + 1) if fits(self._lines[number - 1]))

    def _error(self, line: int, problem: str, hint: str) -> SidesError:
        return SidesError(
            f"{self._path}:{line}: the sides file {problem}", path=self._path, line=line, hint=f"{hint}; {_HINT}"
        )
