"""
Review: one claim at a time, keyboard first; every answer is a judgement that stays.

The queue, its order, its query and whether it is blind stand in the address. An
answer leads to the next claim by 303, so that it takes no script.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from allegedly.errors import UsageError
from allegedly.review.queue import ORDERS, Asked, count_claims, next_claims
from allegedly.store.reviewing import ReviewStore
from allegedly.web.judging import ORDER, Decided, Queue, Seen, decided, fix_address, queue_of, seen, shows_score
from allegedly.web.people import Reviewer
from allegedly.web.show import show
from allegedly.web.site import Site, site_of

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """
    What the page shows.

    Args:
        title: Its title.
        queue: The queue.
        orders: All orders, each with what it is and its address.
        claim: The claim to judge; None if none waits.
        waiting: Claims that wait for this reviewer in this order.
        done: Claims that this reviewer has judged.
        last: What this reviewer decided last; None if nothing.
        back: Where to go after judging.
        skip: Address behind this claim; empty if it is the last.
        fix: Address of the form that changes it.
        wrong: What is wrong with the query; empty if nothing.
    """

    title: str = "Review"
    queue: Queue
    orders: tuple[tuple[str, str, str], ...]
    claim: Seen | None
    waiting: int
    done: int
    last: Decided | None
    back: str
    skip: str
    fix: str
    wrong: str = ""


@router.get("/review")
def review_page(request: Request, visitor: Reviewer) -> Response:
    """Show the next claim to judge."""
    page = page_of(site_of(request), visitor.name, queue_of(request.query_params))
    return show(request, "review.html", page, status=400 if page.wrong else 200)


def page_of(site: Site, who: str, queue: Queue) -> ReviewPage:
    """
    Make the page from the store.

    Args:
        site: The site.
        who: The reviewer.
        queue: The queue.
    """
    if queue.order == "disputed":
        site.incidents()  # conflicts of what came since are looked for
    asked = Asked(who=who, order=queue.order, query=queue.query, seed=who)
    orders = tuple((name, ORDER[name], replace(queue, order=name, after="").address) for name in ORDERS)
    last = ReviewStore(site.store).last_of(who)
    empty = ReviewPage(
        queue=queue, orders=orders, claim=None, waiting=0, done=0, last=decided(last) if last else None,
        back=queue.address, skip="", fix="",
    )  # fmt: skip
    try:
        found = next_claims(site.store, asked, limit=1, after=queue.after or None)
        counts = count_claims(site.store, asked)
    except UsageError as error:
        return replace(empty, wrong=f"{error} - {error.hint}" if error.hint else str(error))
    page = replace(empty, waiting=counts.waiting, done=counts.done)
    if not found.claims:
        return page
    claim = found.claims[0]
    with site.view() as view:
        shown = seen(site, view, claim, hidden=queue.blind, score=shows_score(queue))
    skip = replace(queue, after=found.places[0]).address if found.after else ""
    return replace(page, claim=shown, skip=skip, fix=fix_address(claim.id, queue))
