"""
The model pack: networks, tokenizer, labels, thresholds and card, held together by digests.

A pack is a folder: six networks in ONNX (the encoder in int8), a tokenizer and
a manifest. ``pack.toml`` names the other files with
their sha256, the labels in the order of the outputs, the transitions of the
tag heads, the thresholds set on dev, and what it was trained on. The digest of
``pack.toml`` is the pack's own and goes into every ledger.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allegedly.errors import PackError

FORMAT = 2
SHIPPED = Path(__file__).parent / "pack"
FILES = ("encoder.onnx", "link.onnx", "pair.onnx", "fact.onnx", "span.onnx", "coref.onnx", "tokenizer.json")
_HINT = "reinstall allegedly, or name a sound pack with --pack or ALLEGEDLY_PACK"


@dataclass(frozen=True, slots=True)
class Pack:
    """
    A verified pack; made by :func:`load_pack`, immutable.

    Args:
        folder: Where its files lie.
        digest: ``sha256:`` of its manifest.
        heads: Output columns: name and width, in order.
        labels: Label lists by name.
        transitions: Learnt (from, to) scores of the BIO heads.
        thresholds: Decision thresholds by name, 0 to 1.
        calibration: Slope and intercept that turn raw log-odds into probabilities, by layer.
        card: Corpora, licences and dev scores, as the manifest has them.
    """

    folder: Path
    digest: str
    heads: dict[str, int]
    labels: dict[str, tuple[str, ...]]
    transitions: dict[str, tuple[tuple[float, ...], ...]]
    thresholds: dict[str, float]
    calibration: dict[str, tuple[float, float]]
    card: dict[str, Any]

    def path(self, name: str) -> Path:
        """Give the path of one of the pack's files."""
        return self.folder / name


def load_pack(folder: Path | None = None) -> Pack:
    """
    Read a manifest and check every file against it.

    Weights are not loaded, only hashed (some 20 ms for 25 MB).

    Args:
        folder: Folder of the pack; None is the shipped one.

    Raises:
        PackError: If a file is missing, has another digest, or the manifest is of another format.
    """
    folder = folder or SHIPPED
    manifest = folder / "pack.toml"
    try:
        raw = manifest.read_bytes()
        values = tomllib.loads(raw.decode("utf-8"))
    except FileNotFoundError:
        raise PackError(f"no model pack in {folder}: pack.toml is missing", hint=_HINT) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise PackError(f"cannot read {manifest}: {problem}", hint=_HINT) from None
    if values.get("format") != FORMAT:
        raise PackError(f"{manifest}: format {values.get('format')!r}, this version reads {FORMAT}", hint=_HINT)
    try:
        for name in FILES:
            check_digest(folder / name, values["digests"][name])
        return Pack(
            folder=folder,
            digest=f"sha256:{hashlib.sha256(raw).hexdigest()}",
            heads=dict(values["heads"]),
            labels={name: tuple(labels) for name, labels in values["labels"].items()},
            transitions={name: tuple(map(tuple, rows)) for name, rows in values["transitions"].items()},
            thresholds=dict(values["thresholds"]),
            calibration={name: (pair[0], pair[1]) for name, pair in values["calibration"].items()},
            card=dict(values["card"]),
        )
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as problem:
        raise PackError(f"{manifest}: entry {problem} is missing or wrong", hint=_HINT) from None


def check_digest(path: Path, expected: str) -> None:
    """
    Compare a file with its digest.

    Raises:
        PackError: If it is missing or differs.
    """
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as problem:
        raise PackError(f"cannot read {path}: {problem.strerror}", hint=_HINT) from None
    if found != expected:
        raise PackError(f"{path} has sha256 {found[:16]}…, the pack says {expected[:16]}…", hint=_HINT)
