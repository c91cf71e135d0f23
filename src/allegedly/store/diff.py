"""
Compare two runs row by row: what one reads that the other does not, and what it reads otherwise.

A row whose id both have says the same and is left out. Of the rest, rows of one
kind that share words are one row that changed, best matches first; what is
left is gone or added. Scores and reasons do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from allegedly.errors import UsageError
from allegedly.store.answers import Row
from allegedly.store.base import View
from allegedly.store.judgements import shared
from allegedly.store.tables import KINDS

What = Literal["added", "gone", "changed"]
_AT_ONCE = 100  # documents compared at a time
# What is no part of what a row says: how sure, why, and where it is kept.
_NOT_SAID = frozenset(
    """
    score reason candidates id document digest run key event publisher title url published language passage parent
    mentions gazetteer attribution
    """.split()
)


@dataclass(frozen=True, slots=True)
class Change:
    """
    A difference between two runs.

    Args:
        what: Added by the later, gone from the earlier, or changed.
        document: Id of the document.
        kind: Kind of the row.
        before: The earlier run's row; None if added.
        after: The later run's row; None if gone.
        fields: What is not the same, for a change.
        words: The words of the row, the later one's if there is one.
    """

    what: What
    document: str
    kind: str
    before: Row | None
    after: Row | None
    fields: tuple[str, ...]
    words: str


def diff_runs(view: View, before: str, after: str, *, kinds: Sequence[str] = ()) -> tuple[int, Iterator[Change]]:
    """
    Compare two runs on the documents that both have read.

    Args:
        view: Where to look.
        before: The earlier run, or the beginning of its id.
        after: The later run.
        kinds: Only rows of these kinds; all otherwise.

    Returns:
        How many documents both have read, and the differences, document by document in order of the text.

    Raises:
        NotInStore: If there is no such run.
        UsageError: If there is no such kind, or both runs are the same.
    """
    unknown = sorted(set(kinds) - set(KINDS.values()))
    if unknown:
        raise UsageError(f"there is no kind {unknown[0]!r}", hint=f"kinds are {', '.join(sorted(KINDS.values()))}")
    one, other = view.run(before).id, view.run(after).id
    if one == other:
        raise UsageError(f"both runs are {one}", hint="`allegedly store info` lists the runs")
    pairs = view.common_readings(one, other)
    return len(pairs), _changes(view, pairs, one, set(kinds or KINDS.values()))


def _changes(view: View, pairs: Sequence[tuple[int, int]], one: str, kinds: set[str]) -> Iterator[Change]:
    for start in range(0, len(pairs), _AT_ONCE):
        part = pairs[start : start + _AT_ONCE]
        rows = [row for row in view.ledger_rows([number for pair in part for number in pair]) if row.kind in kinds]
        rows.sort(key=lambda row: (row.document, row.kind))
        for _, group in groupby(rows, key=lambda row: (row.document, row.kind)):
            own = list(group)
            yield from compare_rows([row for row in own if row.run == one], [row for row in own if row.run != one])


def compare_rows(before: Sequence[Row], after: Sequence[Row]) -> list[Change]:
    """Compare the rows of one kind that two runs made of one document."""
    same = {row.id for row in before} & {row.id for row in after}
    gone = [row for row in before if row.id not in same]
    added = [row for row in after if row.id not in same]
    changed = _pairs(gone, added)
    paired = {id(row) for pair in changed for row in pair}
    changes = [
        *((new.span, _change("changed", new, before=old, after=new)) for old, new in changed),
        *((row.span, _change("gone", row, before=row)) for row in gone if id(row) not in paired),
        *((row.span, _change("added", row, after=row)) for row in added if id(row) not in paired),
    ]
    return [change for _, change in sorted(changes, key=lambda item: item[0])]


def _pairs(gone: Sequence[Row], added: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Pair rows that share words, those that share most first."""
    scored = [(shared(old.span, new.span), old, new) for old in gone for new in added]
    scored = sorted((item for item in scored if item[0] > 0), key=lambda item: (-item[0], item[1].span, item[2].span))
    taken: set[int] = set()
    pairs = []
    for _, old, new in scored:
        if not taken & {id(old), id(new)}:
            taken |= {id(old), id(new)}
            pairs.append((old, new))
    return pairs


def _change(what: What, row: Row, *, before: Row | None = None, after: Row | None = None) -> Change:
    words = str(row.values.get("quote") or row.values.get("words") or "")
    fields = _differing(before, after) if before and after else ()
    return Change(what, row.document, row.kind, before, after, fields, words)


def _differing(before: Row, after: Row) -> tuple[str, ...]:
    """Name the columns that are not the same."""
    names = [name for name in {**before.values, **after.values} if name not in _NOT_SAID]
    return tuple(name for name in names if _said(before.values.get(name)) != _said(after.values.get(name)))


def _said(value: Any) -> Any:  # noqa: ANN401  # any column's value
    """Take what does not count out of nested values."""
    if isinstance(value, dict):
        return {name: _said(item) for name, item in value.items() if name not in _NOT_SAID}
    if isinstance(value, list | tuple):
        return [_said(item) for item in value]
    return value
