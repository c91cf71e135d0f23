"""Pages: where and when of incidents beside their bodies, how a judgement was asked for, people and what they watch."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REAL: sa.Double[float] = sa.Double().with_variant(sa.REAL(), "sqlite")


def upgrade() -> None:
    """Add the columns, make the tables."""
    _incidents()
    _judgements()
    _people()
    op.create_index("claims_score", "claims", ["score"])
    op.create_index("claims_source", "claims", ["source"])


def _incidents() -> None:
    """Add what a map and a timeline need; filled when incidents are made again."""
    for name in ("modes", "earliest", "latest", "placename", "precision"):
        op.add_column("incidents", sa.Column(name, sa.Text(), nullable=True))
    for name in ("latitude", "longitude", "radius"):
        op.add_column("incidents", sa.Column(name, REAL, nullable=True))
    op.add_column("incidents", sa.Column("origins", BIG, nullable=True))
    op.create_index("incidents_earliest", "incidents", ["earliest"])


def _judgements() -> None:
    op.add_column("judgements", sa.Column("queue", sa.Text(), nullable=False, server_default=""))
    op.add_column("judgements", sa.Column("blind", BIG, nullable=False, server_default="0"))
    op.create_index("judgements_standing", "judgements", ["row", "undone", "who"])
    op.create_index("judgements_undone", "judgements", ["undone"])


def _people() -> None:
    _table("users", ("name",), ("role", "added"), ("password", "disabled"))
    _table("sessions", ("id",), ("user", "made", "seen", "expires"), ())
    _table("tokens", ("id",), ("user", "label", "made"), ("revoked",))
    op.create_table(
        "watches",
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("user", "name", "kind", "query", "made")),
        sa.Column("removed", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )
    for table in ("sessions", "tokens", "watches"):
        op.create_index(f"{table}_user", table, ["user"])


def _table(name: str, key: tuple[str, ...], stated: tuple[str, ...], open_: tuple[str, ...]) -> None:
    op.create_table(
        name,
        *(sa.Column(column, sa.Text(), nullable=False) for column in (*key, *stated)),
        *(sa.Column(column, sa.Text(), nullable=True) for column in open_),
        sa.PrimaryKeyConstraint(*key),
        sqlite_strict=True,
    )
