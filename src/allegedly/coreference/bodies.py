"""
Which bodies cannot be one: an army is no navy, the Eastern Command is not the Western, nor one ministry the other.

A denial given to the wrong body is the costliest mistake of a chain, so what two
bodies are called decides before any score: the noun that says what kind of body
it is, and the words that tell bodies of one kind apart. A noun that fits every
body ("the group", "the organisation") says nothing. This is the agreement of
heads and the incompatible modifiers of Raghunathan et al. (2010), narrowed to
bodies, with kinds in place of heads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from allegedly.coreference.items import INNER_TYPES, NAME, NOMINAL, Item, Words

INDEFINITE: Final = 3  # determiner of items.Words: "a", "some"
BODIES: Final = frozenset(INNER_TYPES.index(t) for t in ("ORG", "MIL"))
_STEM = 4  # letters that two spellings of one word share: "northern", "north"
# Nouns by the kind of body they name; one kind a line.
_KINDS: Final = {
    word: kind
    for kind, words in enumerate((
        "army armies military",
        "navy fleet",
        "airforce",
        "coastguard",
        "police constabulary gendarmerie",
        "government cabinet administration",
        "junta",
        "ministry ministries",
        "parliament assembly congress senate legislature",
        "court tribunal judiciary",
        "commission",
        "council",
        "committee",
        "command",
        "authority",
        "agency service",
        "office department directorate",
        "party",
        "union federation syndicate",
        "association guild chamber",
        "company firm corporation operator manufacturer airline",
        "bank",
        "hospital clinic infirmary",
        "morgue",
        "university college school",
        "church diocese",
        "newspaper paper daily weekly magazine",
        "broadcaster station channel radio television",
        "mission delegation",
        "embassy consulate",
        "charity foundation ngo",
        "brigade battalion regiment division",
        "militia",
        "guard guards",
        "front",
        "club team",
        "house",
        "coalition alliance bloc",
        "movement",
        "family",
        "regime",
        "opposition",
        "rebels insurgents militants guerrillas separatists",
    ))
    for word in words.split()
}  # fmt: skip
# Kinds whose bare noun ("the army") means a state's own, and so never a name that does not say so.
_OF_STATES: Final = frozenset(
    _KINDS[word] for word in "army navy airforce coastguard police government junta ministry parliament court".split()
)
_ANY_BODY: Final = frozenset(_KINDS[word] for word in "movement militia coalition rebels".split())
# In the name of a body that a state's own is fighting.
_OF_REBELS: Final = frozenset("liberation resistance revolutionary free salvation".split())
# Words before a noun that tell no body from another.
_EMPTY: Final = frozenset(
    "same main new old big small local whole entire national own country state central other of the and for in on at by"
    " its their his her our two three".split()
)


def kind_of(words: Words, head: str | None = None) -> int | None:
    """
    Say what kind of body the head of a phrase names; None for a noun that fits any, or a name that does not tell.

    Args:
        words: Words of a mention.
        head: Another word than its head.
    """
    noun = head or words.head
    if noun in {"force", "guard"}:  # "the air force", "the coast guard"
        before = {"force": "air", "guard": "coast"}[noun]
        if before in (words.names or words.content):
            return _KINDS[f"{before}{noun}"]
    return _KINDS.get(noun)


@dataclass(slots=True)
class Body:
    """
    What the mentions of one entity say of the body it is.

    Args:
        nouns: Nouns of its descriptions and names.
        kinds: Kinds that its nouns and names tell.
        marks: By noun, the words that told it apart, a set for each way in which it was called.
        names: Whether it has a name at all, and whether one of them does not tell its kind.
        open: Whether one of its names is an acronym, which may stand for anything.
        rebels: Whether a name of it is that of a rebel army.
    """

    nouns: set[str] = field(default_factory=set)
    kinds: set[int] = field(default_factory=set)
    marks: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    named: bool = False
    open: bool = False
    rebels: bool = False

    def take(self, text: str, item: Item, words: Words) -> None:
        """Learn from a mention."""
        noun = noun_of(item, words)
        if noun is None:
            return
        if item.kind == NAME:
            self.named = True
            printed = text[slice(*(item.name or item.head))]
            self.open = self.open or (len(words.names) == 1 and printed.isupper())
            self.rebels = self.rebels or bool(_OF_REBELS & set(words.names))
        self.nouns.add(noun)
        kind = kind_of(words, noun)
        if kind is not None:
            self.kinds.add(kind)
        if marks := marks_of(words, noun):
            self.marks.setdefault(noun, set()).add(marks)

    def refuses(self, item: Item, words: Words) -> bool:
        """Say whether a mention speaks of another body."""
        noun = noun_of(item, words)
        if noun is None or (item.kind == NOMINAL and item.type not in BODIES):
            return False
        kind, marks = kind_of(words, noun), marks_of(words, noun)
        if kind is not None and self.kinds and not self._fits(kind):
            return True
        if item.kind == NOMINAL and (self._is_new(noun, words) or (kind in _OF_STATES and self._is_other(kind, marks))):
            return True
        return bool(marks) and any(differ(marks, other) for other in self.marks.get(noun, ()))

    def _is_new(self, noun: str, words: Words) -> bool:
        """Nobody has mentioned "a union" before; a body with words of its own is none that only had another noun."""
        if not self.nouns or noun in self.nouns:
            return False
        return words.determiner == INDEFINITE or (len(words.content) > 1 and not self.named)

    def _is_other(self, kind: int | None, marks: frozenset[str]) -> bool:
        """The army of a state is no movement that has a name."""
        return self.named and not self.open and (kind not in self.kinds or (self.rebels and not marks))

    def _fits(self, kind: int) -> bool:
        """Rebels may be a front, a movement a party; neither is anything of a state's."""
        known = self.kinds | {kind}
        return kind in self.kinds or (bool(known & _ANY_BODY) and not known & _OF_STATES)


def noun_of(item: Item, words: Words) -> str | None:
    """
    Give the noun that says what a mention is; None for a pronoun.

    It is the head of a description, and of a name its last word or the one before "of": "Ministry of Defence".
    """
    if item.kind == NOMINAL:
        return words.head
    if item.kind != NAME or not words.names:
        return None
    at = next((k for k, word in enumerate(words.names) if word in {"of", "for"} and k), len(words.names))
    return words.names[at - 1]


def marks_of(words: Words, noun: str) -> frozenset[str]:
    """Give the words that tell a body from others of its kind: all others of a name, those before a description's."""
    told = words.names or words.content[: words.content.index(noun) if noun in words.content else None]
    return frozenset(word for word in told if word != noun and word not in _EMPTY)


def differ(one: Iterable[str], other: Iterable[str]) -> bool:
    """
    Say whether two sets of words have nothing in common, spellings of one word aside.

    Example:
        >>> differ({"northern"}, {"southern"}), differ({"norlandic"}, {"norland"})
        (True, False)
    """
    stems = {word[:_STEM] for word in one}
    return not any(word[:_STEM] in stems for word in other)
