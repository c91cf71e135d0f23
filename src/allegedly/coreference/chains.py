"""
Chains: each mention joins an earlier one, by rule or by score, if their entities agree.

One pass from left to right. Names go by the rules first; all else takes its
best-scored candidate that does not contradict what the entity is already known
to be: a person is no "it", a man no "she", two full names are two people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from allegedly.coreference.bodies import BODIES, Body, marks_of, noun_of
from allegedly.coreference.items import (
    FORMS,
    INNER_TYPES,
    NAME,
    NOMINAL,
    PLURAL,
    PRONOUN,
    SINGULAR,
    Item,
    Words,
)
from allegedly.coreference.names import APART, PART, SAME, compare, name_words, without_titles
from allegedly.coreference.pairs import IS_ACRONYM, Pairs
from allegedly.coreference.rules import DEFINITE, MOST_BEARERS, PERSON, SAME_BODY, Named, StateOf

Floats = NDArray[np.float32]


def softmax(scores: Floats) -> Floats:
    """Turn scores into probabilities."""
    powers = np.exp(scores - scores.max())
    out: Floats = powers / powers.sum()
    return out


FIRST, APPOSITION = "first", "apposition"
SCORED_NAME, SCORED_DESCRIPTION, SCORED_PRONOUN = "name", "description", "pronoun"
RULED = 0.99  # score of a link that a rule made
# types that may name one thing; all that is no entity of the ledger (events, times, objects …) is one group, since the
# tagger tells them apart less well than the scorer joins them
GROUPS: Final = tuple(
    {"PER": 0, "NORP": 1, "ORG": 1, "MIL": 1, "GPE": 1, "LOC": 2, "FAC": 2}.get(t, 3) for t in INNER_TYPES
)
# MIL and NORP may be people in the plural: "militants … they", "the Kurds … the fighters"
_MIXED = frozenset(INNER_TYPES.index(t) for t in ("NORP", "MIL", "ORG", "PER"))
_PLACES = frozenset(INNER_TYPES.index(t) for t in ("GPE", "LOC", "FAC", "ORG"))
HE, SHE, IT, THEY = 1, 2, 3, 4
_GRAMMATICAL_PERSON: Final = {FORMS["i"]: 1, FORMS["we"]: 1, HE: 3, SHE: 3, THEY: 3}


@dataclass(frozen=True, slots=True)
class Joined:
    """
    Why a mention belongs to its chain.

    Args:
        antecedent: Number of the mention it was joined to, or None for the first of its chain.
        reason: Rule, or kind of mention that the scorer joined.
        score: Probability of the link, 0 to 1.
    """

    antecedent: int | None
    reason: str
    score: float


@dataclass(slots=True)
class _Entity:
    """What is known of the entity of a chain so far."""

    types: set[int] = field(default_factory=set)
    genders: set[int] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    names: list[tuple[str, ...]] = field(default_factory=list)
    forms: set[int] = field(default_factory=set)
    persons: dict[int, int] = field(default_factory=dict)  # grammatical person, 1 or 3, by quotation
    body: Body = field(default_factory=Body)

    def take(self, text: str, item: Item, words: Words, quote: int) -> None:
        self.body.take(text, item, words)
        if item.kind != PRONOUN:
            self.types.add(item.type)
            self.numbers.add(words.number)
        if words.gender:
            self.genders.add(words.gender)
        if words.form:
            self.forms.add(words.form)
        if quote and words.form in _GRAMMATICAL_PERSON:
            self.persons.setdefault(quote, _GRAMMATICAL_PERSON[words.form])
        if words.names and words.names not in self.names:
            self.names.append(words.names)


@dataclass(slots=True)
class Chainer:
    """
    Joins the mentions of one text; made for one call.

    Args:
        text: The text.
        items: Mentions in order of their heads.
        words: Their words.
        pairs: Candidates.
        scores: Score of each pair.
        none: Score of "no antecedent" of each mention.
        state_of: See :class:`allegedly.coreference.rules.Named`.
        given: Antecedents that the caller knows, with the reason ("I" in a quotation is its source); they may stand
            later.
        least: Least probability of a link, against all candidates and none.
    """

    text: str
    items: Sequence[Item]
    words: Sequence[Words]
    pairs: Pairs
    scores: Floats
    none: Floats
    state_of: StateOf
    given: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    least: float = 0.0
    _entity: list[_Entity | None] = field(default_factory=list)
    _bodies: dict[str, dict[int, int]] = field(default_factory=dict)  # by noun: last mention of each entity

    def join(self) -> tuple[list[int], list[Joined]]:
        """
        Join all mentions.

        Returns:
            The number of each mention's chain, numbered in order of their first mentions, and why it is there.
        """
        named = Named(self.text, self.items, self.words, self.state_of)
        edges = np.searchsorted(self.pairs.anaphor, np.arange(len(self.items) + 1))
        out: list[Joined | None] = [None] * len(self.items)
        self._entity = [None] * len(self.items)
        # what points forward ("I" before "he said") waits until that mention has its entity
        waiting = {i for i, (j, _) in self.given.items() if j > i}
        for i in [*(k for k in range(len(self.items)) if k not in waiting), *sorted(waiting)]:
            joined = self._ruled(i, named) or self._scored(i, int(edges[i]), int(edges[i + 1]))
            entity = None if joined.antecedent is None else self._entity[joined.antecedent]
            self._entity[i] = entity = entity or _Entity()
            entity.take(self.text, self.items[i], self.words[i], int(self.pairs.quote[i]))
            named.add(i)
            self._note_body(i, entity)
            out[i] = joined
        return self._numbered(), [joined for joined in out if joined]

    def _ruled(self, i: int, named: Named) -> Joined | None:
        for found in (self.given.get(i), named.antecedent(i), self._same_body(i)):
            if found and self._agrees(i, found[0], ruled=True):
                return Joined(*found, RULED)
        return None

    def _scored(self, i: int, start: int, end: int) -> Joined:
        """
        Take the likeliest entity that agrees, if it is likelier than none.

        The chances of all mentions of an entity are summed: the scorer was trained to share its belief among them.
        """
        antecedents = self.pairs.antecedent[start:end].tolist()
        # those that wait have no entity yet; belief in them must not be lost to the rest
        known = [(k, entity) for k, j in enumerate(antecedents, start) if (entity := self._entity[j]) is not None]
        chances = softmax(np.r_[self.none[i], self.scores[[k for k, _ in known]]])
        entities: dict[int, tuple[float, float, int]] = {}  # sum, best, number of the pair
        for (k, entity), chance in zip(known, chances[1:].tolist(), strict=True):
            total, best, at = entities.get(id(entity), (0.0, -1.0, k))
            entities[id(entity)] = (total + chance, *((chance, k) if chance > best else (best, at)))
        least = max(float(chances[0]), self.least)
        for total, _, k in sorted(entities.values(), key=lambda e: (-e[0], -e[2])):
            if total <= least:
                break
            if joined := self._joined(i, k, total):
                return joined
        return Joined(None, FIRST, round(float(chances[0]), 3))

    def _joined(self, i: int, k: int, chance: float) -> Joined | None:
        """Join a mention by one pair, unless what is known of the two speaks against it."""
        j = int(self.pairs.antecedent[k])
        apposed = self._apposed(i, j)
        if not apposed and (self._nested(i, j) or self._other_role(i, j) or self._other_body(i, j)):
            return None
        if not self._agrees(i, j, acronym=self.pairs.match[k] == IS_ACRONYM):
            return None
        reason = (SCORED_NAME, SCORED_DESCRIPTION, SCORED_PRONOUN)[self.items[i].kind]
        return Joined(j, APPOSITION if apposed else reason, round(chance, 3))

    def _nested(self, i: int, j: int) -> bool:
        a, b = self.items[i], self.items[j]
        return (b.start <= a.start and a.end <= b.end) or (a.start <= b.start and b.end <= a.end)

    def _other_role(self, i: int, j: int) -> bool:
        """A name that comes with a title is nobody whom the text so far only called something else."""
        item, described = self.items[i], self.items[j]
        if item.kind != NAME or item.type != PERSON or described.kind != NOMINAL:
            return False
        title = name_words(self.text[item.start : (item.name or item.head)[0]])
        return bool(title) and self.words[j].head not in title

    def _other_body(self, i: int, j: int) -> bool:
        """The army is not the navy, the Eastern Command not the Western, "a union" nobody mentioned before."""
        item, words, entity = self.items[i], self.words[i], self._entity[j]
        if item.type == PERSON or entity is None:
            return False
        return entity.body.refuses(item, words)

    def _note_body(self, i: int, entity: _Entity) -> None:
        """Remember which bodies a noun has been used for."""
        noun = noun_of(self.items[i], self.words[i])
        if noun is not None and self.items[i].type in BODIES:
            bearers = self._bodies.setdefault(noun, {})
            bearers.pop(id(entity), None)
            bearers[id(entity)] = i  # the one mentioned last stands last

    def _same_body(self, i: int) -> tuple[int, str] | None:
        """Join "the brigade" to the one brigade there has been, "the health ministry" to the one of that kind."""
        item, words = self.items[i], self.words[i]
        bare = words.determiner in DEFINITE and words.number != PLURAL and words.content[-1:] == (words.head,)
        if item.kind != NOMINAL or item.type not in BODIES or not bare:
            return None
        bearers = islice(reversed(self._bodies.get(words.head, {}).values()), MOST_BEARERS)
        found = [j for j in bearers if not self._other_body(i, j)]
        marks = marks_of(words, words.head)
        if marks:
            found = [j for j in found if (entity := self._entity[j]) and marks in entity.body.marks.get(words.head, ())]
        return (found[0], SAME_BODY) if len(found) == 1 else None

    def _apposed(self, i: int, j: int) -> bool:
        """A second noun phrase after a comma inside, or right after, the first: "the spokesman, Idris Taal"."""
        a, b = self.items[i], self.items[j]
        if PRONOUN in (a.kind, b.kind) or (a.kind == NAME) == (b.kind == NAME):
            return False
        left = b.end if a.start >= b.end else b.head[1]
        return left <= a.start <= left + 2 and self.text[left : a.start].strip() in ("", ",", "(")

    def _agrees(self, i: int, j: int, *, ruled: bool = False, acronym: bool = False) -> bool:  # noqa: PLR0911  # in order
        item, words, entity = self.items[i], self.words[i], self._entity[j]
        if entity is None:
            return False
        if item.kind == PRONOUN:
            return self._pronoun_agrees(words, entity, int(self.pairs.quote[i]))
        if words.gender and entity.genders and words.gender not in entity.genders:
            return False
        if ruled:
            return True
        if entity.types and not self._types_agree(item.type, entity):
            return False
        if words.number == PLURAL and entity.genders and SINGULAR in entity.numbers:
            return False
        return not words.names or acronym or self._names_agree(item, words, entity)

    def _pronoun_agrees(self, words: Words, entity: _Entity, quote: int) -> bool:
        form = words.form
        person = _GRAMMATICAL_PERSON.get(form)
        if person and entity.persons.get(quote, person) != person:
            return False  # "we did not fire, they did": within one quotation nobody is both
        if words.gender and entity.genders and words.gender not in entity.genders:
            return False
        if form in (HE, SHE):
            known = not entity.types or PERSON in entity.types
            return known and entity.numbers != {PLURAL} and IT not in entity.forms
        if form == IT:
            return entity.types != {PERSON} and entity.numbers != {PLURAL} and not entity.genders
        if form == THEY:
            return not (entity.genders and entity.numbers == {SINGULAR})
        return True

    def _types_agree(self, type_: int, entity: _Entity) -> bool:
        if type_ in entity.types or any(GROUPS[type_] == GROUPS[t] for t in entity.types):
            return True
        if type_ in _MIXED and entity.types & _MIXED:
            return PERSON not in entity.types | {type_} or PLURAL in entity.numbers
        if type_ in _PLACES and entity.types & _PLACES:
            return True
        return PERSON not in entity.types | {type_} and 3 in {GROUPS[type_], *(GROUPS[t] for t in entity.types)}

    def _names_agree(self, item: Item, words: Words, entity: _Entity) -> bool:
        """A name joins an entity with names only if it is related to one of them."""
        if not entity.names:
            return True
        relations = {compare(words.names, other, person=item.type == PERSON) for other in entity.names}
        return bool(relations & {SAME, PART}) if item.type == PERSON else relations != {APART}

    def _numbered(self) -> list[int]:
        numbers: dict[int, int] = {}
        return [numbers.setdefault(id(entity), len(numbers)) for entity in self._entity]


def fullest_name(items: Sequence[Item], words: Sequence[Words], members: Sequence[int]) -> int:
    """
    Choose the mention that names an entity best: the longest name, else the first description, else the first mention.

    Of a state the name wins over its adjective and its capital; an acronym never wins over its expansion.
    """
    names = [k for k in members if items[k].kind == NAME]
    norp = INNER_TYPES.index("NORP")
    proper = [k for k in names if items[k].type != norp] or names
    if proper:
        return max(proper, key=lambda k: (min(len(without_titles(words[k].names)), 6), -k))
    nominals = [k for k in members if items[k].kind == NOMINAL]
    return (nominals or list(members))[0]
