"""
The parts of the joint model that read names, mentions and chains.

Mentions are found at their head words (Dobrovolskii 2021, "Word-level
coreference resolution"): one tag says that a token heads a mention, of which
kind and type; two pointers give the phrase's first and last token; coreference
links heads. Nested mentions have different heads, so nothing else is needed
for nesting, and the number of pairs stays linear in the length of the text.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from allegedly.coreference.pairs import OFFSETS, TABLE_SIZES, TYPES
from allegedly.encoder.heads import SPAN_REACH
from training.encoder import WIDTH, FastDropout
from training.examples import Example, MentionLabel
from training.labels import COREF_WIDTH, SPAN_WIDTH

Ints = NDArray[np.int64]
OFFSET = -1e4


def set_loss(scores: Tensor, sets: Tensor) -> Tensor:
    """
    Mean negative log-probability of label sets.

    Shape: scores (tokens, labels), sets int64 (tokens,) of bits; a set of all labels costs nothing.
    """
    bits = (sets[:, None] >> torch.arange(scores.shape[1], device=scores.device)) & 1
    inside = scores.masked_fill(bits == 0, OFFSET)
    return (torch.logsumexp(scores, 1) - torch.logsumexp(inside, 1)).mean()


class Boundaries(nn.Module):
    """Two pointers from the head of a mention: to the first and to the last token of its phrase."""

    def __init__(self) -> None:
        super().__init__()
        self.head = nn.Linear(WIDTH, 2 * SPAN_WIDTH)
        self.token = nn.Linear(WIDTH, 2 * SPAN_WIDTH)
        self.distance = nn.Parameter(torch.zeros(2, 2 * SPAN_REACH + 1))

    def forward(self, heads: Tensor, tokens: Tensor, offset: Tensor) -> tuple[Tensor, Tensor]:
        """
        Score each token as first and as last of each head's phrase.

        Shape: rows (heads, H) and (tokens, H), ``offset`` int64 (heads, tokens): token minus head, cut off at
        ``SPAN_REACH`` and shifted by it; gives (heads, tokens) twice.
        """
        h1, h2 = self.head(heads).split(SPAN_WIDTH, 1)
        t1, t2 = self.token(tokens).split(SPAN_WIDTH, 1)
        scale = SPAN_WIDTH**-0.5
        first = h1 @ t1.T * scale + self.distance[0][offset]
        last = h2 @ t2.T * scale + self.distance[1][offset]
        first = first + (offset > SPAN_REACH) * OFFSET
        last = last + (offset < SPAN_REACH) * OFFSET
        return first, last


class Antecedents(nn.Module):
    """Scores pairs of mentions, and for each mention that it has no antecedent."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.anaphor = nn.Linear(WIDTH, 2 * COREF_WIDTH)
        self.antecedent = nn.Linear(WIDTH, 2 * COREF_WIDTH)
        self.table = nn.Parameter(torch.randn(sum(TABLE_SIZES), COREF_WIDTH) * 0.02)
        self.out = nn.Linear(COREF_WIDTH, 1)
        self.alone = nn.Linear(WIDTH, COREF_WIDTH)
        self.alone_out = nn.Linear(COREF_WIDTH, 1)
        self.drop = FastDropout(dropout)

    def forward(self, rows: Tensor, anaphor: Tensor, antecedent: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """
        Score pairs.

        Shape: rows (mentions, H), ``anaphor`` and ``antecedent`` int64 (pairs,), ``features`` int64 (pairs, 5); gives
        (pairs,) and, for "none", (mentions,).
        """
        a, c = self.anaphor(rows).split(COREF_WIDTH, 1)
        b, d = self.antecedent(rows).split(COREF_WIDTH, 1)
        z = a[anaphor] + b[antecedent] + c[anaphor] * d[antecedent]
        for k in range(len(TABLE_SIZES)):
            z = z + self.table[features[:, k]]
        scores = self.out(self.drop(torch.relu(z))).squeeze(1)
        return scores, self.alone_out(self.drop(torch.relu(self.alone(rows)))).squeeze(1)


def boundary_loss(
    boundaries: Boundaries, batch: list[Example], h: Tensor, base: list[int], *, most: int = 80
) -> Tensor | None:
    """Mean loss of both pointers over the mentions of a batch; tokens of one window compete."""
    found = []
    for example, b in zip(batch, base, strict=True):
        for first, end, mentions in _by_window(example, most):
            heads = torch.tensor([m.head for m in mentions], device=h.device)
            tokens = torch.arange(first, end, device=h.device)
            offset = (tokens[None] - heads[:, None]).clamp(-SPAN_REACH, SPAN_REACH) + SPAN_REACH  # heads.span_offset
            start, stop = boundaries(h[b + heads], h[b + first : b + end], offset)
            gold_start = torch.tensor([m.first - first for m in mentions], device=h.device)
            gold_stop = torch.tensor([m.last - first for m in mentions], device=h.device)
            loss = nn.functional.cross_entropy(start, gold_start, reduction="sum")
            loss = loss + nn.functional.cross_entropy(stop, gold_stop, reduction="sum")
            found.append((loss, len(mentions)))
    if not found:
        return None
    return torch.stack([loss for loss, _ in found]).sum() / sum(n for _, n in found)


def _by_window(example: Example, most: int) -> list[tuple[int, int, list[MentionLabel]]]:
    """Group the mentions whose phrase lies in the core of one window."""
    cores = [(w.core_start, w.core_end) for w in example.windows] or [(0, len(example.pieces.first))]
    out = []
    for first, end in cores:
        inside = [m for m in example.mentions if m.whole and first <= m.first and m.last < end]
        if inside:
            out.append((first, end, inside[:most]))
    return out


@dataclass(slots=True)
class ChainBatch:
    """The pairs of all chained texts of a batch, in row numbers of the batch; shapes as in ``examples.Chains``."""

    rows: Ints
    types: Ints
    anaphor: Ints
    antecedent: Ints
    features: Ints
    gold: NDArray[np.bool_]


def chain_batch(batch: list[Example], base: list[int]) -> ChainBatch | None:
    """Put the pairs of all texts together."""
    found = [(e.chains, b) for e, b in zip(batch, base, strict=True) if e.chains is not None]
    if not found:
        return None
    sizes = np.cumsum([0, *(len(c.heads) for c, _ in found)])
    shift = list(zip(found, sizes.tolist(), strict=False))
    return ChainBatch(
        np.concatenate([c.heads + b for c, b in found]),
        np.concatenate([c.types for c, _ in found]),
        np.concatenate([c.anaphor + n for (c, _), n in shift]),
        np.concatenate([c.antecedent + n for (c, _), n in shift]),
        np.concatenate([c.features for c, _ in found]),
        np.concatenate([c.gold for c, _ in found]),
    )


def chain_loss(antecedents: Antecedents, chains: ChainBatch, h: Tensor, mention_scores: Tensor) -> Tensor:
    """
    Marginal log-likelihood of all gold antecedents of each mention, "none" where there is none (Lee et al. 2017).

    The types that the features hold are the tagger's own best among those that the corpus allows.
    """
    device = h.device
    rows, sets, anaphor, antecedent, features, gold = (
        torch.from_numpy(x).to(device)
        for x in (chains.rows, chains.types, chains.anaphor, chains.antecedent, chains.features.copy(), chains.gold)
    )
    types = best_types(mention_scores[rows], sets)
    features[:, 2] = types[anaphor] * TYPES + types[antecedent] + int(OFFSETS[2])
    return pair_loss(*antecedents(h[rows], anaphor, antecedent, features), anaphor, gold)


def pair_loss(scores: Tensor, none: Tensor, anaphor: Tensor, gold: Tensor) -> Tensor:
    """
    Mean negative log-probability of all gold antecedents together, of "none" where there is none.

    Shape: scores (pairs,), none (mentions,), anaphor int64 (pairs,), gold bool (pairs,).
    """
    top = none.detach().scatter_reduce(0, anaphor, scores.detach(), "amax")
    powers = torch.exp(scores - top[anaphor])
    alone = torch.exp(none - top)
    total = alone.index_add(0, anaphor, powers)
    right = torch.zeros_like(alone).index_add(0, anaphor, powers * gold)
    has_gold = torch.zeros_like(alone).index_add(0, anaphor, gold.float()) > 0
    right = torch.where(has_gold, right, alone)
    return (torch.log(total) - torch.log(right.clamp(min=1e-12))).mean()


def best_types(scores: Tensor, sets: Tensor) -> Tensor:
    """Give the best type among the allowed ones, whatever the kind; sets are bits over the inner types."""
    kinds = scores[:, 1:].detach().view(len(scores), 3, TYPES).logsumexp(1)
    bits = (sets[:, None] >> torch.arange(TYPES, device=scores.device)) & 1
    return kinds.masked_fill(bits == 0, OFFSET).argmax(1)
