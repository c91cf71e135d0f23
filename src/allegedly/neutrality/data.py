"""Parties and templates of the side-swap test, read from the TOML files beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal, TypeVar, get_args

from allegedly.errors import ResourceError

T = TypeVar("T", bound=str)
Kind = Literal["state", "group", "mixed"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ANY = "any"
COMMON = frozenset(
    ["name", "short", "headline", "adjective", "title", "head", "leader", "surname", "office", "envoy", "envoy_surname"]
)
SLOTS: Mapping[str, frozenset[str]] = {
    ANY: COMMON,
    "mixed": COMMON,
    "group": COMMON,
    "state": COMMON | {"people", "capital", "country"},
}


@dataclass(frozen=True, slots=True)
class Pair:
    """
    Two parties of one conflict, with the words that fill the slots; immutable.

    Args:
        id: Its name.
        kind: Two states, two armed groups, or a state's force and a group.
        published: Publication date of its texts, so that office holders are those of the day.
        first: Words of the one party, by slot.
        second: Words of the other.
    """

    id: str
    kind: Kind
    published: str
    first: Mapping[str, str]
    second: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Template:
    """
    A short report with slots such as ``{A.name}`` and ``{B.capital}``; immutable.

    A slot in capitals (``{A.Name}``) opens a sentence.

    Args:
        id: Its name.
        kind: For which pairs it is; ``any`` for all.
        text: The report.
    """

    id: str
    kind: str
    text: str

    def fits(self, pair: Pair) -> bool:
        """Say whether its slots are those of the pair."""
        return self.kind in {ANY, pair.kind}


def load_pairs(raw: str | None = None) -> tuple[Pair, ...]:
    """
    Read the pairs of parties.

    Args:
        raw: TOML to read instead of the shipped file.

    Raises:
        ResourceError: If the data is not what it claims to be; the message names the entry.
    """
    pairs = []
    for entry in _entries(raw, "parties.toml", "pair"):
        kind = _known(entry["kind"], KINDS, entry["id"])
        for side in ("first", "second"):
            _check_slots(entry[side], SLOTS[kind], f"{entry['id']}, {side}")
        pairs.append(Pair(entry["id"], kind, entry["published"], entry["first"], entry["second"]))
    return tuple(pairs)


def load_templates(raw: str | None = None) -> tuple[Template, ...]:
    """
    Read the templates.

    Args:
        raw: TOML to read instead of the shipped file.

    Raises:
        ResourceError: If the data is not what it claims to be; the message names the entry.
    """
    entries = _entries(raw, "templates.toml", "template")
    return tuple(
        Template(entry["id"], _known(entry["kind"], (ANY, *KINDS), entry["id"]), entry["text"]) for entry in entries
    )


def _entries(raw: str | None, name: str, key: str) -> Sequence[Mapping[str, Any]]:
    """Parse one of the files and check that its entries have the keys they need and ids of their own."""
    raw = (resources.files("allegedly.neutrality") / name).read_text("utf-8") if raw is None else raw
    try:
        entries: Sequence[Mapping[str, Any]] = tomllib.loads(raw)[key]
    except (tomllib.TOMLDecodeError, KeyError) as problem:
        raise ResourceError(f"{name}: {problem}", hint="reinstall allegedly") from None
    wanted = {"id", "kind", "published", "first", "second"} if key == "pair" else {"id", "kind", "text"}
    for number, entry in enumerate(entries, 1):
        if set(entry) != wanted:
            odd = ", ".join(sorted(wanted ^ set(entry)))
            raise ResourceError(
                f"{name}: {key} {number} has missing or unknown keys: {odd}", hint="reinstall allegedly"
            )
    if len({entry["id"] for entry in entries}) < len(entries):
        raise ResourceError(f"{name}: two entries have one id", hint="reinstall allegedly")
    return entries


def _known(value: str, values: Sequence[T], where: str) -> T:
    for known in values:
        if value == known:
            return known
    raise ResourceError(f"{where}: unknown kind {value!r}", hint=f"one of {', '.join(values)}")


def _check_slots(words: Mapping[str, str], slots: frozenset[str], where: str) -> None:
    if set(words) != slots:
        odd = ", ".join(sorted(slots ^ set(words)))
        raise ResourceError(f"parties.toml: {where}: missing or unknown slots: {odd}", hint="reinstall allegedly")
