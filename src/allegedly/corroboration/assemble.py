"""One incident of its claims: who says what, where it cannot all hold, and what is known of time and place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from allegedly.corroboration.conflicts import TOLLS, find_conflicts
from allegedly.corroboration.items import days_of, range_of
from allegedly.corroboration.parties import Parties
from allegedly.corroboration.points import find_roles, incident_parties, make_points
from allegedly.corroboration.policies import Policy, estimate
from allegedly.corroboration.stance import read_stances
from allegedly.records.claims import Claim, ClaimPlace
from allegedly.records.codes import EventType
from allegedly.records.incidents import Estimate, Incident
from allegedly.records.ledger import DateRow

_EXACT: Final = ("exact", "town", "district", "region", "country", None)
_LEADING: Final[tuple[EventType, ...]] = ("ASSAULT", "DAMAGE", "HARM")
# groups of one origin that each of some documents belongs to, by id of the document
OriginsOf = Callable[[Sequence[str]], Mapping[str, Sequence[str]]]


def make_incident(
    prints: Sequence[Claim],
    links: Mapping[str, Sequence[Claim]],
    *,
    origins: OriginsOf | None = None,
) -> Incident:
    """
    Put the claims of one cluster side by side.

    Args:
        prints: The claims, once for each document that prints them; at least one holds an event.
        links: The claims that a statement without event refers to, by its id.
        origins: Gives the groups of one origin that each of some documents belongs to; without it, equal texts are one.
    """
    prints = sorted(prints, key=_time)
    claims = list({claim.id: claim for claim in reversed(prints)}.values())
    claims.sort(key=_time)
    parties = Parties()
    readings = read_stances(claims, parties, links)
    roles = find_roles(claims, readings, parties)
    rows = incident_parties(readings, parties, roles)
    points = make_points(readings, roles)
    incident_id = f"i{_first(claims).id[1:]}"
    documents = tuple(dict.fromkeys(claim.document for claim in prints))
    published = sorted(claim.published for claim in prints if claim.published)
    return Incident(
        id=incident_id,
        type=_type(claims),
        modes=_by_count(mode for claim in claims for mode in claim.modes),
        date=_date(claims),
        place=_place(claims),
        parties=rows,
        points=points,
        conflicts=find_conflicts(incident_id, points, claims, {row.id: row.name for row in rows}),
        claims=tuple(claim.id for claim in claims),
        documents=documents,
        number_of_sources=len({parties.of_claim(claim) for claim in claims}),
        number_of_origins=_count_origins(prints, origins),
        first_reported=published[0] if published else None,
        last_updated=published[-1] if published else None,
    )


def with_estimates(incident: Incident, policy: Policy) -> Incident:
    """Add single numbers by a policy."""
    found = []
    for point in incident.points:
        if point.name in TOLLS:
            value = estimate((figure for cell in point.cells for figure in cell.figures), policy)
            found += [] if value is None else [Estimate(point.name, policy, value)]
    return replace(incident, best=tuple(found))


def _time(claim: Claim) -> tuple[str, str, tuple[int, int], str]:
    return (claim.published or "9999", claim.document, claim.span, claim.id)


def _first(claims: Iterable[Claim]) -> Claim:
    """Give the claim that names the incident: earliest published, smallest id; only claims with events."""
    return min((c for c in claims if c.event is not None), key=lambda claim: (claim.published or "9999", claim.id))


def _type(claims: Iterable[Claim]) -> EventType:
    """Give the most frequent type; an act before its effects."""
    counts = Counter(claim.type for claim in claims if claim.type is not None)
    acts = {kind: count for kind, count in counts.items() if kind not in {"HARM", "DAMAGE"}} or counts
    return min(acts, key=lambda kind: (-acts[kind], kind))


def _by_count(values: Iterable[str]) -> tuple[str, ...]:
    counts = Counter(values)
    return tuple(sorted(counts, key=lambda value: (-counts[value], value)))


def _date(claims: Iterable[Claim]) -> DateRow:
    """Give the days that all stated dates leave possible; where they exclude each other, from first to last."""
    stated = [range_of(days) for claim in claims if (days := days_of(claim)) is not None]
    if not stated:
        return DateRow()
    whole = stated[0]
    for other in stated[1:]:
        whole = whole.common(other) or whole.join(other)
    first, last = (day.isoformat() if day else None for day in (whole.earliest, whole.latest))
    return DateRow(first, last, whole.precision, "stated")


def _place(claims: Iterable[Claim]) -> ClaimPlace | None:
    places = [claim.place for claim in claims if claim.place is not None]
    counts = Counter(place.name for place in places)
    return min(
        places,
        key=lambda place: (place.gazetteer is None, _EXACT.index(place.precision), -counts[place.name], place.name),
        default=None,
    )


def _count_origins(prints: Iterable[Claim], origins: OriginsOf | None) -> int:
    digests = {claim.document: claim.digest for claim in prints}
    if origins is None or len(set(digests.values())) == 1:
        return len(set(digests.values()))
    found = origins(tuple(digests))
    return len({origin for document, digest in digests.items() for origin in found.get(document, (digest,))})
