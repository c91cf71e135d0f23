"""
The joint model: one encoder, token heads, one link scorer, one trigger-conditioned argument scorer.

The heads read tokens (the first piece of each), never pieces. All losses of
one batch come from one corpus and only from the layers that corpus has: an
unlabelled layer must not count as "outside".
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from allegedly.encoder.heads import DISTANCE_BUCKETS, LINK_BUCKETS, distance_bucket, link_bucket
from allegedly.encoder.windows import Window
from allegedly.records.codes import EVENT_TYPES, FACTUALITIES, MEASURES, STANCES
from training.encoder import WIDTH, Encoder, FastDropout
from training.entity_model import Antecedents, Boundaries, boundary_loss, chain_batch, chain_loss, set_loss
from training.examples import CONTENT, CUE, IGNORE, SOURCE, Example, SpanLabel
from training.labels import ARGUMENTS, AUXILIARY, BIO_ROLES, FACT_WIDTH, HEADS, LINK_WIDTH, PAIR_WIDTH, slices

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

CRF_HEADS = ("polnear", "ledger", "nested")
TOKEN_HEADS = ("trigger", "m2e2", "upos", "deprel")
SET_HEADS = ("mention", "name")
WEIGHTS = {
    "sentence": 0.3, "polnear": 1.0, "ledger": 1.0, "nested": 1.0, "trigger": 1.5, "m2e2": 0.7, "upos": 0.2,
    "deprel": 0.5, "uds": 0.5, "link": 0.3, "arguments": 2.0, "quantities": 1.0, "factuality": 0.4, "mode": 2.0,
    "stance": 0.4, "mention": 2.0, "name": 2.0, "boundary": 0.3, "chain": 1.0,
}  # fmt: skip


class Joint(nn.Module):
    """All weights that train together; :meth:`losses` is the training step's view, ``export.py`` the other."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.drop = FastDropout(dropout)
        self.columns = slices(HEADS | AUXILIARY)
        self.tags = nn.Linear(WIDTH, sum((HEADS | AUXILIARY).values()))
        self.transitions = nn.ParameterDict(
            {name: nn.Parameter(torch.zeros(BIO_ROLES, BIO_ROLES)) for name in CRF_HEADS}
        )
        self.link = nn.Linear(WIDTH, 4 * LINK_WIDTH)
        self.link_product = nn.Parameter(torch.eye(LINK_WIDTH) / LINK_WIDTH**0.5)
        self.link_distance = nn.Parameter(torch.zeros(2, LINK_BUCKETS))
        self.no_source = nn.Linear(LINK_WIDTH, 1)
        self.pair_token = nn.Linear(WIDTH, 2 * PAIR_WIDTH)
        self.pair_trigger = nn.Linear(WIDTH, 2 * PAIR_WIDTH)
        self.pair_distance = nn.Parameter(torch.randn(DISTANCE_BUCKETS, PAIR_WIDTH) * 0.02)
        self.pair_type = nn.Parameter(torch.zeros(len(EVENT_TYPES), PAIR_WIDTH))
        self.pair_out = nn.Linear(PAIR_WIDTH, 1 + 2 * len(ARGUMENTS) + 1 + len(MEASURES))
        self.boundaries = Boundaries()
        self.antecedents = Antecedents(dropout)
        self.fact = nn.Linear(WIDTH, FACT_WIDTH)
        self.fact_stance = nn.Parameter(torch.zeros(len(STANCES) + 1, FACT_WIDTH))
        self.fact_type = nn.Parameter(torch.zeros(len(EVENT_TYPES), FACT_WIDTH))
        self.fact_out = nn.Linear(FACT_WIDTH, len(FACTUALITIES))

    def hidden(self, ids: Tensor, features: Tensor, mask: Tensor, tokens: Tensor) -> Tensor:
        """
        Encode a batch and keep the first piece of each token.

        Shape: ``tokens`` int64 (all tokens of the batch), flat piece numbers; gives float32 (tokens, width).
        """
        h = self.encoder(ids, features, mask).flatten(0, 1)
        return h.index_select(0, tokens).float()

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """Give hidden states and tag scores of all tokens of a batch."""
        h = self.hidden(ids, features, mask, tokens)
        return h, self.tags(self.drop(h))

    def losses(self, batch: list[Example], rng: np.random.Generator, masking: float) -> dict[str, Tensor]:
        """Give the mean loss of every layer that the batch has labels for."""
        device = self.tags.weight.device
        *arrays, base = collate(batch, rng, masking)
        ids, features, mask, tokens = (torch.from_numpy(a).to(device) for a in arrays)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            h = self.hidden(ids, features, mask, tokens)
        h = self.drop(h)
        tags = self.tags(h)
        out: dict[str, Tensor] = {}
        for name in TOKEN_HEADS:
            if name in batch[0].tags:
                gold = torch.from_numpy(np.concatenate([e.tags[name] for e in batch])).to(device)
                out[name] = F.cross_entropy(tags[:, self.columns[name]], gold, ignore_index=IGNORE)
        if "sentence" in batch[0].tags:
            gold = torch.from_numpy(np.concatenate([e.tags["sentence"] for e in batch])).float().to(device)
            out["sentence"] = F.binary_cross_entropy_with_logits(tags[:, self.columns["sentence"]].squeeze(1), gold)
        for name in SET_HEADS:
            if name in batch[0].allowed:
                sets = torch.from_numpy(np.concatenate([e.allowed[name] for e in batch])).to(device)
                out[name] = set_loss(tags[:, self.columns[name]], sets)
        self._entity_losses(batch, h, tags, base, out)
        self._crf_losses(batch, tags, out)
        self._link_losses(batch, h, base, out)
        self._stance_losses(batch, tags, base, out)
        self._event_losses(batch, h, tags, base, rng, out)
        if values := [(b + f, b + z, v) for e, b in zip(batch, base, strict=True) for f, z, v in e.values]:
            got = segment_mean(tags[:, self.columns["uds"]], [(f, z) for f, z, _ in values]).squeeze(1)
            out["uds"] = F.smooth_l1_loss(got, torch.tensor([v for _, _, v in values], device=device))
        return out

    def _entity_losses(
        self, batch: list[Example], h: Tensor, tags: Tensor, base: list[int], out: dict[str, Tensor]
    ) -> None:
        loss = boundary_loss(self.boundaries, batch, h, base)
        if loss is not None:
            out["boundary"] = loss
        chains = chain_batch(batch, base)
        if chains is not None:
            out["chain"] = chain_loss(self.antecedents, chains, h, tags[:, self.columns["mention"]])

    def _crf_losses(self, batch: list[Example], tags: Tensor, out: dict[str, Tensor]) -> None:
        names = [name for name in CRF_HEADS if name in batch[0].tags]
        if not names:
            return
        sizes = [len(e.pieces.starts) for e in batch]
        gold, emissions, transitions = [], [], []
        for name in names:
            gold.append(padded([torch.from_numpy(e.tags[name]) for e in batch]).to(tags.device))
            emissions.append(padded(list(tags[:, self.columns[name]].split(sizes))))
            transitions.append(self.transitions[name].expand(len(batch), -1, -1))
        loss = crf_loss(
            torch.cat(emissions),
            torch.cat(gold),
            torch.tensor(sizes * len(names), device=tags.device),
            torch.cat(transitions),
        )
        for name, part in zip(names, loss.split(len(batch)), strict=True):
            out[name] = part.sum() / sum(sizes)

    def link_scores(
        self, first: Tensor, last: Tensor, cue_first: Tensor, cue_last: Tensor, bucket: Tensor, role: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Score each child against each cue, and "no source" for each cue; see ``allegedly.encoder.session``."""
        w = LINK_WIDTH
        link, bias = self.link.weight, self.link.bias
        child = torch.relu(first @ link[:w].T + last @ link[w : 2 * w].T + (bias[:w] + bias[w : 2 * w]))
        cue = torch.relu(
            cue_first @ link[2 * w : 3 * w].T + cue_last @ link[3 * w :].T + (bias[2 * w : 3 * w] + bias[3 * w :])
        )
        scores = (child @ self.link_product) @ cue.T + self.link_distance[role[:, None], bucket]
        return scores, self.no_source(cue).squeeze(1)

    def _link_losses(self, batch: list[Example], h: Tensor, base: list[int], out: dict[str, Tensor]) -> None:
        found = [part for e, b in zip(batch, base, strict=True) for part in self._links_of(e.spans, h, b)]
        if found:
            out["link"] = torch.stack(found).mean()

    def _links_of(self, spans: list[SpanLabel], h: Tensor, base: int) -> list[Tensor]:
        cues = [s for s in spans if s.role == CUE]
        sources = [s for s in spans if s.role == SOURCE]
        contents = [s for s in spans if s.role == CONTENT]
        if not cues or not (sources or contents):
            return []
        children = sources + contents
        first, last = (lambda part: h[[base + s.first for s in part]]), (lambda part: h[[base + s.last for s in part]])
        gap = np.array([[q.first - c.first for q in cues] for c in children])
        role = torch.tensor([0] * len(sources) + [1] * len(contents), device=h.device)
        scores, none = self.link_scores(
            first(children),
            last(children),
            first(cues),
            last(cues),
            torch.from_numpy(link_bucket(gap)).to(h.device),
            role,
        )
        out = []
        linked = [
            (k, j) for k, c in enumerate(contents)
            if (j := next((j for j, q in enumerate(cues) if c.attributions & q.attributions), None)) is not None
        ]  # fmt: skip
        if linked and len(cues) > 1:
            rows = scores[[len(sources) + k for k, _ in linked]]
            out.append(F.cross_entropy(rows, torch.tensor([j for _, j in linked], device=h.device)))
        gold = [next((1 + i for i, s in enumerate(sources) if s.attributions & q.attributions), 0) for q in cues]
        out.append(
            F.cross_entropy(torch.cat([none[None], scores[: len(sources)]]).T, torch.tensor(gold, device=h.device))
        )
        return out

    def _stance_losses(self, batch: list[Example], tags: Tensor, base: list[int], out: dict[str, Tensor]) -> None:
        found = [(a, b) for e, b in zip(batch, base, strict=True) for a in e.attributions]
        if found:
            cue = segment_mean(tags[:, self.columns["stance_cue"]], [(b + a.cue[0], b + a.cue[1]) for a, b in found])
            content = tags[[b + a.content for a, b in found], self.columns["stance_content"]]
            out["stance"] = F.cross_entropy(
                cue + content, torch.tensor([a.stance for a, _ in found], device=tags.device)
            )

    def _event_losses(
        self, batch: list[Example], h: Tensor, tags: Tensor, base: list[int], rng: np.random.Generator,
        out: dict[str, Tensor],
    ) -> None:  # fmt: skip
        found = [(e, b) for x, b in zip(batch, base, strict=True) for e in x.events]
        if not found:
            return
        triggers = [(b + e.trigger[0], b + e.trigger[1]) for e, b in found]
        middle = segment_mean(h, triggers)
        device = h.device
        kinds = torch.tensor([e.type for e, _ in found], device=device)
        sizes = [len(e.arguments) for e, _ in found]
        owner = torch.repeat_interleave(torch.arange(len(found)), torch.tensor(sizes)).to(device)
        words = torch.from_numpy(
            np.concatenate([np.arange(e.sentence[0], e.sentence[1] + 1) + b for e, b in found])
        ).to(device)
        distance = torch.from_numpy(
            np.concatenate([distance_bucket(np.arange(e.sentence[0], e.sentence[1] + 1), *e.trigger) for e, _ in found])
        ).to(device)
        # the type is unknown for a tenth: the scorer must survive a wrong one
        typed = self.pair_type[kinds] * torch.from_numpy(rng.random((len(found), 1)) > 0.1).to(device)
        used, at = torch.unique(words, return_inverse=True)
        scores = self.pair_scores(h[used], at, middle, typed, owner, distance)
        split = 1 + 2 * len(ARGUMENTS)
        arguments = torch.from_numpy(np.concatenate([e.arguments for e, _ in found])).to(device)
        out["arguments"] = F.cross_entropy(scores[:, :split], arguments)
        quantities = torch.from_numpy(np.concatenate([e.quantities for e, _ in found])).to(device)
        out["quantities"] = F.cross_entropy(scores[:, split:], quantities)
        stances = torch.tensor([len(STANCES) if rng.random() < 0.1 else e.stance for e, _ in found], device=device)
        facts = self.fact_scores(middle, stances, kinds)
        weight = torch.tensor(
            [0.6, 1.6, 1.6, 1.0, 1.4], device=device
        )  # rare values count more: macro-F1 is the measure
        out["factuality"] = F.cross_entropy(
            facts, torch.tensor([e.factuality for e, _ in found], device=device), weight=weight
        )
        modes = torch.zeros(len(found), tags[:, self.columns["mode"]].shape[1])  # filled on the CPU
        for k, (e, _) in enumerate(found):
            modes[k, list(e.modes)] = 1
        got = segment_mean(tags[:, self.columns["mode"]], triggers)
        out["mode"] = F.binary_cross_entropy_with_logits(got, modes.to(device))

    def pair_scores(
        self, words: Tensor, at: Tensor, triggers: Tensor, typed: Tensor, owner: Tensor, distance: Tensor
    ) -> Tensor:
        """Score every (trigger, token of its sentence) pair; see ``allegedly.encoder.session``."""
        w = PAIR_WIDTH
        a, c = self.pair_token(words).split(w, 1)
        b, d = self.pair_trigger(triggers).split(w, 1)
        z = torch.relu(a[at] + (b + typed)[owner] + c[at] * d[owner] + self.pair_distance[distance])
        return self.pair_out(self.drop(z))

    def fact_scores(self, triggers: Tensor, stances: Tensor, types: Tensor) -> Tensor:
        """Score the factuality of events; see ``allegedly.encoder.session``."""
        z = self.fact(triggers) + self.fact_stance[stances] + self.fact_type[types]
        return self.fact_out(self.drop(torch.relu(z)))


def padded(parts: list[Tensor]) -> Tensor:
    """Stack sequences of unlike length, zeros behind."""
    return nn.utils.rnn.pad_sequence(parts, batch_first=True)


def segment_mean(rows: Tensor, segments: list[tuple[int, int]]) -> Tensor:
    """Average rows first..last (inclusive) of each segment."""
    sizes = np.array([z - f + 1 for f, z in segments])
    index = torch.from_numpy(np.concatenate([np.arange(f, z + 1) for f, z in segments])).to(rows.device)
    owner = torch.from_numpy(np.repeat(np.arange(len(segments)), sizes)).to(rows.device)
    size = torch.from_numpy(sizes[:, None].astype(np.float32)).to(rows.device)
    return torch.zeros(len(segments), rows.shape[1], device=rows.device).index_add(0, owner, rows[index]) / size


def bio_constraint(labels: int) -> Tensor:
    """Give (from, to) penalties that forbid I after anything but B or I of its own role."""
    out = torch.zeros(labels, labels)
    for inside in range(2, labels, 2):
        out[:, inside] = -1e4
        out[inside - 1, inside] = out[inside, inside] = 0
    return out


def crf_loss(emissions: Tensor, gold: Tensor, sizes: Tensor, transitions: Tensor) -> Tensor:
    """
    Negative log-likelihood of BIO sequences under a linear-chain CRF (Lafferty, McCallum and Pereira 2001).

    Shape: emissions (batch, tokens, labels), gold int64 (batch, tokens), sizes (batch,), transitions
    (batch, labels, labels); gives (batch,).
    """
    batch, length, labels = emissions.shape
    device = emissions.device
    step = transitions + bio_constraint(labels).to(device)
    live = torch.arange(length, device=device)[None, :] < sizes[:, None]
    score = emissions.gather(2, gold[:, :, None]).squeeze(2)
    moves = step[torch.arange(batch, device=device)[:, None], gold[:, :-1], gold[:, 1:]]
    # forbidden moves cannot be gold, except where two gold spans overlap and one was cut
    total = (score * live).sum(1) + (moves.clamp(min=-20) * live[:, 1:]).sum(1)
    start = torch.zeros(labels, device=device)
    start[2::2] = -1e4
    if device.type != "cpu":
        return log_partition(emissions, step, live, start) - total
    alpha = emissions[:, 0] + start
    steps = emissions.unbind(1)
    for t in range(1, length):
        moved = torch.logsumexp(alpha[:, :, None] + step, 1) + steps[t]
        alpha = torch.where(live[:, t, None], moved, alpha)
    return torch.logsumexp(alpha, 1) - total


def log_partition(emissions: Tensor, step: Tensor, live: Tensor, start: Tensor) -> Tensor:
    """
    Sum over all label sequences by halving: products of neighbouring steps, log2(tokens) times.

    A graphics processor waits for each small operation, so a loop over the tokens would cost more than the encoder.
    """
    batch, _, labels = emissions.shape
    identity = torch.full((labels, labels), -1e4, device=emissions.device).fill_diagonal_(0.0)
    steps = step[:, None] + emissions[:, 1:, None, :]
    steps = torch.where(live[:, 1:, None, None], steps, identity)
    while steps.shape[1] > 1:
        if steps.shape[1] % 2:
            steps = torch.cat([steps, identity.expand(batch, 1, labels, labels)], 1)
        left, right = steps[:, 0::2], steps[:, 1::2]
        steps = torch.logsumexp(left[..., :, :, None] + right[..., None, :, :], -2)
    first = emissions[:, 0] + start
    if steps.shape[1]:
        first = torch.logsumexp(first[:, :, None] + steps[:, 0], 1)
    return torch.logsumexp(first, 1)


def collate(
    batch: list[Example], rng: np.random.Generator, masking: float, *, cls: int = 101, sep: int = 102, mask: int = 103
) -> tuple[Ints, Ints, Floats, Ints, list[int]]:
    """Pad a batch; give ids, features, mask, the flat first pieces of all tokens and each text's first token row."""
    rows = [(e, w) for e in batch for w in e.windows or [Window(0, len(e.pieces.first), 0, len(e.pieces.first))]]
    edges = {id(e): np.r_[e.pieces.first, len(e.pieces.ids)] for e in batch}
    length = max(int(edges[id(e)][w.end] - edges[id(e)][w.start]) for e, w in rows) + 2
    ids = np.zeros((len(rows), length), np.int64)
    features = np.zeros((len(rows), length), np.int64)
    live = np.zeros((len(rows), length), np.float32)
    tokens = []
    for r, (e, w) in enumerate(rows):
        i, j = edges[id(e)][w.start], edges[id(e)][w.end]
        n = int(j - i)
        ids[r, 0], ids[r, n + 1] = cls, sep
        ids[r, 1 : n + 1] = e.pieces.ids[i:j]
        features[r, 1 : n + 1] = e.pieces.features[i:j]
        live[r, : n + 2] = 1
        tokens.append(r * length + 1 + (e.pieces.first[w.core_start : w.core_end] - i).astype(np.int64))
    if masking:
        ids = np.where((rng.random(ids.shape) < masking) & (ids > mask), mask, ids)
    sizes = [len(e.pieces.first) for e in batch]
    return ids, features, live, np.concatenate(tokens), np.r_[0, np.cumsum(sizes)[:-1]].astype(int).tolist()
