"""
Actors coded: country, sector and side of every entity, or the reason why there are none.

The engine is :mod:`allegedly.actors`; here it is told what the document says of
each entity: names, descriptions, titles, who is named inside, when it was published.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from allegedly.actors.dictionary import ActorTable
from allegedly.actors.names import fold
from allegedly.actors.phrases import CLAUSE_WORDS
from allegedly.actors.resolve import ActorCode, ActorDescription, code_actor
from allegedly.actors.sides import Sides, default_side
from allegedly.annotators.base import Found, Reading
from allegedly.annotators.parts import acting
from allegedly.records.annotations import Attribution, Chain, CodedActor, Event, Mention, Sentence
from allegedly.records.origin import Origin
from allegedly.records.span import Span

SEVERAL = "several"  # reason of an entity that stands for others: those are coded
_IN = re.compile(r"\s+(?:in|of)\s+(?:(?:north|south|east|west|central)\w*\s+)?")
_OF = re.compile(r"\s+of\s+")
_OWNER = re.compile(r"[’']s?\s+$")
_WORDS_BEFORE = re.compile(r"(?:[\w.-]+ )+$")
_RANKS = frozenset(
    "military defence defense foreign deputy senior top chief former army police interior prime vice".split()
)
_TITLE_REACH = 60  # code points before a name in which its title is looked for
_BODIES = frozenset(("ORG", "MIL", "FAC"))
MOST_WORDS = 200  # code points of a description that are read; a longer phrase holds a clause, not more of its bearer
MOST_DEEP = 20  # chains that are followed inwards: "A, son of B … B, son of C …"


class Actors:
    """
    Provides :class:`CodedActor`.

    Args:
        table: The table of actors.
        sides: Who belongs to which party of a conflict; None leaves group and country as sides.
    """

    name = "actors"
    version = "1"
    requires = frozenset({Sentence, Attribution, Event, Mention, Chain})
    provides = frozenset({CodedActor})

    def __init__(self, table: ActorTable, sides: Sides | None = None) -> None:
        self._table, self._sides = table, sides
        self._origin = Origin(self.name, self.version)

    def annotate(self, reading: Reading) -> Found:
        """Code every chain."""
        case = _Case(reading, self._table)
        out = []
        for chain in reading.layers[Chain]:
            code = ActorCode(reason=SEVERAL) if chain.members else case.code(chain.key)
            out.append(
                CodedActor(
                    span=chain.span,
                    origin=self._origin,
                    chain=chain.key,
                    country=code.country,
                    sector=code.sector,
                    actor=code.actor,
                    side=self._side(code, case.names(chain)),
                    reason=code.reason,
                )
            )
        return {CodedActor: out}

    def _side(self, code: ActorCode, names: Sequence[str]) -> str | None:
        """Ask the sides file first; whom it does not name keeps group or country."""
        side = self._sides.side_of(code, names) if self._sides is not None else None
        return side or default_side(code)


class _Case:
    """
    What one document says of its entities; thrown away afterwards.

    Args:
        reading: The document.
        table: The table of actors.
    """

    def __init__(self, reading: Reading, table: ActorTable) -> None:
        self._text, self._table = reading.text, table
        self._when = reading.layers.document.published_day
        mentions = {m.key: m for m in reading.layers[Mention]}
        self._chains = {c.key: c for c in reading.layers[Chain]}
        self._own = {c.key: [mentions[link.mention] for link in c.links] for c in self._chains.values()}
        self._inner = _inner_chains(self._text, self._own)
        self._ending = {m.span.end: key for key, ms in self._own.items() for m in ms if m.kind != "pronoun"}
        self._starting = {m.span.start: key for key, ms in self._own.items() for m in ms if m.kind != "pronoun"}
        places = (m for ms in self._own.values() for m in ms if m.type in {"GPE", "LOC"} and m.kind == "name")
        self._places = {m.span.start: m.span.end for m in places}
        active = acting(reading)
        self._acting = {key for key, own in self._own.items() if any(m.key in active for m in own)}
        self._codes: dict[str, ActorCode] = {}
        self._open: set[str] = set()

    def code(self, key: str) -> ActorCode:
        """Code a chain, those mentioned inside its mentions first; chains inside one another are cut."""
        if key not in self._codes:
            if key in self._open or len(self._open) == MOST_DEEP:
                return ActorCode()
            self._open.add(key)
            self._codes[key] = code_actor(self._description(self._chains[key]), self._table)
            self._open.remove(key)
        return self._codes[key]

    def _with_place(self, phrase: Span) -> str:
        """Give the words of a description with the place named right behind it: "The Constitutional Court" in Seoul."""
        behind = _IN.match(self._text, phrase.end)
        place = self._places.get(behind.end()) if behind else None
        return self._text[phrase.start : place or phrase.end]

    def _title_before(self, start: int) -> str:
        """
        Give the title that stands right before a name, should the tagger have left it out.

        It ends with a noun of the table ("RSF commander") and goes back over nouns and words with capitals.
        """
        found = _WORDS_BEFORE.search(self._text, max(0, start - _TITLE_REACH), start)
        words = found[0].split() if found else []
        if not words or not self._table.find_agents(fold(words[-1])):
            return ""
        k = len(words) - 1
        while k and (
            words[k - 1][0].isupper() or self._table.find_agents(fold(words[k - 1])) or words[k - 1] in _RANKS
        ):
            k -= 1
        return " ".join(words[k:])

    def _behind(self, own: Sequence[Mention], key: str) -> list[str]:
        """Give the chains named right behind a person with "of" ("Major Barzel of the army"), or before with 's."""
        found = []
        for m in own:
            owner = _OWNER.search(self._text, max(0, m.span.start - _TITLE_REACH), m.span.start)
            if owner and (whose := self._ending.get(owner.start())) and whose != key:
                found.append(whose)
            behind = _OF.match(self._text, m.span.end) if m.kind == "name" and m.type == "PER" else None
            whose = self._starting.get(behind.end()) if behind else None
            if whose and whose != key:
                found.append(whose)
        return found

    def names(self, chain: Chain) -> tuple[str, ...]:
        """Give the names of a chain, the fullest first."""
        found = [m.name.of(self._text) for m in self._own[chain.key] if m.name is not None]
        first = [chain.name.of(self._text)] if chain.name.of(self._text) in found else []
        return tuple(dict.fromkeys([*first, *found]))

    def _description(self, chain: Chain) -> ActorDescription:
        own = self._own[chain.key]
        titles = [Span(m.span.start, m.name.start) for m in own if m.name and m.name.start > m.span.start]
        behind = [Span(m.name.end, m.span.end) for m in own if m.name and m.name.end < m.span.end]
        roles = [span.of(self._text).strip(" ,") for span in (*titles, *behind)]
        roles += [
            self._title_before(m.span.start)
            for m in own
            if chain.type == "PER" and m.name and m.name.start == m.span.start
        ]
        names = [m.name for m in own if m.name is not None]
        phrases = [m.span for m in own if m.kind == "nominal" or (m.name and chain.type in _BODIES)]
        described = [self._with_place(_before(p, names if chain.type == "PER" else [])) for p in phrases]
        described = [words[:MOST_WORDS].strip(" ,") for words in described]
        return ActorDescription(
            names=self.names(chain),
            descriptions=tuple(dict.fromkeys(described)),
            roles=tuple(dict.fromkeys(role[:MOST_WORDS] for role in roles if role)),
            type=chain.type,
            parts=tuple(self.code(inner) for inner in (*self._inner[chain.key], *self._behind(own, chain.key))),
            when=self._when,
            acting=chain.key in self._acting,
        )


def _before(phrase: Span, names: Sequence[Span]) -> Span:
    """Cut a description where the name begins: "the group's spokesman, Idris Taal" is no "Taal" of some table."""
    starts = [name.start for name in names if phrase.start < name.start < phrase.end]
    return Span(phrase.start, min(starts)) if starts else phrase


def _inner_chains(text: str, own: Mapping[str, Sequence[Mention]]) -> dict[str, tuple[str, ...]]:
    """
    Give for each chain the other chains that have a mention inside one of its descriptions or titled names.

    Those of a clause are left out: "a person familiar with his schedule" is not his.
    """
    rows = [(m, key) for key, mentions in own.items() for m in mentions]
    rows.sort(key=lambda row: (row[0].span.start, -row[0].span.end))
    inner: dict[str, dict[str, None]] = {key: {} for key in own}
    open_: list[tuple[Mention, str]] = []
    for mention, key in rows:
        open_ = [(outer, whose) for outer, whose in open_ if outer.span.end >= mention.span.end]
        if open_ and open_[-1][1] != key and not _in_clause(text, open_[-1][0], mention):
            inner[open_[-1][1]].setdefault(key)
        open_.append((mention, key))
    return {key: tuple(found) for key, found in inner.items()}


def _in_clause(text: str, outer: Mention, inner: Mention) -> bool:
    between = text[outer.head.end : inner.span.start] if inner.span.start > outer.head.end else ""
    return not CLAUSE_WORDS.isdisjoint(between.lower().split())
