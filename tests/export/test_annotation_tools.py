"""brat, WebAnno TSV, Label Studio, spaCy and FollowTheMoney: read back, the marks are where they were."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import allegedly
from allegedly.errors import ExportError
from allegedly.export.base import Material, Text
from allegedly.export.brat import brat_files
from allegedly.export.label_studio import CONFIG
from allegedly.export.marks import Mark, marks_of
from allegedly.export.tokens import cut_tokens
from allegedly.export.webanno import webanno_files
from allegedly.export.write import write_export
from allegedly.records.claims_of import claims_of
from allegedly.records.ledger import Ledger
from allegedly.review.states import Reviews
from tests.export.ledgers import judged, march, market, material, plain, reviewed
from tests.hostile import HOSTILE

NAMES = [name for name in HOSTILE if name != "surrogate"]
texts = st.text(st.characters(codec="utf-8"), max_size=60)


def _ledgers() -> list[Ledger]:
    return [market(), march(), *(plain(HOSTILE[name], id=name) for name in NAMES)]


def _marks(ledger: Ledger) -> tuple[Mark, ...]:
    (text,) = material(ledger).texts()
    return marks_of(text)[0]


def _stream(name: str, given_: Material) -> bytes:
    stream = io.BytesIO()
    write_export(name, given_, stream)
    return stream.getvalue()


# --------------------------------------------------------------------------------------------------------------- marks
@pytest.mark.parametrize("ledger", _ledgers(), ids=lambda ledger: ledger.document.id)
def test_marks_have_keys_of_their_own(ledger: Ledger) -> None:
    """No two marks of a text share a key, and arrows lead from mark to mark."""
    (text,) = material(ledger).texts()
    marks, arrows = marks_of(text)
    keys = [mark.key for mark in marks]
    assert len(set(keys)) == len(keys)
    assert {end for arrow in arrows for end in (arrow.start, arrow.end)} <= set(keys)


def test_a_change_is_in_the_mark() -> None:
    """An event that a person corrected is labelled as corrected."""
    (text, _) = reviewed().texts()
    marks = {mark.key: mark for mark in marks_of(text)[0]}
    assert (marks["v3"].label, marks["v3"].values["modes"], marks["v3"].values["review_state"]) == (
        "ASSAULT", "firearms", "changed",
    )  # fmt: skip


@given(texts, st.sets(st.integers(0, 60)))
def test_tokens_hold_all_but_blanks(text: str, bounds: set[int]) -> None:
    """Tokens are in order, without blanks, lose nothing, and none runs over a bound."""
    tokens = cut_tokens(text, bounds)
    assert "".join(text[start:end] for start, end in tokens) == re.sub(r"\s+", "", text)
    assert not [span for span in tokens for bound in bounds if span[0] < bound < span[1]]


# ---------------------------------------------------------------------------------------------------------------- brat
@dataclass
class Ann:
    """What a strict reader finds in an `.ann` file."""

    spans: dict[str, tuple[str, list[tuple[int, int]], str]] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)


def _read_ann(data: bytes) -> Ann:
    found = Ann()
    for line in data.decode().splitlines():
        if match := re.fullmatch(r"(T\d+)\t([\w-]+) (\d+ \d+(?:;\d+ \d+)*)\t([^\t]*)", line):
            parts = [tuple(map(int, part.split())) for part in match[3].split(";")]
            found.spans[match[1]] = (match[2], parts, match[4])  # type: ignore[assignment]
        elif match := re.fullmatch(r"R\d+\t(\w+) Arg1:(T\d+) Arg2:(T\d+)\t", line):
            found.relations.append((match[1], match[2], match[3]))
        elif match := re.fullmatch(r"A\d+\t(\w+) (T\d+) ([\w-]+)", line):
            found.attributes.append((match[1], match[2], match[3]))
        elif match := re.fullmatch(r"#\d+\tAnnotatorNotes (T\d+)\t(.+)", line):
            found.notes[match[1]] = match[2]
        else:
            raise AssertionError(f"no line of brat: {line!r}")
    return found


@pytest.mark.parametrize("ledger", _ledgers(), ids=lambda ledger: ledger.document.id)
def test_brat_words_are_where_brat_looks(ledger: Ledger) -> None:
    """Each fragment is a line's part of the .txt, fragments make up the mark, and the text is as received."""
    files = dict(brat_files(material(ledger)))
    (ann,) = (_read_ann(content) for name, content in files.items() if name.endswith(".ann"))
    (text,) = (content.decode() for name, content in files.items() if name.endswith(".txt"))
    assert text == ledger.document.text
    spans = [(parts[0][0], parts[-1][1]) for _, parts, _ in ann.spans.values()]
    assert spans == [_without_ends(text, mark.span) for mark in _marks(ledger)]
    for _, parts, words in ann.spans.values():
        cut = " ".join(text[start:end] for start, end in parts)
        assert re.sub(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", " ", cut) == words


def _without_ends(text: str, span: tuple[int, int]) -> tuple[int, int]:
    words = text[slice(*span)]
    left, right = words.lstrip("\r\n"), words.rstrip("\r\n")
    return span[0] + len(words) - len(left), span[0] + len(right)


def test_brat_says_what_it_uses() -> None:
    """Every type, relation and attribute of the folder is declared, with the ends it has."""
    files = dict(brat_files(reviewed()))
    declared = files["annotation.conf"].decode().splitlines()
    for name, content in files.items():
        if name.endswith(".ann"):
            ann = _read_ann(content)
            assert {kind for kind, _, _ in ann.spans.values()} <= set(declared)
            assert {label for label, _, _ in ann.relations} <= {line.split("\t")[0] for line in declared}
            assert {label for label, _, _ in ann.attributes} <= {line.split("\t")[0] for line in declared}


def test_brat_carries_review_and_run() -> None:
    """State, reviewer, claim and run stand beside the event."""
    files = dict(brat_files(reviewed()))
    ann = _read_ann(next(content for name, content in files.items() if name.startswith("Karveli") and ".ann" in name))
    key = next(key for key, (kind, _, words) in ann.spans.items() if kind == "Event-ASSAULT" and words == "hit")
    assert ("review_state", key, "accepted") in ann.attributes
    assert re.search(r"claim_id=c[0-9a-f]{20} run_id=r[0-9a-f]{20} reviewer==Rana", ann.notes[key])


# ------------------------------------------------------------------------------------------------------------- webanno
_ESCAPE = re.compile(r"\\(->|.)")
_PLAIN = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}


def _unescaped(words: str) -> str:
    return _ESCAPE.sub(lambda match: _PLAIN.get(match[1], match[1]), words)


def _split(cell: str, sign: str) -> list[str]:
    return re.split(rf"(?<!\\)(?:\\\\)*{re.escape(sign)}", cell)


def _read_tsv(
    data: bytes,
) -> tuple[list[tuple[int, int, str]], dict[tuple[str, str], list[tuple[int, int]]], list[str]]:
    """Read tokens (UTF-16), marks by layer and key with the tokens they cover, and the texts of the blocks."""
    lines = data.decode().split("\n")
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    layers = [line.split("|")[0].removeprefix("#T_SP=") for line in lines if line.startswith("#T_SP=")]
    tokens: list[tuple[int, int, str]] = []
    marks: dict[tuple[str, str], list[tuple[int, int]]] = {}
    blocks = [_unescaped(line.removeprefix("#Text=")) for line in lines if line.startswith("#Text=")]
    for line in lines:
        if not re.match(r"\d+-\d+\t", line):
            continue
        _, offsets, word, *cells, last = line.split("\t")
        assert (len(cells), last) == (3 * len(layers), "")
        start, end = map(int, offsets.split("-"))
        tokens.append((start, end, _unescaped(word)))
        for number, layer in enumerate(layers):
            if cells[3 * number] != "_":
                for key in _split(cells[3 * number + 1], "|"):
                    match = re.fullmatch(r"(.+)\[\d+\]", key)
                    assert match is not None
                    marks.setdefault((layer, _unescaped(match[1])), []).append((start, end))
    return tokens, marks, blocks


@pytest.mark.parametrize("ledger", _ledgers(), ids=lambda ledger: ledger.document.id)
def test_webanno_marks_are_where_they_were(ledger: Ledger) -> None:
    """Tokens stand at their UTF-16 offsets, and each mark covers the tokens of its span and no others."""
    ((_, data),) = webanno_files(material(ledger))
    tokens, marks, blocks = _read_tsv(data)
    units = ledger.document.text.encode("utf-16-le", "surrogatepass")
    for start, end, word in tokens:
        assert units[2 * start : 2 * end].decode("utf-16-le") == word
    spans = {
        (f"webanno.custom.Allegedly{mark.layer}", mark.key): ledger.words(mark.span).strip() for mark in _marks(ledger)
    }
    found = {
        key: units[2 * min(start for start, _ in covered) : 2 * max(end for _, end in covered)].decode("utf-16-le")
        for key, covered in marks.items()
    }
    assert found == {key: words for key, words in spans.items() if words}
    assert "".join(re.sub(r"\s+", "", block) for block in blocks) == re.sub(r"\s+", "", ledger.document.text)


@given(texts)
def test_webanno_escapes_come_off(text: str) -> None:
    """Reserved signs in a text come back as they were."""
    if not text.strip():
        return
    ((_, data),) = webanno_files(material(plain(text)))
    tokens, _, _ = _read_tsv(data)
    assert "".join(word for _, _, word in tokens) == re.sub(r"\s+", "", text)


# -------------------------------------------------------------------------------------------------------- label studio
TASK = {
    "type": "object",
    "required": ["data", "predictions"],
    "properties": {
        "data": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
        "predictions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["model_version", "score", "result"],
                "properties": {
                    "score": {"type": "number", "minimum": 0, "maximum": 1},
                    "result": {
                        "type": "array",
                        "items": {
                            "oneOf": [
                                {
                                    "type": "object",
                                    "required": ["id", "from_name", "to_name", "type", "value"],
                                    "properties": {
                                        "type": {"const": "labels"},
                                        "value": {"required": ["start", "end", "text", "labels"]},
                                    },
                                },
                                {
                                    "type": "object",
                                    "required": ["from_id", "to_id", "type", "direction"],
                                    "properties": {"type": {"const": "relation"}},
                                },
                            ]
                        },
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("ledger", _ledgers(), ids=lambda ledger: ledger.document.id)
def test_label_studio_regions_are_the_words(ledger: Ledger) -> None:
    """Tasks have the form that Label Studio imports, and each region's text is the text between its ends."""
    (task,) = json.loads(_stream("label-studio", material(ledger)))
    jsonschema.validate(task, TASK)
    text = task["data"]["text"]
    assert text == ledger.document.text
    for item in task["predictions"][0]["result"]:
        if item["type"] == "labels":
            value = item["value"]
            assert text[value["start"] : value["end"]] == value["text"]
            assert f'<Label value="{value["labels"][0]}"/>' in CONFIG
        else:
            assert f'<Relation value="{item["labels"][0]}"/>' in CONFIG


def test_label_studio_carries_review_and_run() -> None:
    """Each claim of a task has its review state, reviewer and run."""
    tasks = json.loads(_stream("label-studio", reviewed()))
    first = tasks[0]["meta"]["claims"][0]
    assert (first["review_state"], first["reviewer"], first["run_id"][0]) == ("accepted", "=Rana", "r")


# --------------------------------------------------------------------------------------------------------------- spacy
@pytest.mark.parametrize("ledger", _ledgers(), ids=lambda ledger: ledger.document.id)
def test_spacy_keeps_the_text_and_all_marks(ledger: Ledger) -> None:
    """The Doc's text is the text; each mark is a span of its group, with the same ends, label and key."""
    pytest.importorskip("spacy")
    doc = allegedly.to_spacy(ledger)
    assert doc.text == ledger.document.text
    found = {
        (layer, span.id_, span.label_, span.start_char, span.end_char)
        for layer in doc.spans
        for span in doc.spans[layer]
    }
    assert found == {(mark.layer, mark.key, mark.label, *mark.span) for mark in _marks(ledger)}


@given(texts)
def test_spacy_loses_no_sign(text: str) -> None:
    """Any text comes back."""
    pytest.importorskip("spacy")
    assert allegedly.to_spacy(plain(text)).text == text


def test_spacy_carries_review_and_arrows() -> None:
    """What people decided stands in the user data, and the Doc can be saved."""
    tokens = pytest.importorskip("spacy.tokens")
    claim = claims_of(market())[0]
    doc = allegedly.to_spacy(market(), reviews=Reviews([judged(claim, "accept")]))
    known = doc.user_data["allegedly"]
    assert (known["values"]["v1"]["review_state"], ("actor", "v1", "m2") in known["arrows"]) == ("accepted", True)
    again = next(iter(tokens.DocBin(docs=[doc], store_user_data=True).get_docs(doc.vocab)))
    assert (again.text, len(again.spans["Event"])) == (doc.text, 3)


# ----------------------------------------------------------------------------------------------------------------- ftm
def _entities(given_: Material) -> Iterator[Any]:
    model = pytest.importorskip("followthemoney").model
    for line in _stream("ftm", given_).splitlines():
        data = json.loads(line)
        entity = model.get_proxy(data)
        model.get(data["schema"]).validate(data)
        yield entity


def test_ftm_is_valid() -> None:
    """Each entity is one that the library takes, ids are distinct, and what they point at is there."""
    entities = list(_entities(reviewed()))
    ids = [entity.id for entity in entities]
    assert len(set(ids)) == len(ids)
    for entity in entities:
        for prop, value in entity.itervalues():
            assert prop.type.name != "entity" or value in ids


def test_ftm_says_according_to_whom() -> None:
    """Events carry voice, stance, factuality, review state and run; a report's own voice is a fixed label."""
    events = [entity for entity in _entities(reviewed()) if entity.schema.name == "Event"]
    assert [entity.first("summary") for entity in events[:4]] == [
        "according to: the Nord health ministry", "according to: =The Southern Front", "according to: قائد",
        "according to: the report's own voice",
    ]  # fmt: skip
    assert {"stance: deny", "factuality: -", "review_state: issue", "reviewer: Omar"} <= set(events[1].get("keywords"))


def test_ftm_schemata() -> None:
    """State bodies, groups and named people have their schemata; unnamed people may be many."""
    entities = [entity for entity in _entities(material(market())) if entity.schema.name != "Mention"]
    named = {entity.caption: entity.schema.name for entity in entities}
    assert [named[name] for name in ("the Nord health ministry", "=The Southern Front", "قائد", "traders")] == [
        "PublicBody", "Organization", "Person", "LegalEntity",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "module", "extra"), [("ftm", "followthemoney", "ftm"), ("spacy", "spacy", "spacy")])
def test_a_missing_extra_names_the_command(name: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library, the error says how to install it."""
    import sys  # noqa: PLC0415  # patched here only

    for loaded in [loaded for loaded in sys.modules if loaded.split(".")[0] == module]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ExportError) as caught:
        _stream(name, reviewed()) if name == "ftm" else allegedly.to_spacy(market())
    assert caught.value.hint == f"pip install 'allegedly[{extra}]'"


# ------------------------------------------------------------------------------------------------------------- archive
def test_several_files_are_an_archive() -> None:
    """To one stream, several files go as a ZIP that is the same every time."""
    data = _stream("brat", reviewed())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == dict(brat_files(reviewed()))
    assert data == _stream("brat", reviewed())


def test_an_empty_text_has_no_marks() -> None:
    """Nothing is found in nothing."""
    assert marks_of(Text(plain(""), ())) == ((), ())
