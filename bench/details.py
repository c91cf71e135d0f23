"""
Everything of one task: figures with their spread, figures per type, region or genre, and the cases that are wrong.

    python -m bench.details JOB... [--rival NAME] [--larger]
    python -m bench.details --list

The gate pins figures only; what stands here is for a person to look through.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bench.rivals import load_rivals
from bench.systems import System, our_system
from bench.tables import print_table
from bench.tasks import Result
from bench.tasks.everything import Job, jobs_of, missing_in
from bench.tasks.names import run_worldwide
from bench.tasks.resolution import LARGER, run_given_sources, run_ledger_sources


def measure(system: System, jobs: Sequence[str], *, larger: bool = False) -> dict[str, Result]:
    """Run the jobs whose name begins so; ``larger`` takes the larger set where there is one."""
    results: dict[str, Result] = {}
    for name, job in (jobs_of(system) | (larger_jobs(system) if larger else {})).items():
        if name.startswith(tuple(jobs)):
            results |= job()
    return results


def larger_jobs(system: System) -> dict[str, Job]:
    """Give the jobs that can be run on more than what the gate has time for, or may be judged by."""
    jobs: dict[str, Job] = {}
    names, chains, sources = system.names, system.chains, system.sources
    if names:
        jobs["names, Worldwide"] = lambda: run_worldwide(names, full=True)
    if chains:
        jobs["resolution, ledger with gold sources"] = lambda: run_given_sources(chains, LARGER)
    if sources:
        jobs["resolution, ledger"] = lambda: run_ledger_sources(sources, LARGER)
    return jobs


def show(results: dict[str, Result], *, rounds: int = 200) -> None:
    """Print figures, details and failures of each task."""
    for task, result in results.items():
        print(f"\n{task} ({len(result.documents)} documents or cases)\n")
        spreads = result.spreads(rounds=rounds)
        rows = [[name, f"{value:.1f}", _spread(spreads.get(name))] for name, value in result.figures.items()]
        rows += [[f"  {name}", f"{value:.1f}", ""] for name, value in result.details.items()]
        print_table(["figure", "measured", "95 of 100 draws"], rows)
        for failure in result.failures:
            print(f"- {failure}")


def _spread(borders: tuple[float, float] | None) -> str:
    """Write the borders of a spread."""
    return f"{borders[0]:.1f} … {borders[1]:.1f}" if borders else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Show tasks; 2 if the system has none of them."""
    parser = argparse.ArgumentParser(prog="python -m bench.details", description=__doc__.partition("\n\n")[0])
    parser.add_argument("jobs", nargs="*", help="beginnings of names; none means all")
    parser.add_argument("--rival", help="a rival in place of our system, such as capitals")
    parser.add_argument("--larger", action="store_true", help="all of Worldwide; resolution on the train split")
    parser.add_argument("--list", action="store_true", help="name the jobs that the system can run, and what it lacks")
    options = parser.parse_args(arguments)
    rivals = load_rivals((options.rival,)) if options.rival else [our_system()]
    if not rivals:
        return 2
    (system,) = rivals
    if options.list:
        print("\n".join(jobs_of(system)))
        print(f"lacks: {', '.join(missing_in(system)) or 'nothing'}")
        return 0
    results = measure(system, options.jobs or [""], larger=options.larger)
    show(results)
    if not results:
        print(f"nothing to run; {system.name} lacks {', '.join(missing_in(system))}", file=sys.stderr)
    return 0 if results else 2


if __name__ == "__main__":
    sys.exit(main())
