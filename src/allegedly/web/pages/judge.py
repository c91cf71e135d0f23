"""Judge a claim, and take a judgement back; both only add to what is recorded."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from allegedly.errors import NotInStore, UsageError
from allegedly.review.fix import fix_claim
from allegedly.store.answers import Decision
from allegedly.store.lists import judgement
from allegedly.web.access import local_path
from allegedly.web.fixing import changed_fields
from allegedly.web.judging import claim_of, queue_of
from allegedly.web.pages import review_claim
from allegedly.web.people import Fields, Reviewer
from allegedly.web.problems import NotAllowed, WebProblem
from allegedly.web.show import harmless, show
from allegedly.web.site import site_of

router = APIRouter()
DECISIONS: Final[dict[str, Decision]] = {
    "right": "accept", "accept": "accept", "wrong": "reject", "reject": "reject", "unsure": "unsure",
    "fix": "change", "change": "change",
}  # fmt: skip
LONGEST = 2_000  # signs of a note


@router.post("/review/judge")
def judge(request: Request, visitor: Reviewer, form: Fields) -> Response:
    """Keep what was decided about a claim, and go on to where the form says."""
    decision = DECISIONS.get(form.get("decision", ""))
    if decision is None:
        raise WebProblem(400, "nothing was decided", hint="right, wrong, not sure, or fix")
    note = harmless(form.get("note", "").strip())
    if len(note) > LONGEST:
        raise WebProblem(413, f"a note of {len(note)} signs", hint=f"a note holds {LONGEST}")
    site, queue = site_of(request), queue_of(form | {"order": form.get("queue", ""), "q": "", "after": ""})
    asked, back = form.get("queue", ""), local_path(form.get("back", ""), otherwise="/review")
    after = None
    with site.view() as view:
        claim = claim_of(view, form.get("claim", ""))
        ledger = site.ledger(view, claim.document)
    if decision == "change":
        try:
            after = fix_claim(claim, ledger.document.text, changed_fields(form, claim, ledger))
        except UsageError as error:
            wrong = f"{error} - {error.hint}" if error.hint else str(error)
            page = review_claim.page_of(
                site, claim.id, visitor=visitor, queue=queue, back=back, given=form, wrong=wrong
            )
            return show(request, "review_claim.html", page, status=400)
    site.store.judge(
        claim.id, decision, who=visitor.name, after=after, note=note,
        queue=asked if asked == queue.order else "", blind=queue.blind,
    )  # fmt: skip
    site.changed(wait=False)
    return RedirectResponse(back, 303)


@router.post("/review/undo")
def undo(request: Request, visitor: Reviewer, form: Fields) -> Response:
    """Take one's own judgement back, or as an admin anybody's; it stays recorded."""
    site, number = site_of(request), form.get("number", "")
    with site.view() as view:
        known = number.isascii() and number.isdecimal() and len(number) < 16
        found = judgement(view, int(number)) if known else None
    if found is None:
        raise NotInStore(f"there is no judgement {number[:20]!a}", hint="/review/judgements lists them")
    if found.who != visitor.name and not visitor.may("admin"):
        raise NotAllowed(f"{found.who} decided this, and {visitor.name} is no admin", hint="ask them, or an admin")
    site.store.undo(found.number, who=visitor.name)
    site.changed(wait=False)
    return RedirectResponse(local_path(form.get("back", ""), otherwise="/review"), 303)
