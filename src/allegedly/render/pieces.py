"""
What a piece of a text under its marks is called and how it is labelled, in every annotated page.

Labels stand in attributes and are drawn by the style sheet, so that copying the
text copies the report and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from allegedly.records.ledger import Ledger, SpanPair
from allegedly.render import labels, names
from allegedly.render.cuts import Mark, Piece
from allegedly.render.dates import time_label
from allegedly.render.places import place_label

LINKED = frozenset(("content", "event", "mention"))  # marks that something on the page links to
_UNSAID = LINKED | {"narrator"}
_UNCARRIED = re.compile("[\0\ud800-\udfff]")
DEEPEST = 4  # contents nested deeper than this look like the fourth


@dataclass(slots=True)
class PieceLabels:
    """
    The labels of one text; thrown away with its page.

    Args:
        ledger: Whose text it is.
        numbers: By id of a row: the number it goes by on the page; rows without one show none.
        badges: By id of an event: what stands behind its words.
    """

    ledger: Ledger
    numbers: Mapping[str, str]
    badges: Mapping[str, str]
    _own: frozenset[str] = field(init=False)
    _names: dict[tuple[str, SpanPair], str] = field(init=False)

    def __post_init__(self) -> None:
        self._own = frozenset(event.id for event in self.ledger.events if not event.voice)
        self._names = other_names(self.ledger)

    def attributes(self, piece: Piece) -> dict[str, str]:
        """Give the attributes of the element around a piece; none if it is bare text."""
        marks = [mark for mark in piece.marks if mark.kind != "mention"]
        if not marks:
            return {}
        depth = sum(mark.kind == "content" for mark in marks)
        own = any(mark.kind == "event" and mark.row in self._own for mark in marks)
        kinds = dict.fromkeys(mark.kind for mark in marks)
        classes = ["m", *kinds, *([f"d{min(depth, DEEPEST)}"] if depth else []), *(["own"] if own else [])]
        before = [f"{self._number(mark)}[" for mark in piece.opens if mark.kind == "content"]
        after = [self.badges[mark.row] for mark in piece.closes if mark.kind == "event"]
        after += [f"]{self._number(mark)}" for mark in reversed(piece.closes) if mark.kind == "content"]
        said = [self._said(mark) for mark in marks if mark.kind not in _UNSAID]
        given = {"class": classes, "data-before": before, "data-after": after}
        shown = {name: " ".join(words) for name, words in given.items()} | {"title": ", ".join(said)}
        return {name: words for name, words in shown.items() if words}

    def _number(self, mark: Mark) -> str:
        return self.numbers.get(mark.row, "")

    def _said(self, mark: Mark) -> str:
        """Say what part of which row it is, and for a pronoun or a description whom it means."""
        if mark.kind == "time":
            return f"time: {time_label(labels.row_of(self.ledger.times, mark.row))}"
        if mark.kind == "place":
            return f"place: {place_label(labels.row_of(self.ledger.places, mark.row))}"
        number, name = self._number(mark), self._names.get((mark.row, mark.span), "")
        return f"{mark.kind}{f' of {number}' if number else ''}{f': {name}' if name else ''}"


def escaped(words: str) -> str:
    """Escape for text and attributes; a page cannot carry NUL and lone surrogates, and turns CR into LF."""
    return escape(_UNCARRIED.sub("\ufffd", words), quote=True).replace("\r", "&#13;")


def opening(tag: str, attributes: Mapping[str, str]) -> str:
    """
    Write the opening tag of an element.

    Example:
        >>> opening("span", {"class": "m cue"})
        '<span class="m cue">'
    """
    return "".join([f"<{tag}", *(f' {name}="{escaped(value)}"' for name, value in attributes.items()), ">"])


def other_names(ledger: Ledger) -> dict[tuple[str, SpanPair], str]:
    """Give, by row and span, the names of sources, actors and recipients whose words as printed are others."""
    parts = [(row.id, row.source_entity, row.source) for row in ledger.attributions] + [
        (event.id, item.entity, (item.span,)) for event in ledger.events for item in (*event.actors, *event.recipients)
    ]
    found: dict[tuple[str, SpanPair], str] = {}
    for row_id, key, spans in parts:
        entity = names.entity_of(ledger, key)
        if entity and names.printed_words(ledger, entity, spans):
            found |= {(row_id, span): labels.clean(entity.name) for span in spans}
    return found
