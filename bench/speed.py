"""
How fast our system reads: words per second from text to JSON, time per article, memory, start-up.

    python -m bench.speed [--articles 200] [--words 400] [--json]

The articles are invented (:mod:`bench.speed_text`). The batch runs in a process
of its own, so that its peak memory is nobody else's. Time per article is that of
one after the other; the share of time in the encoder is taken from a last pass
on one thread: the seconds in the network over the seconds in all.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bench.speed_text import make_article

STARTS = 7  # processes started per figure; the median counts, the first one warms the disk cache
MEBIBYTE = 1024  # ru_maxrss is in KiB on Linux


def measure_batch(articles: int, words: int) -> dict[str, Any]:
    """Read a batch with all threads, then one by one; runs in a process of its own."""
    from onnxruntime import InferenceSession  # noqa: PLC0415 - late: the parent process must stay small

    import allegedly  # noqa: PLC0415
    from allegedly.annotators.dates import Dates  # noqa: PLC0415
    from allegedly.annotators.event_places import EventPlaces  # noqa: PLC0415
    from allegedly.annotators.timexes import Timexes  # noqa: PLC0415
    from allegedly.annotators.toponyms import Toponyms  # noqa: PLC0415
    from allegedly.encoder.session import OnnxSession  # noqa: PLC0415
    from allegedly.ledger.json import encode_ledger  # noqa: PLC0415
    from allegedly.records.document import Document  # noqa: PLC0415
    from allegedly.settings import Settings  # noqa: PLC0415

    documents = [Document(make_article(seed, words=words), id=str(seed)) for seed in range(articles)]
    total = sum(len(document.text.split()) for document in documents)
    begin = time.perf_counter()
    reader = allegedly.load()
    loaded = time.perf_counter() - begin
    reader.read(documents[0])
    begin = time.perf_counter()
    size = sum(len(encode_ledger(ledger)) for ledger in reader.read_many(documents))
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
    each = [_seconds(partial(_read_to_json, reader, document)) for document in documents]
    single = allegedly.load(Settings(threads=1))
    encoder, networks = _watch(OnnxSession, "encode"), _watch(InferenceSession, "run")
    dated = [_watch(annotator, "annotate") for annotator in (Timexes, Dates, Toponyms, EventPlaces)]
    alone = sum(_seconds(partial(_read_to_json, single, document)) for document in documents)
    return {
        "articles": articles,
        "words": total,
        "bytes of JSON": size,
        "words per second": round(total / seconds),
        "p50 ms per article": round(1000 * statistics.median(each), 1),
        "p95 ms per article": round(1000 * statistics.quantiles(each, n=20)[-1], 1),
        "share in the encoder %": round(100 * sum(encoder) / alone, 1),
        "share in all networks %": round(100 * sum(networks) / alone, 1),
        "share of times and places %": round(100 * sum(map(sum, dated)) / alone, 1),
        "peak memory MiB": round(peak),
        "load seconds": round(loaded, 2),
    }


def _read_to_json(reader: Any, document: Any) -> object:  # noqa: ANN401 - typing them would import the package
    """Read one document to the bytes of its ledger."""
    from allegedly.ledger.json import encode_ledger  # noqa: PLC0415 - late, as above

    return encode_ledger(reader.read(document))


def _watch(owner: type, method: str) -> list[float]:
    """Make each call of a method note its seconds."""
    seconds: list[float] = []
    run = getattr(owner, method)

    def timed(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the method takes and gives
        begin = time.perf_counter()
        try:
            return run(*arguments, **options)
        finally:
            seconds.append(time.perf_counter() - begin)

    setattr(owner, method, timed)
    return seconds


def _seconds(work: Callable[[], object]) -> float:
    """Time one call."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def measure_starts(words: int) -> dict[str, float]:
    """Time whole processes: one article to JSON, and the help page."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "article.txt"
        file.write_text(make_article(0, words=words), encoding="utf-8")
        return {
            "one article, cold, seconds": _median_start("read", str(file), "--format", "json"),
            "--help seconds": _median_start("--help"),
        }


def _median_start(*arguments: str) -> float:
    """Start the program several times; give the median seconds."""
    command = [sys.executable, "-m", "allegedly", *arguments]
    times = [
        _seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))  # noqa: S603 - our own program
        for _ in range(STARTS)
    ]
    return round(statistics.median(times), 2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__.partition("\n\n")[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--batch-only", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.batch_only:
        print(json.dumps(measure_batch(options.articles, options.words)))
        return 0
    size = ["--articles", str(options.articles), "--words", str(options.words)]
    command = [sys.executable, "-m", "bench.speed", "--batch-only", *size]
    batch = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ourselves
    figures = {"cores": os.cpu_count(), **json.loads(batch.stdout), **measure_starts(options.words)}
    lines = (f"{name}: {value}" for name, value in figures.items())
    print(json.dumps(figures) if options.json else "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
