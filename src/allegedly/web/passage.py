"""
One claim in its passage: source, cue, what is said, event, who, whom, when and where marked by form and by label.

Blind, each name of a party is a label of another length than the name. Marks are
widened to whole labels, so that none is cut, and ``data-at`` stays the offset
into the text as it is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from markupsafe import Markup

from allegedly.records.claims import Claim
from allegedly.records.ledger import Ledger, SpanPair
from allegedly.render.cuts import Kind, Mark, Piece, cut
from allegedly.render.labels import row_of
from allegedly.render.names import chain_of
from allegedly.render.pieces import opening
from allegedly.review.blind import Blind
from allegedly.web.text import signs_markup

MARK: Final[dict[Kind, str]] = {
    "source": "source",
    "cue": "cue",
    "content": "says",
    "event": "event",
    "actor": "who",
    "recipient": "whom",
    "time": "when",
    "place": "where",
    "number": "number",
}
AROUND = 1  # sentences of context on either side


def passage_markup(ledger: Ledger, claim: Claim, *, blind: Blind | None = None) -> Markup:
    """
    Write the passage of a claim with its marks, and a sentence on either side.

    Args:
        ledger: The reading that it is in.
        claim: The claim, as it was read or as people left it.
        blind: Hides names.

    Offsets: ``data-at`` indexes the document's text, code points.
    """
    first, last = context_of(ledger, claim.passage)
    marks = claim_marks(ledger, claim)
    if blind is not None:
        marks = [Mark(mark.kind, mark.row, blind.snap(mark.span)) for mark in marks]
        first, last = blind.snap((first, last))
    edge = Mark("mention", "passage", claim.passage if blind is None else blind.snap(claim.passage))
    pieces = cut([*marks, edge], (first, last))
    return Markup("".join(_piece(ledger, piece, blind) for piece in pieces))  # noqa: S704  # every part is escaped


def claim_marks(ledger: Ledger, claim: Claim) -> list[Mark]:
    """List the marks of a claim: each part that its reading found, and each that people set since."""
    found: list[tuple[Kind, SpanPair]] = [("content", claim.span)] if claim.voices else []
    if claim.event is not None:
        event = row_of(ledger.events, claim.key)
        chain = [row_of(ledger.attributions, key) for key in event.voice]
        found.append(("event", event.trigger))
    else:
        chain = chain_of(ledger, row_of(ledger.attributions, claim.key))
    if claim.voices:
        found += [("source", span) for row in chain for span in row.source]
        found += [("cue", span) for row in chain for span in row.cue]
    found += [("actor", party.span) for party in claim.actors]
    found += [("recipient", party.span) for party in claim.recipients]
    found += [("time", claim.time.span)] if claim.time else []
    found += [("place", claim.place.span)] if claim.place else []
    found += [("number", item.span) for item in claim.numbers]
    return [Mark(kind, claim.key, span) for kind, span in dict.fromkeys(found)]


def context_of(ledger: Ledger, passage: SpanPair, *, around: int = AROUND) -> SpanPair:
    """Widen a passage by whole sentences on either side."""
    starts = [start for start, _ in ledger.sentences]
    ends = [end for _, end in ledger.sentences]
    before = bisect_left(ends, passage[0] + 1) - around
    after = bisect_right(starts, passage[1] - 1) - 1 + around
    first = min(ledger.sentences[max(before, 0)][0], passage[0]) if starts else passage[0]
    last = max(ledger.sentences[min(after, len(ends) - 1)][1], passage[1]) if ends else passage[1]
    return first, last


def _piece(ledger: Ledger, piece: Piece, blind: Blind | None) -> str:
    """Write a piece; a name that is hidden becomes an element of its own inside it."""
    kinds = dict.fromkeys(mark.kind for mark in piece.marks if mark.kind != "mention")
    inside = any(mark.kind == "mention" for mark in piece.marks)
    classes = ["m", *kinds] if kinds else [] if inside else ["around"]
    labels = dict.fromkeys(MARK[mark.kind] for mark in piece.opens if mark.kind in MARK)
    given = {
        "class": " ".join(classes),
        "data-label": " ".join(labels),
        "title": ", ".join(MARK[kind] for kind in kinds),
    }
    attributes = {name: words for name, words in given.items() if words}
    return "".join(_runs(ledger, piece.span, attributes, blind))


def _runs(ledger: Ledger, span: SpanPair, attributes: dict[str, str], blind: Blind | None) -> Iterator[str]:
    """Write runs of words and of hidden names; what is labelled is labelled once."""
    runs: Iterable[tuple[SpanPair, str, bool]]
    if blind is None:
        runs = [(span, ledger.words(span), False)]
    else:
        runs = [(item.span, item.words, item.hidden) for item in blind.pieces(span)]
    for k, (at, words, hidden) in enumerate(runs):
        own = {name: value for name, value in attributes.items() if k == 0 or name != "data-label"}
        if hidden:
            own["class"] = f"{own.get('class', '')} named".strip()
        yield f"{opening('span', own | {'data-at': str(at[0])})}{signs_markup(words)}</span>"
