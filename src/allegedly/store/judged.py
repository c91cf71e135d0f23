"""What several people judged, and the last judgements: for those who compare reviewers."""

from __future__ import annotations

import sqlalchemy as sa

from allegedly.store.answers import Judgement
from allegedly.store.judgements import judgements_of
from allegedly.store.lists import JudgementFilter, PageOf, number_of, page_of
from allegedly.store.mapping import mapped
from allegedly.store.tables import JUDGEMENTS
from allegedly.store.viewing import SqlView


def judged_by_several(view: SqlView) -> tuple[Judgement, ...]:
    """Give the judgements that stand of all rows that two people or more have judged, oldest first."""
    standing = JUDGEMENTS.c.undone.is_(None)
    people = sa.func.count(JUDGEMENTS.c.who.distinct())
    rows = sa.select(JUDGEMENTS.c.row).where(standing).group_by(JUDGEMENTS.c.row).having(people > 1)
    question = sa.select(JUDGEMENTS).where(standing, JUDGEMENTS.c.row.in_(rows)).order_by(JUDGEMENTS.c.number)
    with mapped(view.name):
        return judgements_of(view.connection.execute(question))


def last_judgements(view: SqlView, wanted: JudgementFilter, *, limit: int, after: str | None) -> PageOf[Judgement]:
    """Give judgements, last ones first."""
    number = JUDGEMENTS.c.number
    question = sa.select(JUDGEMENTS).order_by(number.desc()).limit(limit + 1)
    if after is not None:
        question = question.where(number < number_of(after))
    for column in ("document", "row", "who"):
        if (value := getattr(wanted, column)) is not None:
            question = question.where(JUDGEMENTS.c[column] == value)
    if not wanted.undone:
        question = question.where(JUDGEMENTS.c.undone.is_(None))
    with mapped(view.name):
        found = judgements_of(view.connection.execute(question))
    return page_of(found, limit=limit, place=lambda item: str(item.number))


def reviewers(view: SqlView) -> tuple[str, ...]:
    """Give all who have judged something that stands, by name."""
    question = sa.select(JUDGEMENTS.c.who).distinct().where(JUDGEMENTS.c.undone.is_(None)).order_by(JUDGEMENTS.c.who)
    with mapped(view.name):
        return tuple(view.connection.scalars(question))
