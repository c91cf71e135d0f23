"""Layers are written once and hold spans inside their text only."""

from __future__ import annotations

import pytest

from allegedly.errors import LayerError, SpanError
from allegedly.records.annotations import Sentence, Token
from allegedly.records.document import Document
from allegedly.records.layers import Layers
from allegedly.records.span import Span
from tests.fakes import ORIGIN


@pytest.fixture
def empty() -> Layers:
    """Layers of a short document, none written."""
    return Layers(Document("One. Two.", id="d"))


def test_sorts_by_span(empty: Layers) -> None:
    """A layer comes back in the order of the text."""
    later, sooner = Sentence(span=Span(5, 9), origin=ORIGIN), Sentence(span=Span(0, 4), origin=ORIGIN)
    empty.add(Sentence, [later, sooner])
    assert empty[Sentence] == (sooner, later)


def test_refuses_a_second_write(empty: Layers) -> None:
    """A layer can be written once."""
    empty.add(Sentence, [])
    with pytest.raises(LayerError, match="Sentence of document d is already written"):
        empty.add(Sentence, [])


def test_refuses_spans_outside(empty: Layers) -> None:
    """A span that ends after the text is refused, with the place named."""
    with pytest.raises(SpanError, match=r"ends after the text \(9\) of d"):
        empty.add(Token, [Token(span=Span(8, 10), origin=ORIGIN)])


def test_says_which_layer_is_missing(empty: Layers) -> None:
    """Reading a layer that nobody wrote is an error that names it."""
    with pytest.raises(LayerError, match="Token was never written"):
        empty[Token]


def test_knows_what_is_written(empty: Layers) -> None:
    """Membership tells written layers from others."""
    empty.add(Token, [])
    assert (Token in empty, Sentence in empty) == (True, False)
