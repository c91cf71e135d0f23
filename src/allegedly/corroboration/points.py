"""
The points of an incident with a cell for each party, and the status of each point.

A cell holds a party's last word with all claims behind it. The status says who
has spoken: ``disputed`` (somebody affirms and another denies, or figures cannot
both hold), ``confirmed-by-other-side`` (the accused and another party affirm),
``third-party`` (an outside voice affirms; or reports in their own voice, where no
party does), ``one-sided`` (all else).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from allegedly.corroboration.conflicts import TOLLS, parties_differ
from allegedly.corroboration.parties import Parties
from allegedly.corroboration.policies import standing
from allegedly.corroboration.stance import Reading
from allegedly.corroboration.wording import REVISION
from allegedly.records.claims import Claim
from allegedly.records.incidents import (
    AFFIRMING,
    POINTS,
    Cell,
    CellStance,
    Figure,
    IncidentParty,
    Point,
    PointName,
    PointStatus,
    Role,
)

_RANK: dict[CellStance, int] = {"denies": 4, "concedes": 3, "confirms": 2, "asserts": 1, "doubts": 0, "silent": -1}


@dataclass(frozen=True, slots=True)
class Roles:
    """
    What parts the parties of an incident have.

    Args:
        accused: Named as doers, by themselves or by others.
        harmed: Named as those to whom it was done.
        accusers: Name another party as doer.
        outside: Speak for neither side: relief, medics, witnesses, international bodies.
        reports: A report's own voice.
    """

    accused: frozenset[str]
    harmed: frozenset[str]
    accusers: frozenset[str]
    outside: frozenset[str]
    reports: frozenset[str]

    def of(self, party: str) -> tuple[Role, ...]:
        """Give the roles of a party, in the order of the vocabulary."""
        given: tuple[tuple[Role, frozenset[str]], ...] = (
            ("accused", self.accused), ("harmed", self.harmed), ("accuser", self.accusers),
            ("third-party", self.outside), ("report", self.reports),
        )  # fmt: skip
        return tuple(role for role, members in given if party in members)


def find_roles(claims: Sequence[Claim], readings: Sequence[Reading], parties: Parties) -> Roles:
    """Find the roles of all parties of an incident."""
    named = [item for item in readings if item.name == "who"]
    harmed = set()
    for claim in claims:
        voice = parties.of_claim(claim)
        harmed |= {parties.of_participant(who, voice=voice) for who in claim.recipients if parties.known(who)}
    accused = frozenset(item.key for item in named)
    outside = frozenset(parties.outside - accused - harmed)
    reports = frozenset(parties.reports)
    accusers = frozenset(item.party for item in named if item.key != item.party and item.stance in AFFIRMING)
    return Roles(accused, frozenset(harmed), accusers - outside - reports, outside, reports)


def incident_parties(readings: Sequence[Reading], parties: Parties, roles: Roles) -> tuple[IncidentParty, ...]:
    """Give the parties that say something or are named, in order of names."""
    found = {item.party for item in readings} | {item.key for item in readings if item.name == "who"}
    rows = [
        IncidentParty(
            party,
            parties.names.get(party) or party.split(":", 1)[1],
            roles.of(party),
            tuple(sorted(parties.sources.get(party, ()))),
        )
        for party in found
    ]
    return tuple(sorted(rows, key=lambda row: (row.name.lower(), row.id)))


def make_points(readings: Sequence[Reading], roles: Roles) -> tuple[Point, ...]:
    """
    Put readings together to points.

    Args:
        readings: What each claim says, in order of time.
        roles: The roles of the parties.
    """
    groups: dict[tuple[PointName, str], list[Reading]] = defaultdict(list)
    for item in readings:
        groups[item.name, item.key].append(item)
    points = [_point(name, key, items, roles) for (name, key), items in groups.items()]
    return tuple(sorted(points, key=lambda point: (POINTS.index(point.name), point.key)))


def _point(name: PointName, key: str, items: Sequence[Reading], roles: Roles) -> Point:
    by_party: dict[str, list[Reading]] = defaultdict(list)
    for item in items:
        by_party[item.party].append(item)
    cells = tuple(_cell(party, said) for party, said in sorted(by_party.items()))
    value = min((item.value for item in items), key=lambda words: (len(words), words))
    return Point(name, value, key, status_of(name, key, cells, roles), cells)


def _cell(party: str, said: Sequence[Reading]) -> Cell:
    """Put together what one party says: its last word counts; at one time, the strongest."""
    ordered = sorted(said, key=lambda item: (_day(item.claim), item.claim.digest, item.claim.span))
    last = _day(ordered[-1].claim)
    final = max((item.stance for item in ordered if _day(item.claim) == last), key=_RANK.__getitem__)
    earlier = tuple(dict.fromkeys(item.stance for item in ordered if item.stance != final and _day(item.claim) < last))
    behind = [item for item in ordered if item.stance == final]
    return Cell(
        party=party,
        stance=final,
        claims=tuple(dict.fromkeys(item.claim.id for item in behind)),
        denied=tuple(dict.fromkeys(answer for item in behind for answer in item.answers)),
        figures=_figures(ordered),
        earlier=earlier,
    )


def _day(claim: Claim) -> str:
    return claim.said.latest or claim.published or ""


def _figures(said: Sequence[Reading]) -> tuple[Figure, ...]:
    """Give a party's figures, those marked that it replaced: by a later day's, or by one that says so."""
    given = [(item.figure, item.claim) for item in said if item.figure is not None and item.stance in AFFIRMING]
    figures: list[Figure] = []
    for k, (figure, claim) in enumerate(given):
        later = [
            other
            for other, other_claim in given[k + 1 :]
            if other.scope == figure.scope
            and (
                _day(other_claim) > _day(claim)
                or (claim.digest == other_claim.digest and REVISION.search(other_claim.quote))
            )
        ]
        figures.append(replace(figure, replaced=bool(later)))
    return tuple(dict.fromkeys(figures))


def status_of(name: PointName, key: str, cells: Sequence[Cell], roles: Roles) -> PointStatus:
    """
    Say who has spoken to a point.

    Args:
        name: The point.
        key: Which value; for ``who`` the accused party.
        cells: What the parties say.
        roles: Their roles.
    """
    affirm = {cell.party for cell in cells if cell.stance in AFFIRMING}
    deny = {cell.party for cell in cells if cell.stance == "denies"}
    if (affirm and deny - affirm) or (name in TOLLS and _figures_differ(cells)):
        return "disputed"
    parties = affirm - roles.reports - roles.outside
    accused = {key} if name == "who" else roles.accused
    if parties & accused and parties - accused:
        return "confirmed-by-other-side"
    if affirm & roles.outside or (affirm and not parties):
        return "third-party"
    return "one-sided"


def _figures_differ(cells: Sequence[Cell]) -> bool:
    given = [standing(cell.figures) for cell in cells if cell.stance in AFFIRMING]
    return any(mine and theirs and parties_differ(mine, theirs) for mine, theirs in combinations(given, 2))
