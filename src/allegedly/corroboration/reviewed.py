"""
Claims as incidents are made of them: with what people corrected, without what they call wrong.

Where reviewers differ or are not sure, a claim counts as it was read, as does
one that nobody has looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from allegedly.records.claims import Claim
from allegedly.review.states import Reviews, Standing
from allegedly.store.cluster_state import State
from allegedly.store.clusters import ClusterStore


def reviewed_claims(store: ClusterStore, claims: Iterable[Claim]) -> list[Claim]:
    """
    Give claims as people left them.

    Args:
        store: The incidents of the store that they are in.
        claims: The claims as they were read.
    """
    read = list(claims)
    reviews = Reviews(store.row_judgements(claim.id for claim in read))
    left = (reviews.reviewed(claim) for claim in read)
    return [claim for claim, standing in left if standing.state != "issue"]


def changed_since(store: ClusterStore, made: State, wanted: State) -> set[str]:
    """
    Give the ids of the claims that count otherwise than when incidents were made.

    Args:
        store: The incidents of a store.
        made: What they were made from.
        wanted: What there is now.
    """
    rows = store.judged_since(made, wanted)
    judgements = list(store.row_judgements(rows, undone=True))
    known = [
        replace(item, undone=None)
        for item in judgements
        if item.number <= made.reviews and item.number not in made.undone
    ]
    before, now = Reviews(known), Reviews(judgements)
    return {row for row in rows if _counts_as(before.standing(row)) != _counts_as(now.standing(row))}


def _counts_as(standing: Standing) -> tuple[bool, dict[str, Any]]:
    return standing.state == "issue", dict(standing.values)
