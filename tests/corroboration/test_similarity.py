"""Features of pairs: symmetric, explained, and what excludes one incident."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest

from allegedly.corroboration.blocking import candidate_pairs, keys_of, makes_incident
from allegedly.corroboration.items import Item, days_of, items_of, point_of
from allegedly.corroboration.scorer import SHIPPED, load_scorer
from allegedly.corroboration.similarity import FEATURES, are_incompatible, compare, measure
from allegedly.corroboration.stems import cosine, make_vector, stem, telling
from allegedly.errors import ResourceError
from allegedly.records.ledger import DateRow
from bench.growth import invent_claims
from tests.corroboration.builders import make_claim, make_party, make_place

ITEMS = items_of(list(invent_claims(24)))


def item(**changes: object) -> Item:
    """Make an item of a claim."""
    return items_of([make_claim(**changes)])[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(("left", "right"), list(combinations(range(0, 24, 5), 2)))
def test_features_are_symmetric(left: int, right: int) -> None:
    """Who is named first means nothing."""
    assert measure(ITEMS[left], ITEMS[right]) == pytest.approx(measure(ITEMS[right], ITEMS[left]))


def test_every_feature_is_named() -> None:
    """One number for each name, and each name with its details."""
    compared = compare(ITEMS[0], ITEMS[1])
    assert tuple(feature.name for feature in compared) == FEATURES
    assert [feature.value for feature in compared] == measure(ITEMS[0], ITEMS[1])


def test_the_parts_add_up_to_the_score() -> None:
    """What each feature adds makes the score: nothing is hidden."""
    scorer = load_scorer()
    parts = scorer.explain(ITEMS[0], ITEMS[1])
    total = scorer.bias + sum(part.adds for part in parts)
    assert 1 / (1 + 2.718281828459045**-total) == pytest.approx(scorer.score(ITEMS[0], ITEMS[1]))
    assert scorer.score_rows([measure(ITEMS[0], ITEMS[1])])[0] == pytest.approx(scorer.score(ITEMS[0], ITEMS[1]))


def test_an_explanation_shows_both_values() -> None:
    """The two values compared stand beside the feature."""
    left, right = item(place=make_place("Sorvik")), item(document="d2", place=make_place("Lund"))
    place = next(feature for feature in compare(left, right) if feature.name == "place-differ")
    assert (place.value, place.left, place.right) == (1.0, "sorvik", "lund")


@pytest.mark.parametrize(
    ("one", "other", "excluded"),
    [
        ("2025-03-03", "2025-03-03", False),
        ("2025-03-03", "2025-03-04", False),
        ("2025-03-03", "2025-03-05", True),
        ("2025-03-03", None, False),
    ],
)
def test_days_exclude(one: str, other: str | None, excluded: bool) -> None:  # noqa: FBT001  # a table
    """Two days apart exclude one incident, neighbouring ones do not."""
    assert are_incompatible(item(day=one), item(day=other)) is excluded


def test_places_exclude_beyond_their_radii() -> None:
    """Far points exclude one incident, near ones and regions do not."""
    here, near, far = (
        make_place(name, point) for name, point in (("A", (54.0, 33.0)), ("B", (54.1, 33.1)), ("C", (57.0, 33.0)))
    )
    region = make_place("R", (57.0, 33.0), precision="region")
    assert [are_incompatible(item(place=here), item(place=other)) for other in (near, far, region)] == [
        False,
        True,
        False,
    ]


def test_a_region_says_nothing_against_a_town() -> None:
    """A country's name is not another place than a town's."""
    town, country = make_place("Sorvik", (54.0, 33.0)), make_place("Norland", (55.0, 34.0), precision="country")
    values = dict(zip(FEATURES, measure(item(place=town), item(place=country)), strict=True))
    assert (values["place"], values["place-differ"]) == (0.0, 0.0)


def test_a_publication_day_is_no_day_of_the_event() -> None:
    """Only stated days count."""
    bound = DateRow(None, "2025-03-04", "open", "publication")
    assert days_of(make_claim(date=bound)) is None
    assert point_of(make_claim()) is None


def test_pairs_need_two_things_in_common() -> None:
    """A claim of another town and party is no candidate."""
    first = make_claim(actors=(make_party("Norland"),), place=make_place("Sorvik"))
    other = make_claim(
        "Kasholm raided farms in Lund", document="d2", actors=(make_party("Kasholm"),), place=make_place("Lund")
    )
    same = make_claim(document="d3", actors=(make_party("Norland"),), place=make_place("Sorvik"))
    assert candidate_pairs(items_of([first, other, same])) == [(0, 2)]


def test_keys_hold_the_family_and_a_window() -> None:
    """Claims of other families never share a key."""
    keys = {key for key, _ in keys_of(item(place=make_place("Sorvik")))}
    others = {key for key, _ in keys_of(item(place=make_place("Sorvik"), type="PROTEST"))}
    assert keys
    assert not keys & others


@pytest.mark.parametrize(
    ("kind", "factuality", "makes"),
    [("ASSAULT", "+", True), ("ASSAULT", ">", False), ("ACCUSE", "+", False), (None, None, False)],
)
def test_what_makes_an_incident(kind: str | None, factuality: str | None, makes: bool) -> None:  # noqa: FBT001  # a table
    """Acts that are said to have happened or not."""
    assert makes_incident(kind, factuality) is makes  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("killed", "kill"),
        ("deaths", "die"),
        ("shelling", "shell"),
        ("struck", "strik"),
        ("protests", "protest"),
        ("stopped", "stop"),
    ],
)
def test_stems(words: str, expected: str) -> None:
    """Forms of a word share a stem."""
    assert stem(words) == stem(expected) or stem(words) == expected


def test_rare_words_tell_more() -> None:
    """A name nobody has read tells more than "said"."""
    assert telling("sorvik") > telling(stem("government")) > 0


def test_a_vector_has_length_1() -> None:
    """The same words give 1, no words 0."""
    vector = make_vector(["sorvik", "market"])
    assert cosine(vector, vector) == pytest.approx(1.0)
    assert cosine(vector, {}) == 0.0


@pytest.mark.parametrize("content", ["", "{}", json.dumps({"weights": {"x": 1.0}})])
def test_a_wrong_scorer_is_refused(tmp_path: Path, content: str) -> None:
    """No scorer, or one for other features, is an error that says what to do."""
    file = tmp_path / "scorer.json"
    file.write_text(content)
    with pytest.raises(ResourceError, match=r"scorer\.json") as caught:
        load_scorer(file)
    assert "training.incidents" in caught.value.hint


def test_the_shipped_scorer_says_what_was_set_by_hand() -> None:
    """Weights that no corpus gave are listed."""
    data = json.loads(SHIPPED.read_text("utf-8"))
    assert set(data["by_hand"]) <= set(data["weights"])
    assert data["corpora"] == ["ecbplus train"]
