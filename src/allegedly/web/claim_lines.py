"""Claims as lists of claims show them, beside a text or as results of a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from allegedly.records.claims import Claim
from allegedly.render import labels
from allegedly.render.claims import claim_chain, claim_details, claim_event, claim_source
from allegedly.review.states import Reviews
from allegedly.store.viewing import SqlView
from allegedly.web import links


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """
    What a list shows of a claim.

    Args:
        id: Its id.
        number: Its number beside the text; 0 in lists without one.
        own: Whether the report says it in its own voice.
        source: Who vouches for it.
        chain: All voices, outermost first; empty unless there are several.
        stance: What the source does, a fixed label; empty in the report's own voice.
        form: Whether in quotation marks, a fixed label.
        event: Type and modes; empty without event.
        factuality: As that voice presents the event, a fixed label; empty without event.
        details: Label and words of who, whom, where, when, how many.
        quote: Its words, verbatim.
        state: Its review state.
        incident: Id of the incident it is in; None if in none.
        key: Its row in the ledger.
        score: How sure the reader is. Unit: probability.
        document: Id of its document.
        title: Headline of the document.
        publisher: Outlet.
        published: Day of publication.
        link: Address at which it is opened beside its text.
    """

    id: str
    number: int
    own: bool
    source: str
    chain: str
    stance: str
    form: str
    event: str
    factuality: str
    details: tuple[tuple[str, str], ...]
    quote: str
    state: str
    incident: str | None
    key: str
    score: float
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    link: str


def claim_lines(claims: Iterable[Claim], reviews: Reviews, incidents: Mapping[str, str]) -> list[ClaimLine]:
    """
    Make the lines of claims, changed as people have changed them.

    Args:
        claims: The claims as they were read.
        reviews: What people decided about them.
        incidents: The incident that each is in, by id.
    """
    return [_line(claim, reviews, incidents) for claim in claims]


def claim_line(claim: Claim, *, state: str, number: int = 0, incident: str | None = None, link: str = "") -> ClaimLine:
    """Make the line of a claim."""
    source = claim.source
    return ClaimLine(
        id=claim.id,
        number=number,
        own=source is None,
        source=claim_source(claim),
        chain=claim_chain(claim),
        stance=labels.STANCE[claim.stance] if source else "",
        form=labels.FORM[source.form] if source else "",
        event=claim_event(claim),
        factuality=labels.FACTUALITY[claim.factuality] if claim.factuality else "",
        details=tuple(claim_details(claim)),
        quote=claim.quote,
        state=state,
        incident=incident,
        key=claim.key,
        score=claim.score,
        document=claim.document,
        title=claim.title,
        publisher=claim.publisher,
        published=claim.published,
        link=link or links.document(claim.document, at=f"claim-{claim.id}", claim=claim.id),
    )


def reviews_of_claims(view: SqlView, claims: Sequence[Claim]) -> Reviews:
    """Gather what people decided about some claims, as they stand."""
    return Reviews(view.judgements_of([claim.id for claim in claims]))


def _line(claim: Claim, reviews: Reviews, incidents: Mapping[str, str]) -> ClaimLine:
    reviewed, standing = reviews.reviewed(claim)
    return claim_line(reviewed, state=standing.state, incident=incidents.get(claim.id))
