"""
How fast the store is: ledgers per second from ready JSON, and the first page of searches among many documents.

    python -m bench.store [--documents 100000] [--ledgers 3000] [--store FILE|URL] [--json]

The ledgers are those of short invented reports, varied (:mod:`bench.store_data`).
Adding is what `allegedly store import` does: decode, check, keep. A search is
timed from the query's text to its first 50 claims, each time with a view of its
own; the median and the slowest of 7 count. Seconds of the processor are given too, as
others may be using the machine.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from allegedly.ledger.json import decode_ledger
from allegedly.store.opening import open_store
from allegedly.store.sql import SqlStore
from bench.store_data import base_ledgers, variants

TIMES = 7
QUERIES = (
    "hospital",
    "killed",
    '"at least"',
    "hosp*",
    "hospital -drone",
    "stance:deny",
    "denies:front",
    "source:ministry killed>=10",
    "killed>=10",
    "killed>=90",
    "killed>=5000",
    "type:ASSAULT mode:drone voice:own",
    "since:2025-06-01",
    "since:2030-01-01 army",
    "since:2030-01-01",
    "publisher:northwire stance:deny until:2020-02-01",
    "score>=0.99",
    "hospital OR school OR bridge",
    "-voice:own -stance:assert",
    "zzzz",
    "",
)


def add_lines(store: SqlStore, lines: Iterable[bytes]) -> tuple[int, float]:
    """Keep ledgers from their JSON; how many, and the seconds it took."""
    begin = time.perf_counter()
    with store.writer() as writer:
        for line in lines:
            writer.add(decode_ledger(line), line)
    return writer.report.added, time.perf_counter() - begin


def time_queries(store: SqlStore) -> list[dict[str, Any]]:
    """Time the first page of each query."""
    found = []
    for query in QUERIES:
        seconds, claims = [], 0
        for _ in range(TIMES):
            begin = time.perf_counter()
            with store.view() as view:
                claims = len(view.find(query).claims)
            seconds.append(time.perf_counter() - begin)
        median, slowest = statistics.median(seconds) * 1000, max(seconds) * 1000
        found.append({"query": query, "claims": claims, "median_ms": median, "slowest_ms": slowest})
    return found


def measure(store: SqlStore, *, ledgers: int, documents: int, articles: int = 0) -> dict[str, Any]:
    """Measure adding, fill up to so many documents, and measure searching."""
    base = base_ledgers(articles)
    ready = list(variants(base, ledgers))
    processor = time.process_time()
    added, seconds = add_lines(store, ready)
    processor = time.process_time() - processor
    figures: dict[str, Any] = {
        "ledgers": added,
        "bytes_per_ledger": sum(map(len, ready)) // len(ready),
        "ledgers_per_second": added / seconds,
        "ledgers_per_processor_second": added / processor,
    }
    more = variants(base, documents - ledgers, first=ledgers)
    begin = time.perf_counter()
    while part := list(islice(more, 1_000)):
        add_lines(store, part)
    figures["fill_seconds"] = time.perf_counter() - begin
    figures |= {name: value for name, value in store.info().items() if name in {"documents", "claims"}}
    figures["queries"] = time_queries(store)
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--ledgers", type=int, default=3_000)
    parser.add_argument("--articles", type=int, default=0, help="vary that many articles of 400 words instead")
    parser.add_argument("--store", help="where; a file in a temporary folder otherwise")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.db"
        with open_store(options.store or file, create=True) as store:
            figures = measure(store, ledgers=options.ledgers, documents=options.documents, articles=options.articles)
        if not options.store:
            figures["bytes_per_document"] = file.stat().st_size // max(figures["documents"], 1)
    if options.json:
        print(json.dumps(figures, indent=1))
        return
    for name, value in figures.items():
        if name != "queries":
            print(f"{name:<30} {value:,.1f}" if isinstance(value, float) else f"{name:<30} {value:,}")
    print(f"\n{'query':<52} {'claims':>6} {'median ms':>10} {'slowest ms':>10}")
    for row in figures["queries"]:
        times = f"{row['median_ms']:>10.1f} {row['slowest_ms']:>10.1f}"
        print(f"{row['query'] or '(everything)':<52} {row['claims']:>6} {times}")


if __name__ == "__main__":
    main()
