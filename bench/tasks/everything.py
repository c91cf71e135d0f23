"""All tasks on one system: what gate and comparison run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from bench.systems import System
from bench.tasks import Result
from bench.tasks.actors import run_actors
from bench.tasks.attribution import run_articles, run_protocol_a
from bench.tasks.coreference import run_coreference
from bench.tasks.incident_cases import run_incident_cases
from bench.tasks.incidents import run_incidents
from bench.tasks.ledger import run_ledgers
from bench.tasks.mentions import run_mentions
from bench.tasks.names import run_uner, run_worldwide
from bench.tasks.neutrality import run_neutrality
from bench.tasks.places import run_system
from bench.tasks.resolution import run_given_sources, run_gum_sources, run_ledger_sources
from bench.tasks.segmentation import run_segmentation
from bench.tasks.times import run_times

Job = Callable[[], dict[str, Result]]

CAPABILITIES = (
    "attributions",
    "ledgers",
    "sentences",
    "names",
    "mentions",
    "chains",
    "chains_of",
    "sources",
    "code",
    "swap",
    "times",
    "clusters",
    "places",
)


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
    return jobs | _entity_jobs(system)


def _entity_jobs(system: System) -> dict[str, Job]:
    """Give the jobs on names, mentions, chains, sources and codes."""
    jobs: dict[str, Job] = {}
    names, mentions, chains, sources, code = (
        system.names, system.mentions, system.chains, system.sources, system.code,
    )  # fmt: skip
    if names:
        jobs["names, UNER"] = lambda: run_uner(names)
        jobs["names, Worldwide"] = lambda: run_worldwide(names)
    if mentions:
        jobs["mentions, GUM"] = lambda: run_mentions(mentions)
    if chains:
        jobs["coreference, GUM"] = lambda: run_coreference(chains, system.chains_of)
        jobs["resolution, ledger with gold sources"] = lambda: run_given_sources(chains)
        jobs["resolution, GUM"] = lambda: run_gum_sources(chains)
    if sources:
        jobs["resolution, ledger"] = lambda: run_ledger_sources(sources)
    if code:
        jobs["actors"] = lambda: run_actors(code)
    if times := system.times:
        jobs["times"] = lambda: run_times(times)
    if clusters := system.clusters:
        jobs["incidents"] = lambda: run_incidents(clusters)
        jobs["incidents, cases"] = run_incident_cases
    if places := system.places:
        jobs["places"] = lambda: run_system(places())
    if swap := system.swap:
        jobs["neutrality"] = lambda: run_neutrality(swap)
    return jobs


def missing_in(system: System) -> list[str]:
    """Name the capabilities that a system lacks: what needs them is not run, which must be said."""
    return [name for name in CAPABILITIES if getattr(system, name) is None]


def run_all(system: System) -> Iterator[tuple[str, dict[str, Result] | Exception, float]]:
    """Run the jobs of a system; give name, results or the error, and seconds."""
    for name, job in jobs_of(system).items():
        begin = time.perf_counter()
        try:
            outcome: dict[str, Result] | Exception = job()
        except Exception as problem:  # noqa: BLE001 - a crash of a rival is a result: a full miss
            outcome = problem
        yield name, outcome, time.perf_counter() - begin
