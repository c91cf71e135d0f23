"""
Where what is said of an incident cannot all hold: figures, days, places, actors, and what somebody denies.

Only what two different parties or outlets say is set against each other; of one
party the last word counts. Tolls of the event and tolls summed over a longer
time are never compared. A value inside the other's bounds is no conflict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from allegedly.corroboration.items import days_of, point_of
from allegedly.corroboration.policies import standing
from allegedly.corroboration.similarity import distance
from allegedly.records.claims import Claim
from allegedly.records.incidents import AFFIRMING, Cell, Conflict, Figure, Point, PointName

DENIES: Final = "denies"
TOLLS: Final = ("killed", "wounded")


@dataclass(frozen=True, slots=True)
class Said:
    """
    One value of a field and who gives it.

    Args:
        value: The value, verbatim or a fixed label.
        party: Id of the party.
        source: Name of the party.
        claim: Id of the claim.
        since: Day it was said or published.
    """

    value: str
    party: str
    source: str
    claim: str
    since: str | None


def figures_conflict(left: Figure, right: Figure) -> bool:
    """
    Say whether two figures cannot both hold.

    Stated values conflict if either lies outside the other's bounds, bounds alone if they leave nothing in common.
    """
    if left.scope != right.scope:
        return False
    low, high = _bounds(left)
    other_low, other_high = _bounds(right)
    if left.best is not None and right.best is not None:
        return not (low <= right.best <= high and other_low <= left.best <= other_high)
    return low > other_high or other_low > high


def _bounds(figure: Figure) -> tuple[float, float]:
    low = figure.low if figure.low is not None else figure.best
    high = figure.high if figure.high is not None else (figure.best if figure.low is None else None)
    return (0.0 if low is None else float(low)), (float("inf") if high is None else float(high))


def find_conflicts(
    incident_id: str, points: Sequence[Point], claims: Sequence[Claim], names: dict[str, str]
) -> tuple[Conflict, ...]:
    """
    Find the conflicts of an incident, in order of fields and days.

    Args:
        incident_id: Its id.
        points: Its points.
        claims: Its claims.
        names: Names of the parties by id.
    """
    by_id = {claim.id: claim for claim in claims}
    found: list[tuple[PointName, Said, Said]] = []
    for point in points:
        if point.name in TOLLS:
            found += _figures(point, names)
        found += _denials(point, by_id, names)
    found += _actors(points, by_id, names)
    found += _days(points, by_id, names)
    found += _places(points, by_id, names)
    return tuple(_conflict(incident_id, *item) for item in dict.fromkeys(found))


def _conflict(incident_id: str, field: PointName, left: Said, right: Said) -> Conflict:
    """Make a row: the earlier said first, so that no party comes first by rule."""
    a, b = sorted((left, right), key=lambda said: (said.since or "9999", said.source, said.claim))
    since = max(a.since, b.since) if a.since and b.since else None
    return Conflict(incident_id, field, a.value, a.source, a.claim, b.value, b.source, b.claim, since)


def _figures(point: Point, names: dict[str, str]) -> Iterator[tuple[PointName, Said, Said]]:
    """Set the figures of two parties against each other: once, and only if none of them fits any of the other's."""
    given = [(cell.party, standing(cell.figures)) for cell in point.cells if cell.stance in AFFIRMING]
    for (party, mine), (other, theirs) in combinations(given, 2):
        if mine and theirs and parties_differ(mine, theirs):
            yield point.name, _largest(mine, party, names), _largest(theirs, other, names)


def parties_differ(mine: Sequence[Figure], theirs: Sequence[Figure]) -> bool:
    """
    Say whether the figures of two parties cannot both hold.

    A party that gives a total and its parts ("four, two of them soldiers") differs only where none of its figures fits.
    """
    return all(figures_conflict(one, other) for one in mine for other in theirs)


def _largest(figures: Sequence[Figure], party: str, names: dict[str, str]) -> Said:
    figure = max(figures, key=lambda item: (item.best or item.low or 0, item.claim))
    return Said(figure.words, party, names[party], figure.claim, figure.said)


def _denials(point: Point, claims: dict[str, Claim], names: dict[str, str]) -> Iterator[tuple[PointName, Said, Said]]:
    affirming = [cell for cell in point.cells if cell.stance in AFFIRMING]
    for denial in (cell for cell in point.cells if cell.stance == "denies"):
        for cell in affirming:
            what = point.value or (cell.figures[-1].words if cell.figures else cell.stance)
            yield (
                point.name,
                _said(what, cell.party, cell.claims[0], claims, names),
                _said(DENIES, denial.party, denial.claims[0], claims, names),
            )


def _said(value: str, party: str, claim_id: str, claims: dict[str, Claim], names: dict[str, str]) -> Said:
    claim = claims[claim_id]
    return Said(value, party, names[party], claim_id, claim.said.latest or claim.published)


def _actors(
    points: Sequence[Point], claims: dict[str, Claim], names: dict[str, str]
) -> Iterator[tuple[PointName, Said, Said]]:
    """Set against each other two parties that name one doer each, and not the same; lists of many exclude nothing."""
    given: dict[str, list[tuple[Point, Cell]]] = {}
    for point in points:
        for cell in point.cells if point.name == "who" else ():
            if cell.stance in AFFIRMING:
                given.setdefault(cell.party, []).append((point, cell))
    single = [named[0] for named in given.values() if len(named) == 1]
    for (one, left), (other, right) in combinations(single, 2):
        if one.key != other.key:
            yield (
                "who",
                _said(one.value, left.party, left.claims[0], claims, names),
                _said(other.value, right.party, right.claims[0], claims, names),
            )


def _days(
    points: Sequence[Point], claims: dict[str, Claim], names: dict[str, str]
) -> Iterator[tuple[PointName, Said, Said]]:
    for (one, left), (other, right) in _pairs(points, "when"):
        mine, theirs = days_of(claims[left[1]]), days_of(claims[right[1]])
        if mine is not None and theirs is not None and (mine[1] < theirs[0] or theirs[1] < mine[0]):
            yield "when", _said(one.value, *left, claims, names), _said(other.value, *right, claims, names)


def _places(
    points: Sequence[Point], claims: dict[str, Claim], names: dict[str, str]
) -> Iterator[tuple[PointName, Said, Said]]:
    for (one, left), (other, right) in _pairs(points, "where"):
        mine, theirs = point_of(claims[left[1]]), point_of(claims[right[1]])
        if mine is not None and theirs is not None and distance(mine, theirs) > mine[2] + theirs[2]:
            yield "where", _said(one.value, *left, claims, names), _said(other.value, *right, claims, names)


def _pairs(
    points: Sequence[Point], name: PointName
) -> Iterator[tuple[tuple[Point, tuple[str, str]], tuple[Point, tuple[str, str]]]]:
    """Give pairs of different values of a point, each with a party and its first claim."""
    given = [
        (point, (cell.party, cell.claims[0]))
        for point in points
        if point.name == name
        for cell in point.cells
        if cell.stance in AFFIRMING
    ]
    for one, other in combinations(given, 2):
        if one[0].key != other[0].key and one[1][0] != other[1][0]:
            yield one, other
