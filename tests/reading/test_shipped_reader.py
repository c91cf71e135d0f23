"""The shipped pack on real input: demo reports, hostile texts, determinism."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import allegedly
from allegedly.demo import demo_documents
from allegedly.ledger.check import check_ledger
from allegedly.ledger.json import decode_ledger, encode_ledger
from allegedly.records.document import Document
from allegedly.records.ledger import Ledger
from allegedly.settings import Settings
from tests.hostile import HOSTILE

pytestmark = pytest.mark.weights

SCHEMA = json.loads((Path(allegedly.__file__).parent / "ledger" / "ledger.schema.json").read_text("utf-8"))


def _sane(ledger: Ledger) -> None:
    check_ledger(ledger)
    for attribution in ledger.attributions:
        assert all(ledger.words(span).strip() for span in (*attribution.source, *attribution.cue, *attribution.content))


@pytest.mark.parametrize("document", demo_documents(), ids=lambda document: document.id)
def test_demo_reports_give_claims_and_events(document: Document, real_reader: Any) -> None:
    """Each demo report has several sources, several events, and a ledger as the schema says."""
    ledger = real_reader.read(document)
    _sane(ledger)
    assert (len(ledger.attributions) >= 4, len(ledger.events) >= 3) == (True, True)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(encode_ledger(ledger)))


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - {"surrogate"}))
def test_hostile_texts(name: str, real_reader: Any) -> None:
    """No text breaks the reader, and what comes out holds together."""
    _sane(real_reader.read(Document(HOSTILE[name], language="en")))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Міністерство оборони заявило, що війська відступили з міста після тижня боїв.", "uk"),
        ("Le ministère de la défense a déclaré que les rebelles avaient tué douze villageois lundi.", "fr"),
        ("قالت وزارة الدفاع إن المتمردين قتلوا ثلاثة جنود يوم الاثنين قرب الحدود الشمالية.", "ar"),
    ],
)
def test_another_language(text: str, language: str, real_reader: Any) -> None:
    """A text in another language gives an empty ledger and a warning that names the language."""
    ledger = real_reader.read(Document(text))
    assert ((), (), language) == (ledger.attributions, ledger.events, ledger.document.language)
    assert language in ledger.warnings[0]


def test_reading_twice_gives_the_same_bytes(real_reader: Any) -> None:
    """The same text gives the same ledger, byte by byte."""
    document = demo_documents()[0]
    assert encode_ledger(real_reader.read(document)) == encode_ledger(real_reader.read(document))


def test_many_are_read_like_one(real_reader: Any) -> None:
    """Reading many gives the same bytes as reading each, in input order."""
    documents = demo_documents() * 2
    together = [encode_ledger(ledger) for ledger in real_reader.read_many(documents)]
    assert together == [encode_ledger(real_reader.read(document)) for document in documents]


def test_threads_change_nothing(real_reader: Any) -> None:
    """One thread gives the same bytes as all."""
    document = Document("\n\n".join(item.text for item in demo_documents()) * 5, id="long")
    alone = allegedly.load(Settings(threads=1))
    assert encode_ledger(alone.read(document)) == encode_ledger(real_reader.read(document))


def test_documents_are_read_as_they_come(real_reader: Any) -> None:
    """Reading many does not wait for the last document."""

    def endless() -> Iterator[Document]:
        while True:
            yield demo_documents()[0]

    assert next(iter(real_reader.read_many(endless()))).document.id == "northwire"


def test_python_in_one_line() -> None:
    """`allegedly.read` gives a ledger that shows itself."""
    ledger = allegedly.read("The ministry said rebels killed 12 villagers.", published="2024-05-07", id="x")
    assert (ledger.document.id, ledger.document.published) == ("x", "2024-05-07")
    assert decode_ledger(encode_ledger(ledger)) == ledger


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["The army said rebels killed 3 people near Orr. " * 500, "x" * 5_000_000, ("a" * 110 + " said ") * 8_621],
    ids=["five hundred sentences", "five million letters", "a million characters without a stop"],
)
def test_very_long_texts(text: str, real_reader: Any) -> None:
    """Long texts are read to the end."""
    check_ledger(real_reader.read(Document(text, language="en")))


_WORDS = (
    "The the army rebels ministry President Orr said says denied accused killed shelled will may not that three 12 "
    "dozens of at least 🔥 قوات Москва Tuesday in near drone hospital and but reportedly if"
)
_SIGNS = ["\n", "\r\n", "\n\n", '"', "'", "“", "”", "«", "»", ",", ".", ":", "-", "–"]
_TEXTS = st.lists(st.sampled_from([*_WORDS.split(), *_SIGNS]), max_size=60).map(" ".join)


@settings(max_examples=60)
@given(text=st.one_of(_TEXTS, st.text(st.characters(exclude_categories=["Cs"]), max_size=120)))
def test_any_text(text: str, real_reader: Any) -> None:
    """Whatever the text, every span of its ledger lies inside it and has words, and reading again gives the same."""
    document = Document(text, language="en")
    ledger = real_reader.read(document)
    _sane(ledger)
    assert ledger == real_reader.read(document)


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """The Python example of the README prints rows."""
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    for block in re.findall(r"```python\n(.*?)```", readme, re.DOTALL):
        exec(compile(block, "README.md", "exec"), {})  # noqa: S102  # our own page
    assert "wire-1" in capsys.readouterr().out
