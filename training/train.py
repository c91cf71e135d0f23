"""
Train the joint model: ``python -m training.train --recipe default --out training/runs/NAME``.

The recipe names corpora with their share of the steps; ``--attribution-only``
keeps class A corpora alone. Seeds are fixed; the log (one JSON object a line)
and the checkpoints go to the run's folder. A stopped run goes on from its last
checkpoint with ``--resume``.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from allegedly.encoder.wordpiece import WordPieces
from training.augment import augment, pages
from training.corpora import Annotated, held_out, without_held_out
from training.examples import Example, build, stretch_of, windows_of, with_paragraph_starts
from training.model import WEIGHTS, Joint
from training.registry import CORPORA

# corpus -> share of the steps; about the square root of the size, the ledger's own corpora counted thrice
RECIPES: dict[str, dict[str, float]] = {
    "warm": {
        "polnear": 5, "ledger_gold": 2.5, "ledger_invented": 0.5, "m2e2_voa": 0.5, "gmb_voa_ner": 1.2,
        "uds_factuality": 0.4, "ud_ewt": 0.6, "gum": 1.2, "litbank": 0.6, "wikigold": 0.3, "crossner_politics": 0.25,
        "re3d": 0.2,
    },
    "final": {
        "polnear": 3, "ledger_gold": 3, "ledger_invented": 0.25, "invented": 3, "m2e2_voa": 0.3, "gmb_voa_ner": 0.7,
        "uds_factuality": 0.3, "ud_ewt": 0.3, "gum": 2.2, "litbank": 0.5, "wikigold": 0.3, "crossner_politics": 0.25,
        "re3d": 0.15, "mentions": 2.2,
    },
}  # fmt: skip
AUGMENTED = ("ledger_invented", "invented", "ledger_gold", "mentions")
CHAINED = ("gum", "gum_attribution_only", "litbank", "mentions")
STRETCH = 1000  # pieces of a text with chains that are read at once


class Stream:
    """Endless batches of one corpus, of like length, shuffled anew each epoch."""

    def __init__(self, name: str, raws: list[Annotated], pieces_of: WordPieces, seed: int, budget: int) -> None:
        self.name, self.raws, self.pieces_of, self.budget = name, raws, pieces_of, budget
        self.rng = np.random.default_rng(seed)
        self.polnear = CORPORA[name].polnear
        self.built = {} if name in AUGMENTED else {r.id: build(pieces_of, r, polnear=self.polnear) for r in raws}
        self.epoch = 0.0
        self._batches = self._endless()

    def __next__(self) -> list[Example]:
        return next(self._batches)

    def _examples(self) -> Iterator[Example]:
        joins = self.name in AUGMENTED and self.name not in CHAINED
        for raw in pages(self.raws, self.rng, 0.5) if joins else self.raws:
            if self.name in AUGMENTED:
                example = build(self.pieces_of, augment(raw, self.rng, corpus=self.name), polnear=self.polnear)
                if example and self.rng.random() < 0.4:
                    example = with_paragraph_starts(example, 0.5, self.rng)
            else:
                example = self.built[raw.id]
            if example and self.name in CHAINED:
                yield stretch_of(example, STRETCH, self.rng)
            elif example:
                limit = int(self.rng.choice([128, 192, 254])) if len(example) > 254 else 254
                yield from windows_of(example, limit)

    def _endless(self) -> Iterator[list[Example]]:
        while True:
            items = [e for e in self._examples() if len(e)]
            items.sort(key=lambda e: len(e) + self.rng.uniform(0, 8))
            batches: list[list[Example]] = [[]]
            for e in items:
                if batches[-1] and len(e) * (len(batches[-1]) + 1) > self.budget:
                    batches.append([])
                batches[-1].append(e)
            self.rng.shuffle(batches)  # type: ignore[arg-type]
            for k, batch in enumerate(batches):
                self.epoch = int(self.epoch) + k / len(batches)
                yield batch
            self.epoch = int(self.epoch) + 1.0


class Average:
    """An exponential moving average of all weights: what is evaluated and exported."""

    def __init__(self, model: torch.nn.Module, decay: float) -> None:
        self.decay, self.step = decay, 0
        self.state = {k: v.detach().clone() for k, v in model.state_dict().items()}

    def update(self, model: torch.nn.Module) -> None:
        """Move the average towards the model; early steps count more."""
        self.step += 1
        decay = min(self.decay, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            names = list(self.state)
            torch._foreach_lerp_([self.state[k] for k in names], [model.state_dict()[k] for k in names], 1 - decay)


def optimizer(model: Joint, encoder_rate: float, head_rate: float) -> torch.optim.AdamW:
    """AdamW with one rate for the encoder and one for the heads; no decay on biases, norms and tables."""
    groups = []
    for inside, rate in ((True, encoder_rate), (False, head_rate)):
        for decays in (True, False):
            chosen = [
                p for n, p in model.named_parameters()
                if n.startswith("encoder.") == inside and (p.ndim > 1 and "features" not in n) == decays
            ]  # fmt: skip
            groups.append({"params": chosen, "lr": rate, "base": rate, "weight_decay": 0.01 if decays else 0.0})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def rate_at(progress: float, schedule: str) -> float:
    """Give the factor of the learning rate: warm-up, then constant ("warm") or linear to zero ("final")."""
    if progress < 0.04:
        return progress / 0.04 + 0.02
    return 1.0 if schedule == "constant" else max(0.0, (1 - progress) / 0.96)


def resume(path: Path, model: Joint, average: Average, adam: torch.optim.AdamW) -> int:
    """Load a run's last checkpoint; give the number of steps it had done. Corpora are read and shuffled anew."""
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    adam.load_state_dict(state["adam"])
    average.state = torch.load(path.with_name("average.pt"), weights_only=True)
    average.step = int(state["step"])
    return average.step


def main() -> None:
    """Run the training from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipe", default="final", choices=sorted(RECIPES))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minilm", type=Path, help="folder of the public weights (first stage only)")
    parser.add_argument("--start", type=Path, help="checkpoint to start from")
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument(
        "--seconds", type=float, help="stop, with the rate at zero, after so long instead of after --steps"
    )
    parser.add_argument("--schedule", default="linear", choices=("constant", "linear"))
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1.5e-3)
    parser.add_argument("--budget", type=int, default=3072, help="pieces of a batch")
    parser.add_argument("--masking", type=float, default=0.05)
    parser.add_argument("--decay", type=float, default=0.995, help="of the moving average")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--ahead", type=int, default=0, help="batches that a process of its own makes ready")
    parser.add_argument(
        "--quantised-from", type=float, default=1.0, help="share of the steps after which the encoder trains as int8"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--resume", action="store_true", help="go on from the run's own last checkpoint")
    parser.add_argument("--attribution-only", action="store_true", help="train on class A corpora alone")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of the public weights")
    run(parser.parse_args())


def class_a(recipe: Iterable[str]) -> list[str]:
    """Give the corpora of a recipe that ask for attribution only; of GUM the genres that do."""
    names = ["gum_attribution_only" if name == "gum" else name for name in recipe]
    return [name for name in names if CORPORA[name].licence_class == "A"]


def streams(arguments: argparse.Namespace) -> dict[str, Stream]:
    """Read the corpora of the recipe."""
    pieces_of = WordPieces(arguments.tokenizer)
    kept_aside = held_out()
    out = {}
    recipe = RECIPES[arguments.recipe]
    for k, name in enumerate(class_a(recipe) if arguments.attribution_only else recipe):
        raws = list(without_held_out(CORPORA[name].read(), kept_aside))
        if raws:
            out[name] = Stream(name, raws, pieces_of, arguments.seed * 1000 + k, arguments.budget)
    return out


Fed = tuple[str, float, list[Example]]


def in_turn(arguments: argparse.Namespace) -> Iterator[Fed]:
    """Give corpus, epoch and batch for ever, corpora in the recipe's shares."""
    feeds = streams(arguments)
    names = list(feeds)
    shares = np.array([RECIPES[arguments.recipe].get(name, 0.3) for name in names])
    debt = np.zeros(len(names))
    while True:
        debt += shares / shares.sum()
        k = int(debt.argmax())  # deterministic interleaving
        debt[k] -= 1
        batch = next(feeds[names[k]])
        yield names[k], feeds[names[k]].epoch, batch


def ahead(arguments: argparse.Namespace) -> Iterator[Fed]:
    """Give the same, made ready by a process of its own, for devices that would wait for the tokenizer."""
    context = multiprocessing.get_context("spawn")
    queue: Any = context.Queue(arguments.ahead)
    context.Process(target=_feed, args=(arguments, queue), daemon=True).start()
    return iter(queue.get, None)


def _feed(arguments: argparse.Namespace, queue: Any) -> None:  # multiprocessing's queues have no type
    for fed in in_turn(arguments):
        queue.put(fed)


def run(arguments: argparse.Namespace) -> None:
    """Train with the given arguments."""
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    rng = np.random.default_rng(arguments.seed)
    arguments.out.mkdir(parents=True, exist_ok=True)
    log = (arguments.out / "log.jsonl").open("a", encoding="utf-8")

    def note(entry: dict[str, Any]) -> None:
        log.write(json.dumps(entry) + "\n")
        log.flush()

    batches = ahead(arguments) if arguments.ahead else in_turn(arguments)
    model = Joint()
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start, weights_only=True))
    elif arguments.minilm:
        model.encoder.load_minilm(arguments.minilm)
        plain = WordPieces(arguments.tokenizer)
        model.encoder.know_signs(lambda word: plain.split(word, paragraphs=[0], states=bytes(len(word))).ids.tolist())
    model.train()
    model.to(arguments.device)
    average = Average(model, arguments.decay)
    adam = optimizer(model, arguments.encoder_rate, arguments.head_rate)
    shown = {k: str(v) for k, v in vars(arguments).items() if k not in ("minilm", "tokenizer", "start", "out")}
    note({"arguments": shown})
    smooth: dict[str, torch.Tensor] = {}
    epochs: dict[str, float] = {}
    done = resume(arguments.out / "resume.pt", model, average, adam) if arguments.resume else 0
    first = next(batches)  # the corpora are read before the clock starts
    batches = itertools.chain([first], batches)
    pieces, begun = 0, time.monotonic()
    step, progress = done, 0.0
    while progress < 1:
        step += 1
        progress = (time.monotonic() - begun) / arguments.seconds if arguments.seconds else step / arguments.steps
        factor = rate_at(min(progress, 1.0), arguments.schedule)
        for group in adam.param_groups:
            group["lr"] = group["base"] * factor
        if progress > arguments.quantised_from:
            model.encoder.round_to_int8()
        name, epochs[name], batch = next(batches)
        losses = model.losses(batch, rng, arguments.masking)
        total = sum(WEIGHTS[name] * loss for name, loss in losses.items())
        adam.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[union-attr]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        average.update(model)
        pieces += sum(map(len, batch))
        for layer, loss in losses.items():
            now = loss.detach()  # read only when it is noted: reading waits for the device
            smooth[layer] = now if layer not in smooth else 0.95 * smooth[layer] + 0.05 * now
        if step % 100 == 0:
            note(
                {
                    "step": step,
                    "seconds": round(time.monotonic() - begun, 1),
                    "rate": round(factor, 3),
                    "pieces/s": round(pieces / (time.monotonic() - begun)),
                    "epochs": {n: round(e, 1) for n, e in sorted(epochs.items())},
                    "loss": {n: round(float(v), 4) for n, v in smooth.items()},
                }
            )
        if step % 250 == 0 or progress >= 1:
            torch.save({k: v.cpu() for k, v in average.state.items()}, arguments.out / "average.pt")
            state = {"model": model.state_dict(), "adam": adam.state_dict(), "step": step}
            torch.save(state, arguments.out / "resume.pt")


if __name__ == "__main__":
    main()
