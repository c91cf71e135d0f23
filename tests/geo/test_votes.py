"""Votes and chances: whom other names speak for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from allegedly.errors import LexiconError
from allegedly.geo.candidates import Pool, gather, group_names
from allegedly.geo.context import read_cues
from allegedly.geo.features import CONTEXT, OWN, Scene, contains, context_features, km_between, own_features
from allegedly.geo.ranker import COLUMNS, SHIPPED, SURE, chances_of, load_ranker, log_odds
from allegedly.geo.toponyms import FoundName
from allegedly.geo.votes import count_votes, text_nearness
from tests.geo.towns import Towns

TEXT = "Orr is in Ardia. Azel is near." + " It rained." * 90 + " Belda is far."


def made() -> tuple[Pool, list[FoundName]]:
    """Make the pool of four names, the last of them far away in the text."""
    names = [
        FoundName(TEXT.index(word), TEXT.index(word) + len(word), "GPE") for word in ("Orr", "Ardia", "Azel", "Belda")
    ]
    return gather(group_names(TEXT, names, read_cues(TEXT, names), Towns())), names


def test_nearness() -> None:
    """Names side by side are near, names far apart are not; nobody is near itself."""
    pool, names = made()
    near = text_nearness(pool, names)
    assert near.shape == (4, 4)
    assert np.allclose(near, near.T)
    assert near[0, 1] > 0.9
    assert near[0, 3] < 0.1
    assert near.diagonal().tolist() == [0, 0, 0, 0]


def test_votes() -> None:
    """The other Orr's country has one vote in three; a name does not vote for itself."""
    pool, names = made()
    votes = count_votes(pool, chances_of(pool, np.zeros(len(pool))), text_nearness(pool, names))
    belda, ardia = 0, 1  # the more populous Orr comes first
    assert votes.country[ardia] == pytest.approx(2 / 3)
    assert votes.country[belda] == pytest.approx(1 / 3)
    assert votes.country_near[ardia] > votes.country_near[belda]
    assert (votes.country_named[ardia], votes.country_named[belda]) == (1.0, 1.0)
    assert votes.region[ardia] > votes.region[belda] == 0
    assert votes.country[2] == pytest.approx((0.5 + 1) / 3)  # Ardia: half of Orr and Azel


def test_chances() -> None:
    """Scores are made probabilities inside each group, however large they are."""
    pool, _ = made()
    chances = chances_of(pool, np.array([1000.0, 1000.0, -5.0, 3.0, 0.0]))
    assert chances.tolist() == [0.5, 0.5, 1.0, 1.0, 1.0]


def test_features_have_their_width() -> None:
    """Each candidate has a value for each feature, all finite and moderate."""
    pool, names = made()
    scene = Scene(names, read_cues(TEXT, names), [], "AAA")
    own = own_features(pool, scene)
    nearness = text_nearness(pool, names)
    chances = chances_of(pool, np.zeros(len(pool)))
    context = context_features(pool, scene, chances, count_votes(pool, chances, nearness), nearness)
    assert (own.shape, context.shape) == ((5, len(OWN)), (5, len(CONTEXT)))
    both = np.concatenate([own, context], 1)
    assert np.isfinite(both).all()
    assert np.abs(both).max() < 3
    assert own[:, OWN.index("publishers-country")].tolist() == [0, 1, 1, 1, 0]


def test_who_lies_in_whom() -> None:
    """A town lies in its country, no country in a town; distances are those of the globe."""
    pool, _ = made()
    held = contains(pool, np.arange(5), np.arange(5))
    assert held[1, 2] == 1
    assert held[0, 2] == held[2, 1] == held[2, 2] == 0
    assert km_between(pool, np.array([2]), np.array([4]))[0, 0] == pytest.approx(2223.9, abs=1)


@pytest.mark.parametrize(("chance", "expected"), [(0.5, 0.0), (1.0, 2.3), (0.0, -2.3)])
def test_odds_are_cut(chance: float, expected: float) -> None:
    """Certainty has finite odds."""
    assert log_odds(chance) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("change", ["people\t", "x\t", "constant\tz"])
def test_broken_weights(change: str, tmp_path: Path) -> None:
    """Weights for other features, or none, are an error with the file's name."""
    text = SHIPPED.read_text("utf-8")
    names = {
        "people\t": ("\npeople\t", "\npeoples\t"),
        "x\t": ("\ncapital\t", "\ncapital\tx"),
        "constant\tz": ("constant\t", "constants\t"),
    }
    path = tmp_path / "ranker.tsv"
    path.write_text(text.replace(*names[change]), encoding="utf-8")
    with pytest.raises(LexiconError, match=r"ranker\.tsv"):
        load_ranker(path)
    assert load_ranker().sure.shape == (len(SURE),)
    assert COLUMNS[0] == "id"
