"""The store as a whole: runs, failures, counts, and whether it can be reached."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from allegedly import __version__
from allegedly.store.answers import Failure, RunInfo
from allegedly.store.lists import PageOf, failure_page, slice_of
from allegedly.store.viewing import SqlView
from allegedly.web.api.answering import Wanted, as_json, enveloped, many, one, wanted
from allegedly.web.api.describing import answers, router_of
from allegedly.web.api.forms import Health, Info
from allegedly.web.site import site_of

router = router_of("store")


@router.get("/api/runs", **answers(RunInfo, listed=True, refused=(400,)), summary="List runs")
def list_runs(request: Request, asked: Annotated[Wanted, Depends(wanted)]) -> Response:
    """All readings by one program with one pack and one set of settings, first ones first."""

    def fetch(view: SqlView, limit: int, after: str | None) -> PageOf[RunInfo]:
        return slice_of(view.runs(), limit=limit, after=after)  # one for each version of the program: there are few

    return many(request, asked, RunInfo, fetch)


@router.get("/api/failures", **answers(Failure, listed=True, refused=(400,)), summary="List failures")
def list_failures(request: Request, asked: Annotated[Wanted, Depends(wanted)]) -> Response:
    """What could not be read or kept, oldest first."""

    def fetch(view: SqlView, limit: int, after: str | None) -> PageOf[Failure]:
        return failure_page(view, limit=limit, after=after)

    return many(request, asked, Failure, fetch)


@router.get("/api/info", **answers(Info), summary="Count what is there")
def get_info(request: Request) -> Response:
    """How much there is of what, and the version of the program."""
    site = site_of(request)
    clusters = site.incidents(wait=True)

    def write(_: SqlView) -> bytes:
        counts = {name: count for name, count in site.store.info().items() if isinstance(count, int)}
        incidents, conflicts = clusters.count()
        behind = site.is_behind()
        return as_json(Info(__version__, **counts, incidents=incidents, conflicts=conflicts, behind=behind))

    return one(request, write, more=str(site.is_behind()))


@router.get("/healthz", **answers(Health), summary="Say whether the server can answer")
def get_health(request: Request) -> Response:
    """Answers only if the store can be asked; for whoever watches the server, without signing in."""
    with site_of(request).view():
        return enveloped(as_json(Health("ok")))
