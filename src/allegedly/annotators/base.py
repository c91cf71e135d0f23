"""What an annotator is, and what it is handed: one document while it is being read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from allegedly.encoder.encode import Encoder, Encoding
from allegedly.records.annotations import Annotation
from allegedly.records.layers import Layers
from allegedly.records.span import Span
from allegedly.text.paragraphs import split_paragraphs
from allegedly.text.quotes import quote_states

Ints = NDArray[np.int64]
Found = Mapping[type[Annotation], Iterable[Annotation]]


class Annotator(Protocol):
    """
    Reads some layers and writes others, whole.

    ``annotate`` must give exactly the layers that ``provides`` names, empty
    ones included, and must not change the reading.
    """

    @property
    def name(self) -> str:
        """Name in origins and messages."""
        ...

    @property
    def version(self) -> str:
        """Raised when the output changes."""
        ...

    @property
    def requires(self) -> frozenset[type[Annotation]]:
        """Layers that must be written before."""
        ...

    @property
    def provides(self) -> frozenset[type[Annotation]]:
        """Layers that it writes."""
        ...

    def annotate(self, reading: Reading) -> Found:
        """Find the annotations of one document."""
        ...


class Reading:
    """
    One document while it is being read; made by the pipeline and thrown away afterwards.

    The encoder runs at most once, when an annotator first asks for it.

    Args:
        layers: What has been found so far.
        encoder: The encoder of the pack.
    """

    def __init__(self, layers: Layers, encoder: Encoder) -> None:
        self.layers = layers
        self._encoder = encoder

    @property
    def text(self) -> str:
        """The document's text."""
        return self.layers.document.text

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The document's paragraphs."""
        return split_paragraphs(self.text)

    @cached_property
    def encoding(self) -> Encoding:
        """The encoder's rows."""
        starts = [paragraph.start for paragraph in self.paragraphs]
        return self._encoder.encode(self.text, paragraphs=starts, states=quote_states(self.text))

    def span(self, first: int, last: int) -> Span:
        """Give the span of tokens ``first`` to ``last``, inclusive."""
        pieces = self.encoding.pieces
        return Span(int(pieces.starts[first]), int(pieces.ends[last]))

    def tokens(self, span: Span) -> tuple[int, int]:
        """Give first and last token of a span that begins and ends at tokens."""
        pieces = self.encoding.pieces
        first = int(np.searchsorted(pieces.ends, span.start, side="right"))
        return first, max(int(np.searchsorted(pieces.starts, span.end)) - 1, first)

    def group_of(self, spans: tuple[Annotation, ...]) -> Ints:
        """Number the tokens by the annotation (of a layer that covers the text, such as sentences) they stand in."""
        starts = np.fromiter((a.span.start for a in spans), np.int64, len(spans))
        out: Ints = np.searchsorted(starts, self.encoding.pieces.starts, side="right") - 1
        return out
