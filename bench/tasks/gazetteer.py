"""
The gazetteer: recall on names of conflict news, time of a look-up, time to open, memory, size.

    python -m bench.tasks.gazetteer [--corpora]

Names are those of ``tests/cases/place_names.csv``, written before anybody looked
what the gazetteer has. Times are process time, the least of several rounds: this
machine does other work too. "new" look-ups are of names never asked for before
(the cache of results is passed by), "again" those of a text that repeats names.
``--corpora`` also counts the toponyms of three corpora that have a candidate
within 161 km of the gold coordinates.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from allegedly.geo.gazetteer import SHIPPED, Gazetteer
from allegedly.geo.policy import SHIPPED_TABLES
from allegedly.records.place import great_circle_km
from bench.corpora import shared_folder
from bench.tables import print_table

CASES = Path(__file__).parents[2] / "tests" / "cases" / "place_names.csv"
CORPORA = ("lgl", "geowebnews", "geovirus")
NEAR_KM = 161.0  # 100 miles, as the literature has it
ROUNDS = 7
MEBIBYTE = 1024  # ru_maxrss is in KiB on Linux


class Case(NamedTuple):
    """A name with the code of its country."""

    name: str
    country: str
    category: str


def read_cases(path: Path = CASES) -> list[Case]:
    """Read the list of names."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Case(**row) for row in csv.DictReader(file)]


def recall(gazetteer: Gazetteer, cases: Iterable[Case]) -> dict[str, tuple[int, int, int]]:
    """Count per category the names, those with a candidate in the right country, those whose first one is there."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for case in cases:
        countries = [match.place.country for match in gazetteer.find(case.name)]
        found = counts[case.category]
        found[0] += 1
        found[1] += case.country in countries
        found[2] += countries[:1] == [case.country]
    return {category: (count, right, first) for category, (count, right, first) in counts.items()}


def least_microseconds(look_up: Callable[[str], object], names: Sequence[str], rounds: int = ROUNDS) -> float:
    """Give the process time of one look-up, the least of several rounds over all names."""
    return 1e6 * min(_seconds(look_up, names) for _ in range(rounds)) / len(names)


def _seconds(look_up: Callable[[str], object], names: Sequence[str]) -> float:
    begin = time.process_time()
    for name in names:
        look_up(name)
    return time.process_time() - begin


def memory_mib() -> float:
    """Give the peak memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE


def corpus_recall(gazetteer: Gazetteer, rows: Iterable[dict[str, list[dict[str, str]]]]) -> tuple[int, int]:
    """Count the toponyms of a corpus, and those with a candidate near the gold point."""
    count = near = 0
    for row in rows:
        for toponym in row["toponyms"]:
            if toponym.get("lat") is None:
                continue
            point = float(toponym["lat"]), float(toponym["lon"])
            places = [match.place for match in gazetteer.find(toponym["name"])]
            places += filter(None, (gazetteer.demonym(toponym["name"]), gazetteer.metonym(toponym["name"])))
            count += 1
            near += any(great_circle_km(place.latitude, place.longitude, *point) <= NEAR_KM for place in places)
    return count, near


def show(*, corpora: bool = False) -> None:
    """Print the tables."""
    before = memory_mib()
    begin = time.process_time()
    gazetteer = Gazetteer.open()
    gazetteer.find("Kyiv")
    opened = time.process_time() - begin
    cases = read_cases()
    names = [case.name for case in cases]
    counts = recall(gazetteer, cases)
    rows = [[category, *map(str, figures)] for category, figures in sorted(counts.items())]
    rows.append(["all", *(str(sum(column)) for column in zip(*counts.values(), strict=True))])
    print_table(["category", "names", "right country", "right country first"], rows)
    print()
    size = sum(file.stat().st_size for file in SHIPPED_TABLES.iterdir())
    figures = {  # the first passes the cache of results by
        "look-up, new name, us": f"{least_microseconds(gazetteer._find, names):.1f}",  # noqa: SLF001
        "look-up, name again, us": f"{least_microseconds(gazetteer.find, names):.1f}",
        "open and first look-up, ms": f"{1000 * opened:.0f}",
        "memory after all look-ups, MiB": f"{memory_mib() - before:.0f}",
        "on disk, MB": f"{size / 1e6:.1f} (of it the places {SHIPPED.stat().st_size / 1e6:.1f})",
    }
    print_table(["figure", "value"], [[name, value] for name, value in figures.items()])
    if corpora:
        _show_corpora(gazetteer)


def _show_corpora(gazetteer: Gazetteer) -> None:
    rows = []
    for corpus in CORPORA:
        file = shared_folder() / "data" / corpus / f"{corpus}.jsonl"
        if not file.is_file():
            print(f"{corpus}: NOT RUN (no {file})", file=sys.stderr)
            continue
        count, near = corpus_recall(gazetteer, map(json.loads, file.read_text("utf-8").strip().split("\n")))
        rows.append([corpus, str(count), f"{100 * near / count:.1f}"])
    print()
    print_table(["corpus", "toponyms", "candidate within 161 km, %"], rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.tasks.gazetteer", description=__doc__)
    parser.add_argument("--corpora", action="store_true", help="also candidate recall on three corpora")
    show(corpora=parser.parse_args(arguments).corpora)
    return 0


if __name__ == "__main__":
    sys.exit(main())
