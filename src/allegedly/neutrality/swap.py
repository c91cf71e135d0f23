"""
Read every template both ways round for every pair of parties and count what holds.

A trial *holds* if the swap changes nothing but the names. The share of trials
that hold is the figure that is published; that without regard to scores stands
beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from allegedly.neutrality.compare import LABELS, Difference, Reading, compare_readings
from allegedly.neutrality.data import Pair, Template
from allegedly.neutrality.fill import Filling, fill
from allegedly.records.document import Document
from allegedly.records.ledger import Ledger

SCORE = "score"


class Reads(Protocol):
    """What is needed of a reader."""

    def read_many(self, documents: Iterable[Document]) -> Iterator[Ledger]:
        """Read documents, ledgers in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Trial:
    """
    One template read both ways for one pair; made by :func:`run_trials`, immutable.

    Args:
        template: The template.
        pair: The two parties.
        differences: What the swap changed besides the names.
    """

    template: Template
    pair: Pair
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Say whether the swap changed nothing but the names."""
        return not self.differences

    @property
    def holds_scores_aside(self) -> bool:
        """Say whether the swap changed nothing but names and scores."""
        return all(item.label == SCORE for item in self.differences)


@dataclass(frozen=True, slots=True)
class Share:
    """
    How many of some trials hold.

    Args:
        name: What they have in common.
        trials: How many there are.
        holds: How many hold.
        holds_scores_aside: How many hold if scores may change.
    """

    name: str
    trials: int
    holds: int
    holds_scores_aside: int

    def to_dict(self) -> dict[str, Any]:
        """Give the figures for JSON; shares are percentages."""
        return {
            "name": self.name,
            "trials": self.trials,
            "holds": self.holds,
            "holds_scores_aside": self.holds_scores_aside,
            "percent": percent(self.holds, self.trials),
            "percent_scores_aside": percent(self.holds_scores_aside, self.trials),
        }


def percent(part: int, whole: int) -> float:
    """Give a share in percent, one decimal; nothing of nothing is 0."""
    return round(100 * part / whole, 1) if whole else 0.0


def run_trials(
    reader: Reads, templates: Sequence[Template], pairs: Sequence[Pair], *, limit: int | None = None
) -> Iterator[Trial]:
    """
    Read every fitting template both ways round for every pair.

    Args:
        reader: Reads the texts.
        templates: The reports with slots.
        pairs: The parties.
        limit: At most so many trials; None is all.

    Returns:
        Trials, template by template, each as soon as it is read.
    """
    plan = [(template, pair) for template in templates for pair in pairs if template.fits(pair)][:limit]
    fillings = [_fill_both(template, pair) for template, pair in plan]
    documents = (
        Document(filling.text, id=f"swap-{number}-{way}", published=pair.published, language="en")
        for number, ((_, pair), ways) in enumerate(zip(plan, fillings, strict=True))
        for way, filling in zip(("ab", "ba"), ways, strict=True)
    )
    ledgers = reader.read_many(documents)
    for (template, pair), ways in zip(plan, fillings, strict=True):
        one, other = islice(ledgers, 2)
        yield Trial(template, pair, tuple(_compare(pair, ways, (one, other))))


def _fill_both(template: Template, pair: Pair) -> tuple[Filling, Filling]:
    return fill(template, pair.first, pair.second), fill(template, pair.second, pair.first)


def _compare(pair: Pair, ways: tuple[Filling, Filling], ledgers: tuple[Ledger, Ledger]) -> list[Difference]:
    codes = [party.get("country", "") for party in (pair.first, pair.second)]
    countries = [dict(zip(order, "AB", strict=True)) if all(codes) else {} for order in (codes, codes[::-1])]
    one, other = (
        Reading(ledger, filling, exchange, same_kind=pair.kind != "mixed")
        for ledger, filling, exchange in zip(ledgers, ways, countries, strict=True)
    )
    return compare_readings(one, other)


def share_of(trials: Iterable[Trial], name: str = "all") -> Share:
    """Count how many trials hold."""
    kept = list(trials)
    return Share(name, len(kept), sum(trial.holds for trial in kept), sum(trial.holds_scores_aside for trial in kept))


def shares_by(trials: Sequence[Trial], key: Callable[[Trial], str]) -> list[Share]:
    """Count how many trials of each kind hold, the worst first; of equals by name."""
    names = dict.fromkeys(map(key, trials))
    shares = [share_of((trial for trial in trials if key(trial) == name), name) for name in names]
    return sorted(
        shares, key=lambda share: (share.holds / share.trials, share.holds_scores_aside / share.trials, share.name)
    )


def count_labels(trials: Iterable[Trial]) -> dict[str, int]:
    """Count in how many trials each kind of difference occurs; all kinds, in fixed order."""
    found = Counter(label for trial in trials for label in {item.label for item in trial.differences})
    return {label: found[label] for label in LABELS}


def report(trials: Sequence[Trial]) -> dict[str, Any]:
    """Give all figures and all differences, ready for JSON."""
    return {
        "all": share_of(trials).to_dict(),
        "kinds": [share.to_dict() for share in shares_by(trials, lambda trial: trial.pair.kind)],
        "pairs": [share.to_dict() for share in shares_by(trials, lambda trial: trial.pair.id)],
        "templates": [share.to_dict() for share in shares_by(trials, lambda trial: trial.template.id)],
        "labels": count_labels(trials),
        "differences": [
            {
                "template": trial.template.id,
                "pair": trial.pair.id,
                "label": item.label,
                "first": item.first,
                "second": item.second,
            }
            for trial in trials
            for item in trial.differences
        ],
    }
