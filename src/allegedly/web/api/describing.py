"""
What each route says of itself in OpenAPI: answers by the classes they are made of, and the ways to be refused.

Schemas come from the dataclasses (:mod:`allegedly.ledger.shapes`) and are never
written by hand; :mod:`allegedly.web.api.openapi` puts them into the document.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import Response

from allegedly.store.people import Role
from allegedly.web.api.answering import JSON, LINES

REF: Final = "#/components/schemas/{name}"
PROBLEM: Final = "Problem"
_ALWAYS = (401, 403, 421, 500, 503)
_WITH_BODY = (400, 408, 413, 415)
_WHEN: Final = {
    400: "The request does not fit: a parameter, the query or the body; the message says where.",
    401: "Nobody is signed in, and no token was sent, or one that does not count.",
    403: "The caller may not do this, or another site made a browser ask.",
    404: "There is nothing of this id.",
    409: "The store holds another text under this id; nothing was changed.",
    408: "The body comes too slowly.",
    413: "The body is too large.",
    415: "The body is not `application/json`.",
    421: "The request is for another host than this.",
    422: "The text cannot be read.",
    500: "The program failed; its log says why.",
    501: "A part of the program is not installed; the hint says how to.",
    503: "The store or the reader is busy; try again.",
}


def router_of(tag: str) -> APIRouter:
    """Make the router of a group of routes; operations are called as their functions are."""
    return APIRouter(tags=[tag], generate_unique_id_function=lambda route: route.name)


def answers(
    kind: type,
    *,
    listed: bool = False,
    status: int = 200,
    refused: Iterable[int] = (),
    role: Role = "reader",
    takes: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """
    Describe a route, as arguments of its decorator.

    Args:
        kind: Class of what it answers with.
        listed: Whether it gives pages of these.
        status: Status of its answer.
        refused: Statuses it can refuse with, beyond those that any route, or any with a body, can.
        role: Who may ask.
        takes: What :func:`body_of` says of its body.
    """
    found: dict[int, Any] = {status: _listed(kind) if listed else _one(kind)}
    for code in sorted({*refused, *_ALWAYS, *(_WITH_BODY if takes else ())}):
        found[code] = {"description": _WHEN[code], "content": {JSON: {"schema": _ref(PROBLEM)}}}
    extra = {"x-role": role} | (takes or {})
    return {"responses": found, "response_class": Response, "status_code": status, "openapi_extra": extra}


def body_of(form: type, example: dict[str, Any]) -> dict[str, Any]:
    """Describe the body of a request."""
    content = {JSON: {"schema": _ref(form.__name__), "examples": {"invented": {"value": example}}}}
    return {"requestBody": {"required": True, "content": content}}


def _one(kind: type) -> dict[str, Any]:
    return {"description": _first_line(kind), "content": {JSON: {"schema": _envelope(_ref(kind.__name__))}}}


def _listed(kind: type) -> dict[str, Any]:
    page = {
        "type": "object",
        "properties": {
            "after": {
                "type": ["string", "null"],
                "description": "Give this as `after` for the next page; null on the last.",
            }
        },
        "required": ["after"],
        "additionalProperties": False,
    }
    entry = _ref(kind.__name__)
    schema = _envelope({"type": "array", "items": entry}, page=page)
    return {
        "description": f"A page, or one on each line. {_first_line(kind)}",
        "content": {JSON: {"schema": schema}, LINES: {"schema": {"type": "string", "contentSchema": entry}}},
    }


def _envelope(data: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401  # parts of a JSON Schema
    parts = {"data": data, **more}
    return {"type": "object", "properties": parts, "required": list(parts), "additionalProperties": False}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": REF.format(name=name)}


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]
