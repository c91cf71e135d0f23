"""
Ledgers and claims as bytes: JSON, compressed; the form is written in the first byte.

Claims of older stores are read by newer programs: a field that is added to
:class:`~allegedly.records.claims.Claim` needs a default.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import msgspec

from allegedly.errors import LedgerError, StoreError
from allegedly.records.claims import Claim
from allegedly.records.ledger import Ledger

LEVEL = 1  # level 6 saves 15 % of the room and takes four times as long
_ZLIB = b"z"
_NEWER = "use the program that wrote it, or a newer one"
_claims = msgspec.json.Decoder(tuple[Claim, ...])


class _Text(msgspec.Struct):
    text: str


class _Body(msgspec.Struct):
    document: _Text


_body = msgspec.json.Decoder(_Body)


def pack(data: bytes) -> bytes:
    """Compress."""
    return _ZLIB + zlib.compress(data, LEVEL)


def unpack(data: bytes) -> bytes:
    """
    Take the compression off.

    Raises:
        StoreError: If the bytes are damaged or of a form that this program does not know.
    """
    try:
        if data[:1] != _ZLIB:
            raise StoreError(f"a ledger is kept in the unknown form {data[:1]!r}", hint=_NEWER)
        return zlib.decompress(memoryview(data)[1:])
    except zlib.error as error:
        raise StoreError(f"a ledger in the store is damaged: {error}", hint="take your last backup") from error


def ledger_json(ledger: Ledger) -> bytes:
    """
    Write a ledger as the JSON of its contract.

    Raises:
        LedgerError: If the text holds lone surrogates, which UTF-8 cannot carry.
    """
    try:
        return msgspec.json.encode(ledger.to_dict())
    except UnicodeEncodeError as error:
        raise LedgerError(
            f"document {ledger.document.id}: the text holds a lone surrogate, which the store cannot keep",
            document_id=ledger.document.id,
            hint="decode the text properly before reading it",
        ) from error


def text_of(body: bytes) -> str:
    """
    Give the text of the document in a ledger's JSON.

    Raises:
        StoreError: If it is of a form that this program does not know.
    """
    try:
        return _body.decode(body).document.text
    except msgspec.DecodeError as error:
        raise StoreError(f"a ledger in the store is not of this program's form: {error}", hint=_NEWER) from error


def pack_claims(claims: Sequence[Claim]) -> bytes:
    """Write claims as bytes."""
    return pack(msgspec.json.encode(claims))


def unpack_claims(data: bytes) -> tuple[Claim, ...]:
    """
    Read claims back.

    Raises:
        StoreError: If they are of a form that this program does not know.
    """
    try:
        return _claims.decode(unpack(data))
    except msgspec.DecodeError as error:
        raise StoreError(f"claims in the store are not of this program's form: {error}", hint=_NEWER) from error
