"""
What a statement without an event of its own is about: the claim that "that claim", "any role" or "it" refers to.

Looked for in the same document only, backwards first. A denial or doubt answers
another party's claim, best one that accuses the very party that denies; a
confirmation, the nearest claim. Nothing is linked where nothing fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from allegedly.corroboration.wording import CLAIM, HAPPENED, KILLED, RESPONSIBILITY, WHO
from allegedly.records.claims import Claim

ANSWERING: Final = frozenset(("deny", "doubt", "confirm", "claim_resp", "accuse", "other", "assert"))
_NEAR: Final = 1_500  # characters within which a statement refers back
_SHORT: Final = 12  # words; a longer content has a subject of its own


def refers_back(claim: Claim) -> bool:
    """Say whether a statement without event speaks of something said before."""
    if claim.event is not None or claim.stance not in ANSWERING:
        return False
    if claim.stance in {"deny", "doubt", "confirm", "claim_resp"}:
        return True
    words = claim.quote
    if claim.stance == "accuse":
        return len(words.split()) <= _SHORT
    return len(words.split()) <= _SHORT and bool(RESPONSIBILITY.search(words) or CLAIM.match(words))


def find_antecedents(claim: Claim, said: Sequence[tuple[Claim, str, frozenset[str]]], party: str) -> tuple[Claim, ...]:
    """
    Find what a statement refers to.

    Args:
        claim: The statement.
        said: Claims of the same document with their party and the parties they accuse; those of one event or more.
        party: The party that makes the statement.

    Returns:
        The claims it refers to, one as a rule; none if nothing fits.
    """
    before = [item for item in said if item[0].span[0] < claim.span[0] and claim.span[0] - item[0].span[1] < _NEAR]
    after = [item for item in said if item[0].span[0] >= claim.span[0] and item[0].id != claim.id]
    others = [item for item in before if item[1] != party] or [item for item in after if item[1] != party]
    if claim.stance in {"deny", "doubt"} or RESPONSIBILITY.search(claim.quote):
        accusing = [item for item in others if party in item[2]]
        if accusing and (RESPONSIBILITY.search(claim.quote) or CLAIM.match(claim.quote) or not others):
            return _nearest(claim, accusing)
        return _nearest(claim, _about(claim, others) or others)
    return _nearest(claim, others or before)


def _about(claim: Claim, said: Sequence[tuple[Claim, str, frozenset[str]]]) -> list[tuple[Claim, str, frozenset[str]]]:
    """Keep the claims that have what the statement is about: numbers, or an accused."""
    if KILLED.search(claim.quote) and not HAPPENED.search(claim.quote):
        return [item for item in said if item[0].numbers]
    if WHO.search(claim.quote):
        return [item for item in said if item[2]]
    return []


def _nearest(claim: Claim, said: Sequence[tuple[Claim, str, frozenset[str]]]) -> tuple[Claim, ...]:
    ranked = sorted(said, key=lambda item: (abs(item[0].span[0] - claim.span[0]), item[0].id))
    return (ranked[0][0],) if ranked else ()
