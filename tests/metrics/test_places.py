"""Names of places against gold, and against the project's shared scorer."""

from __future__ import annotations

import importlib.util
import json
import random
import re
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.metrics.places import MEASURES, PlacedName, error_km, is_right, pair_places, score_places
from allegedly.metrics.spans import Score
from bench.corpora import shared_folder

KYIV, MOSCOW = (50.45, 30.52), (55.75, 37.62)
GOLD = [PlacedName(0, 4, KYIV, "geonames:1"), PlacedName(10, 16, MOSCOW)]

NAMES = st.lists(
    st.builds(
        lambda start, length, point, number: PlacedName(start, start + length, point, f"geonames:{number}"),
        st.integers(0, 40),
        st.integers(1, 9),
        st.sampled_from([None, KYIV, MOSCOW, (50.5, 30.4)]),
        st.integers(1, 3),
    ),
    max_size=8,
)


def hits(gold: list[PlacedName], found: list[PlacedName]) -> tuple[int, ...]:
    """Give the hits of each measure."""
    scores = score_places(gold, found)
    return tuple(scores[measure].hits for measure in MEASURES)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (GOLD, (2, 2, 2, 2)),
        ([GOLD[0]], (1, 1, 1, 1)),
        ([PlacedName(2, 3, (51.0, 30.0))], (1, 1, 1, 1)),
        ([PlacedName(0, 4, MOSCOW)], (1, 0, 0, 0)),
        ([PlacedName(0, 4, MOSCOW, "geonames:1")], (1, 1, 1, 1)),
        ([PlacedName(0, 4)], (1, 0, 0, 0)),
        ([PlacedName(4, 10, KYIV)], (0, 0, 0, 0)),
        ([], (0, 0, 0, 0)),
    ],
)
def test_what_counts(found: list[PlacedName], expected: tuple[int, ...]) -> None:
    """A name is right if it is found and near enough, or the same entry."""
    assert hits(GOLD, found) == expected


def test_gold_without_coordinates_is_left_out() -> None:
    """What the corpus itself could not place is not asked for."""
    scores = score_places([PlacedName(0, 4)], [PlacedName(0, 4, KYIV)])
    assert scores["placed"] == Score(0, 0, 1)


def test_unresolved_names_are_found_but_not_placed() -> None:
    """They count against recall, not against precision of what is placed."""
    scores = score_places(GOLD, [GOLD[0], PlacedName(10, 16)])
    assert (scores["found"].precision, scores["placed"].precision, scores["placed"].recall) == (100.0, 100.0, 50.0)
    assert scores["placed if found"].recall == 50.0


@pytest.mark.parametrize(("country", "right"), [("AAA", 1), ("BBB", 0), (None, 0)])
def test_countries_go_by_code(country: str | None, right: int) -> None:
    """A country is right if it is the same one, wherever its point lies."""
    gold = [PlacedName(0, 4, KYIV, country="AAA")]
    scores = score_places(gold, [PlacedName(0, 4, MOSCOW, country=country)])
    assert (scores["placed"].hits, scores["placed, countries by code"].hits) == (0, right)


def test_each_name_is_used_once() -> None:
    """One name found cannot answer two of the gold; the longer overlap wins."""
    gold = [PlacedName(0, 10, KYIV), PlacedName(10, 20, KYIV)]
    pairs = pair_places(gold, [PlacedName(0, 12, KYIV), PlacedName(3, 11, KYIV)])
    assert [(one.start, other.start) for one, other in pairs] == [(0, 0), (10, 3)]


def test_distances() -> None:
    """Kyiv and Moscow are some 756 km apart; without coordinates the distance is endless."""
    assert error_km(GOLD[0], GOLD[1]) == pytest.approx(756, abs=2)
    assert error_km(GOLD[0], PlacedName(0, 4)) == float("inf")
    assert not is_right(GOLD[1], PlacedName(0, 4, None, None))


@given(NAMES)
def test_itself_is_right(gold: list[PlacedName]) -> None:
    """Gold scored against itself has no error but for spans that stand twice."""
    apart = list({name.start: name for name in gold}.values())
    known = [name for name in apart if name.point]
    scores = score_places(known, known)
    assert scores["placed"].hits <= len(known)
    assert scores["found"].hits == len(pair_places(known, known))


def shared_scorer() -> ModuleType:
    """Load the shared scorer from its file."""
    path = shared_folder() / "bench" / "score_places.py"
    spec = importlib.util.spec_from_file_location("score_places", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def random_names(chance: random.Random) -> list[PlacedName]:
    """Make names with and without coordinates and ids."""
    names = []
    for _ in range(chance.randint(0, 6)):
        start = chance.randint(0, 30)
        point = chance.choice([None, KYIV, MOSCOW, (51.0, 31.0)])
        identity = chance.choice([None, "geonames:1", "geonames:2"])
        names.append(PlacedName(start, start + chance.randint(1, 8), point, identity))
    return names


@pytest.mark.corpora
def test_as_the_shared_scorer_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same figures on the same random names."""
    scorer, chance = shared_scorer(), random.Random(7)  # noqa: S311 - no secret
    # as its own reader does, which leaves files open
    scorer.load = lambda path: [json.loads(line) for line in path.read_text("utf-8").splitlines()]  # type: ignore[attr-defined]
    for _ in range(60):
        gold, found = random_names(chance), random_names(chance)
        write(tmp_path, gold, found)
        scorer.main(tmp_path / "gold.jsonl", tmp_path / "found.jsonl")
        shown = re.findall(r"-?\d+\.\d", capsys.readouterr().out)
        scores = score_places(gold, found)
        ours = (
            scores["found"].precision,
            scores["found"].recall,
            scores["found"].f1,
            scores["placed"].recall,
            scores["placed"].precision,
            scores["placed if found"].recall,
        )
        theirs = [float(figure) for figure in shown[:6]]
        assert theirs == pytest.approx(ours, abs=0.0500001)


def write(folder: Path, gold: list[PlacedName], found: list[PlacedName]) -> None:
    """Write names in the forms of the shared scorer."""
    toponyms = [
        {"start": n.start, "end": n.end, "lat": n.point[0] if n.point else None, "lon": n.point[1] if n.point else None,
         "geonameid": n.id.removeprefix("geonames:") if n.id else None}
        for n in gold
    ]  # fmt: skip
    places = [
        {"span": [n.start, n.end], "latitude": n.point[0] if n.point else None,
         "longitude": n.point[1] if n.point else None, "gazetteer": n.id}
        for n in found
    ]  # fmt: skip
    (folder / "gold.jsonl").write_text(json.dumps({"id": "d", "toponyms": toponyms}) + "\n", encoding="utf-8")
    (folder / "found.jsonl").write_text(
        json.dumps({"document": {"id": "d"}, "places": places}) + "\n", encoding="utf-8"
    )
