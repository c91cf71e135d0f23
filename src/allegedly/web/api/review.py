"""What waits for review."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from allegedly.review.queue import Asked, Order, next_claims
from allegedly.store.lists import PageOf
from allegedly.store.viewing import SqlView
from allegedly.web.api.answering import NO_NUL, Wanted, many, wanted
from allegedly.web.api.claims import reviewed
from allegedly.web.api.describing import answers, router_of
from allegedly.web.api.documents import Words
from allegedly.web.api.forms import ReviewedClaim
from allegedly.web.people import Reviewer
from allegedly.web.site import site_of

router = router_of("judgements")


@router.get(
    "/api/review/queue",
    **answers(ReviewedClaim, listed=True, refused=(400,), role="reviewer"),
    summary="List what waits for review",
)
def list_queue(
    request: Request,
    asked: Annotated[Wanted, Depends(wanted)],
    caller: Reviewer,
    *,
    order: Annotated[
        Order, Query(description="Least sure first, behind conflicts first, a fair sample, or judged once by others.")
    ] = "uncertain",
    query: Words = "",
    seed: Annotated[str, Query(max_length=200, pattern=NO_NUL, description="Makes the order of `random`.")] = "",
) -> Response:
    """Claims that wait for the caller. A page begins where the one before ended, whatever was judged since."""
    site = site_of(request)
    if order == "disputed":
        site.incidents(wait=True)
    wish = Asked(who=caller.name, order=order, query=query, seed=seed)

    def fetch(view: SqlView, limit: int, after: str | None) -> PageOf[ReviewedClaim]:
        waiting = next_claims(site.store, wish, limit=limit, after=after)
        return PageOf(reviewed(view, waiting.claims), waiting.after)

    return many(request, asked, ReviewedClaim, fetch)
