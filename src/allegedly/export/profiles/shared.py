"""
What the profiles share.

A profile's own columns come first, under the headers and in the order that its
users know; then follow the columns of :data:`TAIL`. These are not decoration:
without voice, stance and factuality, a denied or threatened event reads like
one that happened. Rows are claims about an event, so several rows may be about the same incident.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal

from allegedly.errors import ExportError
from allegedly.export.base import Cell, Column, Material, Table, Told
from allegedly.export.columns import CLAIM_COLUMNS, of_claim
from allegedly.records.claims import Claim, ClaimParty

Kind = Literal["text", "label", "day", "number", "integer"]
_TAIL_NAMES = (
    "claim_id", "incident_id", "document_id", "voice", "source_name", "source_type", "stance", "factuality",
    "event_type", "event_mode", "number_words", "quote", "start", "end", "score", "review_state", "reviewer", "run_id",
)  # fmt: skip
_BY_NAME = {column.name: column for column in CLAIM_COLUMNS}
# A profile may have a column of the same name with another meaning, and a table needs each name once.
TAIL: tuple[Column, ...] = tuple(
    Column(f"allegedly_{name}", column.kind, column.help, column.value)
    for name, column in ((name, _BY_NAME[name]) for name in _TAIL_NAMES)
)

CIVILIAN = frozenset({"CVL", "REF", "JRN", "MED", "EDU", "REL", "LAB", "AGR", "NGO", "ELI"})
STATE_FORCES = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
PEOPLE = frozenset({"PER", "NORP", "ORG"})  # a hospital is coded as health care too, but is nobody
ARMED_GROUPS = frozenset({"REB", "PRM", "IMG", "UAF"})


def empty(name: str, why: str, kind: Kind = "text") -> Column:
    """Make a column that stays empty, and say why."""
    return Column(name, kind, f"Stays empty: {why}")


def told(name: str, kind: Kind, help: str, value: Callable[[Claim], Cell]) -> Column:  # noqa: A002  # as in Column
    """Make a column that is read off the claim."""
    return Column(name, kind, help, of_claim(value))


def profile(columns: Sequence[Column], *, delimiter: str = ",") -> Table:
    """Make the table of a profile: its columns, then ours."""
    return Table((*columns, *TAIL), _events, delimiter)


def _events(material: Material) -> Iterable[Told]:
    return material.events()


def first(parties: Sequence[ClaimParty]) -> ClaimParty | None:
    """Give the first of the parties."""
    return parties[0] if parties else None


def are_civilian(parties: Sequence[ClaimParty]) -> bool:
    """Say whether there are parties and all are people coded as civilians."""
    return bool(parties) and all(party.sector in CIVILIAN and party.type in PEOPLE for party in parties)


def days_of(claim: Claim) -> tuple[date, date] | None:
    """
    Give first and last day of the event; None if either is open.

    Raises:
        ExportError: If one is no day.
    """
    if claim.date.earliest is None or claim.date.latest is None:
        return None
    try:
        return date.fromisoformat(claim.date.earliest), date.fromisoformat(claim.date.latest)
    except ValueError as error:
        raise ExportError(
            f"claim {claim.id}: {error}", hint="read its document again, or undo its judgement"
        ) from error


def length_of(claim: Claim) -> int | None:
    """Give the number of days on which the event can have happened; None if either end is open."""
    days = days_of(claim)
    return None if days is None else (days[1] - days[0]).days + 1


def day_of(claim: Claim) -> date | None:
    """Give the day of the event, if it is one."""
    days = days_of(claim)
    return days[0] if days is not None and days[0] == days[1] else None


def year_of(claim: Claim) -> int | None:
    """Give the year of the event, if it is one."""
    days = days_of(claim)
    return days[0].year if days is not None and days[0].year == days[1].year else None
