"""A small web site on loopback, and invented pages for it."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answers = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """
    A web server whose pages tests put in; it remembers what it was asked.

    Args:
        server: The server.
    """

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.base = f"http://127.0.0.1:{server.server_port}"
        self.pages: dict[str, Answers] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def put(self, path: str, body: bytes = b"", *, status: int = 200, **headers: str) -> str:
        """Put a page in and give its URL; underscores in names of headers stand for hyphens."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        return self.on(path, answer)

    def on(self, path: str, answer: Answers) -> str:
        """Put in what answers a path, and give its URL."""
        self.pages[path] = answer
        return self.base + path

    def paths(self) -> list[str]:
        """Give the paths asked for, in order."""
        return [path for path, _ in self.asked]


@contextmanager
def open_site(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Open a site on loopback, gone afterwards; with a context it speaks TLS."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            made.asked.append((self.path, dict(self.headers.items())))
            answer = made.pages.get(self.path)
            with suppress(OSError):  # whoever asked has left
                answer(self) if answer else self.send_error(404)
            self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients that leave are no news
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    made = Site(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


SENTENCES = (
    "A drone strike hit the district clinic in Karveli before dawn on Tuesday, killing at least 12 people.",
    "The Veldran health ministry blamed the Southern Front, which denied carrying out the attack.",
    "The army of Veldra said in a statement that it had lost contact with two posts near the river.",
)


def page(*, head: str = "", body: str = "", sentences: tuple[str, ...] = SENTENCES, title: str = "Clinic hit") -> bytes:
    """Make a page of an invented report."""
    text = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{text}{body}</article></body></html>"
    ).encode()
