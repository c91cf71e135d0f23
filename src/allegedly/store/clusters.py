"""
Incidents in the store: judgements of clusters, and the derived tables that make a first page quick.

The derived tables know what they were made from (:class:`State`); when documents
or judgements have come since, :mod:`allegedly.corroboration.keeping` makes what
changed again. Nothing here decides what belongs together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from allegedly.errors import NotInStore, UsageError
from allegedly.records.claims import Claim
from allegedly.records.incidents import ClusterDecision, ClusterJudgement, Conflict, Incident
from allegedly.store.answers import Judgement
from allegedly.store.briefs import brief_values
from allegedly.store.clock import now
from allegedly.store.cluster_state import State, generation_of, judged_since, made_state, read_state, write_state
from allegedly.store.cluster_tables import (
    CLUSTER_JUDGEMENTS,
    DERIVED,
    INCIDENT_CLAIMS,
    INCIDENT_CONFLICTS,
    INCIDENTS,
)
from allegedly.store.codec import pack, unpack, unpack_claims
from allegedly.store.judgements import read_judgements
from allegedly.store.mapping import mapped
from allegedly.store.sql import SqlStore
from allegedly.store.tables import CLAIMS, DOCUMENTS, LEDGERS
from allegedly.store.viewing import SqlView

T = TypeVar("T")
_incident = msgspec.json.Decoder(Incident)
decode_conflict = msgspec.json.Decoder(Conflict).decode
_FEW = 500  # parameters of one question


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """
    A page of incidents, last reported first.

    Args:
        incidents: The incidents.
        after: Id that the next page begins after; None on the last one.
    """

    incidents: tuple[Incident, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """
    A page of conflicts, newest first.

    Args:
        conflicts: The conflicts.
        after: What the next page begins after; None on the last one.
    """

    conflicts: tuple[Conflict, ...]
    after: str | None


class ClusterStore:
    """
    The incidents of a store.

    Args:
        store: The store.
        view: Look at it as this view does; None is as it is now, anew for each question.
    """

    def __init__(self, store: SqlStore, view: SqlView | None = None) -> None:
        self._store, self._view = store, view

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        kept = None if self._view is None else nullcontext(self._view.connection)
        with mapped(self._store.name), kept or self._store.engine.connect() as connection:
            yield connection

    # what people decided

    def judge(
        self, decision: ClusterDecision, left: Sequence[str], right: Sequence[str], *, who: str, note: str = ""
    ) -> ClusterJudgement:
        """
        Record a judgement.

        Args:
            decision: ``merge`` or ``split``.
            left: Ids of claims.
            right: Ids of claims.
            who: The person.
            note: Why.

        Raises:
            UsageError: If nobody decides, or a side is empty or on both sides.
        """
        if not who.strip():
            raise UsageError("a judgement needs somebody who makes it", hint="say --who NAME")
        if not left or not right or set(left) & set(right):
            raise UsageError(f"a {decision} needs claims on both sides, and none on both", hint="see `allegedly show`")
        with self._store.transaction() as connection:
            last = connection.scalar(sa.select(sa.func.max(CLUSTER_JUDGEMENTS.c.number))) or 0
            judgement = ClusterJudgement(last + 1, decision, tuple(left), tuple(right), who, now(), note)
            values = {name: getattr(judgement, name) for name in CLUSTER_JUDGEMENTS.c.keys()}  # noqa: SIM118  # no mapping
            values |= {"left": _json(judgement.left), "right": _json(judgement.right)}
            connection.execute(sa.insert(CLUSTER_JUDGEMENTS).values(**values))
        return judgement

    def undo(self, number: int, *, who: str) -> ClusterJudgement:
        """
        Take a judgement back; it stays recorded.

        Raises:
            NotInStore: If there is none of this number that still stands.
        """
        table = CLUSTER_JUDGEMENTS
        standing = sa.update(table).where(table.c.number == number, table.c.undone.is_(None))
        with self._store.transaction() as connection:
            if connection.execute(standing.values(undone=now(), undone_by=who)).rowcount != 1:
                raise NotInStore(
                    f"store {self._store.name}: there is no merge or split {number} that still stands",
                    hint="`allegedly incidents judgements` lists them",
                )
        return next(item for item in self.judgements(undone=True) if item.number == number)

    def judgements(self, *, undone: bool = False) -> tuple[ClusterJudgement, ...]:
        """Give the judgements, oldest first; those taken back only if asked for."""
        question = sa.select(CLUSTER_JUDGEMENTS).order_by(CLUSTER_JUDGEMENTS.c.number)
        if not undone:
            question = question.where(CLUSTER_JUDGEMENTS.c.undone.is_(None))
        with self._reading() as connection:
            rows = connection.execute(question).all()
        return tuple(_judgement(row) for row in rows)

    # what they are made from

    def state(self) -> State:
        """Say what there is to make incidents from."""
        with self._reading() as connection:
            return read_state(connection)

    def made_from(self) -> State | None:
        """Say what the derived tables were made from; None if they are empty or of an older form."""
        with self._reading() as connection:
            return made_state(connection)

    def generation(self) -> str:
        """Give what changes whenever the incidents do, and with nothing else."""
        with self._reading() as connection:
            return generation_of(connection)

    def judged_since(self, made: State, wanted: State) -> set[str]:
        """Give the ids of the rows that somebody has judged between two states, or taken a judgement back of."""
        with self._reading() as connection:
            return judged_since(connection, made, wanted)

    def row_judgements(self, rows: Iterable[str], *, undone: bool = False) -> Iterator[Judgement]:
        """Go through what people decided about some rows, of each oldest first."""
        with self._reading() as connection:
            for part in _batches(sorted(set(rows))):
                yield from read_judgements(connection, rows=part, undone=undone)

    def documents_with(self, rows: Iterable[str]) -> set[int]:
        """Give the documents that some claims stand in, as far as they count."""
        found: set[int] = set()
        joined = CLAIMS.join(DOCUMENTS, DOCUMENTS.c.current == CLAIMS.c.ledger)
        with self._reading() as connection:
            for part in _batches(sorted(set(rows))):
                question = sa.select(DOCUMENTS.c.number).select_from(joined).where(CLAIMS.c.id.in_(part))
                found |= set(connection.scalars(question))
        return found

    def documents_since(self, ledger: int, *, besides: Collection[int] = ()) -> list[tuple[int, str | None]]:
        """
        Give number and publication day of the documents whose current ledger is newer, in order of days.

        Args:
            ledger: Number of a ledger.
            besides: Documents to give as well, as far as they count.
        """
        question = sa.select(DOCUMENTS.c.number, DOCUMENTS.c.published)
        with self._reading() as connection:
            found = dict(connection.execute(question.where(DOCUMENTS.c.current > ledger)).all())
            for part in _batches(sorted(besides)):
                older = question.where(DOCUMENTS.c.number.in_(part), DOCUMENTS.c.current.is_not(None))
                found |= dict(connection.execute(older).all())
        return sorted(found.items(), key=lambda item: (item[1] or "", item[0]))

    def claims_of(self, documents: Collection[int]) -> Iterator[Claim]:
        """Go through the claims of some documents, as they were read."""
        joined = DOCUMENTS.join(LEDGERS, LEDGERS.c.number == DOCUMENTS.c.current)
        with self._reading() as connection:
            for part in _batches(sorted(documents)):
                question = sa.select(LEDGERS.c.claims).select_from(joined).where(DOCUMENTS.c.number.in_(part))
                for row in connection.execute(question):
                    yield from unpack_claims(row.claims)

    def documents_of(self, incidents: Collection[str]) -> set[int]:
        """Give the documents that the claims of some incidents stand in, as far as they count."""
        names = {name for incident in self.incidents_of(incidents) for name in incident.documents}
        found: set[int] = set()
        with self._reading() as connection:
            for part in _batches(sorted(names)):
                question = sa.select(DOCUMENTS.c.number)
                found |= set(
                    connection.scalars(question.where(DOCUMENTS.c.id.in_(part), DOCUMENTS.c.current.is_not(None)))
                )
        return found

    def incidents_with(self, claims: Iterable[str]) -> set[str]:
        """Give the incidents that some claims are in."""
        found: set[str] = set()
        with self._reading() as connection:
            for part in _batches(sorted(set(claims))):
                question = sa.select(INCIDENT_CLAIMS.c.incident).where(INCIDENT_CLAIMS.c.claim.in_(part))
                found |= set(connection.scalars(question))
        return found

    def incidents_between(self, first: str, last: str) -> set[str]:
        """Give the incidents with claims about days from the first to the last, ISO 8601; "" is an unknown day."""
        day = INCIDENT_CLAIMS.c.day
        question = sa.select(INCIDENT_CLAIMS.c.incident).where(day >= first, day <= last).distinct()
        with self._reading() as connection:
            return set(connection.scalars(question))

    # what is derived

    def replace(
        self,
        gone: Collection[str],
        incidents: Sequence[Incident],
        state: State,
        *,
        days: Mapping[str, str] | None = None,
    ) -> None:
        """
        Put incidents in the place of others, in one transaction.

        Args:
            gone: Ids of those that are no more.
            incidents: Those that are there now.
            state: What all of them are made from.
            days: The day that each claim is about, ISO 8601; "" where it is unknown.
        """
        with self._store.transaction() as connection:
            for part in _batches(sorted(gone)):
                connection.execute(sa.delete(INCIDENTS).where(INCIDENTS.c.id.in_(part)))
                connection.execute(sa.delete(INCIDENT_CLAIMS).where(INCIDENT_CLAIMS.c.incident.in_(part)))
                connection.execute(sa.delete(INCIDENT_CONFLICTS).where(INCIDENT_CONFLICTS.c.incident.in_(part)))
            for table, rows in _rows_of(incidents, days or {}).items():
                for batch in _batches(rows):
                    connection.execute(sa.insert(table), list(batch))
            write_state(connection, state, changed=bool(gone or incidents))

    def clear(self) -> None:
        """Throw all derived rows away."""
        with self._store.transaction() as connection:
            for table in DERIVED:
                connection.execute(sa.delete(table))

    def page(self, *, limit: int = 50, after: str | None = None, conflicts_only: bool = False) -> IncidentPage:
        """
        Give a page of incidents, last reported first.

        Args:
            limit: Most of them.
            after: Id of the last one on the page before.
            conflicts_only: Only those with conflicts.

        Raises:
            NotInStore: If there is no incident of the id ``after``.
        """
        question = sa.select(INCIDENTS.c.id, INCIDENTS.c.body).order_by(INCIDENTS.c.last.desc(), INCIDENTS.c.id.desc())
        if conflicts_only:
            question = question.where(INCIDENTS.c.conflicts > 0)
        with self._reading() as connection:
            if after is not None:
                last = connection.scalar(sa.select(INCIDENTS.c.last).where(INCIDENTS.c.id == after))
                if last is None:
                    raise NotInStore(f"there is no incident {after}", hint="begin with the first page again")
                question = question.where(sa.tuple_(INCIDENTS.c.last, INCIDENTS.c.id) < sa.tuple_(last, after))
            rows = connection.execute(question.limit(limit + 1)).all()
        found = tuple(_incident.decode(unpack(row.body)) for row in rows[:limit])
        return IncidentPage(found, rows[limit - 1].id if len(rows) > limit else None)

    def conflicts(self, *, limit: int = 50, after: str | None = None, field: str | None = None) -> ConflictPage:
        """
        Give a page of conflicts, newest first.

        Args:
            limit: Most of them.
            after: ``after`` of the page before.
            field: Only those in this field.

        Raises:
            UsageError: If ``after`` is none that a page gave.
        """
        table = INCIDENT_CONFLICTS
        order = (table.c.since.desc(), table.c.incident.desc(), table.c.place.desc())
        question = sa.select(table).order_by(*order)
        if field is not None:
            question = question.where(table.c.field == field)
        if after is not None:
            since, incident, place = _cursor(after)
            key = sa.tuple_(table.c.since, table.c.incident, table.c.place)
            question = question.where(key < sa.tuple_(since, incident, place))
        with self._reading() as connection:
            rows = connection.execute(question.limit(limit + 1)).all()
        found = tuple(decode_conflict(row.body) for row in rows[:limit])
        last = rows[limit - 1] if len(rows) > limit else None
        return ConflictPage(found, None if last is None else f"{last.since}~{last.incident}~{last.place}")

    def incidents_of(self, ids: Collection[str]) -> list[Incident]:
        """Give incidents by their ids."""
        found: list[Incident] = []
        with self._reading() as connection:
            for part in _batches(sorted(ids)):
                question = sa.select(INCIDENTS.c.body).where(INCIDENTS.c.id.in_(part)).order_by(INCIDENTS.c.id)
                found += [_incident.decode(unpack(body)) for body in connection.scalars(question)]
        return found

    def incident(self, incident_id: str) -> Incident:
        """
        Give an incident by its id, the beginning of it, an id it once had, or the id of one of its claims.

        Raises:
            NotInStore: If there is none.
            UsageError: If the beginning is that of several.
        """
        digits = incident_id[1:]
        begins = INCIDENTS.c.id.startswith(f"i{digits}", autoescape=True)
        claim = INCIDENT_CLAIMS.c.claim.startswith(f"c{digits}", autoescape=True)
        with self._reading() as connection:
            ids = set(connection.scalars(sa.select(INCIDENTS.c.id).where(begins).limit(2)))
            ids = ids or set(connection.scalars(sa.select(INCIDENT_CLAIMS.c.incident).where(claim).limit(2)))
        if len(ids) > 1:
            raise UsageError(f"several incidents begin with {incident_id}", hint="give more of the id")
        if not ids:
            raise NotInStore(
                f"store {self._store.name}: there is no incident {incident_id}", hint="`allegedly incidents` lists them"
            )
        return self.incidents_of(ids)[0]

    def count(self) -> tuple[int, int]:
        """Count incidents and conflicts."""
        counted = (sa.select(sa.func.count()).select_from(table) for table in (INCIDENTS, INCIDENT_CONFLICTS))
        with self._reading() as connection:
            incidents, conflicts = (connection.scalar(question) or 0 for question in counted)
        return incidents, conflicts


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    """Part values into lists short enough for one question."""
    rest = iter(values)
    while part := list(islice(rest, _FEW)):
        yield part


def _rows_of(incidents: Sequence[Incident], days: Mapping[str, str]) -> dict[sa.Table, list[dict[str, Any]]]:
    rows: dict[sa.Table, list[dict[str, Any]]] = {INCIDENTS: [], INCIDENT_CLAIMS: [], INCIDENT_CONFLICTS: []}
    for incident in incidents:
        rows[INCIDENTS].append({**brief_values(incident), "body": pack(msgspec.json.encode(incident))})
        rows[INCIDENT_CLAIMS] += [
            {"claim": claim, "incident": incident.id, "day": days.get(claim, "")} for claim in incident.claims
        ]
        rows[INCIDENT_CONFLICTS] += [
            {"incident": incident.id, "place": place, "field": row.field, "since": row.since or "", "body": _json(row)}
            for place, row in enumerate(incident.conflicts)
        ]
    return {table: found for table, found in rows.items() if found}


def _judgement(row: sa.Row[Any]) -> ClusterJudgement:
    values = dict(row._mapping)  # noqa: SLF001  # its public name
    return ClusterJudgement(**(values | {side: tuple(msgspec.json.decode(values[side])) for side in ("left", "right")}))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _cursor(after: str) -> tuple[str, str, int]:
    parts = after.split("~")
    if len(parts) != 3 or not parts[2].isdecimal():
        raise UsageError(f"{after!r} is no place in the list of conflicts", hint="give what the page before ended with")
    return parts[0], parts[1], int(parts[2])
