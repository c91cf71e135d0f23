"""
The application: pages, API, static files, one place for errors and for what every response must carry.

Pages are rendered on the server by plain functions that run on a pool of
threads; the store hands each a snapshot of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from allegedly import __version__
from allegedly.errors import AllegedlyError
from allegedly.web import pages
from allegedly.web.failures import problem_of
from allegedly.web.pages.problem import problem_page
from allegedly.web.problems import WebProblem
from allegedly.web.site import Site

_log = logging.getLogger("allegedly.web")
_STATIC = Path(__file__).parent / "static"
_FOREVER = "public, max-age=31536000, immutable"


def make_app(site: Site, *, middleware: Sequence[Middleware] = ()) -> FastAPI:
    """
    Make the application.

    Args:
        site: The store and its reader.
        middleware: Who may ask and what is refused, outermost first.
    """
    app = FastAPI(
        title="allegedly",
        version=__version__,
        summary="Who did what to whom, and according to whom.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        middleware=list(middleware),
    )
    app.state.site = site
    for router in pages.ROUTERS:
        app.include_router(router, include_in_schema=False)
    app.mount("/static", _Static(directory=_STATIC), name="static")
    for kind in (WebProblem, AllegedlyError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _refused)
    app.add_exception_handler(Exception, _failed)
    return app


class _Static(StaticFiles):
    """Files whose address changes with them, so that browsers keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Give a file."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _FOREVER if scope["query_string"] else "no-cache"
        return response


def _refused(request: Request, error: Exception) -> Response:
    return _answer(request, problem_of(error))


def _failed(request: Request, error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _answer(request, problem_of(error))


def _answer(request: Request, problem: WebProblem) -> Response:
    """Give a problem as JSON to programs and as a page to people."""
    if request.url.path.startswith("/api/"):
        body = {"error": {"code": problem.code, "message": str(problem), "hint": problem.hint}}
        response: Response = JSONResponse(body, problem.status)
    else:
        response = problem_page(request, problem)
    response.headers.update(problem.headers)
    return response
