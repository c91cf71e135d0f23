"""The pipeline: orders annotators by what they require and provide, runs them, and turns failures into errors."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter

from allegedly.annotators.base import Annotator, Found, Reading
from allegedly.encoder.encode import Encoder
from allegedly.errors import AllegedlyError, AnnotatorError, PipelineError
from allegedly.records.document import Document
from allegedly.records.layers import Layers


class Pipeline:
    """
    Annotators in working order, with the encoder they share; reusable and thread-safe.

    Args:
        annotators: In any order; each layer must be provided once, each required one by somebody.
        encoder: The encoder of the pack.

    Raises:
        PipelineError: If a layer is provided twice, is missing, or annotators wait for one another.
    """

    def __init__(self, annotators: Sequence[Annotator], encoder: Encoder) -> None:
        self.encoder = encoder
        self.annotators = order_annotators(annotators)

    def annotate(self, document: Document) -> Layers:
        """
        Run all annotators over one document.

        Raises:
            AnnotatorError: If an annotator fails on this document.
            PipelineError: If an annotator gives other layers than it declares.
        """
        return self.read(document).layers

    def read(self, document: Document) -> Reading:
        """Run all annotators and keep the working state, for those who want the encoder's rows too."""
        reading = Reading(Layers(document), self.encoder)
        for annotator in self.annotators:
            try:
                found = annotator.annotate(reading)
                for kind, items in declared(annotator, found).items():
                    reading.layers.add(kind, items)
            except PipelineError:
                raise
            except (AllegedlyError, ArithmeticError, LookupError, RuntimeError, TypeError, ValueError) as problem:
                raise AnnotatorError(
                    f"{annotator.name} failed on document {document.id}: {problem}",
                    annotator=annotator.name,
                    document_id=document.id,
                    hint="please report it with the text; the other documents are not concerned",
                ) from problem
        return reading


def declared(annotator: Annotator, found: Found) -> Found:
    """
    Give ``found`` back if it holds exactly the layers that the annotator declares.

    Raises:
        PipelineError: If it does not.
    """
    if frozenset(found) != annotator.provides:
        raise PipelineError(f"{annotator.name} did not give exactly the layers it declares")
    return found


def order_annotators(annotators: Sequence[Annotator]) -> tuple[Annotator, ...]:
    """
    Order annotators so that each layer is written before it is read.

    Raises:
        PipelineError: If that is impossible.
    """
    makers = {kind: annotator for annotator in annotators for kind in annotator.provides}
    if len(makers) != sum(len(annotator.provides) for annotator in annotators):
        raise PipelineError("two annotators provide the same layer")
    graph: dict[str, set[str]] = {}
    for annotator in annotators:
        if missing := sorted(kind.__name__ for kind in annotator.requires - makers.keys()):
            raise PipelineError(f"{annotator.name} requires {', '.join(missing)}; no annotator provides it")
        graph[annotator.name] = {makers[kind].name for kind in annotator.requires}
    by_name = {annotator.name: annotator for annotator in annotators}
    try:
        return tuple(by_name[name] for name in TopologicalSorter(graph).static_order())
    except CycleError as problem:
        raise PipelineError(f"annotators wait for one another: {' -> '.join(problem.args[1])}") from None
