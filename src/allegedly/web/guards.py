"""
Guards around the application: how much may be sent, how long that may take, what browsers are told to refuse.

All are plain ASGI. The headers go around everything, also around Starlette's own
page of errors, which is why the application is wrapped (:func:`allegedly.web.access.guarded`)
and not given these with ``add_middleware``.
"""

from __future__ import annotations

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from allegedly.web.problems import Answer, Broken, Slow, TooLarge, WebProblem, plain_answer

MOST_BYTES = 10 * 2**20  # of a document that is sent
FORM_BYTES = 64 * 2**10  # of what a form puts around it
BODY_SECONDS = 30.0
CLOSE = {"Connection": "close"}  # what is left of the body is not read

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_ONE_YEAR = "max-age=31536000"


class SecurityHeaders:
    """
    Put the headers on every response that make browsers refuse what pages never need.

    ``Cache-Control`` is the only one that a route may set itself.

    Args:
        app: What is guarded.
        secure: Whether browsers come by HTTPS, and shall from now on.
        answer: Makes the page of an error that nobody caught.
    """

    def __init__(self, app: ASGIApp, *, secure: bool = False, answer: Answer = plain_answer) -> None:
        self._app, self._answer = app, answer
        self._headers = _ALWAYS | ({"Strict-Transport-Security": _ONE_YEAR} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def sent(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", "private, no-cache")
                for name, value in self._headers.items():
                    headers[name] = value
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except Exception:
            if not started:
                problem = Broken("the program failed", hint="try again; whoever runs it finds the reason in its log")
                await self._answer(scope, problem)(scope, receive, sent)
            raise  # for the server's log


class BodyGuard:
    """
    Refuse bodies that are too large (413) or come too slowly (408), as soon as that is known.

    Args:
        app: What is guarded.
        most_bytes: Most of a body, what a form puts around a document included.
        seconds: Time that a body may take in all, from when it is first asked for.
        answer: Makes the page or JSON of a problem.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        most_bytes: int = MOST_BYTES + FORM_BYTES,
        seconds: float = BODY_SECONDS,
        answer: Answer = plain_answer,
    ) -> None:
        self._app, self._answer = app, answer
        self._most, self._seconds = most_bytes, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = _Body(receive, send, most=self._most, seconds=self._seconds)
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > self._most:
            body.problem = too_large(self._most)
        else:
            try:
                await self._app(scope, body.receive, body.send)
            except Exception:  # what the application made of the interrupted body is of no interest
                if body.problem is None or body.started:
                    raise
        if body.problem is not None and not body.started:
            await self._answer(scope, body.problem)(scope, receive, send)


class _Body:
    """One request's body, counted and timed; the answer of an application that could not read it is held back."""

    def __init__(self, receive: Receive, send: Send, *, most: int, seconds: float) -> None:
        self._receive, self._send = receive, send
        self._most, self._seconds = most, seconds
        self._bytes, self._whole, self._until = 0, False, 0.0
        self.problem: WebProblem | None = None
        self.started = False

    async def receive(self) -> Message:
        if self.problem is not None:
            raise self.problem
        if self._whole:  # what comes now is that the client went away, whenever that is
            return await self._receive()
        self._until = self._until or anyio.current_time() + self._seconds
        try:
            with anyio.fail_after(self._until - anyio.current_time()):
                message = await self._receive()
        except TimeoutError:
            self.problem = Slow(
                f"the request did not arrive within {self._seconds:g} seconds", hint="send it again", headers=CLOSE
            )
            raise self.problem from None
        return self._counted(message)

    def _counted(self, message: Message) -> Message:
        self._bytes += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._bytes > self._most:
            self.problem = too_large(self._most)
            raise self.problem
        return message

    async def send(self, message: Message) -> None:
        if self.problem is None or self.started:
            self.started = self.started or message["type"] == "http.response.start"
            await self._send(message)


def too_large(most: int) -> TooLarge:
    """Give the problem of a body that is too large."""
    return TooLarge(
        f"the request is larger than {most // 2**20} MB",
        hint="send a shorter text, or add it with `allegedly add` where the store is",
        headers=CLOSE,
    )
