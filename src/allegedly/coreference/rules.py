"""
Rules that join names without asking the scorer, each with the reason it gives.

In order (Lee et al. 2013 order their sieves by precision, too): the same name,
a state under another of its words, an acronym, a part of a person's name. What
rules leave open goes to the scorer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from allegedly.coreference.items import INNER_TYPES, NAME, NOMINAL, Item, Words
from allegedly.coreference.names import PART, SAME, acronyms, compare, name_words, without_titles

PERSON = INNER_TYPES.index("PER")
_BODIES = frozenset(INNER_TYPES.index(t) for t in ("ORG", "MIL", "WEA", "VEH"))
SAME_NAME, ALIAS, BY_ACRONYM, NAME_PART_OF, NEAREST_OF_NAME, TITLE, SAME_BODY = (
    "same-name", "state-alias", "acronym", "part-of-name", "nearest-of-that-name", "title", "same-body",
)  # fmt: skip
DEFINITE = frozenset((1, 2))  # determiners of items.Words: "the", "this"
PEOPLE_BACK = 12  # people named before a description whose titles are compared with it
MOST_BEARERS = 64  # bearers of one name that are looked at, the last ones: time stays linear in lists of kin
StateOf = Callable[[int], str | None]


@dataclass(slots=True)
class Named:
    """
    Entities by their names while a text is read from left to right; thrown away afterwards.

    Args:
        text: The text.
        items: Its mentions.
        words: Their words.
        state_of: Gives the state that a mention names, by name, adjective or (if it acts) capital; None for others.
    """

    text: str
    items: Sequence[Item]
    words: Sequence[Words]
    state_of: StateOf
    _whole: dict[tuple[bool, str], int] = field(default_factory=dict)
    _states: dict[str, int] = field(default_factory=dict)
    _short: dict[str, int] = field(default_factory=dict)
    _titles: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    _by_word: dict[str, dict[tuple[tuple[str, ...], int], int]] = field(default_factory=lambda: defaultdict(dict))

    def antecedent(self, i: int) -> tuple[int, str] | None:
        """Give the earlier mention that item ``i`` repeats, with the reason; None if no rule knows one."""
        item = self.items[i]
        if item.kind == NOMINAL:
            return self._titled(i)
        if item.kind != NAME or not self.words[i].names:
            return None
        person = item.type == PERSON
        names = without_titles(self.words[i].names) if person else self.words[i].names
        joined = "".join(names)
        found = self._whole.get((person, joined))
        if found is not None and not _apart(self.words[i].gender, self.words[found].gender):
            return found, SAME_NAME
        if not person and (state := self.state_of(i)) and (found := self._states.get(state)) is not None:
            return found, ALIAS
        if person:
            return self._part(i, names)
        return self._acronym(i, joined) or (self._part(i, names) if self._may_be_surname(i, names) else None)

    def _titled(self, i: int) -> tuple[int, str] | None:
        """
        Find the person mentioned last with the title or office that a description repeats.

        "Colonel Daniel … the colonel"; "the police chief of the province, Amal Idris … the police chief".
        """
        words = self.words[i]
        if self.items[i].type != PERSON or words.determiner not in DEFINITE:
            return None
        for j, title in reversed(self._titles[-PEOPLE_BACK:]):
            same_head = self.items[j].kind == NAME or self.words[j].head == words.head
            if same_head and words.head in title and title.issuperset(words.content) and len(words.content) > 1:
                return j, TITLE
            if self.items[j].kind == NAME and words.content == (words.head,) and words.head in title:
                return j, TITLE
        return None

    def _may_be_surname(self, i: int, names: tuple[str, ...]) -> bool:
        """A single word that the tagger takes for a body may be a person named before; a place or state may not."""
        return len(names) == 1 and self.items[i].type in _BODIES and not self.state_of(i)

    def add(self, i: int) -> None:
        """Remember a name; the first mention of a name stands for it, the latest for a person's single words."""
        item = self.items[i]
        if item.kind == NOMINAL and item.type == PERSON and len(self.words[i].content) > 1:
            self._titles.append((i, frozenset(self.words[i].content)))
        if item.kind != NAME or not self.words[i].names:
            return
        person = item.type == PERSON
        names = without_titles(self.words[i].names) if person else self.words[i].names
        self._whole.setdefault((person, "".join(names)), i)
        if person:
            if title := frozenset(name_words(self.text[item.start : (item.name or item.head)[0]])):
                self._titles.append((i, title))
            bearer = names, self.words[i].gender
            for word in {names[0], names[-1]}:
                self._by_word[word].pop(bearer, None)
                self._by_word[word][bearer] = i  # the one named last stands last
            return
        if state := self.state_of(i):
            self._states.setdefault(state, i)
        printed = self.text[slice(*(item.name or item.head))]
        for short in acronyms(self.words[i].names, printed):
            if len(short) > 1:
                self._short.setdefault(short, i)

    def _acronym(self, i: int, joined: str) -> tuple[int, str] | None:
        if (found := self._short.get(joined)) is not None and self._may_be_short(found, i):
            return found, BY_ACRONYM
        printed = self.text[slice(*(self.items[i].name or self.items[i].head))]
        for short in acronyms(self.words[i].names, printed):
            found = self._whole.get((False, short))
            if len(short) > 1 and found is not None and self._may_be_short(i, found):
                return found, BY_ACRONYM
        return None

    def _may_be_short(self, long: int, short: int) -> bool:
        """An acronym is printed in capitals ("RSF", "U.N."), its expansion has several words."""
        item = self.items[short]
        printed = self.text[slice(*(item.name or item.head))]
        return len(self.words[long].names) > 1 and sum(map(str.isupper, printed)) > 1

    def _part(self, i: int, names: tuple[str, ...]) -> tuple[int, str] | None:
        """Find the one person of whose name this is a part, or the one named last if several are."""
        gender = self.words[i].gender
        fits: dict[int, tuple[str, ...]] = {}
        for word in (names[-1], names[0]):
            for (other, of), j in islice(reversed(self._by_word.get(word, {}).items()), MOST_BEARERS):
                if not _apart(gender, of) and compare(names, other, person=True) in (SAME, PART):
                    fits[j] = other
        if not fits:
            return None
        full = {other for other in fits.values() if len(other) > 1}
        return max(fits), NAME_PART_OF if len(full) < 2 else NEAREST_OF_NAME


def _apart(a: int, b: int) -> bool:
    """Say whether two genders are known and differ."""
    return bool(a and b and a != b)
