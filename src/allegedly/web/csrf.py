"""
Forms that only pages of ours can send, and who may send them.

Two locks, either of which holds alone: what browsers say about where a request
comes from (``Sec-Fetch-Site``, else ``Origin`` against ``Host``), looked at by the
middleware for every request that changes something; and a token in the form that
other sites cannot read, looked at by :func:`checked`. The token is made from the
session's own secret where there is one, so that it holds as long as the session
and needs no secret of the server; else from a cookie of its own, the visitor's
name and the key of :class:`~allegedly.web.rules.AccessRules`. A program with a
bearer token needs none: no browser sends that by itself.

For authors of pages: give the application ``dependencies=[Depends(checked)]``
once, and put ``<input type="hidden" name="csrf" value="{{ csrf }}">`` with
``request.state.csrf`` into each form that posts; scripts send the header
``X-CSRF-Token``. A route that takes ``Form()`` or ``File()`` parameters has its
form parsed by then, and it is not parsed again.

See the OWASP Cross-Site Request Forgery Prevention Cheat Sheet (signed tokens, Fetch Metadata).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import cache
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request

from allegedly.store.people import Role
from allegedly.web.guards import MOST_BYTES
from allegedly.web.problems import Forged, NotAllowed, SignIn, is_below
from allegedly.web.rules import Visitor

FIELD, HEADER = "csrf", "X-CSRF-Token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_AGAIN = "go back, reload the page and send it again"


def make_token(key: bytes, *bound_to: str) -> str:
    """
    Make the token of forms: HMAC-SHA256, 64 hex digits.

    Args:
        key: A secret.
        bound_to: What it holds for.
    """
    return hmac.new(key, "\0".join(("csrf", *bound_to)).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def refuse_cross_site(method: str, headers: Headers) -> None:
    """
    Refuse what another site makes a browser send; programs, which say nothing of the kind, pass.

    Raises:
        Forged: If it comes from elsewhere.
    """
    if method in SAFE:
        return
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        ours = site in {"same-origin", "none"}
    else:
        ours = origin is None or _netloc(origin) == headers.get("host", "").lower()
    if not ours:
        raise Forged("this was sent by another site", hint="open the page here and send it from there")


async def checked(request: Request) -> AsyncIterator[None]:
    """
    Refuse a form that no page of ours has made; a dependency for the whole application.

    What only looks (GET, HEAD) passes, and so do programs: with a bearer token, or in
    mode ``local`` with JSON below ``/api``, which browsers send to other sites only after asking.

    Raises:
        Forged: If the token is missing or another.
    """
    try:
        if not _needs_none(request):
            await _check(request)
        yield
    finally:
        await request.close()  # files of a form that nobody but us has parsed


def _needs_none(request: Request) -> bool:
    visitor: Visitor | None = request.state.visitor
    if request.method in SAFE or (visitor is not None and visitor.kind == "token"):
        return True
    local = visitor is not None and visitor.kind == "local"
    return local and _media_type(request) == "application/json" and is_below(request.scope, "/api")


async def _check(request: Request) -> None:
    given = request.headers.get(HEADER, "")
    if not given and _media_type(request) in _FORMS:
        form = await request.form(max_part_size=MOST_BYTES)  # parsed before if the route takes form parameters
        field = form.get(FIELD)
        given = field if isinstance(field, str) else ""
    wanted: str = request.state.csrf
    if not wanted or not hmac.compare_digest(wanted.encode(), given.encode("utf-8", "surrogatepass")):
        raise Forged("this form is too old, or none of this site's", hint=_AGAIN)


@cache
def require(role: Role) -> Callable[[Request], Awaitable[Visitor]]:
    """
    Make the dependency of a route that only some may use; it gives the visitor.

    Args:
        role: What the visitor must at least be.

    Raises:
        SignIn: From the dependency: if nobody is signed in.
        NotAllowed: From the dependency: if they are, but may not.
    """

    async def required(request: Request) -> Visitor:
        visitor: Visitor | None = request.state.visitor
        if visitor is None:
            raise SignIn("this is for those who are signed in", hint="sign in first")
        if not visitor.may(role):
            raise NotAllowed(
                f"this is for {role}s, and {visitor.name} is {visitor.role}",
                hint=f"an admin can change that: `allegedly users role NAME {role}`",
            )
        return visitor

    return required


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:  # no address at all
        return ""
