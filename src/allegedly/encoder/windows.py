"""
Long texts in windows of whole paragraphs, with context on both sides.

A paragraph that does not fit is cut after sentence-final punctuation, else
between words. Each token is *core* in exactly one window; heads read it
there, and pairs are scored only among tokens of one window: scored across
windows, the pair scorer fell by 14 points, since it learns positions.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from allegedly.encoder.wordpiece import Ints, Pieces

FINAL = frozenset(".!?…。؟")


@dataclass(frozen=True, slots=True)
class Window:
    """
    A run of tokens encoded together: context, core, context.

    Args:
        start: First token, context included.
        end: Token after the last, context included.
        core_start: First token that is read here.
        core_end: Token after the last that is read here.
    """

    start: int
    end: int
    core_start: int
    core_end: int


def blocks(pieces: Pieces, text: str, limit: int) -> list[tuple[int, int]]:
    """
    Cut the tokens into blocks of at most ``limit`` pieces: paragraphs, or parts of long ones.

    Args:
        pieces: The split text.
        text: The text, to see where sentences end.
        limit: Most pieces of a block; a single longer token stands alone.
    """
    edges = np.r_[pieces.first, len(pieces.ids)]
    out: list[tuple[int, int]] = []
    bounds = np.r_[pieces.paragraphs, len(pieces.starts)].tolist()
    for start, end in pairwise(bounds):
        at = start
        while edges[end] - edges[at] > limit:
            cut = max(int(np.searchsorted(edges, edges[at] + limit, side="right")) - 1, at + 1)
            cut = _sentence_cut(pieces, text, at, cut)
            out.append((at, cut))
            at = cut
        if at < end:
            out.append((at, end))
    return out


def _sentence_cut(pieces: Pieces, text: str, start: int, cut: int) -> int:
    """Move ``cut`` back to just after a full stop in the second half of the block, if there is one."""
    for token in range(cut - 1, start + (cut - start) // 2, -1):
        if text[pieces.starts[token] : pieces.ends[token]] in FINAL:
            return token + 1
    return cut


def plan_windows(pieces: Pieces, text: str, *, limit: int, context: int) -> list[Window]:
    """
    Pack blocks into windows.

    Args:
        pieces: The split text.
        text: The text.
        limit: Most core pieces of a window.
        context: Most pieces of context on each side; only whole tokens are taken.
    """
    edges: Ints = np.r_[pieces.first, len(pieces.ids)].astype(np.int32)
    groups: list[list[int]] = []
    for start, end in blocks(pieces, text, limit):
        if groups and edges[end] - edges[groups[-1][0]] <= limit:
            groups[-1][1] = end
        else:
            groups.append([start, end])
    out = []
    last = len(pieces.starts)
    for start, end in groups:
        left = int(np.searchsorted(edges, edges[start] - context)) if start else 0
        right = int(np.searchsorted(edges, edges[end] + context, side="right")) - 1 if end < last else last
        out.append(Window(left, max(right, end), start, end))
    return out
