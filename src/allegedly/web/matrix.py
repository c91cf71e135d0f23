"""
The matrix of an incident: points down, parties across, what each party does with each point.

Parties stand in the order of the alphabet, each with the same room; whoever
says nothing to a point is shown as silent, so that a denial always stands on
the line of what it denies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from allegedly.records.incidents import Cell, CellStance, Figure, Incident, IncidentParty, Point
from allegedly.records.ledger import QuantityRow
from allegedly.render import labels
from allegedly.render.incidents import DIFFER, POINT, STATUS
from allegedly.web import links

SILENT: Final = "nothing found in the reports read"
OVER_TIME: Final = "over a longer time"
COLUMNS: Final = 40  # parties side by side; of more, each point lists those that speak to it
_TOLLS: Final = frozenset({"killed", "wounded"})


@dataclass(frozen=True, slots=True)
class FigureView:
    """
    A number as a cell shows it.

    Args:
        label: What its words allow, with the words.
        note: That it is a toll over a longer time; else empty.
        times: How many claims give it.
    """

    label: str
    note: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """
    What one party does with one point.

    Args:
        party: Its name.
        stance: What it does: its last word.
        claims: Number of claims behind it.
        figures: Its numbers that stand.
        replaced: Numbers that it gave before.
        earlier: What it did before.
        link: Address that opens the cell; empty for a silent one.
        open: Whether it is open.
    """

    party: str
    stance: CellStance
    claims: int
    figures: tuple[FigureView, ...]
    replaced: tuple[FigureView, ...]
    earlier: tuple[CellStance, ...]
    link: str
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PointView:
    """
    One thing that is said of an incident.

    Args:
        name: Which one.
        label: The same in words.
        value: What is said, verbatim; empty where the point has one value only.
        status: Who has spoken, in a fixed word; empty if one side only.
        disputed: Whether the status is that it is in dispute, or that figures differ.
        cells: One for each party, in order; where there are very many, only of those that are not silent.
        left_out: How many silent parties are left out.
    """

    name: str
    label: str
    value: str
    status: str
    disputed: bool
    cells: tuple[CellView, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class PartyView:
    """
    A party as the head of a column.

    Args:
        id: Its id.
        name: Its name; that of a report with the label of its own voice.
        roles: Its parts in the incident.
        sources: Who speaks for it, where that is somebody else.
    """

    id: str
    name: str
    roles: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """
    The matrix.

    Args:
        parties: The columns, in order of names.
        points: The rows.
        wide: Whether there are too many parties for columns; then those that speak to a point are listed with it.
    """

    parties: tuple[PartyView, ...]
    points: tuple[PointView, ...]
    wide: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """
    Which cell is open; made of the address of the page.

    Args:
        point: Name of the point.
        value: Its value in a comparable form.
        party: Id of the party.
    """

    point: str = ""
    value: str = ""
    party: str = ""

    def is_at(self, point: Point, party: str) -> bool:
        """Say whether it is this one."""
        return (self.point, self.value, self.party) == (point.name, point.key, party)

    def find(self, incident: Incident) -> tuple[Point, Cell] | None:
        """Give the open cell; None if there is none of that kind, or it is silent."""
        for point in incident.points:
            for cell in point.cells:
                if self.is_at(point, cell.party):
                    return point, cell
        return None


def make_matrix(incident: Incident, opened: Opened) -> Matrix:
    """
    Make the matrix of an incident.

    Args:
        incident: The incident.
        opened: Which cell is open.
    """
    speaking = {cell.party for point in incident.points for cell in point.cells}
    parties = [party_view(party) for party in incident.parties if party.id in speaking]
    parties.sort(key=lambda party: (party.name.casefold(), party.id))
    points = tuple(_point(incident, point, parties, opened) for point in incident.points if point.cells)
    return Matrix(tuple(parties), points, len(parties) > COLUMNS)


def party_view(party: IncidentParty) -> PartyView:
    """Make the head of a column."""
    name = f"{party.name} {labels.OWN_VOICE}" if "report" in party.roles else party.name
    return PartyView(party.id, name, party.roles, tuple(words for words in party.sources if words != party.name))


def value_of(point: Point) -> str:
    """Give what a point says; nothing where it has one value only."""
    return "" if point.name == "happened" or point.name in _TOLLS else point.value


def _point(incident: Incident, point: Point, parties: Sequence[PartyView], opened: Opened) -> PointView:
    differ = point.name in _TOLLS and any(
        row.field == point.name and "denies" not in {row.value_a, row.value_b} for row in incident.conflicts
    )
    spoken = {cell.party for cell in point.cells}
    shown = parties if len(parties) <= COLUMNS else [party for party in parties if party.id in spoken]
    status = DIFFER if differ else STATUS[point.status]
    return PointView(
        name=point.name,
        label=POINT[point.name],
        value=value_of(point),
        status=status.removeprefix("<- "),
        disputed=differ or point.status == "disputed",
        cells=tuple(_cell(incident, point, party, opened) for party in shown),
        left_out=len(parties) - len(shown),
    )


def _cell(incident: Incident, point: Point, party: PartyView, opened: Opened) -> CellView:
    cell = point.cell(party.id)
    link = links.incident(incident.id, at="cell", point=point.name, value=point.key, party=party.id)
    return CellView(
        party=party.name,
        stance=cell.stance,
        claims=len(cell.claims),
        figures=_figures(figure for figure in cell.figures if not figure.replaced),
        replaced=_figures(figure for figure in cell.figures if figure.replaced),
        earlier=cell.earlier,
        link="" if cell.stance == "silent" else link,
        open=opened.is_at(point, party.id),
    )


def _figures(figures: Iterable[Figure]) -> tuple[FigureView, ...]:
    counts: dict[tuple[str, str], int] = {}
    for figure in figures:
        key = (figure_label(figure), "" if figure.scope == "event" else OVER_TIME)
        counts[key] = counts.get(key, 0) + 1
    return tuple(FigureView(*key, times) for key, times in counts.items())


def figure_label(figure: Figure) -> str:
    """Give a figure as its words bound it: ``12 or more ("at least 12")``."""
    row = QuantityRow(
        id="q1", span=(0, 1), measure="killed", words=figure.words, low=figure.low, best=figure.best, high=figure.high,
        qualifier=figure.qualifier,
    )  # fmt: skip
    return labels.number_label(row)
