"""Ids of rows: what counts and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.records.claims_of import claims_of
from allegedly.records.ids import content_id, distinct, is_content_id, row_ids, run_id
from allegedly.records.ledger import Ledger, Run
from tests.stores import OTHER_RUN, fake_ledger

_VALUES = st.recursive(
    st.text(max_size=5) | st.integers() | st.none() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=6,
)


@given(values=st.lists(_VALUES, max_size=4))
def test_ids_have_one_form(values: list[object]) -> None:
    """Whatever is hashed, the id is a letter and twenty digits, the same every time."""
    assert is_content_id(content_id("c", *values))
    assert content_id("c", *values) == content_id("c", *values)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((("a",), "b"), ("a", ("b",))),
        (("a", "b"), ("ab",)),
        (("a', 'b",), ("a", "b")),
        ((1,), ("1",)),
        ((None,), ("None",)),
        (((),), ()),
        (("é",), ("e\u0301",)),
        (("\\xe9",), ("é",)),
    ],
)
def test_other_values_other_ids(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    """Neither nesting nor signs of the notation make two values one."""
    assert content_id("c", *one) != content_id("c", *other)


def test_ids_stay() -> None:
    """Ids are in stores and in other people's files: they never change."""
    assert content_id("a", "sha256:0", ((0, 3),), "é", None, 1.5) == "a2d35a47c849f965511a2"


@pytest.mark.parametrize("words", ["", "a1", "x" + "0" * 20, "a" + "0" * 19, "a" + "0" * 21, "A" + "0" * 20])
def test_what_is_no_id(words: str) -> None:
    """Keys of a ledger and abbreviations are no ids."""
    assert not is_content_id(words)


def test_every_row_has_its_own(ledger: Ledger) -> None:
    """All rows but mentions have an id with the letter of their key, and no two the same."""
    ids = row_ids(ledger)
    assert {key[0] for key in ids} == set("eptaqv")
    assert all(is_content_id(row_id) and row_id[0] == key[0] for key, row_id in ids.items())
    assert len(set(ids.values())) == len(ids)


def test_the_same_words_twice() -> None:
    """Rows that say exactly the same are told apart, the same way every time."""
    seen: dict[str, int] = {}
    first, second = distinct("c" + "0" * 20, seen), distinct("c" + "0" * 20, seen)
    assert (first, is_content_id(second), second != first) == ("c" + "0" * 20, True, True)
    assert distinct("c" + "0" * 20, {first: 1}) == second


def _event(ledger: Ledger, **changes: object) -> Ledger:
    return replace(ledger, events=(ledger.events[0], replace(ledger.events[1], **changes)))  # type: ignore[arg-type]  # any field


_SAME = {
    "score": lambda ledger: _event(ledger, score=0.1),
    "run": lambda ledger: replace(ledger, run=OTHER_RUN),
    "publisher": lambda ledger: replace(ledger, document=replace(ledger.document, publisher="Ostan News", id="x")),
    "codes of an entity": lambda ledger: replace(
        ledger, entities=tuple(replace(row, country="QQQ", side="x") for row in ledger.entities)
    ),
    "place resolved": lambda ledger: replace(
        ledger, places=tuple(replace(row, gazetteer="g:1", latitude=1.0) for row in ledger.places)
    ),
    "reason": lambda ledger: replace(ledger, entities=tuple(replace(row, reason="other") for row in ledger.entities)),
}  # fmt: skip


@pytest.mark.parametrize("change", sorted(_SAME))
def test_what_does_not_count_in_a_claim(ledger: Ledger, change: str) -> None:
    """Scores, runs, publication and what is looked up leave the ids of claims alone."""
    changed = _SAME[change](ledger)
    assert [claim.id for claim in claims_of(changed)] == [claim.id for claim in claims_of(ledger)]


@pytest.mark.parametrize(
    "change",
    [{"type": "HARM"}, {"modes": ()}, {"factuality": "+"}, {"voice": ("a2",)}, {"actors": ()}, {"recipients": ()},
     {"place": None}, {"time": None}, {"quantities": ()}, {"trigger": (0, 4)}],
    ids=str,
)  # fmt: skip
def test_what_counts_in_a_claim(ledger: Ledger, change: dict[str, object]) -> None:
    """Whatever a claim says makes its id."""
    before = {claim.key: claim.id for claim in claims_of(ledger)}
    after = {claim.key: claim.id for claim in claims_of(_event(ledger, **change))}
    assert (before["v1"] == after["v1"], before["v2"] == after["v2"]) == (True, False)


@pytest.mark.parametrize(
    ("rows", "key", "change", "same"),
    [
        ("times", "t1", {"value": "2024-05-08"}, False),
        ("times", "t1", {"earliest": "2024-05-04"}, False),
        ("times", "t1", {"precision": "week"}, True),
        ("places", "p1", {"gazetteer": "g:1"}, False),
        ("places", "p1", {"latitude": 1.0}, True),
        ("entities", "e2", {"country": "QQQ"}, False),
        ("entities", "e2", {"reason": "x"}, True),
        ("quantities", "q1", {"high": 20}, False),
        ("quantities", "q1", {"low": 12.0}, True),
        ("attributions", "a3", {"stance": "doubt"}, False),
        ("attributions", "a3", {"score": 0.1}, True),
        ("attributions", "a3", {"parent": None}, True),
    ],
)
def test_what_counts_in_other_rows(ledger: Ledger, rows: str, key: str, change: dict[str, object], same: bool) -> None:  # noqa: FBT001  # a column
    """A look-up counts in the one row whose job it is."""
    changed = tuple(replace(row, **change) if row.id == key else row for row in getattr(ledger, rows))
    assert (row_ids(replace(ledger, **{rows: changed}))[key] == row_ids(ledger)[key]) is same


def test_running_keys_do_not_count(ledger: Ledger) -> None:
    """One more row before the others changes all keys and none of their ids."""
    (first, *_) = ledger.quantities
    more = replace(first, id="q1", span=(1, 5), words="ORD ")
    moved = replace(first, id="q2")
    event = replace(ledger.events[1], quantities=("q2",))
    changed = replace(ledger, quantities=(more, moved), events=(ledger.events[0], event))
    before, after = row_ids(ledger), row_ids(changed)
    assert (before["q1"], before["v2"]) == (after["q2"], after["v2"])


def test_another_text_has_other_ids() -> None:
    """The same words at the same place of another text are another row."""
    one, other = (
        fake_ledger("The army said rebels killed 3 people."),
        fake_ledger("The army said rebels killed 3 people!"),
    )
    assert not set(row_ids(one).values()) & set(row_ids(other).values())


def test_runs() -> None:
    """A run is its program, pack and settings."""
    run = Run("1", "sha256:a", "sha256:b")
    others = [replace(run, version="2"), replace(run, pack="x"), replace(run, settings="x")]
    assert run_id(run) == run_id(Run("1", "sha256:a", "sha256:b"))
    assert len({run_id(item) for item in (run, *others)}) == 4
