"""What the derived tables of incidents were made from, and what has come since."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from allegedly.store.cluster_tables import CLUSTER_JUDGEMENTS, INCIDENT_STATE
from allegedly.store.tables import DOCUMENTS, JUDGEMENTS, LEDGERS, RETRACTIONS

FORM = "3"  # of the derived rows; another one is made anew
GENERATION = "generation"


@dataclass(frozen=True, slots=True)
class State:
    """
    What the derived tables were made from.

    Args:
        ledgers: Number of the last ledger.
        retractions: Retractions, restorations and new readings of old documents so far.
        judgements: Judgements of clusters and their undoings so far.
        reviews: Number of the last judgement of a row.
        undone: Numbers of the judgements of rows that were taken back.
        form: Form of the derived rows.
    """

    ledgers: int
    retractions: int
    judgements: int
    reviews: int = 0
    undone: tuple[int, ...] = ()
    form: str = FORM

    def values(self) -> Iterator[dict[str, str]]:
        """Give its rows in the table."""
        for name in ("ledgers", "retractions", "judgements", "reviews", "undone"):
            yield {"key": name, "value": msgspec.json.encode(getattr(self, name)).decode()}
        yield {"key": "form", "value": self.form}


def read_state(connection: sa.Connection) -> State:
    """Say what there is to make incidents from."""
    count = sa.func.count()
    judged = sa.select(count + sa.func.count(CLUSTER_JUDGEMENTS.c.undone)).select_from(CLUSTER_JUDGEMENTS)
    retracted = sa.select(count + sa.func.count(RETRACTIONS.c.undone)).select_from(RETRACTIONS)
    reviewed = sa.select(sa.func.max(JUDGEMENTS.c.number))
    undone = sa.select(JUDGEMENTS.c.number).where(JUDGEMENTS.c.undone.is_not(None))
    last, read = connection.execute(sa.select(sa.func.max(LEDGERS.c.number), count)).one()
    documents = connection.scalar(sa.select(count).select_from(DOCUMENTS)) or 0
    return State(
        ledgers=last or 0,
        retractions=(connection.scalar(retracted) or 0) + read - documents,
        judgements=connection.scalar(judged) or 0,
        reviews=connection.scalar(reviewed) or 0,
        undone=tuple(sorted(connection.scalars(undone))),
    )


def made_state(connection: sa.Connection) -> State | None:
    """Say what the derived tables were made from; None if they are empty, or of another form."""
    rows: dict[str, Any] = dict(connection.execute(sa.select(INCIDENT_STATE.c.key, INCIDENT_STATE.c.value)).all())
    rows.pop(GENERATION, None)
    if rows.pop("form", None) != FORM:
        return None
    values = {name: msgspec.json.decode(value) for name, value in rows.items()}
    return State(**(values | {"undone": tuple(values["undone"])}))


def write_state(connection: sa.Connection, state: State, *, changed: bool) -> None:
    """
    Say what the derived tables are made from now.

    Args:
        connection: In a transaction.
        state: What they are made from.
        changed: Whether they are others than before; a judgement that changes no incident leaves them as they are.
    """
    generation = secrets.token_hex(8) if changed else generation_of(connection) or secrets.token_hex(8)
    connection.execute(sa.delete(INCIDENT_STATE))
    rows = [*state.values(), {"key": GENERATION, "value": generation}]
    connection.execute(sa.insert(INCIDENT_STATE), rows)


def generation_of(connection: sa.Connection) -> str:
    """Give what changes with the derived tables and never comes again; empty where they are."""
    wanted = sa.select(INCIDENT_STATE.c.value).where(INCIDENT_STATE.c.key == GENERATION)
    return connection.scalar(wanted) or ""


def judged_since(connection: sa.Connection, made: State, wanted: State) -> set[str]:
    """Give the ids of the rows that somebody has judged since, or has taken a judgement back of."""
    rows = sa.select(JUDGEMENTS.c.row)
    found = set(connection.scalars(rows.where(JUDGEMENTS.c.number > made.reviews)))
    gone = sorted(set(wanted.undone) - set(made.undone))
    for start in range(0, len(gone), 500):
        found |= set(connection.scalars(rows.where(JUDGEMENTS.c.number.in_(gone[start : start + 500]))))
    return found
