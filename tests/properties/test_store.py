"""What holds for every ledger in the store, whatever the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given

from allegedly.ledger.json import encode_ledger
from allegedly.records.claims_of import claims_of
from allegedly.records.ids import is_content_id, row_ids
from allegedly.records.ledger import Ledger
from allegedly.store.opening import add_ledgers, open_store
from allegedly.store.sql import SqlStore
from tests.properties.test_ledgers import ledgers

NUMBERS = count()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    """One store for all examples; each has an id of its own."""
    with open_store(tmp_path_factory.mktemp("store") / "store.db", create=True) as store:
        yield store


@given(ledgers())
def test_store_round_trip(store: SqlStore, ledger: Ledger) -> None:
    """A ledger comes back byte for byte, its claims as they were made, and all of them can be found."""
    name = f"d{next(NUMBERS)}"
    ledger = replace(ledger, document=replace(ledger.document, id=name))
    claims = claims_of(ledger)
    assert add_ledgers(store, [ledger]).added == 1
    with store.view() as view:
        assert view.ledger(name) == encode_ledger(ledger)
        assert tuple(view.claims(document=name)) == claims
        assert view.find(f"document:{name}").claims == claims
        kept = {row.id for row in view.ledger_rows([int(name[1:]) + 1])}
    wanted = {row_id for key, row_id in row_ids(ledger).items() if key[0] != "v"} | {claim.id for claim in claims}
    assert kept == wanted


@given(ledgers())
def test_claims_lose_and_invent_nothing(ledger: Ledger) -> None:
    """Every event is in one claim, every attribution in at least one, every quote is the text, every id its own."""
    claims, ids = claims_of(ledger), row_ids(ledger)
    assert sorted(claim.event for claim in claims if claim.event) == sorted(ids[row.id] for row in ledger.events)
    voiced = {voice.attribution for claim in claims for voice in claim.voices}
    assert voiced == {ids[row.id] for row in ledger.attributions}
    assert all(claim.quote == ledger.words(claim.span) for claim in claims)
    assert all(is_content_id(claim.id) for claim in claims)
    assert len({claim.id for claim in claims}) == len(claims)
