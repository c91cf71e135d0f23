"""
Places: names found, names resolved, names read, beside two rivals, one scorer for all.

    python -m bench.tasks.places

LGL and GeoWebNews are trained on, so each of their documents is resolved with
weights that were fitted without it (``bench/rankers``, written by
``python -m training.places``). GeoVirus and ReLocaR's test part are never
trained on and see the shipped weights. A name that is left unresolved is not
right. ``countries by code`` takes a country as right if it is the same country:
points of countries are conventions.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from allegedly.metrics.places import PlacedName, score_places
from allegedly.metrics.spans import Score, Scores
from bench.corpora import CorpusMissingError
from bench.readers.places import (
    FOLDS,
    GOLD,
    TRAINABLE,
    PlacedText,
    ReadName,
    fold_of,
    read_placed,
    read_relocar,
    with_ids_only,
)
from bench.tables import print_table
from bench.tasks import Result, f1_of, make_result, right_or_wrong

if TYPE_CHECKING:
    from allegedly.annotators.toponyms import Toponyms
    from allegedly.geo.toponyms import FoundName, NamedSpan
    from allegedly.records.document import Document
    from allegedly.records.place import Place

Span = tuple[int, int]
Names = Callable[[PlacedText], list[Span]]

RANKERS = Path(__file__).parent.parent / "rankers"
OF_GAZETTEER = "placed, of GeoNames entries"


class PlaceSystem(Protocol):
    """A system that finds and resolves names of places."""

    @property
    def name(self) -> str:
        """As tables show it."""
        ...

    def resolve(self, document: PlacedText, names: Sequence[Span]) -> list[PlacedName]:
        """Resolve given names of a document."""
        ...

    def read(self, document: PlacedText) -> list[PlacedName]:
        """Find and resolve names."""
        ...


def placed(start: int, end: int, place: Place | None) -> PlacedName:
    """Give a name with a place of the gazetteer in the form that is scored."""
    if place is None:
        return PlacedName(start, end)
    country = place.country if place.kind == "country" else None
    return PlacedName(start, end, (place.latitude, place.longitude), place.id, country)


def run_given(system: PlaceSystem, corpora: Iterable[str] = tuple(GOLD)) -> dict[str, Result]:
    """Score the resolution of the corpora's own names."""
    return dict(_results("places of given names", corpora, partial(resolve_gold, system)))


def run_places(system: PlaceSystem, corpora: Iterable[str] = tuple(GOLD)) -> dict[str, Result]:
    """Score finding and resolution together."""
    return dict(_results("places", corpora, system.read))


def resolve_gold(system: PlaceSystem, document: PlacedText) -> list[PlacedName]:
    """Resolve the names of the gold that have coordinates."""
    spans = dict.fromkeys((name.start, name.end) for name in document.gold if name.point is not None)
    return system.resolve(document, apart(spans))


def apart(spans: Iterable[Span]) -> list[Span]:
    """Leave out spans that overlap an earlier one."""
    out: list[Span] = []
    for span in sorted(spans):
        if not out or span[0] >= out[-1][1]:
            out.append(span)
    return out


def _results(
    task: str, corpora: Iterable[str], read: Callable[[PlacedText], list[PlacedName]]
) -> Iterable[tuple[str, Result]]:
    for corpus in corpora:
        scores = [score_document(document, read(document)) for document in read_placed(corpus)]
        name = f"{task}, {corpus}"
        yield name, make_result(name, (GOLD[corpus],), scores, _reads(corpus))


def score_document(document: PlacedText, found: Sequence[PlacedName]) -> Scores:
    """Score one document; of GeoWebNews the names that GeoNames has are counted apart: many are in no gazetteer."""
    scores = score_places(document.gold, found)
    if document.corpus == "GeoWebNews":
        scores[OF_GAZETTEER] = score_places(with_ids_only(document).gold, found)["placed"]
    return scores


def _reads(corpus: str) -> dict[str, Callable[[Scores], float]]:
    reads = {
        "found": recall_of("found"),
        "right of gold": recall_of("placed"),
        "right of placed": precision_of("placed"),
    }
    if corpus == "GeoWebNews":
        reads["right of GeoNames entries"] = recall_of(OF_GAZETTEER)
    if corpus == "GeoVirus":
        reads["right of gold, countries by code"] = recall_of("placed, countries by code")
    return reads


def recall_of(measure: str) -> Callable[[Scores], float]:
    """Make a function that reads the recall of a measure."""
    return lambda scores: scores.get(measure, Score()).recall


def precision_of(measure: str) -> Callable[[Scores], float]:
    """Make a function that reads the precision of a measure."""
    return lambda scores: scores.get(measure, Score()).precision


def run_readings(read: Callable[[ReadName], str]) -> dict[str, Result]:
    """Score how names are meant in ReLocaR's test part: literally or not."""
    scores = [
        {name.reading: right, "reading": right}
        for name in read_relocar("test")
        for right in [right_or_wrong(right=read(name) == name.reading)]
    ]
    reads = {measure: f1_of(measure) for measure in ("reading", "literal", "metonymic")}
    task = "readings, ReLocaR"
    return {task: make_result(task, ("relocar_test",), scores, reads)}


def run_system(system: OurPlaces) -> dict[str, Result]:
    """Score everything of our system: what the gate holds."""
    return run_given(system) | run_places(system) | run_readings(system.meant)


class OurPlaces:
    """
    Our annotator, with the weights that a document may be read with.

    Raises:
        PackError: If there is no pack.
    """

    name = "allegedly"

    def __init__(self) -> None:
        # late, so that rivals run without a pack
        import allegedly  # noqa: PLC0415
        from allegedly.actors.publishers import country_of  # noqa: PLC0415
        from allegedly.annotators.toponyms import Toponyms  # noqa: PLC0415
        from allegedly.geo.gazetteer import Gazetteer  # noqa: PLC0415
        from allegedly.geo.ranker import load_ranker  # noqa: PLC0415
        from allegedly.geo.readings import load_reading_model  # noqa: PLC0415

        loaded = allegedly.load()
        self.pipeline, self.gazetteer = loaded.pipeline, Gazetteer.open()
        make = partial(Toponyms, self.gazetteer, load_reading_model(), loaded.pack.digest, country_of=country_of)
        self._shipped = make()
        self._folds = [make(ranker=load_ranker(RANKERS / f"fold-{k}.tsv")) for k in range(FOLDS)]
        self._seen: dict[tuple[str, str], tuple[list[NamedSpan], list[FoundName]]] = {}

    def _annotator(self, document: PlacedText) -> Toponyms:
        return self._folds[fold_of(document.id)] if document.corpus in TRAINABLE else self._shipped

    def _names(self, document: PlacedText) -> tuple[list[NamedSpan], list[FoundName]]:
        """Give the encoder's names, and those of places; a document is read once."""
        from allegedly.annotators.toponyms import named_spans  # noqa: PLC0415
        from allegedly.records.annotations import Mention  # noqa: PLC0415

        key = (document.corpus, document.id)
        if key not in self._seen:
            reading = self.pipeline.read(as_document(document.id, document.text, document.url))
            self._seen[key] = named_spans(reading.layers[Mention]), self._shipped.find(reading)
        return self._seen[key]

    def names(self, document: PlacedText) -> list[Span]:
        """Find the names of a document."""
        return [(name.start, name.end) for name in self._names(document)[1]]

    def resolve(self, document: PlacedText, names: Sequence[Span]) -> list[PlacedName]:
        """Resolve given names, with the types that the encoder gives them."""
        from allegedly.geo.toponyms import FoundName  # noqa: PLC0415

        typed = self._names(document)[0]
        return self._resolve(document, [FoundName(*span, type_of(span, typed)) for span in names])

    def read(self, document: PlacedText) -> list[PlacedName]:
        """Find and resolve names."""
        return self._resolve(document, self._names(document)[1])

    def _resolve(self, document: PlacedText, names: Sequence[FoundName]) -> list[PlacedName]:
        whole = as_document(document.id, document.text, document.url)
        resolved = self._annotator(document).resolve(whole, names)
        return [placed(one.name.start, one.name.end, one.place) for one in resolved]

    def meant(self, name: ReadName) -> str:
        """Say whether a name is meant literally."""
        from allegedly.geo.toponyms import FoundName  # noqa: PLC0415

        reading = self.pipeline.read(as_document(name.document, name.text))
        given = [FoundName(name.start, name.end, "GPE")]
        (meant,) = self._shipped.readings(reading, self._shipped.resolve(reading.layers.document, given))
        return "literal" if meant == "literal" else "metonymic"


def as_document(name: str, text: str, url: str = "") -> Document:
    """Give a document as the pipeline takes it."""
    from allegedly.records.document import Document  # noqa: PLC0415

    return Document(text, id=name, url=url or None, language="en")


def type_of(span: Span, typed: Iterable[tuple[int, int, str]]) -> str:
    """Give the type of the name that shares most with a span; empty if none does."""
    shared = [(min(span[1], end) - max(span[0], start), kind) for start, end, kind in typed]
    most = max(shared, default=(0, ""))
    return most[1] if most[0] > 0 else ""


def load_systems(ours: OurPlaces) -> list[PlaceSystem]:
    """Give our system and the rivals that are installed; say which are not."""
    from bench.rivals.most_populous import MostPopulous  # noqa: PLC0415

    systems: list[PlaceSystem] = [ours, MostPopulous(ours.names, ours.gazetteer)]
    try:
        from bench.rivals.geotext_rival import GeotextPlaces  # noqa: PLC0415
    except ImportError as problem:
        print(f"geotext: not run ({problem})")
    else:
        systems.append(GeotextPlaces(ours.gazetteer))
    return systems


def show() -> None:
    """Print one table per corpus, systems beside each other, and how names are read."""
    ours = OurPlaces()
    systems = load_systems(ours)
    for corpus in GOLD:
        for title, run in (("given names", run_given), ("found and resolved", run_places)):
            print(f"\n{corpus}, {title}\n")
            results = [(system.name, next(iter(run(system, [corpus]).values()))) for system in systems]
            head = ["system", *results[0][1].figures]
            print_table(head, [[name, *(f"{figure:.1f}" for figure in one.figures.values())] for name, one in results])
    print("\nReLocaR, literal or not\n")
    (result,) = run_readings(ours.meant).values()
    print_table(["system", *result.figures], [[ours.name, *(f"{figure:.1f}" for figure in result.figures.values())]])


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare; 0 if it ran, 1 if the corpora are missing."""
    argparse.ArgumentParser(prog="python -m bench.tasks.places", description=__doc__).parse_args(arguments)
    try:
        show()
    except CorpusMissingError as problem:
        print(f"places: NOT RUN ({problem})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
