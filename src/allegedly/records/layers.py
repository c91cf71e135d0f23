"""Layers: all annotations of one document, one tuple per class, each written once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from allegedly.errors import LayerError, SpanError
from allegedly.records.annotations import Annotation
from allegedly.records.document import Document

A = TypeVar("A", bound=Annotation)


class Layers:
    """
    The annotated document: append once, read many.

    Each layer is written whole by one annotator and sorted by span; a second
    write or a span outside the text is refused.

    Args:
        document: The document that all spans index.
    """

    __slots__ = ("_by_kind", "document")

    def __init__(self, document: Document) -> None:
        self.document = document
        self._by_kind: dict[type[Annotation], tuple[Annotation, ...]] = {}

    def add(self, kind: type[A], found: Iterable[A]) -> None:
        """
        Write the layer ``kind``.

        Raises:
            LayerError: If it is already written.
            SpanError: If an annotation ends after the text.
        """
        if kind in self._by_kind:
            raise LayerError(f"layer {kind.__name__} of document {self.document.id} is already written")
        items = tuple(sorted(found, key=lambda annotation: annotation.span))
        size = len(self.document.text)
        for item in items:
            if item.span.end > size:
                raise SpanError(f"{kind.__name__} {item.span} ends after the text ({size}) of {self.document.id}")
        self._by_kind[kind] = items

    def __getitem__(self, kind: type[A]) -> tuple[A, ...]:
        try:
            return self._by_kind[kind]  # type: ignore[return-value]  # add() keeps kind and items together
        except KeyError:
            raise LayerError(f"layer {kind.__name__} was never written; add an annotator that provides it") from None

    def __contains__(self, kind: object) -> bool:
        return kind in self._by_kind
