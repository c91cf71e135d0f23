"""JSON out, JSON in, and the schema that is published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import allegedly
from allegedly.errors import LedgerError
from allegedly.ledger.build import build_ledger
from allegedly.ledger.json import decode_ledger, encode_ledger
from allegedly.records.document import Document
from allegedly.records.ledger import Ledger
from tests.fakes import RUN, fake_layers


@pytest.fixture
def schema() -> dict[str, Any]:
    """The schema that ships."""
    path = Path(allegedly.__file__).parent / "ledger" / "ledger.schema.json"
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def test_round_trip(ledger: Ledger) -> None:
    """Reading back what was written gives an equal ledger."""
    assert decode_ledger(encode_ledger(ledger)) == ledger


def test_keys_start_with_the_schema(ledger: Ledger) -> None:
    """The first key names the form."""
    assert encode_ledger(ledger).startswith(b'{"schema":"allegedly/ledger/1","document":{"id":"sample"')


def test_is_one_line(ledger: Ledger) -> None:
    """A ledger is one line, though its text has several."""
    assert b"\n" not in encode_ledger(ledger)


def test_validates_against_the_schema(ledger: Ledger, schema: dict[str, Any]) -> None:
    """What is written is what the schema says."""
    jsonschema.Draft202012Validator(schema).validate(json.loads(encode_ledger(ledger)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("events", 0, "factuality"), "true"),
        (("attributions", 0, "stance"), "lies"),
        (("events", 0, "trigger"), [1]),
        (("events", 0, "colour"), "red"),
        (("schema",), "allegedly/ledger/2"),
        (("document", "text"), None),
    ],
)
def test_schema_and_decoder_refuse_the_same(
    path: tuple[str | int, ...], value: object, ledger: Ledger, schema: dict[str, Any]
) -> None:
    """Another value, another form or another key is refused by both."""
    item = plain = ledger.to_dict()
    for key in path[:-1]:
        item = item[key]  # type: ignore[index]  # the path says what it is
    item[path[-1]] = value  # type: ignore[index]  # as above
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(plain)
    with pytest.raises(LedgerError, match="no ledger of the form"):
        decode_ledger(json.dumps(plain).encode())


def test_no_key_may_be_left_out(ledger: Ledger, schema: dict[str, Any]) -> None:
    """All keys are required, also those with null."""
    plain = ledger.to_dict()
    del plain["events"][0]["place"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(plain)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b'"x"', b"null"])
def test_refuses_what_is_no_ledger(data: bytes) -> None:
    """Anything else is an error that says what was expected."""
    with pytest.raises(LedgerError, match="no ledger of the form allegedly/ledger/1"):
        decode_ledger(data)


def test_checks_what_it_reads(ledger: Ledger) -> None:
    """A file whose spans lie outside its text is refused."""
    with pytest.raises(LedgerError, match="not inside the text"):
        decode_ledger(encode_ledger(ledger).replace(b'"trigger":[11,14]', b'"trigger":[11,9999]'))


def test_refuses_lone_surrogates() -> None:
    """A text that UTF-8 cannot carry is an error, not broken bytes."""
    ledger = build_ledger(fake_layers(Document("odd \ud83d sign", id="odd")), RUN)
    with pytest.raises(LedgerError, match="lone surrogate"):
        encode_ledger(ledger)
