"""
Text to rows: one pass of the encoder per document, in windows and batches.

A batch never mixes documents: the int8 network scales its activations over
the whole batch, so rows would depend on who else is read. Within a document
short windows of like length run together; the rows of a text are therefore the
same whatever is read before, after or beside it. Small batches cost nothing:
on two cores 256 pieces were 1.6 times as fast as 1,024 (``docs/evaluation.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allegedly.encoder.heads import segment_means
from allegedly.encoder.session import Session
from allegedly.encoder.windows import Window, plan_windows
from allegedly.encoder.wordpiece import Pieces, WordPieces

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

CORE_PIECES = 190
CONTEXT_PIECES = 48
BATCH_PIECES = 256  # one window of usual size: smaller scales for int8, and threads that wait less for one another


@dataclass(frozen=True, slots=True)
class Encoding:
    """
    The encoder's rows of one text; made by :class:`Encoder`, read-only.

    Shape: ``rows`` float32 (rows of all windows, width); ``tags`` float32 (tokens, columns).

    Args:
        pieces: The tokens.
        windows: The windows, in order; every token is core in one.
        base: Row of the first token of each window.
        window_of: Window in which each token is core.
        rows: Hidden states of all windows one after the other, context included.
        tags: Tag scores of each token, from the window in which it is core.
    """

    pieces: Pieces
    windows: tuple[Window, ...]
    base: Ints
    window_of: Ints
    rows: Floats
    tags: Floats

    def __len__(self) -> int:
        return len(self.pieces.starts)

    def hidden(self, tokens: Ints) -> Floats:
        """Give the rows of tokens, each from the window in which it is core."""
        window = self.window_of[tokens]
        starts = np.fromiter((w.start for w in self.windows), np.int64, len(self.windows))
        out: Floats = self.rows[self.base[window] + tokens - starts[window]]
        return out

    def means(self, firsts: Ints, lasts: Ints) -> Floats:
        """Average the rows of tokens first..last (inclusive) of each span; (spans, width)."""
        sizes = lasts - firsts + 1
        stops = np.cumsum(sizes)
        tokens = np.repeat(firsts - (stops - sizes), sizes) + np.arange(int(sizes.sum()))
        return segment_means(self.hidden(tokens), stops - sizes, stops - 1)

    def hidden_in(self, window: int, tokens: Ints) -> Floats:
        """Give the rows of tokens as seen in one window, which must hold them all."""
        out: Floats = self.rows[self.base[window] + tokens - self.windows[window].start]
        return out


class Encoder:
    """
    Runs the encoder network over texts; thread-safe.

    Args:
        pieces_of: Word-piece tokenizer of the pack.
        session: The networks of the pack.
        threads: Batches of one long text that run at once.
    """

    def __init__(self, pieces_of: WordPieces, session: Session, *, threads: int = 1) -> None:
        self.session = session
        self._pieces_of, self._threads = pieces_of, threads

    def encode(self, text: str, *, paragraphs: Sequence[int], states: bytes | bytearray) -> Encoding:
        """
        Encode one text.

        Args:
            text: Any text; an empty one gives no rows.
            paragraphs: First code point of each paragraph, ascending.
            states: Quotation state of each code point.
        """
        pieces = self._pieces_of.split(text, paragraphs=paragraphs, states=states)
        windows = plan_windows(pieces, text, limit=CORE_PIECES, context=CONTEXT_PIECES)
        sizes = np.array([w.end - w.start for w in windows], np.int64)
        base = np.r_[np.zeros(1, np.int64), np.cumsum(sizes)]
        batches = plan_batches(pieces, windows)
        if len(batches) > 1 and self._threads > 1:
            with ThreadPoolExecutor(self._threads) as pool:
                results = list(pool.map(lambda batch: self._run(pieces, [windows[k] for k in batch]), batches))
        else:
            results = [self._run(pieces, [windows[k] for k in batch]) for batch in batches]
        return _assemble(pieces, tuple(windows), base, batches, results)

    def _run(self, pieces: Pieces, windows: list[Window]) -> tuple[Floats, Floats]:
        edges = np.r_[pieces.first, len(pieces.ids)]
        length = max(int(edges[w.end] - edges[w.start]) for w in windows) + 2
        ids = np.zeros((len(windows), length), np.int64)
        features = np.zeros((len(windows), length), np.int64)
        mask = np.zeros((len(windows), length), np.float32)
        tokens = []
        for row, w in enumerate(windows):
            i, j = int(edges[w.start]), int(edges[w.end])
            ids[row, 0], ids[row, j - i + 1] = self._pieces_of.cls, self._pieces_of.sep
            ids[row, 1 : j - i + 1] = pieces.ids[i:j]
            features[row, 1 : j - i + 1] = pieces.features[i:j]
            mask[row, : j - i + 2] = 1
            tokens.append(row * length + 1 + pieces.first[w.start : w.end].astype(np.int64) - i)
        return self.session.encode(ids, features, mask, np.concatenate(tokens))


def plan_batches(pieces: Pieces, windows: list[Window]) -> list[list[int]]:
    """Group window numbers into batches of like length and about :data:`BATCH_PIECES` pieces, padding included."""
    edges = np.r_[pieces.first, len(pieces.ids)]
    size = {k: int(edges[w.end] - edges[w.start]) + 2 for k, w in enumerate(windows)}
    batches: list[list[int]] = []
    for k in sorted(size, key=lambda k: (-size[k], k)):
        if batches and size[batches[-1][0]] * (len(batches[-1]) + 1) <= BATCH_PIECES:
            batches[-1].append(k)
        else:
            batches.append([k])
    return batches


def _assemble(
    pieces: Pieces,
    windows: tuple[Window, ...],
    base: Ints,
    batches: list[list[int]],
    results: list[tuple[Floats, Floats]],
) -> Encoding:
    """Put the rows of all batches back into the order of the text."""
    width, columns = (results[0][0].shape[1], results[0][1].shape[1]) if results else (0, 0)
    rows = np.zeros((int(base[-1]), width), np.float32)
    tags = np.zeros((len(pieces.starts), columns), np.float32)
    window_of = np.zeros(len(pieces.starts), np.int64)
    for batch, (hidden, scores) in zip(batches, results, strict=True):
        at = 0
        for k in batch:
            w = windows[k]
            size = w.end - w.start
            rows[base[k] : base[k] + size] = hidden[at : at + size]
            left = w.core_start - w.start
            tags[w.core_start : w.core_end] = scores[at + left : at + left + w.core_end - w.core_start]
            window_of[w.core_start : w.core_end] = k
            at += size
    return Encoding(pieces, windows, base[:-1], window_of, rows, tags)
