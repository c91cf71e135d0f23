"""Readers of corpora, and what must never be trained on."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.corpora import (
    Annotated,
    data_folder,
    digest,
    held_out,
    ledger_files,
    normal,
    read_conllu,
    read_invented,
    read_jsonl,
    without_held_out,
)

TEXT = "Rebels fled. Orr said so."
CONLLU = """\
# newdoc id = one
# newpar
# sent_id = one-1
1	They	they	PRON	_	_	3	nsubj	_	_
2-3	won't	_	_	_	_	_	_	_	_
2	wo	will	AUX	_	_	4	aux	_	_
3	n't	not	PART	_	_	4	advmod	_	_
4	go	go	VERB	_	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	_	_	4	punct	_	_

# sent_id = one-2
1	Why	why	ADV	_	_	0	root	_	SpaceAfter=No
1.1	go	go	VERB	_	_	_	_	_	_
2	?	?	PUNCT	_	_	1	punct	_	_

# newpar
# sent_id = one-3
1	Orr	Orr	PROPN	_	_	2	nsubj:pass	_	_
2	left	leave	VERB	_	_	0	root	_	_

# newdoc id = two
# sent_id = two-1
1	Yes	yes	INTJ	_	_	0	root	_	_

"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels fled.", "rebelsfled"),
        ("“REBELS”  fled – !", "rebelsfled"),
        ("U.S. 1,200", "us1200"),
        ("Київ, قوات", "київقوات"),
        ("…!?", ""),
        ("", ""),
    ],
)
def test_normal(text: str, expected: str) -> None:
    """The normal form keeps letters and digits, in lower case."""
    assert normal(text) == expected


@given(text=st.text(st.characters(codec="ascii")))
def test_normal_again_changes_nothing(text: str) -> None:
    """The normal form of a normal form is itself, whatever case and blanks the text has."""
    assert normal(normal(text)) == normal(text) == normal(f" {text.upper()}!")


def annotated(name: str, text: str, *, sentences: bool) -> Annotated:
    """Make a text, with sentences cut at full stops or with none."""
    cut = text.index(".") + 1
    return Annotated(name, text, [[0, cut], [cut + 1, len(text)]] if sentences else None)


@pytest.mark.parametrize("kept_aside", ["Rebels fled.", "rebels FLED", "Orr said so", "orr said “so”!"])
def test_held_out_sentences_are_found(kept_aside: str) -> None:
    """A text that holds a held-out sentence is dropped, however that is printed."""
    assert list(without_held_out([annotated("x", TEXT, sentences=True)], {normal(kept_aside)})) == []


@pytest.mark.parametrize("kept_aside", ["Rebels", "Rebels fled. Orr said so", "fled"])
def test_other_sentences_stay(kept_aside: str) -> None:
    """A text that shares only a part of a sentence, or more than one, stays."""
    raw = annotated("x", TEXT, sentences=True)
    assert list(without_held_out([raw], {normal(kept_aside)})) == [raw]


@pytest.mark.parametrize(("kept_aside", "count"), [("Rebels fled", 0), ("Orr said so", 1)])
def test_lines_stand_in_for_sentences(kept_aside: str, count: int) -> None:
    """A text without sentences is compared line by line."""
    raw = Annotated("x", "Rebels fled.\nBut Orr said so.\n")
    assert len(list(without_held_out([raw], {normal(kept_aside)}))) == count


def test_only_the_texts_concerned_are_dropped() -> None:
    """The other texts come through in order."""
    raws = [
        annotated(name, text, sentences=True) for name, text in [("a", "One. Two."), ("b", TEXT), ("c", "No. Yes.")]
    ]
    assert [raw.id for raw in without_held_out(raws, {normal("Rebels fled")})] == ["a", "c"]


def test_short_sentences_are_not_held_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences of a few letters are everybody's; longer ones are kept aside, by sentence or by line."""
    with_sentences = {"text": f"Yes. {TEXT * 2}", "sentences": [[0, 4], [5, 5 + 2 * len(TEXT)]]}
    rows = {"one": with_sentences, "two": {"text": "He said nothing about any of it.\nNo."}}
    for name, row in rows.items():
        (tmp_path / "data" / name).mkdir(parents=True)
        (tmp_path / "data" / name / "dev.jsonl").write_text(json.dumps(row), "utf-8")
    monkeypatch.setenv("ALLEGEDLY_SHARED", str(tmp_path))
    monkeypatch.setattr("training.corpora.HELD_OUT", (("one", "dev.jsonl"), ("two", "dev.jsonl")))
    assert held_out() == {normal(TEXT * 2), normal("He said nothing about any of it")}


def test_the_folder_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment says where the corpora lie."""
    monkeypatch.setenv("ALLEGEDLY_SHARED", str(tmp_path))
    assert data_folder() == tmp_path / "data"


def test_the_folder_lies_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a word, the corpora lie beside the checkout."""
    monkeypatch.delenv("ALLEGEDLY_SHARED", raising=False)
    assert data_folder() == Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_json_lines(name: str, tmp_path: Path) -> None:
    """JSON Lines are read plain or gzipped, blank lines skipped, and separators inside strings are no line ends."""
    lines = '{"a": "one\u2028two"}\n\n{"a": "three"}\n'.encode()
    (tmp_path / name).write_bytes(gzip.compress(lines) if name.endswith(".gz") else lines)
    assert [row["a"] for row in read_jsonl(tmp_path / name)] == ["one\u2028two", "three"]


def test_ledger_files(tmp_path: Path) -> None:
    """A file in the ledger's gold form gives texts with all layers."""
    row = {"id": "x", "text": TEXT, "sentences": [[0, 12]], "attributions": [], "events": []}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), "utf-8")
    assert list(ledger_files(tmp_path / "rows.jsonl")) == [Annotated("x", TEXT, [[0, 12]], [], [])]


def test_the_invented_texts_are_beside_the_code() -> None:
    """The invented texts need no corpora."""
    raw = next(read_invented())
    assert (bool(raw.text), raw.sentences is not None, raw.events is not None) == (True, True, True)


@pytest.fixture
def conllu(tmp_path: Path) -> list[Annotated]:
    """Two documents from CoNLL-U."""
    path = tmp_path / "bank.conllu.gz"
    path.write_bytes(gzip.compress(CONLLU.encode()))
    return list(read_conllu(path))


def test_texts_are_rebuilt(conllu: list[Annotated]) -> None:
    """Text is put together by blanks and paragraphs as they were."""
    assert [raw.text for raw in conllu] == ["They won't go. Why?\n\nOrr left", "Yes"]


def test_sentences_are_rebuilt(conllu: list[Annotated]) -> None:
    """Sentences have no blanks at their edges."""
    found = [raw.text[start:end] for raw in conllu for start, end in raw.sentences or []]
    assert found == ["They won't go.", "Why?", "Orr left", "Yes"]


def test_words_of_two_parts_have_no_label(conllu: list[Annotated]) -> None:
    """Tokens have their labels; a word of several parts and a word that is not printed have none."""
    raw = conllu[0]
    found = [(raw.text[start:end], label) for start, end, label in raw.tags["upos"]]
    assert found == [
        ("They", "PRON"), ("go", "VERB"), (".", "PUNCT"), ("Why", "ADV"), ("?", "PUNCT"), ("Orr", "PROPN"),
        ("left", "VERB"),
    ]  # fmt: skip


def test_relations_lose_their_subtype(conllu: list[Annotated]) -> None:
    """A relation is its universal part."""
    assert conllu[0].tags["deprel"][-2][2] == "nsubj"


def test_digests(tmp_path: Path) -> None:
    """The digest of a file is that of its bytes."""
    (tmp_path / "empty").write_bytes(b"")
    assert digest(tmp_path / "empty").startswith("e3b0c442")
