"""
Incidents in brief: when, where and how much in dispute, without their bodies.

A map of thousands of incidents, a timeline and a list need no more than this;
it is read from the columns of the derived table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from allegedly.records.codes import EventType
from allegedly.records.incidents import Incident
from allegedly.store.cluster_tables import INCIDENTS
from allegedly.store.mapping import mapped
from allegedly.store.sql import SqlStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """
    What a list, map or timeline shows of an incident.

    Args:
        id: Its id.
        type: Type that most of its claims have.
        modes: Modes, most frequent first.
        earliest: First day that it can have happened, ISO 8601; None if unknown.
        latest: Last day.
        placename: Where; None if no place is stated.
        country: ISO 3166-1 alpha-3 code; None if unknown.
        latitude: Unit: degrees; None if unresolved, or a country.
        longitude: Unit: degrees.
        radius: Unit: km around the coordinates.
        precision: What the coordinates stand for.
        conflicts: Number of conflicts.
        documents: Number of documents.
        origins: Number of documents of independent origin.
        last: Last day of publication; empty if unknown.
    """

    id: str
    type: EventType
    modes: tuple[str, ...]
    earliest: str | None
    latest: str | None
    placename: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    radius: float | None
    precision: str | None
    conflicts: int
    documents: int
    origins: int
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefFilter:
    """
    Which incidents are wanted; None and False leave open.

    Args:
        first: Those that can have happened on this day (ISO 8601) or later; undated ones are left out.
        last: Those that can have happened on this day or before.
        type: Of this type.
        country: In this country, ISO 3166-1 alpha-3.
        conflicts_only: Only those with conflicts.
    """

    first: str | None = None
    last: str | None = None
    type: str | None = None
    country: str | None = None
    conflicts_only: bool = False


_COLUMNS = [INCIDENTS.c[item.name] for item in fields(Brief)]


def brief_values(incident: Incident) -> dict[str, Any]:
    """Give the columns of the derived table that :class:`Brief` is read from."""
    place = incident.place
    return {
        "id": incident.id,
        "last": incident.last_updated or "",
        "type": incident.type,
        "modes": " ".join(incident.modes),
        "earliest": incident.date.earliest,
        "latest": incident.date.latest,
        "country": place.country if place else None,
        "placename": place.name if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "radius": place.radius if place else None,
        "precision": place.precision if place else None,
        "conflicts": len(incident.conflicts),
        "documents": len(incident.documents),
        "origins": incident.number_of_origins,
    }


def briefs(store: SqlStore, wanted: BriefFilter | None = None, *, limit: int | None = None) -> Iterator[Brief]:
    """
    Go through incidents in brief, latest first, undated ones last.

    Args:
        store: The store; its incidents as they were last made.
        wanted: Which ones; None is all.
        limit: Most of them.
    """
    undated = sa.case((INCIDENTS.c.latest.is_(None), 1), else_=0)
    question = sa.select(*_COLUMNS).order_by(undated, INCIDENTS.c.latest.desc(), INCIDENTS.c.id.desc())
    question = question.where(*_conditions(wanted or BriefFilter())).limit(limit)
    with mapped(store.name), store.engine.connect() as connection:
        rows = connection.execute(question).all()
    for row in rows:
        values = dict(row._mapping)  # noqa: SLF001  # its public name
        yield Brief(**(values | {"modes": tuple((row.modes or "").split()), "origins": row.origins or 0}))


def count_briefs(store: SqlStore, wanted: BriefFilter | None = None) -> int:
    """Count incidents."""
    question = sa.select(sa.func.count()).select_from(INCIDENTS).where(*_conditions(wanted or BriefFilter()))
    with mapped(store.name), store.engine.connect() as connection:
        return connection.scalar(question) or 0


def _conditions(wanted: BriefFilter) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.first is not None:
        yield INCIDENTS.c.latest >= wanted.first
    if wanted.last is not None:
        yield sa.func.coalesce(INCIDENTS.c.earliest, INCIDENTS.c.latest) <= wanted.last
    if wanted.type is not None:
        yield INCIDENTS.c.type == wanted.type
    if wanted.country is not None:
        yield INCIDENTS.c.country == wanted.country
    if wanted.conflicts_only:
        yield INCIDENTS.c.conflicts > 0
