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
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from allegedly.encoder.wordpiece import FEATURES

WIDTH, LAYERS, HEADS, INNER, POSITIONS, VOCABULARY = 384, 6, 12, 1536, 512, 30522
EPSILON = 1e-12


class FastDropout(nn.Module):
    """Dropout from random bytes: eight draws per 64-bit number, p rounded to 1/256."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.k = round(p * 256)

    def forward(self, x: Tensor) -> Tensor:
        """Zero about p of ``x`` and scale the rest, in training only."""
        if not self.training or not self.k:
            return x
        size = x.numel()
        draws = torch.empty((size + 7) // 8, dtype=torch.int64).random_(-(2**63), None).view(torch.uint8)
        mask = draws[:size].view(x.shape) >= self.k
        return x * mask.to(x.dtype).mul_(256.0 / (256 - self.k))


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

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Map (batch, pieces, width) to the same shape; ``bias`` (batch, 1, 1, pieces) hides padding."""
        batch, length = x.shape[:2]
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        with torch.autocast("cpu", enabled=False):  # else softmax goes to float32, on the largest arrays of a step
            scores = torch.matmul(q * (WIDTH // HEADS) ** -0.5, k.transpose(-1, -2)) + bias.to(q.dtype)
            mixed = torch.matmul(scores.softmax(-1), v)
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


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
