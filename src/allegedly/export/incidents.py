"""
The columns of ``incidents`` and ``conflicts``.

Incidents are made by corroboration, a room that exports do not know, and arrive
as records; with the review gate they are to be made of accepted claims alone.
Where only some claims are wanted, an incident is written whole if one of its
claims is: a denial stands wherever the accusation does. Figures of different
claims are never merged into one: ``low`` and ``high`` are the ends of all of
them, ``best`` is a policy's or empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from allegedly.export.base import Cell, Column, Material, Table, Told
from allegedly.export.columns import name_of
from allegedly.export.figures import SEPARATOR
from allegedly.records.claims import Claim, ClaimParty, ClaimPlace
from allegedly.records.incidents import AFFIRMING, CellStance, Conflict, Figure, Incident, PointName

Kind = Literal["text", "label", "day", "number", "integer"]
_OF_THE_EVENT: frozenset[PointName] = frozenset({"happened", "who"})
_ASSERTING = AFFIRMING - {"concedes"}


@dataclass(frozen=True, slots=True)
class Seen:
    """
    An incident with its claims.

    Args:
        cluster: The incident; its place as coarse as asked for.
        told: Those of its claims that pass the gate, in order of time; at least one.
    """

    cluster: Incident
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """
    A conflict with both of its claims.

    Args:
        conflict: The conflict.
        one: The claim that gives the first value.
        other: The claim that gives the second.
    """

    conflict: Conflict
    one: Told
    other: Told


def _seen(name: str, kind: Kind, help: str, value: Callable[[Incident], Cell]) -> Column:  # noqa: A002  # as in Column
    return Column(name, kind, help, lambda seen: value(seen.cluster))


def _all_told(name: str, kind: Kind, help: str, value: Callable[[Iterable[Told]], Cell]) -> Column:  # noqa: A002
    return Column(name, kind, help, lambda seen: value(seen.told))


def _place(name: str, kind: Kind, help: str, value: Callable[[ClaimPlace], Cell]) -> Column:  # noqa: A002
    return _seen(name, kind, help, lambda cluster: None if cluster.place is None else value(cluster.place))


def _joined(values: Iterable[str]) -> str | None:
    return SEPARATOR.join(dict.fromkeys(values)) or None


def _parties(role: str, name: str, which: Callable[[Claim], Iterable[ClaimParty]]) -> tuple[Column, ...]:
    def of(value: Callable[[ClaimParty], str | None]) -> Callable[[Iterable[Told]], Cell]:
        def read(told: Iterable[Told]) -> Cell:
            found = {
                (name_of(party), party.country, party.sector): value(party) or ""
                for item in told
                for party in which(item.claim)
            }
            return SEPARATOR.join(found.values()) if any(found.values()) else None

        return read

    return (
        _all_told(f"{name}_name", "text", f"{role}, by any of its claims.", of(name_of)),
        _all_told(f"{name}_country", "label", "Their ISO 3166-1 alpha-3 codes.", of(lambda party: party.country)),
        _all_told(f"{name}_sector", "label", "Their sectors.", of(lambda party: party.sector)),
    )


def _figures(cluster: Incident, name: str) -> list[Figure]:
    """Give the figures that stand: of this event, and not replaced by the same party."""
    return [
        figure
        for point in cluster.points
        if point.name == name
        for cell in point.cells
        for figure in cell.figures
        if figure.scope == "event" and not figure.replaced
    ]


def _toll(name: Literal["killed", "wounded"]) -> tuple[Column, ...]:
    def low(cluster: Incident) -> Cell:
        ends = [figure.best if figure.low is None else figure.low for figure in _figures(cluster, name)]
        return min((end for end in ends if end is not None), default=None)

    def high(cluster: Incident) -> Cell:
        ends = [figure.best if figure.high is None else figure.high for figure in _figures(cluster, name)]
        known = [end for end in ends if end is not None]
        return max(known, default=None) if len(known) == len(ends) else None

    def best(cluster: Incident) -> Cell:
        return next((item.value for item in cluster.best if item.measure == name), None)

    return (
        _seen(f"{name}_low", "number", "The lowest that any of its claims allows.", low),
        _seen(f"{name}_best", "number", "By the policy asked for; else empty, even if all agree.", best),
        _seen(f"{name}_high", "number", "The highest that any allows; empty if one is open upwards.", high),
    )


def _speakers(stances: Iterable[CellStance]) -> Callable[[Incident], Cell]:
    """Give those who take one of the stances to what happened or who did it, by name."""
    wanted = frozenset(stances)

    def read(cluster: Incident) -> Cell:
        cells = [cell for point in cluster.points if point.name in _OF_THE_EVENT for cell in point.cells]
        found = {cell.party for cell in cells if cell.stance in wanted}
        return _joined(party.name for party in cluster.parties if party.id in found)

    return read


def _state(told: Iterable[Told]) -> Cell:
    states = {item.review.state for item in told}
    return states.pop() if len(states) == 1 else "mixed"


INCIDENT_COLUMNS: tuple[Column, ...] = (
    _seen("incident_id", "label", "Id of the incident: that of its first claim.", lambda cluster: cluster.id),
    _seen("event_type", "label", "Type that most of its claims have.", lambda cluster: cluster.type),
    _seen("event_mode", "label", "Modes of its claims, most frequent first.", lambda c: _joined(c.modes)),
    *_parties("Who did it", "actor", lambda claim: claim.actors),
    *_parties("To whom", "recipient", lambda claim: claim.recipients),
    _seen("date_start", "day", "First day that the stated dates leave possible.", lambda c: c.date.earliest),
    _seen("date_end", "day", "Last such day.", lambda cluster: cluster.date.latest),
    _seen("date_precision", "label", "How exact that is.", lambda cluster: cluster.date.precision),
    _seen("date_from", "label", "`stated`, or `none` where no date is.", lambda cluster: cluster.date.from_),
    _place("placename", "text", "Where, by the most exact of its claims.", lambda place: place.name or None),
    _place("latitude", "number", "Latitude in degrees.", lambda place: place.latitude),
    _place("longitude", "number", "Longitude in degrees.", lambda place: place.longitude),
    _place("place_precision", "label", "What the coordinates stand for.", lambda place: place.precision),
    _place("adm_1", "text", "First-level administrative unit.", lambda place: place.region),
    Column("adm_2", "text", "Stays empty: the gazetteer holds no second level."),
    _place("country", "label", "ISO 3166-1 alpha-3, or code of a disputed entity.", lambda place: place.country),
    *_toll("killed"),
    *_toll("wounded"),
    _seen(
        "number_of_sources", "integer", "Parties and outlets that vouch for something.",
        lambda cluster: cluster.number_of_sources,
    ),
    _seen("number_of_origins", "integer", "Documents of independent origin.", lambda c: c.number_of_origins),
    _seen(
        "asserted_by", "text", "Who asserts or confirms that it happened, or who did it.", _speakers(_ASSERTING)
    ),
    _seen("denied_by", "text", "Who denies that.", _speakers({"denies"})),
    _seen("conceded_by", "text", "Who concedes it.", _speakers({"concedes"})),
    _seen("conflicts", "label", "On what its claims differ.", lambda c: _joined(item.field for item in c.conflicts)),
    _seen("first_reported", "text", "First day of publication.", lambda cluster: cluster.first_reported),
    _seen("last_updated", "text", "Last day of publication.", lambda cluster: cluster.last_updated),
    _all_told("claim_ids", "label", "Ids of its claims.", lambda told: _joined(i.claim.id for i in told)),
    _all_told("review_state", "label", "That of its claims; `mixed` if they differ.", _state),
    _all_told(
        "reviewer", "text", "Who decided about them.",
        lambda told: _joined(sorted({who for item in told for who, _ in item.review.taken})),
    ),
    _all_told("run_id", "label", "The runs that read them.", lambda told: _joined(sorted(i.claim.run for i in told))),
)  # fmt: skip


def _of_pair(name: str, kind: Kind, help: str, value: Callable[[Pair], Cell]) -> Column:  # noqa: A002  # as in Column
    return Column(name, kind, help, value)


CONFLICT_COLUMNS: tuple[Column, ...] = (
    _of_pair("incident_id", "label", "Id of the incident.", lambda pair: pair.conflict.incident_id),
    _of_pair("field", "label", "What they differ in.", lambda pair: pair.conflict.field),
    _of_pair("value_a", "text", "The first value, verbatim, or a fixed label.", lambda pair: pair.conflict.value_a),
    _of_pair("source_a", "text", "Who gives it.", lambda pair: pair.conflict.source_a),
    _of_pair("claim_a", "label", "Id of the claim.", lambda pair: pair.conflict.claim_a),
    _of_pair("value_b", "text", "The second value.", lambda pair: pair.conflict.value_b),
    _of_pair("source_b", "text", "Who gives that.", lambda pair: pair.conflict.source_b),
    _of_pair("claim_b", "label", "Id of that claim.", lambda pair: pair.conflict.claim_b),
    _of_pair("since", "day", "Day from which both have been said.", lambda pair: pair.conflict.since),
    _of_pair("review_state_a", "label", "Review state of the one claim.", lambda pair: pair.one.review.state),
    _of_pair("reviewer_a", "text", "Who decided about it.", lambda pair: pair.one.review.reviewer or None),
    _of_pair("run_id_a", "label", "The run that read it.", lambda pair: pair.one.claim.run),
    _of_pair("review_state_b", "label", "Review state of the other.", lambda pair: pair.other.review.state),
    _of_pair("reviewer_b", "text", "Who decided about that.", lambda pair: pair.other.review.reviewer or None),
    _of_pair("run_id_b", "label", "The run that read that.", lambda pair: pair.other.claim.run),
)


def _rows(material: Material) -> Iterator[Seen]:
    told = {item.claim.id: item for item in material.passing()}
    wanted = {item.claim.id for item in material.told()}
    for cluster in material.incidents or ():
        members = tuple(told[key] for key in cluster.claims if key in told)
        if wanted.intersection(item.claim.id for item in members):
            yield Seen(_as_asked(cluster, members[0].claim, material), members)


def _as_asked(cluster: Incident, claim: Claim, material: Material) -> Incident:
    """Make the place of an incident as coarse as those of its claims are."""
    if material.prepare is None or cluster.place is None:
        return cluster
    return replace(cluster, place=material.prepare(replace(claim, place=cluster.place)).place)


def _pairs(material: Material) -> Iterator[Pair]:
    told = {item.claim.id: item for item in material.passing()}
    wanted = {item.claim.id for item in material.told()}
    for cluster in material.incidents or ():
        for conflict in cluster.conflicts:
            ends = {conflict.claim_a, conflict.claim_b}
            if ends <= told.keys() and ends & wanted:
                yield Pair(conflict, told[conflict.claim_a], told[conflict.claim_b])


INCIDENTS = Table(INCIDENT_COLUMNS, _rows)
CONFLICTS = Table(CONFLICT_COLUMNS, _pairs)
