"""
Tables of people: who may use the pages, who is signed in, which programs act for them, what they watch.

Passwords are kept as argon2 hashes, sessions and tokens as SHA-256 of what the
browser or program holds: whoever reads the tables cannot sign in with them.
Points in time are ISO 8601 text in UTC.
"""

from __future__ import annotations

import sqlalchemy as sa

from allegedly.store.tables import BIG, METADATA


def _text(name: str, *, key: bool = False, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=null)


USERS = sa.Table(
    "users",
    METADATA,
    _text("name", key=True),
    _text("role"),
    _text("password", null=True),
    _text("added"),
    _text("disabled", null=True),
    sqlite_strict=True,
)

SESSIONS = sa.Table(
    "sessions",
    METADATA,
    _text("id", key=True),
    _text("user"),
    _text("made"),
    _text("seen"),
    _text("expires"),
    sa.Index("sessions_user", "user"),
    sqlite_strict=True,
)

TOKENS = sa.Table(
    "tokens",
    METADATA,
    _text("id", key=True),
    _text("user"),
    _text("label"),
    _text("made"),
    _text("revoked", null=True),
    sa.Index("tokens_user", "user"),
    sqlite_strict=True,
)

WATCHES = sa.Table(
    "watches",
    METADATA,
    sa.Column("number", BIG, primary_key=True, autoincrement=False),
    _text("user"),
    _text("name"),
    _text("kind"),
    _text("query"),
    _text("made"),
    _text("removed", null=True),
    sa.Index("watches_user", "user"),
    sqlite_strict=True,
)
