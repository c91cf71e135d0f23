"""A ledger that does not hold together goes nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from allegedly.errors import LedgerError
from allegedly.ledger.check import check_ledger
from allegedly.records.ledger import ArgumentRow, DateRow, Ledger


def _with(rows: str, index: int, **changes: Any) -> Callable[[Ledger], Ledger]:
    """Make a function that changes one row."""

    def change(ledger: Ledger) -> Ledger:
        items = list(getattr(ledger, rows))
        items[index] = replace(items[index], **changes)
        return replace(ledger, **{rows: tuple(items)})

    return change


BROKEN: dict[str, tuple[Callable[[Ledger], Ledger], str]] = {
    "span after the text": (_with("events", 0, trigger=(3, 9999)), r"span \[3, 9999\] of v1 is not inside"),
    "empty span": (_with("attributions", 0, cue=((3, 3),)), r"span \[3, 3\] of a1"),
    "negative span": (_with("events", 0, actors=(ArgumentRow((-1, 3)),)), r"span \[-1, 3\] of v1"),
    "sentence outside": (lambda led: replace(led, sentences=((0, 9999),)), "of sentences is not inside"),
    "overlapping sentences": (lambda led: replace(led, sentences=((0, 5), (4, 9))), "overlap"),
    "words differ": (_with("quantities", 0, words="13"), "q1 quotes '13'"),
    "other text": (
        lambda led: replace(led, document=replace(led.document, text=led.document.text + " ")),
        "the digest is not the text's",
    ),
    "ids out of order": (_with("attributions", 0, id="a7"), "do not run a1, a2"),
    "unknown parent": (_with("attributions", 0, parent="a9"), "a1 refers to a9"),
    "parent of another kind": (_with("attributions", 0, parent="v1"), "a1 refers to v1"),
    "nested in itself": (_with("attributions", 1, parent="a3"), "is nested in itself"),
    "unknown voice": (_with("events", 0, voice=("a9",)), "v1 refers to a9"),
    "unknown place": (_with("events", 0, place="p9"), "v1 refers to p9"),
    "unknown time": (_with("events", 0, time="t9"), "v1 refers to t9"),
    "unknown time of a saying": (_with("attributions", 0, time="t9"), "a1 refers to t9"),
    "a range outside the text": (_with("times", 0, whole=(3, 9999)), r"span \[3, 9999\] of t1"),
    "days reversed": (_with("times", 0, latest="2024-05-05"), "the days of t1 end before they begin"),
    "days from nowhere": (_with("events", 0, date=DateRow("2024-05-05")), "v1 does not say from where its days are"),
    "no days, yet stated": (
        _with("attributions", 0, said=DateRow(from_="stated")),
        "a1 does not say from where its days are",
    ),
    "unknown quantity": (_with("events", 0, quantities=("q9",)), "v1 refers to q9"),
    "unknown entity": (_with("attributions", 0, source_entity="e9"), "a1 refers to e9"),
    "unknown mention": (_with("entities", 0, mentions=("m1", "m99")), "e1 refers to m99"),
    "entity of a mention": (_with("mentions", 0, entity="e99"), "m1 refers to e99"),
    "unknown member": (_with("entities", 0, members=("e99",)), "e1 refers to e99"),
    "member of itself": (_with("entities", 0, members=("e1", "e2")), "e1 is a member of itself"),
    "another's mention": (_with("entities", 0, mentions=("m1", "m2")), "e1 lists m2, which is not its own"),
    "no mentions": (_with("entities", 0, mentions=()), "e1 lists no mention, or one twice"),
    "a mention twice": (_with("entities", 0, mentions=("m1", "m1")), "e1 lists no mention, or one twice"),
    "a mention that is not listed": (_with("mentions", 3, entity="e1"), "e1 does not list m4"),
    "a mention of nobody that is listed": (_with("mentions", 3, entity=None), "e2 lists m4, which is not its own"),
    "head outside": (_with("mentions", 1, head=(0, 4)), "the head of m2 is not inside its span"),
    "head outside the text": (_with("mentions", 1, head=(3, 9999)), r"span \[3, 9999\] of m2"),
    "score above one": (_with("events", 0, score=1.5), "score 1.5 of v1"),
    "no content": (_with("attributions", 0, content=()), "a1 has no content"),
    "bounds reversed": (_with("quantities", 0, low=5, high=3), "of q1 are not in order"),
    "no number": (_with("quantities", 0, best=float("nan")), "of q1 are not in order"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_finds_what_is_broken(name: str, ledger: Ledger) -> None:
    """Each kind of damage is found and named."""
    change, message = BROKEN[name]
    with pytest.raises(LedgerError, match=message):
        check_ledger(change(ledger))


def test_lists_the_first_few(ledger: Ledger) -> None:
    """Many problems are cut short and counted."""
    with pytest.raises(LedgerError, match="and 3 more"):
        check_ledger(replace(ledger, sentences=tuple((5, 5 - number) for number in range(1, 9)), events=()))


def test_names_the_document(ledger: Ledger) -> None:
    """The error carries the document's id and says what to do."""
    with pytest.raises(LedgerError) as caught:
        check_ledger(replace(ledger, sentences=((5, 2),)))
    assert (caught.value.document_id, bool(caught.value.hint)) == ("sample", True)
