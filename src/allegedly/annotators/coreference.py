"""
Coreference: which mentions are one entity, each link with its reason.

The rules and the greedy pass are :mod:`allegedly.coreference`'s; here stands what
only a document knows: who speaks in a quotation, which capital acts, which
description is somebody's role.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

import numpy as np

from allegedly.annotators.base import Found, Reading
from allegedly.annotators.parts import acting
from allegedly.coreference.chains import Chainer, Joined, fullest_name
from allegedly.coreference.items import FORMS, INNER_TYPES, Item, Words
from allegedly.coreference.members import find_members
from allegedly.coreference.pairs import Pairs, make_pairs, quote_numbers
from allegedly.encoder.heads import Floats
from allegedly.encoder.session import Session
from allegedly.records.annotations import Attribution, Chain, Event, Link, Mention, Sentence
from allegedly.records.codes import MENTION_KINDS, EntityType
from allegedly.records.origin import Origin
from allegedly.records.span import Span
from allegedly.resources.pack import Pack

SPEAKER = "quote-speaker"
MENTIONS_AT_ONCE = 256  # some 7,000 pairs: arrays of a few MB, however long the text; all at once took hundreds
_I = FORMS["i"]
StateNames = Callable[[str, bool], str | None]
AllMentions = Callable[[Reading], Sequence[Mention]]


class Coreference:
    """
    Provides :class:`Chain`.

    Args:
        pack: The pack, for its threshold.
        session: The pack's networks.
        state_names: Gives the state that a name stands for; told whether the name acts, since a capital that acts is
            its government.
        all_mentions: Gives mentions of every type, for :meth:`all_chains`.
    """

    name = "coreference"
    version = "1"
    requires = frozenset({Sentence, Attribution, Event, Mention})
    provides = frozenset({Chain})

    def __init__(
        self, pack: Pack, session: Session, state_names: StateNames, all_mentions: AllMentions | None = None
    ) -> None:
        self._session, self._state_names, self._all_mentions = session, state_names, all_mentions
        self._least = pack.thresholds["antecedent"]
        self._alone = pack.calibration.get("antecedent", (1.0, 0.0))
        self._origin = Origin(self.name, self.version, pack=pack.digest)

    def annotate(self, reading: Reading) -> Found:
        """Chain the mentions."""
        mentions = sorted(reading.layers[Mention], key=lambda m: (m.head, m.span))
        if not mentions:
            return {Chain: ()}
        items = [_item(m) for m in mentions]
        words, chain, joined = self.join(reading, items)
        members = find_members(reading.text, items, words, chain)
        by_chain: dict[int, list[int]] = {}
        for k, number in enumerate(chain):
            by_chain.setdefault(number, []).append(k)
        order = sorted(by_chain, key=lambda number: min(mentions[k].span for k in by_chain[number]))
        key = {number: f"e{k}" for k, number in enumerate(order, 1)}
        chains = []
        for number in order:
            own = by_chain[number]
            stands_for = tuple(key[m] for m in members.get(number, ()))
            best = fullest_name(items, words, own)
            chains.append(
                self._chain(reading.text, mentions, best, own, joined=joined, key=key[number], members=stands_for)
            )
        return {Chain: chains}

    def all_chains(self, reading: Reading) -> list[list[Mention]]:
        """Give chains of every type that the pack knows, if an annotator offers such mentions: for measuring."""
        return self.chains_of(reading, self._all_mentions(reading)) if self._all_mentions else []

    def chains_of(self, reading: Reading, mentions: Sequence[Mention]) -> list[list[Mention]]:
        """Chain the mentions given, of any type that the pack knows."""
        ordered = sorted(mentions, key=lambda m: (m.head, m.span))
        if not ordered:
            return []
        _, chain, _ = self.join(reading, [_item(m) for m in ordered])
        out: dict[int, list[Mention]] = {}
        for mention, number in zip(ordered, chain, strict=True):
            out.setdefault(number, []).append(mention)
        return list(out.values())

    def join(self, reading: Reading, items: Sequence[Item]) -> tuple[list[Words], list[int], list[Joined]]:
        """
        Join mentions in order of their heads, of any types the pack knows.

        Returns:
            Their words, the number of each one's chain, and why it is there.
        """
        heads = np.array([reading.tokens(Span(*item.head))[1] for item in items], np.int64)
        sentence = reading.group_of(reading.layers[Sentence])[heads]
        quote = quote_numbers(reading.text, [item.head[0] for item in items])
        words, pairs = make_pairs(reading.text, items, sentence, quote)
        scores, none = self._scores(reading.encoding.hidden(heads), pairs)
        active = acting(reading)
        heads_of_active = {m.head.start for m in reading.layers[Mention] if m.key in active}

        def state_of(i: int) -> str | None:
            name = items[i].name or items[i].head
            return self._state_names(reading.text[slice(*name)], items[i].head[0] in heads_of_active)

        given = _speakers(reading, items, words)
        slope, shift = self._alone  # the scorer leaves too many mentions alone
        none = none * np.float32(slope) + np.float32(shift)
        chainer = Chainer(reading.text, items, words, pairs, scores, none, state_of, given, self._least)
        return (words, *chainer.join())

    def _scores(self, rows: Floats, pairs: Pairs) -> tuple[Floats, Floats]:
        """Score all pairs, and each mention as having no antecedent, some mentions at a time."""
        scores, none = np.zeros(len(pairs.anaphor), np.float32), np.zeros(len(rows), np.float32)
        for start in range(0, len(rows), MENTIONS_AT_ONCE):
            own = np.arange(start, min(start + MENTIONS_AT_ONCE, len(rows)))
            part = slice(*np.searchsorted(pairs.anaphor, [own[0], own[-1] + 1]).tolist())
            used = np.union1d(own, pairs.antecedent[part])
            scores[part], alone = self._session.antecedent(
                rows[used],
                anaphor=np.searchsorted(used, pairs.anaphor[part]),
                antecedent=np.searchsorted(used, pairs.antecedent[part]),
                features=pairs.features[part],
            )
            none[own] = alone[np.searchsorted(used, own)]
        return scores, none

    def _chain(
        self, text: str, mentions: Sequence[Mention], best: int, own: list[int], *, joined: list[Joined], key: str,
        members: tuple[str, ...],
    ) -> Chain:  # fmt: skip
        links = tuple(
            Link(
                mention=mentions[k].key,
                reason=joined[k].reason,
                antecedent=None if joined[k].antecedent is None else mentions[joined[k].antecedent].key,  # type: ignore[index]
                score=joined[k].score,
            )
            for k in own
        )
        first = min((mentions[k] for k in own), key=lambda m: m.span)
        named = mentions[best]
        return Chain(
            span=first.span,
            origin=self._origin,
            score=round(float(np.mean([joined[k].score for k in own])), 3),
            key=key,
            type=_type(mentions, own),
            links=links,
            name=named.name or named.span,
            role=_role(text, mentions, own) if named.type == "PER" and named.name else None,
            members=members,
        )


def _item(m: Mention) -> Item:
    name = (m.name.start, m.name.end) if m.name else None
    head = (m.head.start, m.head.end)
    return Item(m.span.start, m.span.end, head, MENTION_KINDS.index(m.kind), INNER_TYPES.index(m.type), name)


def _type(mentions: Sequence[Mention], own: Sequence[int]) -> EntityType:
    """
    Take the type that most names have, else most descriptions, else most pronouns; ties go to the first.

    An adjective ("Sudanese") says little beside a name of the same state ("Sudan").
    """
    for kind in MENTION_KINDS:
        types = [mentions[k].type for k in own if mentions[k].kind == kind]
        types = [t for t in types if t != "NORP"] or types
        if types:
            return max(dict.fromkeys(types), key=types.count)
    raise ValueError("a chain has mentions")


def _role(text: str, mentions: Sequence[Mention], own: Sequence[int]) -> Span | None:
    """Give a person's title before the name, else the first description of the chain, up to the name in it."""
    for k in own:
        m = mentions[k]
        if m.kind == "name" and m.name and m.name.start > m.span.start:
            return _trimmed(text, Span(m.span.start, m.name.start))
    names = [mentions[k].name for k in own]
    for k in own:
        phrase = mentions[k].span
        if mentions[k].kind == "nominal":
            inside = [n.start for n in names if n is not None and phrase.start < n.start < phrase.end]
            return _trimmed(text, Span(phrase.start, min(inside)) if inside else phrase)
    return None


def _trimmed(text: str, span: Span) -> Span | None:
    """Cut blanks and commas off the end; None if no word is left but an article."""
    words = span.of(text).rstrip(" ,\n\r\t")
    is_role = any(map(str.isalnum, words)) and words.lower() not in ("the", "a", "an")
    return Span(span.start, span.start + len(words)) if is_role else None


def _speakers(reading: Reading, items: Sequence[Item], words: Sequence[Words]) -> dict[int, tuple[int, str]]:
    """Give the source of the innermost attribution around each "I"."""
    first_person = sorted((items[i].start, i) for i, w in enumerate(words) if w.form == _I)
    if not first_person:
        return {}
    starts = [item.head[0] for item in items]
    out: dict[int, tuple[int, str]] = {}
    for attribution in sorted(reading.layers[Attribution], key=lambda a: -sum(c.end - c.start for c in a.content)):
        if not attribution.source:
            continue
        span = attribution.source[0]
        low, high = bisect_left(starts, span.start), bisect_left(starts, span.end)
        if low == high:
            continue
        j = max(range(low, high), key=lambda k: items[k].end - items[k].start)
        for content in attribution.content:
            inside = slice(bisect_left(first_person, (content.start,)), bisect_left(first_person, (content.end,)))
            out |= {i: (j, SPEAKER) for _, i in first_person[inside]}
    return out
