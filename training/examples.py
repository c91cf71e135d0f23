"""
Annotated texts as numbers: pieces, token labels, spans to link, events with their arguments.

All positions are token numbers of the text, ends inclusive, until
:func:`cut_window` shifts them into a window.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from allegedly.coreference.items import INNER_TYPES, NAME, Item
from allegedly.coreference.pairs import make_pairs, quote_numbers
from allegedly.encoder.encode import CONTEXT_PIECES, CORE_PIECES
from allegedly.encoder.windows import Window, plan_windows
from allegedly.encoder.wordpiece import PARAGRAPH_START, Pieces, WordPieces
from allegedly.records.codes import EVENT_TYPES, FACTUALITIES, MEASURES, MODES, STANCES
from allegedly.text.quotes import quote_states
from training.corpora import Annotated, Raw
from training.entities import EntityLabels, Marked, mention_mask, name_masks
from training.labels import ARGUMENTS, NAME_TYPES, ROLES, TAG_LABELS

Array = NDArray[np.int64]
IGNORE = -100
TAGS_OF_NAMES = 1 + 2 * len(NAME_TYPES)
SOURCE, CUE, CONTENT = range(3)


@dataclass(slots=True)
class SpanLabel:
    """A source, cue or content and the attributions it belongs to."""

    role: int
    first: int
    last: int
    attributions: frozenset[int]


@dataclass(slots=True)
class AttributionLabel:
    """What the stance head needs of an attribution: its cue (or content) and the first token of its content."""

    stance: int
    cue: tuple[int, int]
    content: int


@dataclass(slots=True)
class EventLabel:
    """An event: trigger, its sentence, and token tags of that sentence."""

    trigger: tuple[int, int]
    type: int
    sentence: tuple[int, int]
    arguments: Array
    quantities: Array
    factuality: int
    modes: tuple[int, ...]
    stance: int


@dataclass(slots=True)
class MentionLabel:
    """A mention in token numbers: its head, its phrase (if known) and what it may be."""

    head: int
    first: int
    last: int
    whole: bool
    marked: Marked


@dataclass(slots=True)
class Chains:
    """
    The mentions of one text with all pairs to choose antecedents from.

    Shape: ``heads`` int64 (mentions,) tokens, ``types`` int64 (mentions,) sets of types as bits, ``anaphor`` and
    ``antecedent`` int64 (pairs,), ``features`` int64 (pairs, 5), ``gold`` bool (pairs,).
    """

    heads: Array
    types: Array
    anaphor: Array
    antecedent: Array
    features: Array
    gold: NDArray[np.bool_]


@dataclass(slots=True)
class Example:
    """
    One text (or window of it) with all labels of its corpus; layers it lacks are absent, not empty.

    ``allowed`` holds a set of labels for each token, as bits. Without ``windows``
    the text is one window; with them it is read as the product reads it.
    """

    pieces: Pieces
    text: str
    tags: dict[str, Array] = field(default_factory=dict)
    values: list[tuple[int, int, float]] = field(default_factory=list)
    spans: list[SpanLabel] = field(default_factory=list)
    attributions: list[AttributionLabel] = field(default_factory=list)
    events: list[EventLabel] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    allowed: dict[str, Array] = field(default_factory=dict)
    mentions: list[MentionLabel] = field(default_factory=list)
    chained: bool = False
    chains: Chains | None = None
    windows: list[Window] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.pieces.ids)


class Tokens:
    """Maps code-point spans to token numbers of one text."""

    def __init__(self, pieces: Pieces) -> None:
        self.starts, self.ends, self.size = pieces.starts, pieces.ends, len(pieces.starts)

    def of(self, start: int, end: int) -> tuple[int, int]:
        """Give first and last token of a span; a token is in if it shares a code point."""
        first = int(np.searchsorted(self.ends, start, side="right"))
        last = int(np.searchsorted(self.starts, end)) - 1
        first = min(first, self.size - 1)
        return first, max(last, first)


def build(pieces_of: WordPieces, raw: Annotated, *, polnear: bool) -> Example | None:
    """Number one annotated text; None if it holds no token."""
    states = quote_states(raw.text)
    starts = [0] + [k + 1 for k, c in enumerate(raw.text) if c == "\n"]
    pieces = pieces_of.split(raw.text, paragraphs=starts, states=states)
    if not len(pieces.ids):
        return None
    example = Example(pieces, raw.text)
    tokens = Tokens(pieces)
    if raw.sentences is not None:
        example.sentences = [tokens.of(s, e) for s, e in raw.sentences if raw.text[s:e].strip()]
        if not polnear:
            begins = np.zeros(tokens.size, np.int64)
            begins[[s for s, _ in example.sentences]] = 1
            example.tags["sentence"] = begins
    for name, spans in raw.tags.items():
        example.tags[name] = _token_tags(tokens, spans, TAG_LABELS[name])
    example.values = [(*tokens.of(s, e), v) for s, e, v in raw.values]
    if raw.attributions is not None:
        _add_attributions(example, tokens, raw.attributions, polnear=polnear)
    if raw.events is not None:
        _add_events(example, tokens, raw.events, raw.attributions or [])
    if raw.entities is not None:
        _add_entities(example, tokens, raw.entities)
    return example


def _token_tags(tokens: Tokens, spans: list[tuple[int, int, str]], labels: tuple[str, ...]) -> Array:
    out = np.zeros(tokens.size, np.int64)
    for start, end, label in spans:
        first, last = tokens.of(start, end)
        out[first : last + 1] = 1 + labels.index(label)
    return out


def _add_entities(example: Example, tokens: Tokens, labels: EntityLabels) -> None:
    if labels.other_names:
        example.allowed["name"] = _name_sets(tokens, labels)
    if not labels.other_mentions:
        return
    sets = np.full(tokens.size, labels.other_mentions, np.int64)
    for start, end in labels.adjectives:
        first, last = tokens.of(start, end)
        sets[first : last + 1] |= mention_mask(("NORP",), (0,))
    for m in labels.mentions:
        head = tokens.of(*m.head)[1]
        first, last = tokens.of(m.start, m.end)
        sets[head] = mention_mask(m.types) if m.kind is None else mention_mask(m.types, (m.kind,))
        example.mentions.append(MentionLabel(head, first, last, m.whole and first <= head <= last, m))
    example.mentions.sort(key=lambda m: m.head)
    example.chained = labels.chained
    if not example.sentences:
        example.sentences = [tokens.of(s, e) for s, e in labels.rough_sentences]
    example.allowed["mention"] = sets


def _name_sets(tokens: Tokens, labels: EntityLabels) -> Array:
    sets = np.full(tokens.size, labels.other_names, np.int64)
    everything = (1 << TAGS_OF_NAMES) - 1
    for start, end in labels.loose:
        first, last = tokens.of(start, end)
        sets[first : last + 1] = everything
    for start, end in labels.adjectives:
        first, last = tokens.of(start, end)
        sets[first] |= name_masks(("NORP",))[0]
        sets[first + 1 : last + 1] |= name_masks(("NORP",))[1]
    for start, end, types in labels.names:
        first, last = tokens.of(start, end)
        begin, inside = name_masks(types)
        sets[first + 1 : last + 1] = inside
        sets[first] = begin
    return sets


def depth_of(attribution: Raw, by_id: dict[str, Raw]) -> int:
    """Count the attributions that contain this one."""
    parent = attribution.get("parent")
    return 1 + depth_of(by_id[parent], by_id) if parent else 0


def _add_attributions(example: Example, tokens: Tokens, attributions: list[Raw], *, polnear: bool) -> None:
    by_id = {a["id"]: a for a in attributions}
    layers = {0: np.zeros(tokens.size, np.int64), 1: np.zeros(tokens.size, np.int64)}
    members: dict[tuple[int, int, int], set[int]] = {}
    depth = [min(depth_of(a, by_id), 1) for a in attributions]
    for role in (CONTENT, SOURCE, CUE):  # later roles overwrite: a cue inside a content stays visible
        for k, a in enumerate(attributions):
            for first, last in _merged(tokens.of(s, e) for s, e in a[ROLES[role]]):
                members.setdefault((role, first, last), set()).add(k)
                tag = layers[0 if polnear else depth[k]]
                tag[first : last + 1] = 2 + 2 * role
                tag[first] = 1 + 2 * role
    example.spans = [SpanLabel(r, f, z, frozenset(ks)) for (r, f, z), ks in members.items()]
    if polnear:
        example.tags["polnear"] = layers[0]
        return
    example.tags["ledger"], example.tags["nested"] = layers[0], layers[1]
    for a in attributions:
        content = tokens.of(*a["content"][0])
        cue = tokens.of(*a["cue"][0]) if a["cue"] else content
        example.attributions.append(AttributionLabel(STANCES.index(a["stance"]), cue, content[0]))


def _merged(spans: object) -> list[tuple[int, int]]:
    out: list[list[int]] = []
    for first, last in sorted(spans):  # type: ignore[call-overload]
        if out and first <= out[-1][1] + 1:
            out[-1][1] = max(out[-1][1], last)
        else:
            out.append([first, last])
    return [(f, z) for f, z in out]


def _add_events(example: Example, tokens: Tokens, events: list[Raw], attributions: list[Raw]) -> None:
    triggers = np.zeros(tokens.size, np.int64)
    starts = [s for s, _ in example.sentences]
    for e in events:
        first, last = tokens.of(*e["trigger"])
        kind = EVENT_TYPES.index(e["type"])
        triggers[first : last + 1] = 1 + kind
        sentence = example.sentences[int(np.searchsorted(starts, first, side="right")) - 1]
        s0, s1 = sentence
        arguments = np.zeros(s1 - s0 + 1, np.int64)
        quantities = np.zeros(s1 - s0 + 1, np.int64)
        for role, key in enumerate(ARGUMENTS):
            for span in e[key]:
                a, b = tokens.of(*span)
                if s0 <= a and b <= s1:
                    arguments[a - s0 : b - s0 + 1] = 2 + 2 * role
                    arguments[a - s0] = 1 + 2 * role
        for q in e["quantities"]:
            a, b = tokens.of(*q["span"])
            if s0 <= a and b <= s1:
                quantities[a - s0 : b - s0 + 1] = 1 + MEASURES.index(q["measure"])
        modes = tuple(MODES.index(m) for m in e["modes"])
        label = EventLabel(
            (first, last), kind, sentence, arguments, quantities, FACTUALITIES.index(e["factuality"]), modes,
            _enclosing_stance(e, attributions),
        )  # fmt: skip
        example.events.append(label)
    example.tags["trigger"] = triggers


def _enclosing_stance(event: Raw, attributions: list[Raw]) -> int:
    """Give the stance of the innermost voice, or the number after the last for the narrator."""
    by_id = {a["id"]: a for a in attributions}
    chain = [by_id[k] for k in event["voice"] if k in by_id]
    return STANCES.index(chain[-1]["stance"]) if chain else len(STANCES)


def windows_of(example: Example, limit: int) -> list[Example]:
    """Cut a text into windows of at most ``limit`` pieces, without context; a text that fits stays itself."""
    if len(example) <= limit:
        return [example]
    return [cut_window(example, w) for w in plan_windows(example.pieces, example.text, limit=limit, context=0)]


def stretch_of(example: Example, limit: int, rng: np.random.Generator) -> Example:
    """Take a random stretch of a text with chains, in the windows in which the product would read it."""
    parts = plan_windows(example.pieces, example.text, limit=limit, context=0)
    part = parts[int(rng.integers(len(parts)))]
    out = cut_window(example, part) if len(parts) > 1 else example
    windows = plan_windows(out.pieces, out.text, limit=CORE_PIECES, context=CONTEXT_PIECES)
    return replace(out, windows=windows, chains=_chains(out, rng))


def _chains(example: Example, rng: np.random.Generator) -> Chains | None:
    """Pair the mentions of a text; a tenth of them is left out, as the tagger will miss some."""
    mentions = [m for m in example.mentions if m.whole and m.marked.keys and rng.random() > 0.1]
    if len(mentions) < 2:
        return None
    items = [_item(m) for m in mentions]
    sentence = np.searchsorted([f for f, _ in example.sentences], [m.head for m in mentions], side="right")
    quote = quote_numbers(example.text, [m.marked.head[0] for m in mentions])
    _, pairs = make_pairs(example.text, items, sentence, quote)
    keys = [frozenset(m.marked.keys) for m in mentions]
    return Chains(
        np.array([m.head for m in mentions], np.int64),
        np.array([sum(1 << INNER_TYPES.index(t) for t in m.marked.types) for m in mentions], np.int64),
        pairs.anaphor, pairs.antecedent, pairs.features,
        np.array([keys[i] == keys[j] for i, j in zip(pairs.anaphor, pairs.antecedent, strict=True)], bool),
    )  # fmt: skip


def _item(m: MentionLabel) -> Item:
    marked = m.marked
    kind = NAME if marked.kind is None else marked.kind
    name = marked.name or ((marked.start, marked.end) if kind == NAME else None)
    return Item(marked.start, marked.end, marked.head, kind, INNER_TYPES.index(marked.types[0]), name)


def cut_window(example: Example, window: Window) -> Example:
    """Give the part of an example inside a window; spans and events that leave it are dropped."""
    a, b = window.start, window.end
    p = example.pieces
    edges = np.r_[p.first, len(p.ids)]
    i, j = int(edges[a]), int(edges[b])
    paragraphs = p.paragraphs[(p.paragraphs > a) & (p.paragraphs < b)] - a
    pieces = Pieces(
        p.ids[i:j], p.features[i:j], p.starts[a:b], p.ends[a:b], p.first[a:b] - i, np.r_[0, paragraphs].astype(np.int32)
    )
    out = Example(pieces, example.text)
    out.tags = {name: tag[a:b] for name, tag in example.tags.items()}
    out.allowed = {name: sets[a:b] for name, sets in example.allowed.items()}
    out.chained = example.chained
    out.sentences = [(max(f, a) - a, min(z, b - 1) - a) for f, z in example.sentences if f < b and z >= a]
    out.mentions = [
        replace(
            m, head=m.head - a, first=max(m.first - a, 0), last=min(m.last, b - 1) - a,
            whole=m.whole and a <= m.first and m.last < b,
        )
        for m in example.mentions
        if a <= m.head < b
    ]  # fmt: skip
    out.values = [(f - a, z - a, v) for f, z, v in example.values if a <= f and z < b]
    out.spans = [replace(s, first=s.first - a, last=s.last - a) for s in example.spans if a <= s.first and s.last < b]
    out.attributions = [
        replace(t, cue=(t.cue[0] - a, t.cue[1] - a), content=t.content - a)
        for t in example.attributions
        if a <= min(t.cue[0], t.content) and max(t.cue[1], t.content) < b
    ]
    out.events = [
        replace(e, trigger=(e.trigger[0] - a, e.trigger[1] - a), sentence=(e.sentence[0] - a, e.sentence[1] - a))
        for e in example.events
        if a <= e.sentence[0] and e.sentence[1] < b
    ]
    return out


def with_paragraph_starts(example: Example, share: float, rng: np.random.Generator) -> Example:
    """Mark some sentence starts as paragraph starts: the gold joins sentences by blanks, newspapers do not."""
    if len(example.sentences) < 2:
        return example
    features = example.pieces.features.copy()
    for first, _ in example.sentences[1:]:
        piece = example.pieces.first[first]
        if rng.random() < share and features[piece] % (2 * PARAGRAPH_START) < PARAGRAPH_START:
            features[piece] += PARAGRAPH_START
    return replace(example, pieces=replace(example.pieces, features=features))
