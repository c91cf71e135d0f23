"""
Ledgers against gold: attributions, events, arguments, voices, factuality, whole rows.

Two spans *touch* if they share a visible character, *match* if at least half of
their visible characters is common. Items pair off one to one, largest overlap
first.

- ``attribution detected``: cues touch; without cues on both sides, contents match.
- ``attribution lenient``: detected, sources match or both are missing, contents match.
- ``stance``: right among the detected.
- ``event detected``: triggers touch; ``event typed``: and the type is right.
- ``actor``, ``recipient``, ``place``, ``time``: arguments of detected events that match; all arguments count.
- ``quantity``: same measure, and the words touch.
- ``voice``: of detected events, those with as many links, whose sources touch or are both missing.
- ``factuality``: right among the detected; ``factuality:+`` and so on per value.
- ``row``: typed, an actor touches (or none on both sides), a recipient likewise, voice and factuality right.

Same definitions and figures as the ledger scorer in the project's shared bench.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any, Final, NamedTuple

from allegedly.metrics.spans import Places, RawSpans, Score, Scores, add_scores, pair_off, share

Row = Mapping[str, Any]

FACTUALITY: Final = "factuality:"
_ARGUMENTS: Final = {"actor": "actors", "recipient": "recipients", "place": "places", "time": "times"}
_HALF = 0.5


class _Attribution(NamedTuple):
    """An attribution as sets of visible characters."""

    cue: Places
    content: Places
    source: Places


def score_ledgers(documents: Iterable[tuple[Row, Row]]) -> Scores:
    """
    Score predicted ledgers against gold ones.

    Args:
        documents: Gold and predicted ledger of each document, in the JSON of a ledger or of a gold file.

    Offsets: spans index the text of the gold ledger.

    Raises:
        ValueError: If the two texts of a document differ.
    """
    return add_scores(score_ledger(gold, predicted) for gold, predicted in documents)


def score_ledger(gold: Row, predicted: Row) -> Scores:
    """
    Score one ledger; see :func:`score_ledgers`.

    Raises:
        ValueError: If the two texts differ.
    """
    ours, theirs = flatten_ledger(gold), flatten_ledger(predicted)
    text = str(ours["text"])
    if text != theirs["text"]:
        raise ValueError(f"the texts of gold and predicted ledger {ours['id']} differ; score the same text")
    attributions = [_attributions(text, side["attributions"]) for side in (ours, theirs)]
    scores = _score_attributions(ours, theirs, attributions[0], attributions[1])
    return scores | _Events(text, ours, theirs, attributions).score()


def macro_f1(scores: Scores, *, prefix: str = FACTUALITY) -> float:
    """
    Give the mean F1 of the classes that occur, each as heavy as the other.

    Unit: 0 to 100; 0 if no class occurs.
    """
    return fmean([score.f1 for measure, score in scores.items() if measure.startswith(prefix)] or [0.0])


def flatten_ledger(ledger: Row) -> Row:
    """
    Bring a ledger's JSON to the form of a gold file: events carry their spans themselves.

    A gold file's document is given back as it is.
    """
    if "document" not in ledger:
        return ledger
    return {
        "id": ledger["document"].get("id"),
        "text": ledger["document"]["text"],
        "attributions": ledger.get("attributions", ()),
        "events": [_flatten_event(ledger, event) for event in ledger.get("events", ())],
    }


def _flatten_event(ledger: Row, event: Row) -> Row:
    """Replace the references of an event by spans and quantities."""
    rows = {row["id"]: row for kind in ("times", "places", "quantities") for row in ledger.get(kind, ())}
    return {
        **event,
        "actors": [actor["span"] for actor in event.get("actors", ())],
        "recipients": [recipient["span"] for recipient in event.get("recipients", ())],
        "places": [rows[key]["span"] for key in (event.get("place"),) if key in rows],
        "times": [rows[key]["span"] for key in (event.get("time"),) if key in rows],
        "quantities": [rows[key] for key in event.get("quantities", ()) if key in rows],
        "voice": event.get("voice", ()),
        "factuality": event.get("factuality", "+"),
    }


def _places(text: str, spans: RawSpans) -> Places:
    """Give the visible characters of spans."""
    return frozenset(
        place for start, end in spans for place in range(start, end) if not text[place : place + 1].isspace()
    )


def _match(one: Places, other: Places) -> float:
    """Give how much is common if it is at least half, else nothing."""
    value = share(one, other)
    return value if value >= _HALF else 0.0


def _touch(one: Places, other: Places) -> bool:
    """Say whether two sets have something in common, or are both empty."""
    return bool(one & other) or not (one or other)


# ------------------------------------------------------------------------------------------------------- attributions


def _attributions(text: str, rows: Sequence[Row]) -> list[_Attribution]:
    """Read attributions as sets of characters."""
    return [_Attribution(*(_places(text, row[role]) for role in ("cue", "content", "source"))) for row in rows]


def _alike(one: _Attribution, other: _Attribution) -> float:
    """Weigh a pair of attributions; 0 if they are not about the same saying."""
    if one.cue and other.cue:
        return len(one.cue & other.cue) + _HALF * share(one.content, other.content) if one.cue & other.cue else 0.0
    return 0.0 if one.cue or other.cue else _match(one.content, other.content)


def _score_attributions(gold: Row, predicted: Row, ours: list[_Attribution], theirs: list[_Attribution]) -> Scores:
    """Score attributions and the stances of the detected ones."""
    pairs = pair_off(ours, theirs, _alike)
    lenient = sum(
        bool(_match(ours[i].content, theirs[k].content))
        and (not (ours[i].source or theirs[k].source) or bool(_match(ours[i].source, theirs[k].source)))
        for i, k in pairs
    )
    stances = sum(gold["attributions"][i]["stance"] == predicted["attributions"][k]["stance"] for i, k in pairs)
    return {
        "attribution detected": Score(len(pairs), len(ours), len(theirs)),
        "attribution lenient": Score(lenient, len(ours), len(theirs)),
        "stance": Score(stances, len(pairs), len(pairs)),
    }


# ------------------------------------------------------------------------------------------------------------- events


class _Events:
    """The events of one document on both sides, paired by their triggers; made by :func:`score_ledger`."""

    def __init__(self, text: str, gold: Row, predicted: Row, attributions: list[list[_Attribution]]) -> None:
        self.text = text
        self.gold: Sequence[Row] = gold["events"]
        self.predicted: Sequence[Row] = predicted["events"]
        self.sources = [
            {row["id"]: attribution.source for row, attribution in zip(side["attributions"], found, strict=True)}
            for side, found in zip((gold, predicted), attributions, strict=True)
        ]
        pairs = pair_off(self._keyed(self.gold), self._keyed(self.predicted), _weigh_triggers)
        self.pairs = [(self.gold[i], self.predicted[k]) for i, k in pairs]

    def score(self) -> Scores:
        """Score events, arguments, voices, factuality and rows."""
        typed = [one["type"] == other["type"] for one, other in self.pairs]
        voices = [self._same_voice(one, other) for one, other in self.pairs]
        facts = [one["factuality"] == other["factuality"] for one, other in self.pairs]
        rows = [
            all(right) and self._share_argument(one, other, "actors") and self._share_argument(one, other, "recipients")
            for (one, other), *right in zip(self.pairs, typed, voices, facts, strict=True)
        ]
        size, found, paired = len(self.gold), len(self.predicted), len(self.pairs)
        return {
            "event detected": Score(paired, size, found),
            "event typed": Score(sum(typed), size, found),
            **{role: self._score_argument(key) for role, key in _ARGUMENTS.items()},
            "quantity": self._score_quantities(),
            "voice": Score(sum(voices), paired, paired),
            "factuality": Score(sum(facts), paired, paired),
            **self._score_factuality(),
            "row": Score(sum(rows), size, found),
        }

    def _keyed(self, events: Sequence[Row]) -> list[tuple[Places, str]]:
        """Give trigger and type of each event."""
        return [(_places(self.text, [event["trigger"]]), event["type"]) for event in events]

    def _score_argument(self, key: str) -> Score:
        """Count arguments of one role that match within paired events."""
        hits = 0
        for one, other in self.pairs:
            spans = [[_places(self.text, [span]) for span in event[key]] for event in (one, other)]
            hits += len(pair_off(spans[0], spans[1], _match))
        return Score(
            hits, sum(len(event[key]) for event in self.gold), sum(len(event[key]) for event in self.predicted)
        )

    def _score_quantities(self) -> Score:
        """Count quantities of the same measure whose words touch."""
        hits = 0
        for one, other in self.pairs:
            sides = [
                [(row["measure"], _places(self.text, [row["span"]])) for row in event["quantities"]]
                for event in (one, other)
            ]
            hits += len(pair_off(sides[0], sides[1], lambda a, b: float(a[0] == b[0] and bool(a[1] & b[1]))))
        sizes = [sum(len(event["quantities"]) for event in events) for events in (self.gold, self.predicted)]
        return Score(hits, *sizes)

    def _score_factuality(self) -> Scores:
        """Count each value of factuality apart, among the paired events."""
        values = [{FACTUALITY + one["factuality"]: Score(0, 1, 0)} for one, _ in self.pairs]
        values += [{FACTUALITY + other["factuality"]: Score(0, 0, 1)} for _, other in self.pairs]
        right = (one["factuality"] for one, other in self.pairs if one["factuality"] == other["factuality"])
        return add_scores([*values, *({FACTUALITY + value: Score(1, 0, 0)} for value in right)])

    def _same_voice(self, one: Row, other: Row) -> bool:
        """Say whether two voices have as many links and the sources of each touch; unknown links do not count."""
        ours = [self.sources[0][key] for key in one["voice"]]
        theirs = [self.sources[1][key] for key in other["voice"] if key in self.sources[1]]
        return len(ours) == len(theirs) and all(_touch(a, b) for a, b in zip(ours, theirs, strict=True))

    def _share_argument(self, one: Row, other: Row, key: str) -> bool:
        """Say whether some argument of a role touches, or neither side has one."""
        if not one[key] and not other[key]:
            return True
        return bool(_places(self.text, one[key]) & _places(self.text, other[key]))


def _weigh_triggers(one: tuple[Places, str], other: tuple[Places, str]) -> float:
    """Weigh a pair of events: common characters of the triggers, a little more if the type agrees."""
    common = len(one[0] & other[0])
    return common + (_HALF if one[1] == other[1] else 0.0) if common else 0.0
