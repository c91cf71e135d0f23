"""
Candidate pairs: only claims near in time, of one family of types, with a place, a party or telling words in common.

A claim is filed under a few keys: its window of days with a place, a party or a
telling word. Two claims that share two of these are a candidate pair; so are
the claims of one document. A claim keeps its likeliest pairs only, and looks at
the nearest claims under a key, so that the number of pairs grows in step with
the number of claims. "Nearest" is by publication, never by order of adding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from allegedly.corroboration.items import Item
from allegedly.corroboration.stems import telling
from allegedly.records.codes import EventType

MOST: Final = 40  # claims that a claim is looked at with under one key, the nearest ones in order
TELLING: Final = 0.55  # how telling a word must be to be a key
WORDS: Final = 6  # most telling words of a claim that are keys
WINDOW: Final = 5  # days; each claim is filed under its window of days and the next
COMMON: Final = 2  # topics in common that make a pair
KEPT: Final = 24  # likeliest pairs of a claim with those before it

# Types that can be one incident. Words alone (accusing, asking, refusing) make none.
FAMILIES: Final[dict[str, str]] = {
    "ASSAULT": "force", "HARM": "force", "DAMAGE": "force", "COERCE": "coerce", "PROTEST": "protest",
    "MOBILIZE": "move", "RETREAT": "move", "CONTROL": "control", "SANCTION": "sanction", "AID": "help",
    "COOPERATE": "help", "CONSULT": "talk", "AGREE": "talk", "SUPPORT": "talk", "CONCEDE": "talk",
}  # fmt: skip


def makes_incident(kind: EventType | None, factuality: str | None) -> bool:
    """Say whether an event belongs to an incident: it is said to have happened or not, and is more than words."""
    return kind in FAMILIES and factuality in {"+", "-", "?"}


def keys_of(item: Item) -> list[tuple[str, str]]:
    """Give the keys that a claim is filed under: family and window of days, each with a place, party or word."""
    family = FAMILIES.get(item.family or "", "")
    words = [word for word in item.context if telling(word) >= TELLING and not word.isdecimal()]
    words = sorted(words, key=lambda word: (-telling(word), word))[:WORDS]
    topics = {
        *(f"p:{key}" for key in item.places),
        *(f"a:{key}" for key in item.actors | item.recipients if key.startswith("=") or telling(key) >= TELLING),
        *(f"w:{word}" for word in words),
    }
    if item.point is not None:
        topics.add(f"g:{round(item.point[0] * 2)}:{round(item.point[1] * 2)}")
    return [(f"{family}:{window}", topic) for window in _windows(item) for topic in sorted(topics)]


def _windows(item: Item) -> list[int]:
    """Give the windows of days that a claim falls into; those of its publication where it states no day."""
    day = item.days[0] if item.days is not None else item.published
    if day is None:
        return [-1]
    return [day // WINDOW, day // WINDOW + 1]


def candidate_pairs(items: Sequence[Item]) -> list[tuple[int, int]]:
    """
    Give pairs of item numbers worth comparing, smaller number first, each once.

    Args:
        items: The items; which of them make pairs does not depend on their order here.
    """
    order = sorted(range(len(items)), key=lambda k: (items[k].published or 0, items[k].id))
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    documents: dict[tuple[str, str], list[int]] = defaultdict(list)
    pairs: set[tuple[int, int]] = set()
    for number in order:
        item = items[number]
        shared: dict[int, set[str]] = defaultdict(set)
        for key in keys_of(item):
            block = blocks[key]
            for other in block[-MOST:]:
                shared[other].add(key[1])
            block.append(number)
        likely = [other for other, topics in shared.items() if len(topics) >= COMMON]
        likely.sort(key=lambda other: (-len(shared[other]), items[other].id))
        beside = documents[item.document, FAMILIES.get(item.family or "", "")]
        pairs.update((min(number, other), max(number, other)) for other in (*likely[:KEPT], *beside[-MOST:]))
        beside.append(number)
    return sorted(pairs)
