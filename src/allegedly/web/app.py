"""
The application: pages, API, static files, one place for errors and for what every response must carry.

Pages are rendered on the server by plain functions that run on a pool of
threads; the store hands each a snapshot of its own.
"""

from __future__ import annotations

import logging
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from allegedly import __version__
from allegedly.errors import AllegedlyError
from allegedly.store.accounts import AccountStore
from allegedly.web import api, pages
from allegedly.web.access import Access, guarded
from allegedly.web.csrf import checked
from allegedly.web.failures import problem_of
from allegedly.web.pages.problem import problem_page
from allegedly.web.passwords import Passwords
from allegedly.web.problems import WebProblem, is_below, path_of, plain_answer
from allegedly.web.rules import AccessRules
from allegedly.web.site import Site, site_of

_log = logging.getLogger("allegedly.web")
_STATIC = Path(__file__).parent / "static"
_FOREVER = "public, max-age=31536000, immutable"


def make_app(site: Site) -> FastAPI:
    """
    Make the application; :func:`behind_door` puts around it what says who is asking.

    Args:
        site: The store and its reader.
    """
    app = FastAPI(
        title="allegedly",
        version=__version__,
        summary="Who did what to whom, and according to whom.",
        openapi_url=None,  # api/openapi.py has it; FastAPI's own pages on it load scripts from elsewhere
        dependencies=[Depends(checked)],
    )
    app.state.site = site
    for router in pages.ROUTERS:
        app.include_router(router, include_in_schema=False)
    for router in api.ROUTERS:
        app.include_router(router)
    app.mount("/static", _Static(directory=_STATIC, packages=[("allegedly.render", "static")]), name="static")
    for kind in (WebProblem, AllegedlyError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _refused)
    app.add_exception_handler(Exception, _failed)
    return app


def behind_door(site: Site, rules: AccessRules | None = None, *, passwords: Passwords | None = None) -> ASGIApp:
    """
    Make the application, and put all guards around it.

    Args:
        site: The store and its reader.
        rules: Who may come in; None is whoever runs the program, from this machine.
        passwords: Compares passwords; made where the rules need it.
    """
    access = Access(rules or AccessRules(), AccountStore(site.store), passwords=passwords)
    return guarded(make_app(site), access, answer=lambda scope, problem: _answer(Request(scope), problem))


class _Static(StaticFiles):
    """Files whose address changes with them, so that browsers keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Give a file."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _FOREVER if scope["query_string"] else "no-cache"
        return response


def _refused(request: Request, error: Exception) -> Response:
    problem = problem_of(error, program=_is_program(request), store=site_of(request).store.name)
    if problem.status == 405:
        problem.headers["Allow"] = ", ".join(_methods(request))
    return _answer(request, problem)


def _failed(request: Request, error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _answer(request, problem_of(error, store=site_of(request).store.name))


def _is_program(request: Request) -> bool:
    return is_below(request.scope, "/api", "/healthz") and path_of(request.scope) != "/api"  # that one is a page


def _methods(request: Request) -> list[str]:
    """Give all methods that an address takes; the router itself names those of the first route only."""
    app: FastAPI = request.app
    found: set[str] = set()
    for method in ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"):
        scope = {**request.scope, "method": method}
        if any(route.matches(scope)[0] is Match.FULL for route in app.routes):
            found.add(method)
    return sorted(found)


def _answer(request: Request, problem: WebProblem) -> Response:
    """Give a problem as JSON to programs and as a page to people."""
    if _is_program(request):
        return plain_answer(request.scope, problem)
    response: Response = problem_page(request, problem)
    response.headers.update(problem.headers)
    return response
