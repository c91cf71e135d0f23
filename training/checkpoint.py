"""A checkpoint as the product sees it: pack, head weights and a torch session behind the shipped annotators."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from allegedly.coreference.items import INNER_TYPES, NAME_TYPES
from allegedly.encoder.encode import Encoder
from allegedly.encoder.wordpiece import WordPieces
from allegedly.pipeline import Pipeline
from allegedly.presets import assemble
from allegedly.records.codes import EVENT_TYPES, FACTUALITIES, MEASURES, MODES, STANCES
from allegedly.resources.pack import Pack
from training.labels import HEADS
from training.model import CRF_HEADS, Joint

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

THRESHOLDS = {"sentence": 0.5, "trigger": 0.5, "mode": 0.5, "mention": 0.6, "antecedent": 0.0}
LABELS = {
    "types": EVENT_TYPES, "modes": MODES, "stances": STANCES, "factualities": FACTUALITIES, "measures": MEASURES,
    "mention_types": INNER_TYPES, "name_types": NAME_TYPES,
    "roles": ("source", "cue", "content"), "arguments": ("actors", "recipients", "places", "times"),
}  # fmt: skip


def transitions(state: Mapping[str, Tensor]) -> dict[str, list[list[float]]]:
    """Take the transition scores of the BIO heads from a state, rounded as the manifest has them."""
    return {name: [[round(v, 4) for v in row] for row in state[f"transitions.{name}"].tolist()] for name in CRF_HEADS}


def draft_pack(state: Mapping[str, Tensor], tokenizer: Path, thresholds: Mapping[str, float] = THRESHOLDS) -> Pack:
    """Make a pack that lies nowhere yet, for measuring."""
    return Pack(
        folder=tokenizer.parent, digest="sha256:draft", heads=dict(HEADS), labels=dict(LABELS),
        transitions={n: tuple(map(tuple, rows)) for n, rows in transitions(state).items()},
        thresholds=dict(thresholds), calibration={}, card={},
    )  # fmt: skip


class TorchSession:
    """The networks in torch, float32, behind the interface of the shipped session."""

    def __init__(self, model: Joint) -> None:
        self._model = model.eval()
        self._columns = sum(HEADS.values())

    def encode(self, ids: Ints, features: Ints, mask: Floats, tokens: Ints) -> tuple[Floats, Floats]:
        """Run the encoder."""
        with torch.inference_mode():
            h, tags = self._model(*map(torch.from_numpy, (ids, features, mask, tokens)))
        return h.numpy(), tags[:, : self._columns].numpy()

    def link(self, *rows: Floats, bucket: Ints, role: Ints) -> tuple[Floats, Floats]:
        """Score links."""
        with torch.inference_mode():
            scores, none = self._model.link_scores(*map(torch.from_numpy, (*rows, bucket, role)))
        return scores.numpy(), none.numpy()

    def pair(self, tokens: Floats, triggers: Floats, *, at: Ints, types: Ints, owner: Ints, distance: Ints) -> Floats:
        """Score arguments."""
        arrays = map(torch.from_numpy, (tokens, at, triggers, owner, distance))
        with torch.inference_mode():
            words, places, middles, owners, buckets = arrays
            typed = self._model.pair_type[torch.from_numpy(types)]
            out: Floats = self._model.pair_scores(words, places, middles, typed, owners, buckets).numpy()
        return out

    def fact(self, *arrays: Floats | Ints) -> Floats:
        """Score factuality."""
        with torch.inference_mode():
            out: Floats = self._model.fact_scores(*map(torch.from_numpy, arrays)).numpy()
        return out

    def boundary(self, heads: Floats, tokens: Floats, *, offset: Ints) -> tuple[Floats, Floats]:
        """Score the edges of phrases."""
        with torch.inference_mode():
            first, last = self._model.boundaries(*map(torch.from_numpy, (heads, tokens, offset)))
        return first.numpy(), last.numpy()

    def antecedent(self, mentions: Floats, *, anaphor: Ints, antecedent: Ints, features: Ints) -> tuple[Floats, Floats]:
        """Score pairs of mentions."""
        with torch.inference_mode():
            arrays = map(torch.from_numpy, (mentions, anaphor, antecedent, features))
            scores, none = self._model.antecedents(*arrays)
        return scores.numpy(), none.numpy()


def pipeline_of(checkpoint: Path, tokenizer: Path, thresholds: Mapping[str, float] = THRESHOLDS) -> Pipeline:
    """Put the shipped annotators on a checkpoint."""
    state = torch.load(checkpoint, weights_only=True)
    model = Joint()
    model.load_state_dict(state)
    encoder = Encoder(WordPieces(tokenizer), TorchSession(model))
    return assemble(draft_pack(state, tokenizer, thresholds), encoder)
