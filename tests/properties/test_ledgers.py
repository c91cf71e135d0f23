"""What holds for every ledger, whatever the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.errors import LedgerError
from allegedly.ledger.build import build_ledger
from allegedly.ledger.check import check_ledger
from allegedly.ledger.json import decode_ledger, encode_ledger
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
from allegedly.records.codes import (
    ENTITY_TYPES,
    EVENT_TYPES,
    FACTUALITIES,
    MEASURES,
    MENTION_KINDS,
    MODES,
    PLACE_PRECISIONS,
    PLACE_READINGS,
    QUALIFIERS,
    SECTORS,
    SOURCE_TYPES,
    STANCES,
    TIME_ANCHORS,
    TIME_REASONS,
)
from allegedly.records.daterange import DateRange
from allegedly.records.document import Document
from allegedly.records.layers import Layers
from allegedly.records.ledger import Ledger, SpanPair
from allegedly.records.place import Place
from allegedly.records.span import Span, merge_spans, utf16_offsets
from allegedly.render.html import render_page
from allegedly.render.show import render_row
from allegedly.render.table import render_table
from tests.fakes import ORIGIN, RUN
from tests.render.test_html import Page

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
_SCORE = st.floats(0, 1)


@st.composite
def _span(draw: st.DrawFn, size: int) -> Span:
    start = draw(st.integers(0, size - 1))
    return Span(start, draw(st.integers(start + 1, size)))


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Build a ledger of random spans over a random text: overlapping, nested, crossing."""
    text = draw(_TEXT)
    span = _span(len(text))
    spans = st.lists(span, max_size=2).map(tuple)
    attributions = [
        Attribution(
            span=draw(span), origin=ORIGIN, score=draw(_SCORE), key=f"a{number}", source=draw(spans), cue=draw(spans),
            content=(draw(span), *draw(spans)), form=draw(st.sampled_from(["direct", "indirect", "mixed"])),
            stance=draw(st.sampled_from(STANCES)),
            parent=draw(st.sampled_from([None, *(f"a{other}" for other in range(number))])),
        )
        for number in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    quantities = [
        Quantity(
            span=draw(span), origin=ORIGIN, key=f"q{number}", measure=draw(st.sampled_from(MEASURES)), low=low,
            best=draw(st.sampled_from([None, low])), high=draw(st.sampled_from([None, low + 1])),
            qualifier=draw(st.sampled_from(QUALIFIERS)),
        )
        for number in range(draw(st.integers(0, 2)))
        for low in [draw(st.floats(0, 1e9))]
    ]  # fmt: skip
    events = [
        Event(
            span=draw(span), origin=ORIGIN, score=draw(_SCORE), key=f"v{number}",
            type=draw(st.sampled_from(EVENT_TYPES)),
            modes=draw(st.lists(st.sampled_from(MODES), max_size=2).map(tuple)),
            actors=draw(spans), recipients=draw(spans), places=draw(spans), times=draw(spans),
            quantities=tuple(item.key for item in quantities if draw(st.booleans())),
        )
        for number in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    voices = [
        Voice(
            span=event.span,
            origin=ORIGIN,
            event=event.key,
            chain=tuple(a.key for a in attributions if draw(st.booleans())),
        )
        for event in events
    ]
    layers = Layers(Document(text, id=draw(st.text("abc", max_size=3)), publisher=draw(st.none() | _TEXT)))
    layers.add(Sentence, [Sentence(span=Span(0, len(text)), origin=ORIGIN)])
    layers.add(Attribution, attributions)
    layers.add(Quantity, quantities)
    layers.add(Event, events)
    layers.add(Voice, voices)
    layers.add(
        EventFactuality,
        [
            EventFactuality(span=event.span, origin=ORIGIN, event=event.key, value=draw(st.sampled_from(FACTUALITIES)))
            for event in events
        ],
    )
    _add_entities(draw, layers, [a.key for a in attributions])
    _add_dates(draw, layers)
    _add_places(draw, layers)
    return build_ledger(layers, RUN)


def _add_places(draw: st.DrawFn, layers: Layers) -> None:
    """Add names of places, resolved and not, and put events at any of them or nowhere."""
    span = _span(len(layers.document.text))
    places = st.builds(
        Place, _TEXT, _TEXT, st.floats(-90, 90), st.floats(-180, 180), st.text("ABC", max_size=3),
        region=st.none() | _TEXT, claimants=st.lists(_TEXT, max_size=2).map(tuple),
    )  # fmt: skip
    names = [
        Toponym(
            span=draw(span), origin=ORIGIN, score=draw(_SCORE), key=f"x{number}",
            reading=draw(st.sampled_from(PLACE_READINGS)), place=draw(st.none() | places),
            precision=draw(st.none() | st.sampled_from(PLACE_PRECISIONS)), radius=draw(st.none() | st.floats(0, 5000)),
            candidates=draw(st.integers(0, 9)), others=draw(st.lists(_TEXT, max_size=3).map(tuple)), reason=draw(_TEXT),
        )
        for number in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    layers.add(Toponym, names)
    keys = [None, *(name.key for name in names)]
    sites = [(draw(st.none() | span), draw(st.sampled_from(keys))) for _ in layers[Event]]
    layers.add(
        EventPlace,
        [
            EventPlace(span=event.span, origin=ORIGIN, event=event.key, words=words, toponym=words and key)
            for event, (words, key) in zip(layers[Event], sites, strict=True)
        ],
    )


def _add_dates(draw: st.DrawFn, layers: Layers) -> None:
    """Add time expressions, with and without days, and date events and sayings by any of them or by none."""
    span, day = _span(len(layers.document.text)), st.dates(date(1, 1, 1), date(9999, 12, 31))
    days = st.tuples(day, day).map(lambda pair: DateRange(*sorted(pair), "range"))
    timexes = [
        Timex(
            span=draw(span), origin=ORIGIN, key=f"x{number}", type=draw(st.sampled_from(["DATE", "TIME", "SET"])),
            value=draw(st.none() | _TEXT), days=draw(st.none() | days), rule=draw(st.text("abc", max_size=3)),
            anchor=draw(st.none() | st.sampled_from(TIME_ANCHORS)), reason=draw(st.sampled_from(TIME_REASONS)),
            readings=draw(st.lists(_TEXT, max_size=2).map(tuple)), whole=draw(st.none() | span),
        )
        for number in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    layers.add(Timex, timexes)

    def dated() -> dict[str, Any]:
        found = draw(st.none() | days)
        origin = "none" if found is None else draw(st.sampled_from(["stated", "publication"]))
        timex = draw(st.sampled_from([None, *(item.key for item in timexes)]))
        return {"origin": ORIGIN, "timex": timex, "days": found, "origin_of_days": origin}

    layers.add(EventDate, [EventDate(span=item.span, event=item.key, **dated()) for item in layers[Event]])
    sayings = [SayingDate(span=item.span, attribution=item.key, **dated()) for item in layers[Attribution]]
    layers.add(SayingDate, sayings)


def _add_entities(draw: st.DrawFn, layers: Layers, attributions: list[str]) -> None:
    """Add mentions, nested and crossing, chained at random, with members, roles and codes."""
    span = _span(len(layers.document.text))
    spans = draw(st.lists(span, max_size=5))
    mentions = [
        Mention(
            span=phrase, origin=ORIGIN, key=f"m{number}", head=Span(phrase.start, phrase.start + 1),
            kind=draw(st.sampled_from(MENTION_KINDS)), type=draw(st.sampled_from(ENTITY_TYPES)),
        )
        for number, phrase in enumerate(spans)
    ]  # fmt: skip
    number_of = [draw(st.integers(0, 2)) for _ in mentions]
    keys = [f"e{number}" for number in sorted(set(number_of))]
    chains = []
    for key in keys:
        own = [m for m, number in zip(mentions, number_of, strict=True) if f"e{number}" == key]
        links = tuple(Link(mention=m.key, reason="first") for m in own)
        members = tuple(other for other in keys if other != key and draw(st.booleans()))
        chains.append(
            Chain(
                span=own[0].span, origin=ORIGIN, key=key, type=own[0].type, links=links, name=own[0].span,
                role=draw(st.none() | span), members=members,
            )
        )  # fmt: skip
    layers.add(Mention, mentions)
    layers.add(Chain, chains)
    word = st.none() | st.text("abc", max_size=3)
    codes = [
        CodedActor(
            span=chain.span, origin=ORIGIN, chain=chain.key, country=draw(word),
            sector=draw(st.none() | st.sampled_from(SECTORS)), actor=draw(word), side=draw(word), reason="no-evidence",
        )
        for chain in chains
    ]  # fmt: skip
    layers.add(CodedActor, codes)
    resolved = [
        ResolvedSource(
            span=Span(0, 1), origin=ORIGIN, attribution=key, chain=draw(st.sampled_from([None, *keys])),
            type=draw(st.none() | st.sampled_from(SOURCE_TYPES)),
        )
        for key in attributions
    ]  # fmt: skip
    layers.add(ResolvedSource, resolved)


def _all_spans(ledger: Ledger) -> Iterator[SpanPair]:
    yield from ledger.sentences
    for mention in ledger.mentions:
        yield from (mention.span, mention.head)
    for attribution in ledger.attributions:
        yield from (*attribution.source, *attribution.cue, *attribution.content)
    for row in (*ledger.times, *ledger.places, *ledger.quantities):
        yield row.span
    for event in ledger.events:
        yield event.trigger
        yield from (argument.span for argument in (*event.actors, *event.recipients))


@given(ledgers())
def test_every_ledger_holds_together(ledger: Ledger) -> None:
    """What is built from sound layers passes the check."""
    check_ledger(ledger)


@given(ledgers())
def test_every_span_reproduces_its_words(ledger: Ledger) -> None:
    """Every span lies in the text, and what is quoted is what stands there."""
    text = ledger.document.text
    assert all(
        0 <= start < end <= len(text) and ledger.words((start, end)) == text[start:end]
        for start, end in _all_spans(ledger)
    )
    assert all(row.words == text[row.span[0] : row.span[1]] for row in ledger.quantities)


@given(ledgers())
def test_json_round_trip(ledger: Ledger) -> None:
    """Writing and reading back changes nothing, and writing again gives the same bytes."""
    data = encode_ledger(ledger)
    assert (ledger, data) == (decode_ledger(data), encode_ledger(decode_ledger(data)))


@given(ledgers())
def test_every_ledger_can_be_shown(ledger: Ledger) -> None:
    """Each row and the whole can be shown, and the page holds the text character by character."""
    assert render_table(ledger)
    assert all(render_row(ledger, row.id) for row in (*ledger.attributions, *ledger.events, *ledger.quantities))
    assert Page(render_page(ledger)).text == ledger.document.text.replace("\0", "\ufffd")


@given(ledgers(), st.text(max_size=4))
def test_a_changed_text_is_noticed(ledger: Ledger, more: str) -> None:
    """A ledger whose text was changed afterwards is refused."""
    other = replace(ledger, document=replace(ledger.document, text=f"{ledger.document.text}{more}!"))
    with pytest.raises(LedgerError, match="the digest is not the text's"):
        check_ledger(other)


@given(st.text(max_size=40))
def test_utf16_offsets_count_what_javascript_counts(text: str) -> None:
    """The last offset is the length of the text in UTF-16 code units."""
    assert utf16_offsets(text)[-1] == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.data())
def test_merged_spans_cover_the_same_characters(data: st.DataObject) -> None:
    """Merging loses no character, adds blanks only, and leaves nothing to merge."""
    text = data.draw(st.text("ab \n", min_size=1, max_size=30))
    spans = data.draw(st.lists(_span(len(text)), max_size=6))
    merged = merge_spans(spans, text=text)
    before = {index for span in spans for index in range(*span)}
    after = {index for span in merged for index in range(*span)}
    assert before <= after
    assert all(text[index].isspace() for index in after - before)
    assert merge_spans(merged, text=text) == merged
