"""The OpenAPI document (3.1): routes as they describe themselves, schemas from the classes, ways to sign in."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.requests import Request
from starlette.responses import Response

from allegedly.ledger.shapes import schemas_of
from allegedly.records.incidents import ClusterJudgement, Conflict, Incident
from allegedly.records.ledger import Ledger
from allegedly.store.answers import DocumentInfo, Failure, Judgement, Row, RunInfo
from allegedly.store.briefs import Brief
from allegedly.store.sources import SourceCount
from allegedly.web.api.answering import content_tag, unchanged
from allegedly.web.api.callers import caller_of
from allegedly.web.api.describing import REF
from allegedly.web.api.forms import (
    ClusterForm,
    DocumentText,
    Health,
    Info,
    JudgementForm,
    Problem,
    ReadForm,
    ReviewedClaim,
)
from allegedly.web.csrf import HEADER

router = APIRouter()
ADDRESS: Final = "/api/openapi.json"
ANSWERS: Final = (
    Brief, ClusterForm, ClusterJudgement, Conflict, DocumentInfo, DocumentText, Failure, Health, Incident, Info,
    Judgement, JudgementForm, Ledger, Problem, ReadForm, ReviewedClaim, Row, RunInfo, SourceCount,
)  # fmt: skip
_TAGS: Final = {
    "documents": "Reports, their texts and ledgers.",
    "claims": "Each event as vouched for by one voice in one document.",
    "incidents": "Claims about one alleged event, side by side; who has spoken, never who is right.",
    "judgements": "What people decide; nothing is overwritten.",
    "reading": "Texts into ledgers.",
    "store": "The store as a whole.",
}
_ABOUT: Final = f"""\
Answers are `{{"data": ...}}`, of lists also `"page": {{"after": ...}}`.
Errors are `{{"error": {{"code", "message", "hint"}}}}`, whatever was asked.
Lists take `limit` and `after`, and come as JSON Lines with `Accept: application/x-ndjson` or `format=jsonl`.
Every GET below `/api` carries an `ETag`; sent back in `If-None-Match`, it gives 304 while nothing has changed.
Programs send a token (`Authorization: Bearer`). A browser's session works as well; what changes something then needs
the token of forms in the header `{HEADER}`. docs/http_api.md has examples.
"""
_SCHEMES: Final = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token made on the page of one's account."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "allegedly",
        "description": "A browser's; by HTTPS `__Host-allegedly`.",
    },
}


@router.get(ADDRESS, include_in_schema=False)
def get_openapi_document(request: Request) -> Response:
    """Give this document."""
    caller = caller_of(request)
    data = document(request.app, open_to_all=caller is not None and caller.kind == "local")
    tag = content_tag(data)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    return unchanged(request, tag) or Response(data, headers=headers, media_type="application/json")


@cache
def document(app: FastAPI, *, open_to_all: bool) -> bytes:
    """
    Make the document of an application.

    Args:
        app: The application.
        open_to_all: Whether one need not sign in: it is whoever runs it on their own machine.
    """
    found = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=_ABOUT,
        routes=app.routes,
        tags=[{"name": name, "description": text} for name, text in _TAGS.items()],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    found["components"] = {"schemas": schemas_of(ANSWERS, ref=REF), "securitySchemes": _SCHEMES}
    found["servers"] = [{"url": "/"}]
    signed_in: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            operation["security"] = [] if path == "/healthz" else [*signed_in, *([{}] if open_to_all else [])]
            _complete(operation, tagged=method == "get" and path != "/healthz")
    return json.dumps(found, ensure_ascii=False).encode()


def _complete(operation: dict[str, Any], *, tagged: bool) -> None:
    """Take out what FastAPI adds of itself, and add what holds for all."""
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _given(parameter["schema"])
    responses = operation["responses"]
    if "Error" in str(responses.get("422", {}).get("content")):
        del responses["422"]
    if tagged:
        responses["200"]["headers"] = {"ETag": {"required": True, "schema": {"type": "string"}}}
        responses["304"] = {"description": "Nothing has changed since the answer with the tag in `If-None-Match`."}
    operation["responses"] = dict(sorted(responses.items()))


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """Give the schema of a parameter where it is given: null is that it is not."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    around = {key: value for key, value in schema.items() if key not in {"anyOf", "title", "description"}}
    return kinds[0] | around if kinds else around
