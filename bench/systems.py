"""
What is measured: our system and its rivals behind one interface.

A system gives what it has; what it lacks is ``None`` and not scored. All of
them see the text only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from allegedly.metrics.mentions import TypedSpan
from bench.found import Codes, Found, FoundChain, FoundSource, Pair

if TYPE_CHECKING:
    from allegedly.corroboration.items import Item
    from allegedly.metrics.timexes import Timex
    from allegedly.neutrality.swap import Trial
    from allegedly.pipeline import Pipeline
    from allegedly.reader import Reader
    from bench.readers.timex import TimedText
    from bench.tasks.places import OurPlaces

Attributions = list[dict[str, Any]]  # rows with "source", "cue", "content": lists of [start, end] into the text
Ledgers = list[dict[str, Any]]
Sentences = list[list[int]]


@dataclass(frozen=True, slots=True)
class System:
    """
    A system under test.

    Args:
        name: As tables show it.
        version: Of the program and of its model.
        attributions: PolNeAR's attributions of one text: outermost ones only, quotation marks inside the content.
        ledgers: Ledgers of (id, text) pairs, in the JSON of a ledger, same order.
        sentences: Sentences of one text.
        names: Flat names of one text, with the keys of ``bench.tasks.names.UNER_TYPES`` as types.
        mentions: Mentions of one text, with the keys of ``bench.tasks.mentions.GUM_TYPES`` as types.
        chains: Coreference chains of one text, those of one mention included, types as of mentions.
        chains_of: The chains of given mentions of one text.
        sources: Attributions of one text with the entities of their sources.
        code: Country and sector of whoever some words of a text mean, given the publication date, if known.
        swap: The trials of the side-swap test.
        times: Time expressions of one text, given the publication date, if known.
        clusters: Numbers of the items that are mentions of one event, for items of several documents.
        places: What finds, resolves and reads names of places; loaded when it is first needed.
        note: What a reader of the table must know.
    """

    name: str
    version: str
    attributions: Callable[[str], Attributions] | None = None
    ledgers: Callable[[Sequence[tuple[str, str]]], Ledgers] | None = None
    sentences: Callable[[str], Sentences] | None = None
    names: Callable[[str], list[TypedSpan]] | None = None
    mentions: Callable[[str], list[Found]] | None = None
    chains: Callable[[str], list[FoundChain]] | None = None
    chains_of: Callable[[str, Sequence[Found]], list[FoundChain]] | None = None
    sources: Callable[[str], list[FoundSource]] | None = None
    code: Callable[[str, Pair, str | None], Codes] | None = None
    swap: Callable[[], Sequence[Trial]] | None = None
    times: Callable[[TimedText], list[Timex]] | None = None
    clusters: Callable[[Sequence[Item]], list[list[int]]] | None = None
    places: Callable[[], OurPlaces] | None = None
    note: str = ""


def our_system() -> System:
    """
    Give our system with the shipped pack.

    Raises:
        PackError: If there is no pack.
    """
    # late, so that rivals run without a pack
    import allegedly  # noqa: PLC0415
    from allegedly.neutrality.data import load_pairs, load_templates  # noqa: PLC0415
    from allegedly.neutrality.swap import run_trials  # noqa: PLC0415
    from bench.tasks.places import OurPlaces  # noqa: PLC0415

    reader = allegedly.load()
    version = f"{allegedly.__version__}, pack {reader.pack.digest[:19]}"
    ours = system_of(reader.pipeline, version, lambda pairs: read_ledgers(reader, pairs))
    return replace(ours, places=OurPlaces, swap=lambda: list(run_trials(reader, load_templates(), load_pairs())))


def system_of(pipeline: Pipeline, version: str, ledgers: Callable[[Sequence[tuple[str, str]]], Ledgers]) -> System:
    """Give our system on any pipeline; training measures its checkpoints this way."""
    from bench.entities import capabilities  # noqa: PLC0415

    return System(
        name="allegedly",
        version=version,
        attributions=lambda text: polnear_attributions(pipeline, text),
        ledgers=ledgers,
        sentences=lambda text: read_sentences(pipeline, text),
        times=read_times,
        clusters=read_clusters,
        **capabilities(pipeline),
    )


def read_clusters(items: Sequence[Item]) -> list[list[int]]:
    """Cluster with the shipped scorer."""
    from bench.tasks.incidents import ours  # noqa: PLC0415

    return ours(items)


def polnear_attributions(pipeline: Pipeline, text: str) -> Attributions:
    """
    Give the attributions of a text after PolNeAR's conventions, read off the pack's PolNeAR head.

    These differ from the ledger's: quotation marks belong to the content, only
    the outermost attribution is marked, attitudes count. One dictionary per
    attribution, spans sorted, roles that are missing empty::

        {"source": [[0, 5]], "cue": [[6, 10]], "content": [[11, 40], [52, 60]]}

    Offsets: ``[start, end)`` code points of ``text``.
    """
    from allegedly.annotators.attribution import Attributing  # noqa: PLC0415
    from allegedly.records.document import Document  # noqa: PLC0415

    reading = pipeline.read(Document(text, language="en"))
    attributing = next(a for a in pipeline.annotators if isinstance(a, Attributing))
    return [
        {
            "source": [list(reading.span(*triple.source))] if triple.source else [],
            "cue": [list(reading.span(*triple.cue))],
            "content": [list(reading.span(*part)) for part in triple.contents],
        }
        for triple in attributing.polnear(reading)
    ]


def read_ledgers(reader: Reader, documents: Sequence[tuple[str, str]]) -> Ledgers:
    """Read (id, text) pairs into ledgers; a document that fails counts as an empty ledger."""
    from allegedly.errors import DocumentError  # noqa: PLC0415
    from allegedly.records.document import Document  # noqa: PLC0415

    found: dict[str, dict[str, Any]] = {}
    failures: list[DocumentError] = []
    pending = [Document(text, id=name, language="en") for name, text in documents]
    for ledger in reader.read_many(pending, failed=failures.append):
        found[ledger.document.id] = ledger.to_dict()
    for failure in failures:
        print(f"failed, counted as empty: {failure}")
    return [found.get(name) or empty_ledger(name, text) for name, text in documents]


def read_sentences(pipeline: Pipeline, text: str) -> Sentences:
    """Give our sentences."""
    from allegedly.records.annotations import Sentence  # noqa: PLC0415
    from allegedly.records.document import Document  # noqa: PLC0415

    layers = pipeline.annotate(Document(text, language="en"))
    return [[sentence.span.start, sentence.span.end] for sentence in layers[Sentence]]


def read_times(document: TimedText) -> list[Timex]:
    """Give our time expressions: those of the engine, which are the ledger's."""
    from allegedly.metrics.timexes import Timex  # noqa: PLC0415
    from allegedly.temporal import resolve  # noqa: PLC0415

    found = resolve.read_times(document.text, document.published)
    return [Timex(one.span.start, one.span.end, one.type, one.value) for one in found]


def empty_ledger(name: str, text: str) -> dict[str, Any]:
    """Give a ledger without rows, in the form of a gold file."""
    return {"id": name, "text": text, "attributions": [], "events": []}
