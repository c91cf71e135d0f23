"""
What stands around a name: words of kind, containers ("X, Y"), lists, datelines.

Only the letters beside the name are looked at, never the sentence's sense.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from allegedly.geo.toponyms import FoundName

REGION_WORDS: Final = frozenset(
    """oblast region province governorate state prefecture voivodeship territory krai republic canton wilaya emirate
    oblasts regions provinces governorates states""".split()
)
DISTRICT_WORDS: Final = frozenset(
    "county district raion rayon municipality parish borough counties districts parishes subdistrict prefecture".split()
)
TOWN_WORDS: Final = frozenset(
    """city town village settlement hamlet neighborhood neighbourhood suburb capital port cities towns villages
    townships township community resort""".split()
)
NATURAL_WORDS: Final = frozenset(
    """river lake mountain mountains sea gulf strait island islands peninsula valley desert bay hills forest basin
    plateau""".split()
)
_KIND_OF: Final = {
    **dict.fromkeys(REGION_WORDS, "region"), **dict.fromkeys(DISTRICT_WORDS, "district"),
    **dict.fromkeys(TOWN_WORDS, "town"), **dict.fromkeys(NATURAL_WORDS, "natural"),
}  # fmt: skip
_BEFORE: Final = re.compile(r"([\w-]+)(?:,? of| called| named|,)? (?:the )?$")
_IN: Final = re.compile(
    r"\b(?:in|at|near|from|to|outside|around|of|through|into|across|inside|toward|towards) (?:the )?$", re.IGNORECASE
)
_BEHIND: Final = re.compile(r"(?:[’']s?)?\s([A-Za-z]+)")
_PLURAL: Final = re.compile(
    r"\s+(?:counties|districts|regions|provinces|states|oblasts|parishes|towns|cities|villages|townships|governorates)\b"
)
_REACH = 40  # code points around a name that are looked at
_COMMA: Final = re.compile(r"\s*(?:,|\()\s*(?:the )?\s*")
_INSIDE: Final = re.compile(
    r",?\s+(?:in|of|within)\s+(?:the\s+)?(?:[a-z-]+\s+){0,3}(?:of\s+)?(?:the\s+)?|"
    r"\s+(?:region|oblast|province|district|county),?\s+(?:in|of)\s+(?:the\s+)?"
)
_OWNER: Final = re.compile(r"[’']s?\s+(?:[a-z-]+\s+){0,4}(?:of\s+|in\s+)?(?:the\s+)?(?:[a-z-]+\s+){0,2}(?:of\s+)?")
_LIST: Final = re.compile(r"\s*(?:,|;|/|,?\s*(?:and|or|nor|but also)\b|&|-|–)\s*(?:in\s+|the\s+){0,2}")
_DATELINE: Final = re.compile(r"[^\n.]{0,60}?(?:\([^)\n]{2,40}\)\s*)?(?:—|–|--| - |:\s)")


class Cues(NamedTuple):
    """
    What the words beside one occurrence say.

    Args:
        kind_word: "region", "district", "town", "natural", or empty: the kind that a word behind the name states.
        kind_before: The same of a word before it ("the town of X").
        place_before: Whether a preposition of place stands before it.
        dateline: Whether it stands at the head of a text that begins with its place.
    """

    kind_word: str
    kind_before: str
    place_before: bool
    dateline: bool


class Bond(NamedTuple):
    """
    Two names side by side.

    Args:
        first: Number of the first.
        second: Number of the second.
        kind: "inside" if the first may lie in the second, "around" if the second may lie in the first, "list".
        strict: Whether nothing but a comma or bracket stands between.
    """

    first: int
    second: int
    kind: str
    strict: bool


def read_cues(text: str, names: Sequence[FoundName]) -> list[Cues]:
    """Look at the words beside each name; a plural behind a list ("Orr and Karveli counties") is for all of it."""
    head = _dateline_end(text)
    cues = [_cues(text, name, dateline=name.end <= head) for name in names]
    kind = ""
    for k in range(len(names) - 1, -1, -1):
        if _PLURAL.match(text, names[k].end):
            kind = cues[k].kind_word
        elif not (kind and k + 1 < len(names) and _LIST.fullmatch(text, names[k].end, names[k + 1].start)):
            kind = ""
        if kind and not cues[k].kind_word:
            cues[k] = cues[k]._replace(kind_word=kind)
    return cues


def _cues(text: str, name: FoundName, *, dateline: bool) -> Cues:
    before, behind = text[max(0, name.start - _REACH) : name.start], text[name.end : name.end + _REACH]
    last = _BEFORE.search(before)
    follower = _BEHIND.match(behind)
    inner = text[name.start : name.end].rsplit(None, 1)
    word = follower[1].lower() if follower and name.within is None else ""
    own = inner[-1].lower() if len(inner) > 1 else ""
    first = text[name.start : name.end].split(None, 1)[0].lower()
    return Cues(
        kind_word=_KIND_OF.get(own, "")
        or _KIND_OF.get(first if " of " in text[name.start : name.end] else "", "")
        or _KIND_OF.get(word, ""),
        kind_before=_KIND_OF.get(last[1].lower(), "") if last else "",
        place_before=_IN.search(before) is not None,
        dateline=dateline,
    )


def _dateline_end(text: str) -> int:
    """Give the end of the dateline at the head of a text; 0 if there is none."""
    found = _DATELINE.match(text)
    return found.end() if found and any(letter.isupper() for letter in found[0]) else 0


def read_bonds(text: str, names: Sequence[FoundName]) -> list[Bond]:
    """Find names that stand side by side, each with its neighbour and over one member of a list."""
    out = []
    for k in range(len(names) - 1):
        between = text[names[k].end : names[k + 1].start]
        if len(between) > 2 * _REACH or "\n" in between or names[k + 1].start < names[k].end:
            continue
        if _COMMA.fullmatch(between):
            out.append(Bond(k, k + 1, "inside", strict=True))
        elif _INSIDE.fullmatch(between):
            out.append(Bond(k, k + 1, "inside", strict=False))
        elif _OWNER.fullmatch(between):
            out.append(Bond(k, k + 1, "around", strict=False))
        if _LIST.fullmatch(between):
            out.append(Bond(k, k + 1, "list", strict=False))
    return out
