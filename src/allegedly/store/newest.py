"""
What the first page shows of incidents: the newest disputes and figures, and which incident a claim is in.

Read from the derived tables as they were last made; nothing goes through all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from allegedly.records.incidents import Conflict, Figure, Incident, PointName
from allegedly.store.cluster_tables import INCIDENT_CLAIMS, INCIDENT_CONFLICTS, INCIDENTS
from allegedly.store.clusters import ClusterStore, decode_conflict
from allegedly.store.mapping import mapped
from allegedly.store.sql import SqlStore

TOLLS: tuple[PointName, ...] = ("killed", "wounded")
_LOOKED_AT = 50  # incidents, last reported first, that are searched for changed figures
_FEW = 500  # parameters of one question


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """
    A figure that the same party replaced by a later one.

    Args:
        incident: Id of the incident.
        measure: What is counted.
        party: Who gave both, as a report names them.
        before: The earlier figure.
        after: The later one.
    """

    incident: str
    measure: PointName
    party: str
    before: Figure
    after: Figure


@dataclass(frozen=True, slots=True)
class Sketch:
    """
    What tells one incident from another on a line.

    Args:
        type: Type that most of its claims have.
        modes: Modes, most frequent first, parted by blanks.
        placename: Where; None if no place is stated.
        earliest: First day that it can have happened, ISO 8601; None if unknown.
        latest: Last day.
    """

    type: str
    modes: str
    placename: str | None
    earliest: str | None
    latest: str | None


def sketches_of(store: SqlStore, incidents: Collection[str]) -> dict[str, Sketch]:
    """Sketch a few incidents, by id."""
    table = INCIDENTS
    columns = (table.c.type, table.c.modes, table.c.placename, table.c.earliest, table.c.latest)
    question = sa.select(table.c.id, *columns).where(table.c.id.in_(incidents))
    with mapped(store.name), store.engine.connect() as connection:
        rows = connection.execute(question).all()
    return {row.id: Sketch(row.type, row.modes or "", row.placename, row.earliest, row.latest) for row in rows}


def newest_conflicts(store: SqlStore, *, limit: int, fields: Collection[str] | None = None) -> tuple[Conflict, ...]:
    """
    Give the newest conflicts.

    Args:
        store: The store.
        limit: Most of them.
        fields: Only those in one of these fields; None is all.
    """
    table = INCIDENT_CONFLICTS
    question = sa.select(table.c.body).order_by(table.c.since.desc(), table.c.incident.desc(), table.c.place.desc())
    if fields is not None:
        question = question.where(table.c.field.in_(fields))
    with mapped(store.name), store.engine.connect() as connection:
        return tuple(decode_conflict(body) for body in connection.scalars(question.limit(limit)))


def changed_figures(store: SqlStore, *, limit: int) -> tuple[ChangedFigure, ...]:
    """Give the figures of the incidents last reported that the same party has replaced, latest first."""
    incidents = ClusterStore(store).page(limit=_LOOKED_AT).incidents
    found = [change for incident in incidents for change in changes_in(incident)]
    return tuple(sorted(found, key=lambda change: change.after.said or "", reverse=True)[:limit])


def changes_in(incident: Incident) -> list[ChangedFigure]:
    """Give the figures of an incident that the same party has replaced, each with the one that came next."""
    found = []
    for point in incident.points:
        for cell in point.cells if point.name in TOLLS else ():
            party = incident.party(cell.party)
            name = party.name if party else cell.party
            for number, before in enumerate(cell.figures):
                after = next((figure for figure in cell.figures[number + 1 :] if figure.scope == before.scope), None)
                if before.replaced and after is not None:
                    found.append(ChangedFigure(incident.id, point.name, name, before, after))
    return found


def incidents_by_claim(store: SqlStore, claims: Sequence[str]) -> dict[str, str]:
    """Give the incident that each claim is in, by id; claims that are in none are left out."""
    found: dict[str, str] = {}
    with mapped(store.name), store.engine.connect() as connection:
        for start in range(0, len(claims), _FEW):
            wanted = INCIDENT_CLAIMS.c.claim.in_(claims[start : start + _FEW])
            question = sa.select(INCIDENT_CLAIMS.c.claim, INCIDENT_CLAIMS.c.incident).where(wanted)
            found |= {row.claim: row.incident for row in connection.execute(question)}
    return found
