"""The API against its own description: schemathesis makes requests from it and holds the answers to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.types import ASGIApp, Receive, Scope, Send

from allegedly.web.api.describing import REF
from allegedly.web.api.openapi import ANSWERS
from allegedly.web.app import behind_door
from allegedly.web.rules import AccessRules
from tests.web.pages import client_of, demo_site

OPERATIONS = (
    "GET /api/documents", "GET /api/document", "GET /api/document/text", "GET /api/ledger", "GET /api/claims",
    "GET /api/claims/{id}", "GET /api/rows/{id}", "GET /api/incidents", "GET /api/incidents/{id}",
    "GET /api/conflicts", "GET /api/judgements", "POST /api/judgements", "POST /api/judgements/{number}/undo",
    "GET /api/cluster-judgements", "POST /api/cluster-judgements", "POST /api/cluster-judgements/{number}/undo",
    "GET /api/review/queue", "POST /api/read", "GET /api/runs", "GET /api/failures", "GET /api/info", "GET /healthz",
    "GET /api/sources",
)  # fmt: skip
NOTHING_TO_GET_WRONG = ("GET /api/info", "GET /healthz")
KNOWN = {
    "GET /api/document": "/api/document?id=northwire",
    "GET /api/document/text": "/api/document/text?id=northwire",
    "GET /api/ledger": "/api/ledger?id=northwire",
    "GET /api/claims/{id}": "/api/claims/CLAIM",
    "GET /api/rows/{id}": "/api/rows/CLAIM",
    "GET /api/incidents/{id}": "/api/incidents/CLAIM?best=ucdp",
    "POST /api/judgements": {"row": "CLAIM", "decision": "accept"},
    "POST /api/judgements/{number}/undo": "/api/judgements/1/undo",
    "POST /api/cluster-judgements": {"decision": "merge", "left": ["CLAIM"], "right": ["OTHER"]},
    "POST /api/cluster-judgements/{number}/undo": "/api/cluster-judgements/1/undo",
    "POST /api/read": {"text": "Rebels said 3 died in Karveli.", "published": "2024-05-07"},
}
HOSTS = AccessRules(hosts=("testserver", "localhost", "127.0.0.1"))
_bounded = settings(
    max_examples=10, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


def on_this_machine(app: ASGIApp) -> ASGIApp:
    """Let requests come from this machine, and not from nowhere as schemathesis has it."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope | {"client": ("127.0.0.1", 50000)}, receive, send)

    return asked


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    """The description of an API over a store with the demo's reports."""
    with demo_site(tmp_path_factory.mktemp("api")) as site:
        yield schemathesis.openapi.from_asgi("/api/openapi.json", on_this_machine(behind_door(site, HOSTS)))


def test_every_operation_is_asked(schema: schemathesis.BaseSchema) -> None:
    """The list of operations above is that of the description."""
    described = [f"{found.ok().method.upper()} {found.ok().path}" for found in schema.get_all_operations()]
    assert sorted(described) == sorted(OPERATIONS)


def test_it_is_openapi(schema: schemathesis.BaseSchema) -> None:
    """The description is OpenAPI 3.1 by the schema of OpenAPI itself."""
    schema.validate()
    assert schema.raw_schema["openapi"].startswith("3.1")


def test_operations_say_what_they_are(schema: schemathesis.BaseSchema) -> None:
    """Every operation has a name of its own, a summary, a description, a group, and who may ask."""
    found = [operation for path in schema.raw_schema["paths"].values() for operation in path.values()]
    needed = {"operationId", "summary", "description", "tags", "security", "x-role", "responses"}
    assert [operation["summary"] for operation in found if not needed <= set(operation)] == []
    assert len({operation["operationId"] for operation in found}) == len(found)


def test_fields_are_described(schema: schemathesis.BaseSchema) -> None:
    """Every field of every answer and body has its help text."""
    shapes = schema.raw_schema["components"]["schemas"]
    bare = [
        f"{name}.{key}"
        for name, shape in shapes.items()
        for key, field in shape["properties"].items()
        if not field.get("description") and "$ref" not in field
    ]
    assert bare == []


def test_every_class_is_used(schema: schemathesis.BaseSchema) -> None:
    """No class is described that no operation names, and none is named that is not described."""
    words = json.dumps(schema.raw_schema["paths"])
    assert [kind.__name__ for kind in ANSWERS if f'"{REF.format(name=kind.__name__)}"' not in words] == []


@pytest.mark.parametrize("operation", OPERATIONS)
def test_answers_have_the_form_described(operation: str, tmp_path: Path) -> None:
    """What is answered about reports that are there has the form that the description gives."""
    method, path = operation.split()
    with demo_site(tmp_path) as site:
        client = client_of(site)
        incident = client.get("/api/incidents").json()["data"][0]["id"]
        other, *_, claim = client.get(f"/api/incidents/{incident}").json()["data"]["claims"]
        client.post("/api/judgements", json={"row": claim, "decision": "accept"})
        client.post("/api/cluster-judgements", json={"decision": "split", "left": [claim]})
        known = json.loads(json.dumps(KNOWN.get(operation, path)).replace("CLAIM", claim).replace("OTHER", other))
        answer = (
            client.post(path, json=known)
            if isinstance(known, dict)
            else client.request(method, known, json={} if method == "POST" else None)
        )
        described = client.get("/api/openapi.json").json()
    responses: dict[str, Any] = described["paths"][path][method.lower()]["responses"]
    form = responses[str(answer.status_code)]["content"]["application/json"]["schema"]
    assert answer.status_code < 300
    jsonschema.Draft202012Validator(form | {"components": described["components"]}).validate(answer.json())


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_answers_are_as_described(schema: schemathesis.BaseSchema, operation: str, mode: GenerationMode) -> None:
    """Whatever is asked, status, type, form and headers of the answer are among those described."""
    if mode is GenerationMode.NEGATIVE and operation in NOTHING_TO_GET_WRONG:
        return
    method, path = operation.split()

    @_bounded
    @given(case=schema[path][method].as_strategy(mode))
    def ask(case: schemathesis.Case) -> None:
        # Queries and places in lists have rules that no schema can say: that one is refused is no fault.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    ask()
