"""
One HTTP request to one checked address, within limits of time and size; nothing here follows a redirect.

A watchdog shuts the connection when the time is over, so that a server that
sends a byte now and then cannot keep us. The size limit counts decoded bytes:
a small body that unpacks to a huge one is given up on the way.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import SplitResult

from allegedly.errors import InputError
from allegedly.ingest.extras import load_extra

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection
    from urllib3.response import BaseHTTPResponse

_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What a server answered.

    Args:
        status: HTTP status.
        headers: Its headers, names in lower case; of several the last.
        body: The decoded body; empty unless the status is 200.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


def request(
    parts: SplitResult, addresses: tuple[str, ...], headers: Mapping[str, str], *, timeout: float, most: int
) -> Answer:
    """
    Send a GET request to the first of the addresses that takes it.

    Args:
        parts: The URL, as :func:`~allegedly.ingest.urls.split_url` gives it.
        addresses: Where its host is; already checked.
        headers: Headers of the request.
        timeout: Unit: seconds, from connecting to the last byte.
        most: Unit: bytes; a longer body is given up.

    Raises:
        InputError: If there is no answer, or not within the limits.
        ExtraError: If urllib3 is not installed.
    """
    urllib3 = load_extra("urllib3", "fetching")
    load_extra("urllib3.connection", "fetching")
    problem: Exception | None = None
    for address in addresses:
        connection = _connection(urllib3, parts, address, timeout)
        try:
            connection.connect()
        except (OSError, ValueError, urllib3.exceptions.HTTPError) as error:  # a wrong certificate is a ValueError
            problem = error
            connection.close()
            continue
        return _exchange(urllib3, connection, parts, headers, timeout=timeout, most=most)
    raise InputError(f"{parts.geturl()}: no connection: {problem}", reason="network", hint="try again later")


def _connection(urllib3: ModuleType, parts: SplitResult, address: str, timeout: float) -> HTTPConnection:
    """Prepare a connection to the address; certificate and Host header are those of the name."""
    made: HTTPConnection
    if parts.scheme == "http":
        made = urllib3.connection.HTTPConnection(address, parts.port or 80, timeout=timeout)
    else:
        made = urllib3.connection.HTTPSConnection(
            address,
            parts.port or 443,
            timeout=timeout,
            server_hostname=parts.hostname,
            assert_hostname=parts.hostname,
            ssl_context=ssl.create_default_context(),
        )
    return made


def _exchange(
    urllib3: ModuleType,
    connection: HTTPConnection,
    parts: SplitResult,
    headers: Mapping[str, str],
    *,
    timeout: float,
    most: int,
) -> Answer:
    place = parts.geturl()
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    expired = threading.Event()
    try:
        with _watchdog(connection, timeout, expired):
            connection.request("GET", path, headers={"Host": parts.netloc, **headers}, preload_content=False)
            response = connection.getresponse()
            known = {name.lower(): value for name, value in response.headers.items()}
            body = _body(response, most, place) if response.status == http.client.OK else b""
    except (OSError, ValueError, http.client.HTTPException, urllib3.exceptions.HTTPError) as error:
        if expired.is_set() or isinstance(error, (TimeoutError, urllib3.exceptions.TimeoutError)):
            raise InputError(f"{place}: not done within {timeout:g} seconds", reason="too-slow") from error
        raise InputError(f"{place}: the answer broke off: {error}", reason="network", hint="try again later") from error
    finally:
        connection.close()
    if expired.is_set():  # the end of the connection was taken for the end of the body
        raise InputError(f"{place}: not done within {timeout:g} seconds", reason="too-slow")
    return Answer(response.status, known, body)


@contextmanager
def _watchdog(connection: HTTPConnection, timeout: float, expired: threading.Event) -> Iterator[None]:
    """Shut the connection down after so many seconds."""
    line = connection.sock

    def bite() -> None:
        expired.set()
        with suppress(OSError):  # closed already
            socket.socket.shutdown(line, socket.SHUT_RDWR)  # the TLS layer's own would race with its reader

    timer = threading.Timer(timeout, bite)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _body(response: BaseHTTPResponse, most: int, place: str) -> bytes:
    body = bytearray()
    while chunk := response.read(_CHUNK, decode_content=True):
        body += chunk
        if len(body) > most:
            raise InputError(
                f"{place}: longer than {most:,} bytes", reason="too-large", hint="raise the limit with --max-bytes"
            )
    return bytes(body)
