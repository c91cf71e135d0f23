"""One incident: the matrix of who says what, the words of a cell, figures, origins, claims, what people decided."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from allegedly.render.incidents import plain
from allegedly.web import links
from allegedly.web.incident_view import Asked, incident_page
from allegedly.web.matrix import Opened
from allegedly.web.show import show
from allegedly.web.site import site_of

router = APIRouter()


def asked(  # the address of the page, in the order of docs/pages.md
    point: str = "", value: str = "", party: str = "", *, best: str = "", origins: bool = False
) -> Asked:
    """Read what of an incident is asked for; a dependency of the page."""
    return Asked(opened=Opened(point, value, party), best=best, origins=origins)


@router.get("/incidents/{incident_id}.json")
def incident_json(request: Request, incident_id: str) -> Response:
    """Give an incident as JSON: the record as the store has it."""
    incident = site_of(request).incidents(wait=True).incident(incident_id)
    return JSONResponse(plain(incident))


@router.get("/incidents/{incident_id}")
def incident(request: Request, incident_id: str, wanted: Annotated[Asked, Depends(asked)]) -> Response:
    """Show an incident; an id that it once had, or the beginning of one, leads to the id that holds now."""
    site = site_of(request)
    clusters = site.incidents()
    found = clusters.incident(incident_id)
    if found.id != incident_id:
        opened = wanted.opened
        now = links.incident(found.id, point=opened.point, value=opened.value, party=opened.party, best=wanted.best)
        return RedirectResponse(now, 303)
    visitor = getattr(request.state, "visitor", None)
    page = incident_page(clusters, site.store, found, wanted=wanted, behind=site.is_behind(), visitor=visitor)
    return show(request, "incident.html", page)
