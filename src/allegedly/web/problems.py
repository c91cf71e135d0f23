"""
What a request can be refused for: a status, what happened, what to do; shown as a page or as JSON.

Whoever raises says what happened and what to do; how it looks is for the
application (:mod:`allegedly.web.app`): it has a handler for :class:`WebProblem` raised in
a page, and gives the guards of :mod:`allegedly.web.guards` and :mod:`allegedly.web.access`
an :data:`Answer`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

Headers = Mapping[str, str]


class WebProblem(Exception):  # noqa: N818  # it is not an error of the program
    """
    A request that gets no answer of the usual kind.

    Args:
        status: HTTP status.
        message: What happened.
        hint: What to do next.
        code: Name of the problem in JSON, stable; made from the status if empty.
        headers: Headers of the response.
    """

    def __init__(
        self, status: int, message: str, *, hint: str = "", code: str = "", headers: Headers | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.hint = hint
        self.code = code or _CODES.get(status, "error")
        self.headers: dict[str, str] = dict(headers or {})


_CODES = {
    400: "bad-request",
    401: "sign-in",
    403: "not-allowed",
    404: "not-found",
    405: "no-such-method",
    408: "too-slow",
    409: "conflict",
    413: "too-large",
    415: "unsupported",
    421: "wrong-host",
    422: "unreadable",
    429: "too-many",
    500: "internal",
    501: "not-installed",
    503: "busy",
}


class _Named(WebProblem):
    """A problem with a name; its status is always the same."""

    always: ClassVar[int]

    def __init__(self, message: str, *, hint: str = "", headers: Headers | None = None) -> None:
        super().__init__(self.always, message, hint=hint, headers=headers)


class SignIn(_Named):
    """Nobody is signed in, or with what does not count (any more)."""

    always = 401


class NotAllowed(_Named):
    """The visitor may not do this."""

    always = 403


class Forged(NotAllowed):
    """The request does not come from a page of ours."""


class NotFound(_Named):
    """There is nothing at this address."""

    always = 404


class Slow(_Named):
    """The request took too long to arrive."""

    always = 408


class TooLarge(_Named):
    """The request holds more than is taken."""

    always = 413


class WrongHost(_Named):
    """The request asks for another host than this."""

    always = 421


class TooMany(_Named):
    """
    There were too many attempts.

    Args:
        message: What happened.
        wait: Seconds until the next one is looked at.
        hint: What to do next.
    """

    always = 429

    def __init__(self, message: str, *, wait: int, hint: str = "") -> None:
        super().__init__(message, hint=hint, headers={"Retry-After": str(wait)})
        self.wait = wait


class Broken(_Named):
    """The program failed; the log says why."""

    always = 500


class Unavailable(_Named):
    """The store cannot be reached just now."""

    always = 503


Answer = Callable[[Scope, WebProblem], Response]
"""Makes the answer to a problem: a page, JSON or text, with its status and headers."""


def path_of(scope: Scope) -> str:
    """Give the path of a request below where the application is mounted."""
    path, root = str(scope["path"]), str(scope.get("root_path", "")).rstrip("/")
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


def is_below(scope: Scope, *rooms: str) -> bool:
    """Say whether the path of a request is one of some folders, or in one."""
    path = path_of(scope)
    return any(path == room or path.startswith(f"{room}/") for room in rooms)


def plain_answer(scope: Scope, problem: WebProblem) -> Response:
    """Answer in words, or in JSON where programs ask."""
    if is_below(scope, "/api", "/healthz"):
        error = {"code": problem.code, "message": str(problem), "hint": problem.hint}
        return JSONResponse({"error": error}, problem.status, problem.headers)
    words = f"{problem}\n{problem.hint}\n" if problem.hint else f"{problem}\n"
    return PlainTextResponse(words, problem.status, problem.headers)
