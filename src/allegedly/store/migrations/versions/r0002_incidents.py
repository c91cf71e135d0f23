"""Incidents: judgements of clusters, and what is derived from rows and judgements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _judgements()
    _incidents()
    _claims_and_conflicts()


def _judgements() -> None:
    op.create_table(
        "cluster_judgements",
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("decision", "left", "right", "who", "made", "note")),
        sa.Column("undone", sa.Text(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("conflicts", BIG, nullable=False),
        sa.Column("documents", BIG, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("incidents_last", "incidents", ["last", "id"])


def _claims_and_conflicts() -> None:
    op.create_table(
        "incident_claims",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("claim"),
        sqlite_strict=True,
    )
    op.create_index("incident_claims_incident", "incident_claims", ["incident"])
    op.create_index("incident_claims_day", "incident_claims", ["day"])
    op.create_table(
        "incident_conflicts",
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("place", BIG, autoincrement=False, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("incident", "place"),
        sqlite_strict=True,
    )
    op.create_index("incident_conflicts_since", "incident_conflicts", ["since", "incident", "place"])
    op.create_index("incident_conflicts_field", "incident_conflicts", ["field", "since"])
    op.create_table(
        "incident_state",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_strict=True,
    )
