"""The first tables: documents, runs, ledgers, rows by kind, judgements, retractions, failures, full text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "r0001"
down_revision = None

REAL: sa.Double[float] = sa.Double().with_variant(sa.REAL(), "sqlite")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CLAIM_WORDS = ("passage", "source", "voice", "actor", "recipient", "place", "publisher", "title", "labels")
DOCUMENT_WORDS = ("passage", "title", "publisher", "labels")
# Lengths of columns, which only ranking needs, are not kept.
OPTIONS = """tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'", columnsize = 0"""


def upgrade() -> None:
    """Make them."""
    for make in (
        _documents,
        _runs,
        _ledgers,
        _claims,
        _attributions,
        _quantities,
        _entities,
        _times,
        _places,
        _judgements,
        _retractions,
        _failures,
        _claim_numbers,
    ):
        make()
    for name, columns in (("claims_text", CLAIM_WORDS), ("documents_text", DOCUMENT_WORDS)):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({', '.join(columns)}, {OPTIONS})")
        else:
            number = sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False)
            op.create_table(name, number, *(sa.Column(column, TSVECTOR, nullable=False) for column in columns))
            op.create_index(f"{name}_words", name, list(columns), postgresql_using="gin")


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("characters", BIG, nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("retracted", sa.Text(), nullable=True),
        sa.Column("current", BIG, nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("documents_by_id", "documents", ["id"], unique=False)
    op.create_index("documents_current", "documents", ["current"], unique=False)
    op.create_index("documents_digest", "documents", ["digest"], unique=False)
    op.create_index(
        "documents_id",
        "documents",
        ["id"],
        unique=True,
        sqlite_where=sa.text("retracted IS NULL"),
        postgresql_where=sa.text("retracted IS NULL"),
    )


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )


def _ledgers() -> None:
    op.create_table(
        "ledgers",
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        sa.Column("document", BIG, nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("claims", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.number"],
        ),
        sa.ForeignKeyConstraint(
            ["run"],
            ["runs.id"],
        ),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("ledgers_reading", "ledgers", ["document", "run"], unique=True)
    op.create_index("ledgers_run", "ledgers", ["run"], unique=False)


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        sa.Column("ledger", BIG, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("start", BIG, nullable=False),
        sa.Column("end", BIG, nullable=False),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_type", sa.Text(), nullable=True),
        sa.Column("source_side", sa.Text(), nullable=True),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("factuality", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("earliest", sa.Text(), nullable=True),
        sa.Column("latest", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("latitude", REAL, nullable=True),
        sa.Column("longitude", REAL, nullable=True),
        sa.Column("score", REAL, nullable=True),
        sa.ForeignKeyConstraint(
            ["ledger"],
            ["ledgers.number"],
        ),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("claims_id", "claims", ["id"], unique=False)
    op.create_index("claims_ledger", "claims", ["ledger"], unique=False)


def _attributions() -> None:
    op.create_table(
        "attributions",
        sa.Column("ledger", BIG, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("start", BIG, nullable=False),
        sa.Column("end", BIG, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_name", sa.Text(), nullable=True),
        sa.Column("source_type", sa.Text(), nullable=True),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("score", REAL, nullable=True),
        sa.ForeignKeyConstraint(
            ["ledger"],
            ["ledgers.number"],
        ),
        sa.PrimaryKeyConstraint("ledger", "key"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("attributions_id", "attributions", ["id"], unique=False)


def _quantities() -> None:
    op.create_table(
        "quantities",
        sa.Column("ledger", BIG, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("start", BIG, nullable=False),
        sa.Column("end", BIG, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("low", REAL, nullable=True),
        sa.Column("best", REAL, nullable=True),
        sa.Column("high", REAL, nullable=True),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger"],
            ["ledgers.number"],
        ),
        sa.PrimaryKeyConstraint("ledger", "key"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("quantities_id", "quantities", ["id"], unique=False)


def _entities() -> None:
    op.create_table(
        "entities",
        sa.Column("ledger", BIG, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("start", BIG, nullable=False),
        sa.Column("end", BIG, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("mentions", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger"],
            ["ledgers.number"],
        ),
        sa.PrimaryKeyConstraint("ledger", "key"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("entities_id", "entities", ["id"], unique=False)


def _times() -> None:
    op.create_table(
        "times",
        sa.Column("ledger", BIG, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("start", BIG, nullable=False),
        sa.Column("end", BIG, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("earliest", sa.Text(), nullable=True),
        sa.Column("latest", sa.Text(), nullable=True),
        sa.Column("precision", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger"],
            ["ledgers.number"],
        ),
        sa.PrimaryKeyConstraint("ledger", "key"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("times_id", "times", ["id"], unique=False)


def _places() -> None:
    op.create_table(
        "places",
        sa.Column("ledger", BIG, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("start", BIG, nullable=False),
        sa.Column("end", BIG, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("gazetteer", sa.Text(), nullable=True),
        sa.Column("latitude", REAL, nullable=True),
        sa.Column("longitude", REAL, nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("precision", sa.Text(), nullable=True),
        sa.Column("candidates", BIG, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger"],
            ["ledgers.number"],
        ),
        sa.PrimaryKeyConstraint("ledger", "key"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("places_id", "places", ["id"], unique=False)


def _judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("start", BIG, nullable=False),
        sa.Column("end", BIG, nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("undone", sa.Text(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("judgements_digest", "judgements", ["digest"], unique=False)
    op.create_index("judgements_row", "judgements", ["row"], unique=False)


def _retractions() -> None:
    op.create_table(
        "retractions",
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        sa.Column("document", BIG, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("undone", sa.Text(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.number"],
        ),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("retractions_document", "retractions", ["document"], unique=False)


def _failures() -> None:
    op.create_table(
        "failures",
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )


def _claim_numbers() -> None:
    op.create_table(
        "claim_numbers",
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("claim", BIG, autoincrement=False, nullable=False),
        sa.Column("place", BIG, autoincrement=False, nullable=False),
        sa.Column("at_least", REAL, nullable=True),
        sa.Column("at_most", REAL, nullable=True),
        sa.PrimaryKeyConstraint("measure", "claim", "place"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("claim_numbers_claim", "claim_numbers", ["claim"], unique=False)
