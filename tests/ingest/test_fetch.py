"""Fetching: limits, redirects, robots, pauses, conditions; all against a site on loopback."""

from __future__ import annotations

import gzip
import socket
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from allegedly.errors import InputError
from allegedly.ingest.base import Options
from allegedly.ingest.fetch import Fetcher, Validators
from tests.ingest.conftest import LOCAL
from tests.sites import Site


def _reason(url: str, options: Options = LOCAL, **other: Any) -> str:
    with pytest.raises(InputError) as caught:
        Fetcher(options, **other).fetch(url)
    return caught.value.reason


def test_a_page_and_what_is_kept_of_it(site: Site) -> None:
    """Body, type, charset and telling headers are kept; cookies are not."""
    url = site.put("/a", b"Rain.", Content_Type='text/HTML; charset="UTF-8"', Set_Cookie="id=7", Content_Language="en")
    got = Fetcher(LOCAL).fetch(url)
    assert got is not None
    assert (got.read(99), got.media_type, got.charset, got.url) == (b"Rain.", "text/html", "utf-8", url)
    assert {"content-language", "content-type"} <= dict(got.headers).keys()
    assert "set-cookie" not in dict(got.headers)


def test_we_say_who_we_are(site: Site) -> None:
    """The user agent carries name and version, or what the user says; passwords are not sent."""
    url = site.put("/a", b"Rain.").replace("http://", "http://ann:secret@")
    Fetcher(LOCAL).fetch(url)
    Fetcher(replace(LOCAL, user_agent="desk/1")).fetch(url)
    asked = [headers for path, headers in site.asked if path == "/a"]
    assert [one["User-Agent"] for one in asked][1] == "desk/1"
    assert asked[0]["User-Agent"].startswith("allegedly/0")
    assert not any("Authorization" in headers for headers in asked)


def test_loopback_is_refused(site: Site) -> None:
    """Without the flag nothing is asked of a private address."""
    assert _reason(site.put("/a", b"Rain."), Options()) == "address-refused"
    assert site.asked == []


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    """Every hop is judged: a public name that leads to a private address gains nothing."""
    site.put("/robots.txt", status=404)
    site.put("/a", status=302, Location="http://inside.example/secret")

    def resolve(host: str, port: int, **_: Any) -> Any:
        address = "127.0.0.1" if host == "127.0.0.1" else "169.254.169.254"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    class Careful(Fetcher):
        """Lets the site of the test pass, and nothing else."""

        def _hop(self, parts: Any, *rest: Any, **more: Any) -> Any:
            self.options = replace(self.options, allow_private=parts.hostname == "127.0.0.1")
            return super()._hop(parts, *rest, **more)

    with pytest.raises(InputError) as caught:
        Careful(LOCAL, resolve=resolve).fetch(site.base + "/a")
    assert (caught.value.reason, "inside.example is 169.254.169.254" in str(caught.value)) == ("address-refused", True)


def test_the_name_is_resolved_once(site: Site) -> None:
    """The connection goes to the address that was judged, even if the name would now be another (rebinding)."""
    asked: list[str] = []

    def resolve(host: str, port: int, **_: Any) -> Any:
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "127.0.0.99"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    port = site.base.rsplit(":", 1)[1]
    site.put("/a", b"Rain.")
    got = Fetcher(replace(LOCAL, obey_robots=False), resolve=resolve).fetch(f"http://news.example:{port}/a")
    assert got is not None
    assert (got.read(9), asked) == (b"Rain.", ["news.example"])
    assert site.asked[0][1]["Host"] == f"news.example:{port}"


def test_redirects_are_followed(site: Site) -> None:
    """A few redirects lead to the page, whose own URL is kept."""
    url = site.put("/a", status=301, Location="/b")
    site.put("/b", status=307, Location=f"{site.base}/c?x=1")
    site.put("/c?x=1", b"Rain.")
    got = Fetcher(LOCAL).fetch(url)
    assert got is not None
    assert (got.place, got.url) == (url, f"{site.base}/c?x=1")


@pytest.mark.parametrize("location", ["/a", "/b"])
def test_redirect_loops_end(location: str, site: Site) -> None:
    """A loop is given up after so many hops."""
    site.put("/b", status=302, Location="/a")
    assert _reason(site.put("/a", status=302, Location=location)) == "too-many-redirects"
    assert len([path for path in site.paths() if path != "/robots.txt"]) == LOCAL.max_redirects + 1


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://n.example/", "gopher://x/"])
def test_redirects_leave_the_web_nowhere(location: str, site: Site) -> None:
    """A redirect to a file or another scheme is refused."""
    assert _reason(site.put("/a", status=302, Location=location)) == "unsupported"


def test_huge_bodies(site: Site) -> None:
    """A body longer than allowed is given up."""
    assert _reason(site.put("/a", b"x" * 300_000), replace(LOCAL, max_bytes=100_000)) == "too-large"


def test_gzip_bombs(site: Site) -> None:
    """What counts is the unpacked size."""
    bomb = gzip.compress(b"\0" * 80_000_000)
    assert len(bomb) < 100_000
    url = site.put("/a", bomb, Content_Encoding="gzip")
    assert _reason(url, replace(LOCAL, max_bytes=1_000_000)) == "too-large"


def _drip(handler: BaseHTTPRequestHandler, *, head: bytes) -> None:
    """Send a byte every twentieth of a second, for 5 seconds."""
    handler.wfile.write(head)
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.05)


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "]
)
def test_slow_answers(head: bytes, site: Site) -> None:
    """A server that sends a byte now and then, in body or headers, is given up when the time is over."""
    url = site.on("/a", lambda handler: _drip(handler, head=head))
    start = time.monotonic()
    assert _reason(url, replace(LOCAL, timeout=0.5, obey_robots=False)) == "too-slow"
    assert time.monotonic() - start < 3


def test_silent_servers(site: Site) -> None:
    """A server that says nothing is given up as well."""
    url = site.on("/a", lambda _: time.sleep(2))
    assert _reason(url, replace(LOCAL, timeout=0.3, obey_robots=False)) == "too-slow"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"nonsense\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
    ],
)
def test_broken_answers(answer: bytes, site: Site) -> None:
    """An answer that breaks off, is no HTTP or cannot be unpacked is an error of ours."""
    url = site.on("/a", lambda handler: handler.wfile.write(answer) and None)
    assert _reason(url, replace(LOCAL, obey_robots=False)) == "network"


def test_nobody_there() -> None:
    """A port where nobody listens is an error of ours."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert _reason(f"http://127.0.0.1:{port}/a", replace(LOCAL, obey_robots=False)) == "network"


@pytest.mark.parametrize("status", [403, 404, 410, 429, 500, 503])
def test_errors_of_the_server(status: int, site: Site) -> None:
    """An error of the server is said with its number and when to come back."""
    url = site.put("/a", b"no", status=status, Retry_After="120")
    with pytest.raises(InputError, match=str(status)) as caught:
        Fetcher(LOCAL).fetch(url)
    assert (caught.value.reason, "120" in caught.value.hint) == ("http-status", True)


def test_robots_are_asked_first(site: Site) -> None:
    """A page that robots.txt forbids is not asked for; its neighbour is; the file is fetched once."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private/\n")
    fetcher = Fetcher(LOCAL)
    with pytest.raises(InputError) as caught:
        fetcher.fetch(site.put("/private/a", b"Rain."))
    assert fetcher.fetch(site.put("/a", b"Rain.")) is not None
    assert (caught.value.reason, site.paths()) == ("robots", ["/robots.txt", "/a"])


def test_robots_know_our_name(site: Site) -> None:
    """Rules for us by name hold over those for all."""
    site.put("/robots.txt", b"User-agent: *\nAllow: /\n\nUser-agent: allegedly\nDisallow: /\n")
    assert _reason(site.put("/a", b"Rain.")) == "robots"


def test_robots_can_be_left_out(site: Site) -> None:
    """Who has the right to says so."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /\n")
    assert Fetcher(replace(LOCAL, obey_robots=False)).fetch(site.put("/a", b"Rain.")) is not None


def test_a_site_whose_robots_cannot_be_had(site: Site) -> None:
    """RFC 9309: a site that fails to say what it wishes is left alone."""
    site.put("/robots.txt", status=503)
    assert _reason(site.put("/a", b"Rain.")) == "robots"


class _Clock:
    """A clock that sleep moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.mark.parametrize(("robots", "pause"), [(b"", 2.0), (b"User-agent: *\nCrawl-delay: 7\n", 7.0)])
def test_pauses_between_requests(robots: bytes, pause: float, site: Site) -> None:
    """Between two requests to one host there is a pause, the site's own wish if that is longer."""
    clock = _Clock()
    site.put("/robots.txt", robots)
    fetcher = Fetcher(replace(LOCAL, delay=2.0), sleep=clock.sleep, clock=lambda: clock.now)
    for path in ("/a", "/b"):
        fetcher.fetch(site.put(path, b"Rain."))
    assert clock.slept == [pause, pause]


def test_conditional_requests(site: Site) -> None:
    """What the server gave is sent back, and its 304 means that nothing is new."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == '"v1"' and "If-Modified-Since" in handler.headers
        handler.send_response(304 if known else 200)
        handler.send_header("Content-Length", "0" if known else "5")
        handler.send_header("ETag", '"v1"')
        handler.end_headers()
        handler.wfile.write(b"" if known else b"Rain.")

    url = site.on("/a", answer)
    fetcher = Fetcher(LOCAL)
    assert fetcher.fetch(url) is not None
    assert fetcher.fetch(url, Validators('"v1"', "Tue, 07 May 2024 10:00:00 GMT")) is None


def test_chunked_answers(site: Site) -> None:
    """A body in chunks is put together."""
    answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nRa\r\n3\r\nin.\r\n0\r\n\r\n"
    got = Fetcher(LOCAL).fetch(site.on("/a", lambda handler: handler.wfile.write(answer) and None))
    assert got is not None
    assert got.read(99) == b"Rain."
