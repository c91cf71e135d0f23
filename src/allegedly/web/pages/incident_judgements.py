"""Merge two incidents, take claims out of one, take either back: each with who, when and why; nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse

from allegedly.errors import NotInStore, UsageError
from allegedly.records.incidents import ClusterJudgement, Incident
from allegedly.store.clusters import ClusterStore
from allegedly.store.sql import SqlStore
from allegedly.web import links
from allegedly.web.csrf import require
from allegedly.web.rules import Visitor
from allegedly.web.site import site_of

router = APIRouter()
Reviewer = Annotated[Visitor, Depends(require("reviewer"))]
Words = Annotated[str, Form()]
MOST_WORDS = 2_000  # characters of a reason


@dataclass(frozen=True, slots=True)
class Undoing:
    """
    A judgement that somebody may take back.

    Args:
        judgement: The judgement.
        who: The one who takes it back.
    """

    judgement: ClusterJudgement
    who: str


@router.post("/incidents/{incident_id}/merge")
def merge(
    request: Request, incident_id: str, visitor: Reviewer, *, other: Words = "", given: Words = "", note: Words = ""
) -> RedirectResponse:
    """Say that two incidents are one."""
    site = site_of(request)
    clusters = site.incidents(wait=True)
    left, right = clusters.incident(incident_id), clusters.incident(_given(given, other))
    merge_incidents(clusters, left, right, who=visitor.name, note=_reason(note))
    site.changed()
    return _to(left.id)


@router.post("/incidents/{incident_id}/split")
def split(
    request: Request, incident_id: str, visitor: Reviewer, *, claim: Annotated[list[str], Form()], note: Words = ""
) -> RedirectResponse:
    """Take claims out of an incident; they become one of their own."""
    site = site_of(request)
    clusters = site.incidents(wait=True)
    incident = clusters.incident(incident_id)
    taken = [key for keys in claim for key in keys.split()]  # the same words are ticked together
    split_incident(clusters, incident, taken, who=visitor.name, note=_reason(note))
    site.changed()
    rest = next(item for item in incident.claims if item not in set(taken))
    return _to(f"i{rest[1:]}")


async def may_undo(request: Request, number: int) -> Undoing:
    """
    Require what taking a judgement back asks for: a reviewer for one's own, an admin for those of others.

    Raises:
        NotInStore: If there is none of this number that still stands.
    """
    visitor = await require("reviewer")(request)
    judgement = await run_sync(_standing, site_of(request).store, number)
    if judgement.who != visitor.name:
        visitor = await require("admin")(request)
    return Undoing(judgement, visitor.name)


@router.post("/incidents/judgements/{number}/undo")
def undo(request: Request, allowed: Annotated[Undoing, Depends(may_undo)], *, back: Words = "") -> RedirectResponse:
    """Take a merge or split back."""
    site = site_of(request)
    judgement = site.incidents(wait=True).undo(allowed.judgement.number, who=allowed.who)
    site.changed()
    return _to(back or f"i{judgement.right[0][1:]}")


def _standing(store: SqlStore, number: int) -> ClusterJudgement:
    for judgement in ClusterStore(store).judgements():
        if judgement.number == number:
            return judgement
    raise NotInStore(f"there is no merge or split {number} that still stands", hint="load the page again")


def merge_incidents(
    clusters: ClusterStore, left: Incident, right: Incident, *, who: str, note: str
) -> ClusterJudgement:
    """
    Record that two incidents are one: each claim of the one belongs with each of the other, whatever their scores.

    Raises:
        UsageError: If they are already.
    """
    if left.id == right.id:
        raise UsageError(f"{left.id} and {right.id} are one incident already", hint="choose another one")
    return clusters.judge("merge", left.claims, right.claims, who=who, note=note)


def split_incident(
    clusters: ClusterStore, incident: Incident, claims: list[str], *, who: str, note: str
) -> ClusterJudgement:
    """
    Record that some claims are about something else.

    Raises:
        UsageError: If some are not of the incident, or none would be left.
    """
    taken = [claim for claim in incident.claims if claim in set(claims)]
    if len(taken) != len(set(claims)):
        raise UsageError("some of these claims are not of this incident any more", hint="load the page again")
    rest = [claim for claim in incident.claims if claim not in set(taken)]
    if not taken or not rest:
        raise UsageError(
            "a split takes some claims out and leaves some", hint="tick those that are about another event"
        )
    return clusters.judge("split", taken, rest, who=who, note=note)


def _given(*ids: str) -> str:
    """Give the first id that is there: what was written counts before what was ticked."""
    for words in ids:
        if words.strip():
            return words.strip()
    raise UsageError("no incident to merge with was chosen", hint="choose one of the list, or give an id")


def _reason(note: str) -> str:
    words = note.strip()
    if not words:
        raise UsageError("a merge or split needs a reason", hint="go back and say why")
    return words[:MOST_WORDS]


def _to(incident_id: str) -> RedirectResponse:
    return RedirectResponse(links.incident(incident_id, at="decided"), 303)
