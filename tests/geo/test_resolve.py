"""Which place each name is: evidence of each kind, reasons, what stays unresolved, hostile sizes."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from allegedly.geo import resolve
from allegedly.geo.features import FEATURES, OWN
from allegedly.geo.ranker import SURE, load_ranker
from allegedly.geo.reasons import REASONS, explain
from allegedly.geo.resolve import Resolved, precision_of, resolve_places
from allegedly.geo.toponyms import FoundName
from allegedly.records.place import Place
from tests.geo.towns import ARDIA, AZEL, BELDA, KARVELI, KARVELI_REGION, MERE, NORDA, ORR, OTHER_ORR, Towns, many


def read(text: str, *words: str, country: str | None = None, towns: Towns | None = None) -> list[Resolved]:
    """Resolve names of a text, given in order."""
    found, at = [], 0
    for name in words:
        at = text.index(name, at)
        found.append(FoundName(at, at + len(name), "GPE"))
        at += len(name)
    return resolve_places(text, found, towns or Towns(), publisher_country=country)


def ids(resolved: list[Resolved]) -> list[str | None]:
    """Give the ids of what was resolved."""
    return [one.place.id if one.place else None for one in resolved]


def test_one_candidate() -> None:
    """A name of one place is that place, and says so."""
    (one,) = read("Shells fell on Azel.", "Azel")
    assert (one.place, one.reason, one.candidates, one.others) == (AZEL, "only-candidate", 1, ())
    assert (one.precision, one.radius) == ("town", 2.0)


def test_an_unknown_name() -> None:
    """A name that no list has fails openly."""
    (one,) = read("Shells fell on Veldra.", "Veldra")
    assert (one.place, one.precision, one.radius, one.reason) == (None, None, None, "unresolved-unknown-name")
    assert (one.candidates, one.confidence) == (0, 0.0)


@pytest.mark.parametrize(("container", "expected"), [("Ardia", ORR), ("Belda", OTHER_ORR)])
@pytest.mark.parametrize("text", ["Shells fell on Orr, {}.", "Shells fell on Orr in {}."])
def test_what_stands_beside_it(text: str, container: str, expected: Place) -> None:
    """The X of "X, Y" is the one in Y, however large the other."""
    resolved = read(text.format(container), "Orr", container)
    assert ids(resolved)[0] == expected.id
    assert resolved[0].others


def test_the_country_of_the_text() -> None:
    """Names and peoples elsewhere in the text vote for their country."""
    text = "Ardian troops held Azel and Karveli. A day later shells fell on Orr."
    resolved = read(text, "Ardian", "Azel", "Karveli", "Orr")
    assert ids(resolved) == [ARDIA.id, AZEL.id, KARVELI.id, ORR.id]
    assert resolved[3].others[0] == OTHER_ORR.id


def test_the_largest_without_evidence() -> None:
    """Where nothing else speaks, the best known place is likeliest, but not sure."""
    (one,) = read("Shells fell on Orr.", "Orr")
    assert one.place in {OTHER_ORR, None}
    assert one.confidence < 0.9


def test_one_sense() -> None:
    """What one occurrence makes plain holds for the others; they say that they have it from there."""
    text = "Shells fell on Orr, Ardia. The mayor of that town spoke.\n\nBy noon it was calm: Orr had no power."
    resolved = read(text, "Orr", "Ardia", "Orr")
    assert ids(resolved) == [ORR.id, ARDIA.id, ORR.id]
    if resolved[0].reason == "inside-region":
        assert resolved[2].reason == "one-sense-per-document"


def test_the_word_beside_it_says_what_it_is() -> None:
    """The region is taken where the text says region, else the town of that name."""
    resolved = read("Karveli region is calm. In Karveli it rained.", "Karveli", "Karveli")
    assert [one.place for one in resolved] == [KARVELI_REGION, KARVELI]
    assert [one.precision for one in resolved] == ["region", "town"]


def test_a_margin_too_small_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the least confidence the candidates are given, not a place."""
    monkeypatch.setattr(resolve, "LEAST_SURE", 1.1)
    (one,) = read("Shells fell on Orr.", "Orr")
    assert (one.place, one.reason, one.candidates) == (None, "unresolved-ambiguous", 2)
    assert set(one.others) == {ORR.id, OTHER_ORR.id}
    assert one.confidence > 0


def test_the_publisher_counts() -> None:
    """The publisher's country makes its own places likelier."""
    chances = {country: read("Shells fell on Orr.", "Orr", country=country) for country in ("AAA", "BBB")}
    assert ids(chances["BBB"]) == [OTHER_ORR.id]
    ((home,), (away,)) = (chances["AAA"], chances["BBB"])
    assert home.place != away.place or home.confidence < away.confidence


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (ARDIA, "country"), (NORDA, "region"), (ORR, "town"), (MERE, "region"),
        (Place("x", "Gol Bridge", 0.0, 0.0, "AAA", "facility"), "exact"),
        (Place("x", "Mount Gol", 0.0, 0.0, "AAA", "natural", radius_km=3.0), "exact"),
        (Place("x", "Lake Gol", 0.0, 0.0, "AAA", "natural", radius_km=20.0), "district"),
        (Place("x", "the Gol", 0.0, 0.0, "AAA", "informal", radius_km=20.0), "region"),
        (Place("x", "Gol District", 0.0, 0.0, "AAA", "district"), "district"),
    ],
)  # fmt: skip
def test_precision(place: Place, expected: str) -> None:
    """A country is never a point; large seas are as vague as regions."""
    assert precision_of(place) == expected


def test_the_same_places_in_any_company() -> None:
    """Reading twice gives the same; names come back in order, one for one."""
    text = "Orr, Azel, Veldra, Karveli and the Mere Sea"
    words = ("Orr", "Azel", "Veldra", "Karveli", "Mere Sea")
    assert read(text, *words) == read(text, *words)
    assert [text[one.name.start : one.name.end] for one in read(text, *words)] == list(words)
    assert read("") == []


def test_parties_change_places() -> None:
    """Countries that change places change the answer and nothing else."""
    one = read("Ardia and Belda met. Belda left.", "Ardia", "Belda", "Belda")
    other = read("Belda and Ardia met. Ardia left.", "Belda", "Ardia", "Ardia")
    assert [found.place and found.place.id for found in one] == ["t:1", "t:2", "t:2"]
    assert [found.place and found.place.id for found in other] == ["t:2", "t:1", "t:1"]
    assert [found.precision for found in one] == [found.precision for found in other]


def test_five_hundred_names_do_not_explode() -> None:
    """A gazetteer's worth of names, each of many places, is read in a second or two."""
    towns = Towns(*many(60))
    text = ", ".join(["Sunfield", "Orr", "Azel", "Karveli", "Veldra"] * 100)
    words = ["Sunfield", "Orr", "Azel", "Karveli", "Veldra"] * 100
    begin = time.perf_counter()
    assert len(read(text, *words, towns=towns)) == 500
    assert time.perf_counter() - begin < 5


def test_reasons_are_a_closed_list() -> None:
    """Each feature's weight speaks for one of the reasons; no rival is a reason of its own."""
    ranker = load_ranker()
    assert explain(None, ranker.second, bound=True) == "only-candidate"
    given = set()
    for k in range(len(FEATURES)):
        gain = ranker.second * 0
        gain[k] = 1.0 if ranker.second[k] >= 0 else -1.0
        given.add(explain(gain, ranker.second, bound=True))
    assert given <= set(REASONS)
    assert {"inside-region", "same-country", "most-populous"} <= given


def test_the_shipped_weights() -> None:
    """They fit the features, and lean the way that sense does."""
    ranker = load_ranker()
    assert (len(ranker.first), len(ranker.second), len(ranker.sure)) == (len(OWN), len(FEATURES), len(SURE))
    weight = dict(zip(FEATURES, ranker.second.tolist(), strict=True))
    assert min(weight[name] for name in ("people", "inside-next-strictly", "publishers-country", "top-country")) > 0
    assert weight["how-loose"] < weight["how-name"]
    assert 0 <= ranker.confidence(ranker.second * 0, 0.5) <= ranker.confidence(ranker.second * 0, 1.0) <= 1


HILL = Place("t:70", "Hill", -11.5, 20.5, "BBB", population=3_000)


def sure_of(place: Place, confidence: float = 0.9) -> Resolved:
    """Give a name that is resolved to a place."""
    return Resolved(FoundName(0, 4, "GPE"), place, "town", 1.0, 2, ("t:99",), "only-candidate", confidence, "name")


@pytest.mark.parametrize(
    ("told", "stranger", "expected"),
    [
        ([AZEL, ORR, NORDA], HILL, "unresolved-elsewhere"),
        ([AZEL, ORR], HILL, "only-candidate"),
        ([AZEL, AZEL, AZEL], HILL, "only-candidate"),
        ([AZEL, ORR, NORDA, BELDA], HILL, "only-candidate"),
        ([AZEL, ORR, NORDA], replace(HILL, population=900_000), "only-candidate"),
        ([AZEL, ORR, NORDA], replace(HILL, kind="region"), "only-candidate"),
        ([AZEL, ORR, NORDA], replace(HILL, country="AAA"), "only-candidate"),
        ([AZEL, ORR, replace(NORDA, claimants=("AAA", "BBB"))], HILL, "only-candidate"),
    ],
)
def test_small_towns_of_other_countries_stay_open(told: list[Place], stranger: Place, expected: str) -> None:
    """Where three other names tell which country it is, a small town of another one is a namesake of a village."""
    *others, last = resolve._without_strangers([*map(sure_of, told), sure_of(stranger, 0.7)])
    assert (last.reason, [one.place for one in others]) == (expected, told)
    if expected == "unresolved-elsewhere":
        assert (last.place, last.precision, last.radius, last.others) == (None, None, None, ("t:70", "t:99"))


def test_unsure_places_tell_nothing() -> None:
    """Only places that are sure themselves say where a text is."""
    told = [sure_of(place, 0.5) for place in (AZEL, ORR, NORDA)]
    assert resolve._without_strangers([*told, sure_of(HILL, 0.7)])[-1].place == HILL


def test_what_is_sure_itself_stays() -> None:
    """A town of another country that the ranker is sure of is no mere namesake."""
    assert resolve._without_strangers([*map(sure_of, (AZEL, ORR, NORDA)), sure_of(HILL)])[-1].place == HILL
