"""
The grammar's tables, and how the shorthand of a rule becomes a regular expression.

Rules are matched against text whose ASCII capitals are lowered, so they are in
small letters. In shorthand a blank is any white space without an empty line,
``~`` a blank or a hyphen, ``<name>`` a group that holds a piece, ``{name}`` a
piece without a group. Digits at a group's end only tell two apart.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple, cast

from allegedly.records.codes import TimexType
from allegedly.resources.lexicon import load_table
from allegedly.temporal.expression import Kind

TABLES: Final = Path(__file__).parents[1] / "resources" / "temporal"

_BLANK: Final = r"(?:[ \t\xa0\u202f]{1,3}|[ \t]{0,3}\r?\n[ \t]{0,3})"
_TIE: Final = rf"(?:{_BLANK}|[-‐‑–])"
_GROUP: Final = re.compile(r"(?<!P)<([a-z]+)(\d?)>")
_INCLUDE: Final = re.compile(r"\{([a-z]+)\}")
_NAME: Final = re.compile(r"\?P<[a-z]+\d?>")
_CLASS: Final = re.compile(r"\[[^\]]*\]")


class Rule(NamedTuple):
    """
    A rule of the grammar: a line of ``rules.tsv``.

    Args:
        id: Its name, shown with what it found.
        type: TIMEX3 type, unless its reader says otherwise.
        kind: Kind of meaning, unless its reader says otherwise.
        reader: Name of the function that reads its groups.
        pattern: Shorthand.
        example: Words that it must find, the expression in brackets.
    """

    id: str
    type: TimexType
    kind: Kind
    reader: str
    pattern: str
    example: str


@lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """
    Read the rules, in their order.

    Raises:
        LexiconError: A line cannot be used.
    """
    return tuple(
        Rule(id_, cast("TimexType", type_), cast("Kind", kind), *rest)
        for id_, type_, kind, *rest in load_table(TABLES / "rules.tsv", Rule._fields)
    )


@lru_cache(maxsize=1)
def load_pieces() -> dict[str, str]:
    """
    Read the pieces, those of holidays included.

    Raises:
        LexiconError: A line cannot be used.
    """
    pieces = dict(_pairs("pieces"))
    holidays = load_table(TABLES / "holidays.tsv", ("id", "names", "rule"))
    names = [name for _, names, _ in holidays for name in names.split("|")]
    pieces["holiday"] = rf"(?:{'|'.join(sorted(names, key=len, reverse=True))})\b"
    return pieces


@lru_cache(maxsize=1)
def _load_cues() -> dict[str, str]:
    return dict(_pairs("cues"))


def _pairs(table: str) -> list[tuple[str, str]]:
    """Read a table of ids and patterns."""
    return [(id_, pattern) for id_, pattern in load_table(TABLES / f"{table}.tsv", ("id", "pattern"))]


@lru_cache(maxsize=64)
def cue(name: str) -> re.Pattern[str]:
    """
    Give the words of a cue, ready to search for.

    Raises:
        LexiconError: The table cannot be used.
    """
    return re.compile(_load_cues()[name])


def expand(shorthand: str) -> str:
    """Turn the shorthand of a rule into a regular expression with named groups."""
    pieces = load_pieces()
    whole = _GROUP.sub(lambda match: f"(?P<{match[1]}{match[2]}>{pieces[match[1]]})", shorthand)
    while _INCLUDE.search(whole):
        whole = _INCLUDE.sub(lambda match: f"(?:{pieces[match[1]]})", whole)
    parts = _part_at_classes(whole)
    return "".join(part if k % 2 else part.replace(" ", _BLANK).replace("~", _TIE) for k, part in enumerate(parts))


def without_names(expression: str) -> str:
    """Turn named groups into plain ones, so that the rule can stand in a larger expression."""
    return _NAME.sub("?:", expression)


def _part_at_classes(expression: str) -> list[str]:
    """Part an expression at its character classes, which keep their blanks; they have the odd places."""
    parts: list[str] = []
    place = 0
    for match in _CLASS.finditer(expression):
        parts += [expression[place : match.start()], match[0]]
        place = match.end()
    return [*parts, expression[place:]]
