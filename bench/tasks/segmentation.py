"""
Sentences of raw text: libraries and our own head on GUM dev and EWT dev.

    python -m bench.tasks.segmentation

Every library gets one paragraph at a time (``allegedly.text.paragraphs``), as it
would in our pipeline: none of them is asked to guess line breaks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from allegedly.metrics import score_sentences
from allegedly.text.paragraphs import split_paragraphs
from bench.readers.sentences import NEWS, Segmented, read_ewt, read_gum
from bench.rivals import load_segmenters
from bench.systems import Sentences, System, our_system
from bench.tables import print_table
from bench.tasks import Result, f1_of, make_result

Segment = Callable[[str], Sentences]

CORPORA: dict[str, tuple[tuple[str, ...], Callable[[], list[Segmented]]]] = {
    "segmentation, GUM": (("gum_dev",), read_gum),
    "segmentation, GUM news": (("gum_dev",), lambda: [document for document in read_gum() if document.genre in NEWS]),
    "segmentation, EWT": (("ewt_dev",), read_ewt),
}


def run_segmentation(segment: Segment) -> dict[str, Result]:
    """Score a segmenter that takes whole texts on all corpora."""
    reads = {"boundary": f1_of("boundary"), "sentence": f1_of("sentence")}
    results = {}
    for task, (corpora, read) in CORPORA.items():
        items = [(document.text, document.sentences, segment(document.text)) for document in read()]
        results[task] = make_result(task, corpora, [score_sentences([item]) for item in items], reads)
    return results


def by_paragraph(segment: Segment) -> Segment:
    """Make a segmenter of paragraphs one of whole texts."""

    def segment_text(text: str) -> Sentences:
        found: Sentences = []
        for paragraph in split_paragraphs(text):
            found += [[paragraph.start + s, paragraph.start + e] for s, e in segment(paragraph.of(text))]
        return found

    return segment_text


def compare(systems: Sequence[System]) -> list[list[str]]:
    """Score several segmenters; one row each, with seconds."""
    rows = []
    for system in systems:
        if system.sentences is None:
            continue
        begin = time.perf_counter()
        results = run_segmentation(system.sentences)
        seconds = time.perf_counter() - begin
        figures = [f"{result.figures[name]:.1f}" for result in results.values() for name in ("boundary", "sentence")]
        rows.append([system.name, system.version, *figures, f"{seconds:.1f}"])
    return rows


def main() -> None:
    """Print the table of docs/evaluation.md."""
    systems = load_segmenters(by_paragraph)
    try:
        systems.append(our_system())
    except Exception as problem:  # noqa: BLE001 - whatever is wrong with the pack, the libraries are still compared
        print(f"our own head: not run ({problem})")
    head = ["system", "version"]
    head += [f"{task.removeprefix('segmentation, ')} {name}" for task in CORPORA for name in ("boundary", "sentence")]
    print_table([*head, "seconds"], compare(systems))


if __name__ == "__main__":
    main()
