"""Fakes: a reader that knows three cues and three acts, so that all above the weights can be tested without them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from allegedly.errors import DocumentError, UnreadableDocument
from allegedly.ledger.build import build_ledger
from allegedly.ledger.check import check_ledger
from allegedly.records.annotations import (
    Attribution,
    Chain,
    CodedActor,
    Event,
    EventDate,
    EventFactuality,
    EventPlace,
    Link,
    Mention,
    Quantity,
    ResolvedSource,
    SayingDate,
    Sentence,
    Timex,
    Toponym,
    Voice,
)
from allegedly.records.codes import EventType, SourceType, Stance
from allegedly.records.document import Document
from allegedly.records.layers import Layers
from allegedly.records.ledger import Ledger, Run
from allegedly.records.origin import Origin
from allegedly.records.span import Span

ORIGIN = Origin("fake", "1")
RUN = Run("0.0.0", f"sha256:{'0' * 64}", f"sha256:{'1' * 64}")
STANCES: dict[str, Stance] = {"said": "assert", "denied": "deny", "accused": "accuse"}
TYPES: dict[str, EventType] = {"killed": "ASSAULT", "met": "CONSULT", "arrested": "COERCE"}

_SENTENCE = re.compile(r"\S[^.\n]*\.?")
_SAYING = re.compile(r"(?P<source>\S.*?)\s(?P<cue>said|denied|accused)\s(?P<content>\S[^.\n]*)")
_ACT = re.compile(r"\b(?P<actor>\w+)\s(?P<trigger>killed|met|arrested)\s(?P<number>\d{1,9})?\s?(?P<recipient>\w+)")


class FakeReader:
    """
    Stands in for ``Reader``: same methods, no weights.

    Args:
        warnings: Put into every ledger.
    """

    def __init__(self, warnings: tuple[str, ...] = ()) -> None:
        self.warnings = warnings
        self.run = RUN

    def read(self, document: Document) -> Ledger:
        """Read one document; one whose text holds the word UNREADABLE fails."""
        if "UNREADABLE" in document.text:
            raise UnreadableDocument("the text says so", document_id=document.id)
        ledger = build_ledger(fake_layers(replace(document, language="en")), RUN, self.warnings)
        check_ledger(ledger)
        return ledger

    def read_many(
        self, documents: Iterable[Document], *, failed: Callable[[DocumentError], None] | None = None
    ) -> Iterator[Ledger]:
        """Read many documents in the order given."""
        for document in documents:
            try:
                yield self.read(document)
            except DocumentError as error:
                if failed is None:
                    raise
                failed(error)


def fake_layers(document: Document) -> Layers:
    """Annotate a document by three patterns."""
    text = document.text
    sentences = [Span(*match.span()) for match in _SENTENCE.finditer(text)]
    attributions = [_attribution(match, number) for number, match in enumerate(_SAYING.finditer(text), 1)]
    acts = list(_ACT.finditer(text))
    events = [_event(match, number) for number, match in enumerate(acts, 1)]
    layers = Layers(document)
    layers.add(Sentence, [Sentence(span=span, origin=ORIGIN) for span in sentences])
    layers.add(Attribution, attributions)
    layers.add(Quantity, [_quantity(match, number) for number, match in enumerate(acts, 1) if match["number"]])
    layers.add(Event, events)
    layers.add(Voice, [_voice(event, attributions) for event in events])
    layers.add(
        EventFactuality,
        [EventFactuality(span=event.span, origin=ORIGIN, event=event.key, value="+") for event in events],
    )
    add_entities(layers)
    layers.add(Timex, ())
    layers.add(Toponym, ())
    add_dates(layers)
    return layers


def add_dates(layers: Layers) -> None:
    """Date and place no event, and date no saying."""
    layers.add(
        EventPlace,
        [EventPlace(span=e.span, origin=ORIGIN, event=e.key, words=None, toponym=None) for e in layers[Event]],
    )
    layers.add(
        EventDate,
        [
            EventDate(span=event.span, origin=ORIGIN, event=event.key, timex=None, days=None, origin_of_days="none")
            for event in layers[Event]
        ],
    )
    layers.add(
        SayingDate,
        [
            SayingDate(span=a.span, origin=ORIGIN, attribution=a.key, timex=None, days=None, origin_of_days="none")
            for a in layers[Attribution]
        ],
    )


def add_entities(layers: Layers) -> None:
    """Make each source, actor and recipient a mention; the same words are the same entity, none is coded."""
    attributions, events = layers[Attribution], layers[Event]
    spans = {span for attribution in attributions for span in attribution.source}
    spans |= {span for event in events for span in (*event.actors, *event.recipients)}
    text = layers.document.text
    mentions = [_mention(text, span, number) for number, span in enumerate(sorted(spans), 1)]
    by_words: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_words.setdefault(mention.span.of(text).lower(), []).append(mention)
    chains = [_chain(own, number) for number, own in enumerate(by_words.values(), 1)]
    chain_of = {link.mention: chain.key for chain in chains for link in chain.links}
    at = {mention.span: chain_of[mention.key] for mention in mentions}
    layers.add(Mention, mentions)
    layers.add(Chain, chains)
    layers.add(CodedActor, [_code(chain) for chain in chains])
    layers.add(ResolvedSource, [_resolved(attribution, at) for attribution in attributions])


def _mention(text: str, span: Span, number: int) -> Mention:
    words = span.of(text)
    head = Span(span.start + max(words.rfind(" ") + 1, 0), span.end)
    named = words[0].isupper()
    return Mention(
        span=span,
        origin=ORIGIN,
        key=f"m{number}",
        head=head if head.start < head.end else span,
        kind="name" if named else "nominal",
        type="PER",
        name=span if named else None,
    )


def _chain(own: list[Mention], number: int) -> Chain:
    first, *rest = own
    links = [
        Link(mention=first.key, reason="first"),
        *(Link(mention=mention.key, reason="same-name", antecedent=first.key) for mention in rest),
    ]
    return Chain(
        span=first.span, origin=ORIGIN, key=f"e{number}", type="PER", links=tuple(links), name=first.name or first.span
    )


def _code(chain: Chain) -> CodedActor:
    return CodedActor(
        span=chain.span,
        origin=ORIGIN,
        chain=chain.key,
        country=None,
        sector=None,
        actor=None,
        side=None,
        reason="no-evidence",
    )


def _resolved(attribution: Attribution, at: Mapping[Span, str]) -> ResolvedSource:
    chain = at[attribution.source[0]] if attribution.source else None
    kind: SourceType | None = "named" if chain else None
    return ResolvedSource(span=attribution.span, origin=ORIGIN, attribution=attribution.key, chain=chain, type=kind)


def _attribution(match: re.Match[str], number: int) -> Attribution:
    return Attribution(
        span=Span(*match.span()),
        origin=ORIGIN,
        score=0.9,
        key=f"a{number}",
        source=(Span(*match.span("source")),),
        cue=(Span(*match.span("cue")),),
        content=(Span(*match.span("content")),),
        form="indirect",
        stance=STANCES[match["cue"]],
    )


def _quantity(match: re.Match[str], number: int) -> Quantity:
    value = float(match["number"])
    return Quantity(
        span=Span(*match.span("number")),
        origin=ORIGIN,
        key=f"q{number}",
        measure="killed",
        low=value,
        best=value,
        high=value,
        qualifier="exact",
    )


def _event(match: re.Match[str], number: int) -> Event:
    return Event(
        span=Span(*match.span("trigger")),
        origin=ORIGIN,
        score=0.8,
        key=f"v{number}",
        type=TYPES[match["trigger"]],
        actors=(Span(*match.span("actor")),),
        recipients=(Span(*match.span("recipient")),),
        quantities=(f"q{number}",) if match["number"] else (),
    )


def _voice(event: Event, attributions: Iterable[Attribution]) -> Voice:
    chain = tuple(item.key for item in attributions if item.content[0].contains(event.span))
    return Voice(span=event.span, origin=ORIGIN, event=event.key, chain=chain)
