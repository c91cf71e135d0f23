"""
Spans joined into attributions: each content to a cue, each cue to a source or to none.

Several cues may share one source; a cue may hold several contents (split
around it). Pairs are scored in one window only. Used by the ledger's heads and
by PolNeAR's, which differ in what they call a span, not in how spans join.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from allegedly.encoder.encode import Encoding
from allegedly.encoder.heads import Floats, Ints, link_bucket, softmax
from allegedly.encoder.session import Session

SOURCE, CUE, CONTENT = range(3)
NEVER = np.float32(-1e9)
SURE = 0.9  # probability of a link that a cue's further contents need; set on PolNeAR dev


@dataclass(frozen=True, slots=True)
class Triple:
    """
    One attribution in token numbers.

    Args:
        source: First and last token of the source, or None.
        cue: First and last token of the cue.
        contents: First and last token of each content, in order.
        score: Probability of the links, 0 to 1.
    """

    source: tuple[int, int] | None
    cue: tuple[int, int]
    contents: tuple[tuple[int, int], ...]
    score: float


def link_spans(encoding: Encoding, session: Session, spans: Ints, *, group: Ints | None = None) -> list[Triple]:
    """
    Join the spans of one text.

    Args:
        encoding: The text's rows.
        session: The pack's networks.
        spans: int64 (spans, 3): role, first and last token.
        group: Per token, a number (its sentence) that linked spans must share; None lets them cross.

    Returns:
        Attributions that have a cue and a content, in order of their cues.
    """
    triples: list[Triple] = []
    if not (spans[:, 0] == CUE).any():
        return triples
    core = encoding.window_of[spans[:, 1]]
    for window in np.unique(core[spans[:, 0] == CUE]).tolist():
        triples += _link_window(encoding, session, spans, window, group)
    return sorted(_once(triples), key=lambda t: t.cue)


def _once(triples: list[Triple]) -> list[Triple]:
    """Leave a content that two windows gave to two cues, in the overlap of their contexts, to the surer one."""
    surest: dict[tuple[int, int], Triple] = {}
    for triple in sorted(triples, key=lambda t: (t.score, t.cue)):
        surest.update(dict.fromkeys(triple.contents, triple))
    kept = [replace(t, contents=tuple(c for c in t.contents if surest[c] is t)) for t in triples]
    return [t for t in kept if t.contents]


def _link_window(encoding: Encoding, session: Session, spans: Ints, window: int, group: Ints | None) -> list[Triple]:
    """Join the children of one window with its cues; a child belongs to the window of its cue."""
    w = encoding.windows[window]
    visible = (spans[:, 1] >= w.start) & (spans[:, 2] < w.end)
    cues = spans[visible & (spans[:, 0] == CUE)]
    # every cue competes for a content, but only the cues that are core here are given out here
    own = encoding.window_of[cues[:, 1]] == window
    sources = spans[visible & (spans[:, 0] == SOURCE)]
    contents = spans[visible & (spans[:, 0] == CONTENT)]
    if not len(contents):
        return []
    children = np.concatenate([sources, contents])
    role = np.r_[np.zeros(len(sources), np.int64), np.ones(len(contents), np.int64)]

    def rows(part: Ints, column: int) -> Floats:
        return encoding.hidden_in(window, part[:, column])

    gap = cues[None, :, 1] - children[:, None, 1]
    scores, none = session.link(
        rows(children, 1), rows(children, 2), rows(cues, 1), rows(cues, 2), bucket=link_bucket(gap), role=role
    )
    if group is not None:
        scores = np.where(group[cues[None, :, 1]] == group[children[:, None, 1]], scores, NEVER)
    # a content cannot contain its own cue
    inside = (cues[None, :, 1] >= children[:, None, 1]) & (cues[None, :, 2] <= children[:, None, 2])
    scores = np.where(inside & (role[:, None] == 1), NEVER, scores)
    return _choose(cues, own, sources, contents, scores, none)


def _choose(cues: Ints, own: Ints, sources: Ints, contents: Ints, scores: Floats, none: Floats) -> list[Triple]:
    """Take the best cue of each content and the best source of each cue that got one."""
    of_source, of_content = scores[: len(sources)], scores[len(sources) :]
    best = of_content.argmax(1)
    sure = softmax(of_content)
    got: dict[int, list[int]] = {}
    for k, j in enumerate(best.tolist()):
        if own[j] and of_content[k, j] > NEVER / 2:
            got.setdefault(j, []).append(k)
    column = np.concatenate([none[None], of_source]).T
    chances = softmax(column)
    out = []
    for j, every in got.items():
        # a second content must be surely this cue's: far quotations have no cue of their own to go to
        surest = max(every, key=lambda k: float(sure[k, j]))
        ks = [k for k in every if k == surest or sure[k, j] >= SURE]
        s = int(column[j].argmax())
        source = (int(sources[s - 1, 1]), int(sources[s - 1, 2])) if s else None
        parts = tuple(sorted((int(contents[k, 1]), int(contents[k, 2])) for k in ks))
        score = float(chances[j, s]) * float(np.mean([sure[k, j] for k in ks]))
        out.append(Triple(source, (int(cues[j, 1]), int(cues[j, 2])), parts, score))
    return out
