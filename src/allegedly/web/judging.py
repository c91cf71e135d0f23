"""What the pages of the review room share: a queue as an address has it, a claim as seen, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from markupsafe import Markup

from allegedly.errors import NotInStore
from allegedly.records.claims import Claim
from allegedly.render import labels
from allegedly.render.claims import claim_chain, claim_details, claim_event, claim_source
from allegedly.review.blind import Blind, blind
from allegedly.review.queue import ORDERS, Order
from allegedly.review.states import new_values
from allegedly.store.answers import Decision, Judgement
from allegedly.store.viewing import SqlView
from allegedly.web import links
from allegedly.web.passage import passage_markup
from allegedly.web.site import Site

DECISION: Final[dict[Decision, str]] = {
    "accept": "right", "reject": "wrong", "unsure": "not sure", "change": "fixed",
}  # fmt: skip
ORDER: Final[dict[Order, str]] = {
    "uncertain": "lowest score first",
    "disputed": "behind conflicts first",
    "random": "a fair sample: measures precision",
    "second": "what one other has judged",
}
_UNBIASED: Final = frozenset({"random", "second"})  # orders in which the score would lead the reviewer
_WORDLESS: Final = frozenset({"passage", "quote"})  # follow from the span


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """
    A queue, as its address has it.

    Args:
        order: In which order.
        query: Only claims that this query finds.
        blind: Whether publisher, title and names of parties are hidden.
        after: The place that it goes on behind; empty is its beginning.
    """

    order: Order = "uncertain"
    query: str = ""
    blind: bool = False
    after: str = ""

    @property
    def address(self) -> str:
        """Give its address."""
        order = None if self.order == "uncertain" else self.order
        return links.address("/review", order=order, q=self.query, blind=self.blind, after=self.after)


def queue_of(query: Mapping[str, str]) -> Queue:
    """Read a queue from an address; an order that is none is the first."""
    order = query.get("order", "")
    return Queue(
        order=next((item for item in ORDERS if item == order), ORDERS[0]),
        query=query.get("q", "").strip(),
        blind=query.get("blind") == "1",
        after=query.get("after", ""),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """
    A claim as a reviewer sees it.

    Args:
        id: Its id.
        text: Its passage, marked.
        source: Who vouches for it.
        chain: All voices; empty unless there are several.
        stance: What the source does, a fixed label.
        form: In quotation marks or not, a fixed label.
        event: Type and modes; empty without event.
        factuality: As that voice presents it, a fixed label.
        details: Label and words of who, whom, where, when, how many.
        score: How sure the reader is; None where it is not shown. Unit: probability.
        publisher: Who printed it; None if unknown, or hidden.
        title: Headline; as above.
        published: Day of publication.
        document: Address of the document, or where it is hidden, empty.
    """

    id: str
    text: Markup
    source: str
    chain: str
    stance: str
    form: str
    event: str
    factuality: str
    details: tuple[tuple[str, str], ...]
    score: float | None
    publisher: str | None
    title: str | None
    published: str | None
    document: str


def seen(site: Site, view: SqlView, claim: Claim, *, hidden: bool, score: bool = True) -> Seen:
    """
    Show a claim to a reviewer.

    Args:
        site: The site.
        view: The store at one moment.
        claim: The claim, as read or as people left it.
        hidden: Whether publisher, title and names of parties are hidden.
        score: Whether the score is shown.
    """
    ledger = site.ledger(view, claim.document)
    hides: Blind | None = blind(ledger) if hidden else None
    shown = claim if hides is None else hides.claim(claim)
    source = shown.source
    own = f"{labels.THE_REPORT} {labels.OWN_VOICE}" if hidden else claim_source(shown)
    return Seen(
        id=claim.id,
        text=passage_markup(ledger, claim, blind=hides),
        source=own if source is None else claim_source(shown),
        chain=claim_chain(shown),
        stance=labels.STANCE[claim.stance] if source else "",
        form=labels.FORM[source.form] if source else "",
        event=claim_event(claim),
        factuality=labels.FACTUALITY[claim.factuality] if claim.factuality else "",
        details=tuple(claim_details(shown)),
        score=claim.score if score and not hidden else None,
        publisher=shown.publisher,
        title=shown.title,
        published=claim.published,
        document="" if hidden else links.document(claim.document, at=f"claim-{claim.id}", claim=claim.id),
    )


def shows_score(queue: Queue) -> bool:
    """Say whether a reviewer in this queue may know how sure the reader is."""
    return queue.order not in _UNBIASED and not queue.blind


def fix_address(claim: str, queue: Queue) -> str:
    """Give the address of the form that changes a claim of a queue, and leads back there."""
    return links.address(f"/review/claim/{claim}", order=queue.order, blind=queue.blind, back=queue.address)


def claim_of(view: SqlView, claim_id: str) -> Claim:
    """
    Give a claim that counts now.

    Raises:
        NotInStore: If there is none of this id.
    """
    found = view.claims_of_ids([claim_id])
    if not found:
        raise NotInStore(f"there is no claim {claim_id[:60]!a} that counts now", hint="it may have been read anew")
    return found[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """
    A judgement, as lists show it.

    Args:
        number: Its number.
        row: Id of the row.
        document: Id of the document.
        who: Who.
        made: When, UTC.
        decision: What, a fixed word.
        note: Why, in that person's words.
        changes: Name of a value, before and after.
        quote: The words of the row.
        queue: The order it was asked in; empty if the person went there.
        blind: Whether names were hidden.
        undone: When it was taken back, and by whom; empty if it stands.
        claim: Address of the claim; empty if the row is none.
    """

    number: int
    row: str
    document: str
    who: str
    made: str
    decision: str
    note: str
    changes: tuple[tuple[str, str, str], ...]
    quote: str
    queue: str
    blind: bool
    undone: str
    claim: str


def decided(judgement: Judgement) -> Decided:
    """Make the line of a judgement."""
    changes = new_values(judgement)
    before = judgement.before
    return Decided(
        number=judgement.number,
        row=judgement.row,
        document=judgement.document,
        who=judgement.who,
        made=judgement.made,
        decision=DECISION[judgement.decision],
        note=judgement.note,
        changes=tuple(
            (name, plain(before.get(name)), plain(value)) for name, value in changes.items() if name not in _WORDLESS
        ),
        quote=str(before.get("quote") or ""),
        queue=judgement.queue,
        blind=judgement.blind,
        undone=f"{judgement.undone} {judgement.undone_by or ''}".strip() if judgement.undone else "",
        claim=links.address(f"/review/claim/{judgement.row}") if judgement.row.startswith("c") else "",
    )


def plain(value: Any) -> str:  # noqa: ANN401  # a value of a row, as JSON has it
    """
    Write a value of a row for people: the words of what is put together, an interval for offsets.

    Example:
        >>> plain([{"words": "the army", "name": None}]), plain([3, 9]), plain(None)
        ('the army', '3:9', 'nothing')
    """
    match value:
        case None | [] | "":
            return "nothing"
        case [int(start), int(end)]:
            return f"{start}:{end}"
        case list():
            return "; ".join(map(plain, value))
        case dict():
            return _together(value)
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _together(value: Mapping[str, Any]) -> str:
    """Write what is put together: a number by its words and bounds, a date by its days, others by words and name."""
    if "measure" in value:
        known = (name for name in ("low", "best", "high") if value.get(name) is not None)
        bounds = ", ".join(f"{name} {value[name]:g}" for name in known)
        return f"{value['measure']}: {value['words']}{f' ({bounds})' if bounds else ''}"
    if "earliest" in value:
        first, last = value["earliest"] or "", value["latest"] or ""
        return first if first == last else f"{first} … {last}"
    words, name = value.get("words"), value.get("name")
    if not (words or name):
        return labels.NO_NAME
    return str(words or name) if name in {None, words} or not words else f"{words} = {name}"
