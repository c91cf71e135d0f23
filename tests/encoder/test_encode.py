"""The encoder: rows of a text that depend on nothing but the text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.demo import demo_documents
from allegedly.encoder import encode
from allegedly.encoder.encode import BATCH_PIECES, Encoder, Encoding, plan_batches
from allegedly.encoder.windows import Window
from allegedly.encoder.wordpiece import Pieces, WordPieces
from allegedly.ledger.json import encode_ledger
from allegedly.text.paragraphs import split_paragraphs
from allegedly.text.quotes import quote_states
from tests.random_network import RandomSession, random_reader

LONG = "\n\n".join(document.text for document in demo_documents())
Encode = Callable[..., Encoding]


class Watching(RandomSession):
    """A random network that keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(0, 1.0)
        self.asked: list[tuple[Any, ...]] = []

    def encode(self, ids: Any, features: Any, mask: Any, tokens: Any) -> tuple[Any, Any]:
        """Keep the arrays and answer at random."""
        self.asked.append((ids, features, mask, tokens))
        return super().encode(ids, features, mask, tokens)


@pytest.fixture
def encoded(small_folder: Path) -> Encode:
    """Encode a text with the random network."""

    def run(text: str = LONG, *, threads: int = 1, session: RandomSession | None = None) -> Encoding:
        encoder = Encoder(
            WordPieces(small_folder / "tokenizer.json"), session or RandomSession(0, 1.0), threads=threads
        )
        starts = [paragraph.start for paragraph in split_paragraphs(text)]
        return encoder.encode(text, paragraphs=starts, states=quote_states(text))

    return run


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_change_no_row(threads: int, encoded: Encode) -> None:
    """Rows and scores are the same on one thread and on several."""
    one, many = encoded(), encoded(threads=threads)
    assert (one.rows == many.rows).all()
    assert (one.tags == many.tags).all()


@pytest.mark.parametrize("size", [1, 300, 1_000_000])
def test_batches_change_no_row(size: int, encoded: Encode, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows and scores are the same whether windows run one by one or all at once."""
    expected = encoded()
    monkeypatch.setattr(encode, "BATCH_PIECES", size)
    found = encoded()
    assert (expected.rows == found.rows).all()
    assert (expected.tags == found.tags).all()


@pytest.mark.parametrize("size", [30, 100, 1_000_000])
def test_windows_change_no_score(size: int, encoded: Encode, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a network of short sight says of a token does not depend on the windows."""
    expected = encoded()
    monkeypatch.setattr(encode, "CORE_PIECES", size)
    found = encoded()
    assert len(found.windows) != len(expected.windows)
    assert (expected.tags == found.tags).all()


def test_hidden_rows_are_of_the_core(encoded: Encode, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row of a token is that of the window in which it is core, so windows do not show."""
    found = encoded()
    monkeypatch.setattr(encode, "CORE_PIECES", 1_000_000)
    whole = encoded()
    every = np.arange(len(whole))
    assert (found.hidden(every) == whole.hidden(every)).all()


def test_windows_see_their_context(encoded: Encode) -> None:
    """A window has rows for its context too, and each is of the token it is asked for."""
    found = encoded()
    for k, w in enumerate(found.windows):
        inner = np.arange(w.start + 1, w.end)  # the first token sees no word before it
        assert (found.hidden_in(k, inner) == found.hidden(inner)).all()


def test_tokens_are_core_where_it_says(encoded: Encode) -> None:
    """The window of each token is the one in which it is core."""
    found = encoded()
    expected = [k for k, w in enumerate(found.windows) for _ in range(w.core_start, w.core_end)]
    assert found.window_of.tolist() == expected


@pytest.mark.parametrize("text", ["", " \n "])
def test_no_words(text: str, encoded: Encode) -> None:
    """A text without words has no rows, and the network is not asked."""
    session = Watching()
    found = encoded(text, session=session)
    assert (len(found), found.rows.size, found.tags.size, session.asked) == (0, 0, 0, [])


def test_what_the_network_is_handed(encoded: Encode, small_folder: Path) -> None:
    """Each row is [CLS], pieces, [SEP], then padding that neither mask nor features show."""
    pieces_of, session = WordPieces(small_folder / "tokenizer.json"), Watching()
    found = encoded(session=session)
    seen = []
    for ids, features, mask, _ in session.asked:
        for row, feature, on in zip(ids.tolist(), features.tolist(), mask.sum(1).astype(int).tolist(), strict=True):
            assert (row[0], row[on - 1], set(row[on:]) <= {0}) == (pieces_of.cls, pieces_of.sep, True)
            assert (feature[0], set(feature[on - 1 :])) == (0, {0})
            seen.append(row[1 : on - 1])
    edges = [*found.pieces.first.tolist(), len(found.pieces.ids)]
    expected = [found.pieces.ids[edges[w.start] : edges[w.end]].tolist() for w in found.windows]
    assert sorted(seen) == sorted(expected)


def test_tokens_are_read_at_their_first_piece(encoded: Encode) -> None:
    """The network is asked for the first piece of each token of each window."""
    session = Watching()
    found = encoded(session=session)
    asked = [ids.ravel()[tokens].tolist() for ids, _, _, tokens in session.asked]
    first = found.pieces.ids[found.pieces.first].tolist()
    expected = [part for w in found.windows for part in first[w.start : w.end]]
    assert sorted(chain.from_iterable(asked)) == sorted(expected)


@given(sizes=st.lists(st.integers(1, 1500), max_size=30))
def test_batches(sizes: list[int]) -> None:
    """Each window is in one batch, and a batch of several keeps the limit, padding included."""
    edges = np.cumsum([0, *sizes]).astype(np.int32)
    nothing = np.zeros(len(sizes), np.int32)
    pieces = Pieces(np.zeros(int(edges[-1]), np.int32), nothing, nothing, nothing, edges[:-1], nothing)
    batches = plan_batches(pieces, [Window(k, k + 1, k, k + 1) for k in range(len(sizes))])
    assert sorted(chain.from_iterable(batches)) == list(range(len(sizes)))
    for batch in batches:
        longest = max(sizes[k] for k in batch) + 2
        assert len(batch) == 1 or longest * len(batch) <= BATCH_PIECES


@given(sizes=st.lists(st.integers(1, 300), min_size=1, max_size=30))
def test_batches_are_of_like_length(sizes: list[int]) -> None:
    """No window of a later batch is longer than one of an earlier."""
    edges = np.cumsum([0, *sizes]).astype(np.int32)
    nothing = np.zeros(len(sizes), np.int32)
    pieces = Pieces(np.zeros(int(edges[-1]), np.int32), nothing, nothing, nothing, edges[:-1], nothing)
    batches = plan_batches(pieces, [Window(k, k + 1, k, k + 1) for k in range(len(sizes))])
    lengths = [sizes[k] for batch in batches for k in batch]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_many_are_read_alike(threads: int, small_folder: Path) -> None:
    """Ledgers come in input order and byte by byte alike, however many threads read."""
    documents = demo_documents() * 2
    expected = [encode_ledger(random_reader(small_folder, 1).read(document)) for document in documents]
    reader = random_reader(small_folder, 1, threads=threads)
    assert [encode_ledger(ledger) for ledger in reader.read_many(documents)] == expected
