"""A page with charts under the strictest policy, served to Debian's chromium."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from allegedly.web.charts.base import Chart, Look
from allegedly.web.charts.bundle import vega_bundle
from allegedly.web.charts.svg import to_svg
from allegedly.web.charts.timeline import timeline
from tests.web.charts.made import briefs

STATIC = Path(__file__).parents[3] / "src" / "allegedly" / "web" / "static"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'"
WATCH = """
document.addEventListener("securitypolicyviolation", (event) => {
  document.documentElement.dataset.violations = event.violatedDirective + " " + event.sourceFile;
});
document.addEventListener("allegedly:brush", (event) => {
  document.documentElement.dataset.brush = JSON.stringify(event.detail);
});
"""
PAGE = """<!doctype html><html lang="en"><title>Charts</title><link rel="stylesheet" href="/static/charts.css">
<script src="/watch.js"></script><script src="/static/charts.js" defer></script>
<body><figure data-chart="/charts/timeline.json?kind=all" data-brush>
<img src="/charts/timeline.svg?width=640" width="640" height="400" alt="When"></figure><p>below</p></html>"""


def chart(address: str) -> Chart:
    """Make the chart that an address asks for."""
    asked = parse_qs(urlsplit(address).query)
    theme = "dark" if asked.get("theme") == ["dark"] else "light"
    return timeline(briefs(12), Look(int(asked.get("width", ["640"])[0]), theme))  # type: ignore[arg-type]


def answer(address: str) -> tuple[str, bytes]:
    """Give media type and content of an address."""
    made: dict[str, tuple[str, Callable[[], str | bytes]]] = {
        "/charts/timeline.json": ("application/json", lambda: json.dumps(chart(address).spec)),
        "/charts/timeline.svg": ("image/svg+xml", lambda: to_svg(chart(address))),
        "/inline": ("text/html", lambda: f"<!doctype html><script src=/watch.js></script>{to_svg(chart(address))}"),
        "/static/vega.js": ("text/javascript", lambda: vega_bundle().content),
        "/static/charts.js": ("text/javascript", (STATIC / "charts.js").read_bytes),
        "/static/charts.css": ("text/css", (STATIC / "charts.css").read_bytes),
        "/watch.js": ("text/javascript", lambda: WATCH),
    }
    kind, make = made.get(urlsplit(address).path, ("text/html", lambda: PAGE))
    content = make()
    return kind, content.encode() if isinstance(content, str) else content


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, content = answer(self.path)
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name in the base class
        """Keep quiet."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the page on a free port and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
