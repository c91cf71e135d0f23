"""
Why a name was taken for a place: the one kind of evidence that weighed most against the next best candidate.

====================================  ======================================================================
``only-candidate``                    the gazetteer has one place of that name, or several within a few kilometres
``inside-region``                     a country or region named beside it holds it, or it holds a place named there
``near-others``                       it is near other places of the text
``same-country``                      the text speaks of its country
``same-region``                       the text speaks of its region
``kind-stated``                       a word beside the name says what it is ("Karveli region")
``in-list``                           it stands in a list with places of its kind
``dateline``                          the dateline is, or is near, that place
``publishers-country``                it is in the publisher's country
``most-populous``                     it is the largest or best known place of that name
``name-as-is``                        the name is its own, and only an alternate or rarer name of the others
``one-sense-per-document``            another occurrence of the name in the text made it plain
``unresolved-ambiguous``              several places of that name, none likely enough
``unresolved-elsewhere``              only small towns in countries that the text speaks of nowhere else
``unresolved-unknown-name``           the gazetteer has no place of that name
====================================  ======================================================================
"""

from __future__ import annotations

from typing import Final, Literal, get_args

import numpy as np

from allegedly.geo.candidates import Floats
from allegedly.geo.features import FEATURES

Reason = Literal[
    "only-candidate", "inside-region", "near-others", "same-country", "same-region", "kind-stated", "in-list",
    "dateline", "publishers-country", "most-populous", "name-as-is", "one-sense-per-document", "unresolved-ambiguous",
    "unresolved-elsewhere", "unresolved-unknown-name",
]  # fmt: skip
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)

_EVIDENCE: Final[dict[Reason, tuple[str, ...]]] = {
    "inside-region": ("inside-next", "inside-next-strictly", "around-next", "around-next-strictly"),
    "near-others": ("nearest", "near", "nearest-log", "near-in-text", "cluster", "cluster-size"),
    "same-country": ("country", "country-near", "country-named", "top-country", "capital-by-country"),
    "same-region": ("region", "region-near", "region-named", "top-region"),
    "kind-stated": ("kind-as-stated", "kind-stated-otherwise", "kind-not-stated", "town-after-preposition"),
    "in-list": ("like-in-list", "country-like-in-list"),
    "dateline": ("dateline", "dateline-country", "dateline-region", "dateline-near"),
    "publishers-country": ("publishers-country",),
    "most-populous": ("people", "people-below-most", "people-below-like", "most-people", "share-of-people", "capital"),
}
_KIND_OF: Final = {feature: reason for reason, features in _EVIDENCE.items() for feature in features}
_NUMBERS: Final = np.array([REASONS.index(_KIND_OF.get(feature, "name-as-is")) for feature in FEATURES])
# What stands beside one occurrence of a name; the others have it from there.
_BESIDE: Final = frozenset[Reason](("inside-region", "in-list", "kind-stated", "dateline"))


def explain(gain: Floats | None, weights: Floats, *, bound: bool) -> Reason:
    """
    Name the evidence that weighed most.

    Args:
        gain: Features of the place less those of the next best one; None if there is no other.
        weights: The ranker's; the same shape.
        bound: Whether this occurrence has such evidence beside it, or no occurrence has.
    """
    if gain is None:
        return "only-candidate"
    reason = REASONS[int(np.bincount(_NUMBERS, gain * weights, len(REASONS)).argmax())]
    return "one-sense-per-document" if reason in _BESIDE and not bound else reason
