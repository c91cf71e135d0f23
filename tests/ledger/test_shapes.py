"""Shapes: what is written of dataclasses, and what is said of it in JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jsonschema
import msgspec
import pytest

from allegedly.ledger.shapes import schemas_of, shape_of, shaped, with_field_names, with_json_keys
from allegedly.records.claims import Claim
from allegedly.records.claims_of import claims_of
from allegedly.records.fields import help_field
from allegedly.render.incidents import plain
from allegedly.store.answers import Judgement
from tests.web.pages import demo_ledgers


@dataclass(frozen=True, slots=True)
class Inner:
    """Something inside."""

    from_: str = help_field("Where from.")
    size: float | None = help_field("How large.", unit="km", default=None)


@dataclass(frozen=True, slots=True)
class Outer:
    """
    Something around it.

    More about it.

    Args:
        one: The one, which takes
            two lines.
        many: The others.
        any: Whatever.
    """

    one: Inner | None
    many: tuple[Inner, ...]
    any: dict[str, Any]


def test_what_is_written_of_claims() -> None:
    """Written through shapes, claims are what the slow way makes of them."""
    claims = [claim for ledger in demo_ledgers() for claim in claims_of(ledger)]
    written = msgspec.json.encode(shaped(claims, list[shape_of(Claim)]))  # type: ignore[misc]  # made at run time
    assert msgspec.json.decode(written) == plain(claims)


def test_dataclasses_inside_of_others() -> None:
    """Dataclasses in unions and tuples take their shapes, with the keys of the contract."""
    value = Outer(Inner("a"), (Inner("b", 1.5),), {"from_": 1})
    written = msgspec.json.encode(shaped(value, shape_of(Outer)))
    assert written == b'{"one":{"from":"a","size":null},"many":[{"from":"b","size":1.5}],"any":{"from_":1}}'


def test_help_texts_become_descriptions() -> None:
    """Descriptions come from the fields, with their units, or from the docstring of the class."""
    schemas = schemas_of([Outer], ref="#/{name}")
    fields = schemas["Outer"]["properties"]
    assert schemas["Outer"]["description"] == "Something around it.\n\nMore about it."
    assert [fields[name]["description"] for name in ("one", "many", "any")] == [
        "The one, which takes two lines.", "The others.", "Whatever.",
    ]  # fmt: skip
    inner = schemas["Inner"]["properties"]
    assert (inner["from"]["description"], inner["size"]["description"]) == ("Where from.", "How large. Unit: km.")


@pytest.mark.parametrize(("wrong", "fits"), [({}, True), ({"colour": "red"}, False), ({"size": "large"}, False)])
def test_a_schema_refuses_what_is_never_written(wrong: dict[str, Any], fits: bool) -> None:  # noqa: FBT001  # of a table
    """A schema takes what is written, and neither other keys nor other types."""
    schema = schemas_of([Inner], ref="#/{name}")["Inner"]
    assert jsonschema.Draft202012Validator(schema).is_valid({"from": "a", "size": None} | wrong) is fits


def test_keys_there_and_back() -> None:
    """Names of fields become keys of the contract at any depth, and keys become names."""
    named = {"date": {"from_": "stated"}, "all": [{"from_": 1}], "from_": None, "x": "from_"}
    keyed = {"date": {"from": "stated"}, "all": [{"from": 1}], "from": None, "x": "from_"}
    assert (with_json_keys(named), with_field_names(keyed)) == (keyed, named)


def test_classes_whose_fields_carry_no_help() -> None:
    """Every field of what a store answers is described by the docstring of its class."""
    fields = schemas_of([Judgement], ref="#/{name}")["Judgement"]["properties"]
    assert [name for name, field in fields.items() if not field["description"]] == []
