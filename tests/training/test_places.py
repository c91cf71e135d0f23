"""Fitting the weights of places, on invented documents."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from allegedly.geo.features import FEATURES, OWN
from allegedly.geo.ranker import load_ranker
from allegedly.metrics.places import PlacedName
from bench.readers.places import PlacedText
from tests.geo.towns import OTHER_ORR, Towns
from training.places.__main__ import cross_validate, write
from training.places.examples import Example, gold_names, make_example
from training.places.fit import choices, fit_logistic, fit_ranker, fit_softmax
from training.places.readings import fit

NORTH, SOUTH = (11.1, 20.1), (-11.1, 20.1)


def document(number: int) -> PlacedText:
    """Make a document in which Orr is in one country or the other, and says which."""
    country, point, centre = ("Ardia", NORTH, (10.0, 20.0)) if number % 2 else ("Belda", SOUTH, (-10.0, 20.0))
    text = f"Shells fell on Orr, {country}."
    gold = [PlacedName(15, 18, point), PlacedName(20, 25, centre)]
    return PlacedText(f"d{number}", "LGL" if number % 3 else "GeoWebNews", text, None, "", gold)


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    """Make thirty documents."""
    return [make_example(document(k), [(15, 18, "GPE"), (20, 25, "GPE")], Towns(), None) for k in range(30)]


def test_examples(examples: list[Example]) -> None:
    """The right candidate is the one at the gold's point; types come from the encoder's names."""
    first = examples[0]
    assert first.own.shape == (3, len(OWN))
    assert [case.right.tolist() for case in first.cases] == [[1.0, 0.0], [1.0]]
    assert {name.type for name in first.names} == {"GPE"}
    assert first.pool.groups[0].matches[0].place == OTHER_ORR


def test_names_without_coordinates() -> None:
    """LGL's are in no gazetteer, which is worth learning; others are no places. Overlaps are left out."""
    gold = [PlacedName(0, 3), PlacedName(2, 5, NORTH), PlacedName(6, 9, NORTH)]
    lgl, other = (PlacedText("d", corpus, "x" * 9, None, "", gold) for corpus in ("LGL", "GeoWebNews"))
    assert [name.start for name in gold_names(lgl)] == [0, 6]
    assert [name.start for name in gold_names(other)] == [2, 6]


def test_containers_are_learnt(examples: list[Example], tmp_path: Path) -> None:
    """What stands beside the name decides, and the weights survive the file."""
    ranker = fit_ranker(examples)
    assert ranker.second[FEATURES.index("inside-next-strictly")] > 0
    for example in examples:
        assert all(right for _, right, _ in choices(example, ranker.first, ranker.second))
    write(ranker, tmp_path / "ranker.tsv")
    read = load_ranker(tmp_path / "ranker.tsv")
    assert read.second == pytest.approx(ranker.second, abs=1e-4)
    assert read.sure == pytest.approx(ranker.sure, abs=1e-4)
    assert cross_validate(examples) == {"LGL": 100.0, "GeoWebNews": 100.0}


def test_softmax() -> None:
    """Two cases that agree pull their feature up."""
    rows = np.array([[1.0], [0.0], [0.0], [1.0]])
    weights = fit_softmax(rows, np.array([1.0, 0.0, 0.0, 1.0]), np.array([1.0, 1.0]), np.array([0, 2]))
    assert weights[0] > 1


def test_logistic() -> None:
    """Decay holds all weights but the constant."""
    rows = np.c_[np.array([0.0, 1.0] * 50), np.ones(100)]
    right = np.array([0.0, 1.0] * 40 + [1.0, 0.0] * 10)
    free, held = (fit_logistic(rows, right, np.ones(100), decay=decay) for decay in (1e-6, 1e6))
    assert 1 / (1 + np.exp(-free.sum())) == pytest.approx(0.8, abs=1e-3)
    assert abs(held[0]) < 1e-3
    assert held[1] == pytest.approx(0, abs=1e-3)


def test_readings() -> None:
    """Weights are given for rows as they are, not as they were scaled for fitting."""
    chance = np.random.default_rng(0)
    rows = chance.normal(5, 2, (400, 3))
    wanted = (rows[:, 0] > 5).astype(np.float64)
    weights = fit(rows, wanted)
    assert (((rows @ weights[:-1] + weights[-1]) > 0) == (wanted > 0)).mean() > 0.9
