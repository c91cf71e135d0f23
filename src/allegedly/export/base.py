"""
What all exports share: what they are given, what people decided about it, how they are called.

An export takes a :class:`Material` and therefore cannot write to a store. It
adds nothing: a value that the rows do not hold is empty. Each row it writes
carries its review state and the run that read it.

There are three kinds, by what they write:

- a *table* gives columns and rows; :mod:`allegedly.export.csv` and :mod:`allegedly.export.parquet` write them;
- a *stream* writes one file of its own form;
- a *folder* gives several named files, as annotation tools want them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Literal, Protocol

from allegedly.records.claims import Claim
from allegedly.records.claims_of import claims_of
from allegedly.records.incidents import Incident
from allegedly.records.ledger import Ledger
from allegedly.review.states import PASSED, Reviews, ReviewState

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Review:
    """
    What people decided about a claim.

    Args:
        state: What the decisions that stand come to.
        taken: Who took them, each with when (UTC), in order of time.
    """

    state: ReviewState = "unchecked"
    taken: tuple[tuple[str, str], ...] = ()

    @property
    def reviewer(self) -> str:
        """All who took a decision; empty if nobody has."""
        return "; ".join(who for who, _ in self.taken)


@dataclass(frozen=True, slots=True)
class Told:
    """
    A claim with what stands beside it.

    Args:
        claim: The claim, as it was read or as a person changed it.
        review: What people decided about it.
        cluster: Id of its incident, if incidents were made.
    """

    claim: Claim
    review: Review = Review()
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """
    A document with those of its claims that are exported.

    Args:
        ledger: Its rows; events and attributions that belong to no exported claim are left out.
        told: Its claims, in order of the text.
    """

    ledger: Ledger
    told: tuple[Told, ...]


def tell(reviews: Reviews, claim: Claim, cluster: str | None = None) -> Told:
    """Put what was decided beside a claim, the values that stand into it."""
    left, standing = reviews.reviewed(claim)
    taken = tuple((item.who, item.made) for item in standing.judgements)
    return Told(left, Review(standing.state, taken), cluster)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """
    What there is to export; made by whoever asks for an export.

    Args:
        claims: Gives all claims, anew each time it is called.
        ledgers: Gives the ledgers of their documents, anew each time it is called.
        reviews: What people decided.
        incidents: The incidents of its claims, if they were made.
        wanted: Which claims are exported (those of a query, say); None is all.
        only_accepted: Leave out what no person has accepted, or changed and thereby accepted.
        prepare: What is done to each claim before it is written (coarser places, a number policy).
        policy: Name of the number policy in ``prepare``, which is written wherever best figures are.
    """

    claims: Callable[[], Iterable[Claim]]
    ledgers: Callable[[], Iterable[Ledger]]
    reviews: Reviews = field(default_factory=Reviews)
    incidents: Sequence[Incident] | None = None
    wanted: Callable[[Claim], bool] | None = None
    only_accepted: bool = False
    prepare: Callable[[Claim], Claim] | None = None
    policy: str | None = None

    def told(self) -> Iterator[Told]:
        """Go through the claims that are exported."""
        return self._told(self.claims())

    def passing(self) -> Iterator[Told]:
        """
        Go through the claims that pass the gate, wanted or not.

        What answers a wanted claim must not be lost: a denial is shown wherever the accusation is.
        """
        return replace(self, wanted=None).told()

    def events(self) -> Iterator[Told]:
        """Go through those claims that are about an event."""
        return (item for item in self.told() if item.claim.event is not None)

    def texts(self) -> Iterator[Text]:
        """Go through the documents that have such claims, each with its rows."""
        for ledger in self.ledgers():
            told = tuple(self._told(claims_of(ledger)))
            if told or not self._chooses:
                yield Text(_only(ledger, told) if self._chooses else ledger, told)

    @property
    def _chooses(self) -> bool:
        return self.only_accepted or self.wanted is not None

    def _told(self, claims: Iterable[Claim]) -> Iterator[Told]:
        clusters = {claim: cluster.id for cluster in self.incidents or () for claim in cluster.claims}
        for claim in claims:
            if self.wanted is not None and not self.wanted(claim):
                continue
            told = tell(self.reviews, claim, clusters.get(claim.id))
            if self.only_accepted and told.review.state not in PASSED:
                continue
            yield told if self.prepare is None else replace(told, claim=self.prepare(told.claim))


def _only(ledger: Ledger, told: Sequence[Told]) -> Ledger:
    """Leave out events and attributions of claims that are not exported, and numbers of no event that stays."""
    keys = {item.claim.key for item in told}
    events = tuple(row for row in ledger.events if row.id in keys)
    attributions = {row.id: row for row in ledger.attributions}
    kept = (keys & attributions.keys()) | {key for row in events for key in row.voice}
    for key in tuple(kept):
        parent = attributions[key].parent
        while parent is not None and parent not in kept:
            kept.add(parent)
            parent = attributions[parent].parent
    numbers = {key for row in events for key in row.quantities}
    return replace(
        ledger,
        events=events,
        attributions=tuple(row for row in ledger.attributions if row.id in kept),
        quantities=tuple(row for row in ledger.quantities if row.id in numbers),
    )


@dataclass(frozen=True, slots=True)
class Column:
    """
    A column of a table.

    Args:
        name: Its header.
        kind: ``text`` is free text from outside, ``label`` one of a fixed list or an id of ours.
        help: What it holds and where that comes from; for one that stays empty, why.
        value: Gives its cell of a row; None for a column that stays empty.
    """

    name: str
    kind: Literal["text", "label", "day", "number", "integer"]
    help: str
    value: Callable[[Any], Cell] | None = None

    def cell(self, row: object) -> Cell:
        """Give the cell of a row."""
        return None if self.value is None else self.value(row)


@dataclass(frozen=True, slots=True)
class Table:
    """
    A table: columns, and what its rows are made from.

    Args:
        columns: In order.
        rows: Gives what the columns read, one by one.
        delimiter: Between cells, where it is written as text.
    """

    columns: tuple[Column, ...]
    rows: Callable[[Material], Iterable[Any]]
    delimiter: str = ","


class StreamWriter(Protocol):
    """Writes one file."""

    def __call__(self, material: Material, stream: BinaryIO) -> None:
        """Write it, piece by piece."""
        ...


class FolderWriter(Protocol):
    """Gives several files."""

    def __call__(self, material: Material) -> Iterator[tuple[str, bytes]]:
        """Give name and content of each; names are safe on every system."""
        ...
