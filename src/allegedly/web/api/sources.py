"""Who speaks in the reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from allegedly.store.lists import PageOf
from allegedly.store.sources import SourceCount, list_sources
from allegedly.store.viewing import SqlView
from allegedly.web.api.answering import NO_NUL, Wanted, many, wanted
from allegedly.web.api.describing import answers, router_of
from allegedly.web.site import site_of

router = router_of("claims")


@router.get("/api/sources", **answers(SourceCount, listed=True, refused=(400,)), summary="List sources")
def list_all_sources(
    request: Request,
    asked: Annotated[Wanted, Depends(wanted)],
    begins: Annotated[str, Query(max_length=200, pattern=NO_NUL, description="How the name begins.")] = "",
) -> Response:
    """
    Those to whom words are attributed, in order of the alphabet, with what each does with them.

    Never the outlets that print them. Two names of one source are two entries: nothing links documents.
    """
    store = site_of(request).store

    def fetch(_: SqlView, limit: int, after: str | None) -> PageOf[SourceCount]:
        page = list_sources(store, begins=begins, limit=limit, after=after)
        return PageOf(page.sources, page.after)

    return many(request, asked, SourceCount, fetch)
