"""Claims as pages list them: the words, who says them, who printed them and when, what people decided about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from allegedly.records.claims import Claim
from allegedly.render import labels
from allegedly.render.claims import claim_event, claim_source, voice_name
from allegedly.review.states import Reviews
from allegedly.store.prints import matches_of, prints_of
from allegedly.store.sql import SqlStore
from allegedly.web import links


@dataclass(frozen=True, slots=True)
class Print:
    """
    A document that prints a claim.

    Args:
        publisher: Its outlet, or its id where that is unknown.
        published: Its day; None if unknown.
        link: Address of the claim in it.
    """

    publisher: str
    published: str | None
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """
    A claim in a list.

    Args:
        ids: Its id; those of all claims that are shown in this row.
        quote: Its words, verbatim.
        source: Who vouches for it: a name, or that it is the report's own voice.
        named: Whether that is a source, so that it has a page.
        chain: Through whose mouths it came, outermost first, where there are several.
        cue: The words that signal it; empty if there are none.
        stance: What the source does, in a fixed word.
        event: Type and modes of the event; empty where there is none.
        said: Day it was published first; None if unknown.
        prints: The documents that print it, earliest first.
        state: Its review state.
        reviewers: Who judged it.
    """

    ids: tuple[str, ...]
    quote: str
    source: str
    named: bool
    chain: tuple[str, ...]
    cue: str
    stance: str
    event: str
    said: str | None
    prints: tuple[Print, ...]
    state: str
    reviewers: tuple[str, ...]

    @property
    def link(self) -> str:
        """Address of the claim in the document that printed it first."""
        return self.prints[0].link


def claim_rows(store: SqlStore, ids: Iterable[str]) -> dict[str, ClaimRow]:
    """
    Make the rows of claims of a store, by id; claims of retracted documents have none.

    Args:
        store: The store.
        ids: Ids of claims.
    """
    prints = prints_of(store, set(ids))
    reviews = reviews_in(store, prints)
    return {key: claim_row(found, reviews) for key, found in prints.items()}


def fold_rows(rows: Iterable[ClaimRow]) -> tuple[ClaimRow, ...]:
    """
    Put claims of the same words and the same source into one row, in the place of the first.

    Reports that copy from each other say the same again and again; who reviewed what stays apart.
    """
    folded: dict[tuple[object, ...], ClaimRow] = {}
    for row in rows:
        key = (row.quote, row.source, row.named, row.chain, row.stance, row.event, row.state, row.reviewers)
        first = folded.get(key)
        folded[key] = (
            row if first is None else replace(first, ids=first.ids + row.ids, prints=first.prints + row.prints)
        )
    return tuple(folded.values())


def reviews_in(store: SqlStore, prints: Mapping[str, Sequence[Claim]]) -> Reviews:
    """Gather what people decided about claims."""
    matches = matches_of(store, prints)
    return Reviews((item for item, _ in matches.same), ((item, row.id) for item, row in matches.moved))


def claim_row(prints: Sequence[Claim], reviews: Reviews) -> ClaimRow:
    """
    Make the row of a claim, as people left it.

    Args:
        prints: The claim in each document that prints it, earliest first; at least one.
        reviews: What people decided.
    """
    claim, standing = reviews.reviewed(prints[0])
    source = claim.source
    return ClaimRow(
        ids=(claim.id,),
        quote=claim.quote,
        source=claim_source(claim),
        named=bool(source and (source.name or source.words)),
        chain=tuple(map(voice_name, claim.voices[:-1])),
        cue=(source.cue or "") if source else "",
        stance=labels.STANCE[claim.stance],
        event=claim_event(claim),
        said=claim.published,
        prints=tuple(print_of(item) for item in prints),
        state=standing.state,
        reviewers=standing.reviewers,
    )


def print_of(claim: Claim) -> Print:
    """Give the document that a claim stands in."""
    link = links.document(claim.document, at=f"claim-{claim.id}", claim=claim.id)
    return Print(claim.publisher or claim.document, claim.published, link)
