"""Annotators in working order, and failures with a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import pytest

from allegedly.annotators.base import Reading
from allegedly.encoder.encode import Encoder
from allegedly.errors import AnnotatorError, PipelineError
from allegedly.pipeline import Pipeline
from allegedly.records.annotations import Annotation, Event, Quantity, Sentence, Token
from allegedly.records.document import Document
from allegedly.records.span import Span
from tests.fakes import ORIGIN

NO_ENCODER = cast("Encoder", None)  # none of these annotators asks for it
Kinds = Iterable[type[Annotation]]


class Scripted:
    """
    An annotator that does what the test says.

    Args:
        name: Its name.
        requires: Layers it reads.
        provides: Layers it declares.
        found: What it gives; empty layers as declared if None.
        error: Raised instead.
    """

    version = "1"

    def __init__(
        self,
        name: str,
        requires: Kinds = (),
        provides: Kinds = (),
        *,
        found: Mapping[type[Annotation], Iterable[Annotation]] | None = None,
        error: Exception | None = None,
    ) -> None:
        self.name = name
        self.requires, self.provides = frozenset(requires), frozenset(provides)
        self._found, self._error = found, error

    def annotate(self, reading: Reading) -> Mapping[type[Annotation], Iterable[Annotation]]:
        """Give what the test says, after reading what it requires."""
        if self._error is not None:
            raise self._error
        for kind in self.requires:
            assert kind in reading.layers
        return dict.fromkeys(self.provides, ()) if self._found is None else self._found


def _run(*annotators: Scripted) -> Any:
    return Pipeline(annotators, NO_ENCODER).annotate(Document("Some text.", id="d"))


def test_orders_by_what_is_required() -> None:
    """Annotators run after those whose layers they read, however they are listed."""
    pipeline = Pipeline(
        [
            Scripted("last", [Event, Sentence], [Quantity]),
            Scripted("middle", [Sentence], [Event]),
            Scripted("first", [], [Sentence]),
        ],
        NO_ENCODER,
    )
    assert [annotator.name for annotator in pipeline.annotators] == ["first", "middle", "last"]


def test_writes_the_layers() -> None:
    """What an annotator finds is in the layers."""
    token = Token(span=Span(0, 4), origin=ORIGIN)
    assert _run(Scripted("tokens", [], [Token], found={Token: [token]}))[Token] == (token,)


@pytest.mark.parametrize(
    ("annotators", "message"),
    [
        ([Scripted("a", [], [Event]), Scripted("b", [], [Event])], "two annotators provide the same layer"),
        ([Scripted("a", [Event, Token], [])], "a requires Event, Token; no annotator provides it"),
        ([Scripted("a", [Event], [Token]), Scripted("b", [Token], [Event])], "wait for one another"),
    ],
)
def test_refuses_what_does_not_fit(annotators: list[Scripted], message: str) -> None:
    """Annotators that do not fit together are refused when the pipeline is made."""
    with pytest.raises(PipelineError, match=message):
        Pipeline(annotators, NO_ENCODER)


@pytest.mark.parametrize("found", [{}, {Event: ()}, {Token: (), Event: ()}])
def test_holds_annotators_to_what_they_declare(found: Mapping[type[Annotation], Iterable[Annotation]]) -> None:
    """An annotator that gives other layers than it declares is a bug of ours, not of the document."""
    with pytest.raises(PipelineError, match="a did not give exactly the layers it declares"):
        _run(Scripted("a", [], [Token], found=found))


@pytest.mark.parametrize("error", [ValueError("odd"), KeyError("odd"), ZeroDivisionError("odd"), RuntimeError("odd")])
def test_a_failure_is_of_this_document(error: Exception) -> None:
    """An annotator that fails names itself, the document and the cause."""
    with pytest.raises(AnnotatorError, match="broken failed on document d") as caught:
        _run(Scripted("broken", error=error))
    assert ("broken", "d", error) == (caught.value.annotator, caught.value.document_id, caught.value.__cause__)


def test_a_span_outside_is_a_failure() -> None:
    """An annotation outside the text never gets into the layers."""
    outside = Token(span=Span(5, 500), origin=ORIGIN)
    with pytest.raises(AnnotatorError, match="ends after the text"):
        _run(Scripted("a", [], [Token], found={Token: [outside]}))
