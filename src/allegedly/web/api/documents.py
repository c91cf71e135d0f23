"""Documents: what is known of them, their texts, their ledgers."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from allegedly.ledger.json import decode_ledger
from allegedly.records.ledger import Ledger
from allegedly.store.answers import DocumentInfo
from allegedly.store.lists import PageOf, number_of
from allegedly.store.viewing import SqlView
from allegedly.web.api.answering import NO_NUL, Wanted, as_json, many, one, wanted
from allegedly.web.api.describing import answers, router_of
from allegedly.web.api.forms import DocumentText

router = router_of("documents")
DocumentId = Annotated[
    str, Query(alias="id", max_length=2000, pattern=NO_NUL, description="Id of the document.", examples=["karveli.txt"])
]
Words = Annotated[
    str, Query(alias="q", max_length=2000, pattern=NO_NUL, description="Query; docs/store.md says what it understands.")
]


@router.get("/api/documents", **answers(DocumentInfo, listed=True, refused=(400,)), summary="List or find documents")
def list_documents(request: Request, asked: Annotated[Wanted, Depends(wanted)], query: Words = "") -> Response:
    """
    Documents by their whole text, last added first; all without a query. Retracted ones are left out.

    A query for documents knows words, title, publisher, language, document and days of publication.
    """

    def fetch(view: SqlView, limit: int, after: str | None) -> PageOf[DocumentInfo]:
        page = view.find_documents(query, limit=limit, after=None if after is None else number_of(after))
        return PageOf(page.documents, None if page.after is None else str(page.after))

    return many(request, asked, DocumentInfo, fetch)


@router.get("/api/document", **answers(DocumentInfo, refused=(400, 404)), summary="Say what is known of a document")
def get_document(request: Request, document_id: DocumentId) -> Response:
    """What is known of a document: its publication, its length, which run's reading of it counts."""
    return one(request, lambda view: as_json(view.document(document_id)))


@router.get("/api/document/text", **answers(DocumentText, refused=(400, 404)), summary="Give the text of a document")
def get_text(request: Request, document_id: DocumentId) -> Response:
    """The text of a document exactly as received. Offsets everywhere are code points into it."""

    def write(view: SqlView) -> bytes:
        document = decode_ledger(view.ledger(document_id)).document
        return as_json(DocumentText(document.id, document.digest, document.text))

    return one(request, write)


@router.get("/api/ledger", **answers(Ledger, refused=(400, 404)), summary="Give the ledger of a document")
def get_ledger(
    request: Request,
    document_id: DocumentId,
    run: Annotated[
        str | None, Query(max_length=100, pattern=NO_NUL, description="Id of a run; the reading that counts without.")
    ] = None,
) -> Response:
    """All rows of a document, as `allegedly read --format json` prints them."""
    return one(request, lambda view: view.ledger(document_id, run=run))
