"""
The MiniLM encoder in plain torch, trained in bfloat16 on a CPU.

Own code instead of a framework's model because training time is the scarce
resource here: on a Zen 5 core bfloat16 products run at 800 GFLOP/s a pair of
cores against 175 for the default float32 path, and attention written as two
batched products takes 19 ms where the fused kernel takes 48 (batch of 16
windows of 256 pieces, forward and backward). Weights stay float32.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from allegedly.encoder.wordpiece import FEATURES, FIRST_SIGN
from allegedly.resources.parties import PARTIES_APART

WIDTH, LAYERS, HEADS, INNER, POSITIONS, VOCABULARY = 384, 6, 12, 1536, 512, 30522
EPSILON = 1e-12
# words whose mean a sign begins with, in the order of resources.parties.FORMS
SIGN_WORDS = (
    "iran russia france sudan india mexico kenya japan", "iranian russian french sudanese indian mexican kenyan german",
    "iranians russians germans iraqis indians mexicans", "tehran moscow paris khartoum delhi nairobi tokyo kabul",
    "hamas taliban hezbollah rebels militia guerrillas", "hamas taliban hezbollah rebels militia guerrillas",
    "putin obama merkel clinton bush blair", "putin obama merkel clinton bush blair",
)  # fmt: skip


class FastDropout(nn.Module):
    """Dropout from random bytes: eight draws per 64-bit number, p rounded to 1/256."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.k = round(p * 256)

    def forward(self, x: Tensor) -> Tensor:
        """Zero about p of ``x`` and scale the rest, in training only."""
        if not self.training or not self.k:
            return x
        if x.device.type != "cpu":
            return F.dropout(x, self.k / 256)
        size = x.numel()
        draws = torch.empty((size + 7) // 8, dtype=torch.int64).random_(-(2**63), None).view(torch.uint8)
        mask = draws[:size].view(x.shape) >= self.k
        return x * mask.to(x.dtype).mul_(256.0 / (256 - self.k))


def as_int8(x: Tensor, *, channels: bool) -> Tensor:
    """
    Round to the 256 steps that the shipped int8 network has, and let gradients pass as if nothing were rounded.

    Weights are rounded per output channel and symmetrically, activations over the whole batch from least to greatest,
    as onnxruntime's dynamic quantisation does (Jacob et al. 2018).
    """
    with torch.no_grad():
        if channels:
            scale = x.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
            rounded = (x / scale).round() * scale
        else:
            low, high = x.amin().clamp(max=0), x.amax().clamp(min=0)
            scale = ((high - low) / 255).clamp(min=1e-8)
            rounded = (x / scale).round() * scale
    return x + (rounded - x).detach()


def product(linear: nn.Linear, x: Tensor, *, int8: bool) -> Tensor:
    """Apply a linear layer, rounded to int8 if asked."""
    if not int8:
        return linear(x)  # type: ignore[no-any-return]
    return F.linear(as_int8(x, channels=False), as_int8(linear.weight, channels=True), linear.bias)


class Layer(nn.Module):
    """One transformer layer, post-norm, as BERT has it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.drop = FastDropout(dropout)
        self.int8 = False

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Map (batch, pieces, width) to the same shape; ``bias`` (batch, 1, 1, pieces) hides padding."""
        batch, length = x.shape[:2]
        q, k, v = (
            product(self.qkv, x, int8=self.int8)
            .view(batch, length, 3, HEADS, WIDTH // HEADS)
            .permute(2, 0, 3, 1, 4)
            .unbind(0)
        )
        with torch.autocast(
            x.device.type, enabled=False
        ):  # else softmax goes to float32, on the largest arrays of a step
            scores = torch.matmul(q * (WIDTH // HEADS) ** -0.5, k.transpose(-1, -2)) + bias.to(q.dtype)
            mixed = torch.matmul(scores.softmax(-1), v)
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.drop(product(self.out, mixed, int8=self.int8)))
        return self.norm2(x + self.drop(self.down(F.gelu(product(self.up, x, int8=self.int8)))))


class Encoder(nn.Module):
    """MiniLM-L6-H384 with an embedding of casing, paragraph start and quotation state added at the input."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.features = nn.Embedding(FEATURES, WIDTH)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.drop = FastDropout(dropout)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """
        Encode a batch.

        Shape: int64 (batch, pieces) each; gives float (batch, pieces, width).
        """
        x = self.words(ids) + self.features(features) + self.positions.weight[: ids.shape[1]]
        x = self.drop(self.norm(x))
        bias = (mask[:, None, None, :] - 1.0) * 1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def know_signs(self, pieces_of: Callable[[str], list[int]]) -> None:
        """Let each sign for a party begin as the mean of some words of its form, with a little noise."""
        with torch.no_grad():
            for form, words in enumerate(SIGN_WORDS):
                mean = torch.stack([self.words.weight[pieces_of(word)].mean(0) for word in words.split()]).mean(0)
                start = FIRST_SIGN + form * PARTIES_APART
                noise = torch.randn(PARTIES_APART, WIDTH) * 0.01
                self.words.weight[start : start + PARTIES_APART] = mean + noise

    def round_to_int8(self) -> None:
        """Train on as the int8 network that will ship; the products after GELU ship in float32 and stay so."""
        for layer in self.layers:
            layer.int8 = True

    def load_minilm(self, folder: Path) -> None:
        """Read the public weights (safetensors of a BertModel) into this module."""
        raw = read_safetensors(folder / "model.safetensors")
        state: dict[str, Tensor] = {
            "words.weight": raw["embeddings.word_embeddings.weight"],
            # the only token type in use is 0: its row goes into the positions
            "positions.weight": raw["embeddings.position_embeddings.weight"]
            + raw["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": raw["embeddings.LayerNorm.weight"],
            "norm.bias": raw["embeddings.LayerNorm.bias"],
            "features.weight": self.features.weight.detach(),
        }
        for i in range(LAYERS):
            old, new = f"encoder.layer.{i}.", f"layers.{i}."
            for part in ("weight", "bias"):
                parts = [raw[f"{old}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                state[f"{new}qkv.{part}"] = torch.cat(parts)
                state[f"{new}out.{part}"] = raw[f"{old}attention.output.dense.{part}"]
                state[f"{new}norm1.{part}"] = raw[f"{old}attention.output.LayerNorm.{part}"]
                state[f"{new}up.{part}"] = raw[f"{old}intermediate.dense.{part}"]
                state[f"{new}down.{part}"] = raw[f"{old}output.dense.{part}"]
                state[f"{new}norm2.{part}"] = raw[f"{old}output.LayerNorm.{part}"]
        self.load_state_dict(state)


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """Read a float32 safetensors file: an 8-byte header size, a JSON header, raw little-endian data."""
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    out = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = (8 + size + offset for offset in entry["data_offsets"])
            values = torch.frombuffer(bytearray(data[start:end]), dtype=torch.float32)
            out[name.removeprefix("bert.")] = values.reshape(entry["shape"])
    return out
