"""The reader's contract: the real annotators over random networks; whatever the weights say, the rows hold together."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.demo import demo_documents
from allegedly.errors import DocumentError
from allegedly.ledger.check import check_ledger
from allegedly.ledger.json import decode_ledger, encode_ledger
from allegedly.reader import Reader
from allegedly.records.document import Document
from allegedly.records.ledger import Ledger, SpanPair
from allegedly.render.html import render_page
from allegedly.render.table import render_table
from allegedly.settings import Settings
from tests.hostile import HOSTILE
from tests.random_network import random_reader

_WORDS = [
    "The",
    "the",
    "army",
    "said",
    "rebels",
    "12",
    "killed",
    "at",
    "least",
    "three",
    "🔥",
    "🔥fire",
    "قوات",
    "Москва",
    "he",
    "I",
    "and",
    "&",
    "Russia",
    "both",
    "sides",
    "U.S.",
    "Mr",
    "Orr",
]
_SIGNS = [".", ",", ":", "-", '"', "“", "”", "\n", "\r\n", "\n\n"]
_TEXTS = st.lists(st.sampled_from([*_WORDS, *_SIGNS]), max_size=80).map(" ".join) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=150
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tokenizer lies."""
    return tmp_path_factory.mktemp("pack")


@pytest.fixture
def reader(folder: Path) -> Reader:
    """One of the random readers."""
    return random_reader(folder)


@given(text=_TEXTS, seed=st.integers(0, 9), scale=st.sampled_from([0.0, 0.5, 4.0, 50.0]))
def test_any_network_on_any_text(text: str, seed: int, scale: float, folder: Path) -> None:
    """Any scores on any text give a ledger that holds together, can be written, read back and shown."""
    ledger = random_reader(folder, seed, scale).read(Document(text, language="en"))
    check_ledger(ledger)
    spans = [span for row in ledger.attributions for span in (*row.source, *row.cue, *row.content)]
    assert all(ledger.words(span) == ledger.words(span).strip() != "" for span in spans)
    _who_holds_together(ledger)
    assert decode_ledger(encode_ledger(ledger)) == ledger
    assert render_table(ledger)
    assert render_page(ledger)


def _who_holds_together(ledger: Ledger) -> None:
    """Each mention is in one entity, no two share a head, and whoever speaks or acts in words is somebody."""
    listed = [key for entity in ledger.entities for key in entity.mentions]
    assert sorted(listed) == sorted(row.id for row in ledger.mentions)
    assert all(row.entity is not None and row.reason for row in ledger.mentions)
    assert len({row.head for row in ledger.mentions}) == len(ledger.mentions)
    for attribution in ledger.attributions:
        worded = any(_has_words(ledger, span) for span in attribution.source)
        assert (attribution.source_entity is not None, attribution.source_type is not None) == (
            worded, bool(attribution.source),
        )  # fmt: skip
    for event in ledger.events:
        for argument in (*event.actors, *event.recipients):
            assert (argument.entity is not None) == _has_words(ledger, argument.span)
    for entity in ledger.entities:
        assert entity.reason
        assert entity.name in ledger.document.text
        assert (entity.role or entity.name) in ledger.document.text
        assert not entity.members or (len(entity.members) > 1 and entity.reason == "several")


def _has_words(ledger: Ledger, span: SpanPair) -> bool:
    return any(map(str.isalnum, ledger.words(span)))


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - {"surrogate"}))
@pytest.mark.parametrize("seed", range(3))
def test_any_network_on_hostile_texts(seed: int, name: str, folder: Path) -> None:
    """Texts that break readers do not break this one."""
    ledger = random_reader(folder, seed).read(Document(HOSTILE[name], language="en"))
    check_ledger(ledger)
    _who_holds_together(ledger)


def test_lone_surrogates_are_refused(reader: Reader) -> None:
    """A text that no encoding can carry is an error of that document."""
    with pytest.raises(DocumentError):
        reader.read(Document(HOSTILE["surrogate"], language="en"))


@pytest.mark.parametrize(
    "text",
    ["x" * 1_000_000, "the army said " * 3_000, "the\n" * 20_000, '"' * 3_000],
    ids=["letters", "words", "lines", "quotes"],
)
def test_long_texts(text: str, reader: Reader) -> None:
    """Long texts without stops are read and hold together."""
    check_ledger(reader.read(Document(text, language="en")))


def test_three_thousand_mentions(reader: Reader) -> None:
    """Time stays near linear in the mentions of a text."""
    seconds = []
    for size in (1_500, 3_000):
        document = Document(
            "Omar said he hit Orr and Azel. I saw the rebels of Omar Taal. " * (size // 8), language="en"
        )
        begin = perf_counter()
        ledger = reader.read(document)
        seconds.append(perf_counter() - begin)
        assert len(ledger.mentions) > size
    assert seconds[1] < 3.5 * seconds[0] + 0.2


@pytest.mark.parametrize("seed", range(5))
def test_reading_again_changes_nothing(seed: int, folder: Path) -> None:
    """The same text gives the same bytes, alone or among others, on one thread or on several."""
    documents = demo_documents() * 3
    alone, many = random_reader(folder, seed), random_reader(folder, seed, threads=3)
    expected = [encode_ledger(alone.read(document)) for document in documents]
    assert expected == [encode_ledger(ledger) for ledger in many.read_many(documents)]


@pytest.mark.parametrize("seed", range(3))
def test_mentions_may_be_scored_in_parts(seed: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many mentions are scored at a time changes nothing."""
    document = Document("\n\n".join(item.text for item in demo_documents()), language="en")
    whole = random_reader(folder, seed).read(document)
    monkeypatch.setattr("allegedly.annotators.coreference.MENTIONS_AT_ONCE", 7)
    assert random_reader(folder, seed).read(document) == whole


def test_ids_and_publication_are_kept(reader: Reader) -> None:
    """What is known of the publication goes into the ledger as it came."""
    document = Document(
        "The army said.", id="x", published="2024-05-07", title="T", url="u", publisher="P", language="en"
    )
    row = reader.read(document).document
    assert (
        row.id,
        row.published,
        row.title,
        row.url,
        row.publisher,
        row.language,
    ) == ("x", "2024-05-07", "T", "u", "P", "en")


def test_the_run_says_what_read_it(reader: Reader) -> None:
    """The ledger carries the digests of pack and settings."""
    run = reader.read(Document("The army said.", language="en")).run
    assert ("sha256:random", Settings().digest) == (run.pack, run.settings)


def test_another_language_is_not_read(reader: Reader) -> None:
    """A text in another language gives no rows and a warning that names the language."""
    ledger = reader.read(Document("The army said.", language="uk"))
    assert (
        ledger.attributions, ledger.events, ledger.quantities, ledger.sentences, "uk" in ledger.warnings[0],
    ) == ((), (), (), (), True)  # fmt: skip


def test_a_text_that_is_too_long_is_refused(folder: Path) -> None:
    """A text over the limit is an error of that document, with a hint."""
    whole = random_reader(folder)
    reader = Reader(whole.pipeline, whole.pack, Settings(max_characters=5))
    with pytest.raises(DocumentError, match="more than 5") as caught:
        reader.read(Document("The army", id="long", language="en"))
    assert (caught.value.document_id, bool(caught.value.hint)) == ("long", True)


@pytest.mark.parametrize("threads", [1, 3])
def test_a_failing_document_does_not_stop_the_rest(threads: int, folder: Path) -> None:
    """Errors go to `failed`, the others come in input order."""
    whole = random_reader(folder, threads=threads)
    reader = Reader(whole.pipeline, whole.pack, Settings(max_characters=20, threads=threads))
    documents = [
        Document(text, id=text[:3], language="en") for text in ("one", "two" * 20, "three", "for" * 20, "five")
    ]
    failures: list[DocumentError] = []
    read = [ledger.document.id for ledger in reader.read_many(documents, failed=failures.append)]
    assert (read, [error.document_id for error in failures]) == (["one", "thr", "fiv"], ["two", "for"])


@pytest.mark.parametrize("threads", [1, 3])
def test_without_a_taker_the_first_error_is_raised(threads: int, folder: Path) -> None:
    """Where nobody takes errors, the first one stops the reading."""
    whole = random_reader(folder, threads=threads)
    reader = Reader(whole.pipeline, whole.pack, Settings(max_characters=2, threads=threads))
    with pytest.raises(DocumentError):
        list(reader.read_many([Document("long text", language="en")]))


def test_says_what_it_does_not_fill(reader: Reader) -> None:
    """Every ledger says which lists this version leaves empty."""
    assert reader.read(Document("", language="en")).warnings == ()
