"""
Attributions: who says, thinks, orders or denies what (PARC 3.0 and PolNeAR; nesting as in our guidelines).

Two layers of spans (outer and nested) come from the ledger's heads and are
joined within their sentence. What stands in quotation marks but got no
attribution there, because its cue is in another sentence or paragraph, is
looked up in PolNeAR's head, whose contents cross sentences, and else runs on
from an attributed part of the same quotation.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from allegedly.annotators.base import Found, Ints, Reading
from allegedly.annotators.columns import calibrated, head_columns
from allegedly.encoder.heads import bio_transitions, segment_means, softmax, spans_of, viterbi
from allegedly.encoder.linking import CONTENT, CUE, SOURCE, Triple, link_spans
from allegedly.encoder.session import Session
from allegedly.records.annotations import Attribution, Quotation, Sentence
from allegedly.records.codes import STANCES, Form, Stance
from allegedly.records.origin import Origin
from allegedly.records.span import Span
from allegedly.resources.pack import Pack

SHORTEST_QUOTE = 4  # tokens; shorter ones are names and scare quotes, not statements
EDGE_SIGNS = frozenset("\"“”„‟＂«»‹›‘’‚‛'`,.;:")
DOUBLE_MARKS = frozenset('"“”„«»')  # single ones are apostrophes too
CLAUSE_REACH = 10  # tokens before a cue in which the words of its relative clause's antecedent are looked for
RELATIVES = frozenset(("which", "who"))
DETERMINERS = frozenset("the a an its his her their this that".split())
BESIDE = 4  # tokens between the cue of a relayed voice and its source: "citing an unnamed officer"
RUN_ON_SCORE = 0.5  # a run-on quotation has no cue to be sure of


@dataclass(frozen=True, slots=True)
class _Draft:
    """An attribution before it has a key: token spans, stance, score."""

    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    contents: tuple[tuple[int, int], ...]
    stance: Stance
    stance_score: float
    score: float
    rule: str | None = None
    relayed_by: _Draft | None = None

    @property
    def order(self) -> tuple[int, int]:
        """Where it begins and how long its content is: text order, outer before inner."""
        parts = [*self.contents, *([self.cue] if self.cue else []), *([self.source] if self.source else [])]
        return min(p[0] for p in parts), -sum(z - a for a, z in self.contents)


class Attributing:
    """
    Provides :class:`Attribution`.

    Args:
        pack: The pack, for its output columns, transitions and calibration.
        session: The pack's networks.
    """

    name = "attribution"
    version = "1"
    requires = frozenset({Sentence, Quotation})
    provides = frozenset({Attribution})

    def __init__(self, pack: Pack, session: Session) -> None:
        self._pack, self._session = pack, session
        self._columns = head_columns(pack)
        self._transitions = {
            head: bio_transitions(np.array(rows, np.float32)) for head, rows in pack.transitions.items()
        }
        self._origin = Origin(self.name, self.version, pack=pack.digest)

    def annotate(self, reading: Reading) -> Found:
        """Find the attributions."""
        if not len(reading.encoding):
            return {Attribution: ()}
        group = reading.group_of(reading.layers[Sentence])
        nested = self._spans(reading, "nested", group)
        spans = self._trimmed(reading, np.concatenate([self._spans(reading, "ledger", group), nested]))
        triples = link_spans(reading.encoding, self._session, spans, group=group)
        drafts = self._with_stance(reading, [_of_relative_clause(reading, t) for t in triples], "ledger")
        drafts += self._relayed(reading, drafts, nested, group)
        drafts += self._quoted_elsewhere(reading, drafts, group)
        return {Attribution: self._finished(reading, drafts)}

    def polnear(self, reading: Reading) -> list[Triple]:
        """Give the attributions as PolNeAR's guidelines have them: outermost ones, contents across sentences."""
        if not len(reading.encoding):
            return []
        return link_spans(reading.encoding, self._session, self._spans(reading, "polnear", None))

    def _spans(self, reading: Reading, head: str, group: Ints | None) -> Ints:
        """Decode one head: window by window, spans cut where a sentence (``group``) ends."""
        encoding = reading.encoding
        starts = np.fromiter((w.core_start for w in encoding.windows), np.int64, len(encoding.windows))
        ends = np.fromiter((w.core_end for w in encoding.windows), np.int64, len(encoding.windows))
        emissions = np.ascontiguousarray(encoding.tags[:, self._columns[head]])
        labels = viterbi(emissions, starts, ends, self._transitions[head])
        if group is not None:
            starts = np.union1d(starts, np.flatnonzero(np.diff(group, prepend=-1)))
        return spans_of(labels, starts)

    def _trimmed(self, reading: Reading, spans: Ints) -> Ints:
        """Trim the contents; two that become one are one."""
        out = spans.copy()
        for k in np.flatnonzero(spans[:, 0] == CONTENT).tolist():
            out[k, 1:] = _trimmed_part(reading, (int(spans[k, 1]), int(spans[k, 2])))
        return np.unique(out, axis=0)

    def _with_stance(self, reading: Reading, triples: list[Triple], head: str) -> list[_Draft]:
        """Read the stance at the cue and at the first word of the content, and score the whole."""
        if not triples:
            return []
        tags = reading.encoding.tags
        cues = np.array([t.cue for t in triples])
        firsts = np.array([t.contents[0][0] for t in triples])
        scores = segment_means(tags[:, self._columns["stance_cue"]], cues[:, 0], cues[:, 1])
        chances = softmax(scores + tags[firsts, self._columns["stance_content"]])
        stances = chances.argmax(1)
        columns = [self._columns[head]] + ([self._columns["nested"]] if head == "ledger" else [])
        sure = np.max([1 - softmax(tags[:, c])[:, 0] for c in columns], axis=0)
        out = []
        for t, stance, chance in zip(triples, stances.tolist(), chances.max(1).tolist(), strict=True):
            parts = [t.cue, *t.contents, *([t.source] if t.source else [])]
            raw = t.score * float(np.mean([sure[a : z + 1].mean() for a, z in parts]))
            score = calibrated(self._pack, "attribution", raw)
            stance_score = calibrated(self._pack, "stance", chance)
            out.append(_Draft(t.source, t.cue, t.contents, STANCES[stance], stance_score, score))
        return out

    def _relayed(self, reading: Reading, drafts: list[_Draft], nested: Ints, group: Ints) -> list[_Draft]:
        """
        Give the same content to whom a relayer cites: "State television, citing an unnamed officer, reported …".

        The content can be linked to one cue only; a nested cue that has a source and no content of its own takes the
        content of the attribution beside it.
        """
        taken = {d.cue for d in drafts}
        sources = [(int(a), int(z)) for role, a, z in nested.tolist() if role == SOURCE]
        out = []
        for role, first, last in nested.tolist():
            if role != CUE or (first, last) in taken:
                continue
            behind = [s for s in sources if group[s[0]] == group[first] and 0 < s[0] - last <= BESIDE]
            beside = [d for d in drafts if d.cue and group[d.cue[0]] == group[first] and not _holds(d, first)]
            if behind and beside:
                outer = min(beside, key=lambda d: abs(d.cue[0] - first))  # type: ignore[index]
                if not _holds(outer, behind[0][0]) and outer.source != behind[0]:
                    triple = Triple(behind[0], (first, last), outer.contents, outer.score)
                    draft = self._with_stance(reading, [triple], "ledger")[0]
                    out.append(replace(draft, rule="relay", relayed_by=outer))
        return out

    def _quoted_elsewhere(self, reading: Reading, drafts: list[_Draft], group: Ints) -> list[_Draft]:
        """Find sources for the sentences of quotations that no attribution covers."""
        open_parts = _uncovered_quotes(reading, drafts, group)
        if not open_parts:
            return []
        size = len(reading.encoding)
        far = _Contents(size, self._with_stance(reading, self.polnear(reading), "polnear"))
        near = _Contents(size, drafts)
        out: list[_Draft] = []
        for quote, part in open_parts:
            rule, whose = "quote-in-other-sentence", far.best(part)
            if whose is None:
                rule, whose = "run-on-quote", near.best(quote)
            if whose is not None:
                content = (_trimmed_part(reading, part),)
                out.append(_Draft(whose.source, None, content, "assert", RUN_ON_SCORE, RUN_ON_SCORE, rule))
                near.add(out[-1])
        return out

    def _finished(self, reading: Reading, drafts: list[_Draft]) -> list[Attribution]:
        """Give keys in text order and find what stands inside what."""
        drafts = sorted(drafts, key=lambda d: d.order)
        quoted = Quoted(q.span for q in reading.layers[Quotation])
        parents = _parents(drafts)
        for k, d in enumerate(drafts):
            if d.relayed_by is not None:
                parents[k] = next(j for j, other in enumerate(drafts) if other is d.relayed_by)
        out = []
        for k, d in enumerate(drafts):
            source, cue = ((reading.span(*part),) if part else () for part in (d.source, d.cue))
            content = tuple(reading.span(*part) for part in d.contents)
            everything = [*source, *cue, *content]
            out.append(
                Attribution(
                    span=Span(min(s.start for s in everything), max(s.end for s in everything)),
                    origin=self._origin if d.rule is None else Origin(self.name, self.version, rule=d.rule),
                    score=d.score,
                    key=f"a{k + 1}",
                    source=source,
                    cue=cue,
                    content=content,
                    form=quoted.form(content),
                    stance=d.stance,
                    parent=None if parents[k] is None else f"a{parents[k] + 1}",  # type: ignore[operator]
                    stance_score=d.stance_score,
                )
            )
        return out


def _of_relative_clause(reading: Reading, triple: Triple) -> Triple:
    """
    Give the words before ", which denied" as the source of "denied".

    The phrase may belong to another attribution's content ("blamed the Front, which denied it"), where no source is
    tagged, and the cue would borrow that attribution's source: the accuser would deny.
    """
    pieces = reading.encoding.pieces
    words = [
        reading.text[pieces.starts[k] : pieces.ends[k]]
        for k in range(max(0, triple.cue[0] - CLAUSE_REACH), triple.cue[0])
    ]
    first = triple.cue[0] - len(words)
    if len(words) > 1 and words[-1].endswith("ly"):
        words.pop()
    if len(words) < 3 or words[-1] not in RELATIVES or words[-2] != ",":
        return triple
    last = len(words) - 3
    k = last
    while k > 0 and words[k].lower() not in DETERMINERS and (words[k][0].isalnum() or words[k] in "-’'"):
        k -= 1
    if words[k].lower() not in DETERMINERS:
        k = last
        while k > 0 and words[k - 1][0].isupper():
            k -= 1
    source = (first + k, first + last)
    return triple if not words[k][0].isalnum() else replace(triple, source=source)


def _holds(draft: _Draft, token: int) -> bool:
    """Say whether a token stands in a content."""
    return any(a <= token <= z for a, z in draft.contents)


class Quoted:
    """
    The quotations of one text, to be asked whether a content stands in them.

    Args:
        quotes: Quotations, marks included; nested ones lie inside others and add nothing.
    """

    def __init__(self, quotes: Iterable[Span]) -> None:
        self._outer: list[Span] = []
        for quote in sorted(quotes, key=lambda q: (q.start, -q.end)):
            if not self._outer or quote.end > self._outer[-1].end:
                self._outer.append(quote)
        self._starts = [quote.start for quote in self._outer]

    def form(self, content: Sequence[Span]) -> Form:
        """Say whether a content stands in quotation marks wholly, partly or not."""
        if all(self._holder(part) is not None for part in content):
            return "direct"
        return "mixed" if any(self._touches(part) for part in content) else "indirect"

    def _holder(self, part: Span) -> Span | None:
        k = bisect_right(self._starts, part.start) - 1
        return self._outer[k] if k >= 0 and self._outer[k].contains(part) else None

    def _touches(self, part: Span) -> bool:
        k = bisect_right(self._starts, part.end - 1) - 1
        return k >= 0 and self._outer[k].overlaps(part)


def _trimmed_part(reading: Reading, part: tuple[int, int]) -> tuple[int, int]:
    """Trim a content in token numbers."""
    pieces = reading.encoding.pieces
    return trim(reading.text, *part, lambda token: (int(pieces.starts[token]), int(pieces.ends[token])))


def trim(text: str, first: int, last: int, ends: Callable[[int], tuple[int, int]]) -> tuple[int, int]:
    """
    Cut quotation marks, commas and final stops off the edges of a content, as the guidelines have it.

    Question and exclamation marks stay, and so does a quotation mark whose
    partner stands inside: 'no soldiers were there "at any time"'. A content of
    signs only is left as it is.

    Args:
        text: The text.
        first: First token.
        last: Last token.
        ends: Gives start and end of a token.
    """
    a, z = first, last
    while a < z and _is_edge(text, ends(a)):
        a += 1
    while z > a and _is_edge(text, ends(z)):
        z -= 1
    if sum(text[k] in DOUBLE_MARKS for k in range(ends(a)[0], ends(z)[1])) % 2:
        outside = (*range(z + 1, last + 1), *range(a - 1, first - 1, -1))
        partner = next((k for k in outside if text[ends(k)[0]] in DOUBLE_MARKS), z)
        a, z = min(a, partner), max(z, partner)
    return (a, z) if text[ends(a)[0]].isalnum() or a < z else (first, last)


def _is_edge(text: str, token: tuple[int, int]) -> bool:
    """Say whether a token is a sign that no content begins or ends with."""
    return token[1] - token[0] == 1 and text[token[0]] in EDGE_SIGNS


def _uncovered_quotes(
    reading: Reading, drafts: list[_Draft], group: Ints
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Give (whole quotation, uncovered part of one sentence) in token numbers, in order of the text."""
    covered = np.zeros(len(reading.encoding), bool)
    for d in drafts:
        for a, z in (*d.contents, *([d.cue] if d.cue else []), *([d.source] if d.source else [])):
            covered[a : z + 1] = True
    out = []
    for quote in reading.layers[Quotation]:
        if quote.depth or quote.inner is None:
            continue
        first, last = reading.tokens(quote.inner)
        edges = [first, *(k for k in range(first + 1, last + 1) if group[k] != group[k - 1]), last + 1]
        for a, b in pairwise(edges):
            if b - a >= SHORTEST_QUOTE and not covered[a:b].any():
                out.append(((first, last), (a, b - 1)))
    return out


class _Contents:
    """
    Which content covers which token, among attributions that name a source; the surest wins.

    Args:
        size: Number of tokens.
        drafts: Attributions.
    """

    def __init__(self, size: int, drafts: Iterable[_Draft]) -> None:
        self._drafts: list[_Draft] = []
        self._number = np.full(size, -1, np.int64)
        for draft in sorted(drafts, key=lambda d: d.score):
            self.add(draft)

    def add(self, draft: _Draft) -> None:
        """Add one that is as sure as all before, or covers what none covers."""
        if draft.source is not None:
            for a, z in draft.contents:
                self._number[a : z + 1] = len(self._drafts)
            self._drafts.append(draft)

    def best(self, part: tuple[int, int]) -> _Draft | None:
        """Give the surest that shares tokens with ``part`` and whose source is not inside it."""
        first, last = part
        numbers = np.unique(self._number[first : last + 1]).tolist()
        found = [self._drafts[k] for k in numbers if k >= 0]
        found = [d for d in found if d.source is not None and not first <= d.source[0] <= last]
        return max(found, key=lambda d: d.score, default=None)


def _parents(drafts: list[_Draft], reach: int = 60) -> list[int | None]:
    """
    Find for each draft the smallest content of another that holds its cue (or content).

    Only ``reach`` drafts to both sides are looked at, so that time stays linear.
    """
    sizes = [sum(z - a for a, z in d.contents) for d in drafts]
    out: list[int | None] = []
    for k, d in enumerate(drafts):
        first, last = d.cue or d.contents[0]
        holders = [
            j for j in range(max(0, k - reach), min(len(drafts), k + reach))
            if j != k and (sizes[j], -j) > (sizes[k], -k)
            and any(a <= first and last <= z for a, z in drafts[j].contents)
        ]  # fmt: skip
        out.append(min(holders, key=lambda j: (sizes[j], -j), default=None))
    return out
