"""
Our system and its rivals, side by side in one run.

    python -m bench.compare [--only NAME]... [--save FOLDER]

A rival that is not installed is named; one that crashes on a task misses
everything there. Versions and seconds (one thread, after loading) are part of the result.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bench.corpora import CorpusMissingError
from bench.rivals import load_rivals
from bench.systems import System, our_system
from bench.tables import print_table
from bench.tasks.everything import run_all

_CHAINS = ("CoNLL", "muc", "b_cubed", "ceaf_e", "linked")
TABLES = {
    "polnear articles": ("triple_lenient", "attribution_detected", "exact_source", "exact_cue", "exact_content"),
    "polnear articles, speech cues": ("triple_lenient", "attribution_detected"),
    "polnear protocol A": ("exact_source", "exact_cue", "exact_content"),
    "ledger_gold_dev": ("attribution lenient", "event typed", "voice", "factuality macro-F1", "row"),
    "ledger_invented_dev": ("attribution lenient", "event typed", "voice", "factuality macro-F1", "row"),
    "names, PUD news": ("name",),
    "names, EWT": ("name",),
    "names, Worldwide": ("name", "three types", "worst region", "evenness"),
    "mentions, GUM": ("mention", "person, organization, place", "head", "span"),
    "coreference, GUM": _CHAINS,
    "coreference, GUM, actors": _CHAINS,
    "coreference, GUM, actors and places": _CHAINS,
    "coreference, GUM with gold mentions": _CHAINS,
    "coreference, GUM with gold mentions, actors": _CHAINS,
    "resolution, ledger": ("right", "right where attributed"),
    "resolution, ledger with gold sources": ("right",),
    "resolution, GUM": ("right",),
    "actors": ("all", "STRONG", "MEDIUM", "WEAK"),
}
CRASHED = "crashed"


def load_systems() -> list[System]:
    """Load our system and the rivals; say what cannot be run."""
    systems = load_rivals()
    try:
        systems.append(our_system())
    except Exception as problem:  # noqa: BLE001 - without a pack the rivals still run
        print(f"allegedly: not run ({problem})")
    return systems


def measure(systems: Sequence[System]) -> list[dict[str, Any]]:
    """Run all systems; one row per system and task."""
    rows: list[dict[str, Any]] = []
    for system in systems:
        for name, outcome, seconds in run_all(system):
            base = {"system": system.name, "version": system.version, "note": system.note, "seconds": round(seconds, 1)}
            if isinstance(outcome, CorpusMissingError):
                raise outcome
            if isinstance(outcome, Exception):
                rows.append({**base, "task": name, "figures": {}, "error": f"{type(outcome).__name__}: {outcome}"})
                continue
            rows += [
                {**base, "task": task, "figures": _rounded(result.figures), "details": _rounded(result.details)}
                for task, result in outcome.items()
            ]
    return rows


def show(rows: Sequence[dict[str, Any]]) -> None:
    """Print one table per task, then the versions."""
    for task, names in TABLES.items():
        own = [row for row in rows if row["task"] == task]
        cells = [[row["system"], *(_cell(row, name) for name in names), f"{row['seconds']:.1f}"] for row in own]
        if cells:
            print(f"\n{task}\n")
            print_table(["system", *names, "seconds"], cells)
    print()
    for system, version, note in dict.fromkeys((row["system"], row["version"], row["note"]) for row in rows):
        print(f"{system}: {version}{f' ({note})' if note else ''}")
    for row in rows:
        if "error" in row:
            print(f"{row['system']} crashed on {row['task']}: {row['error']}")


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    """Round figures to one decimal."""
    return {name: round(value, 1) for name, value in figures.items()}


def _cell(row: dict[str, Any], name: str) -> str:
    """Write one figure; a crash is a full miss."""
    return CRASHED if "error" in row else f"{row['figures'][name]:.1f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare; 0 if it ran, 1 if the corpora are missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.compare", description=__doc__)
    parser.add_argument("--only", action="append", default=[], help="only systems whose name begins so")
    parser.add_argument("--save", type=Path, help="folder for the rows as JSON")
    options = parser.parse_args(arguments)
    systems = [s for s in load_systems() if not options.only or s.name.startswith(tuple(options.only))]
    try:
        rows = measure(systems)
    except CorpusMissingError as problem:
        print(f"compare: NOT RUN ({problem})", file=sys.stderr)
        return 1
    show(rows)
    if options.save:
        options.save.mkdir(parents=True, exist_ok=True)
        about = {"date": date.today().isoformat(), "python": platform.python_version(), "machine": platform.machine()}  # noqa: DTZ011
        path = options.save / "compare.json"
        path.write_text(json.dumps({"about": about, "rows": rows}, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
