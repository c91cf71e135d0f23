"""
Two reports side by side: are they of one origin, and why.

The numbers below were set on the invented cases of ``tests/cases/origins`` and
are no measurement of anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal

from allegedly.corroboration.agencies import Credit, agency_words, find_credits
from allegedly.corroboration.copies import Overlap, Passage, compare, spans_of
from allegedly.corroboration.facts import Facts, are_other_events, find_facts, likeness, share
from allegedly.corroboration.words import Words, split_text
from allegedly.records.document import Document
from allegedly.records.span import Span

Reason = Literal["exact-copy", "near-copy", "contains-copy", "agency-credit"]

COPY: Final = 0.5  # share of a document's own words that makes it a copy
WHOLE: Final = 0.8  # share that does so in texts of a few words
FEWEST: Final = 18  # words; fewer shared ones make no copy
PART: Final = 0.2  # share of the containing document below which a passage must open it, or stays a borrowed sentence
LEAD: Final = 10  # words before which a passage begins that has the beginning of a report
UNLIKE: Final = 0.15  # likeness below which two beginnings are of other events
OPENING: Final = 0.34  # part of a document in which a passage must begin to be more than background
LONG: Final = 25  # words of an opening that two reports made of one wire share
LEAST: Final = 0.25  # share of either that such an opening must be
OPENING_WORDS: Final = 80  # words that tell an event
ALIKE: Final = 0.4  # likeness at which two reports with one agency's credit are of one event
UNDATED: Final = 0.6  # the same where a publication date is not known
NAMES: Final = 0.5  # share of names that they must have in common
DAYS: Final = 4  # days between the publications of reports of one event


class Report:
    """
    A document with what it is compared by, each found when first asked for.

    Args:
        number: Its place among the documents.
        document: The document.
    """

    def __init__(self, number: int, document: Document) -> None:
        self.number, self.document = number, document

    @cached_property
    def words(self) -> Words:
        """Its words."""
        return split_text(self.document.text)

    @cached_property
    def facts(self) -> Facts:
        """What it is about; agencies are left out."""
        return find_facts(self.document.text, self.words, but=agency_words())

    @cached_property
    def opening(self) -> Facts:
        """What its opening is about: what is new; the rest is often background that stands in many reports."""
        return self.facts_until(OPENING_WORDS)

    def facts_until(self, end: int) -> Facts:
        """Say what its first words are about."""
        words = self.words
        first = Words(words.keys[:end], words.spans[:end], words.own[:end])
        return find_facts(self.document.text, first, but=agency_words())

    @cached_property
    def credits(self) -> tuple[Credit, ...]:
        """The agency credits that cover it."""
        return tuple(credit for credit in find_credits(self.document) if credit.whole)

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """The agencies credited for it, each once."""
        return tuple(dict.fromkeys(credit.agency for credit in self.credits))


@dataclass(frozen=True, slots=True)
class Link:
    """
    Why two documents are of one origin; immutable.

    Offsets: spans index the text of the document on their side.

    Args:
        left: Number of the first document.
        right: Number of the second.
        left_id: Id of the first document.
        right_id: Id of the second.
        reason: Why.
        left_spans: The words of the first that show it.
        right_spans: The words of the second.
        left_share: How much of the first document's own words they are, 0 to 1; for credits, the likeness of the facts.
        right_share: The same of the second.
        agency: Id of the agency credited.
    """

    left: int
    right: int
    left_id: str
    right_id: str
    reason: Reason
    left_spans: tuple[Span, ...]
    right_spans: tuple[Span, ...]
    left_share: float
    right_share: float
    agency: str | None = None

    def spans(self, number: int) -> tuple[Span, ...]:
        """Give the words in one of the two documents."""
        return self.left_spans if number == self.left else self.right_spans

    def share(self, number: int) -> float:
        """Give how much of one of the two documents they are."""
        return self.left_share if number == self.left else self.right_share

    def other(self, number: int) -> int:
        """Give the other document."""
        return self.right if number == self.left else self.left


def exact_link(left: Report, right: Report) -> Link:
    """Join two documents of the same words."""
    spans = [(report.words.span(0, len(report.words) - 1),) for report in (left, right)]
    return _link(left, right, "exact-copy", spans, (1.0, 1.0))


def judge_pair(left: Report, right: Report) -> Link | None:
    """Say whether two documents are copies, one of the other or both of a third; None if not."""
    overlap = compare(left.words, right.words)
    low, high = sorted((overlap.left_share, overlap.right_share))
    if (overlap.words < FEWEST and low < WHOLE) or high < LEAST or are_other_events(left.facts, right.facts):
        return None
    if low < WHOLE and _begin_otherwise(left, right, overlap):
        return None
    opens = (_opens(overlap.left, left.words), _opens(overlap.right, right.words))
    if high < WHOLE and not any(opens):  # background that stands at the end of both
        return None
    if low >= COPY:
        return _copy(left, right, overlap, "near-copy")
    opening = all(opens) and (high >= WHOLE or overlap.longest >= LONG)
    return _copy(left, right, overlap, "contains-copy") if opening or (high >= COPY and low >= PART) else None


def _begin_otherwise(left: Report, right: Report, overlap: Overlap) -> bool:
    """Say whether two documents have no name in common, or beginnings that neither shares and that are not alike."""
    if share(left.facts.names, right.facts.names) == 0:
        return True
    firsts = [side[0].first for side in (overlap.left, overlap.right)]
    if min(firsts) <= LEAD:
        return False
    return likeness(left.facts_until(firsts[0]), right.facts_until(firsts[1])) < UNLIKE


def _opens(passages: tuple[Passage, ...], words: Words) -> bool:
    """Say whether the longest passage begins in the opening of a document."""
    longest = max(passages, key=lambda passage: passage.words)
    return longest.first <= OPENING * len(words)


def credit_link(left: Report, right: Report, agency: str) -> Link | None:
    """Say whether two documents that credit one agency are of one of its reports; None if not."""
    near = _days_between(left.document.published, right.document.published)
    if (near is not None and near > DAYS) or are_other_events(left.opening, right.opening):
        return None
    alike = likeness(left.opening, right.opening)
    if alike < (UNDATED if near is None else ALIKE) or share(left.opening.names, right.opening.names) < NAMES:
        return None
    spans = [_credit_spans(report, agency) for report in (left, right)]
    return _link(left, right, "agency-credit", spans, (alike, alike), agency=agency)


def _credit_spans(report: Report, agency: str) -> tuple[Span, ...]:
    return tuple(credit.span for credit in report.credits if credit.agency == agency and credit.span is not None)


def _days_between(left: str | None, right: str | None) -> int | None:
    """Give the days between two publications; None if one is not known."""
    try:
        days = [date.fromisoformat((day or "")[:10]) for day in (left, right)]
    except ValueError:
        return None
    return abs((days[0] - days[1]).days)


def _copy(left: Report, right: Report, overlap: Overlap, reason: Reason) -> Link:
    spans = [spans_of(one.words, side) for one, side in ((left, overlap.left), (right, overlap.right))]
    return _link(left, right, reason, spans, (overlap.left_share, overlap.right_share))


def _link(
    left: Report,
    right: Report,
    reason: Reason,
    spans: Sequence[tuple[Span, ...]],
    shares: tuple[float, float],
    *,
    agency: str | None = None,
) -> Link:
    return Link(
        left=left.number,
        right=right.number,
        left_id=left.document.id,
        right_id=right.document.id,
        reason=reason,
        left_spans=spans[0],
        right_spans=spans[1],
        left_share=round(shares[0], 3),
        right_share=round(shares[1], 3),
        agency=agency,
    )
