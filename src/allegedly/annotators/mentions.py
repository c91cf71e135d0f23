"""
Mentions: who and what a report names, describes or points to, nested, with heads and types.

A mention is found at its head word (Dobrovolskii 2021); two pointers give its
phrase. Names proper come from a tag layer of their own, so that a title is no
part of a name. Whoever speaks, acts or suffers in another layer gets a mention
even where the tagger saw none: a ledger must be able to say who that is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray

from allegedly.annotators.base import Found, Ints, Reading
from allegedly.annotators.columns import head_columns
from allegedly.annotators.parts import part_spans
from allegedly.coreference.items import INNER_TYPES, NAME, NAME_TYPES, NOMINAL, PRONOUN
from allegedly.encoder.heads import FORBIDDEN, Floats, bio_labels, softmax, span_offset, spans_of
from allegedly.encoder.session import Session
from allegedly.encoder.wordpiece import FIRST_SIGN
from allegedly.records.annotations import Attribution, Event, Mention, Sentence
from allegedly.records.codes import ENTITY_TYPES, MENTION_KINDS, EntityType
from allegedly.records.origin import Origin
from allegedly.records.span import Span
from allegedly.resources.pack import Pack
from allegedly.resources.parties import FORMS, PARTIES_APART

TYPES = len(INNER_TYPES)
LEDGER_TYPES = len(ENTITY_TYPES)
PERSON = INNER_TYPES.index("PER")
BODIES = frozenset(INNER_TYPES.index(t) for t in ("ORG", "MIL", "WEA", "VEH"))
ARTICLES = frozenset(("a", "an", "the"))  # never what a mention is about
# what the signs of resources.parties stand for, by form
TYPE_OF_FORM = np.array([ENTITY_TYPES.index(t) for t in ("GPE", "NORP", "NORP", "GPE", "MIL", "MIL", "PER", "PER")])
FORCED_SCORE = 0.5  # of a mention that another layer asked for


@dataclass(frozen=True, slots=True)
class Phrase:
    """
    A mention in token numbers, ends inclusive.

    Args:
        head: Head token.
        first: First token of the phrase.
        last: Last token of the phrase.
        kind: ``NAME``, ``NOMINAL`` or ``PRONOUN``.
        type: Number of its type in ``INNER_TYPES``.
        score: Probability that it is a mention.
        name: First and last token of the name proper, or None.
    """

    head: int
    first: int
    last: int
    kind: int
    type: int
    score: float
    name: tuple[int, int] | None = None


class Mentions:
    """
    Provides :class:`Mention`.

    Args:
        pack: The pack, for its output columns and thresholds.
        session: The pack's networks.
    """

    name = "mentions"
    version = "1"
    requires = frozenset({Sentence, Attribution, Event})
    provides = frozenset({Mention})

    def __init__(self, pack: Pack, session: Session) -> None:
        self._session = session
        self._columns = head_columns(pack)
        self._threshold = pack.thresholds["mention"]
        self._origin = Origin(self.name, self.version, pack=pack.digest)

    def annotate(self, reading: Reading) -> Found:
        """Find the mentions of the ledger's types."""
        if not len(reading.encoding):
            return {Mention: ()}
        phrases = [p for p in self.phrases(reading) if p.type < LEDGER_TYPES]
        phrases += self._asked_for(reading, phrases)
        return {Mention: self._mentions(reading, phrases)}

    def all_mentions(self, reading: Reading) -> list[Mention]:
        """Give the mentions of all types that the pack knows, times, events and things included: for measuring."""
        return self._mentions(reading, self.phrases(reading)) if len(reading.encoding) else []

    def names(self, reading: Reading) -> list[tuple[Span, str]]:
        """Give the names proper, apart from one another, with types of ``NAME_TYPES``."""
        if not len(reading.encoding):
            return []
        return [(reading.span(a, z), NAME_TYPES[k]) for k, a, z in self._name_spans(reading).tolist()]

    def _mentions(self, reading: Reading, phrases: list[Phrase]) -> list[Mention]:
        spans = [(reading.span(p.first, p.last), p) for p in phrases]
        spans.sort(key=lambda found: (found[0].start, -found[0].end, found[1].head))
        return [
            Mention(
                span=span,
                origin=self._origin,
                score=round(p.score, 3),
                key=f"m{k}",
                head=reading.span(p.head, p.head),
                kind=MENTION_KINDS[p.kind],
                type=cast("EntityType", INNER_TYPES[p.type]),  # all_mentions alone gives others
                name=reading.span(*p.name) if p.name else None,
            )
            for k, (span, p) in enumerate(spans, 1)
        ]

    def phrases(self, reading: Reading) -> list[Phrase]:
        """Give the mentions of all types that the pack knows, in order of their heads."""
        encoding = reading.encoding
        if not len(encoding):
            return []
        chances = softmax(encoding.tags[:, self._columns["mention"]])
        signs = _signs(reading)
        names = _with_signs(self._name_spans(reading), signs)
        heads = self._heads(reading, chances, names)
        group = reading.group_of(reading.layers[Sentence])
        firsts, lasts = self._edges(reading, heads, group)
        labels = chances[heads, 1:].argmax(1)
        inside = _name_of(len(encoding), names)
        out = []
        for head, first, last, label in np.stack([heads, firsts, lasts, labels], 1).tolist():
            kind, type_ = divmod(label, TYPES)
            score = float(1 - chances[head, 0])
            found = inside[head]
            if signs[head] >= 0 and names[found, 1] == names[found, 2]:
                # the table says what a sign stands for; the tagger sees only the words around it
                out.append(Phrase(head, first, last, NAME, int(signs[head]), score, (head, head)))
                continue
            if found < 0:
                name = (head, head) if kind == NAME else None
                out.append(Phrase(head, first, last, kind, type_, score, name))
                continue
            name_type, a, z = names[found].tolist()
            if kind == NAME and name_type < LEDGER_TYPES:  # the name of a battle or a book keeps the head's own type
                type_ = self._type(reading, chances, head, (a, z))
            covers = (min(first, a), max(last, z)) if kind == NAME else (first, last)
            out.append(Phrase(head, *covers, kind, type_, score, (a, z) if kind == NAME else None))
        return _one_type_a_name(reading, _one_a_phrase(out))

    def _name_spans(self, reading: Reading) -> Ints:
        """Give names proper, apart from one another: int64 (names, 3): type in ``NAME_TYPES``, first and last token."""
        encoding = reading.encoding
        windows = np.fromiter((w.core_start for w in encoding.windows), np.int64, len(encoding.windows))
        group = reading.group_of(reading.layers[Sentence])
        starts = np.union1d(windows, np.flatnonzero(np.diff(group, prepend=-1)))
        labels = bio_labels(encoding.tags[:, self._columns["name"]], starts, np.r_[starts[1:], len(encoding)])
        return spans_of(labels, starts)

    def _heads(self, reading: Reading, chances: Floats, names: Ints) -> Ints:
        """Choose the head tokens: those above the threshold, one a person's name, at least one a name."""
        chance = 1 - chances[:, 0]
        words = _words(reading, 0, len(chance), ARTICLES)
        chosen = (chance >= self._threshold) & words
        for type_, first, last in names.tolist():
            inside = np.arange(first, last + 1)
            heads = inside[chosen[inside]]
            if NAME_TYPES[type_] == "PER" and len(heads) > 1:
                chosen[heads] = False
                chosen[heads[chance[heads].argmax()]] = True
            elif not len(heads) and type_ < LEDGER_TYPES and words[inside].any():
                inside = inside[words[inside]]
                best = inside[chances[inside, 1 : 1 + TYPES].sum(1).argmax()]
                chosen[best] = True
        out: Ints = np.flatnonzero(chosen)
        return out

    def _type(self, reading: Reading, chances: Floats, head: int, name: tuple[int, int]) -> int:
        """Weigh the head's own type against the name's."""
        own = chances[head, 1:].reshape(3, TYPES).sum(0)[:LEDGER_TYPES]
        tags = softmax(reading.encoding.tags[name[0] : name[1] + 1, self._columns["name"]])
        other = (tags[:, 1::2] + tags[:, 2::2]).mean(0)[:LEDGER_TYPES]
        return int((own * other + 0.01 * (own + other)).argmax())

    def _edges(self, reading: Reading, heads: Ints, group: Ints) -> tuple[Ints, Ints]:
        """Point to the first and last token of each head's phrase, inside its sentence, as its window sees them."""
        encoding = reading.encoding
        firsts, lasts = heads.copy(), heads.copy()
        owner = encoding.window_of[heads]
        for window in np.unique(owner).tolist():
            w = encoding.windows[window]
            mine = np.flatnonzero(owner == window)
            tokens = np.arange(w.start, w.end)
            begin, end = self._session.boundary(
                encoding.hidden_in(window, heads[mine]),
                encoding.hidden_in(window, tokens),
                offset=span_offset(heads[mine], tokens),
            )
            apart = group[heads[mine]][:, None] != group[tokens][None]
            firsts[mine] = w.start + np.where(apart, FORBIDDEN, begin).argmax(1)
            lasts[mine] = w.start + np.where(apart, FORBIDDEN, end).argmax(1)
        return np.minimum(firsts, heads), np.maximum(lasts, heads)

    def _asked_for(self, reading: Reading, phrases: list[Phrase]) -> list[Phrase]:
        """Make mentions for sources, actors and recipients that have none, and for several named in one."""
        phrase_at = {p.head: p for p in phrases}
        heads = np.sort(np.array([*phrase_at], np.int64))
        out: list[Phrase] = []
        for span in part_spans(reading):
            first, last = reading.tokens(span)
            here = heads[np.searchsorted(heads, first) : np.searchsorted(heads, last, side="right")]
            if not len(here):
                out += self._forced(reading, first, last)
            elif len(here) > 1:
                out += _joint(reading, [phrase_at[head] for head in here.tolist()], (first, last))
        return list({p.head: p for p in out}.values())

    def _forced(self, reading: Reading, first: int, last: int) -> list[Phrase]:
        """Make a mention of tokens in which the tagger saw no head, at the likeliest word; none without a word."""
        inside = first + np.flatnonzero(_words(reading, first, last + 1))
        if not len(inside):
            return []
        chances = softmax(reading.encoding.tags[inside, self._columns["mention"]])
        by_label = chances[:, 1:].reshape(len(inside), 3, TYPES)[:, :, :LEDGER_TYPES]
        best = int(by_label.sum((1, 2)).argmax())
        head = int(inside[best])
        kind, type_ = divmod(int(by_label[best].argmax()), LEDGER_TYPES)
        name = (head, head) if kind == NAME else None
        return [Phrase(head, first, last, kind, type_, FORCED_SCORE, name)]


def _one_a_phrase(phrases: list[Phrase]) -> list[Phrase]:
    """
    Leave one mention of those of one type that claim the same phrase.

    The name layer may cut "Sinaloa Cartel" in two; "its spokesman Idris Taal" is one person, no spokesman and a Taal.
    """
    out: list[Phrase] = []
    for p in phrases:
        before = out[-1] if out else None
        if before is None or not p.name or (p.first, p.last, p.type) != (before.first, before.last, before.type):
            out.append(p)
        elif before.name:
            out[-1] = replace(p, name=(before.name[0], p.name[1]), score=max(p.score, before.score))
        elif before.kind == NOMINAL and p.type == PERSON:
            out[-1] = p
        else:
            out.append(p)
    return out


def _one_type_a_name(reading: Reading, phrases: list[Phrase]) -> list[Phrase]:
    """
    Give each name one type in the whole document (Gale, Church & Yarowsky 1992: one sense per discourse).

    The likeliest over all its places wins; the last word of a person's name is that person, not a body.
    """
    named = [p for p in phrases if p.name and p.type < LEDGER_TYPES]
    words = {p.head: reading.span(*p.name).of(reading.text).lower() for p in named if p.name}
    chances: dict[str, dict[int, float]] = {}
    for p in named:
        of_name = chances.setdefault(words[p.head], {})
        of_name[p.type] = of_name.get(p.type, 0.0) + p.score
    types = {name: max(of_name, key=of_name.__getitem__) for name, of_name in chances.items()}
    surnames = {name.split()[-1] for name, type_ in types.items() if type_ == PERSON and " " in name}
    types |= {name: PERSON for name in surnames & types.keys() if types[name] in BODIES}
    return [replace(p, type=types[words[p.head]]) if p.head in words else p for p in phrases]


def _signs(reading: Reading) -> Ints:
    """Give for each token that the encoder read as a sign for a party the type of what it stands for, else -1."""
    pieces = reading.encoding.pieces
    form = (pieces.ids[pieces.first].astype(np.int64) - FIRST_SIGN) // PARTIES_APART
    return np.where((form >= 0) & (form < len(FORMS)), TYPE_OF_FORM[form.clip(0, len(FORMS) - 1)], -1)


def _with_signs(names: Ints, signs: Ints) -> Ints:
    """Put signs among the names, but for those inside longer names ("Bank of Norland")."""
    longer = np.zeros(len(signs), bool)
    for _, first, last in names[names[:, 2] > names[:, 1]].tolist():
        longer[first : last + 1] = True
    alone = np.flatnonzero((signs >= 0) & ~longer)
    kept = names[~np.isin(names[:, 1], alone)]
    out = np.concatenate([kept, np.stack([signs[alone], alone, alone], 1)])
    ordered: Ints = out[np.argsort(out[:, 1], kind="stable")]
    return ordered


def _words(reading: Reading, start: int, stop: int, without: frozenset[str] = frozenset()) -> NDArray[np.bool_]:
    """Say for tokens ``start`` to before ``stop`` whether each has a letter or digit and is none of ``without``."""
    pieces, text = reading.encoding.pieces, reading.text
    edges = zip(pieces.starts[start:stop].tolist(), pieces.ends[start:stop].tolist(), strict=True)
    printed = (text[a:z] for a, z in edges)
    found = (any(map(str.isalnum, word)) and word.lower() not in without for word in printed)  # "🔥fire" is one token
    return np.fromiter(found, bool, stop - start)


def _name_of(size: int, names: Ints) -> Ints:
    """Number the tokens by the name they stand in, -1 outside."""
    out = np.full(size, -1, np.int64)
    for k, (_, first, last) in enumerate(names.tolist()):
        out[first : last + 1] = k
    return out


def _joint(reading: Reading, phrases: list[Phrase], part: tuple[int, int]) -> list[Phrase]:
    """Give a mention headed by "and" for several that stand side by side in one span: "Norland and Southland"."""
    taken = {p.head for p in phrases}
    outer = _outermost([p for p in phrases if p.kind != PRONOUN])
    for a, b in pairwise(outer):
        for token in range(a.last + 1, b.first):
            if token not in taken and reading.span(token, token).of(reading.text).lower() in ("and", "&"):
                return [Phrase(token, *part, NOMINAL, a.type, FORCED_SCORE)]
    return []


def _outermost(phrases: list[Phrase]) -> list[Phrase]:
    out: list[Phrase] = []
    for p in sorted(phrases, key=lambda p: (p.first, -p.last)):
        if not out or p.first > out[-1].last:
            out.append(p)
    return out
