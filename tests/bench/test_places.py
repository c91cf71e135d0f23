"""Places in the bench: readers, folds, rivals, figures, on invented input."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from allegedly.geo.gazetteer import Gazetteer
from allegedly.metrics.places import PlacedName
from bench.corpora import Corpus, CorpusMissingError, load_corpora
from bench.readers import places as readers
from bench.readers.places import GOLD, PlacedText, ReadName, fold_of, parse_placed, parse_readings, with_ids_only
from bench.rivals.most_populous import MostPopulous
from bench.tasks import places

KYIV, LVIV = (50.45, 30.52), (49.84, 24.03)
TEXT = PlacedText(
    "d1", "GeoVirus", "From Kyiv to Lviv.", None, "",
    [PlacedName(5, 9, KYIV), PlacedName(13, 17, LVIV)],
)  # fmt: skip


class Fixed:
    """A system that knows two names."""

    name = "fixed"

    def resolve(self, document: PlacedText, names: Sequence[places.Span]) -> list[PlacedName]:
        """Put everything in Kyiv."""
        assert document.text
        return [PlacedName(start, end, KYIV) for start, end in names]

    def read(self, document: PlacedText) -> list[PlacedName]:
        """Find the first name only."""
        return self.resolve(document, [(5, 9)])


def test_rows_are_read() -> None:
    """Coordinates are numbers, ids have a prefix, names are in order, dates are days."""
    row = {
        "id": 7, "text": "Orr, Azel", "date": "2009-03-20", "url": "http://example.uk/1",
        "toponyms": [
            {"start": 5, "end": 9, "name": "Azel", "lat": None, "lon": None},
            {"start": 0, "end": 3, "name": "Orr", "lat": "1.5", "lon": 2, "geonameid": "12"},
        ],
    }  # fmt: skip
    read = parse_placed("LGL", row)
    assert (read.id, read.published, read.url) == ("7", date(2009, 3, 20), "http://example.uk/1")
    assert read.gold == [PlacedName(0, 3, (1.5, 2.0), "geonames:12"), PlacedName(5, 9)]
    assert with_ids_only(read).gold == read.gold[:1]


@pytest.mark.parametrize(
    ("row", "country"),
    [
        ({"wikipedia": "https://en.wikipedia.org/wiki/Georgia_(country)"}, "GEO"),
        ({"wikipedia": "https://en.wikipedia.org/wiki/Kyiv"}, None),
        ({"fcode": "PCLI", "gazname": "Georgia"}, "GEO"),
        ({"fcode": "ADM1", "gazname": "Georgia"}, None),
        ({}, None),
    ],
)
def test_countries_of_the_gold(row: dict[str, str], country: str | None) -> None:
    """A country is known by the page that is linked, or by its feature code."""
    assert readers.parse_name({"start": 0, "end": 1, **row}).country == country


def test_readings_are_parsed() -> None:
    """What has no reading in the table is left out."""
    rows = [
        {"id": "r", "text": "Orr", "toponyms": [{"start": 0, "end": 3, "reading": kind} for kind in ("lit", "mixed")]}
    ]
    assert list(parse_readings(rows, {"lit": "literal"}, key="reading")) == [ReadName("r", "Orr", 0, 3, "literal")]


def test_folds() -> None:
    """A document's part is fixed by its id; all parts are used."""
    assert fold_of("d1") == fold_of("d1")
    assert {fold_of(f"d{k}") for k in range(60)} == set(range(5))
    assert {fold_of(f"d{k}", 3) for k in range(60)} == {0, 1, 2}


def test_every_corpus_is_written_down() -> None:
    """Each corpus has an origin, a licence and a digest."""
    listed = load_corpora()
    for name in (*GOLD.values(), "relocar_train", "relocar_test"):
        assert len(listed[name].digest) == 64
        assert listed[name].origin
        assert listed[name].licence


def test_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Corpora come from files, line by line."""
    file = tmp_path / "rows.jsonl"
    rows = [
        {
            "id": "a",
            "text": "Orr",
            "toponyms": [{"start": 0, "end": 3, "lat": 1, "lon": 2, "reading": "met", "type": "Literal"}],
        }
    ]
    file.write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")
    monkeypatch.setattr(Corpus, "verify", lambda _: file)
    assert [document.id for document in readers.read_placed("LGL")] == ["a"]
    assert [name.reading for name in readers.read_relocar("test")] == ["metonymic"]
    assert [name.reading for name in readers.read_geowebnews_readings()] == ["literal"]


def test_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Given names are scored apart from names found."""
    monkeypatch.setattr(places, "read_placed", lambda _: [TEXT])
    given = places.run_given(Fixed(), ["GeoVirus"])["places of given names, GeoVirus"].figures
    assert (given["found"], given["right of gold"], given["right of placed"]) == (100.0, 50.0, 50.0)
    found = places.run_places(Fixed(), ["GeoVirus"])["places, GeoVirus"].figures
    assert (found["found"], found["right of gold"], found["right of placed"]) == (50.0, 50.0, 100.0)
    assert found["right of gold, countries by code"] == 50.0


def test_entries_are_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """GeoWebNews has streets; what GeoNames has is a figure of its own."""
    gold = [PlacedName(5, 9, KYIV, "geonames:1"), PlacedName(13, 17, LVIV)]
    text = PlacedText("d", "GeoWebNews", TEXT.text, None, "", gold)
    monkeypatch.setattr(places, "read_placed", lambda _: [text])
    figures = places.run_places(Fixed(), ["GeoWebNews"])["places, GeoWebNews"].figures
    assert (figures["right of gold"], figures["right of GeoNames entries"]) == (50.0, 100.0)


def test_readings_are_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    """The share of names that are read rightly."""
    names = [ReadName("a", "Orr", 0, 3, "literal"), ReadName("b", "Orr", 0, 3, "metonymic")]
    monkeypatch.setattr(places, "read_relocar", lambda _: names)
    figures = places.run_readings(lambda _: "literal")["readings, ReLocaR"].figures
    assert figures == {"reading": 50.0, "literal": 100.0, "metonymic": 0.0}


def test_the_largest_place() -> None:
    """The baseline takes the largest, a country first, and nothing for what is unknown."""
    system = MostPopulous(lambda _: [(5, 9), (13, 17)], Gazetteer.open())
    assert [name.point is not None for name in system.read(TEXT)] == [True, True]
    georgia = PlacedText("d", "LGL", "Georgia, Xxqq", None, "", [])
    (country, unknown) = system.resolve(georgia, [(0, 7), (9, 13)])
    assert (country.country, unknown.point) == ("GEO", None)


def test_geotext_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its words are placed in the text one after the other; countries and peoples are countries."""

    class Index:
        countries, nationalities = {"ukraine": "UA"}, {"ukrainian": "UA"}

    class GeoText:
        index = Index

        def __init__(self, text: str) -> None:
            self.cities = [word for word in ("Kyiv", "Kyiv") if word in text]
            self.countries = [word for word in ("Ukraine",) if word in text]
            self.nationalities = [word for word in ("Ukrainian", "Martian") if word in text]

    package = ModuleType("geotext")
    package.GeoText = GeoText  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "geotext", package)
    monkeypatch.setattr("importlib.metadata.version", lambda _: "1.0")
    monkeypatch.delitem(sys.modules, "bench.rivals.geotext_rival", raising=False)
    from bench.rivals.geotext_rival import GeotextPlaces  # noqa: PLC0415

    system = GeotextPlaces(Gazetteer.open())
    text = PlacedText("d", "LGL", "Ukrainian Kyiv, Kyiv and Ukraine", None, "", [])
    found = system.read(text)
    assert [(name.start, name.country) for name in found] == [(0, "UKR"), (10, None), (16, None), (25, "UKR")]
    (city, nothing) = system.resolve(text, [(10, 14), (21, 24)])
    assert (city.point is not None, nothing.point) == (True, None)
    monkeypatch.delitem(sys.modules, "bench.rivals.geotext_rival", raising=False)


def test_missing_corpora_are_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the corpora nothing is measured, and that is said."""

    def missing() -> None:
        raise CorpusMissingError("no file")

    monkeypatch.setattr(places, "show", missing)
    assert places.main([]) == 1
    assert "NOT RUN" in capsys.readouterr().err


@pytest.mark.weights
def test_our_places() -> None:
    """The shipped annotator finds, resolves and reads; trained corpora get the weights of their fold."""
    ours = places.OurPlaces()
    assert [(name.start, name.end) for name in ours.read(TEXT)] == ours.names(TEXT) == [(5, 9), (13, 17)]
    assert places.score_document(TEXT, ours.resolve(TEXT, ours.names(TEXT)))["placed"].recall == 100.0
    assert ours.meant(ReadName("r", "It rained in Kyiv.", 13, 17, "literal")) == "literal"
    assert ours._annotator(TEXT) is not ours._annotator(PlacedText("d1", "LGL", "x", None, "", []))
