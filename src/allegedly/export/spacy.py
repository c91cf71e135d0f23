"""
spaCy: a ledger as a ``Doc`` whose text is the document's text, to the character.

The marks become span groups (``doc.spans["Event"]`` …), each span with its
label and, as ``id_``, its key; arrows and the values of the marks stand in
``doc.user_data["allegedly"]``. Nothing is set on spaCy's classes. Tokens are cut so that every mark ends at
one: they are not those of a spaCy model.

Needs spaCy (``pip install 'allegedly[spacy]'``), imported when it is used.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from allegedly.errors import ExportError
from allegedly.export.base import Text, tell
from allegedly.export.marks import LAYERS, marks_of
from allegedly.export.tokens import cut_tokens
from allegedly.records.claims_of import claims_of
from allegedly.records.ledger import Ledger, SpanPair
from allegedly.review.states import Reviews

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


def to_spacy(ledger: Ledger, *, vocab: Vocab | None = None, reviews: Reviews | None = None) -> Doc:
    """
    Make a spaCy ``Doc`` of a ledger.

    Args:
        ledger: The ledger of one document.
        vocab: Vocabulary of the pipeline that will read it; an empty one otherwise.
        reviews: What people decided about its claims.

    Raises:
        ExportError: If spaCy is not installed.

    Offsets: ``doc.text == ledger.document.text``; ``span.start_char`` and ``end_char`` are the ledger's.
    """
    try:
        from spacy.tokens import Doc  # noqa: PLC0415  # an extra
        from spacy.vocab import Vocab as EmptyVocab  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise ExportError("this needs spaCy, which is not installed", hint="pip install 'allegedly[spacy]'") from error
    decided = reviews or Reviews()
    text = Text(ledger, tuple(tell(decided, claim) for claim in claims_of(ledger)))
    marks, arrows = marks_of(text)
    body = ledger.document.text
    words, spaces = _words(body, [mark.span for mark in marks])
    doc = Doc(EmptyVocab() if vocab is None else vocab, words=words, spaces=spaces)
    for layer in LAYERS:
        spans = [
            doc.char_span(*mark.span, label=mark.label, span_id=mark.key, alignment_mode="expand")
            for mark in marks
            if mark.layer == layer
        ]
        doc.spans[layer] = [span for span in spans if span is not None]
    doc.user_data["allegedly"] = {
        "document": ledger.document.id,
        "values": {mark.key: {**mark.values, "score": mark.score} for mark in marks},
        "arrows": [(arrow.label, arrow.start, arrow.end) for arrow in arrows],
    }
    return doc


def _words(text: str, spans: list[SpanPair]) -> tuple[list[str], list[bool]]:
    """
    Give tokens, and whether one blank follows each; all other white space is tokens of its own, as spaCy has it.

    So is a blank with which a mark begins or ends: it would end inside a token otherwise.
    """
    words: list[str] = []
    spaces: list[bool] = []
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    for start, end in _pieces(text, sorted(starts | ends)):
        piece = text[start:end]
        alone = start in starts or end in ends or not words or spaces[-1] or words[-1].isspace()
        if piece == " " and not alone:
            spaces[-1] = True
        else:
            words.append(piece)
            spaces.append(False)
    return words, spaces


def _pieces(text: str, bounds: list[int]) -> Iterator[SpanPair]:
    at = 0
    for start, end in cut_tokens(text, bounds):
        yield from _blanks(at, start, bounds)
        yield start, end
        at = end
    yield from _blanks(at, len(text), bounds)


def _blanks(start: int, end: int, bounds: list[int]) -> Iterator[SpanPair]:
    """Give the first blank alone, and the rest of the white space cut at the bounds."""
    inside = bounds[bisect_right(bounds, start) : bisect_left(bounds, end)]
    yield from pairwise(sorted({start, min(start + 1, end), end, *inside}))
