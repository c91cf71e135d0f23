"""Who takes part in a report: the spans of sources, actors and recipients, and the mentions that stand for them."""

from __future__ import annotations

import re
from typing import Final

from allegedly.annotators.base import Reading
from allegedly.coreference.lookup import MentionIndex
from allegedly.records.annotations import Attribution, Event, Mention, Sentence
from allegedly.records.span import Span

_NEXT_WORD: Final = re.compile(r" ([a-z]+)\b")
_NO_VERBS: Final = frozenset(
    """
    a about after against along among and around as at before behind between but by during for from in into is lies near
    of off on or over remains than that the through to toward towards under until was were where which while who with
    """.split()
)


def part_spans(reading: Reading) -> list[Span]:
    """Give the spans of all sources, actors and recipients, each once, in order of the text."""
    spans = {s for a in reading.layers[Attribution] for s in a.source}
    for event in reading.layers[Event]:
        spans.update(event.actors)
        spans.update(event.recipients)
    return sorted(spans)


def acting(reading: Reading) -> frozenset[str]:
    """
    Give the keys of the mentions that speak, act or suffer.

    These are the sources, actors and recipients of other layers, and the names
    that open a sentence before a verb: "Pyongyang cut the hotline", although
    cutting hotlines is no event of a coded type.
    """
    mentions = reading.layers[Mention]
    index = MentionIndex(mentions)
    found = (index.main(span) for span in part_spans(reading))
    starts = {sentence.span.start for sentence in reading.layers[Sentence]}
    opening = (m for m in mentions if m.kind == "name" and m.span.start in starts and _before_a_verb(reading.text, m))
    return frozenset(m.key for m in (*found, *opening) if m is not None)


def _before_a_verb(text: str, mention: Mention) -> bool:
    """Say whether a word follows that is in lower case and neither joins nor places the name."""
    word = _NEXT_WORD.match(text, mention.span.end)
    return word is not None and word[1] not in _NO_VERBS
