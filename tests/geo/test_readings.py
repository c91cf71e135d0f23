"""How names are meant: forms of words, longer names, parts, words beside them, the model."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from allegedly.errors import LexiconError
from allegedly.geo.readings import Part, ReadingModel, Use, load_reading_model, odds, read_name
from allegedly.geo.toponyms import FoundName
from allegedly.records.codes import EntityType
from allegedly.resources.pack import Pack


def meant(text: str, name: str, use: Use | None = None, *, kind: str = "GPE", within: EntityType | None = None) -> str:
    """Read a name of a text."""
    start = text.index(name)
    return read_name(text, FoundName(start, start + len(name), kind, within), use or Use())


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Ardian troops left.", "Ardian", "adjective"),
        ("Many Ardians left.", "Ardians", "people"),
        ("Ardians left.", "Ardians", "people"),
        ("Swiss troops left.", "Swiss", "adjective"),
        ("The Sudanese were told.", "Sudanese", "people"),
        ("Sudanese were told.", "Sudanese", "adjective"),
        ("A Lebanese, 40, was hurt.", "Lebanese", "people"),
        ("Two Lebanese soldiers left.", "Lebanese", "adjective"),
    ],
)
def test_demonyms(text: str, word: str, expected: str) -> None:
    """A people in the plural, or alone behind an article, else an adjective."""
    assert meant(text, word, Use(how="demonym")) == expected


@pytest.mark.parametrize(
    ("within", "expected"), [("ORG", "organization"), ("MIL", "organization"), ("FAC", "literal"), (None, "literal")]
)
def test_parts_of_longer_names(within: EntityType | None, expected: str) -> None:
    """A body is not where its name says; a building mostly is."""
    assert meant("The Orr Institute", "Orr", within=within) == expected
    inside = "organization" if expected == "organization" else "adjective"
    assert meant("The Ardian Institute", "Ardian", Use(how="demonym"), within=within) == inside


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("Orr said so.", "", "government"),
        ("Orr has denied it.", "", "government"),
        ("Orr was quiet.", "", "literal"),
        ("It rained in Orr.", "", "literal"),
        ("They met with Orr.", "", "government"),
        ("Orr left.", "speaks", "government"),
        ("Orr left.", "acts", "government"),
        ("Orr left.", "scene", "literal"),
    ],
)
def test_words_and_parts(text: str, part: Part, expected: str) -> None:
    """Without the encoder's rows, what the text makes of a name and the words beside it decide."""
    assert meant(text, "Orr", Use(part=part)) == expected


def test_seats_and_phrases() -> None:
    """A seat of government is its government; before the head of a phrase a government is an adjective."""
    assert meant("The Old Fort was quiet.", "Old Fort", Use(how="metonym")) == "government"
    assert meant("Orr officials left.", "Orr", Use(part="acts", modifies=True)) == "adjective"
    assert meant("US troops left.", "US", Use(how="abbreviation", part="scene"), kind="NORP") == "literal"
    assert meant("Zandic troops left.", "Zandic", kind="NORP") == "adjective"


def test_the_model_decides() -> None:
    """The weights on the encoder's row outweigh the words."""
    model = ReadingModel("sha256:p", np.array([2.0, 0.0], np.float32), -1.0)
    assert model.odds(np.array([3.0, 9.0], np.float32)) == 5.0
    for row, expected in (([3.0, 0.0], 5.0), ([-3.0, 0.0], -7.0)):
        assert odds("", "", Use(row=np.array(row, np.float32)), model) == pytest.approx(expected)
    assert odds("in ", "", Use(row=np.array([3.0, 0.0], np.float32)), model) < 5.0


@pytest.mark.parametrize(
    "text",
    ["", "{", "{}", '{"pack": "p", "weights": [[1]], "constant": 0}', '{"pack": "p", "weights": ["x"], "constant": 0}'],
)
def test_broken_weights(text: str, tmp_path: Path) -> None:
    """A file that is no model is an error with its name."""
    path = tmp_path / "readings.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"readings\.json"):
        load_reading_model(path)


def test_weights_are_read(tmp_path: Path) -> None:
    """What was written is read."""
    path = tmp_path / "readings.json"
    path.write_text(json.dumps({"pack": "sha256:p", "weights": [0.5, 1], "constant": 2}), encoding="utf-8")
    model = load_reading_model(path)
    assert (model.pack, model.weights.tolist(), model.constant) == ("sha256:p", [0.5, 1.0], 2.0)


@pytest.mark.weights
def test_the_shipped_model_is_for_the_shipped_pack(real_reader: object) -> None:
    """A new pack needs new weights: run ``python -m training.places``."""
    pack = real_reader.pack  # type: ignore[attr-defined]
    assert isinstance(pack, Pack)
    assert load_reading_model().pack == pack.digest
