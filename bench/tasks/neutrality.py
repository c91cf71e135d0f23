"""
Neutrality: in how many invented reports two parties change places and nothing else changes.

The templates, the parties and the comparison are those of ``allegedly evaluate
neutrality``. Pairs of states, of armed groups, and of a state and a group are
reported apart; of the last, claims and events are compared only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from allegedly.neutrality.swap import Trial
from bench.tasks import Result, f1_of, make_result, right_or_wrong

KINDS = ("state", "group", "mixed")


def run_neutrality(swap: Callable[[], Sequence[Trial]]) -> dict[str, Result]:
    """Score all trials, and those of each kind of pair."""
    trials = swap()
    scores = [
        {
            "holds": right_or_wrong(right=trial.holds),
            "holds, scores aside": right_or_wrong(right=trial.holds_scores_aside),
            f"holds, {trial.pair.kind}": right_or_wrong(right=trial.holds),
        }
        for trial in trials
    ]
    reads = {name: f1_of(name) for name in ("holds", "holds, scores aside", *(f"holds, {kind}" for kind in KINDS))}
    failures = [
        f"{trial.template.id}, {trial.pair.id}: {item.label}: {item.first} | {item.second}"
        for trial in trials
        for item in trial.differences
    ]
    return {"neutrality": make_result("neutrality", (), scores, reads, failures=failures)}
