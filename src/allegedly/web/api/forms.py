"""What the API takes and gives beside the records of the package: bodies of requests, answers of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from allegedly.records.claims import Claim
from allegedly.records.incidents import ClusterDecision
from allegedly.review.queue import Order
from allegedly.review.states import ReviewState
from allegedly.store.answers import Decision
from allegedly.web.api.answering import NO_NUL

ROW = r"^[aceptq][0-9a-f]{6,64}$"
CLAIM = r"^c[0-9a-f]{6,64}$"
INCIDENT = r"^[ic][0-9a-f]{6,64}$"
_LONGEST = 10_000  # characters of what is no document

_Short = Annotated[str, Meta(max_length=_LONGEST, pattern=NO_NUL)]
_Some = Annotated[tuple[Annotated[str, Meta(pattern=INCIDENT)], ...], Meta(min_length=1, max_length=1000)]


class JudgementForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody decides about a row."""

    row: Annotated[str, Meta(pattern=ROW, description="Id of the row, or its first digits.")]
    decision: Annotated[Decision, Meta(description="Right as it is, right with changes, wrong, or not sure.")]
    after: Annotated[
        dict[str, Any] | None,
        Meta(description="For `change`, and only then: new values by key of the row, as `/api/rows/{id}` has them."),
    ] = None
    note: Annotated[_Short, Meta(description="Why.")] = ""
    queue: Annotated[Order | Literal[""], Meta(description="In which order it was asked for; empty if in none.")] = ""
    blind: Annotated[bool, Meta(description="Whether outlet and party were hidden.")] = False


class ClusterForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody decides about incidents."""

    decision: Annotated[
        ClusterDecision, Meta(description="`merge`: both sides are one incident; `split`: left is none of right.")
    ]
    left: Annotated[
        _Some, Meta(description="Ids of claims; for a merge also of incidents. For a split the claims taken out.")
    ]
    right: Annotated[
        tuple[Annotated[str, Meta(pattern=INCIDENT)], ...],
        Meta(
            max_length=1000,
            description="As left; for a split the claims that stay: empty is all others of the incident.",
        ),
    ] = ()
    note: Annotated[_Short, Meta(description="Why.")] = ""


class ReadForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text to read, and what is known of its publication."""

    text: Annotated[str, Meta(description="The report, exactly as published; all spans index it, in code points.")]
    id: Annotated[
        Annotated[str, Meta(max_length=500, pattern=NO_NUL)],
        Meta(description="Id of the document; empty is the first 16 hex digits of its digest."),
    ] = ""
    published: Annotated[date | None, Meta(description="Day of publication.")] = None
    title: Annotated[_Short | None, Meta(description="Headline, if it is not part of the text.")] = None
    url: Annotated[_Short | None, Meta(description="Where it was published.")] = None
    publisher: Annotated[_Short | None, Meta(description="Outlet that published it.")] = None
    language: Annotated[
        Annotated[str, Meta(pattern="^[a-z]{2,3}$")] | None, Meta(description="ISO 639 code; null is found out.")
    ] = None
    keep: Annotated[bool, Meta(description="Keep document and ledger in the store; for reviewers.")] = False


@dataclass(frozen=True, slots=True)
class ReviewedClaim:
    """
    A claim as it was read, and what people made of it.

    Args:
        claim: The claim as read.
        review_state: What all who judged it come to.
        changes: Values that people put in the place of those read, by key of the claim; empty unless ``changed``.
        reviewers: Who judged it, in order of time.
    """

    claim: Claim
    review_state: ReviewState
    changes: dict[str, Any] = field(hash=False)
    reviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentText:
    """
    The text of a document.

    Args:
        id: Id of the document.
        digest: Digest of the text.
        text: The text, exactly as received; all spans index it, in code points.
    """

    id: str
    digest: str
    text: str


@dataclass(frozen=True, slots=True)
class Info:
    """
    What there is in the store.

    Args:
        version: Version of the program.
        documents: Documents, retracted ones included.
        retracted: Documents that were retracted.
        ledgers: Readings of documents.
        runs: Runs.
        claims: Claims of all readings.
        incidents: Incidents.
        conflicts: Conflicts of incidents.
        judgements: Judgements of rows, those taken back included.
        failures: Inputs that could not be read or kept.
        behind: Whether incidents are being made just now, so that lists of them may miss the newest.
    """

    version: str
    documents: int
    retracted: int
    ledgers: int
    runs: int
    claims: int
    incidents: int
    conflicts: int
    judgements: int
    failures: int
    behind: bool


@dataclass(frozen=True, slots=True)
class Health:
    """
    Whether the server can answer.

    Args:
        status: ``ok``; else the answer is an error.
    """

    status: Literal["ok"]


@dataclass(frozen=True, slots=True)
class ProblemBody:
    """
    What happened, and what to do.

    Args:
        code: Name of the problem, stable: for programs.
        message: What happened and where: for people.
        hint: What to do next; may be empty.
    """

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Problem:
    """
    The one form of all errors.

    Args:
        error: The error.
    """

    error: ProblemBody
