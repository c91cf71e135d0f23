"""All documents, or those whose whole text fits a query; and what could not be taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from allegedly.errors import QueryError
from allegedly.store.answers import DocumentInfo, FailurePage
from allegedly.store.viewing import SqlView
from allegedly.web import links
from allegedly.web.pages.find import Cursor, Mistake, mistake_of
from allegedly.web.query_help import DOCUMENT_HELP
from allegedly.web.show import show
from allegedly.web.site import site_of

router = APIRouter()
ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """
    What a list shows of a document.

    Args:
        info: What is known of it.
        name: Its headline; without one, the first words of its text.
        link: Its address.
    """

    info: DocumentInfo
    name: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage:
    """
    What the page shows.

    Args:
        title: Of the page.
        query: The query as it was written.
        mistake: What is wrong with it; None if nothing.
        documents: What it finds, last added first.
        after: What the next page begins after; None on the last one.
        first: Whether this is the first page.
        help: Examples of what a query can hold.
    """

    title: str
    query: str
    mistake: Mistake | None = None
    documents: tuple[DocumentLine, ...] = ()
    after: int | None = None
    first: bool = True
    help: tuple[tuple[str, str], ...] = DOCUMENT_HELP


@dataclass(frozen=True, slots=True)
class FailuresPage:
    """
    What could not be taken in.

    Args:
        title: Of the page.
        page: The failures, last first.
        first: Whether this is the first page.
    """

    title: str
    page: FailurePage
    first: bool


def document_lines(view: SqlView, documents: Sequence[DocumentInfo]) -> tuple[DocumentLine, ...]:
    """Make the lines of documents; those without headline go by the first words of their texts."""
    openings = view.openings([item.id for item in documents if not item.title])
    return tuple(
        DocumentLine(
            item, item.title or " ".join(openings.get(item.id, "").split()) or item.id, links.document(item.id)
        )
        for item in documents
    )


def documents_page(view: SqlView, query: str, *, after: int | None = None) -> DocumentsPage:
    """
    Make the list of documents.

    Args:
        view: The store at one moment.
        query: As it was written; empty lists everything.
        after: What the page before ended with.
    """
    title = f"Documents: {query}" if query.strip() else "Documents"
    try:
        page = view.find_documents(query, limit=ON_A_PAGE, after=after)
    except QueryError as error:
        return DocumentsPage(title=title, query=query, mistake=mistake_of(query, error))
    lines = document_lines(view, page.documents)
    return DocumentsPage(title=title, query=query, documents=lines, after=page.after, first=after is None)


@router.get("/documents")
def show_documents(request: Request, *, q: Annotated[str, Query()] = "", after: Cursor = None) -> Response:
    """List documents."""
    with site_of(request).view() as view:
        page = documents_page(view, q, after=after)
    return show(request, "documents.html", page, status=400 if page.mistake else 200)


@router.get("/documents/failures")
def show_failures(request: Request, *, after: Cursor = None) -> Response:
    """List what could not be taken in."""
    with site_of(request).view() as view:
        page = FailuresPage("Not taken in", view.failure_page(limit=ON_A_PAGE, after=after), after is None)
    return show(request, "failures.html", page)
