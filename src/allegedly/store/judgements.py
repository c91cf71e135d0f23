"""
What people decide about rows: kept apart from the rows, and kept when they are read anew.

A judgement holds who, when, the row as it was seen and, for a change, the
values it should have. Taking one back is a mark on it, not its end. A new
reading makes new rows; each judgement then belongs to the row of the same id
(the row says the same as before), else to the row of the same kind and text
that shares most of its words (somebody should look at it again), else to none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import msgspec
import sqlalchemy as sa

from allegedly.errors import NotInStore, UsageError
from allegedly.records.claims import Claim
from allegedly.records.ledger import SpanPair
from allegedly.store.answers import Decision, Judgement, Row
from allegedly.store.base import View
from allegedly.store.clock import now
from allegedly.store.tables import JUDGEMENTS, KINDS

DECISIONS: tuple[Decision, ...] = get_args(Decision)


@dataclass(frozen=True, slots=True)
class Matches:
    """
    Judgements beside the rows that count now.

    Args:
        same: Judgements with the very row they were made of.
        moved: Judgements with the row that took its place: to be looked at again.
        orphaned: Judgements whose words no row of that kind covers any more.
    """

    same: tuple[tuple[Judgement, Row], ...]
    moved: tuple[tuple[Judgement, Row], ...]
    orphaned: tuple[Judgement, ...]


def match_judgements(judgements: Iterable[Judgement], rows: Iterable[Row]) -> Matches:
    """
    Find the row that each judgement belongs to now.

    Args:
        judgements: What people decided.
        rows: The rows that count now, of the documents concerned.
    """
    by_id: dict[str, Row] = {}
    by_text: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        by_id.setdefault(row.id, row)
        by_text.setdefault((row.digest, row.kind), []).append(row)
    same, moved, orphaned = [], [], []
    for judgement in judgements:
        there = by_id.get(judgement.row)
        other = None if there else _nearest(judgement, by_text.get((judgement.digest, KINDS[judgement.row[0]]), []))
        if there is not None:
            same.append((judgement, there))
        elif other is not None:
            moved.append((judgement, other))
        else:
            orphaned.append(judgement)
    return Matches(tuple(same), tuple(moved), tuple(orphaned))


def judged_rows(view: View, *, document: str | None = None) -> Matches:
    """
    Give the judgements that stand, each beside the row that it belongs to now.

    Args:
        view: Where to look.
        document: Only those of this document.
    """
    judgements = view.judgements(document=document)
    digests = sorted({judgement.digest for judgement in judgements})
    return match_judgements(judgements, view.current_rows(digests))


def _nearest(judgement: Judgement, rows: Sequence[Row]) -> Row | None:
    """Give the row that shares most of the words; of equals, the first in the text."""
    best = max(rows, key=lambda row: (shared(judgement.span, row.span), -row.span[0]), default=None)
    return best if best is not None and shared(judgement.span, best.span) > 0 else None


def shared(one: SpanPair, other: SpanPair) -> float:
    """
    Say how much of two spans is common: 0 for nothing, 1 for the same span.

    Example:
        >>> shared((0, 10), (5, 10))
        0.5
    """
    common = min(one[1], other[1]) - max(one[0], other[0])
    whole = max(one[1], other[1]) - min(one[0], other[0])
    return max(common, 0) / whole


def judgement_values(
    row: Row,
    decision: Decision,
    *,
    who: str,
    after: dict[str, Any] | None,
    note: str,
    queue: str = "",
    blind: bool = False,
) -> tuple[Any, ...]:
    """
    Give the columns of a new judgement after ``number``.

    Raises:
        UsageError: If nobody decides, or the new values do not fit.
    """
    if decision not in DECISIONS:
        raise UsageError(f"there is no decision {decision!r}", hint=f"decisions are {', '.join(DECISIONS)}")
    if not who.strip():
        raise UsageError("a judgement needs somebody who makes it", hint="say who decides")
    if (decision == "change") != bool(after):
        raise UsageError("new values belong to a change, and a change needs some", hint='say after={"column": value}')
    unknown = sorted(set(after or ()) - set(row.values))
    if unknown:
        raise UsageError(
            f"a {row.kind} has no {', '.join(unknown)}", hint=f"columns are {', '.join(sorted(row.values))}"
        )
    new = None if after is None else _json(after)
    if new is not None and row.kind == KINDS["c"]:
        _check_claim(row, new)
    return (
        row.id, row.document, row.digest, *row.span, decision, who, now(), _json(row.values), new, note, None, None,
        queue, int(blind),
    )  # fmt: skip


def read_judgements(
    connection: sa.Connection,
    *,
    document: str | None = None,
    undone: bool = False,
    number: int | None = None,
    rows: Sequence[str] | None = None,
) -> tuple[Judgement, ...]:
    """Give judgements, oldest first."""
    question = sa.select(JUDGEMENTS).order_by(JUDGEMENTS.c.number)
    if document is not None:
        question = question.where(JUDGEMENTS.c.document == document)
    if number is not None:
        question = question.where(JUDGEMENTS.c.number == number)
    if rows is not None:
        question = question.where(JUDGEMENTS.c.row.in_(rows))
    if not undone:
        question = question.where(JUDGEMENTS.c.undone.is_(None))
    return judgements_of(connection.execute(question))


def judgements_of(rows: Iterable[sa.Row[Any]]) -> tuple[Judgement, ...]:
    """Give the judgements of rows of their table, in the same order."""
    return tuple(map(judgement_of, rows))


def undo_judgement(connection: sa.Connection, number: int, *, who: str, name: str) -> Judgement:
    """
    Mark a judgement as taken back.

    Raises:
        NotInStore: If there is none of this number that still stands.
    """
    standing = sa.update(JUDGEMENTS).where(JUDGEMENTS.c.number == number, JUDGEMENTS.c.undone.is_(None))
    if connection.execute(standing.values(undone=now(), undone_by=who)).rowcount != 1:
        raise NotInStore(
            f"store {name}: there is no judgement {number} that still stands", hint="it may be undone already"
        )
    return read_judgements(connection, undone=True, number=number)[0]


def judgement_of(row: sa.Row[Any]) -> Judgement:
    """Give the judgement that a row of the table holds."""
    values = dict(row._mapping)  # noqa: SLF001  # its public name
    span = (values.pop("start"), values.pop("end"))
    before, after, blind = (values.pop(name) for name in ("before", "after", "blind"))
    return Judgement(
        **values,
        span=span,
        before=msgspec.json.decode(before),
        after=None if after is None else msgspec.json.decode(after),
        blind=bool(blind),
    )


def _check_claim(row: Row, new: str) -> None:
    """Make sure that a claim with its new values would still be one."""
    try:
        msgspec.convert(row.values | msgspec.json.decode(new), Claim)
    except msgspec.ValidationError as error:
        raise UsageError(f"these values do not fit claim {row.id}: {error}", hint="see docs/review.md") from error


def _json(values: dict[str, Any]) -> str:
    try:
        return msgspec.json.encode(values).decode()
    except (TypeError, UnicodeEncodeError) as error:
        raise UsageError(f"these values cannot be kept: {error}", hint="give text, numbers and lists") from error
