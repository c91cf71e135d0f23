"""
Write and read ledgers as JSON, and publish the schema of that JSON.

The rows of :mod:`allegedly.records.ledger` are plain dataclasses; msgspec
validates through the shapes derived from them (:mod:`allegedly.ledger.shapes`).
"""

from __future__ import annotations

import json

import msgspec

from allegedly.errors import LedgerError
from allegedly.ledger.check import check_ledger
from allegedly.ledger.shapes import shape_of
from allegedly.records.ledger import SCHEMA, Ledger

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
        struct = msgspec.json.decode(data, type=shape_of(Ledger))
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
    schema = msgspec.json.schema(shape_of(Ledger))
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        "title": SCHEMA_TITLE,
    }
    return json.dumps(head | schema, indent=1, ensure_ascii=False) + "\n"
