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

import msgspec

from allegedly.errors import ExportError
from allegedly.records.claims import Claim
from allegedly.records.claims_of import claims_of
from allegedly.records.incidents import Incident
from allegedly.records.ledger import Ledger
from allegedly.store.answers import Judgement

ReviewState = Literal["unreviewed", "accepted", "changed", "rejected"]
Cell = str | int | float | None
# What a judgement cannot change: it would be another row, or words that nobody printed.
_FIXED = frozenset({"id", "document", "digest", "run", "key", "event", "span", "quote", "passage"})
_STATES: dict[str, ReviewState] = {
    "accept": "accepted",
    "change": "changed",
    "reject": "rejected",
    "unsure": "unreviewed",
}


@dataclass(frozen=True, slots=True)
class Review:
    """
    What people decided about a claim.

    Args:
        state: The decision that stands; ``unreviewed`` if there is none.
        reviewer: Who took it; empty if nobody has.
        made: When, UTC; empty if nobody has.
    """

    state: ReviewState = "unreviewed"
    reviewer: str = ""
    made: str = ""


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


class Reviews:
    """
    The judgements that stand, by the row they are about; the last one counts.

    Args:
        judgements: Oldest first, as a view gives them.
    """

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self._last = {item.row: item for item in judgements if item.undone is None}

    def tell(self, claim: Claim, cluster: str | None = None) -> Told:
        """
        Put what was decided beside a claim, new values into it.

        Raises:
            ExportError: If the new values of a judgement do not fit a claim.
        """
        judgement = self._last.get(claim.id)
        if judgement is None:
            return Told(claim, cluster=cluster)
        review = Review(_STATES[judgement.decision], judgement.who, judgement.made)
        return Told(_changed(claim, judgement), review, cluster)


def _changed(claim: Claim, judgement: Judgement) -> Claim:
    after = {key: value for key, value in (judgement.after or {}).items() if key not in _FIXED}
    if not after:
        return claim
    try:
        changed: Claim = msgspec.convert(msgspec.to_builtins(claim) | after, Claim)
    except msgspec.ValidationError as error:
        raise ExportError(
            f"judgement {judgement.number} by {judgement.who}: its new values do not fit claim {claim.id}: {error}",
            hint="undo that judgement and give values that fit",
        ) from error
    return changed


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
            told = self.reviews.tell(claim, clusters.get(claim.id))
            if self.only_accepted and told.review.state not in {"accepted", "changed"}:
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
