"""Every question that is put to the tables, by name; SQL is made here and asked elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from allegedly.errors import QueryError
from allegedly.store.query_language import Clause, Day, Figure, InDocument, Label, Query, Sign, Sure, Term, Words
from allegedly.store.search import Search
from allegedly.store.tables import CLAIM_NUMBERS, CLAIMS, DOCUMENTS, LEDGERS, RUNS

Question = sa.Select[Any]


def matching_claims(query: Query, search: Search, *, limit: int, after: int | None) -> Question:
    """Ask for the numbers of matching claims, last added first."""
    question = claims_matching(query, search)
    number = question.selected_columns[0]
    if after is not None:
        question = question.where(number < after)
    return question.order_by(number.desc()).limit(limit)


def claims_matching(query: Query, search: Search) -> Question:
    """
    Ask for the numbers of all matching claims, in no order.

    The full-text table alone knows which claims count now; where no clause is
    about words or labels, the claims are asked for and their documents say so.
    """
    text = [clause for clause in query.clauses if clause.is_text]
    other = [clause for clause in query.clauses if not clause.is_text]
    if text:
        table, number, condition = search.match("claims_text", text)
        source = table.join(CLAIMS, CLAIMS.c.number == number) if other else table
        question = sa.select(number.label("number")).select_from(source).where(condition)
    else:
        current = CLAIMS.join(DOCUMENTS, DOCUMENTS.c.current == CLAIMS.c.ledger)
        question = sa.select(CLAIMS.c.number).select_from(current)
    for clause in other:
        question = question.where(_holds(clause, _claim_condition))
    return question


def matching_documents(query: Query, search: Search, *, limit: int, after: int | None) -> Question:
    """
    Ask for the numbers of matching documents, last added first.

    Raises:
        QueryError: If the query is about claims.
    """
    for clause in query.clauses:
        for term in clause.terms:
            if not _is_of_documents(term):
                raise QueryError(
                    "a search for documents knows words, title, publisher, language, document and days of publication",
                    hint="leave out --documents to search claims",
                )
    table, number, condition = search.match("documents_text", [clause for clause in query.clauses if clause.is_text])
    source = table.join(DOCUMENTS, DOCUMENTS.c.number == number)
    question = sa.select(number.label("number")).select_from(source).where(condition)
    for clause in query.clauses:
        if not clause.is_text:
            question = question.where(_holds(clause, _document_condition))
    if after is not None:
        question = question.where(number < after)
    return question.order_by(number.desc()).limit(limit)


def _is_of_documents(term: Term) -> bool:
    match term:
        case Words(field, _, _):
            return field in {None, "title", "publisher"}
        case Label(label):
            return label.startswith("languageqx")
        case Day(field, _, _, _):
            return field == "published"
        case _:
            return isinstance(term, InDocument)


def _holds(clause: Clause, condition: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401  # a function of terms
    found = sa.or_(*(condition(term) for term in clause.terms))
    return sa.not_(found) if clause.negated else found


def _claim_condition(term: Term) -> sa.ColumnElement[bool]:
    match term:
        case Figure(measure, sign, value):
            return CLAIMS.c.number.in_(_claims_with(measure, sign, value))
        case Day(field, sign, first, last):
            days = (CLAIMS.c.published,) * 2 if field == "published" else (CLAIMS.c.earliest, CLAIMS.c.latest)
            return _day_condition(*days, sign, first, last)
        case Sure(sign, value):
            return _compared(CLAIMS.c.score, sign, value)
        case InDocument(document_id):
            of_document = sa.select(DOCUMENTS.c.current).where(DOCUMENTS.c.id == document_id)
            return CLAIMS.c.ledger.in_(of_document.where(DOCUMENTS.c.current.is_not(None)))
        case _:
            raise TypeError(f"{term!r} is for the full-text index")


def _document_condition(term: Term) -> sa.ColumnElement[bool]:
    match term:
        case Day(_, sign, first, last):
            return _day_condition(DOCUMENTS.c.published, DOCUMENTS.c.published, sign, first, last)
        case InDocument(document_id):
            return DOCUMENTS.c.id == document_id
        case _:
            raise TypeError(f"{term!r} is for the full-text index")


def _claims_with(measure: str, sign: Sign, value: float) -> Question:
    """Ask for the claims with a number that is certain to compare so."""
    at_least, at_most = CLAIM_NUMBERS.c.at_least, CLAIM_NUMBERS.c.at_most
    if sign == "=":
        certain = sa.and_(at_least == value, at_most == value)
    else:
        certain = _compared(at_least if sign.startswith(">") else at_most, sign, value)
    return sa.select(CLAIM_NUMBERS.c.claim).where(CLAIM_NUMBERS.c.measure == measure, certain)


def _compared(column: sa.ColumnElement[Any], sign: Sign, value: object) -> sa.ColumnElement[bool]:
    comparison: sa.ColumnElement[bool] = column.op(sign, is_comparison=True)(value)
    return comparison


def _day_condition(
    earliest: sa.ColumnElement[Any], latest: sa.ColumnElement[Any], sign: Sign, first: date, last: date
) -> sa.ColumnElement[bool]:
    """Compare days as text; a day with its time of day stands after the bare day and before the next one."""
    after = (last + timedelta(days=1)).isoformat() if last < date.max else "9999-12-32"
    begins = first.isoformat()
    match sign:
        case ">=":
            return latest >= begins
        case ">":
            return latest >= after
        case "<=":
            return earliest < after
        case "<":
            return earliest < begins
        case _:
            return sa.and_(latest >= begins, earliest < after)


def documents_by_number(numbers: list[int]) -> Question:
    """Ask what is known of some documents."""
    return documents_known().where(DOCUMENTS.c.number.in_(numbers))


def all_documents(*, retracted: bool) -> Question:
    """Ask for all documents in the order they were added."""
    question = documents_known().order_by(DOCUMENTS.c.number)
    return question if retracted else question.where(DOCUMENTS.c.retracted.is_(None))


def document_by_id(document_id: str) -> Question:
    """Ask for the document of an id that is not retracted."""
    return documents_known().where(DOCUMENTS.c.id == document_id, DOCUMENTS.c.retracted.is_(None))


def documents_known() -> Question:
    """Ask what is known of documents."""
    columns = [column for column in DOCUMENTS.c if column.name != "current"]
    joined = DOCUMENTS.outerjoin(LEDGERS, LEDGERS.c.number == DOCUMENTS.c.current)
    return sa.select(*columns, LEDGERS.c.run).select_from(joined)


def claims_of_numbers(numbers: list[int]) -> Question:
    """Ask for the ids of claims and the bytes that hold them."""
    joined = CLAIMS.join(LEDGERS, LEDGERS.c.number == CLAIMS.c.ledger)
    wanted = sa.select(CLAIMS.c.number, CLAIMS.c.id, CLAIMS.c.ledger, LEDGERS.c.claims).select_from(joined)
    return wanted.where(CLAIMS.c.number.in_(numbers)).order_by(CLAIMS.c.number.desc())


def current_ids(ids: Sequence[str]) -> Question:
    """Ask which of some claims count now."""
    joined = CLAIMS.join(DOCUMENTS, DOCUMENTS.c.current == CLAIMS.c.ledger)
    return sa.select(CLAIMS.c.id).select_from(joined).where(CLAIMS.c.id.in_(ids)).distinct()


def current_claims(*, document: str | None, since: str | None) -> Question:
    """Ask for the bytes of the claims that count now, one row for each document."""
    joined = DOCUMENTS.join(LEDGERS, LEDGERS.c.number == DOCUMENTS.c.current)
    question = sa.select(LEDGERS.c.claims).select_from(joined).order_by(DOCUMENTS.c.number)
    if document is not None:
        question = question.where(DOCUMENTS.c.id == document)
    return question if since is None else question.where(DOCUMENTS.c.published >= since)


def read_documents(ids: Sequence[str], run: str) -> Question:
    """Ask for id and digest of those documents that a run has read, or that are retracted."""
    joined = DOCUMENTS.outerjoin(LEDGERS, sa.and_(LEDGERS.c.document == DOCUMENTS.c.number, LEDGERS.c.run == run))
    done = sa.or_(LEDGERS.c.number.is_not(None), DOCUMENTS.c.retracted.is_not(None))
    return sa.select(DOCUMENTS.c.id, DOCUMENTS.c.digest).select_from(joined).where(DOCUMENTS.c.id.in_(ids), done)


def ledger_body(document_id: str, *, run: str | None) -> Question:
    """Ask for the ledger of a document that is not retracted: the current one, or that of a run."""
    of_document = (DOCUMENTS.c.id == document_id, DOCUMENTS.c.retracted.is_(None))
    if run is None:
        joined = DOCUMENTS.join(LEDGERS, LEDGERS.c.number == DOCUMENTS.c.current)
        return sa.select(LEDGERS.c.body).select_from(joined).where(*of_document)
    joined = DOCUMENTS.join(LEDGERS, LEDGERS.c.document == DOCUMENTS.c.number)
    return sa.select(LEDGERS.c.body).select_from(joined).where(*of_document, LEDGERS.c.run == run)


def all_runs() -> Question:
    """Ask for all runs with the number of documents each has read."""
    counted = sa.select(LEDGERS.c.run, sa.func.count().label("documents")).group_by(LEDGERS.c.run).subquery()
    joined = RUNS.outerjoin(counted, counted.c.run == RUNS.c.id)
    count = sa.func.coalesce(counted.c.documents, 0).label("documents")
    return sa.select(*RUNS.c, count).select_from(joined).order_by(RUNS.c.added, RUNS.c.id)


def common_readings(before: str, after: str) -> Question:
    """Ask for the documents that both runs have read, with both ledgers; retracted ones are left out."""
    one, other = LEDGERS.alias("one"), LEDGERS.alias("other")
    joined = one.join(other, sa.and_(other.c.document == one.c.document, other.c.run == after))
    joined = joined.join(DOCUMENTS, DOCUMENTS.c.number == one.c.document)
    question = sa.select(one.c.number, other.c.number.label("other")).select_from(joined)
    return question.where(one.c.run == before, DOCUMENTS.c.retracted.is_(None)).order_by(DOCUMENTS.c.number)
