"""
Turn a checkpoint into a pack: ``python -m training.export CHECKPOINT --out FOLDER --card CARD.toml``.

The encoder goes to ONNX and dynamic int8 (per channel, embeddings included);
the small networks that need more than one token are files of their own, in
float32. Digests and card go into ``pack.toml``.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from allegedly.coreference.pairs import TABLE_SIZES
from allegedly.resources.pack import FILES, FORMAT
from training.checkpoint import LABELS, THRESHOLDS, transitions
from training.encoder import HEADS as ATTENTION_HEADS
from training.encoder import WIDTH
from training.labels import HEADS
from training.model import Joint


class Exported(nn.Module):
    """The part of the model that onnxruntime runs: encoder, first pieces, exported tag columns."""

    def __init__(self, model: Joint) -> None:
        super().__init__()
        self.encoder = model.encoder
        columns = sum(HEADS.values())
        self.tags = nn.Linear(WIDTH, columns)
        with torch.no_grad():
            self.tags.weight.copy_(model.tags.weight[:columns])
            self.tags.bias.copy_(model.tags.bias[:columns])

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """Give hidden states and tag scores of tokens; see ``allegedly.encoder.session``."""
        e = self.encoder
        x = e.norm(e.words(ids) + e.features(features) + e.positions.weight[: ids.shape[1]])
        bias = (mask[:, None, None, :] - 1.0) * 1e4
        batch, length = ids.shape
        for layer in e.layers:
            qkv = layer.qkv(x).view(batch, length, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS)
            q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
            scores = torch.matmul(q, k.transpose(-1, -2)) + bias  # the scale is folded into q's weights
            mixed = torch.matmul(scores.softmax(-1), v).transpose(1, 2).reshape(batch, length, WIDTH)
            x = layer.norm1(x + layer.out(mixed))
            x = layer.norm2(x + layer.down(torch.nn.functional.gelu(layer.up(x))))
        h = x.reshape(batch * length, WIDTH).index_select(0, tokens)
        return h, self.tags(h)


def export_onnx(state: Mapping[str, Tensor], folder: Path) -> None:
    """Write ``fp32.onnx`` and ``encoder.onnx`` (int8)."""
    model = Joint()
    model.load_state_dict(state)
    model.eval()
    with torch.no_grad():
        for layer in model.encoder.layers:
            scale = (WIDTH // ATTENTION_HEADS) ** -0.5
            layer.qkv.weight[:WIDTH] *= scale
            layer.qkv.bias[:WIDTH] *= scale
    ids = torch.randint(1000, 20000, (2, 16))
    example = (ids, torch.zeros_like(ids), torch.ones(2, 16), torch.arange(1, 30))
    names = ["ids", "features", "mask", "tokens"]
    axes = {n: {0: "windows", 1: "pieces"} for n in names[:3]}
    axes |= {n: {0: "tokens"} for n in ("tokens", "hidden", "tags")}
    torch.onnx.export(
        Exported(model).eval(), example, str(folder / "fp32.onnx"), input_names=names, output_names=["hidden", "tags"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    quant_pre_process(str(folder / "fp32.onnx"), str(folder / "prepared.onnx"), skip_symbolic_shape=True)
    graph = onnx.load(str(folder / "prepared.onnx")).graph
    # The tag scores are read as they are, and the products after GELU have outliers: with them in int8 the typed
    # events of ledger_gold dev fall from 76.3 to 74.7, in float32 to 75.5, for 10 MB and a fifth of the speed.
    keep = [node.name for node in graph.node if "/tags/" in node.name or "/down" in node.name]
    keep += [f"{name}_MatMul" for name in keep]  # what the quantiser calls a Gemm after splitting it
    quantize_dynamic(
        str(folder / "prepared.onnx"), str(folder / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True,
        nodes_to_exclude=keep, extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )  # fmt: skip


class Link(nn.Module):
    """The link scorer alone."""

    def __init__(self, model: Joint) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, first: Tensor, last: Tensor, cue_first: Tensor, cue_last: Tensor, bucket: Tensor, role: Tensor
    ) -> tuple[Tensor, Tensor]:
        """See ``allegedly.encoder.session``."""
        return self.model.link_scores(first, last, cue_first, cue_last, bucket, role)


class Pair(nn.Module):
    """The argument scorer alone."""

    def __init__(self, model: Joint) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, words: Tensor, at: Tensor, triggers: Tensor, types: Tensor, owner: Tensor, distance: Tensor
    ) -> Tensor:
        """See ``allegedly.encoder.session``."""
        return self.model.pair_scores(words, at, triggers, self.model.pair_type[types], owner, distance)


class Fact(nn.Module):
    """The factuality scorer alone."""

    def __init__(self, model: Joint) -> None:
        super().__init__()
        self.model = model

    def forward(self, triggers: Tensor, stances: Tensor, types: Tensor) -> Tensor:
        """See ``allegedly.encoder.session``."""
        return self.model.fact_scores(triggers, stances, types)


def export_small(model: Joint, folder: Path) -> None:
    """Write the small networks, float32."""
    rows = lambda n: torch.randn(n, WIDTH)  # noqa: E731
    whole = lambda *shape: torch.zeros(shape, dtype=torch.int64)  # noqa: E731
    parts: list[tuple[str, nn.Module, dict[str, tuple[Tensor, tuple[str, ...]]], dict[str, tuple[str, ...]]]] = [
        ("link", Link(model), {
            "first": (rows(3), ("children", "")), "last": (rows(3), ("children", "")),
            "cue_first": (rows(2), ("cues", "")), "cue_last": (rows(2), ("cues", "")),
            "bucket": (whole(3, 2), ("children", "cues")), "role": (whole(3), ("children",)),
        }, {"scores": ("children", "cues"), "none": ("cues",)}),
        ("pair", Pair(model), {
            "words": (rows(5), ("words", "")), "at": (whole(7), ("pairs",)), "triggers": (rows(2), ("triggers", "")),
            "types": (whole(2), ("triggers",)), "owner": (whole(7), ("pairs",)), "distance": (whole(7), ("pairs",)),
        }, {"scores": ("pairs", "")}),
        ("span", model.boundaries, {
            "heads": (rows(2), ("heads", "")), "tokens": (rows(5), ("tokens", "")),
            "offset": (whole(2, 5), ("heads", "tokens")),
        }, {"first": ("heads", "tokens"), "last": ("heads", "tokens")}),
        ("coref", model.antecedents, {
            "mentions": (rows(3), ("mentions", "")), "anaphor": (whole(4), ("pairs",)),
            "antecedent": (whole(4), ("pairs",)), "features": (whole(4, len(TABLE_SIZES)), ("pairs", "")),
        }, {"scores": ("pairs",), "none": ("mentions",)}),
        ("fact", Fact(model), {
            "triggers": (rows(2), ("events", "")), "stances": (whole(2), ("events",)), "types": (whole(2), ("events",)),
        }, {"scores": ("events", "")}),
    ]  # fmt: skip
    for name, module, inputs, outputs in parts:
        axes = {k: {i: a for i, a in enumerate(names) if a} for k, (_, names) in inputs.items()}
        axes |= {k: {i: a for i, a in enumerate(names) if a} for k, names in outputs.items()}
        torch.onnx.export(
            module.eval(), tuple(v for v, _ in inputs.values()), str(folder / f"{name}.onnx"), dynamo=False,
            input_names=list(inputs), output_names=list(outputs), dynamic_axes=axes, opset_version=17,
        )  # fmt: skip


def write_pack(
    state: Mapping[str, Tensor],
    tokenizer: Path,
    out: Path,
    *,
    thresholds: Mapping[str, float],
    calibration: Mapping[str, tuple[float, float]],
    card: Mapping[str, Any],
) -> None:
    """Write a whole pack; the folder is replaced only when everything is ready."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        export_onnx(state, folder)
        model = Joint()
        model.load_state_dict(state)
        export_small(model.eval(), folder)
        shutil.copy(tokenizer, folder / "tokenizer.json")
        digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
        manifest = {
            "format": FORMAT, "digests": digests, "heads": HEADS, "thresholds": dict(thresholds), "labels": LABELS,
            "transitions": transitions(state),
            "calibration": {k: list(v) for k, v in calibration.items()}, "card": dict(card),
        }  # fmt: skip
        out.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copy(folder / name, out / name)
        (out / "pack.toml").write_text(toml(manifest), encoding="utf-8")


def toml(values: Mapping[str, Any], path: tuple[str, ...] = ()) -> str:
    """Write nested plain values as TOML: scalars and lists first, then tables."""
    plain = {k: v for k, v in values.items() if not isinstance(v, Mapping)}
    tables = {k: v for k, v in values.items() if isinstance(v, Mapping)}
    lines = [f"[{'.'.join(path)}]"] if path and (plain or not tables) else []
    lines += [f"{_key(k)} = {_value(v)}" for k, v in plain.items()]
    text = "\n".join(lines) + ("\n\n" if lines else "")
    return text + "".join(toml(v, (*path, _key(k))) for k, v in tables.items())


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() else f'"{name}"'


def _value(value: Any) -> str:  # TOML's own types
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return repr(value)


def main() -> None:
    """Export from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    state = torch.load(arguments.checkpoint, weights_only=True)
    write_pack(state, arguments.tokenizer, arguments.out, thresholds=THRESHOLDS, calibration={}, card={"name": "draft"})


if __name__ == "__main__":
    main()
