"""
Hide who prints and who takes part, so that a reviewer judges the reading and not the party.

Hidden are publisher, title and address of the report, and every name of a
person, a people, an organisation, an armed force or a state that is no mere
place where something happened. A name becomes a fixed label, the same for all
names of one entity of the document: ``Party A``, ``Party B`` … in order of the
text. Descriptions ("the army"), places and all rows stay as they are.

Offsets: rows keep theirs; only what is shown differs. Labels have other lengths than names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from allegedly.records.claims import Claim, ClaimParty, ClaimVoice
from allegedly.records.ledger import EntityRow, Ledger, MentionRow, SpanPair

PUBLISHER: Final = "Publisher"
_ALWAYS: Final = frozenset(("PER", "ORG", "NORP", "MIL"))
_SHORTEST: Final = 2  # letters of a name that is looked for where no mention was found


@dataclass(frozen=True, slots=True)
class Shown:
    """
    A stretch of text as a reviewer sees it.

    Args:
        span: Where it is in the text.
        words: What is shown: the text's words, or a label in their place.
        hidden: Whether it is a label.
    """

    span: SpanPair
    words: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Blind:
    """
    What is hidden of one document; made by :func:`blind`.

    Args:
        text: Its text.
        hidden: The spans that are hidden and their labels, in order of the text, without overlaps.
        names: The label of each name.
    """

    text: str
    hidden: tuple[tuple[SpanPair, str], ...]
    names: Mapping[str, str] = field(hash=False)

    def pieces(self, span: SpanPair) -> tuple[Shown, ...]:
        """
        Give a stretch of the text as it is shown; the pieces join without gaps.

        A name that reaches over an edge of the stretch is hidden whole: see :meth:`snap`.
        """
        start, end = span
        shown, at = [], start
        for (left, right), label in self.hidden:
            if right <= start or end <= left:
                continue
            if at < left:
                shown.append(Shown((at, left), self.text[at:left], hidden=False))
            at, begin = min(right, end), max(left, start)
            shown.append(Shown((begin, at), label, hidden=True))
        if at < end:
            shown.append(Shown((at, end), self.text[at:end], hidden=False))
        return tuple(shown)

    def words(self, span: SpanPair) -> str:
        """Give the words of a span as they are shown."""
        return "".join(piece.words for piece in self.pieces(span))

    def snap(self, span: SpanPair) -> SpanPair:
        """Widen a span to the edges of the names that it cuts, so that marks never part a label."""
        cut = [hidden for hidden, _ in self.hidden if hidden[0] < span[1] and span[0] < hidden[1]]
        return min([span[0], *(left for left, _ in cut)]), max([span[1], *(right for _, right in cut)])

    def hide(self, words: str) -> str:
        """Replace the names in some words of the document, a name of an entity say."""
        return _pattern(self.names).sub(lambda found: self.names[found[0]], words) if self.names else words

    def claim(self, claim: Claim) -> Claim:
        """Give a claim as it is shown: names replaced, publisher, title and address gone; never to be kept."""
        return replace(
            claim,
            publisher=None,
            title=None,
            url=None,
            voices=tuple(map(self._voice, claim.voices)),
            actors=tuple(map(self._party, claim.actors)),
            recipients=tuple(map(self._party, claim.recipients)),
            quote=self.words(claim.span),
        )

    def _voice(self, voice: ClaimVoice) -> ClaimVoice:
        return replace(
            voice, words=self._hide(voice.words), name=self._hide(voice.name), role=self._hide(voice.role),
            country=None, side=None, actor=None,
        )  # fmt: skip

    def _party(self, party: ClaimParty) -> ClaimParty:
        return replace(
            party, words=self.words(party.span), name=self._hide(party.name), country=None, side=None, actor=None
        )

    def _hide(self, words: str | None) -> str | None:
        return None if words is None else self.hide(words)


def blind(ledger: Ledger) -> Blind:
    """
    Find what to hide of a document.

    A pure function of its rows.
    """
    text = ledger.document.text
    named = list(_named(ledger))
    labels: dict[str, str] = {}
    for _, entity in named:
        if entity.name == ledger.document.publisher:
            labels[entity.id] = PUBLISHER
        elif entity.id not in labels:
            parties = sum(label != PUBLISHER for label in labels.values())
            labels[entity.id] = f"Party {_letters(parties)}"
    names = {text[slice(*mention.span)]: labels[entity.id] for mention, entity in named}
    names |= {entity.name: labels[entity.id] for _, entity in named if entity.name not in names}
    if ledger.document.publisher:
        names[ledger.document.publisher] = PUBLISHER
    names = {name: label for name, label in names.items() if len(name) >= _SHORTEST}
    spans = [(mention.span, names.get(text[slice(*mention.span)], labels[entity.id])) for mention, entity in named]
    places = _places(ledger)
    spans += [
        (found.span(), names[found[0]])
        for found in (_pattern(names).finditer(text) if names else ())
        if not any(start < found.end() and found.start() < end for start, end in places)
    ]
    return Blind(text, tuple(_outermost(spans)), names)


def _named(ledger: Ledger) -> Iterator[tuple[MentionRow, EntityRow]]:
    """Go through the mentions that name a party, in order of the text."""
    entities = {row.id: row for row in ledger.entities}
    active = {row.source_entity for row in ledger.attributions}
    active |= {item.entity for event in ledger.events for item in (*event.actors, *event.recipients)}
    places = _places(ledger)
    for mention in sorted(ledger.mentions, key=lambda row: (row.span[0], -row.span[1])):
        entity = entities.get(mention.entity or "")
        if entity is None or mention.kind != "name" or mention.span in places:
            continue
        state = entity.type == "GPE" and (entity.id in active or (entity.actor or "") == entity.country)
        if entity.type in _ALWAYS or mention.type in _ALWAYS or state:
            yield mention, entity


def _places(ledger: Ledger) -> set[SpanPair]:
    """Give the names that only say where something is."""
    sources = {span for row in ledger.attributions for span in row.source}
    active = {item.span for event in ledger.events for item in (*event.actors, *event.recipients)}
    return {row.span for row in ledger.places if row.reading == "literal"} - sources - active


def _outermost(spans: Sequence[tuple[SpanPair, str]]) -> Iterator[tuple[SpanPair, str]]:
    """Keep of overlapping spans the one that begins first, of these the longest."""
    reached = 0
    for span, label in sorted(spans, key=lambda item: (item[0][0], -item[0][1])):
        if span[0] >= reached:
            reached = span[1]
            yield span, label


def _pattern(names: Mapping[str, str]) -> re.Pattern[str]:
    longest = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


def _letters(number: int) -> str:
    """Count in letters: A to Z, then AA, AB and so on."""
    rest, last = divmod(number, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + last)
