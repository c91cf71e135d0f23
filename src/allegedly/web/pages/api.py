"""
The API for people: what each address takes and gives, read from the application's own description.

Nothing is listed by hand: a new address is on this page as soon as it is described.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import msgspec
from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from allegedly.web.api.openapi import ADDRESS, document
from allegedly.web.show import show

router = APIRouter()
_METHODS: Final = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """
    What an address takes.

    Args:
        name: Its name.
        where: In the ``path`` or the ``query``.
        required: Whether it must be given.
        kind: What it is.
        help: What it means.
    """

    name: str
    where: str
    required: bool
    kind: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """
    One thing that can be asked.

    Args:
        method: HTTP method.
        path: Its address.
        anchor: Id of its place on the page.
        summary: What it does.
        description: More about that; empty if there is no more.
        parameters: What it takes.
        body: Names of the fields of its body; empty if it takes none.
        answers: Status and meaning of each answer.
        example: How to ask from a shell.
    """

    method: str
    path: str
    anchor: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    body: tuple[Parameter, ...]
    answers: tuple[tuple[str, str], ...]
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiPage:
    """
    What the page shows.

    Args:
        title: Its title.
        about: What holds for every address, a sentence a line; code stands between backticks.
        groups: What can be asked, by what it is about.
        description: Address of the description for programs.
        base: Address of this site.
        token: Whether programs need a token.
    """

    title: str = "API"
    about: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Operation, ...]], ...]
    description: str
    base: str
    token: bool


@router.get("/api")
def api_page(request: Request) -> Response:
    """Show what can be asked."""
    base = str(request.base_url).rstrip("/")
    visitor = getattr(request.state, "visitor", None)
    token = visitor is not None and visitor.kind != "local"
    page = page_of(described(request.app, open_to_all=not token), base, token=token)
    return show(request, "api.html", page)


@lru_cache(maxsize=4)
def described(app: FastAPI, *, open_to_all: bool) -> dict[str, Any]:
    """Give the description of an application (OpenAPI 3.1)."""
    found: dict[str, Any] = msgspec.json.decode(document(app, open_to_all=open_to_all))
    return found


def page_of(description: Mapping[str, Any], base: str, *, token: bool) -> ApiPage:
    """
    Make the page from a description; a pure function.

    Args:
        description: An OpenAPI document.
        base: Address of the site, for the examples.
        token: Whether programs need a token.
    """
    groups: dict[str, list[Operation]] = {}
    for path, methods in description["paths"].items():
        for method in _METHODS:
            if method in methods:
                found = methods[method]
                tag = (found.get("tags") or ["more"])[0]
                operation = _operation(description, path, method, found, base=base, token=token)
                groups.setdefault(tag, []).append(operation)
    listed = tuple((name, tuple(operations)) for name, operations in groups.items())
    about = tuple(re.split(r"(?<=\.)\n", description["info"].get("description", "").strip()))
    return ApiPage(about=about, groups=listed, description=ADDRESS, base=base, token=token)


def _operation(
    description: Mapping[str, Any], path: str, method: str, found: Mapping[str, Any], *, base: str, token: bool
) -> Operation:
    parameters = tuple(_parameter(description, item) for item in found.get("parameters", ()))
    schema = _json_schema(description, found.get("requestBody", {}))
    return Operation(
        method=method.upper(),
        path=path,
        anchor=f"{method}{path}".replace("/", "-").replace("{", "").replace("}", ""),
        summary=found.get("summary", ""),
        description=found.get("description", "") if found.get("description") != found.get("summary") else "",
        parameters=parameters,
        body=tuple(_fields(description, schema)),
        answers=tuple((status, item.get("description", "")) for status, item in sorted(found["responses"].items())),
        example=_example(path, method, found, base=base, token=token),
    )


def _parameter(description: Mapping[str, Any], item: Mapping[str, Any]) -> Parameter:
    item = _resolved(description, item)
    return Parameter(
        name=item["name"], where=item["in"], required=item.get("required", False),
        kind=_kind(description, item.get("schema", {})), help=item.get("description", ""),
    )  # fmt: skip


def _json_schema(description: Mapping[str, Any], body: Mapping[str, Any]) -> Mapping[str, Any]:
    content = _resolved(description, body).get("content", {})
    schema: Mapping[str, Any] = content.get("application/json", {}).get("schema", {})
    return _resolved(description, schema)


def _fields(description: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Parameter]:
    for name, item in schema.get("properties", {}).items():
        yield Parameter(
            name=name, where="body", required=name in schema.get("required", ()), kind=_kind(description, item),
            help=_resolved(description, item).get("description", ""),
        )  # fmt: skip


def _kind(description: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """Say in a word or two what a value is."""
    schema = _resolved(description, schema)
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return " or ".join(dict.fromkeys(_kind(description, item) for item in choices))
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list of {_kind(description, schema.get('items', {}))}"
    return (
        str(schema.get("title", "object"))
        if kind == "object"
        else " or ".join([kind] if isinstance(kind, str) else kind)
    )


def _resolved(description: Mapping[str, Any], item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a reference within the description."""
    while "$ref" in item:
        found: Any = description
        for part in item["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        item = found
    return item


def _example(path: str, method: str, found: Mapping[str, Any], *, base: str, token: bool) -> str:
    """Write a call of curl; what must be given is in it, by its example or its name."""
    needed = [item for item in found.get("parameters", ()) if item.get("required")]
    values = {item["name"]: _sample(item) for item in needed}
    for item in needed:
        if item["in"] == "path":
            path = path.replace("{%s}" % item["name"], str(values[item["name"]]))  # noqa: UP031  # braces are meant
    words = ["curl"] + (["-H 'Authorization: Bearer TOKEN'"] if token else [])
    query = [f"--data-urlencode '{item['name']}={values[item['name']]}'" for item in needed if item["in"] == "query"]
    if query:
        words += ["-G", *query]
    if method != "get":
        words += [f"-X {method.upper()}"]
    if "requestBody" in found:
        words += ["-H 'Content-Type: application/json'", "-d @body.json"]
    return " ".join([*words, f"'{base}{path}'"])


def _sample(parameter: Mapping[str, Any]) -> str:
    examples = parameter.get("examples") or parameter.get("schema", {}).get("examples") or []
    value = parameter.get("example") or (examples[0] if isinstance(examples, list) and examples else parameter["name"])
    return str(value).replace("'", "")
