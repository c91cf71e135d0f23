"""
Print claims, incidents and conflicts as CSV: the columns of ``allegedly export``, for there is one contract.

Imported late, for this format only.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from allegedly.cli.app import write
from allegedly.export.base import Column, Told, tell
from allegedly.export.columns import CLAIM_COLUMNS, with_policy
from allegedly.export.csv import write_csv
from allegedly.export.incidents import CONFLICT_COLUMNS, INCIDENTS, Pair, Seen
from allegedly.records.claims import Claim
from allegedly.records.incidents import Conflict, Incident
from allegedly.review.states import Reviews


def print_claims(claims: Iterable[Claim], reviews: Reviews) -> None:
    """Print claims with what people decided about them."""
    _print(CLAIM_COLUMNS, (tell(reviews, claim) for claim in claims))


def print_incidents(incidents: Sequence[Incident], claims: Iterable[Claim], reviews: Reviews | None) -> None:
    """Print incidents; ``claims`` holds all that belong to them, in any order."""
    told = _told(claims, reviews)
    policy = next((estimate.policy for incident in incidents for estimate in incident.best), None)
    columns = with_policy(INCIDENTS, policy).columns
    _print(columns, (Seen(incident, tuple(told[claim] for claim in incident.claims)) for incident in incidents))


def print_conflicts(conflicts: Sequence[Conflict], claims: Iterable[Claim], reviews: Reviews | None) -> None:
    """Print conflicts; ``claims`` holds both ends of each."""
    told = _told(claims, reviews)
    _print(CONFLICT_COLUMNS, (Pair(item, told[item.claim_a], told[item.claim_b]) for item in conflicts))


def _told(claims: Iterable[Claim], reviews: Reviews | None) -> dict[str, Told]:
    known = reviews or Reviews()
    return {claim.id: tell(known, claim) for claim in claims}


def _print(columns: Sequence[Column], rows: Iterable[Any]) -> None:
    out = io.BytesIO()
    write_csv(columns, rows, out)
    write(out.getvalue())
