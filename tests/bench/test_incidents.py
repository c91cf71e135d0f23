"""The bench of incidents: clusters as they are scored, borders, growth, the plot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from allegedly.metrics.coreference import conll_f1
from bench.growth import invent_claims, measure, plot
from bench.readers.ecbplus import Topic, parse_topic, read_ecbplus
from bench.readers.incident_cases import CaseError, read_cases
from bench.readers.maverick import read_maverick
from bench.tasks.incidents import best_border, ours, same_day_and_place, same_head, score_topic


def _mention(
    number: int, tag: str, sentence: int, span: tuple[int, int], tokens: list[int], chain: str | None
) -> dict[str, Any]:
    kind = "event" if tag.startswith("ACTION") else "entity"
    return {
        "id": str(number), "tag": tag, "kind": kind, "sentence": sentence, "start": span[0], "end": span[1],
        "tokens": tokens, "chain": chain,
    }  # fmt: skip


ROW = {
    "id": "1_1",
    "text": "Rebels bombed the bridge .\nThe bombing killed two .",
    "validated_sentences": [0, 1],
    "tokens": "Rebels bombed the bridge . The bombing killed two .".split(),
    "token_sentence": [0] * 5 + [1] * 5,
    "mentions": [
        _mention(1, "ACTION_OCCURRENCE", 0, (7, 13), [1], "A"),
        _mention(2, "ACTION_OCCURRENCE", 1, (31, 38), [6], "A"),
        _mention(3, "ACTION_OCCURRENCE", 1, (39, 45), [7], None),
        _mention(4, "HUMAN_PART_PER", 0, (0, 6), [0], None),
        _mention(5, "LOC_FAC", 0, (14, 24), [2, 3], None),
    ],
}


def topic() -> Topic:
    """A topic of one document."""
    return parse_topic("1", "dev", [ROW])


def test_a_mention_has_the_arguments_of_its_sentence() -> None:
    """The nearest before it acts; places stand apart."""
    first = topic().items[0]
    assert (first.actors, first.recipients, first.places) == ({"rebel"}, frozenset(), {"bridg"})


def test_a_mention_without_chain_is_alone() -> None:
    """Each has a chain of its own."""
    assert topic().chains == ("A", "A", "1_1:3")


def test_perfect_clusters_score_100() -> None:
    """Gold against gold."""
    assert conll_f1(score_topic(topic(), [[0, 1], [2]])) == pytest.approx(100.0)


def test_rivals_group_by_one_thing() -> None:
    """The same head, or the same words of time and place."""
    assert same_head(topic().items) == [[0, 1], [2]]
    assert same_day_and_place(topic().items) == [[0], [1], [2]]
    assert sorted(k for members in ours(topic().items) for k in members) == [0, 1, 2]


def test_the_best_border_parts_cases() -> None:
    """Of equally good borders the lowest is taken."""
    assert best_border([(0.1, False), (0.4, True), (0.6, True)]) == 0.4


def test_growth_gives_a_line() -> None:
    """Each attack that was invented is found again as one incident."""
    cells = measure(60)
    assert (cells[0], cells[2]) == ("60", "10")


def test_the_same_seed_invents_the_same() -> None:
    """Figures can be repeated."""
    assert list(invent_claims(30)) == list(invent_claims(30))


def test_the_plot_is_drawn() -> None:
    """Every point has its dot."""
    assert plot([(1000, 1.0), (10000, 9.0)]).count("<circle") == 2


@pytest.mark.parametrize("line", ["no bar here", "{A} utters said | nothing"])
def test_a_broken_case_is_refused(tmp_path: Path, line: str) -> None:
    """What cannot be read is an error and no silent pass."""
    (tmp_path / "x.txt").write_text(f"== broken\nNorthwire 2025-01-01\n{line}\n", "utf-8")
    with pytest.raises(CaseError):
        read_cases(tmp_path)


@pytest.mark.corpora
def test_counts_are_those_of_the_literature() -> None:
    """1,245 mentions in checked sentences of dev, and 407 events with several reports."""
    assert sum(len(found.items) for found in read_ecbplus("dev")) == 1245
    assert len(read_maverick()) == 407
