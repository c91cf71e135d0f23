"""What people decide about rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from allegedly.errors import NotInStore
from allegedly.ledger.shapes import with_field_names, with_json_keys
from allegedly.store.answers import Judgement
from allegedly.store.lists import JudgementFilter, PageOf, judgement, judgement_page
from allegedly.store.viewing import SqlView
from allegedly.web.api.answering import NO_NUL, Flag, Wanted, as_json, enveloped, many, wanted
from allegedly.web.api.bodies import body
from allegedly.web.api.callers import may_undo
from allegedly.web.api.describing import answers, body_of, router_of
from allegedly.web.api.forms import ROW, JudgementForm
from allegedly.web.people import Reviewer
from allegedly.web.site import site_of

router = router_of("judgements")
Number = Annotated[int, Path(alias="number", ge=1, le=2**53, description="Running number of the judgement.")]
_EXAMPLE = {"row": "c0123456789abcdef", "decision": "reject", "note": "the ministry denies it, it does not assert it"}


def wanted_judgements(
    document: Annotated[str | None, Query(max_length=2000, pattern=NO_NUL, description="About this document.")] = None,
    row: Annotated[str | None, Query(pattern=ROW, description="About the row of this id.")] = None,
    who: Annotated[str | None, Query(max_length=200, pattern=NO_NUL, description="By this person.")] = None,
    undone: Annotated[Flag, Query(description="Those that were taken back, too.")] = "false",
) -> JudgementFilter:
    """Read which judgements are wanted."""
    return JudgementFilter(document=document, row=row, who=who, undone=undone == "true")


@router.get("/api/judgements", **answers(Judgement, listed=True, refused=(400,)), summary="List judgements of rows")
def list_judgements(
    request: Request,
    asked: Annotated[Wanted, Depends(wanted)],
    which: Annotated[JudgementFilter, Depends(wanted_judgements)],
) -> Response:
    """What people decided about rows, oldest first."""

    def fetch(view: SqlView, limit: int, after: str | None) -> PageOf[Judgement]:
        page = judgement_page(view, which, limit=limit, after=after)
        return PageOf(tuple(map(_plain, page.items)), page.after)

    return many(request, asked, Judgement, fetch)


@router.post(
    "/api/judgements",
    **answers(
        Judgement,
        status=201,
        refused=(404,),
        role="reviewer",
        takes=body_of(JudgementForm, _EXAMPLE),
    ),
    summary="Judge a row",
)
def add_judgement(
    request: Request,
    form: Annotated[JudgementForm, Depends(body(JudgementForm))],
    caller: Reviewer,
) -> Response:
    """Record what the caller decides about a row. Nothing is overwritten; of each reviewer the last one counts."""
    site = site_of(request)
    made = site.store.judge(
        form.row,
        form.decision,
        who=caller.name,
        after=with_field_names(form.after),
        note=form.note,
        queue=form.queue,
        blind=form.blind,
    )
    site.changed(wait=False)
    return enveloped(as_json(_plain(made)), status=201)


@router.post(
    "/api/judgements/{number}/undo",
    **answers(Judgement, refused=(400, 404), role="reviewer"),
    summary="Take a judgement back",
)
def undo_judgement(request: Request, number: Number, caller: Reviewer) -> Response:
    """Take one's own judgement back, or as an admin anybody's. It stays recorded."""
    site = site_of(request)
    with site.view() as view:
        found = judgement(view, number)
    if found is None:
        raise NotInStore(f"there is no judgement {number}", hint="/api/judgements lists them")
    may_undo(caller, found.who)
    undone = site.store.undo(number, who=caller.name)
    site.changed(wait=False)
    return enveloped(as_json(_plain(undone)))


def _plain(item: Judgement) -> Judgement:
    """Give a judgement whose values have the keys of the contract."""
    return replace(item, before=with_json_keys(item.before), after=with_json_keys(item.after))
