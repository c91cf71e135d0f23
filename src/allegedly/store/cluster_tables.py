"""
Tables of incidents: what people decided about clusters, kept for good, and what is derived, thrown away at will.

``cluster_judgements`` is only ever added to. ``incidents``, ``incident_claims``,
``incident_conflicts`` and ``incident_state`` can be emptied at any time; the
next look at incidents makes them again from rows and judgements.
"""

from __future__ import annotations

import sqlalchemy as sa

from allegedly.store.tables import BIG, METADATA, REAL


def _text(name: str, *, key: bool = False, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=null)


CLUSTER_JUDGEMENTS = sa.Table(
    "cluster_judgements",
    METADATA,
    sa.Column("number", BIG, primary_key=True, autoincrement=False),
    _text("decision"),
    _text("left"),
    _text("right"),
    _text("who"),
    _text("made"),
    _text("note"),
    _text("undone", null=True),
    _text("undone_by", null=True),
    sqlite_strict=True,
)

INCIDENTS = sa.Table(
    "incidents",
    METADATA,
    _text("id", key=True),
    _text("last"),
    _text("type"),
    _text("country", null=True),
    sa.Column("conflicts", BIG, nullable=False),
    sa.Column("documents", BIG, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    _text("modes", null=True),
    _text("earliest", null=True),
    _text("latest", null=True),
    _text("placename", null=True),
    _text("precision", null=True),
    *(sa.Column(name, REAL, nullable=True) for name in ("latitude", "longitude", "radius")),
    sa.Column("origins", BIG, nullable=True),
    sa.Index("incidents_last", "last", "id"),
    sa.Index("incidents_earliest", "earliest"),
    sqlite_strict=True,
)

INCIDENT_CLAIMS = sa.Table(
    "incident_claims",
    METADATA,
    _text("claim", key=True),
    _text("incident"),
    _text("day"),
    sa.Index("incident_claims_incident", "incident"),
    sa.Index("incident_claims_day", "day"),
    sqlite_strict=True,
)

INCIDENT_CONFLICTS = sa.Table(
    "incident_conflicts",
    METADATA,
    _text("incident", key=True),
    sa.Column("place", BIG, primary_key=True, autoincrement=False),
    _text("field"),
    _text("since"),
    _text("body"),
    sa.Index("incident_conflicts_since", "since", "incident", "place"),
    sa.Index("incident_conflicts_field", "field", "since"),
    sqlite_strict=True,
)

INCIDENT_STATE = sa.Table("incident_state", METADATA, _text("key", key=True), _text("value"), sqlite_strict=True)
DERIVED = (INCIDENTS, INCIDENT_CLAIMS, INCIDENT_CONFLICTS, INCIDENT_STATE)
