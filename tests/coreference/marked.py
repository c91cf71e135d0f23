"""Small reports with mentions and chains marked in the text, read as the engine sees them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from allegedly.coreference.chains import Chainer, Joined
from allegedly.coreference.items import INNER_TYPES, Item, Words
from allegedly.coreference.pairs import Pairs, make_pairs, quote_numbers
from allegedly.records.codes import MENTION_KINDS
from training.invented.markup import parse_report

SURE = 8.0
STATES = {"norland": "NOR", "norlandic": "NOR", "norvik": "NOR", "southland": "SOU"}


@dataclass(frozen=True, slots=True)
class Case:
    """
    A report: its text and mentions, with the chain that the author marked for each.

    Args:
        text: Plain text.
        items: Mentions in order of their heads.
        keys: Marked chain of each.
    """

    text: str
    items: list[Item]
    keys: list[str]

    def printed(self, k: int) -> str:
        """Give the words of a mention."""
        return self.text[self.items[k].start : self.items[k].end]


def read(marked: str) -> Case:
    """Read a report with marks; see ``training.invented.markup``."""
    report = parse_report("case", f"# none | test\n{marked}")
    found = sorted(report.mentions, key=lambda m: m.head)
    items = [
        Item(m.start, m.end, m.head, MENTION_KINDS.index(m.kind), INNER_TYPES.index(m.type), m.name) for m in found
    ]
    return Case(report.text, items, ["+".join(m.keys) for m in found])


def pairs_of(case: Case) -> tuple[list[Words], Pairs]:
    """Pair the mentions, sentences cut at full stops."""
    heads = [item.head[0] for item in case.items]
    stops = [k for k, sign in enumerate(case.text) if sign == "."]
    return make_pairs(case.text, case.items, np.searchsorted(stops, heads), quote_numbers(case.text, heads))


def join(
    case: Case,
    *,
    oracle: bool = False,
    given: Mapping[int, tuple[int, str]] | None = None,
    least: float = 0.5,
    wanted: Callable[[int, int], float] | None = None,
) -> tuple[list[int], list[Joined]]:
    """
    Chain the mentions of a case.

    Args:
        case: The case.
        oracle: Whether the scorer knows the author's chains; else it joins nothing.
        given: As in ``Chainer``.
        least: As in ``Chainer``.
        wanted: Scores of pairs, in the place of the oracle's.
    """
    words, pairs = pairs_of(case)
    score = wanted or (lambda i, j: SURE if oracle and case.keys[i] == case.keys[j] else -SURE)
    numbers = zip(pairs.anaphor.tolist(), pairs.antecedent.tolist(), strict=True)
    scores = np.array([score(i, j) for i, j in numbers], np.float32)
    none = np.zeros(len(case.items), np.float32)

    def state_of(i: int) -> str | None:
        start, end = case.items[i].name or case.items[i].head
        return STATES.get(case.text[start:end].lower())

    return Chainer(case.text, case.items, words, pairs, scores, none, state_of, given or {}, least).join()


def chains(case: Case, numbers: list[int]) -> list[list[str]]:
    """Give the printed words of each chain."""
    out: dict[int, list[str]] = {}
    for k, number in enumerate(numbers):
        out.setdefault(number, []).append(case.printed(k))
    return list(out.values())
