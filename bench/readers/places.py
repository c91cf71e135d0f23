"""
Names of places: LGL, GeoWebNews, GeoVirus, and ReLocaR's literal and metonymic names.

GeoVirus and ReLocaR's test part are for measuring only. LGL and GeoWebNews may be
trained on, so that figures on them are cross-validated: :func:`fold_of` parts
their documents in one way for training and bench.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from allegedly.actors.dictionary import load_table_of_actors
from allegedly.metrics.places import PlacedName
from bench.corpora import Corpus, load_corpora

GOLD = {"LGL": "places_lgl", "GeoWebNews": "places_geowebnews", "GeoVirus": "places_geovirus"}
TRAINABLE = ("LGL", "GeoWebNews")
FOLDS = 5
READINGS = ("literal", "metonymic")

_RELOCAR = {"lit": "literal", "met": "metonymic"}
_GEOWEBNEWS = {
    "Literal": "literal", "Literal_Modifier": "literal", "Mixed": "literal", "Coercion": "literal",
    "Embedded_Literal": "literal", "Metonymic": "metonymic", "Non_Literal_Modifier": "metonymic",
    "Embedded_Non_Lit": "metonymic", "Demonym": "metonymic",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlacedText:
    """
    A document with its names of places.

    Args:
        id: Name of the document.
        corpus: Name of its corpus in tables.
        text: The document.
        published: Publication date; None if the corpus gives none.
        url: Where it was published; empty if the corpus does not say.
        gold: Its names, in order; those without coordinates included.
    """

    id: str
    corpus: str
    text: str
    published: date | None
    url: str
    gold: list[PlacedName]


class ReadName(NamedTuple):
    """
    A name in a text and how it is meant.

    Args:
        document: Id of the text.
        text: The text.
        start: First code point of the name.
        end: Code point after its last.
        reading: One of :data:`READINGS`.
    """

    document: str
    text: str
    start: int
    end: int
    reading: str


def read_placed(corpus: str) -> list[PlacedText]:
    """Read a corpus by its name in tables."""
    return [parse_placed(corpus, row) for row in _lines(load_corpora()[GOLD[corpus]])]


def read_relocar(part: str) -> list[ReadName]:
    """Read ReLocaR's "train" or "test"; the 18 mixed ones are left out, as in its paper."""
    return list(parse_readings(_lines(load_corpora()[f"relocar_{part}"]), _RELOCAR, key="reading"))


def read_geowebnews_readings() -> list[ReadName]:
    """Read how names are meant in GeoWebNews."""
    return list(parse_readings(_lines(load_corpora()[GOLD["GeoWebNews"]]), _GEOWEBNEWS, key="type"))


def fold_of(document: str, folds: int = FOLDS) -> int:
    """Give the part of a document, by its id alone: 0 to one less than ``folds``."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % folds


def with_ids_only(document: PlacedText) -> PlacedText:
    """Leave out gold that is in no gazetteer: streets and buildings."""
    return replace(document, gold=[name for name in document.gold if name.id is not None])


def parse_placed(corpus: str, row: dict[str, Any]) -> PlacedText:
    """Read one row of a corpus."""
    gold = sorted((parse_name(name) for name in row["toponyms"]), key=lambda name: (name.start, name.end))
    url = "" if corpus == "GeoVirus" else row.get("url") or ""
    return PlacedText(str(row["id"]), corpus, row["text"], _day(row.get("date")), url, gold)


def parse_name(row: dict[str, Any]) -> PlacedName:
    """Read one name; GeoVirus links Wikipedia instead of a gazetteer."""
    point = None if row.get("lat") is None else (float(row["lat"]), float(row["lon"]))
    identity = row.get("geonameid")
    return PlacedName(row["start"], row["end"], point, f"geonames:{identity}" if identity else None, _country(row))


def parse_readings(rows: Iterable[dict[str, Any]], names: dict[str, str], *, key: str) -> Iterator[ReadName]:
    """Read how names are meant; what has no reading in the table is left out."""
    for row in rows:
        for name in row["toponyms"]:
            if name[key] in names:
                yield ReadName(str(row["id"]), row["text"], name["start"], name["end"], names[name[key]])


def _country(row: dict[str, Any]) -> str | None:
    """Give the code of a country that is named: LGL has a feature code, GeoVirus the title of a page of Wikipedia."""
    if link := row.get("wikipedia"):
        named = unquote(urlsplit(link).path.rsplit("/", 1)[-1]).replace("_", " ").removesuffix(" (country)")
    elif (row.get("fcode") or "").startswith("PCL"):
        named = row["gazname"]
    else:
        return None
    codes = {entry.country for entry in load_table_of_actors().find(named) if entry.table == "state"}
    return codes.pop() if len(codes) == 1 else None


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None


def _lines(corpus: Corpus) -> Iterator[dict[str, Any]]:
    with corpus.verify().open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
