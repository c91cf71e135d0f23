"""
Incidents: claims taken to be about one alleged event, who says what about it, and where they differ.

Everything here is derived from claims and from what people decided, and can be
thrown away and made again (:mod:`allegedly.corroboration`). A status says who
has spoken, never who is right; ``silent`` means that nothing was found in the
reports read.

An incident's id is ``i`` and the digits of the id of its first claim: the
earliest published one, of equals the one with the smallest id. An earlier report
that arrives later changes the id; the old one still names a claim of the
incident and leads to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from allegedly.records.claims import ClaimPlace
from allegedly.records.codes import EventType, Qualifier
from allegedly.records.fields import help_field
from allegedly.records.ledger import DateRow, Number

PointName = Literal["happened", "who", "whom", "where", "when", "killed", "wounded", "weapon", "target"]
CellStance = Literal["asserts", "confirms", "concedes", "denies", "doubts", "silent"]
PointStatus = Literal["one-sided", "confirmed-by-other-side", "third-party", "disputed"]
ClusterDecision = Literal["merge", "split"]
Role = Literal["accused", "harmed", "accuser", "third-party", "report"]
Scope = Literal["event", "cumulative"]

POINTS: tuple[PointName, ...] = get_args(PointName)
CELL_STANCES: tuple[CellStance, ...] = get_args(CellStance)
POINT_STATUSES: tuple[PointStatus, ...] = get_args(PointStatus)
AFFIRMING: frozenset[CellStance] = frozenset(("asserts", "confirms", "concedes"))


@dataclass(frozen=True, slots=True)
class IncidentParty:
    """A party with those who speak for it, an outside voice, or a report's own voice."""

    id: str = help_field("Its side, code or name in a comparable form, the same in every incident.")
    name: str = help_field("How it is named, verbatim from a report, or a code.")
    roles: tuple[Role, ...] = help_field(
        "`accused` of the act, `harmed` by it, `accuser`, `third-party` (neither), `report` (the text's own voice)."
    )
    sources: tuple[str, ...] = help_field("Who speaks for it in the reports, verbatim.", default=())


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as one claim gives it."""

    claim: str = help_field("Id of the claim.")
    words: str = help_field("Its words, verbatim.")
    low: Number | None = help_field("Smallest value the words allow.", unit="persons")
    best: Number | None = help_field("The value, if the words state one.", unit="persons")
    high: Number | None = help_field("Largest value the words allow.", unit="persons")
    qualifier: Qualifier = help_field("How the words bound the number.")
    scope: Scope = help_field("The toll of this event, or one summed over a longer time.")
    said: str | None = help_field("Day it was said or published, ISO 8601.", default=None)
    replaced: bool = help_field("Whether the same party gave a later figure.", default=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one party says to one point."""

    party: str = help_field("Id of the party.")
    stance: CellStance = help_field("What it does: its last word, if that changed.")
    claims: tuple[str, ...] = help_field("Ids of the claims behind it, oldest first.", default=())
    denied: tuple[str, ...] = help_field("Ids of the claims that a denial or doubt answers to.", default=())
    figures: tuple[Figure, ...] = help_field("Its numbers, oldest first.", default=())
    earlier: tuple[CellStance, ...] = help_field("What it did before, oldest first.", default=())


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is said of an incident, and what each party says to it."""

    name: PointName = help_field("Which one.")
    value: str = help_field("What is said: words of a report, or a code; empty where the point has one value only.")
    key: str = help_field("The value in a comparable form.")
    status: PointStatus = help_field("Who has spoken: see `docs/incidents.md`.")
    cells: tuple[Cell, ...] = help_field("One for each party that says something, in order of parties.")

    def cell(self, party: str) -> Cell:
        """Give the cell of a party; a silent one where nothing was found."""
        return next((cell for cell in self.cells if cell.party == party), Cell(party, "silent"))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values of one field that cannot both hold."""

    incident_id: str = help_field("Id of the incident.")
    field: PointName = help_field("What they differ in.")
    value_a: str = help_field("The first value, verbatim, or a fixed label.")
    source_a: str = help_field("Who gives it.")
    claim_a: str = help_field("Id of the claim.")
    value_b: str = help_field("The second value.")
    source_b: str = help_field("Who gives that.")
    claim_b: str = help_field("Id of that claim.")
    since: str | None = help_field("Day from which both have been said, ISO 8601.", default=None)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A single number by a named policy; never given unless asked for."""

    measure: str = help_field("What is counted.")
    policy: str = help_field("Name of the policy.")
    value: Number = help_field("The number.", unit="persons")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Claims about one alleged event, side by side."""

    id: str = help_field("`i` and the digits of its first claim's id.")
    type: EventType = help_field("Type that most of its claims have.")
    modes: tuple[str, ...] = help_field("Modes that its claims have, most frequent first.", default=())
    date: DateRow = help_field("Days that the stated dates leave possible.", default=DateRow())
    place: ClaimPlace | None = help_field("Where, by the most exact of its claims.", default=None)
    parties: tuple[IncidentParty, ...] = help_field("Who says something or is said to take part, in order of names.")
    points: tuple[Point, ...] = help_field("What is said.", default=())
    conflicts: tuple[Conflict, ...] = help_field("Where it cannot all hold.", default=())
    best: tuple[Estimate, ...] = help_field("Single numbers by the policy asked for.", default=())
    claims: tuple[str, ...] = help_field("Ids of its claims, in order of time.")
    documents: tuple[str, ...] = help_field("Ids of the documents, in order of time.")
    number_of_sources: int = help_field("Parties and outlets that vouch for something.", default=0)
    number_of_origins: int = help_field("Documents of independent origin.", default=0)
    first_reported: str | None = help_field("First day of publication.", default=None)
    last_updated: str | None = help_field("Last day of publication.", default=None)

    def party(self, party_id: str) -> IncidentParty | None:
        """Give a party by its id."""
        return next((party for party in self.parties if party.id == party_id), None)


@dataclass(frozen=True, slots=True)
class ClusterJudgement:
    """
    What a person decided about clusters; kept for ever, undone by a mark.

    It names claims, not incidents, so it stays true when incidents are made anew.
    """

    number: int = help_field("Running number; of two that contradict each other the later one holds.")
    decision: ClusterDecision = help_field("`merge`: left and right are one incident; `split`: they are not.")
    left: tuple[str, ...] = help_field("Ids of claims; for a split the ones taken out.")
    right: tuple[str, ...] = help_field("Ids of claims; for a split the ones that stay.")
    who: str = help_field("Who decided.")
    made: str = help_field("When, UTC.")
    note: str = help_field("Why, in the person's words.", default="")
    undone: str | None = help_field("When it was taken back, UTC; null if it stands.", default=None)
    undone_by: str | None = help_field("Who took it back.", default=None)
