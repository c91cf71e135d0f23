"""
Incidents in brief: when, where and how much in dispute, without their bodies.

A map of thousands of incidents, a timeline and a list need no more than this;
it is read from the columns of the derived table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa

from allegedly.records.codes import EventType
from allegedly.records.incidents import Incident
from allegedly.store.cluster_tables import INCIDENTS
from allegedly.store.lists import PageOf, no_place, page_of
from allegedly.store.mapping import mapped
from allegedly.store.sql import SqlStore
from allegedly.store.viewing import SqlView


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
        dated: Only those with a day, or only those without.
        placed: Only those that a map can show: with coordinates that stand for less than a country; or only the others.
    """

    first: str | None = None
    last: str | None = None
    type: str | None = None
    country: str | None = None
    conflicts_only: bool = False
    dated: bool | None = None
    placed: bool | None = None


_WEIGHED = 500  # incidents compared with one
_FAR = 100_000  # days: beyond any two incidents
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


def briefs(
    store: SqlStore, wanted: BriefFilter | None = None, *, limit: int | None = None, after: str | None = None
) -> Iterator[Brief]:
    """
    Go through incidents in brief, latest first, undated ones last.

    Args:
        store: The store; its incidents as they were last made.
        wanted: Which ones; None is all.
        limit: Most of them.
        after: :func:`place_of` the last one on the page before.

    Raises:
        UsageError: If ``after`` is no such place.
    """
    with mapped(store.name), store.engine.connect() as connection:
        rows = connection.execute(_question(wanted or BriefFilter(), after).limit(limit)).all()
    yield from map(_brief, rows)


def brief_page(view: SqlView, wanted: BriefFilter, *, limit: int, after: str | None) -> PageOf[Brief]:
    """
    Give a page of incidents in brief, latest first, undated ones last.

    Raises:
        UsageError: If ``after`` is none that a page gave.
    """
    with mapped(view.name):
        found = [_brief(row) for row in view.connection.execute(_question(wanted, after).limit(limit + 1))]
    return page_of(found, limit=limit, place=place_of)


def _question(wanted: BriefFilter, after: str | None) -> sa.Select[Any]:
    undated = sa.case((INCIDENTS.c.latest.is_(None), 1), else_=0)
    question = sa.select(*_COLUMNS).order_by(undated, INCIDENTS.c.latest.desc(), INCIDENTS.c.id.desc())
    question = question.where(*_conditions(wanted))
    return question if after is None else question.where(_behind(after))


def _behind(after: str) -> sa.ColumnElement[bool]:
    """Ask for what stands behind a place: its last day, empty for an undated one, and id of the incident before."""
    latest, sign, last = after.partition("~")
    if not sign:
        raise no_place(after)
    day, same = INCIDENTS.c.latest, INCIDENTS.c.id < last
    if not latest:
        return sa.and_(day.is_(None), same)
    return sa.or_(day < latest, sa.and_(day == latest, same), day.is_(None))


def _brief(row: sa.Row[Any]) -> Brief:
    values = dict(row._mapping)  # noqa: SLF001  # its public name
    return Brief(**(values | {"modes": tuple((row.modes or "").split()), "origins": row.origins or 0}))


def place_of(brief: Brief) -> str:
    """Say where in the order an incident stands, so that a next page can begin after it."""
    return f"{brief.latest or ''}~{brief.id}"


def count_briefs(store: SqlStore, wanted: BriefFilter | None = None) -> int:
    """Count incidents."""
    question = sa.select(sa.func.count()).select_from(INCIDENTS).where(*_conditions(wanted or BriefFilter()))
    with mapped(store.name), store.engine.connect() as connection:
        return connection.scalar(question) or 0


@dataclass(frozen=True, slots=True)
class Choices:
    """
    What incidents can be chosen by.

    Args:
        types: Types that some have, in order of the alphabet.
        countries: Countries that some are in, ISO 3166-1 alpha-3.
    """

    types: tuple[str, ...]
    countries: tuple[str, ...]


def choices(store: SqlStore) -> Choices:
    """Say which types and countries there are."""
    with mapped(store.name), store.engine.connect() as connection:
        types, countries = (
            tuple(connection.scalars(sa.select(column).where(column.is_not(None)).distinct().order_by(column)))
            for column in (INCIDENTS.c.type, INCIDENTS.c.country)
        )
    return Choices(types, countries)


def nearest_briefs(store: SqlStore, incident: Incident, *, days: int = 7, limit: int = 8) -> list[Brief]:
    """
    Give the incidents nearest to one in place and day, that one left out: those that may be the same.

    Args:
        store: The store.
        incident: The one.
        days: How far its days may be away.
        limit: Most of them.
    """
    own = brief_values(incident)
    first, last = (_moved(own[key], by) for key, by in (("earliest", -days), ("latest", days)))
    found = briefs(store, BriefFilter(first=first, last=last), limit=_WEIGHED)
    return sorted((brief for brief in found if brief.id != incident.id), key=partial(_distance, own))[:limit]


def _distance(own: dict[str, Any], brief: Brief) -> tuple[int, float, str]:
    """Order by place first: the same name, then the same country; by days then."""
    same = own["placename"] is not None and own["placename"] == brief.placename
    country = own["country"] is not None and own["country"] == brief.country
    one, other = (day_number(day) for day in (own["latest"], brief.latest))
    apart = abs(one - other) if one and other else _FAR
    return (0 if same else 1 if country else 2, apart, brief.id)


def day_number(day: str | None) -> int:
    """Give the number of a day, ISO 8601; 0 where it is unknown."""
    try:
        return date.fromisoformat((day or "")[:10]).toordinal()
    except ValueError:
        return 0


def _moved(day: str | None, by: int) -> str | None:
    number = day_number(day)
    return date.fromordinal(number + by).isoformat() if number > abs(by) else None


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
    if wanted.dated is not None:
        yield INCIDENTS.c.latest.is_not(None) if wanted.dated else INCIDENTS.c.latest.is_(None)
    if wanted.placed is not None:
        shown = sa.and_(INCIDENTS.c.latitude.is_not(None), sa.func.coalesce(INCIDENTS.c.precision, "") != "country")
        yield shown if wanted.placed else sa.not_(shown)
