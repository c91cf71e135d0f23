"""What people decide about which claims are one incident."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from allegedly.errors import NotInStore, UsageError
from allegedly.records.incidents import ClusterJudgement
from allegedly.store.clusters import ClusterStore
from allegedly.store.lists import PageOf, slice_of
from allegedly.store.viewing import SqlView
from allegedly.web.api.answering import Flag, Wanted, as_json, enveloped, many, wanted
from allegedly.web.api.bodies import body
from allegedly.web.api.callers import may_undo
from allegedly.web.api.describing import answers, body_of, router_of
from allegedly.web.api.forms import ClusterForm
from allegedly.web.api.judgements import Number
from allegedly.web.people import Reviewer
from allegedly.web.site import site_of

router = router_of("judgements")
_EXAMPLE = {
    "decision": "merge", "left": ["i0123456789abcdef"], "right": ["i89abcdef01234567"], "note": "the same strike",
}  # fmt: skip


@router.get(
    "/api/cluster-judgements",
    **answers(ClusterJudgement, listed=True, refused=(400,)),
    summary="List merges and splits",
)
def list_cluster_judgements(
    request: Request,
    asked: Annotated[Wanted, Depends(wanted)],
    undone: Annotated[Flag, Query(description="Those that were taken back, too.")] = "false",
) -> Response:
    """What people decided about which claims are one incident, oldest first."""
    store = site_of(request).store

    def fetch(view: SqlView, limit: int, after: str | None) -> PageOf[ClusterJudgement]:
        found = ClusterStore(store, view).judgements(undone=undone == "true")
        return slice_of(found, limit=limit, after=after)  # each is made by hand: there are few

    return many(request, asked, ClusterJudgement, fetch)


@router.post(
    "/api/cluster-judgements",
    **answers(
        ClusterJudgement,
        status=201,
        refused=(404,),
        role="reviewer",
        takes=body_of(ClusterForm, _EXAMPLE),
    ),
    summary="Merge or split incidents",
)
def add_cluster_judgement(
    request: Request,
    form: Annotated[ClusterForm, Depends(body(ClusterForm))],
    caller: Reviewer,
) -> Response:
    """
    Say that two incidents are one, or that claims of an incident belong to another.

    The judgement names claims and not incidents, so that it stays true when incidents are made anew.
    """
    site = site_of(request)
    clusters = site.incidents(wait=True)
    left, right = sides(clusters, form)
    made = clusters.judge(form.decision, left, right, who=caller.name, note=form.note)
    site.changed()
    return enveloped(as_json(made), status=201)


@router.post(
    "/api/cluster-judgements/{number}/undo",
    **answers(ClusterJudgement, refused=(400, 404), role="reviewer"),
    summary="Take a merge or split back",
)
def undo_cluster_judgement(request: Request, number: Number, caller: Reviewer) -> Response:
    """Take one's own merge or split back, or as an admin anybody's. It stays recorded."""
    site = site_of(request)
    clusters = ClusterStore(site.store)
    found = next((item for item in clusters.judgements(undone=True) if item.number == number), None)
    if found is None:
        raise NotInStore(f"there is no merge or split {number}", hint="/api/cluster-judgements lists them")
    may_undo(caller, found.who)
    undone = clusters.undo(number, who=caller.name)
    site.changed()
    return enveloped(as_json(undone))


def sides(clusters: ClusterStore, form: ClusterForm) -> tuple[list[str], list[str]]:
    """
    Give the claims on both sides of a judgement; an incident is named by its first claim.

    Raises:
        NotInStore: If one is in no incident.
        UsageError: If a split takes claims out of several incidents, or names incidents.
    """
    if form.decision == "merge":
        left, right = ([_first_claim(clusters, name) for name in side] for side in (form.left, form.right))
        if {clusters.incident(name).id for name in left} & {clusters.incident(name).id for name in right}:
            raise UsageError("these are one incident already", hint="/api/incidents lists them")
        return left, right
    incidents = {clusters.incident(name).id: clusters.incident(name) for name in (*form.left, *form.right)}
    if len(incidents) != 1:
        raise UsageError(f"these claims are in {len(incidents)} incidents", hint="a split parts the claims of one")
    (incident,) = incidents.values()
    unknown = [name for name in (*form.left, *form.right) if name not in incident.claims]
    if unknown:
        raise UsageError(f"{unknown[0]} is no claim of {incident.id}", hint="give whole ids of claims")
    return list(form.left), list(form.right) or [name for name in incident.claims if name not in form.left]


def _first_claim(clusters: ClusterStore, name: str) -> str:
    """Give a claim that stands for an incident, or the claim itself, made sure that it is in one."""
    incident = clusters.incident(name)
    return name if name in incident.claims else f"c{incident.id[1:]}"
