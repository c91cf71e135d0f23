"""
Shapes: what msgspec reads and writes in the place of our dataclasses, and publishes as JSON Schema.

Rows and answers are plain dataclasses without any library. A shape is a struct
derived from one: same fields, all required, the keys of the contract (``from``
for ``from_``), no other keys, each with its help text. Writing through shapes is
several times as fast as building dictionaries, and the schema cannot say
anything else than what is written.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from dataclasses import Field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from allegedly.records.ledger import json_key

_ARGUMENTS = re.compile(r"^Args:\n(.*?)(?:\n\S|\Z)", re.MULTILINE | re.DOTALL)
_ARGUMENT = re.compile(r"^    (\w+): (.*?)(?=\n    \w|\Z)", re.MULTILINE | re.DOTALL)


@cache
def shape_of(row: type) -> type[msgspec.Struct]:
    """
    Derive the shape of a dataclass.

    Args:
        row: A dataclass whose fields hold text, numbers, other dataclasses, tuples, dictionaries and None.
    """
    hints = get_type_hints(row)
    members = [(item.name, _described(row, item, _swap(hints[item.name]))) for item in fields(row)]
    return msgspec.defstruct(
        row.__name__,
        members,
        rename={item.name: json_key(item.name) for item in fields(row) if json_key(item.name) != item.name},
        forbid_unknown_fields=True,
        frozen=True,
        namespace={"__doc__": _head(row)},
    )


def shaped(values: Any, shape: Any) -> Any:  # noqa: ANN401  # a type form, and what fits it
    """Put dataclasses into their shapes, ready to be written."""
    return msgspec.convert(values, shape, from_attributes=True)


def schemas_of(rows: Iterable[type], *, ref: str) -> dict[str, Any]:
    """
    Give the JSON Schemas (2020-12) of dataclasses, structs and of what they hold, by name.

    Args:
        rows: Dataclasses or structs.
        ref: How one refers to another, with ``{name}``.
    """
    shapes = [shape_of(row) if is_dataclass(row) else row for row in rows]
    return msgspec.json.schema_components(shapes, ref_template=ref)[1]


def with_json_keys(value: Any) -> Any:  # noqa: ANN401  # whatever JSON holds
    """
    Give plain values with the keys of the contract.

    Example:
        >>> with_json_keys({"date": {"from_": "stated"}})
        {'date': {'from': 'stated'}}
    """
    return _renamed(value, {"from_": "from"})


def with_field_names(value: Any) -> Any:  # noqa: ANN401  # as above
    """
    Give plain values with the names of fields; the opposite of :func:`with_json_keys`.

    Example:
        >>> with_field_names({"date": {"from": "stated"}})
        {'date': {'from_': 'stated'}}
    """
    return _renamed(value, {"from": "from_"})


def _renamed(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401  # as above
    if isinstance(value, dict):
        return {names.get(key, key): _renamed(item, names) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_renamed(item, names) for item in value]
    return value


def _swap(hint: Any) -> Any:  # noqa: ANN401  # a type form has no type of its own before Python 3.14
    """Put shapes in the place of dataclasses inside a type hint."""
    if is_dataclass(hint):
        return shape_of(hint)  # type: ignore[arg-type]  # is_dataclass does not narrow to classes
    if get_origin(hint) is tuple:
        return tuple[tuple(_swap(part) for part in get_args(hint))]  # type: ignore[misc]  # built at run time
    if get_origin(hint) in {Union, UnionType}:
        return Union[tuple(_swap(part) for part in get_args(hint))]  # noqa: UP007  # built at run time
    return hint


def _described(row: type, item: Field[Any], hint: Any) -> Any:  # noqa: ANN401  # as above
    help_text = item.metadata.get("help") or _arguments(row).get(item.name, "")
    unit = item.metadata.get("unit")
    described = f"{help_text} Unit: {unit}." if unit else help_text
    return Annotated[hint, msgspec.Meta(description=described)]


def _head(row: type) -> str:
    """Give the description of a class without its arguments."""
    return (inspect.getdoc(row) or "").split("\n\nArgs:\n", maxsplit=1)[0]


@cache
def _arguments(row: type) -> dict[str, str]:
    """Read the help texts of fields from the docstring, for classes whose fields carry none."""
    found = _ARGUMENTS.search(inspect.getdoc(row) or "")
    body = found[1] if found else ""
    return {name: " ".join(text.split()) for name, text in _ARGUMENT.findall(body)}
