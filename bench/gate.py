"""
The gate: our system on the dev sets must not fall below its pinned floors.

    python -m bench.gate                                      measure, compare, fail on any broken floor
    python -m bench.gate --raise                              and pin what has risen
    python -m bench.gate --lower-floor TASK/FIGURE=VALUE --reason WHY

It fails (exit 1) if a figure is below its floor, if a figure that has a floor
is no longer measured, if a corpus is another than the one the floors were
measured on, if a floor stands below the highest ever pinned without a written
reason, and if the system cannot be run. Where the corpora are not on this
machine it prints ``gate: NOT RUN`` and exits 0; ``--require`` makes that a
failure, and ``--allow-not-run`` lets it pass if the system cannot be loaded.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.corpora import CorpusChangedError, CorpusMissingError, load_corpora, shared_folder
from bench.tables import print_table
from bench.tasks import Result

FLOORS = Path(__file__).parent / "floors.json"
SLACK = 0.3  # F1: what another processor's arithmetic may move; far below the noise of another draw of documents
NOT_RUN = "gate: NOT RUN"

Measure = Callable[[], dict[str, Result]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    One figure against its floor.

    Args:
        name: "task/figure".
        floor: None if none is pinned.
        figure: None if it was not measured.
        spread: Borders of 95 of 100 resampled figures; None if not drawn.
    """

    name: str
    floor: float | None
    figure: float | None
    spread: tuple[float, float] | None = None

    @property
    def broken(self) -> bool:
        """Say whether this figure fails the gate."""
        return self.floor is not None and (self.figure is None or self.figure < self.floor)

    def cells(self) -> list[str]:
        """Give the figure as a line of a table."""
        figure = "gone" if self.figure is None else f"{self.figure:.1f}"
        floor = "-" if self.floor is None else f"{self.floor:.1f}"
        spread = "" if self.spread is None else f"{self.spread[0]:.1f} … {self.spread[1]:.1f}"
        return [self.name, figure, floor, spread, "BROKEN" if self.broken else ""]


def load_floors(path: Path = FLOORS) -> dict[str, Any]:
    """Read the floors: ``corpora`` (digests), ``floors`` (pinned and highest), ``lowered`` (with reasons)."""
    floors: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return floors


def save_floors(floors: Mapping[str, Any], path: Path = FLOORS) -> None:
    """Write the floors, sorted, so that a change shows in a review."""
    path.write_text(json.dumps(floors, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def judge(results: Mapping[str, Result], floors: Mapping[str, Any], *, rounds: int = 0) -> list[Verdict]:
    """Set every figure beside its floor; figures without a floor and floors without a figure are listed too."""
    figures = {f"{task}/{name}": value for task, result in results.items() for name, value in result.figures.items()}
    spreads: dict[str, tuple[float, float]] = {}
    if rounds:
        for task, result in results.items():
            spreads |= {f"{task}/{name}": borders for name, borders in result.spreads(rounds=rounds).items()}
    pinned = {name: entry["floor"] for name, entry in floors["floors"].items()}
    names = sorted(figures.keys() | pinned.keys())
    return [Verdict(name, pinned.get(name), figures.get(name), spreads.get(name)) for name in names]


def find_faults(floors: Mapping[str, Any], digests: Mapping[str, str]) -> list[str]:
    """Say what is wrong with the floors themselves: other corpora, or floors lowered without a reason."""
    faults = [
        f"corpus {name}: floors were measured on {pinned[:12]}…, corpora.toml says {digests.get(name, 'nothing')[:12]}…"
        for name, pinned in floors["corpora"].items()
        if digests.get(name) != pinned
    ]
    # a floor that has been lowered with a reason may stand anywhere above that: it recovers step by step
    excused = {entry["name"]: entry["to"] for entry in floors["lowered"] if entry.get("reason", "").strip()}
    for name, entry in floors["floors"].items():
        if entry["floor"] < min(entry["highest"], excused.get(name, entry["highest"])):
            faults.append(
                f"floor {name} stands at {entry['floor']}, once {entry['highest']}, without a reason; use --lower-floor"
            )
    return faults


def raise_floors(floors: dict[str, Any], verdicts: Sequence[Verdict]) -> list[str]:
    """Pin every figure that stands above its floor, less the slack; give the names that rose."""
    risen: list[str] = []
    for verdict in verdicts:
        if verdict.figure is None:
            continue
        floor = round(verdict.figure - SLACK, 1)
        entry = floors["floors"].setdefault(verdict.name, {"floor": 0.0, "highest": 0.0})
        if floor > entry["floor"]:
            entry.update(floor=floor, highest=max(floor, entry["highest"]))
            risen.append(verdict.name)
    return risen


def lower_floor(floors: dict[str, Any], name: str, value: float, reason: str) -> None:
    """
    Lower one floor and write down why.

    Raises:
        ValueError: If there is no such floor, it would not fall, or no reason is given.
    """
    entry = floors["floors"].get(name)
    if entry is None:
        raise ValueError(f"no floor {name!r}; python -m bench.gate lists them")
    if value >= entry["floor"]:
        raise ValueError(f"floor {name} stands at {entry['floor']}; {value} would not lower it")
    if not reason.strip():
        raise ValueError("a floor is lowered only with --reason, which goes into floors.json")
    was, entry["floor"] = entry["floor"], value
    today = date.today().isoformat()  # noqa: DTZ011 - the day where the change is made
    floors["lowered"].append({"name": name, "from": was, "to": value, "reason": reason.strip(), "date": today})


def measure_ours() -> dict[str, Result]:
    """Run all tasks on our system; an error is an error of the gate."""
    from bench.systems import our_system  # noqa: PLC0415 - late: floors can be looked at without a pack
    from bench.tasks.everything import jobs_of, missing_in  # noqa: PLC0415

    results: dict[str, Result] = {}
    system = our_system()
    for name in missing_in(system):
        print(f"gate: {name}: not run, the system gives none", file=sys.stderr)
    for name, job in jobs_of(system).items():
        print(f"gate: {name} …", file=sys.stderr)
        results |= job()
    return results


def run(measure: Measure, options: argparse.Namespace, path: Path = FLOORS) -> int:
    """Measure and judge; give the exit code."""
    if not (shared_folder() / "data").is_dir():
        print(f"{NOT_RUN}: no corpora ({shared_folder() / 'data'} is not there); nothing was measured", file=sys.stderr)
        return 1 if options.require else 0
    floors = load_floors(path)
    try:
        digests = _verified_digests(floors["corpora"])
        results = measure()
    except CorpusChangedError as problem:
        return _fail([str(problem)])
    except CorpusMissingError as problem:
        return _not_run(str(problem), options)
    except Exception as problem:  # noqa: BLE001 - whatever stops the system must not look like a pass
        return _not_run(f"{type(problem).__name__}: {problem}", options)
    verdicts = judge(results, floors, rounds=options.rounds)
    print_table(["figure", "measured", "floor", "95 of 100 draws", ""], [verdict.cells() for verdict in verdicts])
    faults = find_faults(floors, digests) + [f"{v.name} is broken" for v in verdicts if v.broken]
    if faults:
        return _fail(faults)
    if options.raise_floors:
        print(f"raised: {', '.join(raise_floors(floors, verdicts)) or 'none'}")
        save_floors(floors, path)
    print(f"gate: passed ({sum(v.floor is not None for v in verdicts)} floors, {len(verdicts)} figures)")
    return 0


def _verified_digests(names: Mapping[str, str]) -> dict[str, str]:
    """Check the files of all corpora that have floors; give the digests that are written down."""
    corpora = load_corpora()
    for name in names:
        if name in corpora:
            corpora[name].verify()
    return {name: corpus.digest for name, corpus in corpora.items()}


def _fail(faults: Sequence[str]) -> int:
    """Say what is wrong."""
    for fault in faults:
        print(f"gate: {fault}", file=sys.stderr)
    print(f"gate: FAILED ({len(faults)})", file=sys.stderr)
    return 1


def _not_run(why: str, options: argparse.Namespace) -> int:
    """Say that nothing was measured though the corpora are here: a failure unless it is allowed."""
    print(f"{NOT_RUN}: {why}", file=sys.stderr)
    return 0 if options.allow_not_run else 1


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.gate", description=__doc__.partition("\n\n")[0])
    parser.add_argument("--raise", dest="raise_floors", action="store_true", help="pin figures that have risen")
    parser.add_argument("--lower-floor", metavar="TASK/FIGURE=VALUE", help="lower one floor; needs --reason")
    parser.add_argument("--reason", default="", help="why the floor is lowered")
    parser.add_argument("--require", action="store_true", help="fail where the corpora are absent")
    parser.add_argument("--allow-not-run", action="store_true", help="exit 0 though the system cannot be run")
    parser.add_argument("--rounds", type=int, default=200, help="draws of the bootstrap; 0 for none")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None, *, measure: Measure = measure_ours, path: Path = FLOORS) -> int:
    """Run the gate or lower a floor."""
    options = parse(arguments)
    if options.lower_floor is None:
        return run(measure, options, path)
    name, _, value = options.lower_floor.rpartition("=")
    floors = load_floors(path)
    try:
        lower_floor(floors, name, float(value), options.reason)
    except ValueError as problem:
        print(f"gate: {problem}", file=sys.stderr)
        return 2
    save_floors(floors, path)
    print(f"gate: lowered {name} to {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
