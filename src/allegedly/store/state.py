"""What all answers of a store depend on, in a few words: the same words mean the same answers."""

from __future__ import annotations

import sqlalchemy as sa

from allegedly.store.cluster_tables import CLUSTER_JUDGEMENTS, INCIDENT_STATE
from allegedly.store.mapping import mapped
from allegedly.store.tables import DOCUMENTS, FAILURES, JUDGEMENTS, LEDGERS, RETRACTIONS
from allegedly.store.viewing import SqlView


def state_of(view: SqlView) -> str:
    """
    Give words that change whenever an answer about the store can.

    Rows are only ever added, and taken back by a mark: the last number of each
    table and the number of marks say it all. Incidents are made of these, later;
    what they were made from counts as well. When the first document came tells
    one store from another in its place.
    """
    counts = [sa.select(sa.func.max(table.c.number)) for table in (LEDGERS, FAILURES)]
    for table in (RETRACTIONS, JUDGEMENTS, CLUSTER_JUDGEMENTS):
        counts += [sa.select(sa.func.max(table.c.number)), sa.select(sa.func.count(table.c.undone))]
    counts.append(sa.select(DOCUMENTS.c.added).order_by(DOCUMENTS.c.number).limit(1))
    question = sa.select(*(count.scalar_subquery().label(f"count_{k}") for k, count in enumerate(counts)))
    made = sa.select(INCIDENT_STATE.c.key, INCIDENT_STATE.c.value).order_by(INCIDENT_STATE.c.key)
    with mapped(view.name):
        now = view.connection.execute(question).one()
        before = view.connection.execute(made).all()
    return " ".join(map(str, (*now, *(f"{key}={value}" for key, value in before))))
