"""
Lists read a page at a time, all pages at one moment: they take a view and ask in its snapshot.

A place in a list is a text that says where it is by itself, so that it stays
right when the entry it was made from is gone. Places are none of the caller's business.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from allegedly.errors import UsageError
from allegedly.store.answers import Failure, Judgement
from allegedly.store.judgements import judgements_of
from allegedly.store.mapping import mapped
from allegedly.store.tables import FAILURES, JUDGEMENTS
from allegedly.store.viewing import SqlView

T = TypeVar("T")
_LARGEST = 2**53  # of a running number in a place
_FEW = 500  # parameters of one question


@dataclass(frozen=True, slots=True)
class PageOf(Generic[T]):
    """
    A page of a list.

    Args:
        items: What is on it.
        after: What the next page begins after; None on the last one.
    """

    items: tuple[T, ...]
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementFilter:
    """
    Which judgements are wanted; None leaves open.

    Args:
        document: Those about this document.
        row: Those about the row of this id.
        who: Those of this person.
        undone: Those that were taken back, too.
    """

    document: str | None = None
    row: str | None = None
    who: str | None = None
    undone: bool = False


def judgement_page(
    view: SqlView, wanted: JudgementFilter, *, limit: int, after: str | None, last_first: bool = False
) -> PageOf[Judgement]:
    """
    Give judgements, oldest first.

    Args:
        view: The store at one moment.
        wanted: Which ones.
        limit: Most of them.
        after: Where the page before ended; None for the first.
        last_first: Turn the order round.
    """
    number = JUDGEMENTS.c.number
    question = sa.select(JUDGEMENTS).order_by(number.desc() if last_first else number).limit(limit + 1)
    if after is not None:
        place = number_of(after)
        question = question.where(number < place if last_first else number > place)
    for column in ("document", "row", "who"):
        if (value := getattr(wanted, column)) is not None:
            question = question.where(JUDGEMENTS.c[column] == value)
    if not wanted.undone:
        question = question.where(JUDGEMENTS.c.undone.is_(None))
    with mapped(view.name):
        found = judgements_of(view.connection.execute(question))
    return page_of(found, limit=limit, place=lambda item: str(item.number))


def judged_by_several(view: SqlView) -> tuple[Judgement, ...]:
    """Give the judgements that stand of all rows that two people or more have judged, oldest first."""
    standing = JUDGEMENTS.c.undone.is_(None)
    people = sa.func.count(JUDGEMENTS.c.who.distinct())
    rows = sa.select(JUDGEMENTS.c.row).where(standing).group_by(JUDGEMENTS.c.row).having(people > 1)
    question = sa.select(JUDGEMENTS).where(standing, JUDGEMENTS.c.row.in_(rows)).order_by(JUDGEMENTS.c.number)
    with mapped(view.name):
        return judgements_of(view.connection.execute(question))


def reviewers(view: SqlView) -> tuple[str, ...]:
    """Give all who have judged something that stands, by name."""
    question = sa.select(JUDGEMENTS.c.who).distinct().where(JUDGEMENTS.c.undone.is_(None)).order_by(JUDGEMENTS.c.who)
    with mapped(view.name):
        return tuple(view.connection.scalars(question))


def judgements_about(view: SqlView, digests: Collection[str]) -> tuple[Judgement, ...]:
    """Give the judgements that stand about some texts, oldest first."""
    found: list[Judgement] = []
    wanted = sorted(digests)
    with mapped(view.name):
        for start in range(0, len(wanted), _FEW):
            about = JUDGEMENTS.c.digest.in_(wanted[start : start + _FEW])
            question = sa.select(JUDGEMENTS).where(about, JUDGEMENTS.c.undone.is_(None))
            found += judgements_of(view.connection.execute(question))
    return tuple(sorted(found, key=lambda item: item.number))


def judgement(view: SqlView, number: int) -> Judgement | None:
    """Give the judgement of a number, taken back or not; None if there is none."""
    with mapped(view.name):
        found = judgements_of(view.connection.execute(sa.select(JUDGEMENTS).where(JUDGEMENTS.c.number == number)))
    return found[0] if found else None


def failure_page(view: SqlView, *, limit: int, after: str | None) -> PageOf[Failure]:
    """Give what could not be read or kept, oldest first."""
    number = FAILURES.c.number
    question = sa.select(FAILURES).where(number > number_of(after)).order_by(number).limit(limit + 1)
    with mapped(view.name):
        rows = view.connection.execute(question).mappings().all()
    page = page_of(rows, limit=limit, place=lambda row: str(row["number"]))
    failures = ({key: value for key, value in row.items() if key != "number"} for row in page.items)
    return PageOf(tuple(Failure(**values) for values in failures), page.after)


def page_of(found: Sequence[Any], *, limit: int, place: Callable[[Any], str]) -> PageOf[Any]:
    """Make a page of one entry more than fits on it, if there are so many."""
    shown = tuple(found[:limit])
    return PageOf(shown, place(shown[-1]) if len(found) > limit else None)


def slice_of(items: Sequence[T], *, limit: int, after: str | None) -> PageOf[T]:
    """Give a page of a short list that is there as a whole; a place is the number of entries before it."""
    begin = number_of(after)
    end = begin + limit
    return PageOf(tuple(items[begin:end]), str(end) if len(items) > end else None)


def number_of(after: str | None) -> int:
    """
    Read a place that is a running number; 0 is before the first.

    Raises:
        UsageError: If it is none.
    """
    if after is None:
        return 0
    if not (after.isascii() and after.isdecimal() and len(after) <= 16) or int(after) > _LARGEST:
        raise no_place(after)
    return int(after)


def no_place(after: str) -> UsageError:
    """Give the error of a place that no page gave."""
    return UsageError(f"{after[:100]!a} is no place in this list", hint="give what the page before ended with")
