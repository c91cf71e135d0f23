"""All tasks on one system: what gate and comparison run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from bench.systems import System
from bench.tasks import Result
from bench.tasks.attribution import run_articles, run_protocol_a
from bench.tasks.ledger import run_ledgers
from bench.tasks.segmentation import run_segmentation

Job = Callable[[], dict[str, Result]]


def jobs_of(system: System) -> dict[str, Job]:
    """Give the jobs that a system has the parts for, by a name for messages."""
    jobs: dict[str, Job] = {}
    attributions, ledgers, sentences = system.attributions, system.ledgers, system.sentences
    if attributions:
        jobs["polnear articles"] = lambda: run_articles(attributions)
        jobs["polnear protocol A"] = lambda: {"polnear protocol A": run_protocol_a(attributions)}
    if ledgers:
        jobs["ledger_gold_dev"] = lambda: run_ledgers("ledger_gold_dev", ledgers)
        jobs["ledger_invented_dev"] = lambda: run_ledgers("ledger_invented_dev", ledgers)
    if sentences:
        jobs["segmentation"] = lambda: run_segmentation(sentences)
    return jobs


def run_all(system: System) -> Iterator[tuple[str, dict[str, Result] | Exception, float]]:
    """Run the jobs of a system; give name, results or the error, and seconds."""
    for name, job in jobs_of(system).items():
        begin = time.perf_counter()
        try:
            outcome: dict[str, Result] | Exception = job()
        except Exception as problem:  # noqa: BLE001 - a crash of a rival is a result: a full miss
            outcome = problem
        yield name, outcome, time.perf_counter() - begin
