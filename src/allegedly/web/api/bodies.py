"""Bodies of requests: JSON of a declared form and a bounded depth; their size is bounded by the door."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
import msgspec.structs
from starlette.requests import Request

from allegedly.web.api.answering import JSON
from allegedly.web.problems import WebProblem

T = TypeVar("T")
_DEEPEST = 16  # a claim has five levels
_HINT = "see /api/openapi.json for the form"


def body(form: type[T]) -> Callable[[Request], Awaitable[T]]:
    """
    Make the dependency that reads the body of a request.

    Args:
        form: A struct that refuses unknown keys.
    """

    async def read(request: Request) -> T:
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind != JSON:
            raise WebProblem(415, f"this address takes {JSON}, not {kind[:100]!a}", hint=f"send Content-Type: {JSON}")
        return read_form(await request.body(), form)

    return read


def read_form(data: bytes, form: type[T]) -> T:
    """
    Read JSON.

    Raises:
        WebProblem: If it is none, of another form, or too deep.
    """
    try:
        found = msgspec.json.decode(data, type=form)
    except RecursionError as error:
        raise _too_deep() from error
    except (msgspec.MsgspecError, UnicodeError, ValueError) as error:  # ValueError: a number of thousands of digits
        raise WebProblem(400, f"the body does not fit: {error}", hint=_HINT) from error
    if is_deep(msgspec.structs.asdict(found)):  # type: ignore[arg-type]  # forms are structs
        raise _too_deep()
    return found


def is_deep(value: Any) -> bool:  # noqa: ANN401  # whatever JSON holds
    """Say whether lists and objects stand in each other deeper than any form of ours."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for item in level for inner in _inside(item)]
    return bool(level)


def _inside(value: Any) -> list[Any]:  # noqa: ANN401  # as above
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _too_deep() -> WebProblem:
    return WebProblem(400, "the body holds lists in lists too deep", hint=_HINT)
