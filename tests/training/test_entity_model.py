"""Losses of names, mentions and chains; needs torch, which only training has."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from allegedly.coreference.pairs import OFFSETS, TABLE_SIZES  # noqa: E402  # after the check for torch
from allegedly.encoder.heads import SPAN_REACH, span_offset  # noqa: E402  # as above
from training.encoder import WIDTH  # noqa: E402  # as above
from training.entity_model import (  # noqa: E402  # as above
    Antecedents,
    Boundaries,
    ChainBatch,
    best_types,
    boundary_loss,
    chain_batch,
    chain_loss,
    set_loss,
)
from training.examples import Chains, Example, MentionLabel  # noqa: E402  # as above
from training.labels import HEADS  # noqa: E402  # as above
from training.model import bio_constraint, crf_loss, log_partition  # noqa: E402  # as above

MENTION_LABELS = HEADS["mention"]


def test_a_set_of_all_labels_costs_nothing() -> None:
    """Where a corpus says nothing, nothing is learnt."""
    scores = torch.randn(5, MENTION_LABELS, requires_grad=True)
    loss = set_loss(scores, torch.full((5,), (1 << MENTION_LABELS) - 1))
    loss.backward()
    assert abs(float(loss.detach())) < 1e-5
    assert float(scores.grad.abs().max()) < 1e-6


def test_a_set_of_one_label_is_cross_entropy() -> None:
    """A set of one label is that label."""
    scores, gold = torch.randn(6, MENTION_LABELS), torch.randint(0, MENTION_LABELS, (6,))
    expected = torch.nn.functional.cross_entropy(scores, gold)
    assert torch.allclose(expected, set_loss(scores, 1 << gold), atol=1e-5)


def test_a_set_is_the_sum_of_its_labels() -> None:
    """The chance of a set is the sum of the chances of its labels, the 49th bit included."""
    scores = torch.randn(1, MENTION_LABELS)
    chances = torch.softmax(scores, 1)[0]
    expected = -torch.log(chances[0] + chances[MENTION_LABELS - 1])
    assert torch.allclose(expected, set_loss(scores, torch.tensor([1 | 1 << (MENTION_LABELS - 1)])), atol=1e-5)


def brute_force(emissions: Any, sizes: list[int], transitions: Any) -> list[float]:
    """Sum over all label sequences one by one."""
    labels = emissions.shape[2]
    step = transitions + bio_constraint(labels)
    out = []
    for row, size in enumerate(sizes):
        totals = []
        for path in product(range(labels), repeat=size):
            score = sum(float(emissions[row, t, label]) for t, label in enumerate(path))
            score += -1e4 if path[0] and path[0] % 2 == 0 else 0
            score += sum(float(step[row, a, b]) for a, b in pairwise(path))
            totals.append(score)
        out.append(float(torch.logsumexp(torch.tensor(totals, dtype=torch.float64), 0)))
    return out


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5])
def test_halving_gives_the_same_sum(length: int) -> None:
    """The sum by halving is the sum by steps and the sum of all sequences."""
    generator = torch.Generator().manual_seed(length)
    emissions = torch.randn(3, length, 3, generator=generator)
    transitions = torch.randn(3, 3, 3, generator=generator)
    sizes = [length, max(1, length - 1), 1]
    step = transitions + bio_constraint(3)
    live = torch.arange(length)[None] < torch.tensor(sizes)[:, None]
    start = torch.tensor([0.0, 0.0, -1e4])
    halved = log_partition(emissions, step, live, start)
    assert torch.allclose(torch.tensor(brute_force(emissions, sizes, transitions)), halved, atol=1e-3)
    gold = torch.zeros(3, length, dtype=torch.int64)
    moves = step[:, 0, 0][:, None] * live[:, 1:]
    total = (emissions[:, :, 0] * live).sum(1) + moves.clamp(min=-20).sum(1)
    assert torch.allclose(crf_loss(emissions, gold, torch.tensor(sizes), transitions), halved - total, atol=1e-3)


@pytest.mark.parametrize("length", [17, 64, 129])
def test_halving_at_length(length: int) -> None:
    """Both ways agree on long sequences of seven labels."""
    generator = torch.Generator().manual_seed(0)
    emissions, transitions = torch.randn(2, length, 7, generator=generator), torch.randn(2, 7, 7, generator=generator)
    sizes = torch.tensor([length, length // 2])
    step, live = transitions + bio_constraint(7), torch.arange(length)[None] < sizes[:, None]
    start = torch.zeros(7)
    start[2::2] = -1e4
    gold = torch.zeros(2, length, dtype=torch.int64)
    total = (emissions[:, :, 0] * live).sum(1) + (step[:, 0, 0][:, None] * live[:, 1:]).sum(1)
    by_steps = crf_loss(emissions, gold, sizes, transitions) + total
    assert torch.allclose(by_steps, log_partition(emissions, step, live, start), rtol=1e-4, atol=1e-2)


def toy(mentions: list[tuple[int, int, int]], tokens: int = 8, *, whole: bool = True) -> Example:
    """Make an example of so many tokens with mentions (head, first, last)."""
    numbers = np.arange(tokens)
    pieces: Any = type("Toy", (), {"first": numbers, "ids": numbers, "starts": numbers})()
    marked: Any = None
    return Example(pieces, "", mentions=[MentionLabel(h, f, z, whole, marked) for h, f, z in mentions])


def test_pointers_never_point_the_wrong_way() -> None:
    """The first token is at most the head, the last at least."""
    boundaries = Boundaries()
    heads, tokens = np.array([3]), np.arange(8)
    offset = torch.from_numpy(span_offset(heads, tokens))
    first, last = boundaries(torch.randn(1, WIDTH), torch.randn(8, WIDTH), offset)
    assert (int(first.argmax(1)) <= 3, int(last.argmax(1)) >= 3) == (True, True)
    assert offset.tolist() == [[SPAN_REACH + t - 3 for t in range(8)]]


def test_pointers_learn() -> None:
    """A few steps on a toy text bring the loss of both pointers down."""
    torch.manual_seed(0)
    boundaries, h = Boundaries(), torch.randn(16, WIDTH)
    batch = [toy([(2, 1, 4), (6, 6, 6)]), toy([(3, 0, 7)])]
    optimizer = torch.optim.Adam(boundaries.parameters(), lr=0.01)
    losses = []
    for _ in range(30):
        loss = boundary_loss(boundaries, batch, h, [0, 8])
        assert loss is not None
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.2 * losses[0]


@pytest.mark.parametrize("batch", [[toy([])], [toy([(2, 1, 4)], whole=False)]], ids=["none", "heads only"])
def test_no_phrases_no_loss(batch: list[Example]) -> None:
    """Without a known phrase there is nothing to learn from."""
    assert boundary_loss(Boundaries(), batch, torch.randn(8, WIDTH), [0]) is None


def chains(gold: list[bool], heads: tuple[int, ...] = (0, 1, 2)) -> Chains:
    """Make three mentions with all three pairs."""
    features = np.tile(OFFSETS, (3, 1))
    types = np.array([1, 1, 1], np.int64)
    return Chains(
        np.array(heads, np.int64), types, np.array([1, 2, 2]), np.array([0, 0, 1]), features, np.array(gold, bool)
    )


def test_texts_of_a_batch_are_put_together() -> None:
    """Rows move by the place of the text, pairs by the mentions before; texts without chains are passed over."""
    one, bare, other = toy([]), toy([]), toy([])
    one.chains, other.chains = chains([True, False, False]), chains([False, False, True])
    batch = chain_batch([one, bare, other], [0, 8, 16])
    assert batch is not None
    assert batch.rows.tolist() == [0, 1, 2, 16, 17, 18]
    assert (batch.anaphor.tolist(), batch.antecedent.tolist()) == ([1, 2, 2, 4, 5, 5], [0, 0, 1, 3, 3, 4])
    assert batch.gold.tolist() == [True, False, False, False, False, True]
    assert chain_batch([bare], [0]) is None


def batch_of(gold: list[bool]) -> ChainBatch:
    """Make a batch of one text."""
    example = toy([])
    example.chains = chains(gold)
    batch = chain_batch([example], [0])
    assert batch is not None
    return batch


@pytest.mark.parametrize(
    "gold", [[True, False, False], [False, True, False], [True, True, True], [False, False, False]]
)
def test_the_loss_is_that_of_all_gold_antecedents(gold: list[bool]) -> None:
    """The loss is the log of the summed chances of gold antecedents, of "none" where there is none."""
    torch.manual_seed(1)
    antecedents, h = Antecedents(0.0).eval(), torch.randn(8, WIDTH)
    batch = batch_of(gold)
    scores, none = antecedents(
        h[:3], torch.tensor([1, 2, 2]), torch.tensor([0, 0, 1]), torch.from_numpy(batch.features)
    )
    rows = [none[:1], torch.cat([none[1:2], scores[:1]]), torch.cat([none[2:3], scores[1:]])]
    wanted = [[0], [1] if gold[0] else [0], [k + 1 for k in (0, 1) if gold[1 + k]] or [0]]
    expected = -sum(torch.log(torch.softmax(row, 0)[ks].sum()) for row, ks in zip(rows, wanted, strict=True)) / 3
    assert torch.allclose(expected, chain_loss(antecedents, batch, h, torch.zeros(8, MENTION_LABELS)), atol=1e-5)


def test_chains_learn() -> None:
    """A few steps on a toy text bring the loss down."""
    torch.manual_seed(0)
    antecedents, h, batch = Antecedents(0.0), torch.randn(8, WIDTH), batch_of([True, False, False])
    optimizer = torch.optim.Adam(antecedents.parameters(), lr=0.003)
    losses = []
    for _ in range(30):
        loss = chain_loss(antecedents, batch, h, torch.zeros(8, MENTION_LABELS))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.2 * losses[0]


def test_features_are_not_changed() -> None:
    """The types that the tagger sees go into a copy: the next epoch finds the features as they were."""
    batch = batch_of([True, False, False])
    before = batch.features.copy()
    chain_loss(Antecedents(0.0), batch, torch.randn(8, WIDTH), torch.randn(8, MENTION_LABELS))
    assert (batch.features == before).all()
    assert before.max() < sum(TABLE_SIZES)


def test_the_best_type_is_an_allowed_one() -> None:
    """Of the allowed types the likeliest is taken, whatever the kind."""
    scores = torch.zeros(2, MENTION_LABELS)
    scores[:, 1 + 16 + 4] = 9.0  # a description of the fifth type
    scores[:, 1 + 2] = 5.0
    assert best_types(scores, torch.tensor([0b100, 0b10100])).tolist() == [2, 4]
