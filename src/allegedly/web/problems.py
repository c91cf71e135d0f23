"""What a request can be refused for: a status, what happened, what to do; shown as a page or as JSON."""

from __future__ import annotations


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
        self, status: int, message: str, *, hint: str = "", code: str = "", headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.hint = hint
        self.code = code or _CODES.get(status, "error")
        self.headers = headers or {}


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
    422: "unreadable",
    429: "too-many",
    500: "internal",
    503: "busy",
}
