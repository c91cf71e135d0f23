"""
A document laid out for its page: claims numbered in order of the text, marks in order, parts of bearable length.

Made once for a reading and kept, so that a page of a long text costs no more than the part it shows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from allegedly.records.claims import Claim
from allegedly.records.claims_of import claims_of
from allegedly.records.ledger import Ledger, SpanPair
from allegedly.render.cuts import Mark, Piece, cut, ledger_marks
from allegedly.render.labels import event_label
from allegedly.render.pieces import PieceLabels
from allegedly.store.viewing import SqlView
from allegedly.web.kept import Kept
from allegedly.web.site import Site

PART = 20_000  # characters of a part, up to the end of a sentence
_kept: Kept[Laid] = Kept(32)


@dataclass(frozen=True, slots=True)
class Laid:
    """
    A reading of a document, ready to be shown; made by :func:`lay_out`.

    Args:
        ledger: The reading.
        claims: Its claims, in order of the text; the first has number 1.
        numbers: Number of each claim, by id.
        rows: Ids of the claims that a row of the ledger belongs to, by its key.
        marks: All marks, in order of the text.
        parts: Stretches that the text is shown in; they join without gaps.
        labels: What pieces are called.
    """

    ledger: Ledger
    claims: tuple[Claim, ...]
    numbers: Mapping[str, int]
    rows: Mapping[str, tuple[str, ...]]
    marks: tuple[Mark, ...]
    parts: tuple[SpanPair, ...]
    labels: PieceLabels

    def part_of(self, offset: int) -> int:
        """Say in which part a character stands; the first is 1."""
        return max(bisect_right(self.parts, offset, key=lambda part: part[0]), 1)

    def claims_in(self, part: int) -> list[Claim]:
        """Give the claims that begin in a part."""
        start, end = self.parts[part - 1]
        return [claim for claim in self.claims if start <= claim.span[0] < end]

    def pieces(self, part: int, *, own: bool = False) -> list[Piece]:
        """
        Cut a part along its marks; those that reach beyond it are cut off.

        Args:
            part: Which part, from 1.
            own: Also mark what the report says in its own voice.
        """
        start, end = self.parts[part - 1]
        marks = _clipped(self.marks, start, end)
        if own:
            spans = sorted({claim.span for claim in self.claims_in(part) if claim.voice == "own"})
            marks += _clipped([Mark("narrator", "", span) for span in spans], start, end)
        return cut(marks, (start, end)) if start < end else []

    def claim(self, claim_id: str) -> Claim | None:
        """Give a claim; None if there is none of that id."""
        number = self.numbers.get(claim_id)
        return None if number is None else self.claims[number - 1]


def laid_out(site: Site, view: SqlView, document_id: str, *, run: str | None = None) -> Laid:
    """
    Give the layout of a document in the store; recent ones are kept.

    Raises:
        NotInStore: If there is no such document, or that run has not read it.
    """
    ledger = site.ledger(view, document_id, run=run)
    row = ledger.document
    return _kept.get(site.store, (row, ledger.run), lambda: lay_out(ledger))


def lay_out(ledger: Ledger, *, size: int = PART) -> Laid:
    """
    Lay a document out; a pure function.

    Args:
        ledger: A reading.
        size: Least length of a part. Unit: code points.
    """
    claims = claims_of(ledger)
    numbers = {claim.id: number for number, claim in enumerate(claims, 1)}
    rows = _claims_by_row(ledger, claims)
    marks = tuple(sorted(ledger_marks(ledger), key=lambda mark: mark.span))
    return Laid(ledger, claims, numbers, rows, marks, _parts(ledger, size), _labels(ledger, numbers, rows))


def _claims_by_row(ledger: Ledger, claims: Sequence[Claim]) -> dict[str, tuple[str, ...]]:
    """Give the claims of each row: an attribution belongs to what its source itself vouches for."""
    events = {event.id: event for event in ledger.events}
    rows: dict[str, list[str]] = {}
    for claim in claims:
        event = events.get(claim.key)
        parts = [claim.key]
        if event is not None:
            parts += [*event.voice[-1:], *filter(None, (event.place, event.time)), *event.quantities]
        for key in parts:
            rows.setdefault(key, []).append(claim.id)
    return {key: tuple(found) for key, found in rows.items()}


def _labels(ledger: Ledger, numbers: Mapping[str, int], rows: Mapping[str, tuple[str, ...]]) -> PieceLabels:
    shown = {key: number_words([numbers[claim] for claim in found]) for key, found in rows.items()}
    badges = {
        event.id: " ".join(
            [shown[event.id], event_label(event), event.factuality, *([] if event.voice else ["own voice"])]
        )
        for event in ledger.events
    }
    return PieceLabels(ledger, shown, badges)


def number_words(numbers: Sequence[int]) -> str:
    """
    Write numbers, rising, with runs drawn together.

    Example:
        >>> number_words([1, 3, 4, 5, 7, 8])
        '1 3-5 7 8'
    """
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), key=lambda item: item[1] - item[0])]
    return " ".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else " ".join(map(str, run)) for run in runs)


def _parts(ledger: Ledger, size: int) -> tuple[SpanPair, ...]:
    """Divide the text at sentences; what has none for too long is divided anywhere."""
    edges = [0, *_edges([start for start, _ in ledger.sentences], len(ledger.document.text), size)]
    return tuple(zip(edges, [*edges[1:], len(ledger.document.text)], strict=True))


def _edges(starts: Sequence[int], length: int, size: int) -> Iterator[int]:
    at = 0
    while length - at > size * 3 // 2:
        found = bisect_right(starts, at + size - 1)
        at = min(starts[found] if found < len(starts) else length, at + 2 * size)
        if length - at < size // 2:
            return
        yield at


def _clipped(marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    last = bisect_right(marks, end - 1, key=lambda mark: mark.span[0])
    return [
        mark
        if start <= mark.span[0] and mark.span[1] <= end
        else Mark(mark.kind, mark.row, (max(mark.span[0], start), min(mark.span[1], end)))
        for mark in marks[:last]
        if mark.span[1] > start
    ]
