"""
What stands for several entities at once: "both sides", "the two ministers", "Norland and Southland".

A coordination holds its members as phrases. A description with "both" or "the
two" takes the two entities of its kind that were mentioned most before it; if
there are not two, it stays without members rather than with a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from allegedly.coreference.items import INNER_TYPES, NOMINAL, PRONOUN, Item, Words

REACH = 40  # mentions before it that are looked at
_DEFINITE = frozenset((1, 2))  # determiners of items.Words: "the", "these"
_PARTIES = frozenset(
    "sides parties countries states nations governments capitals armies forces militaries neighbours neighbors rivals"
    " enemies belligerents foes camps factions groups movements militias powers".split()
)
_PEOPLE = frozenset(
    "leaders men women ministers presidents generals officials officers commanders envoys diplomats politicians"
    " candidates negotiators spokesmen spokespeople mayors governors brothers sisters premiers".split()
)
_ARMED = frozenset("armies forces militaries militias groups factions movements".split())
_STATES = frozenset("countries states nations governments capitals neighbours neighbors powers".split())
_PERSON, _ARMY, _BODY = (INNER_TYPES.index(t) for t in ("PER", "MIL", "ORG"))
_STATE_TYPES: Final = frozenset(INNER_TYPES.index(t) for t in ("GPE", "NORP"))
_PARTY_TYPES: Final = _STATE_TYPES | {_ARMY, _BODY}


def find_members(
    text: str, items: Sequence[Item], words: Sequence[Words], chain: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """
    Find the members of each plural entity.

    Args:
        text: The text.
        items: Mentions in order of their heads.
        words: Their words.
        chain: Number of each mention's chain.

    Returns:
        Chain to the chains it stands for, two or more.
    """
    out: dict[int, tuple[int, ...]] = {}
    for i, item in enumerate(items):
        if item.kind != NOMINAL or chain[i] in out:
            continue
        if text[slice(*item.head)].lower() in ("and", "&"):
            found = _parts(items, chain, i)
        elif _is_pair(words[i]):
            found = _chief_two(items, chain, i, _wanted_types(words[i].head))
        else:
            continue
        found = tuple(k for k in dict.fromkeys(found) if k != chain[i])
        if len(found) > 1:
            out[chain[i]] = found
    return out


def _is_pair(words: Words) -> bool:
    """Say whether the words speak of two known ones: "both sides", "the two ministers", not "two men"."""
    if words.head not in _PARTIES and words.head not in _PEOPLE:
        return False
    return "both" in words.content or ("two" in words.content and words.determiner in _DEFINITE)


def _wanted_types(head: str) -> tuple[frozenset[int], ...]:
    """Give the types that members may have, the likeliest first."""
    if head in _PEOPLE:
        return (frozenset((_PERSON,)),)
    if head in _ARMED:
        return (frozenset((_ARMY,)), _PARTY_TYPES)
    if head in _STATES:
        return (_STATE_TYPES, _PARTY_TYPES)
    return (_PARTY_TYPES - {_BODY}, _PARTY_TYPES)


def _parts(items: Sequence[Item], chain: Sequence[int], i: int) -> tuple[int, ...]:
    """Give the chains of the outermost phrases inside a coordination."""
    whole, end, out = items[i], -1, []
    low, high = max(0, i - REACH), i + REACH
    inside = [k for k in range(low, min(high, len(items))) if k != i and _inside(items[k], whole)]
    for k in sorted(inside, key=lambda k: (items[k].start, -items[k].end)):
        if items[k].start >= end:
            out.append(chain[k])
            end = items[k].end
    return tuple(out)


def _inside(item: Item, whole: Item) -> bool:
    return whole.start <= item.start and item.end <= whole.end


def _chief_two(
    items: Sequence[Item], chain: Sequence[int], i: int, wanted: Sequence[frozenset[int]]
) -> tuple[int, ...]:
    """Give the two entities mentioned most before a mention, those named last if equal, in order of the text."""
    for types in wanted:
        counts: dict[int, int] = {}
        last: dict[int, int] = {}
        for k in range(max(0, i - REACH), i):
            if items[k].kind != PRONOUN and items[k].type in types:
                counts[chain[k]] = counts.get(chain[k], 0) + 1
                last[chain[k]] = k
        if len(counts) > 1:
            chosen = sorted(counts, key=lambda c: (counts[c], last[c]))[-2:]
            return tuple(sorted(chosen, key=chain.index))
    return ()
