"""
Time expressions: words, types and values on histories of wars, newswire and Wikinews, beside two rule taggers.

    python -m bench.tasks.times [--halves]

``--halves`` parts each corpus into documents with odd and with even places. The
grammar was tuned on the odd ones alone until value F1 stood at 87.5 / 83.6 /
76.5 / 85.2 there and at 84.2 / 79.6 / 71.5 / 82.4 on the even ones (WikiWars,
TimeBank, AQUAINT, MEANTIME): that distance is what having seen a text is worth.
After that the even ones were looked at as well, so figures on these corpora are
development figures; unseen ones are those of WikiWars 17-22 and Platinum.
WikiWars' conversion calls every type DATE: no type figure.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple

from allegedly.metrics.spans import Scores
from allegedly.metrics.timexes import MEASURES, Timex, score_timexes
from bench.corpora import CorpusMissingError
from bench.readers.timex import GOLD, TimedText, read_timed
from bench.systems import read_times
from bench.tables import print_table
from bench.tasks import Result, f1_of, make_result

Read = Callable[[TimedText], list[Timex]]

RIVALS = ("heideltime", "sutime", "dateparser_rival")
WITHOUT_TYPES = "WikiWars"


class Reader(NamedTuple):
    """
    A system that reads time expressions.

    Args:
        name: As tables show it.
        read: Gives the expressions of a document.
    """

    name: str
    read: Read


def run_times(read: Read, corpora: Sequence[str] = tuple(GOLD)) -> dict[str, Result]:
    """Score a system on each corpus."""
    return {f"times, {corpus}": score_corpus(corpus, read_timed(corpus), read) for corpus in corpora}


def score_corpus(corpus: str, documents: Sequence[TimedText], read: Read) -> Result:
    """Score a system on the documents of one corpus; types are left out where the gold has none."""
    scores = [score_document(document, read) for document in documents]
    reads = {measure: f1_of(measure) for measure in MEASURES if (corpus, measure) != (WITHOUT_TYPES, "type")}
    return make_result(f"times, {corpus}", (GOLD[corpus],), scores, reads)


def score_document(document: TimedText, read: Read) -> Scores:
    """Score one document."""
    return score_timexes(document.gold, read(document))


def load_readers() -> list[Reader]:
    """Load our engine and the rivals that are installed; say which are not."""
    readers = [Reader("allegedly", read_times)]
    for name in RIVALS:
        try:
            rival = import_module(f"bench.rivals.{name}")
        except ImportError as problem:
            print(f"{name}: not run ({problem})")
        else:
            readers.append(Reader(rival.NAME, rival.read_times))
    return readers


def show(*, halves: bool = False) -> None:
    """Print one table per corpus, systems beside each other."""
    parts = {"odd documents": slice(0, None, 2), "even documents": slice(1, None, 2)} if halves else {}
    readers = load_readers()
    for corpus in GOLD:
        documents = read_timed(corpus)
        for name, part in ({"all documents": slice(None)} | parts).items():
            print(f"\n{corpus}, {name}\n")
            rows = [_row(reader, score_corpus(corpus, documents[part], reader.read)) for reader in readers]
            print_table(["system", *MEASURES], rows)


def _row(reader: Reader, result: Result) -> list[str]:
    figures = [f"{result.figures[name]:.1f}" if name in result.figures else "-" for name in MEASURES]
    return [reader.name, *figures]


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare; 0 if it ran, 1 if the corpora are missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.tasks.times", description=__doc__)
    parser.add_argument("--halves", action="store_true", help="show odd and even documents apart as well")
    options = parser.parse_args(arguments)
    try:
        show(halves=options.halves)
    except CorpusMissingError as problem:
        print(f"times: NOT RUN ({problem})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
