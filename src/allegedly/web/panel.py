"""
An opened claim: its voices, how each value was obtained, where else it is claimed, what people decided.

Nothing is decided here; what the rows say is put side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import msgspec

from allegedly.records.claims import Claim
from allegedly.records.ids import run_id
from allegedly.records.ledger import ArgumentRow, AttributionRow, EntityRow, EventRow, Ledger
from allegedly.render import labels, names
from allegedly.render.dates import date_label, time_facts
from allegedly.render.marked import offsets
from allegedly.render.places import place_facts
from allegedly.review.states import new_values
from allegedly.store.answers import Decision, Judgement
from allegedly.store.newest import incidents_by_claim
from allegedly.store.viewing import SqlView
from allegedly.web import links
from allegedly.web.claim_lines import ClaimLine, claim_lines, reviews_of_claims
from allegedly.web.laid import Laid
from allegedly.web.site import Site

Facts = tuple[tuple[str, str], ...]
MOST_ELSEWHERE = 20  # matching claims that are listed
DECIDED: Final[dict[Decision, str]] = {
    "accept": "accepted", "change": "changed", "reject": "rejected", "unsure": "not sure",
}  # fmt: skip
_SPANS = frozenset(("span", "passage"))  # offsets of words that are shown themselves


@dataclass(frozen=True, slots=True)
class Slot:
    """
    One value of a claim.

    Args:
        label: What it is.
        words: The value, as it stands in the report.
        facts: Label and words of how it was obtained.
    """

    label: str
    words: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """
    A reading of the document.

    Args:
        run: Id of its run.
        version: Version of the program.
        added: When it was added, UTC.
        current: Whether it is the one that counts.
        same: Whether it holds this very claim.
        link: Address of the document as it was read then.
    """

    run: str
    version: str
    added: str
    current: bool
    same: bool
    link: str


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """
    What somebody decided.

    Args:
        who: Who.
        made: When, UTC.
        decision: What, a fixed word.
        note: Why, in that person's words.
        changes: Name of a value, before and after; for a change only.
        undone: When it was taken back; None if it stands.
    """

    who: str
    made: str
    decision: str
    note: str
    changes: tuple[tuple[str, str, str], ...]
    undone: str | None


@dataclass(frozen=True, slots=True)
class Panel:
    """
    What an opened claim shows.

    Args:
        id: Id of the claim.
        voices: The chain of voices, outermost first.
        slots: Its values.
        run: Label and words of what read it.
        readings: All readings of the document, last first.
        elsewhere: Claims of the same incident in other documents.
        more: How many more there are of them.
        judgements: What people decided, oldest first, what was taken back included.
        change: Address of the form that changes it.
    """

    id: str
    voices: tuple[Slot, ...]
    slots: tuple[Slot, ...]
    run: Facts
    readings: tuple[ReadingLine, ...]
    elsewhere: tuple[ClaimLine, ...]
    more: int
    judgements: tuple[JudgementLine, ...]
    change: str


def panel_of(site: Site, view: SqlView, laid: Laid, claim: Claim, *, back: str) -> Panel:
    """
    Open a claim.

    Args:
        site: The site.
        view: The store at one moment.
        laid: The document as it is shown.
        claim: The claim, one of the document.
        back: Where to go after it was judged.
    """
    ledger, document = laid.ledger, laid.ledger.document.id
    elsewhere, more = _elsewhere(site, view, claim)
    judged = [item for item in view.judgements(document=document, undone=True) if item.row == claim.id]
    with_it = view.runs_with(document, claim.id)
    return Panel(
        id=claim.id,
        voices=tuple(_voices(ledger, claim)),
        slots=tuple(_slots(ledger, claim)),
        run=_run(ledger),
        readings=tuple(
            ReadingLine(
                item.id, item.version, item.added, item.current, item.id in with_it,
                links.document(document, run=None if item.current else item.id),
            )
            for item in view.readings(document)
        ),
        elsewhere=elsewhere,
        more=more,
        judgements=tuple(map(_judgement, judged)),
        change=links.address(f"/review/claim/{claim.id}", back=back),
    )  # fmt: skip


def _elsewhere(site: Site, view: SqlView, claim: Claim) -> tuple[tuple[ClaimLine, ...], int]:
    """Find the claims of the same incident that stand in other documents."""
    incident = incidents_by_claim(site.store, [claim.id]).get(claim.id)
    found = site.incidents().incidents_of([incident]) if incident else []
    ids = [key for item in found for key in item.claims if key != claim.id]
    others = [item for item in view.claims_of_ids(ids[: 10 * MOST_ELSEWHERE]) if item.document != claim.document]
    shown = others[:MOST_ELSEWHERE]
    reviews = reviews_of_claims(view, shown)
    lines = claim_lines(shown, reviews, {item.id: incident or "" for item in shown})
    return tuple(lines), max(len(others) - len(shown), 0)


def _voices(ledger: Ledger, claim: Claim) -> Iterator[Slot]:
    """Go through the chain of voices; the report itself begins it."""
    yield Slot(labels.THE_REPORT, labels.narrator(ledger), ())
    for row in _chain(ledger, claim):
        entity = names.entity_of(ledger, row.source_entity)
        facts = [
            ("cue", labels.spans_words(ledger, row.cue)),
            ("form", labels.FORM[row.form] or "in the report's words"),
            ("printed", labels.spans_words(ledger, row.source) if entity else ""),
            ("kind", labels.SOURCE_TYPE[row.source_type] if row.source_type else ""),
            *(_entity_facts(ledger, entity) if entity else ()),
            ("said", date_label(row.said)),
            ("score", f"{row.score:.2f}"),
            ("offsets", f"source {offsets(row.source)}; cue {offsets(row.cue)}; content {offsets(row.content)}"),
        ]
        yield Slot(labels.STANCE[row.stance], names.source_name(ledger, row), _known(facts))


def _chain(ledger: Ledger, claim: Claim) -> list[AttributionRow]:
    event = _event(ledger, claim)
    if event is not None:
        return [labels.row_of(ledger.attributions, key) for key in event.voice]
    return names.chain_of(ledger, labels.row_of(ledger.attributions, claim.key))


def _event(ledger: Ledger, claim: Claim) -> EventRow | None:
    return None if claim.event is None else labels.row_of(ledger.events, claim.key)


def _slots(ledger: Ledger, claim: Claim) -> Iterator[Slot]:
    event = _event(ledger, claim)
    if event is None:
        return
    facts = [("presented as", labels.FACTUALITY[event.factuality]), ("score", f"{event.score:.2f}")]
    words = labels.clean(ledger.words(event.trigger))
    yield Slot(labels.event_label(event), words, (*facts, ("offsets", offsets((event.trigger,)))))
    for label, arguments in (("who did it", event.actors), ("to whom", event.recipients)):
        for argument in arguments:
            yield Slot(label, labels.clean(ledger.words(argument.span)), _argument_facts(ledger, argument))
    yield from _circumstances(ledger, event)


def _circumstances(ledger: Ledger, event: EventRow) -> Iterator[Slot]:
    if event.place is not None:
        place = labels.row_of(ledger.places, event.place)
        yield Slot("where", labels.clean(ledger.words(place.span)), tuple(place_facts(place)))
    if event.time is not None:
        time = labels.row_of(ledger.times, event.time)
        facts = (("date", date_label(event.date)), *time_facts(ledger, time))
        yield Slot("when", labels.clean(ledger.words(time.whole or time.span)), facts)
    elif event.date.from_ != "none":
        yield Slot("when", date_label(event.date), ())
    for key in event.quantities:
        row = labels.row_of(ledger.quantities, key)
        bounds = [(name, "" if value is None else f"{value:,}") for name, value in _bounds(row.low, row.best, row.high)]
        facts = _known([*bounds, ("bound", row.qualifier), ("offsets", offsets((row.span,)))])
        yield Slot(labels.MEASURE.get(row.measure, row.measure), labels.clean(row.words), facts)


def _bounds(low: float | None, best: float | None, high: float | None) -> tuple[tuple[str, float | None], ...]:
    return ("low", low), ("best", best), ("high", high)


def _argument_facts(ledger: Ledger, argument: ArgumentRow) -> Facts:
    entity = names.entity_of(ledger, argument.entity)
    link = next((row.reason for row in ledger.mentions if row.span == argument.span and row.entity), "")
    facts = [*(_entity_facts(ledger, entity) if entity else ()), ("linked by", labels.LINK.get(link, link))]
    return _known([*facts, ("offsets", offsets((argument.span,)))])


def _entity_facts(ledger: Ledger, entity: EntityRow) -> Facts:
    return (
        ("name", labels.clean(entity.name)),
        ("role", names.role_words(entity)),
        ("members", names.members_label(ledger, entity)),
        ("country", entity.country or ""),
        ("sector", entity.sector or ""),
        ("side", labels.clean(entity.side or "")),
        ("actor", labels.clean(entity.actor or "")),
        ("coded by", names.coded_by(entity)),
    )


def _known(facts: list[tuple[str, str]]) -> Facts:
    return tuple((label, words) for label, words in facts if words)


def _run(ledger: Ledger) -> Facts:
    run = ledger.run
    return (
        ("run", run_id(run)), ("allegedly", run.version), ("pack", run.pack.removeprefix("sha256:")[:12]),
        ("settings", run.settings.removeprefix("sha256:")[:12]),
    )  # fmt: skip


def _judgement(judgement: Judgement) -> JudgementLine:
    changes = tuple(
        (name, _shown(judgement.before.get(name)), _shown(value))
        for name, value in new_values(judgement).items()
        if name not in _SPANS
    )
    decision = DECIDED[judgement.decision]
    return JudgementLine(judgement.who, judgement.made, decision, judgement.note, changes, judgement.undone)


def _shown(value: object) -> str:
    """Write a value of a row: words as they are, what is put together as JSON."""
    if value is None or value == []:
        return "none"
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
