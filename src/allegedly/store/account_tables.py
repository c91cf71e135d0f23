"""
Tables of people: who may use the pages, who is signed in, which programs act for them, what they watch.

Passwords are kept as argon2 hashes, sessions and tokens as SHA-256 of what the
browser or program holds: whoever reads the tables cannot sign in with them.
Points in time are ISO 8601 text in UTC.
"""

from __future__ import annotations

import sqlalchemy as sa

from allegedly.store.tables import BIG, METADATA, text_column

USERS = sa.Table(
    "users",
    METADATA,
    text_column("name", key=True),
    text_column("role"),
    text_column("password", null=True),
    text_column("added"),
    text_column("disabled", null=True),
    sqlite_strict=True,
)

SESSIONS = sa.Table(
    "sessions",
    METADATA,
    text_column("id", key=True),
    text_column("user"),
    text_column("made"),
    text_column("seen"),
    text_column("expires"),
    sa.Index("sessions_user", "user"),
    sqlite_strict=True,
)

TOKENS = sa.Table(
    "tokens",
    METADATA,
    text_column("id", key=True),
    text_column("user"),
    text_column("label"),
    text_column("made"),
    text_column("revoked", null=True),
    sa.Index("tokens_user", "user"),
    sqlite_strict=True,
)

WATCHES = sa.Table(
    "watches",
    METADATA,
    sa.Column("number", BIG, primary_key=True, autoincrement=False),
    text_column("user"),
    text_column("name"),
    text_column("kind"),
    text_column("query"),
    text_column("made"),
    text_column("removed", null=True),
    sa.Index("watches_user", "user"),
    sqlite_strict=True,
)
