"""
The door: who is asking is found out before any page runs, and pages read it as ``request.state.visitor``.

Names for authors of pages are all here: :class:`Visitor`, :class:`AccessRules`,
:class:`Access` (signs in and out; also ``request.state.access``), :func:`guarded`,
:func:`local_path`.
"""

from __future__ import annotations

import logging
import secrets
from urllib.parse import quote, urlencode

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from allegedly.errors import AllegedlyError
from allegedly.web.csrf import SAFE, refuse_cross_site
from allegedly.web.guards import BODY_SECONDS, FORM_BYTES, MOST_BYTES, BodyGuard, SecurityHeaders
from allegedly.web.problems import (
    Answer,
    SignIn,
    Unavailable,
    WebProblem,
    WrongHost,
    is_below,
    path_of,
    plain_answer,
)
from allegedly.web.rules import LOOPBACK_HOSTS, AccessRules, Visitor
from allegedly.web.signing import Access, Known

__all__ = ["Access", "AccessMiddleware", "AccessRules", "Visitor", "check_host", "guarded", "local_path"]

LOGIN, HEALTH = "/login", "/healthz"
_log = logging.getLogger(__name__)


class AccessMiddleware:
    """
    Let requests in, or not, and say who is asking.

    Sets ``request.state.visitor`` (None only at ``/login``, ``/static`` and ``/healthz``),
    ``request.state.csrf`` (the token of forms) and ``request.state.access``. Whom
    nobody knows is sent from pages to ``/login``, and gets 401 below ``/api`` and ``/feeds``.

    Args:
        app: What is behind the door.
        access: Who may come in.
        answer: Makes the page or JSON of a problem.
    """

    def __init__(self, app: ASGIApp, access: Access, *, answer: Answer = plain_answer) -> None:
        self._app, self._access, self._answer = app, access, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] == "websocket":  # no page needs one
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = {**scope.get("state", {}), "visitor": None, "csrf": "", "access": self._access}
        scope["state"] = state
        request = Request(scope)
        try:
            refused = await self._refused(request)
        except WebProblem as problem:
            refused = self._answer(scope, problem)
        except AllegedlyError as error:
            _log.exception("who is asking could not be looked up")
            cannot = Unavailable("who you are cannot be looked up just now", hint=error.hint or "try again later")
            refused = self._answer(scope, cannot)
        if refused is not None:
            await refused(scope, receive, send)
            return
        await self._app(scope, receive, self._with_cookie(request, send))

    async def _refused(self, request: Request) -> Response | None:
        """Give the answer to whoever may not come in; for others, put into the state what pages need."""
        scope, rules = request.scope, self._access.rules
        if path_of(scope) == HEALTH:  # asked by address, and says nothing
            return None
        check_host(request.headers, rules.hosts)
        if is_below(scope, "/static"):
            return None
        known = await to_thread.run_sync(self._access.known, request)
        if known.visitor is None and path_of(scope) != LOGIN:
            return self._to_login(request)
        if known.visitor is None or known.visitor.kind != "token":
            refuse_cross_site(request.method, request.headers)
        self._prepare_forms(request, known)
        request.state.visitor = known.visitor
        return None

    def _prepare_forms(self, request: Request, known: Known) -> None:
        cookie = request.cookies.get(self._access.rules.form_cookie, "")
        if not cookie and not known.secret and request.method in SAFE and not is_below(request.scope, "/api", "/feeds"):
            cookie = request.scope["state"]["new_form_cookie"] = secrets.token_urlsafe(32)
        request.state.csrf = self._access.form_token(known, cookie)

    def _with_cookie(self, request: Request, send: Send) -> Send:
        """Put the cookie that forms are bound to on the response, if the browser has none yet."""
        new = request.scope["state"].pop("new_form_cookie", None)
        if new is None:
            return send
        rules = self._access.rules
        # Links from chat and mail are followed to the pages of a team: with Strict, each would make open forms stale.
        same_site = "Strict" if rules.mode == "local" else "Lax"
        secure = "; Secure" if rules.secure else ""
        cookie = f"{rules.form_cookie}={new}; Path=/; HttpOnly; SameSite={same_site}{secure}"

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        return sent

    def _to_login(self, request: Request) -> Response:
        """Send a browser to sign in and back again; tell a program that it has to."""
        scope, looks = request.scope, request.method in SAFE
        program = is_below(scope, "/api", "/feeds") or not (looks or "text/html" in request.headers.get("accept", ""))
        if program:
            bearer = {"WWW-Authenticate": "Bearer"}
            raise SignIn("this is for those who are signed in", hint="sign in, or send a token", headers=bearer)
        query = scope.get("query_string", b"").decode("latin-1")
        path = quote(scope["path"]) + (f"?{query}" if query else "")
        words = f"?{urlencode({'next': path})}" if looks and path != "/" else ""
        return RedirectResponse(f"{scope.get('root_path', '').rstrip('/')}{LOGIN}{words}", 303)


def check_host(headers: Headers, hosts: tuple[str, ...]) -> None:
    """
    Refuse requests for other names: a site whose name was made to mean this machine (DNS rebinding).

    Args:
        headers: Of the request.
        hosts: Names that are ours, without port; none is this machine only.

    Raises:
        WrongHost: If the request names another, none or several.
    """
    named = headers.getlist("host")
    host = named[0].strip().lower() if len(named) == 1 else ""
    name = host.partition("]")[0].removeprefix("[") if host.startswith("[") else host.partition(":")[0]
    if name not in {known.lower() for known in hosts or LOOPBACK_HOSTS}:
        raise WrongHost(
            f"these pages are not those of {name[:100]!a}",
            hint="use the address that `allegedly serve` prints, or name this one when you start it",
        )


def local_path(words: str, *, otherwise: str = "/") -> str:
    """
    Give where to go after signing in, if it is a path here; no other site is ever gone to.

    Example:
        >>> local_path("/incidents?page=2"), local_path("//evil.example"), local_path("https://evil.example/")
        ('/incidents?page=2', '/', '/')
    """
    odd = not words.isascii() or not words.isprintable() or "\\" in words or " " in words
    if odd or not words.startswith("/") or words.startswith(("//", LOGIN)):
        return otherwise
    return words


def guarded(
    app: ASGIApp,
    access: Access,
    *,
    most_bytes: int = MOST_BYTES + FORM_BYTES,
    seconds: float = BODY_SECONDS,
    answer: Answer = plain_answer,
) -> ASGIApp:
    """
    Put all guards around an application: headers outermost, then the door, then limits of bodies.

    Args:
        app: The application.
        access: Who may come in.
        most_bytes: Most of a body.
        seconds: Time that a body may take.
        answer: Makes the page or JSON of a problem.
    """
    limited = BodyGuard(app, most_bytes=most_bytes, seconds=seconds, answer=answer)
    door = AccessMiddleware(limited, access, answer=answer)
    return SecurityHeaders(door, secure=access.rules.secure, answer=answer)
