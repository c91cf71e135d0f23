"""Readers of corpora that know names, mentions and chains, on small made-up files of their forms."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from training.corpora import Annotated
from training.entities import NOTHING
from training.entity_corpora import (
    PLACE,
    UNMARKED,
    read_crossner,
    read_gmb,
    read_gum,
    read_gum_attribution_only,
    read_litbank,
    read_mentions,
    read_re3d,
    read_wikigold,
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of corpora."""
    monkeypatch.setenv("ALLEGEDLY_SHARED", str(tmp_path))
    return tmp_path / "data"


def write(path: Path, content: str) -> None:
    """Write a file, gzipped."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content.encode()))


def names(raw: Annotated) -> list[tuple[str, tuple[str, ...]]]:
    """Give the names of a text with their types."""
    assert raw.entities is not None
    return [(raw.text[start:end], types) for start, end, types in raw.entities.names]


def only(texts: Iterator[Annotated]) -> Annotated:
    """Give the only text of a corpus."""
    (raw,) = texts
    return raw


WIKIGOLD = """\
Omar I-PER
Taal I-PER
left O
Orr I-LOC
, O
" O
he O
said O
. O

Red I-ORG
Front I-ORG
wo O
n't O
"""


def test_wikigold(data: Path) -> None:
    """Names are read from tags, and text gets the blanks that print has."""
    write(data / "wikigold" / "wikigold.conll.txt.gz", WIKIGOLD)
    raw = only(read_wikigold())
    assert raw.text == "Omar Taal left Orr, \"he said. Red Front won't"
    assert names(raw) == [("Omar Taal", ("PER",)), ("Orr", PLACE), ("Red Front", ("ORG", "MIL"))]
    assert [raw.text[s:e] for s, e in raw.sentences or []] == ['Omar Taal left Orr, "he said.', "Red Front won't"]
    assert raw.entities is not None
    assert (raw.entities.other_names, raw.entities.other_mentions) == (NOTHING, 0)


def test_neighbouring_names(data: Path) -> None:
    """A B tag begins another name of the same type."""
    write(data / "wikigold" / "wikigold.conll.txt.gz", "Omar I-PER\nLina B-PER\nTaal I-PER\nOrr I-LOC")
    assert [name for name, _ in names(only(read_wikigold()))] == ["Omar", "Lina Taal", "Orr"]


def test_crossner(data: Path) -> None:
    """Train and dev are read; six sentences make a text."""
    rows = "Omar\tB-politician\nTaal\tI-politician\nleft\tO\n\n" * 7
    for part in ("train", "dev"):
        write(data / "crossner_politics" / f"{part}.conll.gz", rows)
    raws = list(read_crossner())
    assert [raw.id for raw in raws] == ["crossner-train-0", "crossner-train-6", "crossner-dev-0", "crossner-dev-6"]
    assert [len(raw.sentences or []) for raw in raws] == [6, 1, 6, 1]
    assert names(raws[1]) == [("Omar Taal", ("PER",))]


def test_an_unknown_tag_is_refused(data: Path) -> None:
    """A type that no table maps stops the reading."""
    write(data / "wikigold" / "wikigold.conll.txt.gz", "Omar I-ALIEN")
    with pytest.raises(KeyError, match="ALIEN"):
        list(read_wikigold())


def test_gmb(data: Path) -> None:
    """Silver names lose their titles; types that nobody maps, such as times, are left out."""
    row = {"text": "President Omar left Orr Monday .", "entities": [[0, 14, "per"], [20, 23, "geo"], [24, 30, "tim"]]}
    write(data / "gmb_voa_ner" / "gmb_sentences.jsonl.gz", json.dumps(row) + "\n" + json.dumps(row))
    raw = only(read_gmb())
    assert names(raw) == [("Omar", ("PER",)), ("Orr", PLACE)] * 2
    assert len(raw.sentences or []) == 2


def re3d(**changes: Any) -> str:
    """Write one re3d row."""
    row = {
        "id": "1", "text": "The Red Front hit rebels in Orr", "licence": "OGL", "source": "state",
        "entities": [
            {"start": 0, "end": 13, "type": "Organisation"}, {"start": 18, "end": 24, "type": "Organisation"},
            {"start": 28, "end": 31, "type": "Location"},
        ],
    }  # fmt: skip
    return json.dumps(row | changes)


def test_re3d(data: Path) -> None:
    """Names lose their article; what is no name may be anything."""
    write(data / "re3d" / "re3d.jsonl.gz", re3d())
    raw = only(read_re3d())
    assert names(raw) == [("Red Front", ("ORG", "MIL")), ("Orr", PLACE)]
    assert raw.entities is not None
    assert [raw.text[s:e] for s, e in raw.entities.loose] == ["rebels"]


@pytest.mark.parametrize("changes", [{"licence": "CC BY-NC"}, {"source": "BBC Monitoring"}])
def test_re3d_without_its_non_commercial_part(changes: dict[str, str], data: Path) -> None:
    """What may not be used commercially is never read."""
    write(data / "re3d" / "re3d.jsonl.gz", re3d(**changes))
    assert list(read_re3d()) == []


def gum(doc: str = "GUM_news_x") -> str:
    """Write one GUM row: President Omar Taal left; he wept; Kenyan men."""
    text = "President Omar Taal left. He wept. Kenyan men"
    words = [
        ("President", "PROPN"), ("Omar", "PROPN"), ("Taal", "PROPN"), ("left", "VERB"), (".", "PUNCT"), ("He", "PRON"),
        ("wept", "VERB"), (".", "PUNCT"), ("Kenyan", "ADJ"), ("men", "NOUN"),
    ]  # fmt: skip
    tokens, at = [], 0
    for word, tag in words:
        start = text.index(word, at)
        at = start + len(word)
        tokens.append([start, at, tag])
    person = {"etype": "person", "grp": 1}
    entities = [
        person | {"s": 0, "e": 19, "hs": 10, "he": 14, "kind": "name"},
        person | {"s": 26, "e": 28, "hs": 26, "he": 28, "kind": "pron"},
        person | {"s": 35, "e": 45, "hs": 42, "he": 45, "kind": "nom", "grp": 2},
        person | {"s": 20, "e": 45, "hs": 42, "he": 45, "kind": "nom", "grp": 3},
    ]  # fmt: skip
    return json.dumps(
        {"doc": doc, "text": text, "tokens": tokens, "sentences": [[0, 25], [26, 34], [35, 45]], "entities": entities}
    )


def test_gum(data: Path) -> None:
    """Mentions have heads, kinds, sets of types and chains; names lose titles; of one head the shorter stays."""
    write(data / "gum" / "gum_train.jsonl.gz", gum())
    raw = only(read_gum())
    labels = raw.entities
    assert labels is not None
    found = [(raw.text[m.start : m.end], raw.text[slice(*m.head)], m.kind, m.keys) for m in labels.mentions]
    assert sorted(found) == [
        ("He", "He", 2, ("1",)), ("Kenyan men", "men", 1, ("2",)), ("President Omar Taal", "Omar", 0, ("1",)),
    ]  # fmt: skip
    assert [name for name, _ in names(raw)] == ["Omar Taal"]
    assert [raw.text[s:e] for s, e in labels.adjectives] == ["Kenyan"]
    assert (labels.chained, labels.other_mentions, labels.other_names) == (True, NOTHING, NOTHING)


@pytest.mark.parametrize(
    ("doc", "count"), [("GUM_bio_x", 0), ("GUM_voyage_x", 0), ("GUM_news_x", 1), ("GUM_interview_x", 1)]
)
def test_gum_without_share_alike(doc: str, count: int, data: Path) -> None:
    """The class A entry leaves share-alike genres out."""
    write(data / "gum" / "gum_train.jsonl.gz", gum(doc))
    assert len(list(read_gum_attribution_only())) == count


def test_litbank(data: Path) -> None:
    """Mentions and chains are read by sentence and word; text is printed as it would be."""
    text = "Omar saw the girl .\nHe left ."
    rows = [
        ["MENTION", "T1", "0", "0", "0", "0", "Omar", "PER", "PROP"],
        ["MENTION", "T2", "0", "2", "0", "3", "the girl", "PER", "NOM"],
        ["MENTION", "T3", "1", "0", "1", "0", "He", "PER", "PRON"],
        ["COREF", "T1", "Omar-1"], ["COREF", "T3", "Omar-1"],
    ]  # fmt: skip
    (data / "litbank").mkdir(parents=True)
    with tarfile.open(data / "litbank" / "litbank.tar.gz", "w:gz") as archive:
        for name, content in (("a.txt", text), ("a.ann", "\n".join(map("\t".join, rows)))):
            info = tarfile.TarInfo(f"litbank/coref/tsv/{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content.encode()))
    raw = only(read_litbank())
    labels = raw.entities
    assert (raw.text, raw.id) == ("Omar saw the girl. He left.", "litbank-a")
    assert labels is not None
    assert [(raw.text[m.start : m.end], raw.text[slice(*m.head)], m.kind, m.keys) for m in labels.mentions] == [
        ("Omar", "Omar", 0, ("Omar-1",)), ("the girl", "girl", 1, ("T2",)), ("He", "He", 2, ("Omar-1",)),
    ]  # fmt: skip
    assert (labels.chained, labels.other_names) == (True, 0)


def test_the_marked_reports_are_sound() -> None:
    """This project's own reports can all be read; heads lie in phrases, no two share one, names do not overlap."""
    raws = list(read_mentions())
    assert len(raws) > 400
    for raw in raws:
        labels = raw.entities
        assert labels is not None
        assert (labels.chained, labels.other_mentions, labels.other_names) == (True, UNMARKED, NOTHING)
        heads = [m.head for m in labels.mentions]
        assert len(set(heads)) == len(heads)
        assert all(m.start <= m.head[0] < m.head[1] <= m.end for m in labels.mentions)
        edges = [edge for start, end, _ in labels.names for edge in (start, end)]
        assert edges == sorted(edges)


def test_the_marked_reports_have_unlike_texts() -> None:
    """No report comes twice."""
    texts = [raw.text for raw in read_mentions()]
    assert len(set(texts)) == len(texts)
