"""
Words by which a short statement says what it is about: responsibility, the event itself, a toll, a weapon.

"Denied any role", "rejected that claim", "put the toll at 9", "used no cluster
bombs": the content names no event of its own, or denies one part of it only.
English; other languages need tables of their own.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from allegedly.corroboration.stems import RESOURCES, split_words, stem
from allegedly.resources.lexicon import load_table

RESPONSIBILITY: Final = re.compile(
    r"\b(?:responsib\w+|involve(?:d|ment)|complicit\w*|complicity|culpab\w+"
    r"|(?:any|a|no|its|their|his|her) (?:role|part|hand)\b"
    r"|(?:role|part|hand) in\b|behind (?:it|the|this|that)\b|being behind|was behind|were behind"
    r"|carr(?:ying|ied) (?:it )?out"
    r"|link(?:s|ed)? to (?:it|the)|connection (?:to|with)|to blame|its doing|done it|did it|blame)\b",
    re.IGNORECASE,
)
CLAIM: Final = re.compile(
    r"^(?:(?:that|this|those|these|the|such|any|all|both|its|their|his|her|similar|earlier)\s+)*(?:[\w'’-]+\s+){0,3}?"
    r"(?:claims?|accusations?|allegations?|charges?|reports?|versions?|accounts?|assertions?|suggestions?|accusers?|"
    r"figures?|tolls?|it|this|that|them|so|both)\b",
    re.IGNORECASE,
)
HAPPENED: Final = re.compile(
    r"\b(?:took place|taken place|taking place|happened|occurred"
    r"|there (?:was|were|had been|has been|have been) (?:no|any|an?)\b"
    r"|(?:any|no) such\b|(?:any|no) (?:attack|strike|incident|raid|shelling|bombing|clash|operation)"
    r"|(?:any|no) (?:fighting|arrests?|blast)"
    r"|invented|fabricat\w+|staged|fiction|did not exist|never happened)",
    re.IGNORECASE,
)
KILLED: Final = re.compile(
    r"\b(?:toll|figures?|numbers?|deaths?|dead|died|casualt\w+|losses|killed|fatalit\w+|victims?|how many)\b",
    re.IGNORECASE,
)
WOUNDED: Final = re.compile(r"\b(?:wounded|injur\w+|hurt)\b", re.IGNORECASE)
WHO: Final = re.compile(r"\b(?:who|whose|responsib\w+|behind|perpetrat\w+|origin of|blame)\b", re.IGNORECASE)
USE: Final = re.compile(r"\b(?:us(?:e|ed|es|ing)|fir(?:ed|ing)|dropp(?:ed|ing)|carr(?:ied|ying))\b", re.IGNORECASE)
CONCEDE: Final = re.compile(
    r"\b(?:admit\w*|acknowledg\w+|conced\w+|own(?:ed|s) up|accept\w*|apologi[sz]\w+|recogni[sz]\w+)\b", re.IGNORECASE
)
REVISION: Final = re.compile(
    r"\b(?:revis\w+|correct\w+|updat\w+|earlier (?:said|put|figure|toll)|(?:rais|lower|reduc|cut)\w* (?:its|the|their)|"
    r"not \w+ as (?:first|earlier)|instead of|(?:risen|rose) to|now\b|initially)",
    re.IGNORECASE,
)
CUMULATIVE: Final = re.compile(
    r"\b(?:since\b(?! then)|so far (?:this|in)|to date|overall|in all since|cumulative\w*|altogether since|"
    r"during the (?:war|conflict|campaign|siege|offensive|uprising|month|week|year)|"
    r"(?:over|in|for) the (?:past|last) (?:\w+ )?(?:days|weeks|months|years|week|month|year)|"
    r"(?:this|last|each|per|every) (?:year|month)|in (?:\w+ )?(?:weeks|months|years) of"
    r"|of the (?:war|conflict|siege|campaign))",
    re.IGNORECASE,
)


class Weapon(NamedTuple):
    """
    A weapon that a text names.

    Args:
        key: Its kind.
        words: Its words, verbatim.
    """

    key: str
    words: str


def find_weapons(text: str) -> list[Weapon]:
    """
    Find the kinds of weapons that a text names, each once.

    Example:
        >>> find_weapons("Two drones and a drone hit it")
        [Weapon(key='drone', words='drones')]
    """
    found: dict[str, Weapon] = {}
    for match in _weapons()[0].finditer(text):
        key = _weapons()[1][match[0].lower()]
        found.setdefault(key, Weapon(key, match[0]))
    return list(found.values())


@cache
def _weapons() -> tuple[re.Pattern[str], dict[str, str]]:
    words = {
        word: row[0] for row in load_table(RESOURCES / "weapons.tsv", ("id", "words")) for word in row[1].split("|")
    }
    listed = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE), words


def is_site(words: str, kind: str | None) -> bool:
    """
    Say whether a recipient is a thing or place that was hit, rather than people.

    Args:
        words: Its words.
        kind: Type of its entity, if known.
    """
    return kind in {"FAC", "VEH", "LOC"} or any(stem(word) in _sites() for word in split_words(words)[-3:])


@cache
def _sites() -> frozenset[str]:
    return frozenset(
        stem(word) for row in load_table(RESOURCES / "sites.tsv", ("id", "words")) for word in row[1].split()
    )
