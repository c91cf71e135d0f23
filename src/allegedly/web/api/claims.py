"""Claims and rows: found by a query or by id, each claim with what people made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

import msgspec
from fastapi import Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from allegedly.ledger.shapes import with_json_keys
from allegedly.records.claims import Claim
from allegedly.review.states import Reviews
from allegedly.store.answers import Row
from allegedly.store.judgements import match_judgements
from allegedly.store.lists import PageOf, judgements_about, number_of, slice_of
from allegedly.store.viewing import SqlView
from allegedly.web.api.answering import Wanted, as_json, many, one, wanted
from allegedly.web.api.describing import answers, router_of
from allegedly.web.api.documents import Words
from allegedly.web.api.forms import CLAIM, ROW, ReviewedClaim

router = router_of("claims")


@router.get("/api/claims", **answers(ReviewedClaim, listed=True, refused=(400,)), summary="List or find claims")
def list_claims(request: Request, asked: Annotated[Wanted, Depends(wanted)], query: Words = "") -> Response:
    """
    Claims that count now, last added first; all without a query.

    Words and phrases, `source:icrc`, `denies:"southern front"`, `killed>=10`, `since:2024-05-07`, `voice:own` and
    more; all must hold.
    """

    def fetch(view: SqlView, limit: int, after: str | None) -> PageOf[ReviewedClaim]:
        page = view.find(query, limit=limit, after=None if after is None else number_of(after))
        return PageOf(reviewed(view, page.claims), None if page.after is None else str(page.after))

    return many(request, asked, ReviewedClaim, fetch)


@router.get("/api/claims/{id}", **answers(ReviewedClaim, refused=(400, 404)), summary="Give a claim")
def get_claim(
    request: Request,
    claim_id: Annotated[str, Path(alias="id", pattern=CLAIM, description="Id of the claim, or its first digits.")],
) -> Response:
    """A claim by its id. Ids are hashes of what is said where, so the same claim has the same id in every store."""

    def write(view: SqlView) -> bytes:
        claim = msgspec.convert(view.rows(claim_id)[-1].values, Claim)
        return as_json(reviewed(view, [claim])[0])

    return one(request, write)


@router.get("/api/rows/{id}", **answers(Row, listed=True, refused=(400, 404)), summary="Give a row of any kind")
def list_rows(
    request: Request,
    row_id: Annotated[str, Path(alias="id", pattern=ROW, description="Id of the row, or its first digits.")],
    asked: Annotated[Wanted, Depends(wanted)],
) -> Response:
    """The row of an id, once for each document and run that has it: a text printed twice has its rows twice."""

    def fetch(view: SqlView, limit: int, after: str | None) -> PageOf[Row]:
        rows = [replace(row, values=with_json_keys(row.values)) for row in view.rows(row_id)]
        return slice_of(rows, limit=limit, after=after)

    return many(request, asked, Row, fetch)


def reviewed(view: SqlView, claims: Iterable[Claim]) -> tuple[ReviewedClaim, ...]:
    """Put what people decided beside claims."""
    found = tuple(claims)
    judgements = judgements_about(view, {claim.digest for claim in found})
    rows = view.current_rows({item.digest for item in judgements})
    moved = match_judgements(judgements, rows).moved if judgements else ()
    reviews = Reviews(judgements, ((judgement, row.id) for judgement, row in moved))
    answers_ = []
    for claim in found:
        standing = reviews.reviewed(claim)[1]
        changes = with_json_keys(dict(standing.values))
        answers_.append(ReviewedClaim(claim, standing.state, changes, standing.reviewers))
    return tuple(answers_)
