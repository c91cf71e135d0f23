"""
Events: triggers with type and modes, their arguments and numbers (PLOVER types and roles, ours included).

A trigger is a run of tokens of one type. For each trigger the tokens of its
sentence are read once more, conditioned on it: actors, recipients, places and
times as spans, numbers with what they count. Triggers are read in batches.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allegedly.annotators.base import Found, Ints, Reading
from allegedly.annotators.columns import calibrated, head_columns
from allegedly.encoder.heads import (
    Floats,
    bio_transitions,
    distance_bucket,
    segment_means,
    sigmoid,
    softmax,
    spans_of,
    viterbi,
)
from allegedly.encoder.session import Session
from allegedly.records.annotations import Event, Quantity, Sentence
from allegedly.records.codes import EVENT_TYPES, MEASURES, MODES
from allegedly.records.origin import Origin
from allegedly.records.span import Span
from allegedly.resources.pack import Pack
from allegedly.text.numbers import qualifier_of, read_number

ROLES = ("actors", "recipients", "places", "times")
ARGUMENT_LABELS = 1 + 2 * len(ROLES)
AT_ONCE = 128  # triggers read in one batch: with their sentences some 30 MB; a long text has thousands
REACH = 120  # tokens to both sides of a trigger; keeps a sentence without end from costing its square


@dataclass(frozen=True, slots=True)
class _Triggers:
    """
    The triggers of one document in token numbers.

    Shape: all (triggers,).
    """

    firsts: Ints
    lasts: Ints
    types: Ints
    chances: Floats
    type_chances: Floats

    def part(self, start: int, end: int) -> _Triggers:
        """Give the triggers from ``start`` up to ``end``."""
        k = slice(start, end)
        return _Triggers(self.firsts[k], self.lasts[k], self.types[k], self.chances[k], self.type_chances[k])


class Events:
    """
    Provides :class:`Event` and :class:`Quantity`.

    Args:
        pack: The pack, for its output columns, thresholds and calibration.
        session: The pack's networks.
    """

    name = "events"
    version = "1"
    requires = frozenset({Sentence})
    provides = frozenset({Event, Quantity})

    def __init__(self, pack: Pack, session: Session) -> None:
        self._pack, self._session = pack, session
        self._columns = head_columns(pack)
        self._origin = Origin(self.name, self.version, pack=pack.digest)
        self._transitions = bio_transitions(ARGUMENT_LABELS)

    def annotate(self, reading: Reading) -> Found:
        """Find the events and their numbers."""
        encoding = reading.encoding
        if not len(encoding):
            return {Event: (), Quantity: ()}
        group = reading.group_of(reading.layers[Sentence])
        triggers = self._triggers(encoding.tags[:, self._columns["trigger"]], group)
        if not len(triggers.firsts):
            return {Event: (), Quantity: ()}
        arguments, quantities = self._arguments(reading, triggers, group)
        numbers = _Numbers(reading, self._origin)
        modes = self._modes(encoding.tags[:, self._columns["mode"]], triggers)
        events = [
            Event(
                span=reading.span(int(triggers.firsts[k]), int(triggers.lasts[k])),
                origin=self._origin,
                score=calibrated(self._pack, "event", float(triggers.chances[k] * triggers.type_chances[k])),
                key=f"v{k + 1}",
                type=EVENT_TYPES[triggers.types[k]],
                modes=modes[k],
                quantities=tuple(dict.fromkeys(numbers.key(*found) for found in quantities[k])),
                type_score=round(float(triggers.type_chances[k]), 3),
                **{role: tuple(reading.span(*part) for part in arguments[k][r]) for r, role in enumerate(ROLES)},
            )
            for k in range(len(triggers.firsts))
        ]
        return {Event: events, Quantity: numbers.found()}

    def _triggers(self, scores: Floats, group: Ints) -> _Triggers:
        """Join neighbouring tokens of one type and sentence that are likelier an event than the threshold."""
        chances = softmax(scores)
        chance = 1 - chances[:, 0]
        kind = chances[:, 1:].argmax(1)
        live = chance > self._pack.thresholds["trigger"]
        joins = np.r_[False, live[1:] & live[:-1] & (kind[1:] == kind[:-1]) & (group[1:] == group[:-1])]
        firsts = np.flatnonzero(live & ~joins)
        lasts = np.flatnonzero(live & ~np.r_[joins[1:], False])
        means = segment_means(chances, firsts, lasts)
        sure = 1 - means[:, 0]
        return _Triggers(firsts, lasts, kind[firsts], sure, means[:, 1:].max(1, initial=0) / np.maximum(sure, 1e-6))

    def _modes(self, scores: Floats, triggers: _Triggers) -> list[tuple[str, ...]]:
        sure = sigmoid(segment_means(scores, triggers.firsts, triggers.lasts)) > self._pack.thresholds["mode"]
        return [tuple(MODES[m] for m in np.flatnonzero(row).tolist()) for row in sure]

    def _arguments(
        self, reading: Reading, triggers: _Triggers, group: Ints
    ) -> tuple[list[list[list[tuple[int, int]]]], list[list[tuple[int, int, int]]]]:
        """Read the sentence of every trigger: spans by role, and numbers as (first, last, measure)."""
        arguments: list[list[list[tuple[int, int]]]] = []
        quantities: list[list[tuple[int, int, int]]] = []
        for start in range(0, len(triggers.firsts), AT_ONCE):
            more = self._arguments_of(reading, triggers.part(start, start + AT_ONCE), group)
            arguments += more[0]
            quantities += more[1]
        return arguments, quantities

    def _arguments_of(
        self, reading: Reading, triggers: _Triggers, group: Ints
    ) -> tuple[list[list[list[tuple[int, int]]]], list[list[tuple[int, int, int]]]]:
        """Read the sentences of some triggers in one batch."""
        encoding = reading.encoding
        sentence = group[triggers.firsts]
        starts = np.maximum(np.searchsorted(group, sentence), triggers.firsts - REACH)
        ends = np.minimum(np.searchsorted(group, sentence, side="right"), triggers.lasts + 1 + REACH)
        sizes = ends - starts
        edges = np.r_[0, np.cumsum(sizes)]
        owner = np.repeat(np.arange(len(sizes)), sizes)
        words = np.arange(int(edges[-1])) - edges[owner] + starts[owner]
        used, at = np.unique(words, return_inverse=True)
        middles = encoding.means(triggers.firsts, triggers.lasts)
        scores = self._session.pair(
            encoding.hidden(used), middles, at=at, types=triggers.types, owner=owner,
            distance=distance_bucket(words, triggers.firsts[owner], triggers.lasts[owner]),
        )  # fmt: skip
        labels = viterbi(np.ascontiguousarray(scores[:, :ARGUMENT_LABELS]), edges[:-1], edges[1:], self._transitions)
        arguments: list[list[list[tuple[int, int]]]] = [[[] for _ in ROLES] for _ in sizes]
        for role, first, last in spans_of(labels, edges[:-1]).tolist():
            arguments[owner[first]][role].append((int(words[first]), int(words[last])))
        quantities: list[list[tuple[int, int, int]]] = [[] for _ in sizes]
        measures = scores[:, ARGUMENT_LABELS:].argmax(1)
        # runs of one measure are one number; read as I tags, which begin anew at each sentence
        for measure, first, last in spans_of(2 * measures, edges[:-1]).tolist():
            quantities[owner[first]].append((int(words[first]), int(words[last]), measure))
        return arguments, quantities


class _Numbers:
    """The quantities of one document: one for each words and measure, however many events share it."""

    def __init__(self, reading: Reading, origin: Origin) -> None:
        self._text, self._span, self._origin = reading.text, reading.span, origin
        # by words with their bound and measure: the two ends of "12 to 15" are one number
        self._found: dict[tuple[Span, int], Quantity] = {}

    def key(self, first: int, last: int, measure: int) -> str:
        """Give the key of a quantity, making it on first sight."""
        words = self._span(first, last)
        qualifier, wide = qualifier_of(self._text, words)
        if (wide, measure) not in self._found:
            # the other end of a range stands in the wide span only
            number = read_number((wide if qualifier == "range" else words).of(self._text), qualifier=qualifier)
            self._found[wide, measure] = Quantity(
                span=wide, origin=self._origin, key=f"q{len(self._found) + 1}", measure=MEASURES[measure],
                low=number.low, best=number.best, high=number.high, qualifier=number.qualifier,
            )  # fmt: skip
        return self._found[wide, measure].key

    def found(self) -> list[Quantity]:
        """Give the quantities in the order they were made."""
        return list(self._found.values())
