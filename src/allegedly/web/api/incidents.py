"""Incidents and conflicts, as they were last made; asking makes them anew where documents or judgements have come."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from allegedly.corroboration.assemble import with_estimates
from allegedly.corroboration.policies import Policy
from allegedly.records.codes import EventType
from allegedly.records.incidents import Conflict, Incident, PointName
from allegedly.store.briefs import Brief, BriefFilter, brief_page
from allegedly.store.clusters import ClusterStore
from allegedly.store.lists import PageOf
from allegedly.store.viewing import SqlView
from allegedly.web.api.answering import Flag, Wanted, as_json, many, one, wanted
from allegedly.web.api.describing import answers, router_of
from allegedly.web.api.forms import INCIDENT
from allegedly.web.site import site_of

router = router_of("incidents")
_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def wanted_incidents(
    first: Annotated[str | None, Query(pattern=_DAY, description="Can have happened on this day or later.")] = None,
    last: Annotated[str | None, Query(pattern=_DAY, description="Can have happened on this day or before.")] = None,
    event_type: Annotated[EventType | None, Query(alias="type", description="Of this type.")] = None,
    country: Annotated[str | None, Query(pattern="^[A-Z]{3}$", description="ISO 3166-1 alpha-3 code.")] = None,
    conflicts_only: Annotated[Flag, Query(description="Only those with conflicts.")] = "false",
) -> BriefFilter:
    """Read which incidents are wanted."""
    return BriefFilter(
        first=first, last=last, type=event_type, country=country, conflicts_only=conflicts_only == "true"
    )


@router.get("/api/incidents", **answers(Brief, listed=True, refused=(400,)), summary="List incidents in brief")
def list_incidents(
    request: Request,
    asked: Annotated[Wanted, Depends(wanted)],
    which: Annotated[BriefFilter, Depends(wanted_incidents)],
) -> Response:
    """Incidents in brief: when, where, how much in dispute. Latest day first, undated ones last."""
    site_of(request).incidents(wait=True)

    def fetch(view: SqlView, limit: int, after: str | None) -> PageOf[Brief]:
        return brief_page(view, which, limit=limit, after=after)

    return many(request, asked, Brief, fetch)


@router.get("/api/incidents/{id}", **answers(Incident, refused=(400, 404)), summary="Give an incident")
def get_incident(
    request: Request,
    incident_id: Annotated[
        str, Path(alias="id", pattern=INCIDENT, description="Its id, an id it once had, or that of one of its claims.")
    ],
    best: Annotated[Policy | None, Query(description="Give single numbers by this policy; none is assumed.")] = None,
) -> Response:
    """What each party says to each point. A status says who has spoken, never who is right."""
    site = site_of(request)
    site.incidents(wait=True)

    def write(view: SqlView) -> bytes:
        incident = ClusterStore(site.store, view).incident(incident_id)
        return as_json(incident if best is None else with_estimates(incident, best))

    return one(request, write)


@router.get("/api/conflicts", **answers(Conflict, listed=True, refused=(400,)), summary="List conflicts")
def list_conflicts(
    request: Request,
    asked: Annotated[Wanted, Depends(wanted)],
    field: Annotated[PointName | None, Query(description="Only those in this field.")] = None,
) -> Response:
    """Where what is said of an incident cannot all hold, newest first."""
    site = site_of(request)
    site.incidents(wait=True)

    def fetch(view: SqlView, limit: int, after: str | None) -> PageOf[Conflict]:
        page = ClusterStore(site.store, view).conflicts(limit=limit, after=after, field=field)
        return PageOf(page.conflicts, page.after)

    return many(request, asked, Conflict, fetch)
