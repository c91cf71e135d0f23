"""The context of the page of an incident, made of the incident, its claims, and what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Protocol, get_args

from allegedly.corroboration.assemble import with_estimates
from allegedly.corroboration.policies import POLICIES, Policy
from allegedly.errors import UsageError
from allegedly.records.incidents import (
    Cell,
    CellStance,
    ClusterJudgement,
    Conflict,
    Estimate,
    Figure,
    Incident,
    Point,
    PointName,
)
from allegedly.render import labels
from allegedly.render.dates import days_label
from allegedly.render.incidents import POINT
from allegedly.store.briefs import nearest_briefs
from allegedly.store.clusters import ClusterStore
from allegedly.store.sql import SqlStore
from allegedly.web.brief_rows import NO_DAY, BriefRow, brief_rows
from allegedly.web.claim_rows import ClaimRow, claim_rows, fold_rows
from allegedly.web.matrix import OVER_TIME, SILENT, Matrix, Opened, figure_label, make_matrix, value_of
from allegedly.web.origin_rows import OriginRow, known_origins, origin_rows

CONFLICTS: Final = 60  # on the page; the rest is counted
NOT_FOUND: Final = "not found in the gazetteer"
NO_PLACE: Final = "no place is stated"
_NEGATING: Final[frozenset[CellStance]] = frozenset({"denies", "doubts"})
_TOLLS: Final = frozenset({"killed", "wounded"})


class Judges(Protocol):
    """What the page needs to know of the visitor."""

    @property
    def name(self) -> str:
        """Under which judgements are kept."""
        ...

    def may(self, role: str, /) -> bool:
        """Say whether the visitor may do what a role may."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    What of an incident is asked for, beside itself.

    Args:
        opened: Which cell is open.
        best: Policy of a best estimate; empty is none.
        origins: Group many documents by origin, too, which takes a while.
    """

    opened: Opened = field(default_factory=Opened)
    best: str = ""
    origins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCell:
    """
    The words behind one cell.

    Args:
        point: The point in words.
        value: Its value, verbatim; empty where there is one only.
        party: Name of the party.
        stance: What it does.
        earlier: What it did before.
        claims: The claims behind it, oldest first.
        answers: What others say against it: their names, what they do, their claims.
        answered: The claims that it answers to, where it denies or doubts.
    """

    point: str
    value: str
    party: str
    stance: CellStance
    earlier: tuple[CellStance, ...]
    claims: tuple[ClaimRow, ...]
    answers: tuple[tuple[str, CellStance, tuple[ClaimRow, ...]], ...]
    answered: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class TollRow:
    """
    A figure in the table of figures over time.

    Args:
        measure: What is counted.
        said: Day it was said or published; None if unknown.
        party: Who gives it.
        label: What its words allow, with the words.
        notes: Fixed words: replaced by a later figure, over a longer time.
        claims: The claims that give it.
    """

    measure: str
    said: str | None
    party: str
    label: str
    notes: tuple[str, ...]
    claims: tuple[ClaimRow, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """
    A merge or split that touches the incident.

    Args:
        judgement: What was decided.
        may_undo: Whether the visitor may take it back.
    """

    judgement: ClusterJudgement
    may_undo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPage:
    """
    What the page shows.

    Args:
        title: Type, days and place.
        incident: The incident.
        when: Its days, or that none is stated.
        where: Its place; empty if none is stated.
        place_note: What the coordinates stand for, or why there are none.
        matrix: Who says what.
        opened: The open cell; None if none is.
        conflicts: Where it cannot all hold, with the claims; at most 60.
        tolls: Figures, oldest first.
        measures: Measures that a chart can show over time: those with figures.
        origins: Reports by origin; None if there are too many to compare them while a page waits.
        claims: Its claims, oldest first.
        best: Policy of the best estimate; empty if none is asked for.
        estimates: The estimates.
        policies: The policies there are.
        nearest: Incidents that may be the same.
        judgements: Merges and splits that touch it, oldest first.
        may_judge: Whether the visitor may merge and split.
        unchecked: Whether nobody has checked any of its claims.
        behind: Whether newer documents are still being taken in.
        points: Fixed words for fields of conflicts.
        silent_means: What silence is.
    """

    title: str
    incident: Incident
    when: str
    where: str
    place_note: str
    matrix: Matrix
    opened: OpenCell | None
    conflicts: tuple[tuple[Conflict, ClaimRow | None, ClaimRow | None], ...]
    tolls: tuple[TollRow, ...]
    measures: tuple[str, ...]
    origins: tuple[OriginRow, ...] | None
    claims: tuple[ClaimRow, ...]
    best: str
    estimates: tuple[Estimate, ...]
    policies: tuple[str, ...]
    nearest: tuple[BriefRow, ...]
    judgements: tuple[JudgementRow, ...]
    may_judge: bool
    unchecked: bool
    behind: bool
    points: Mapping[PointName, str] = field(default_factory=lambda: POINT)
    silent_means: str = SILENT


def incident_page(
    clusters: ClusterStore,
    store: SqlStore,
    incident: Incident,
    *,
    wanted: Asked,
    behind: bool = False,
    visitor: Judges | None = None,
) -> IncidentPage:
    """
    Make the context.

    Args:
        clusters: The incidents of the store.
        store: The store.
        incident: The incident.
        wanted: What of it is asked for.
        behind: Whether newer documents are still being taken in.
        visitor: Who looks at it; None may judge nothing.

    Raises:
        UsageError: If there is no such policy.
    """
    rows = claim_rows(store, incident.claims)
    where, note = place_words(incident)
    when = days_label(incident.date) if incident.date.latest or incident.date.earliest else NO_DAY
    tolls = toll_rows(incident, rows)
    return IncidentPage(
        title=" · ".join(("/".join((incident.type, *incident.modes[:2])), when, where or NO_PLACE)),
        incident=incident,
        when=when,
        where=where,
        place_note=note,
        matrix=make_matrix(incident, wanted.opened),
        opened=open_cell(incident, wanted.opened, rows),
        conflicts=tuple((row, rows.get(row.claim_a), rows.get(row.claim_b)) for row in incident.conflicts[:CONFLICTS]),
        tolls=tolls,
        measures=tuple(dict.fromkeys(row.measure for row in tolls)),
        origins=(origin_rows if wanted.origins else known_origins)(store, incident.documents, clusters.generation()),
        claims=_rows(incident, incident.claims, rows),
        best=wanted.best,
        estimates=estimates_of(incident, wanted.best),
        policies=POLICIES,
        nearest=brief_rows(nearest_briefs(store, incident)),
        judgements=tuple(_judgements(clusters.judgements(undone=True), incident, visitor)),
        may_judge=visitor is not None and visitor.may("reviewer"),
        unchecked=all(row.state == "unchecked" for row in rows.values()),
        behind=behind,
    )


def estimates_of(incident: Incident, policy: str) -> tuple[Estimate, ...]:
    """
    Give single numbers by a policy; none unless one is asked for.

    Raises:
        UsageError: If there is no such policy.
    """
    if not policy:
        return ()
    known: dict[str, Policy] = {name: name for name in get_args(Policy)}
    if policy not in known:
        raise UsageError(f"there is no policy {policy[:40]!r}", hint=f"policies are {', '.join(known)}")
    return with_estimates(incident, known[policy]).best


def place_words(incident: Incident) -> tuple[str, str]:
    """Give the place of an incident, and what its coordinates stand for or why it has none."""
    place = incident.place
    if place is None:
        return "", NO_PLACE
    if place.gazetteer is None or place.precision is None:
        return labels.clean(place.name), NOT_FOUND
    held = (place.region, "/".join(place.claimants) or place.country)
    near = "" if place.radius is None or place.precision == "country" else f"within {max(1, round(place.radius)):,} km"
    return labels.clean(place.name), ", ".join(filter(None, (*held, place.precision, near)))


def open_cell(incident: Incident, opened: Opened, rows: Mapping[str, ClaimRow]) -> OpenCell | None:
    """
    Gather the words behind a cell, with what is said against it.

    Args:
        incident: The incident.
        opened: Which cell.
        rows: Its claims by id.
    """
    found = opened.find(incident)
    if found is None:
        return None
    point, cell = found
    names = {party.id: party.name for party in incident.parties}
    against = tuple(
        (names.get(other.party, other.party), other.stance, _rows(incident, _behind(other), rows))
        for other in sorted(point.cells, key=lambda item: names.get(item.party, item.party).casefold())
        if other.party != cell.party and (other.stance in _NEGATING) != (cell.stance in _NEGATING)
    )
    return OpenCell(
        point=POINT[point.name],
        value=value_of(point),
        party=names.get(cell.party, cell.party),
        stance=cell.stance,
        earlier=cell.earlier,
        claims=_rows(incident, _behind(cell), rows),
        answers=against,
        answered=_rows(incident, cell.denied, rows),
    )


def _behind(cell: Cell) -> tuple[str, ...]:
    return (*cell.claims, *(figure.claim for figure in cell.figures))


def _rows(incident: Incident, ids: Iterable[str], rows: Mapping[str, ClaimRow]) -> tuple[ClaimRow, ...]:
    """Give claims in the order of the incident, which is that of time; the same words once."""
    wanted = set(ids)
    return fold_rows(rows[claim] for claim in incident.claims if claim in wanted and claim in rows)


def toll_rows(incident: Incident, rows: Mapping[str, ClaimRow]) -> tuple[TollRow, ...]:
    """Give all figures of an incident, oldest first."""
    names = {party.id: party.name for party in incident.parties}
    given: list[tuple[Point, Cell, Figure]] = [
        (point, cell, figure)
        for point in incident.points
        if point.name in _TOLLS
        for cell in point.cells
        for figure in cell.figures
    ]
    given.sort(key=lambda item: (item[0].name, item[2].said or "9999", names.get(item[1].party, "").casefold()))
    found: dict[TollRow, dict[str, ClaimRow]] = {}
    for point, cell, figure in given:
        notes = ("replaced later" * figure.replaced, OVER_TIME * (figure.scope == "cumulative"))
        party = names.get(cell.party, cell.party)
        row = TollRow(point.name, figure.said, party, figure_label(figure), tuple(filter(None, notes)))
        found.setdefault(row, {}).update({figure.claim: rows[figure.claim]} if figure.claim in rows else {})
    return tuple(replace(row, claims=tuple(claims.values())) for row, claims in found.items())


def _judgements(
    found: Iterable[ClusterJudgement], incident: Incident, visitor: Judges | None
) -> Iterable[JudgementRow]:
    own = set(incident.claims)
    for item in found:
        if own.intersection(item.left) or own.intersection(item.right):
            mine = visitor is not None and visitor.may("reviewer") and item.who == visitor.name
            yield JudgementRow(item, item.undone is None and (mine or (visitor is not None and visitor.may("admin"))))
