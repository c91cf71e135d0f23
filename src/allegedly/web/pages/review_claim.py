"""One claim of the review room: what was decided about it, and the form that corrects it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from allegedly.records.claims import Claim
from allegedly.review.blind import blind
from allegedly.review.states import Reviews, ReviewState, Standing
from allegedly.store.answers import Judgement
from allegedly.store.lists import JudgementFilter, judgement_page
from allegedly.web.access import local_path
from allegedly.web.fixing import Field, groups_of
from allegedly.web.judging import Decided, Queue, Seen, claim_of, decided, queue_of, seen, shows_score
from allegedly.web.people import Reviewer
from allegedly.web.show import show
from allegedly.web.site import Site, site_of

router = APIRouter()
_MOST = 200  # judgements of one claim


@dataclass(frozen=True, slots=True, kw_only=True)
class FixPage:
    """
    What the page shows.

    Args:
        title: Its title.
        claim: The claim as it stands.
        state: Its review state; None where it must not sway the reviewer.
        groups: Fields of the form, each group with its title.
        numbers: What else the claim counts: label, and address of the form for it.
        judgements: What was decided, oldest first, taken back or not; only the reviewer's own in a second opinion.
        mine: The names of those whose judgements the visitor may take back; None is all.
        queue: The queue it comes from.
        back: Where to go after judging.
        wrong: What is wrong with what was filled in; empty if nothing.
        scripts: Whether words may be set by selecting them; not where names are hidden.
    """

    title: str = "Fix a claim"
    claim: Seen
    state: ReviewState | None
    groups: tuple[tuple[str, tuple[Field, ...]], ...]
    judgements: tuple[Decided, ...]
    mine: str | None
    queue: Queue
    back: str
    wrong: str = ""
    scripts: bool = True


@router.get("/review/claim/{claim_id}")
def claim_page(request: Request, claim_id: str, visitor: Reviewer) -> Response:
    """Show a claim and the form that corrects it."""
    queue = queue_of(request.query_params)
    back = local_path(request.query_params.get("back", ""), otherwise="/review")
    page = page_of(site_of(request), claim_id, visitor=visitor, queue=queue, back=back)
    return show(request, "review_claim.html", page)


def page_of(
    site: Site,
    claim_id: str,
    *,
    visitor: Reviewer,
    queue: Queue,
    back: str,
    given: Mapping[str, str] | None = None,
    wrong: str = "",
) -> FixPage:
    """
    Make the page from the store.

    Args:
        site: The site.
        claim_id: Id of the claim.
        visitor: Who reviews.
        queue: The queue it comes from.
        back: Where to go after judging.
        given: What was filled in, where the form is shown again.
        wrong: What is wrong with that.
    """
    with site.view() as view:
        read = claim_of(view, claim_id)
        history = judgement_page(view, JudgementFilter(row=claim_id, undone=True), limit=_MOST, after=None).items
        # A second opinion is given before the first is seen.
        own_only = queue.order == "second" and not any(item.who == visitor.name for item in history)
        counted = [item for item in history if not own_only]
        claim, standing = reviewed(read, counted)
        ledger = site.ledger(view, read.document)
        shown = seen(site, view, claim, hidden=queue.blind, score=shows_score(queue))
    hides = blind(ledger) if queue.blind else None
    return FixPage(
        claim=shown,
        state=None if own_only else standing.state,
        groups=tuple(groups_of(claim, ledger, given=given, blind=hides)),
        judgements=tuple(decided(item) for item in counted),
        mine=None if visitor.may("admin") else visitor.name,
        queue=queue,
        back=back,
        wrong=wrong,
        scripts=hides is None,
    )


def reviewed(claim: Claim, judgements: list[Judgement]) -> tuple[Claim, Standing]:
    """Give a claim as people left it, and what stands about it."""
    return Reviews(judgements).reviewed(claim)
