"""
Compare the ledgers of two fillings of one template: what is different besides the names?

Rows of the two ledgers pair off by their places (cue or content, trigger,
mentions), largest overlap first. Of a pair everything is compared that the swap
must not change; codes are compared through the exchange of the parties. Ledgers
without mentions and entities compare as well: what both lack is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from allegedly.neutrality.fill import Filling
from allegedly.records.ledger import ArgumentRow, AttributionRow, EntityRow, EventRow, Ledger, SpanPair

Label = Literal[
    "sentence", "attribution", "stance", "event", "event-type", "factuality", "voice", "argument", "quantity",
    "entity", "code", "order", "score",
]  # fmt: skip
LABELS: tuple[Label, ...] = get_args(Label)
SCORES_WITHIN = 0.02
_ROUNDING = 1e-9
# A state has a nationality, which is a mention of its own, a government and a country; an armed group has none of them.
# Between a state and a group the claims and events are compared, not who is counted as what.
_OF_ONE_KIND: frozenset[Label] = frozenset(("entity", "code"))
Places = frozenset[object]


@dataclass(frozen=True, slots=True)
class Difference:
    """
    One thing that the swap changed; immutable.

    Args:
        label: What kind of thing.
        first: What stands in the first ledger.
        second: What stands in the second.
    """

    label: Label
    first: str
    second: str


@dataclass(slots=True)
class Reading:
    """
    A ledger with the filling that it was read from.

    Args:
        ledger: The ledger.
        filling: The text and its places.
        countries: "A" and "B" by country code, if the parties are states: what is A in one reading is B in the other.
        same_kind: Whether the two parties are of one kind; otherwise entities and codes are not compared.
    """

    ledger: Ledger
    filling: Filling
    countries: Mapping[str, str]
    same_kind: bool = True

    def places(self, spans: Iterable[SpanPair]) -> tuple[SpanPair, ...]:
        """Give the places of spans."""
        return tuple(map(self.filling.place, spans))

    def country(self, code: str | None) -> str | None:
        """Give a country's code through the exchange; other countries' codes as they are."""
        return self.countries.get(code, code) if code else None

    def words(self, spans: Iterable[SpanPair]) -> str:
        """Give the words of spans, for the report."""
        return " … ".join(map(self.ledger.words, spans))


@dataclass(slots=True)
class _Pairs:
    """
    Rows of both ledgers that stand for each other, by number; and those that stand alone.

    Args:
        both: Numbers in the first and in the second ledger, in the order of the first.
        first: Numbers of the first ledger without partner.
        second: The same of the second.
    """

    both: list[tuple[int, int]]
    first: list[int]
    second: list[int]


def compare_readings(one: Reading, other: Reading) -> list[Difference]:
    """
    Say what the swap changed besides the names.

    Args:
        one: Reading of the template filled with A and B.
        other: Reading of it filled with B and A.

    Returns:
        Differences in the order of :data:`LABELS`, within a label in the order of the text.
    """
    found = sorted(_Comparison(one, other).differences(), key=lambda item: LABELS.index(item.label))
    return found if one.same_kind else [item for item in found if item.label not in _OF_ONE_KIND]


class _Comparison:
    """The rows of two readings while they are compared; thrown away afterwards."""

    def __init__(self, one: Reading, other: Reading) -> None:
        self.one, self.other = one, other
        readings = (one, other)
        self.mentions = tuple(_mention_places(reading) for reading in readings)
        self.entities = _pair_off(
            *([_entity_places(row, mentions) for row in reading.ledger.entities]
              for reading, mentions in zip(readings, self.mentions, strict=True))
        )  # fmt: skip
        self.attributions = _pair_off(
            *(
                [_covered(reading.places(row.cue or row.content)) for row in reading.ledger.attributions]
                for reading in readings
            )
        )
        self.events = _pair_off(
            *([_covered(reading.places([row.trigger])) for row in reading.ledger.events] for reading in readings)
        )
        self.codes: dict[tuple[str, str, str], str] = {}
        one_rows, other_rows = one.ledger, other.ledger
        self.same_entity = {one_rows.entities[i].id: other_rows.entities[k].id for i, k in self.entities.both}
        self.same_attribution = {
            one_rows.attributions[i].id: other_rows.attributions[k].id for i, k in self.attributions.both
        }

    def differences(self) -> Iterator[Difference]:
        """Go through all that differs."""
        one, other = self.one.ledger, self.other.ledger
        yield from self._differ("sentence", self.one.places(one.sentences), self.other.places(other.sentences))
        yield from self._alone(
            "attribution", self.attributions, lambda ledger, n: _cue_words(ledger, ledger.attributions[n])
        )
        yield from self._alone("event", self.events, lambda ledger, n: _event_words(ledger, ledger.events[n]))
        yield from self._alone("entity", self.entities, lambda ledger, n: ledger.entities[n].name)
        yield from self._mentions()
        for pairs in (self.attributions, self.events, self.entities):
            yield from self._differ("order", [k for _, k in pairs.both], sorted(k for _, k in pairs.both))
        for i, k in self.attributions.both:
            yield from self._attribution(one.attributions[i], other.attributions[k])
        for i, k in self.events.both:
            yield from self._event(one.events[i], other.events[k])
        for i, k in self.entities.both:
            yield from self._entity(one.entities[i], other.entities[k])

    def _mentions(self) -> Iterator[Difference]:
        """Compare mentions whether or not they belong to an entity: places, kinds, types."""
        first, second = (
            {
                (mentions[row.id], row.kind, row.type if reading.same_kind else ""): reading.ledger.words(row.span)
                for row in reading.ledger.mentions
                if row.id in mentions
            }
            for reading, mentions in zip((self.one, self.other), self.mentions, strict=True)
        )
        yield from (
            Difference("entity", f"{first[key]} {key[1:]}", "-") for key in sorted(first.keys() - second.keys())
        )
        yield from (
            Difference("entity", "-", f"{second[key]} {key[1:]}") for key in sorted(second.keys() - first.keys())
        )

    def _attribution(self, row: AttributionRow, twin: AttributionRow) -> Iterator[Difference]:
        for spans, twins in ((row.cue, twin.cue), (row.content, twin.content)):
            yield from self._differ_spans("attribution", spans, twins)
        yield from self._differ("attribution", row.form, twin.form)
        yield from self._differ("attribution", self.same_attribution.get(row.parent or ""), twin.parent)
        yield from self._differ_spans("argument", row.source, twin.source)
        yield from self._differ("stance", row.stance, twin.stance)
        yield from self._differ("entity", self._twin(row.source_entity), twin.source_entity)
        yield from self._differ("code", row.source_type, twin.source_type)
        yield from self._differ_scores(row.score, twin.score)

    def _event(self, row: EventRow, twin: EventRow) -> Iterator[Difference]:
        yield from self._differ_spans("event", [row.trigger], [twin.trigger])
        yield from self._differ("event-type", (row.type, *sorted(row.modes)), (twin.type, *sorted(twin.modes)))
        yield from self._differ("factuality", row.factuality, twin.factuality)
        yield from self._differ("voice", [self.same_attribution.get(key) for key in row.voice], list(twin.voice))
        yield from self._arguments(row.actors, twin.actors)
        yield from self._arguments(row.recipients, twin.recipients)
        for kind in ("place", "time"):
            spans, twins = _stated(self.one.ledger, row, kind), _stated(self.other.ledger, twin, kind)
            yield from self._differ_spans("argument", spans, twins)
        yield from self._differ("quantity", _quantities(self.one, row), _quantities(self.other, twin))
        yield from self._differ_scores(row.score, twin.score)

    def _arguments(self, rows: Sequence[ArgumentRow], twins: Sequence[ArgumentRow]) -> Iterator[Difference]:
        spans, others = [row.span for row in rows], [row.span for row in twins]
        yield from self._differ_spans("argument", spans, others)
        if self.one.places(spans) == self.other.places(others):
            yield from self._differ("entity", [self._twin(row.entity) for row in rows], [row.entity for row in twins])

    def _entity(self, row: EntityRow, twin: EntityRow) -> Iterator[Difference]:
        first, second = (
            {mentions[key] for key in item.mentions if key in mentions}
            for item, mentions in zip((row, twin), self.mentions, strict=True)
        )
        yield from self._differ("entity", sorted(first), sorted(second))
        yield from self._differ("entity", [self._twin(key) for key in row.members], list(twin.members))
        yield from self._differ("entity", row.role is None, twin.role is None)
        if self.one.countries:
            yield from self._differ("code", self.one.country(row.country), self.other.country(twin.country))
        else:
            yield from self._differ_codes("country", row.country, twin.country)
        yield from self._differ_codes("side", row.side, twin.side)
        yield from self._differ_codes("actor", row.actor, twin.actor)
        if self.one.same_kind:
            yield from self._differ("entity", row.type, twin.type)
            yield from self._differ("code", row.sector, twin.sector)
        else:
            yield from self._differ("code", row.sector is None, twin.sector is None)

    def _twin(self, entity: str | None) -> str | None:
        return None if entity is None else self.same_entity.get(entity, "")

    def _alone(self, label: Label, pairs: _Pairs, words: Callable[[Ledger, int], str]) -> Iterator[Difference]:
        yield from (Difference(label, words(self.one.ledger, number), "-") for number in pairs.first)
        yield from (Difference(label, "-", words(self.other.ledger, number)) for number in pairs.second)

    def _differ(self, label: Label, first: object, second: object) -> Iterator[Difference]:
        if first != second:
            yield Difference(label, str(first), str(second))

    def _differ_spans(self, label: Label, spans: Sequence[SpanPair], twins: Sequence[SpanPair]) -> Iterator[Difference]:
        if self.one.places(spans) != self.other.places(twins):
            yield Difference(label, self.one.words(spans), self.other.words(twins))

    def _differ_codes(self, what: str, first: str | None, second: str | None) -> Iterator[Difference]:
        """Compare codes that the exchange changes: what is one code in the one ledger is one in the other."""
        if first is None or second is None:
            yield from self._differ("code", first, second)
            return
        forth = self.codes.setdefault((what, "first", first), second)
        back = self.codes.setdefault((what, "second", second), first)
        if (forth, back) != (second, first):
            yield Difference("code", first, second)

    def _differ_scores(self, first: float, second: float) -> Iterator[Difference]:
        if abs(first - second) > SCORES_WITHIN + _ROUNDING:
            yield Difference("score", f"{first:.3f}", f"{second:.3f}")


def _mention_places(reading: Reading) -> Mapping[str, SpanPair]:
    """Give the places of mentions by id, those left out that are a part of a name put in."""
    filling = reading.filling
    return {row.id: filling.place(row.span) for row in reading.ledger.mentions if not filling.is_part_of_slot(row.span)}


def _entity_places(row: EntityRow, mentions: Mapping[str, SpanPair]) -> Places | None:
    """Give the places of an entity's mentions, each counting once; None for one that stands inside names only."""
    return frozenset(mentions[key] for key in row.mentions if key in mentions) or None


def _covered(places: Iterable[SpanPair]) -> Places:
    return frozenset(place for start, end in places for place in range(start, end))


def _pair_off(first: Sequence[Places | None], second: Sequence[Places | None]) -> _Pairs:
    """Pair rows one to one, largest overlap first; rows without places are passed over."""
    weights = [
        (-len(one & other) / len(one | other), i, k)
        for i, one in enumerate(first) if one is not None
        for k, other in enumerate(second) if other is not None and one & other
    ]  # fmt: skip
    both: dict[int, int] = {}
    used: set[int] = set()
    for _, i, k in sorted(weights):
        if i not in both and k not in used:
            both[i] = k
            used.add(k)
    return _Pairs(
        sorted(both.items()),
        [i for i, one in enumerate(first) if one is not None and i not in both],
        [k for k, other in enumerate(second) if other is not None and k not in used],
    )


def _stated(ledger: Ledger, row: EventRow, kind: str) -> list[SpanPair]:
    """Give the span of an event's place or time."""
    key = row.place if kind == "place" else row.time
    rows = ledger.places if kind == "place" else ledger.times
    return [item.span for item in rows if item.id == key]


def _quantities(reading: Reading, row: EventRow) -> list[tuple[object, ...]]:
    known = {item.id: item for item in reading.ledger.quantities}
    rows = [known[key] for key in row.quantities]
    return [(item.measure, item.low, item.best, item.high, *reading.places([item.span])) for item in rows]


def _cue_words(ledger: Ledger, row: AttributionRow) -> str:
    return " … ".join(ledger.words(span) for span in (*row.source, *row.cue)) or row.stance


def _event_words(ledger: Ledger, row: EventRow) -> str:
    return f"{row.type} {ledger.words(row.trigger)}"
