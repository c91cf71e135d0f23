"""
Attributions by rules over spaCy's dependency tree, as projects without training data write them.

A verb of saying with a subject and a clause, a quotation or a complement it
governs; and "according to". Our own rules, written once and not tuned on any
corpus.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allegedly.records.span import Span
from allegedly.text.quotes import pair_quotes
from bench.rivals.spacy_model import load_english
from bench.systems import Attributions, System

VERBS = frozenset((
    "accuse", "acknowledge", "add", "admit", "agree", "allege", "announce", "argue", "ask", "assert",
    "believe", "blame", "call", "charge", "claim", "comment", "complain", "concede", "conclude", "confirm",
    "declare", "demand", "deny", "describe", "dismiss", "estimate", "expect", "explain", "express", "fear",
    "hope", "hint", "insist", "maintain", "note", "object", "order", "plan", "predict", "promise", "propose",
    "recall", "recommend", "reject", "remark", "reply", "report", "request", "respond", "reveal", "say",
    "state", "stress", "suggest", "suspect", "tell", "testify", "think", "threaten", "tweet", "urge", "vow",
    "want", "warn", "write",
))  # fmt: skip
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "agent"))
_COMPLEMENTS = ("ccomp", "xcomp", "dobj", "prep")
_GROUP = frozenset(("aux", "auxpass", "neg", "prt"))


def load() -> System:
    """Give the rival."""
    versions, pipeline = load_english()

    def extract(text: str) -> Attributions:
        quotations = [pair.span for pair in pair_quotes(text) if pair.depth == 0]
        rows = [row for token in pipeline(text) if (row := _row(token))]
        return [{**row, "content": _widen(row["content"], quotations)} for row in rows]

    return System("spaCy rules", versions, attributions=extract)


def _widen(content: list[list[int]], quotations: list[Span]) -> list[list[int]]:
    """Let a piece that lies mostly inside a quotation become the whole quotation, marks included."""
    widened: list[list[int]] = []
    for start, end in content:
        inside = [q for q in quotations if 2 * (min(end, q.end) - max(start, q.start)) > end - start]
        piece = [min(start, inside[0].start), max(end, inside[0].end)] if inside else [start, end]
        if widened and piece[0] <= widened[-1][1]:
            widened[-1][1] = max(piece[1], widened[-1][1])
        else:
            widened.append(piece)
    return widened


def _row(token: Any) -> dict[str, list[list[int]]] | None:  # noqa: ANN401 - spaCy's token
    """Read the attribution that a token is the cue of."""
    if token.lower_ == "according":
        return _according(token)
    if token.pos_ != "VERB" or token.lemma_.lower() not in VERBS:
        return None
    source = next((child for child in token.children if child.dep_ in _SUBJECTS), None)
    cue = [token, *(child for child in token.children if child.dep_ in _GROUP)]
    content = _content(token, cue, source)
    if not content:
        return None
    return {"source": _spans(source.subtree if source else ()), "cue": _spans(cue), "content": _spans(content)}


def _content(token: Any, cue: list[Any], source: Any) -> list[Any]:  # noqa: ANN401
    """Find what a verb governs, or the clause into which it is set ("…, he said")."""
    for relation in _COMPLEMENTS:
        found = [child for child in token.children if child.dep_ == relation]
        if found:
            return [word for word in found[0].subtree if word.dep_ != "mark" or word.lower_ != "that"]
    if token.dep_ in {"parataxis", "ccomp"}:
        own = {*cue, *(source.subtree if source else ())}
        return [word for word in token.head.subtree if word not in own and word not in set(token.subtree)]
    return []


def _according(token: Any) -> dict[str, list[list[int]]] | None:  # noqa: ANN401
    """Read "according to X": the rest of the sentence is the content."""
    to = next((child for child in token.children if child.lower_ == "to"), None)
    if to is None:
        return None
    source = [word for word in to.subtree if word != to]
    content = [word for word in token.sent if word not in set(token.subtree) and not word.is_punct]
    if not source or not content:
        return None
    return {"source": _spans(source), "cue": _spans([token, to]), "content": _spans(content)}


def _spans(tokens: Iterable[Any]) -> list[list[int]]:
    """Join tokens that follow each other into spans; punctuation at the edges goes."""
    words = sorted(tokens, key=lambda token: token.i)
    while words and words[-1].is_punct and not words[-1].is_quote:
        words.pop()
    while words and words[0].is_punct and not words[0].is_quote:
        words.pop(0)
    spans: list[list[int]] = []
    last = -2
    for word in words:
        if word.is_space:
            continue
        if word.i == last + 1:
            spans[-1][1] = word.idx + len(word)
        else:
            spans.append([word.idx, word.idx + len(word)])
        last = word.i
    return spans
