"""
Measure a checkpoint on the dev splits: ``python -m training.measure CHECKPOINT --tokenizer FILE``.

The shipped annotators read and the bench's own tasks score; nothing here is
special to training but the torch session.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from allegedly.ledger.build import build_ledger
from allegedly.pipeline import Pipeline
from allegedly.records.document import Document
from allegedly.records.ledger import Run
from bench.systems import System, system_of
from bench.tasks import Result
from bench.tasks.everything import jobs_of
from bench.tasks.ledger import run_ledgers
from training.checkpoint import THRESHOLDS, pipeline_of

RUN = Run(version="0", pack="sha256:draft", settings="sha256:draft")
LEDGERS = ("ledger_gold_dev", "ledger_invented_dev")


def draft_system(pipeline: Pipeline) -> System:
    """Put a pipeline that has no reader yet behind the bench's interface."""

    def ledgers(pairs: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
        return [
            build_ledger(pipeline.annotate(Document(text, id=name, language="en")), RUN).to_dict()
            for name, text in pairs
        ]

    return system_of(pipeline, "draft", ledgers)


def ledger_results(pipeline: Pipeline) -> dict[str, Result]:
    """Score the ledger on both dev sets; of the invented one headlines and running text apart."""
    read = draft_system(pipeline).ledgers
    assert read is not None
    return {task: result for corpus in LEDGERS for task, result in run_ledgers(corpus, read).items()}


def all_results(pipeline: Pipeline) -> dict[str, Result]:
    """Score everything that the gate scores, segmentation apart."""
    jobs = jobs_of(draft_system(pipeline))
    return {task: result for name, job in jobs.items() if name != "segmentation" for task, result in job().items()}


def main() -> None:
    """Print the figures of one checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--ledgers-only", action="store_true")
    parser.add_argument("--trigger", type=float, default=THRESHOLDS["trigger"])
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    pipeline = pipeline_of(arguments.checkpoint, arguments.tokenizer, {**THRESHOLDS, "trigger": arguments.trigger})
    results = ledger_results(pipeline) if arguments.ledgers_only else all_results(pipeline)
    for task, result in results.items():
        sys.stdout.write(f"{task}: {json.dumps(figures_of(result))}\n")


def figures_of(result: Result) -> dict[str, float]:
    """Give the figures of a result, one digit."""
    return {name: round(value, 1) for name, value in result.figures.items()}


if __name__ == "__main__":
    main()
