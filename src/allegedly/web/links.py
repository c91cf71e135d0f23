"""
Addresses of pages: every view is a URL that can be shared and printed.

Ids of documents are given by users and may hold anything, slashes and question
marks included, so they stand in the query and never in the path.
"""

from __future__ import annotations

from urllib.parse import urlencode

Value = str | int | bool | None


def address(path: str, /, **query: Value) -> str:
    """
    Give a path with a query; what is None, empty or False is left out.

    Example:
        >>> address("/find", q="source:icrc & killed>=10", after=None)
        '/find?q=source%3Aicrc+%26+killed%3E%3D10'
    """
    given = {key: "1" if value is True else value for key, value in query.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(given, errors='replace')}" if given else path


def document(document_id: str, /, at: str = "", **query: Value) -> str:
    """
    Give the address of a document.

    Args:
        document_id: Its id.
        at: Id of the element to go to.
        query: ``claim`` opens one of its claims.
    """
    return _at(address("/document", id=document_id, **query), at)


def incident(incident_id: str, /, at: str = "", **query: Value) -> str:
    """
    Give the address of an incident.

    Args:
        incident_id: Its id.
        at: Id of the element to go to.
        query: ``point`` and ``party`` open a cell.
    """
    return _at(address(f"/incidents/{incident_id}", **query), at)


def source(name: str, /, **query: Value) -> str:
    """Give the address of a source."""
    return address("/source", name=name, **query)


def documents(query: str = "", /, **more: Value) -> str:
    """Give the address of the list of documents, or of those that a query finds."""
    return address("/documents", q=query, **more)


def find(query: str, /, **more: Value) -> str:
    """Give the address of a search."""
    return address("/find", q=query, **more)


def _at(path: str, element: str) -> str:
    return f"{path}#{element}" if element else path
