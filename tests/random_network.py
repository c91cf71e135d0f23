"""
A network that says anything: the real annotators over random scores.

Whatever the weights give, a ledger must hold together. The scores are drawn from
the word pieces themselves, so that the same text gets the same scores.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from allegedly.coreference.items import INNER_TYPES, NAME_TYPES
from allegedly.coreference.pairs import TABLE_SIZES
from allegedly.encoder.encode import Encoder
from allegedly.encoder.heads import SPAN_REACH
from allegedly.encoder.wordpiece import WordPieces
from allegedly.presets import assemble
from allegedly.reader import Reader
from allegedly.records.codes import EVENT_TYPES, FACTUALITIES, MEASURES, MODES, STANCES
from allegedly.resources.pack import Pack
from allegedly.settings import Settings

HEADS = {
    "sentence": 1,
    "polnear": 7,
    "ledger": 7,
    "nested": 7,
    "trigger": 1 + len(EVENT_TYPES),
    "stance_cue": len(STANCES),
    "stance_content": len(STANCES),
    "mode": len(MODES),
    "mention": 1 + 3 * len(INNER_TYPES),
    "name": 1 + 2 * len(NAME_TYPES),
}
WIDTH = 12
PAIR_LABELS = 1 + 2 * 4 + 1 + len(MEASURES)  # O, B and I of four roles; no number, measures
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


class RandomSession:
    """
    Stands in for the ONNX session.

    Args:
        seed: Which network.
        scale: How sure of itself it is.
    """

    def __init__(self, seed: int, scale: float) -> None:
        self._seed, self._scale = seed, scale

    def encode(self, ids: Any, features: Any, mask: Any, tokens: Any) -> tuple[Any, Any]:
        """Draw rows and tag scores for each token from its piece and its neighbour."""
        assert ids.shape == features.shape == mask.shape
        flat = ids.ravel()
        keys = (flat[tokens] * 31 + flat[tokens - 1] * 7 + features.ravel()[tokens]).tolist()
        width = WIDTH + sum(HEADS.values())
        rows = {key: np.random.default_rng([self._seed, key]).normal(size=width) for key in set(keys)}
        scores = np.array([rows[key] for key in keys], np.float32).reshape(-1, width) * np.float32(self._scale)
        return scores[:, :WIDTH], scores[:, WIDTH:]

    def link(self, first: Any, last: Any, cue_first: Any, cue_last: Any, *, bucket: Any, role: Any) -> tuple[Any, Any]:
        """Score links by how the rows agree."""
        assert bucket.shape == (len(first), len(cue_first))
        assert len(role) == len(last) == len(first)
        return first @ cue_last.T, cue_first.sum(1)

    def pair(self, tokens: Any, triggers: Any, *, at: Any, types: Any, owner: Any, distance: Any) -> Any:
        """Score arguments and measures by token, trigger and distance."""
        assert len(types) == len(triggers)
        mixed = tokens[at] + triggers[owner] + np.float32(0.1) * distance[:, None].astype(np.float32)
        return mixed @ self._matrix(PAIR_LABELS)

    def fact(self, triggers: Any, stances: Any, types: Any) -> Any:
        """Score factualities by trigger and stance."""
        assert len(stances) == len(types) == len(triggers)
        return (triggers + stances[:, None].astype(np.float32)) @ self._matrix(len(FACTUALITIES))

    def boundary(self, heads: Any, tokens: Any, *, offset: Any) -> tuple[Any, Any]:
        """Score first and last tokens by head, token and distance."""
        assert offset.shape == (len(heads), len(tokens))
        near = -np.abs(offset - SPAN_REACH).astype(np.float32)
        return heads @ tokens.T + near, heads[:, ::-1] @ tokens.T + near

    def antecedent(self, mentions: Any, *, anaphor: Any, antecedent: Any, features: Any) -> tuple[Any, Any]:
        """Score pairs of mentions by how their rows agree and what their features are."""
        assert features.shape == (len(anaphor), len(TABLE_SIZES))
        assert (features < sum(TABLE_SIZES)).all()
        assert (antecedent < anaphor).all()
        agree = (mentions[anaphor] * mentions[antecedent]).sum(1) + (features.sum(1) % 5 - 2)
        return agree.astype(np.float32), mentions.sum(1)

    def _matrix(self, columns: int) -> Any:
        return np.random.default_rng([self._seed, columns]).normal(size=(WIDTH, columns)).astype(np.float32)


def random_reader(folder: Path, seed: int = 0, scale: float = 4.0, *, threads: int = 1) -> Reader:
    """
    Make a real reader over a random network.

    Args:
        folder: Where the tokenizer's file is written.
        seed: Which network.
        scale: How sure of itself it is.
        threads: Threads of the reader.
    """
    pack = Pack(
        folder=folder,
        digest="sha256:random",
        heads=HEADS,
        labels={},
        transitions=dict.fromkeys(("polnear", "ledger", "nested"), ((0.0,) * 7,) * 7),
        thresholds={"sentence": 0.5, "trigger": 0.5, "mode": 0.9, "mention": 0.5, "antecedent": 0.5},
        calibration={},
        card={},
    )
    path = folder / "tokenizer.json"
    if not path.is_file():
        _tokenizer().save(str(path))
    encoder = Encoder(WordPieces(path), RandomSession(seed, scale), threads=threads)
    return Reader(assemble(pack, encoder), pack, Settings(threads=threads))


def _tokenizer() -> Tokenizer:
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        *LETTERS,
        *(f"##{letter}" for letter in LETTERS),
        *".,:-\"'",
        "said",
        "the",
    ]
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106  # no password
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer
