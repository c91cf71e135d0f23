"""
Calibration: does the score of an attribution or event say how often it is right.

    python -m bench.tasks.calibration [--save FILE]

The rows of the two ledger dev sets are put into ten bins by their score. An
attribution is right if it is one of gold by the lenient measure, an event if
trigger and type are (:mod:`allegedly.metrics.ledger`). The slope and intercept of the
scores were fitted on these very sets (:mod:`training.calibrate`), two numbers a
layer: the table says how well that can be done at all, not how it carries over.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from allegedly.metrics.ledger import flatten_ledger
from allegedly.metrics.spans import Places, pair_off, share
from allegedly.web.figures import Calibration, ScoreBin
from bench.corpora import CorpusMissingError
from bench.readers.ledgers import Ledger, read_ledgers
from bench.systems import our_system
from bench.tables import print_table

CORPORA = ("ledger_gold_dev", "ledger_invented_dev")
BINS = 10
COMMAND = "python -m bench.tasks.calibration"
Outcome = tuple[float, bool]  # score, and whether the row is right
_HALF = 0.5


def reliability(layer: str, outcomes: Iterable[Outcome]) -> Calibration:
    """Put outcomes into tenths of equal width (Naeini, Cooper and Hauskrecht, AAAI 2015)."""
    found = list(outcomes)
    tenths: list[list[Outcome]] = [[] for _ in range(BINS)]
    for outcome in found:
        tenths[min(int(outcome[0] * BINS), BINS - 1)].append(outcome)
    bins = tuple(_bin(k, inside) for k, inside in enumerate(tenths) if inside)
    error = sum(item.rows * abs(item.score - item.right) for item in bins) / max(1, len(found))
    return Calibration(layer, CORPORA, len(found), round(error, 4), bins)


def _bin(k: int, inside: Sequence[Outcome]) -> ScoreBin:
    rows = len(inside)
    score, right = sum(score for score, _ in inside) / rows, sum(ok for _, ok in inside) / rows
    return ScoreBin(k / BINS, (k + 1) / BINS, rows, round(score, 4), round(right, 4))


def outcomes_of(gold: Ledger, predicted: Mapping[str, Any]) -> dict[str, list[Outcome]]:
    """Say of each attribution with a cue (the others have a fixed score) and of each event whether it is right."""
    theirs = flatten_ledger(predicted)
    text = gold["text"]
    cued = [row for row in theirs["attributions"] if row["cue"]]
    return {
        "attribution": _right(gold["attributions"], cued, lambda one, other: _same_saying(text, one, other)),
        "event": _right(gold["events"], theirs["events"], lambda one, other: _same_event(text, one, other)),
    }


def _right(gold: Sequence[Any], predicted: Sequence[Any], weigh: Any) -> list[Outcome]:  # noqa: ANN401  # rows as JSON
    hits = {k for _, k in pair_off(gold, predicted, weigh)}
    return [(row["score"], k in hits) for k, row in enumerate(predicted)]


def _same_saying(text: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """Weigh two attributions; 0 unless cues touch and contents and sources match, or sources are missing."""
    cues, contents, sources = (
        (_places(text, one[role]), _places(text, other[role])) for role in ("cue", "content", "source")
    )
    same_source = not (sources[0] or sources[1]) or share(*sources) >= _HALF
    right = bool(cues[0] & cues[1]) and share(*contents) >= _HALF and same_source
    return share(*contents) if right else 0.0


def _same_event(text: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    common = _places(text, [one["trigger"]]) & _places(text, [other["trigger"]])
    return float(len(common)) if one["type"] == other["type"] else 0.0


def _places(text: str, spans: Iterable[Sequence[int]]) -> Places:
    return frozenset(k for start, end in spans for k in range(start, end) if not text[k].isspace())


def measure() -> list[Calibration]:
    """
    Read both dev sets and measure.

    Raises:
        CorpusMissingError: If they are not here.
    """
    system = our_system()
    outcomes: dict[str, list[Outcome]] = {"attribution": [], "event": []}
    if system.ledgers is None:
        return []
    for corpus in CORPORA:
        golds = read_ledgers(corpus)
        for gold, found in zip(golds, system.ledgers([(gold["id"], gold["text"]) for gold in golds]), strict=True):
            for layer, own in outcomes_of(gold, found).items():
                outcomes[layer] += own
    return [reliability(layer, own) for layer, own in outcomes.items()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 if the corpora are missing."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--save", type=Path, help="file for the tables as JSON")
    options = parser.parse_args(arguments)
    try:
        found = measure()
    except CorpusMissingError as problem:
        print(f"calibration: NOT RUN ({problem})", file=sys.stderr)
        return 1
    for item in found:
        print(f"\n{item.layer}: {item.rows} rows, expected calibration error {item.error:.3f}\n")
        cells = [[f"{b.low:.1f} to {b.high:.1f}", str(b.rows), f"{b.score:.3f}", f"{b.right:.3f}"] for b in item.bins]
        print_table(["score", "rows", "mean score", "share right"], cells)
    if options.save:
        body = {"command": COMMAND, "layers": [asdict(item) for item in found]}
        options.save.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
