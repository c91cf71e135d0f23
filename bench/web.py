"""
How fast the pages are: server time of each, then fifty readers and two reviewers at once.

    python -m bench.web [--claims 100000] [--store FILE] [--seconds 300] [--readers 50] [--reviewers 2] [--json]

The server runs in a process of its own (`allegedly serve`), the visitors in this one; both share the machine. A reader
opens a page and the charts on it, looks at it for one to three seconds, and opens another; a reviewer judges a claim
every three to six seconds.
Time counts from the request's first byte to the answer's last. Before the load every page is asked for alone, 15
times; the median and the slowest count, and the first one, when nothing is in memory yet, is given apart.
"""

from __future__ import annotations

import argparse
import html
import http.client
import json
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from allegedly.keeper import up_to_date
from allegedly.store.briefs import BriefFilter, briefs
from allegedly.store.opening import open_store
from bench.tables import print_table
from bench.web_data import ARTICLE, fill

TIMES = 15
PAINTS = 5
CHARTS = {f"picture of {name}": f"/charts/{name}.svg" for name in ("timeline", "map", "network")}
PAUSE = (1.0, 3.0)
JUDGING = (3.0, 6.0)
_TOKEN = re.compile(r'name="csrf" value="([^"]*)"')
_CHART = re.compile(r'(?:data-chart|<img src)="(/charts/[^"]+)"')
_CLAIM = re.compile(r'name="claim" value="(c[0-9a-f]{20})"')


@dataclass(slots=True)
class Visits:
    """
    What visitors saw.

    Args:
        seconds: Unit: seconds, by page.
        errors: Status or error of each answer that was none.
    """

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, page: str, seconds: float) -> None:
        """Note one answer."""
        self.seconds.setdefault(page, []).append(seconds)


class Visitor:
    """
    One browser: a connection that stays open, and cookies.

    Args:
        port: Of the server on this machine.
        visits: Where answers are noted.
    """

    def __init__(self, port: int, visits: Visits) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._visits = visits
        self._cookies: dict[str, str] = {}
        self._tags: dict[str, str] = {}  # of charts seen before

    def get(self, page: str, path: str) -> str:
        """Open a page, without its charts."""
        return self._ask(page, "GET", path)

    def open(self, page: str, path: str) -> None:
        """Open a page with the charts on it, as pictures and as what scripts draw, as a browser does."""
        words = self.get(page, path)
        for address in dict.fromkeys(map(html.unescape, _CHART.findall(words))):
            drawn = "picture" if ".svg" in address else "drawing"
            self._ask(f"{drawn} of {page}", "GET", address)

    def post(self, page: str, path: str, fields: dict[str, str]) -> str:
        """Send a form."""
        return self._ask(page, "POST", path, urlencode(fields))

    def _ask(self, page: str, method: str, path: str, body: str | None = None) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if path in self._tags:
            headers["If-None-Match"] = self._tags[path]
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begin = time.perf_counter()
        try:
            answer, words = self._answer(method, path, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            self._visits.errors.append(f"{page}: {type(error).__name__}: {error}")
            return ""
        self._visits.add(page, time.perf_counter() - begin)
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self._cookies[name] = value
        if path.startswith("/charts/") and (tag := answer.headers.get("ETag")):
            self._tags[path] = tag
        if answer.status >= 400:
            self._visits.errors.append(f"{page}: {answer.status}")
        return words.decode("utf-8", "replace")

    def _answer(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Ask, and ask again on a new connection if the server has closed the idle one, as browsers do."""
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
            self._connection.close()
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        return answer, answer.read()


@contextmanager
def serving(store: Path) -> Iterator[int]:
    """Serve a store in a process of its own and give its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "allegedly", "serve", "--store", str(store), "--port", str(port), "--quiet"]
    server = subprocess.Popen(command)  # noqa: S603 - our own program
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            print("the server did not end by itself")


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server does not answer")


def addresses(store: Path) -> dict[str, str]:
    """Give an address of each page, by name."""
    with open_store(store) as opened, opened.view() as view:
        up_to_date(opened)
        largest = max(briefs(opened, BriefFilter(conflicts_only=True)), key=lambda brief: (brief.documents, brief.id))
        source = next(claim.source.name for claim in view.find("stance:deny", limit=50).claims if claim.source)
        documents = [item.id for item in view.find_documents("", limit=30).documents]
    return {
        "start": "/",
        "document, 1,000 words": f"/document?{urlencode({'id': ARTICLE})}",
        **{f"document {k}": f"/document?{urlencode({'id': name})}" for k, name in enumerate(documents[:5])},
        "incident": f"/incidents/{largest.id}",
        "incidents": "/incidents",
        "conflicts": "/conflicts",
        "timeline": "/timeline",
        "map": "/map",
        "sources": "/sources",
        "source": f"/source?{urlencode({'name': source or ''})}",
        "network": "/network",
        "find": "/find?q=hospital",
        "find, figures": "/find?q=killed%3E%3D10+stance%3Adeny",
        "review": "/review?order=random",
        "quality": "/quality",
        "export": "/export",
    }


def time_pages(port: int, pages: dict[str, str]) -> list[list[str]]:
    """Ask for each page alone and give lines of a table, milliseconds."""
    rows = []
    for page, path in pages.items():
        visits = Visits()
        visitor = Visitor(port, visits)
        size = 0
        for _ in range(TIMES):
            size = len(visitor.get(page, path))
        times = [1000 * value for value in visits.seconds.get(page, [0.0])]
        wrong = f" {visits.errors[0]}" if visits.errors else ""
        rows.append([
            page, f"{times[0]:.0f}", f"{statistics.median(times):.0f}", f"{max(times[1:] or times):.0f}",
            f"{size / 1024:.0f}{wrong}",
        ])  # fmt: skip
    return rows


def load(port: int, pages: dict[str, str], *, seconds: float, readers: int, reviewers: int) -> Visits:
    """Let visitors come and go for so long, and give what they saw."""
    visits = Visits()
    end = time.monotonic() + seconds
    work = [threading.Thread(target=_read, args=(port, pages, visits, end, seed)) for seed in range(readers)]
    work += [threading.Thread(target=_review, args=(port, visits, end, seed)) for seed in range(reviewers)]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    return visits


def _read(port: int, pages: dict[str, str], visits: Visits, end: float, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - data for a measurement
    visitor = Visitor(port, visits)
    time.sleep(chance.uniform(0, PAUSE[1]))
    while time.monotonic() < end:
        page = chance.choice(list(pages))
        visitor.open(page, pages[page])
        time.sleep(chance.uniform(*PAUSE))


def _review(port: int, visits: Visits, end: float, seed: int) -> None:
    chance = random.Random(1000 + seed)  # noqa: S311 - as above
    visitor = Visitor(port, visits)
    queue = f"/review?order=random&seed={seed}"
    while time.monotonic() < end:
        words = visitor.get("review", queue)
        token, claim = _TOKEN.search(words), _CLAIM.search(words)
        time.sleep(chance.uniform(*JUDGING))
        if token is None or claim is None:
            visits.errors.append("review: no form on the page")
            continue
        fields = {
            "csrf": token[1],
            "claim": claim[1],
            "decision": chance.choice(["accept", "accept", "reject", "unsure"]),
        }
        visitor.post("judging", "/review/judge", fields | {"queue": "random", "back": queue})


def time_paint(port: int, path: str) -> list[str]:
    """Open a page in headless Chromium, nothing in its cache, and give the first contentful paints, milliseconds."""
    from tests.web.browsing import chromium, looking  # noqa: PLC0415 - a dev dependency that only this needs

    times = []
    with chromium() as browser:
        for _ in range(PAINTS):
            with looking(browser, viewport={"width": 1280, "height": 900}) as page:
                page.goto(f"http://127.0.0.1:{port}{path}", wait_until="load")
                painted = "performance.getEntriesByName('first-contentful-paint')"
                page.wait_for_function(f"() => {painted}.length > 0")
                times.append(float(page.evaluate(f"{painted}[0].startTime")))
    return [f"{value:.0f}" for value in sorted(times)]


def load_rows(visits: Visits) -> list[list[str]]:
    """Give lines of a table: answers, median, 95th and 99th of a hundred, slowest; milliseconds."""
    rows = []
    everything = [value for values in visits.seconds.values() for value in values]
    for page, values in [*sorted(visits.seconds.items()), ("all", everything)]:
        times = sorted(1000 * value for value in values)
        at = [times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95, 0.99)]
        rows.append([page, f"{len(times):,}", *(f"{value:.0f}" for value in at), f"{times[-1]:.0f}"])
    return rows


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--store", type=Path, help="a store filled before; otherwise one is filled, and thrown away")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--reviewers", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or Path(folder) / "store.db"
        if not store.exists():
            with open_store(store, create=True) as opened:
                fill(opened, options.claims)
        pages = addresses(store)
        with serving(store) as port:
            alone = time_pages(port, pages | CHARTS)
            paints = time_paint(port, "/map")
            visits = load(port, pages, seconds=options.seconds, readers=options.readers, reviewers=options.reviewers)
    together = load_rows(visits)
    if options.json:
        print(json.dumps({"alone": alone, "paints": paints, "together": together, "errors": visits.errors}))
        return
    print_table(["page", "first, ms", "median, ms", "slowest, ms", "KiB"], alone)
    print(f"first contentful paint of the map, ms, {PAINTS} times: {', '.join(paints)}")
    print_table(["page", "answers", "median, ms", "95 %, ms", "99 %, ms", "slowest, ms"], together)
    print(f"{len(visits.errors)} errors", *sorted(set(visits.errors))[:10], sep="\n")


if __name__ == "__main__":
    main()
