"""
The one schema, for SQLite and PostgreSQL alike.

What is kept for good, and only ever added to: ``runs``, ``ledgers`` (the whole
ledger as compressed JSON: the truth that all else is made from), one table per
kind of row with content-hash ids, ``judgements``, ``retractions``, ``failures``.
A row of ``documents`` points at the reading that counts now (``current``), or
at none once retracted.

What can be thrown away and made again: ``claim_numbers`` and the full-text
tables ``claims_text`` and ``documents_text``, which differ between the
databases and hold what is current only.

Points in time are ISO 8601 text in UTC; so are days. Spans are code points.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

METADATA = sa.MetaData()
REAL: sa.Double[float] = sa.Double().with_variant(sa.REAL(), "sqlite")  # in PostgreSQL, REAL has half the digits
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite's strict tables know INTEGER only


def _table(name: str, *parts: sa.schema.SchemaItem, rowid: bool = True) -> sa.Table:
    return sa.Table(name, METADATA, *parts, sqlite_strict=True, sqlite_with_rowid=rowid)


def _text(name: str, *, null: bool = True, **options: Any) -> sa.Column[str]:  # noqa: ANN401  # options of Column
    return sa.Column(name, sa.Text, nullable=null, **options)


def text_column(name: str, *, key: bool = False, null: bool = False) -> sa.Column[str]:
    """Make a column of text for the tables beside these, where most must hold something."""
    return sa.Column(name, sa.Text, primary_key=key, nullable=null)


def _number() -> sa.Column[int]:
    """Make the running number of a table that we count ourselves, under the writer's lock."""
    return sa.Column("number", BIG, primary_key=True, autoincrement=False)


def _whole(name: str, *more: Any, null: bool = False, **options: Any) -> sa.Column[int]:  # noqa: ANN401  # parts of Column
    return sa.Column(name, BIG, *more, nullable=null, **options)


def _real(name: str) -> sa.Column[float]:
    return sa.Column(name, REAL)


def _rows(name: str, *columns: sa.schema.SchemaItem) -> sa.Table:
    """Make the table of a kind of row: its ledger, its key there, its content-hash id, the words it stands on."""
    return _table(
        name,
        sa.Column("ledger", BIG, sa.ForeignKey("ledgers.number"), primary_key=True, autoincrement=False),
        _text("key", primary_key=True, null=False),
        _text("id", null=False),
        _whole("start"),
        _whole("end"),
        _text("words", null=False),
        *columns,
        sa.Index(f"{name}_id", "id"),
        rowid=False,
    )


DOCUMENTS = _table(
    "documents",
    _number(),
    _text("id", null=False),
    _text("digest", null=False),
    _text("title"),
    _text("url"),
    _text("publisher"),
    _text("published"),
    _text("language"),
    _whole("characters"),
    _text("added", null=False),
    _text("retracted"),
    _whole("current", null=True),
    # A retracted id may be given to another text.
    sa.Index(
        "documents_id",
        "id",
        unique=True,
        sqlite_where=sa.text("retracted IS NULL"),
        postgresql_where=sa.text("retracted IS NULL"),
    ),
    sa.Index("documents_by_id", "id"),
    sa.Index("documents_digest", "digest"),
    sa.Index("documents_current", "current"),
)

RUNS = _table(
    "runs",
    _text("id", primary_key=True, null=False),
    _text("version", null=False),
    _text("pack", null=False),
    _text("settings", null=False),
    _text("added", null=False),
)

LEDGERS = _table(
    "ledgers",
    _number(),
    _whole("document", sa.ForeignKey("documents.number")),
    _text("run", null=False),
    _text("added", null=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("claims", sa.LargeBinary, nullable=False),
    sa.ForeignKeyConstraint(["run"], ["runs.id"]),
    sa.Index("ledgers_reading", "document", "run", unique=True),
    sa.Index("ledgers_run", "run"),
)

CLAIMS = _table(
    "claims",
    _number(),
    _whole("ledger", sa.ForeignKey("ledgers.number")),
    _text("key", null=False),
    _text("id", null=False),
    _whole("start"),
    _whole("end"),
    _text("event"),
    _text("voice", null=False),
    _text("source"),
    _text("source_type"),
    _text("source_side"),
    _text("stance", null=False),
    _text("factuality"),
    _text("type"),
    _text("published"),
    _text("earliest"),
    _text("latest"),
    _text("country"),
    _real("latitude"),
    _real("longitude"),
    _real("score"),
    sa.Index("claims_ledger", "ledger"),
    sa.Index("claims_id", "id"),
    sa.Index("claims_score", "score"),
    sa.Index("claims_source", "source"),
)

CLAIM_NUMBERS = _table(
    "claim_numbers",
    _text("measure", primary_key=True, null=False),
    sa.Column("claim", BIG, primary_key=True, autoincrement=False),
    sa.Column("place", BIG, primary_key=True, autoincrement=False),
    _real("at_least"),
    _real("at_most"),
    sa.Index("claim_numbers_claim", "claim"),
    rowid=False,
)

ATTRIBUTIONS = _rows(
    "attributions",
    _text("source"),
    _text("source_name"),
    _text("source_type"),
    _text("cue"),
    _text("stance", null=False),
    _text("form", null=False),
    _text("parent"),
    _real("score"),
)

QUANTITIES = _rows(
    "quantities",
    _text("measure", null=False),
    _real("low"),
    _real("best"),
    _real("high"),
    _text("qualifier", null=False),
)

ENTITIES = _rows(
    "entities",
    _text("type", null=False),
    _text("country"),
    _text("sector"),
    _text("side"),
    _text("actor"),
    _text("role"),
    _text("reason", null=False),
    _whole("mentions"),
)

TIMES = _rows(
    "times",
    _text("type", null=False),
    _text("value"),
    _text("earliest"),
    _text("latest"),
    _text("precision"),
    _text("origin", null=False),
)

PLACES = _rows(
    "places",
    _text("name", null=False),
    _text("gazetteer"),
    _real("latitude"),
    _real("longitude"),
    _text("country"),
    _text("precision"),
    _whole("candidates"),
    _text("reason", null=False),
)

JUDGEMENTS = _table(
    "judgements",
    _number(),
    _text("row", null=False),
    _text("document", null=False),
    _text("digest", null=False),
    _whole("start"),
    _whole("end"),
    _text("decision", null=False),
    _text("who", null=False),
    _text("made", null=False),
    _text("before", null=False),
    _text("after"),
    _text("note", null=False),
    _text("undone"),
    _text("undone_by"),
    _text("queue", null=False, server_default=""),
    _whole("blind", server_default="0"),
    sa.Index("judgements_row", "row"),
    sa.Index("judgements_digest", "digest"),
    sa.Index("judgements_standing", "row", "undone", "who"),
    sa.Index("judgements_undone", "undone"),
)

RETRACTIONS = _table(
    "retractions",
    _number(),
    _whole("document", sa.ForeignKey("documents.number")),
    _text("who", null=False),
    _text("made", null=False),
    _text("why", null=False),
    _text("undone"),
    _text("undone_by"),
    sa.Index("retractions_document", "document"),
)

FAILURES = _table(
    "failures",
    _number(),
    _text("made", null=False),
    _text("place", null=False),
    _text("document"),
    _text("error", null=False),
    _text("message", null=False),
    _text("hint", null=False),
)

# Kinds of rows by the letter that their ids and keys begin with.
ROWS: dict[str, sa.Table] = {
    "a": ATTRIBUTIONS,
    "e": ENTITIES,
    "p": PLACES,
    "q": QUANTITIES,
    "t": TIMES,
}
KINDS = {"a": "attribution", "c": "claim", "e": "entity", "p": "place", "q": "quantity", "t": "time"}
