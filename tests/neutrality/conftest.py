"""What the tests of the side swap share: two short parties and ledgers made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from allegedly.neutrality.compare import Reading
from allegedly.neutrality.data import COMMON, Pair, Template
from allegedly.neutrality.fill import fill
from allegedly.records.document import Document
from allegedly.records.ledger import DocumentRow, Ledger
from tests.fakes import RUN

TEXT = "{A.Name} said {B.name} fled."


def party(**words: str) -> dict[str, str]:
    """Give a party's words; slots that are not given hold their own name."""
    return {slot: slot for slot in COMMON} | words


def template(text: str = TEXT) -> Template:
    """Give a template for all pairs."""
    return Template("test", "any", text)


@pytest.fixture
def pair() -> Pair:
    """Two states whose names differ in length and form."""
    first = party(name="Obo", adjective="Oban") | {"people": "Obans", "capital": "Ob", "country": "OBO"}
    second = party(name="the Free Isles", adjective="Islander") | {
        "people": "Islanders", "capital": "Port Free", "country": "FRI",
    }  # fmt: skip
    return Pair("obo-isles", "state", "2024-05-07", first, second)


def ledger_of(text: str, **rows: Any) -> Ledger:
    """Give a ledger with the rows given."""
    document = Document(text, id="test")
    row = DocumentRow("test", document.digest, None, None, None, None, "en", text)
    return Ledger(document=row, run=RUN, **rows)


def readings(
    pair: Pair, first: dict[str, Any], second: dict[str, Any], *, text: str = TEXT, same_kind: bool = True
) -> tuple[Reading, Reading]:
    """Give both readings of a template with the rows given."""
    ways = ((pair.first, pair.second, first), (pair.second, pair.first, second))
    made = []
    for one, other, rows in ways:
        filling = fill(template(text), one, other)
        countries = {one["country"]: "A", other["country"]: "B"} if pair.kind == "state" else {}
        made.append(Reading(ledger_of(filling.text, **rows), filling, countries, same_kind=same_kind))
    return made[0], made[1]
