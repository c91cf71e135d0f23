"""A document: its text on the left, its claims on the right, under the same numbers; one claim opened if asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from allegedly.errors import NotInStore
from allegedly.ingest.urls import is_url
from allegedly.records.claims import Claim
from allegedly.render import labels
from allegedly.review.states import Reviews, reviews_of
from allegedly.store.answers import DocumentInfo, Retraction
from allegedly.store.newest import incidents_by_claim
from allegedly.store.viewing import SqlView
from allegedly.web import links
from allegedly.web.claim_lines import ClaimLine, claim_lines, reviews_of_claims
from allegedly.web.csrf import require
from allegedly.web.laid import Laid, laid_out
from allegedly.web.panel import Panel, panel_of
from allegedly.web.problems import WebProblem
from allegedly.web.rules import Visitor
from allegedly.web.show import show
from allegedly.web.site import Site, site_of
from allegedly.web.text import text_markup

router = APIRouter()
MOST_COPIES = 8  # that are named


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """
    What of a document is to be shown.

    Args:
        id: Its id.
        claim: Id of the claim to open.
        part: Which part of a long text, from 1; 0 is the one with the claim, else the first.
        own: Whether what the report says in its own voice stands out.
        run: Id of the run whose reading is shown; None is the one that counts.
    """

    id: str
    claim: str = ""
    part: int = 0
    own: bool = False
    run: str | None = None

    def link(self, at: str = "", **changed: str | int | bool | None) -> str:
        """Give the address of this view, with some things changed."""
        new = replace(self, **changed)  # type: ignore[arg-type]  # fields by name
        return links.document(new.id, at=at, claim=new.claim, part=new.part, own=new.own, run=new.run)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """
    What the page shows.

    Args:
        title: Headline, or id.
        document: What is known of the document.
        wanted: What is shown of it.
        url: Where it was published, if that is an address on the web.
        text: The part of the text, with its marks.
        claims: Its claims.
        panel: The opened claim; None if none is, or it is not in this reading.
        parts: Number of parts of the text.
        copies: Other documents with the same text.
        more_copies: How many of these are not named.
        warnings: What the reading leaves out.
        unchecked: Whether nobody has checked any of the claims.
        behind: Whether incidents are being made again.
        old: Whether another reading counts.
    """

    title: str
    document: DocumentInfo
    wanted: Wanted
    url: str | None
    text: Markup
    claims: list[ClaimLine]
    panel: Panel | None
    parts: int
    copies: tuple[DocumentInfo, ...]
    more_copies: int
    warnings: tuple[str, ...]
    unchecked: bool
    behind: bool
    old: bool
    factualities: tuple[tuple[str, str], ...] = field(default=tuple(labels.FACTUALITY.items()))


@dataclass(frozen=True, slots=True)
class RetractedPage:
    """
    What is left of a retracted document.

    Args:
        title: That it was retracted.
        retraction: By whom, when and why.
    """

    title: str
    retraction: Retraction


def document_page(site: Site, view: SqlView, wanted: Wanted) -> DocumentPage:
    """
    Make the page of a document.

    Raises:
        NotInStore: If there is none, or it has no such part.
    """
    document = view.document(wanted.id)
    laid = laid_out(site, view, wanted.id, run=wanted.run)
    opened = laid.claim(wanted.claim)
    wanted = _with_part(wanted, laid, opened)
    claims = laid.claims_in(wanted.part)
    reviews = reviews_of(view, document=wanted.id) if len(laid.parts) == 1 else reviews_of_claims(view, claims)
    site.incidents()
    copies = view.copies(document.digest, limit=MOST_COPIES + 1)
    others = tuple(item for item in copies.documents if item.id != document.id)[:MOST_COPIES]
    return DocumentPage(
        title=document.title or document.id,
        document=document,
        wanted=wanted,
        url=document.url if is_url(document.url or "") else None,
        text=text_markup(laid, wanted.part, address=lambda claim: _opening(wanted, claim), own=wanted.own),
        claims=_lines(site, laid, claims, reviews, wanted),
        panel=None if opened is None else panel_of(site, view, laid, opened, back=_opening(wanted, opened.id)),
        parts=len(laid.parts),
        copies=others,
        more_copies=copies.count - 1 - len(others),
        warnings=laid.ledger.warnings,
        unchecked=not any(reviews.rows()),
        behind=site.is_behind(),
        old=bool(wanted.run) and wanted.run != document.run,
    )


def _with_part(wanted: Wanted, laid: Laid, opened: Claim | None) -> Wanted:
    part = wanted.part or (laid.part_of(opened.span[0]) if opened else 1)
    if not 1 <= part <= len(laid.parts):
        raise WebProblem(404, f"the text has {len(laid.parts)} parts, and no part {part}", hint="begin with part 1")
    return replace(wanted, part=part)


def _opening(wanted: Wanted, claim: str) -> str:
    return wanted.link(at=f"claim-{claim}", claim=claim, part=0)


def _lines(site: Site, laid: Laid, claims: list[Claim], reviews: Reviews, wanted: Wanted) -> list[ClaimLine]:
    incidents = incidents_by_claim(site.store, [claim.id for claim in claims])
    return [
        replace(line, number=laid.numbers[line.id], link=_opening(wanted, line.id))
        for line in claim_lines(claims, reviews, incidents)
    ]


@router.get("/document")
def show_document(
    request: Request,
    *,
    id: Annotated[str, Query()],  # noqa: A002  # its name in the address
    claim: str = "",
    part: Annotated[int, Query(ge=0)] = 0,
    own: bool = False,
    run: str | None = None,
) -> Response:
    """Show a document, or that it was retracted."""
    site = site_of(request)
    wanted = Wanted(id=id, claim=claim, part=part, own=own, run=run)
    with site.view() as view:
        try:
            return show(request, "document.html", document_page(site, view, wanted))
        except NotInStore:
            retraction = view.retraction(id)
            if retraction is None:
                raise
    return show(request, "retracted.html", RetractedPage("This document was retracted", retraction), status=410)


@router.get("/document/raw")
def download_text(request: Request, *, id: Annotated[str, Query()]) -> Response:  # noqa: A002  # as above
    """Give the text exactly as it was received."""
    site = site_of(request)
    with site.view() as view:
        text = site.ledger(view, id).document.text
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", id).strip("._")[:80] or "document"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.txt"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(text.encode("utf-8", "surrogatepass"), media_type="text/plain; charset=utf-8", headers=headers)


@router.get("/document.json")
def give_ledger(request: Request, *, id: Annotated[str, Query()], run: str | None = None) -> Response:  # noqa: A002  # as above
    """Give the ledger as the JSON of its contract."""
    with site_of(request).view() as view:
        return Response(view.ledger(id, run=run), media_type="application/json")


@router.post("/document/retract")
def retract(
    request: Request,
    visitor: Annotated[Visitor, Depends(require("admin"))],
    *,
    id: Annotated[str, Form()],  # noqa: A002  # as above
    why: Annotated[str, Form()] = "",
) -> Response:
    """Take a document out of all views, with the reason."""
    if not why.strip():
        raise WebProblem(400, "a retraction needs a reason", hint="go back and say why")
    site = site_of(request)
    site.store.retract(id, who=visitor.name, why=why.strip())
    site.changed()
    return RedirectResponse(links.document(id), 303)


@router.post("/document/restore")
def restore(
    request: Request,
    visitor: Annotated[Visitor, Depends(require("admin"))],
    *,
    id: Annotated[str, Form()],  # noqa: A002  # as above
) -> Response:
    """Take the last retraction of a document back."""
    site = site_of(request)
    site.store.restore(id, who=visitor.name)
    site.changed()
    return RedirectResponse(links.document(id), 303)
