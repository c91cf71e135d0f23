"""The only importer of onnxruntime: the networks of a pack, one thread per run, several runs at once."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, cast

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from allegedly.errors import PackError

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


class Session(Protocol):
    """
    The networks of a pack; all arrays int64 or float32, ``H`` is the encoder's width.

    The small ones run here too, not in numpy: its matrix products take a
    thread pool of their own, which on busy cores was up to ten times slower.
    """

    def encode(self, ids: Ints, features: Ints, mask: Floats, tokens: Ints) -> tuple[Floats, Floats]:
        """
        Run the encoder.

        Shape: ``ids``, ``features`` and ``mask`` (windows, pieces), ``tokens`` flat piece numbers; gives hidden
        states (tokens, H) and tag scores (tokens, columns).
        """
        ...

    def link(
        self, first: Floats, last: Floats, cue_first: Floats, cue_last: Floats, *, bucket: Ints, role: Ints
    ) -> tuple[Floats, Floats]:
        """
        Score each child (source or content) against each cue.

        Shape: rows of first and last tokens (children, H) and (cues, H), ``bucket`` (children, cues) from
        ``heads.link_bucket``, ``role`` (children,) 0 source, 1 content; gives (children, cues) and, for "no source",
        (cues,).
        """
        ...

    def pair(self, tokens: Floats, triggers: Floats, *, at: Ints, types: Ints, owner: Ints, distance: Ints) -> Floats:
        """
        Score (trigger, token) pairs for argument roles and number measures.

        Shape: rows (tokens, H) and (triggers, H), ``at`` (pairs,) row of each pair's token, ``types`` (triggers,),
        ``owner`` (pairs,) trigger of each pair, ``distance`` (pairs,) from ``heads.distance_bucket``; gives
        (pairs, labels).
        """
        ...

    def fact(self, triggers: Floats, stances: Ints, types: Ints) -> Floats:
        """
        Score the five factuality values of events.

        Shape: rows (events, H), ``stances`` (events,) of the innermost voice, the number after the last for the
        narrator, ``types`` (events,); gives (events, 5).
        """
        ...

    def boundary(self, heads: Floats, tokens: Floats, *, offset: Ints) -> tuple[Floats, Floats]:
        """
        Score each token as the first and as the last of the phrase of each head.

        Shape: rows (heads, H) and (tokens, H), ``offset`` (heads, tokens) from ``heads.span_offset``; gives
        (heads, tokens) twice.
        """
        ...

    def antecedent(self, mentions: Floats, *, anaphor: Ints, antecedent: Ints, features: Ints) -> tuple[Floats, Floats]:
        """
        Score pairs of mentions as coreferent, and each mention as having no antecedent.

        Shape: rows of the heads (mentions, H), ``anaphor`` and ``antecedent`` (pairs,), ``features`` (pairs, 5) from
        ``coreference.pairs``; gives (pairs,) and (mentions,).
        """
        ...


class OnnxSession:
    """
    The networks in the ONNX files of a pack; thread-safe.

    Runs use one thread each; cores are filled by documents, or the batches of
    a long one, that run side by side.

    Args:
        folder: Where the networks lie: ``encoder.onnx`` and the small ones.

    Raises:
        PackError: If onnxruntime cannot load one.
    """

    def __init__(self, folder: Path) -> None:
        self._encoder, self._link, self._pair, self._fact, self._span, self._coref = (
            _load(folder / f"{name}.onnx") for name in ("encoder", "link", "pair", "fact", "span", "coref")
        )

    def encode(self, ids: Ints, features: Ints, mask: Floats, tokens: Ints) -> tuple[Floats, Floats]:
        """Run the encoder; see :class:`Session`."""
        hidden, tags = self._encoder.run(None, {"ids": ids, "features": features, "mask": mask, "tokens": tokens})
        return cast("Floats", hidden), cast("Floats", tags)

    def link(
        self, first: Floats, last: Floats, cue_first: Floats, cue_last: Floats, *, bucket: Ints, role: Ints
    ) -> tuple[Floats, Floats]:
        """Score links; see :class:`Session`."""
        scores, none = self._link.run(
            None,
            {
                "first": first, "last": last, "cue_first": cue_first, "cue_last": cue_last, "bucket": bucket,
                "role": role,
            },
        )  # fmt: skip
        return cast("Floats", scores), cast("Floats", none)

    def pair(self, tokens: Floats, triggers: Floats, *, at: Ints, types: Ints, owner: Ints, distance: Ints) -> Floats:
        """Score arguments; see :class:`Session`."""
        inputs = {
            "words": tokens, "at": at, "triggers": triggers, "types": types, "owner": owner, "distance": distance,
        }  # fmt: skip
        return cast("Floats", self._pair.run(None, inputs)[0])

    def fact(self, triggers: Floats, stances: Ints, types: Ints) -> Floats:
        """Score factuality; see :class:`Session`."""
        inputs = {"triggers": triggers, "stances": stances, "types": types}
        return cast("Floats", self._fact.run(None, inputs)[0])

    def boundary(self, heads: Floats, tokens: Floats, *, offset: Ints) -> tuple[Floats, Floats]:
        """Score the edges of phrases; see :class:`Session`."""
        first, last = self._span.run(None, {"heads": heads, "tokens": tokens, "offset": offset})
        return cast("Floats", first), cast("Floats", last)

    def antecedent(self, mentions: Floats, *, anaphor: Ints, antecedent: Ints, features: Ints) -> tuple[Floats, Floats]:
        """Score pairs of mentions; see :class:`Session`."""
        inputs = {"mentions": mentions, "anaphor": anaphor, "antecedent": antecedent, "features": features}
        scores, none = self._coref.run(None, inputs)
        return cast("Floats", scores), cast("Floats", none)


def _load(path: Path) -> onnxruntime.InferenceSession:
    """Load one network for one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as problem:  # noqa: BLE001  # onnxruntime raises its own and bare exceptions
        raise PackError(f"onnxruntime cannot load {path}: {problem}", hint="reinstall allegedly") from None
