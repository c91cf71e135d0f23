"""
Tables of incidents: what people decided about clusters, kept for good, and what is derived, thrown away at will.

``cluster_judgements`` is only ever added to. ``incidents``, ``incident_claims``,
``incident_conflicts`` and ``incident_state`` can be emptied at any time; the
next look at incidents makes them again from rows and judgements.
"""

from __future__ import annotations

import sqlalchemy as sa

from allegedly.store.tables import BIG, METADATA, REAL, text_column

CLUSTER_JUDGEMENTS = sa.Table(
    "cluster_judgements",
    METADATA,
    sa.Column("number", BIG, primary_key=True, autoincrement=False),
    text_column("decision"),
    text_column("left"),
    text_column("right"),
    text_column("who"),
    text_column("made"),
    text_column("note"),
    text_column("undone", null=True),
    text_column("undone_by", null=True),
    sqlite_strict=True,
)

INCIDENTS = sa.Table(
    "incidents",
    METADATA,
    text_column("id", key=True),
    text_column("last"),
    text_column("type"),
    text_column("country", null=True),
    sa.Column("conflicts", BIG, nullable=False),
    sa.Column("documents", BIG, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    text_column("modes", null=True),
    text_column("earliest", null=True),
    text_column("latest", null=True),
    text_column("placename", null=True),
    text_column("precision", null=True),
    *(sa.Column(name, REAL, nullable=True) for name in ("latitude", "longitude", "radius")),
    sa.Column("origins", BIG, nullable=True),
    sa.Index("incidents_last", "last", "id"),
    sa.Index("incidents_earliest", "earliest"),
    sqlite_strict=True,
)

INCIDENT_CLAIMS = sa.Table(
    "incident_claims",
    METADATA,
    text_column("claim", key=True),
    text_column("incident"),
    text_column("day"),
    sa.Index("incident_claims_incident", "incident"),
    sa.Index("incident_claims_day", "day"),
    sqlite_strict=True,
)

INCIDENT_CONFLICTS = sa.Table(
    "incident_conflicts",
    METADATA,
    text_column("incident", key=True),
    sa.Column("place", BIG, primary_key=True, autoincrement=False),
    text_column("field"),
    text_column("since"),
    text_column("body"),
    sa.Index("incident_conflicts_since", "since", "incident", "place"),
    sa.Index("incident_conflicts_field", "field", "since"),
    sqlite_strict=True,
)

INCIDENT_STATE = sa.Table(
    "incident_state", METADATA, text_column("key", key=True), text_column("value"), sqlite_strict=True
)
DERIVED = (INCIDENTS, INCIDENT_CLAIMS, INCIDENT_CONFLICTS, INCIDENT_STATE)
