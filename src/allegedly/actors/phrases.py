"""
Noun phrases read for who acts: the head noun, the names beside it, and which of them count.

"A spokesman for the Ukrainian air force in Kyiv" is a spokesman, who speaks
for an air force, which is Ukraine's; Kyiv is only where he stands. What is
said to be supported, opposed or visited ("pro-", "anti-", "-backed", "to") is
remembered, so that nobody else takes it for the actor's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, NamedTuple

from allegedly.actors.dictionary import ActorTable, Agent, Entry, choose_valid
from allegedly.actors.names import Word, split_words

Bond = Literal["core", "of", "in"]

_OF: Final = frozenset(("of", "for", "from", "loyal"))
_IN: Final = frozenset(
    ("in", "at", "near", "inside", "across", "around", "outside", "throughout", "within", "on", "along")
)
CLAUSE_WORDS: Final = frozenset([
    "who", "which", "that", "whose", "whom", "where", "when", "with", "against", "by", "about", "over", "between",
    "among", "as", "under", "is", "are", "was", "were", "said", "says", "accused", "fighting", "opposed", "supporting",
    "backing", "wearing", "carrying", "including", "after", "before", "during", "since", "into", "allied", "linked",
    "affiliated", "aligned", "backed", "supported",
])  # fmt: skip
_AWAY: Final = frozenset(("to", "towards", "toward"))  # where an envoy is sent: "ambassador to"
_AGAINST: Final = frozenset(("anti", "pro", "counter", "non"))
_FORMER: Final = frozenset(("former", "ex", "retired", "ousted", "deposed", "toppled", "onetime", "erstwhile"))
# "Hamas-run": whom the thing belongs to. "Iran-backed": not whose it is. "London-based": where it is.
_OWNED: Final = frozenset([
    "led", "run", "controlled", "installed", "appointed", "administered", "commanded", "operated", "owned", "employed",
    "dominated", "managed", "ruled",
])  # fmt: skip
_NOT_OWNED: Final = frozenset([
    "backed", "supported", "allied", "aligned", "linked", "affiliated", "sponsored", "funded", "armed", "trained",
    "friendly", "supplied", "brokered", "mediated", "born", "speaking", "made", "built", "designed", "imposed",
    "inspired", "leaning", "besieged", "financed", "held", "occupied", "annexed", "equipped", "hosted", "drafted",
    "majority", "bound", "style", "era", "wanted", "sanctioned", "proposed", "educated", "registered", "flagged",
])  # fmt: skip
_BASED: Final = frozenset(("based", "headquartered", "domiciled"))
_JOINS: Final = frozenset(("and", "or"))
_BESIDE_STATES: Final = frozenset(("state", "adjective", "capital", "people", "place"))


class Item(NamedTuple):
    """
    A name or noun of the table found in a phrase.

    Args:
        words: Number of its words.
        entries: What the table has of the name; empty for nouns.
        agent: The noun; None for names.
        bond: Part of the phrase's core, of what follows "of", or of what follows "in".
        possessive: True if it has a possessive ending.
        joined: True if a hyphen or "and" ties it to the item before.
        short_form: True for an acronym.
    """

    words: int
    entries: tuple[Entry, ...]
    agent: Agent | None
    bond: Bond
    possessive: bool
    joined: bool
    short_form: bool

    @property
    def is_territory(self) -> bool:
        """Say whether it names a state, people or place."""
        return bool(self.entries) and self.entries[0].table in _BESIDE_STATES

    @property
    def countries(self) -> frozenset[str]:
        """Give the countries that it can stand for."""
        return frozenset(entry.country for entry in self.entries if entry.country)


@dataclass(slots=True)
class Phrase:
    """
    What a noun phrase holds, in order of its words.

    Args:
        items: Names and nouns that may count.
        blocked: Names that surely do not say whose the actor is.
        former: True if it speaks of somebody who was in office.
    """

    items: list[Item] = field(default_factory=list)
    blocked: list[Item] = field(default_factory=list)
    former: bool = False

    @property
    def blocked_countries(self) -> frozenset[str]:
        """Give the countries that the actor is not to be taken for."""
        return frozenset().union(*(item.countries for item in self.blocked))


def split_phrases(text: str) -> list[list[Word]]:
    """Part a text at commas, colons and brackets: appositions are phrases of their own."""
    phrases: list[list[Word]] = [[]]
    for word in split_words(text):
        if word.key:
            phrases[-1].append(word)
        elif phrases[-1]:
            phrases.append([])
    return [phrase for phrase in phrases if phrase]


def read_phrase(words: list[Word], table: ActorTable, when: date | None, *, wants_body: bool | None = None) -> Phrase:
    """
    Find the names and nouns of a phrase and sort out which of them count.

    Args:
        words: The words, without marks.
        table: Names and nouns.
        when: Day for which entries must hold.
        wants_body: True for organisations, False for people, None if unknown; decides words that are both ("bomber").
    """
    return _Scanner(words, table, when, wants_body).read()


class _Scanner:
    """One walk over the words of one phrase."""

    def __init__(self, words: list[Word], table: ActorTable, when: date | None, wants_body: bool | None) -> None:  # noqa: FBT001 - private
        self._words = words
        self._table = table
        self._when = when
        self._wants_body = wants_body
        self._phrase = Phrase()
        self._bond: Bond = "core"
        self._last_end = -1  # where the item before ended
        self._against = False  # the next name is opposed or supported
        self._away = False  # the next name is where somebody is sent

    def read(self) -> Phrase:
        index = 0
        while index < len(self._words):
            item = self._match(index)
            if item is not None:
                index = self._take(item, index)
            elif self._closes(index):
                break
            else:
                index += 1
        return self._phrase

    def _closes(self, index: int) -> bool:
        """Take note of a small word; say whether what follows it belongs to somebody else."""
        key = self._words[index].key
        if key in _AGAINST:
            self._against = True
        elif key in _FORMER and self._bond == "core":
            self._phrase.former = True
        elif key in _OF:
            self._bond = "of"
        elif key in _IN:
            self._bond = "in"
        elif key in _AWAY:
            self._away = not (index and self._words[index - 1].key == "loyal")
        elif key in _JOINS:
            return self._has_head()
        return key in CLAUSE_WORDS

    def _has_head(self) -> bool:
        """Say whether a noun was found, so that "and" begins another actor."""
        return any(item.agent is not None for item in self._phrase.items)

    def _match(self, index: int) -> Item | None:
        """Find the longest name or noun that begins here."""
        words = self._words
        for length in range(min(self._table.longest(words[index].key), len(words) - index), 0, -1):
            item = self._item(index, length)
            if item is not None:
                return item
        return None

    def _item(self, index: int, length: int) -> Item | None:
        words = self._words[index : index + length]
        key = " ".join(word.key for word in words)
        raw = " ".join(word.raw for word in words)
        agents = self._table.find_agents(key)
        entries: tuple[Entry, ...] = ()
        if not raw.islower() and not (length == 1 and agents and raw != raw.upper() and index):
            entries = self._entries(index, key, raw)
            if entries and entries[0].kind == "party" and self._is_composed(words):
                entries = ()
        if not entries and not agents:
            return None
        joined = index == self._last_end and words[0].joined
        after_and = index == self._last_end + 1 and index > 0 and self._words[index - 1].key in _JOINS
        agent = None if entries else self._agent(agents)
        short_form = raw.replace(".", "").isupper()
        return Item(length, entries, agent, self._bond, words[-1].possessive, joined or after_and, short_form)

    def _entries(self, index: int, key: str, raw: str) -> tuple[Entry, ...]:
        if self._table.is_misprinted(key, raw):
            return ()
        found = self._table.find_key(key)
        if index and self._words[index - 1].key == "the":
            found = self._table.find_key(f"the {key}") or found
        if index + len(key.split()) < len(self._words) and key.partition(" ")[0] in _AGAINST:
            return ()  # "pro-Russian separatists in ...": the rest decides
        named = [entry for entry in found if entry.table != "short"]
        found = named or found
        return choose_valid(found, self._when) if len(found) > 1 else tuple(found)

    def _is_composed(self, words: list[Word]) -> bool:
        """Say whether small letters show a noun beside a state: "Lebanese forces" are no "Lebanese Forces"."""
        rest = words[1:]
        return (
            bool(rest) and rest[-1].raw.islower() and bool(self._table.find_agents(" ".join(word.key for word in rest)))
        )

    def _agent(self, agents: tuple[Agent, ...]) -> Agent:
        if self._wants_body is not None:
            for agent in agents:
                if (agent.kind == "body") == self._wants_body:
                    return agent
        return agents[0]

    def _take(self, item: Item, index: int) -> int:
        """Keep an item where it belongs; give the index of the next word."""
        after = index + item.words
        tie = self._words[after].key if after < len(self._words) and self._words[after].joined else ""
        if tie in _NOT_OWNED or self._against or self._away:
            self._phrase.blocked.append(item)
            self._against = False
        elif tie in _BASED:
            self._phrase.items.append(item._replace(bond="in"))
        else:
            self._phrase.items.append(item)
        if tie in _NOT_OWNED or tie in _BASED or tie in _OWNED:
            after += 1
        self._last_end = after
        return after
