"""Judgements as a store records them, in one line each."""

from __future__ import annotations

from itertools import count
from typing import Any

import msgspec

from allegedly.records.claims import Claim
from allegedly.store.answers import Decision, Judgement

_numbers = count(1)


def plain(claim: Claim) -> dict[str, Any]:
    """Write a claim as it comes out of a store."""
    values: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(claim))
    return values


def judged(
    who: str, decision: Decision, claim: Claim | str = "c1", after: dict[str, Any] | None = None, **more: Any
) -> Judgement:
    """Judge a claim, or the row of an id that says nothing."""
    row, before = (claim, {}) if isinstance(claim, str) else (claim.id, plain(claim))
    number = next(_numbers)
    values = {
        "number": number, "row": row, "document": "d", "digest": "sha256:d", "span": (0, 1),
        "made": f"2025-01-01T{number}", "before": before,
    } | more  # fmt: skip
    return Judgement(**values, decision=decision, who=who, after=after)
