"""The page about the API: made of its description, nothing by hand."""

from __future__ import annotations

import html
import re
import shlex
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from allegedly.web.pages.api import page_of
from tests.web.pages import client_of, demo_site


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser of a site with the demo's reports."""
    with demo_site(tmp_path_factory.mktemp("api")) as site:
        yield client_of(site)


def test_every_address_is_there(client: TestClient) -> None:
    """Each method of each address of the description stands on the page, with a call of curl."""
    described = client.get("/api/openapi.json").json()["paths"]
    page = html.unescape(client.get("/api").text)
    for path, methods in described.items():
        assert f"<code>{path}</code>" in page
        assert page.count(f'<span class="method">{next(iter(methods)).upper()}</span> <code>{path}</code>') == 1


def test_calls_are_what_a_shell_takes(client: TestClient) -> None:
    """Each call is one command, and what can be asked without knowing an id is answered, what needs one says so."""
    page = client.get("/api").text
    calls = [shlex.split(html.unescape(words)) for words in re.findall(r'<code id="x-[^"]+">([^<]+)<', page)]
    assert len(calls) > 15
    assert all(words[0] == "curl" for words in calls)
    plain = [words[1] for words in calls if len(words) == 2 and "http" in words[1]]
    assert {client.get(path.removeprefix("http://127.0.0.1:8321")).status_code for path in plain} <= {200, 400, 404}


def test_a_description_of_all_kinds() -> None:
    """References, choices, lists and bodies are resolved; what is not described is left empty."""
    thing = {"type": "object", "title": "Thing", "required": ["a"], "properties": {
        "a": {"type": "string", "description": "It."}, "b": {"type": "array", "items": {"enum": ["x", "y"]}},
        "c": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
    }}  # fmt: skip
    description = {
        "info": {"description": "One `x`\nand two.\nThree."},
        "components": {"schemas": {"Thing": thing}},
        "paths": {"/api/{id}/x": {"post": {
            "summary": "Do it", "responses": {"200": {"description": "Done."}},
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
        }}},
    }  # fmt: skip
    page = page_of(description, "http://x", token=True)
    ((name, (operation,)),) = page.groups
    assert (name, page.about) == ("more", ("One `x`\nand two.", "Three."))
    assert [(item.name, item.kind, item.required) for item in operation.body] == [
        ("a", "string", True), ("b", "list of x, y", False), ("c", "integer or null", False),
    ]  # fmt: skip
    assert operation.example == (
        "curl -H 'Authorization: Bearer TOKEN' -X POST -H 'Content-Type: application/json' -d @body.json 'http://x/api/id/x'"
    )
