"""
Labels of names, mentions and chains, as far as a corpus knows them.

Corpora differ in what they annotate: some know only names, some call every
place a place. A token's label is therefore a *set*: the loss is the negative
log-probability of the whole set (marginal likelihood, as in Mann and McCallum
2010), so that nothing is learnt from what a corpus does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from allegedly.coreference.items import INNER_TYPES, NAME, NAME_TYPES, NOMINAL, PRONOUN
from allegedly.coreference.names import HONORIFICS, plain
from training.invented.markup import INSIDE_NOMINAL, WORD

KINDS = {"name": NAME, "nominal": NOMINAL, "nom": NOMINAL, "pronoun": PRONOUN, "pron": PRONOUN}
NOTHING = 1  # label 0
EVERY_MENTION = (1 << (1 + 3 * len(INNER_TYPES))) - 1
EVERY_NAME = (1 << (1 + 2 * len(NAME_TYPES))) - 1
ENTITY_TYPES = INNER_TYPES[:9]
OTHER_TYPES = INNER_TYPES[9:]


def mention_mask(types: Iterable[str], kinds: Iterable[int] = (NAME, NOMINAL, PRONOUN)) -> int:
    """Give the set of mention labels with any of these types and kinds, as bits."""
    wanted = [INNER_TYPES.index(t) for t in types]
    return sum(1 << (1 + kind * len(INNER_TYPES) + t) for kind in kinds for t in wanted)


def name_masks(types: Iterable[str]) -> tuple[int, int]:
    """Give the sets of labels of a name's first and of its further tokens."""
    wanted = [NAME_TYPES.index(t) for t in types]
    return sum(1 << (1 + 2 * t) for t in wanted), sum(1 << (2 + 2 * t) for t in wanted)


@dataclass(slots=True)
class Marked:
    """
    A mention; offsets are code points.

    Args:
        start: Where the phrase begins.
        end: Where it ends.
        head: Start and end of its head word.
        kind: Name, description or pronoun; None if the corpus does not say.
        types: Types it may have.
        keys: Chains it belongs to; empty if the corpus has none.
        whole: False if only the head is known, not the phrase.
        name: Start and end of the name proper, if known.
    """

    start: int
    end: int
    head: tuple[int, int]
    kind: int | None
    types: tuple[str, ...]
    keys: tuple[str, ...] = ()
    whole: bool = True
    name: tuple[int, int] | None = None


@dataclass(slots=True)
class EntityLabels:
    """
    What one text says of names, mentions and chains.

    Args:
        mentions: Mentions, in any order.
        names: (start, end, types) of names, apart from one another.
        loose: Stretches in which names, mentions or both may be unmarked.
        adjectives: Words that may be nationalities, where the corpus marks none.
        other_mentions: Labels that unmarked tokens may have in the mention layer; 0 if there is no such layer.
        other_names: The same for the name layer.
        chained: True if mentions of one key, and no others, refer to the same.
        rough_sentences: Sentences cut by a simple rule, for distances only; empty where the corpus has its own.
    """

    mentions: list[Marked] = field(default_factory=list)
    names: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    loose: list[tuple[int, int]] = field(default_factory=list)
    adjectives: list[tuple[int, int]] = field(default_factory=list)
    other_mentions: int = 0
    other_names: int = 0
    chained: bool = False
    rough_sentences: list[tuple[int, int]] = field(default_factory=list)


_FORCES = frozenset(
    "army navy military militia force forces troops soldier soldiers fighter fighters militant militants rebel rebels"
    " insurgent insurgents guerrilla guerrillas gunman gunmen brigade battalion regiment division squadron".split()
)
_WEAPONS = frozenset(
    "weapon weapons gun guns rifle rifles pistol bomb bombs missile missiles rocket rockets grenade grenades mine mines"
    " mortar mortars shell shells drone drones ammunition explosives artillery sword swords knife".split()
)
_VEHICLES = frozenset(
    "car cars truck trucks lorry bus buses van ship ships boat boats vessel plane planes aircraft helicopter"
    " helicopters jet jets tank tanks train trains vehicle vehicles bicycle motorcycle ferry submarine taxi"
    " tractor".split()
)


def finer(types: tuple[str, ...], kind: int | None, head: str) -> tuple[str, ...]:
    """
    Take from a set of types those that the words rule out: left open, the tagger would drift to any of them.

    People and bodies are armed forces only by their head word (names of bodies may be), things are weapons or vehicles
    only by theirs, and no pronoun is more than its corpus says.
    """
    word = plain(head)
    if "PER" in types:
        if kind == NOMINAL and word in _FORCES:
            return ("MIL", "PER")
        return ("PER", "NORP") if kind == NAME and "NORP" in types else ("PER",)
    if "MIL" in types:
        if kind == NAME:
            return ("ORG", "MIL")
        return ("MIL",) if word in _FORCES else ("ORG",)
    if "OBJECT" in types:
        return ("WEA",) if word in _WEAPONS else ("VEH",) if word in _VEHICLES else ("OBJECT",)
    return types


def guess_head(text: str, start: int, end: int, *, person_name: bool, name: bool) -> tuple[int, int]:
    """Find the head word of a phrase whose corpus marks none: a person's first name, or the last before a modifier."""
    words = list(WORD.finditer(text, start, end))
    if not words:
        return start, end
    if person_name:
        kept = [w for w in words if plain(w.group()) not in HONORIFICS] or words
        return kept[0].span()
    cut = INSIDE_NOMINAL.search(text, start + 1, end)
    before = [w for w in words if not cut or w.start() < cut.start()] or words
    found = before[-1]
    possessive = re.search(r"[’']s?$", found.group())
    return found.start(), found.end() - (len(possessive.group()) if possessive and not name else 0)


def without_title(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut titles off the front of a person's name."""
    words = list(WORD.finditer(text, start, end))
    k = 0
    while k < len(words) - 1 and plain(words[k].group()) in HONORIFICS:
        k += 1
    return (words[k].start() if words else start), end


def one_a_head(mentions: list[Marked]) -> list[Marked]:
    """Keep the shortest of mentions that share a head word."""
    out: dict[int, Marked] = {}
    for m in sorted(mentions, key=lambda m: m.end - m.start):
        out.setdefault(m.head[0], m)
    return sorted(out.values(), key=lambda m: m.head)


def m2e2_labels(text: str, entities: Iterable[tuple[int, int, str]]) -> EntityLabels:
    """Take the last word of each of M2E2's machine-made entities for a head of that type; nothing else is known."""
    types = {"PER": ("PER", "MIL", "NORP"), "ORG": ("ORG", "MIL"), "WEA": ("WEA",), "VEH": ("VEH",), "FAC": ("FAC",)}
    labels = EntityLabels(other_mentions=EVERY_MENTION)
    for start, end, kind in entities:
        if kind in types:
            head = guess_head(text, start, end, person_name=False, name=False)
            likely = finer(types[kind], NOMINAL, text[slice(*head)])
            labels.mentions.append(Marked(start, end, head, None, likely, whole=False))
    labels.mentions = one_a_head(labels.mentions)
    return labels


_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\bCol)(?<!\bGen)(?<!\bMrs)(?<!\bMaj)(?<!\bCapt)"
    r"[.!?][\"”’']?\s+(?=[\"“‘A-Z])|\n+"
)


def rough_sentences(text: str) -> list[tuple[int, int]]:
    """Cut a text where a stop and a capital meet, short titles left alone: good enough to count distances."""
    edges = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(edges) if text[a:b].strip()]
