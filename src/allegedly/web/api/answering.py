"""
How the API answers: one envelope, pages or JSON Lines, and a tag by which programs ask whether anything changed.

A tag is made from the state of the store and the request, not from the answer,
so that saying "nothing changed" costs two small questions. All of one answer is
read at one moment; JSON Lines hold that moment until the last line is sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Any, Literal

import anyio
import msgspec
from anyio import to_thread
from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from allegedly import __version__
from allegedly.ledger.shapes import shape_of, shaped
from allegedly.store.lists import PageOf
from allegedly.store.state import state_of
from allegedly.store.viewing import MOST, SqlView
from allegedly.web.api.callers import caller_of
from allegedly.web.site import site_of

JSON, LINES = "application/json", "application/x-ndjson"
NO_NUL = r"^[^\u0000]*$"  # no database keeps that sign
_PAGE = 50
Flag = Literal["true", "false"]
_AT_ONCE = 500  # lines made together
_AROUND = {"Cache-Control": "private, no-cache", "Vary": "Accept"}

Fetch = Callable[[SqlView, int, str | None], PageOf[Any]]
"""Gives a page of a list: where to look, most entries, what it begins after."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    How much of a list is wanted, and in which form.

    Args:
        limit: Most entries; None is a usual page, or all lines.
        after: What the page or the lines begin after.
        lines: JSON Lines instead of a page.
    """

    limit: int | None
    after: str | None
    lines: bool


def wanted(
    request: Request,
    limit: Annotated[
        int | None, Query(ge=1, le=MOST, description=f"Most entries; {_PAGE} on a page, all as JSON Lines.")
    ] = None,
    after: Annotated[
        str | None, Query(max_length=500, pattern=NO_NUL, description="The `page.after` of the page before.")
    ] = None,
    output_format: Annotated[
        Literal["json", "jsonl"] | None,
        Query(alias="format", description="`jsonl` gives JSON Lines, as `Accept: application/x-ndjson` does."),
    ] = None,
) -> Wanted:
    """Read how much of a list is wanted."""
    accepted = prefers_lines(request.headers.get("accept", ""))
    return Wanted(limit, after, accepted if output_format is None else output_format == "jsonl")


def prefers_lines(accept: str) -> bool:
    """
    Say whether a client would rather have JSON Lines.

    Example:
        >>> prefers_lines("application/x-ndjson, application/json;q=0.5"), prefers_lines("*/*")
        (True, False)
    """
    weights = {JSON: 0.0, LINES: 0.0}
    for part in accept.lower().split(","):
        kind, *parameters = (word.strip() for word in part.split(";"))
        if kind in weights:
            weights[kind] = _weight(parameters)
    return weights[LINES] > weights[JSON]


def _weight(parameters: list[str]) -> float:
    try:
        return next((float(word[2:]) for word in parameters if word.startswith("q=")), 1.0)
    except ValueError:
        return 0.0


def one(request: Request, write: Callable[[SqlView], bytes], *, more: str = "") -> Response:
    """
    Answer with one thing.

    Args:
        request: What was asked.
        write: Gives it as JSON.
        more: What it depends on beside the state of the store.
    """
    with site_of(request).view() as view:
        tag = _tag(request, f"{state_of(view)} {more}")
        return unchanged(request, tag) or enveloped(write(view), tag=tag)


def many(request: Request, asked: Wanted, kind: type, fetch: Fetch) -> Response:
    """
    Answer with a page of a list, or all of it as JSON Lines.

    Args:
        request: What was asked.
        asked: How much of it, and how.
        kind: Class of the entries.
        fetch: Gives a page.
    """
    with ExitStack() as stack:
        view = stack.enter_context(site_of(request).view())
        tag = _tag(request, f"{state_of(view)} {asked}")
        if same := unchanged(request, tag):
            return same
        if asked.lines:
            lines = _lines(view, asked, kind, fetch)
            begun = chain([next(lines, b"")], lines)  # what cannot be answered is refused before anything is sent
            return _Lines(begun, tag, close=stack.pop_all().close)
        page = fetch(view, asked.limit or _PAGE, asked.after)
    return enveloped(msgspec.json.encode(_shaped(page, kind)), page=page, tag=tag)


def as_json(value: Any) -> bytes:  # noqa: ANN401  # any dataclass
    """Write a dataclass as JSON with the keys of the contract."""
    kind: type = type(value)
    return msgspec.json.encode(shaped(value, shape_of(kind)))


def enveloped(data: bytes, *, page: PageOf[Any] | None = None, tag: str = "", status: int = 200) -> Response:
    """
    Put JSON into the envelope.

    Args:
        data: The JSON.
        page: For lists: the page that the JSON is of.
        tag: Tag of the answer, if it has one.
        status: HTTP status.
    """
    behind = b"" if page is None else b',"page":' + msgspec.json.encode({"after": page.after})
    headers = _AROUND | ({"ETag": tag} if tag else {})
    return Response(b'{"data":' + data + behind + b"}", status, headers, media_type=JSON)


def unchanged(request: Request, tag: str) -> Response | None:
    """Answer whoever has the same already; None if nobody has."""
    known = {word.strip().removeprefix("W/") for word in request.headers.get("if-none-match", "").split(",")}
    return Response(status_code=304, headers=_AROUND | {"ETag": tag}) if known & {tag, "*"} else None


def content_tag(data: bytes) -> str:
    """Make a tag from an answer itself."""
    return f'"{hashlib.blake2b(data, digest_size=16).hexdigest()}"'


def _tag(request: Request, state: str) -> str:
    caller = caller_of(request)
    parts = (__version__, caller.name if caller else "", request.url.path, request.url.query, state)
    return content_tag("\0".join(parts).encode("utf-8", "surrogatepass"))


def _lines(view: SqlView, asked: Wanted, kind: type, fetch: Fetch) -> Iterator[bytes]:
    encoder, after, left = msgspec.json.Encoder(), asked.after, asked.limit
    while left is None or left > 0:
        page = fetch(view, min(_AT_ONCE, left or _AT_ONCE), after)
        yield encoder.encode_lines(_shaped(page, kind))
        after, left = page.after, None if left is None else left - len(page.items)
        if after is None:
            return


def _shaped(page: PageOf[Any], kind: type) -> Any:  # noqa: ANN401  # a list of shapes made at run time
    return shaped(page.items, list[shape_of(kind)])  # type: ignore[misc]  # as above


class _Lines(StreamingResponse):
    """JSON Lines; what they are read from is let go of at the end, also when the client goes away before."""

    def __init__(self, lines: Iterator[bytes], tag: str, *, close: Callable[[], None]) -> None:
        super().__init__(lines, media_type=LINES, headers=_AROUND | {"ETag": tag})
        self._close = close

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await to_thread.run_sync(self._close)
