"""
The trivial baseline for names and sources: runs of capitals, and the nearest name before.

A run of capitalised words is a name; its neighbours and its last word say its
type. A pronoun or description that says something is the nearest name before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allegedly.metrics.mentions import TypedSpan
from bench.found import Found, FoundChain, FoundSource, Pair
from bench.rivals.regex_quotes import extract
from bench.rivals.string_match import PRONOUNS, chain_mentions
from bench.systems import System

_CAPITAL = r"(?:(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|St)\.|[A-Z][\w’'-]*)"
_RUN = re.compile(rf"\b{_CAPITAL}(?: (?:(?:of|of the|al|bin|de|and) )?{_CAPITAL})*")
_POSSESSIVE = re.compile(r"[’']s?$")
_WORD = re.compile(r"\w+")
_ORGANISATION = re.compile(
    r"\b(?:Agency|Army|Bank|Brigades?|Committee|Company|Council|Court|Force|Forces|Front|Government|Group|Inc|League"
    r"|Ministry|Movement|Nations|News|Office|Organi[sz]ation|Parliament|Party|Police|Senate|Union|University)$|^[A-Z]{2,5}$"
)
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|from|to|of|outside|across) (?:the )?$")
_OPENERS = frozenset(
    """
    a about after all also although an and another as at because before both but by despite during each even for from
    he her here his how however i if in it its last many more most my no not now of on one only or other our she since
    so some still such than that the their then there these they this those though to two under until we what when
    where which while who why with yes yet you your monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december
    """.split()
)


def load() -> System:
    """Give the baseline."""
    return System(
        "capitals",
        "this repository",
        names=find_names,
        mentions=find_mentions,
        chains=find_chains,
        chains_of=chain_mentions,
        sources=find_sources,
        note="capitalised runs, same head word, nearest name before",
    )


def find_names(text: str) -> list[TypedSpan]:
    """Find runs of capitalised words."""
    return [TypedSpan(start, end, _type(text, start, end)) for start, end in _runs(text)]


def _runs(text: str) -> Iterator[Pair]:
    """Give runs of capitals, without the words that open a sentence and without a possessive sign."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        words = match.group().split(" ")
        while words and words[0].casefold() in _OPENERS:
            start += len(words[0]) + 1
            words = words[1:]
        sign = _POSSESSIVE.search(text[start:end])
        end -= len(sign.group()) if sign else 0
        if start < end:
            yield start, end


def _type(text: str, start: int, end: int) -> str:
    """Guess the type of a name."""
    if _ORGANISATION.search(text[start:end]):
        return "ORG"
    if _PLACE_BEFORE.search(text[max(0, start - 12) : start]):
        return "GPE"
    return "PER" if " " in text[start:end] else "GPE"


def find_mentions(text: str) -> list[Found]:
    """Find names and pronouns; without a parser descriptions are out of reach."""
    names = [Found(name[:2], _head(text, name), "name", name.type) for name in find_names(text)]
    pronouns = [
        Found(match.span(), match.span(), "pronoun", "PER")
        for match in _WORD.finditer(text)
        if match.group().casefold() in PRONOUNS
    ]
    return sorted(names + pronouns)


def _head(text: str, name: TypedSpan) -> Pair:
    """Give the head word of a name: the first of a person's, else the last."""
    words = [match.span() for match in _WORD.finditer(text, name.start, name.end)]
    return words[0 if name.type == "PER" else -1]


def find_chains(text: str) -> list[FoundChain]:
    """Join names and pronouns."""
    return chain_mentions(text, find_mentions(text))


def find_sources(text: str) -> list[FoundSource]:
    """Give the sources of direct quotations; one that is no name is the nearest name before it."""
    names = [mention for mention in find_mentions(text) if mention.kind == "name"]
    found = []
    for row in extract(text):
        (start, end), cue = row["source"][0], row["cue"][0]
        own = [name for name in names if start <= name.span[0] < end]
        before = [name for name in names if name.span[1] <= start]
        chosen = own[:1] or before[-1:]
        name = text[slice(*chosen[0].span)] if chosen else None
        found.append(FoundSource(((start, end),), ((cue[0], cue[1]),), name, tuple(chosen)))
    return found
