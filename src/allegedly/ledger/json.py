"""
Write and read ledgers as JSON, and publish the schema of that JSON.

The rows of :mod:`allegedly.records.ledger` are plain dataclasses; msgspec
validates through structs derived from them, which also refuse unknown keys and
know that ``from_`` is written ``from``.
"""

from __future__ import annotations

import json
from dataclasses import Field, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec

from allegedly.errors import LedgerError
from allegedly.ledger.check import check_ledger
from allegedly.records.ledger import SCHEMA, Ledger, json_key

SCHEMA_TITLE = "Ledger of one document, as `allegedly read --format json` prints it."


def encode_ledger(ledger: Ledger) -> bytes:
    """
    Write a ledger as one line of JSON in UTF-8; equal ledgers give equal bytes.

    Raises:
        LedgerError: If the text holds lone surrogates, which UTF-8 cannot carry.
    """
    try:
        return msgspec.json.encode(ledger.to_dict())
    except UnicodeEncodeError as error:
        raise LedgerError(
            f"document {ledger.document.id}: the text holds a lone surrogate, which JSON in UTF-8 cannot carry",
            document_id=ledger.document.id,
            hint="decode the text properly before reading it",
        ) from error


def decode_ledger(data: bytes) -> Ledger:
    """
    Read a ledger back and check it.

    Raises:
        LedgerError: If it is no JSON, has another form, or does not hold together.
    """
    try:
        struct = msgspec.json.decode(data, type=_struct(Ledger))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LedgerError(
            f"this is no ledger of the form {SCHEMA}: {error}",
            hint="`allegedly read FILE --format json` writes one",
        ) from error
    ledger = msgspec.convert(struct, Ledger, from_attributes=True)
    check_ledger(ledger)
    return ledger


def schema_text() -> str:
    """Give the JSON Schema (2020-12) of a ledger, as it is shipped in ``ledger.schema.json``."""
    schema = msgspec.json.schema(_struct(Ledger))
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        "title": SCHEMA_TITLE,
    }
    return json.dumps(head | schema, indent=1, ensure_ascii=False) + "\n"


@cache
def _struct(row: type) -> type[msgspec.Struct]:
    """Derive the struct of a row class: same fields, all required, JSON names, no other keys."""
    hints = get_type_hints(row)
    members = [(item.name, _described(item, _swap(hints[item.name]))) for item in fields(row)]
    return msgspec.defstruct(
        row.__name__,
        members,
        rename={item.name: json_key(item.name) for item in fields(row) if json_key(item.name) != item.name},
        forbid_unknown_fields=True,
        frozen=True,
        namespace={"__doc__": row.__doc__},
    )


def _swap(hint: Any) -> Any:  # noqa: ANN401  # a type form has no type of its own before Python 3.14
    """Put structs in the place of row classes inside a type hint."""
    if is_dataclass(hint):
        return _struct(hint)  # type: ignore[arg-type]  # is_dataclass does not narrow to classes
    if get_origin(hint) is tuple:
        return tuple[tuple(_swap(part) for part in get_args(hint))]  # type: ignore[misc]  # built at run time
    return hint


def _described(item: Field[Any], hint: Any) -> Any:  # noqa: ANN401  # as above
    help_text, unit = item.metadata["help"], item.metadata["unit"]
    described = f"{help_text} Unit: {unit}." if unit else help_text
    return Annotated[hint, msgspec.Meta(description=described)]
