"""The author's form of invented annotation: strings found in their sentence, and every mistake named with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from training.invented.compile import AnnotationError, compile_rows, find, listed, main, read_rows
from training.invented.validate import problems_of

TEXT = "Orr said rebels killed nine men, but the rebels denied it."
SOUND: dict[str, Any] = {
    "doc": "d1",
    "style": "report",
    "region": "Norland",
    "text": TEXT,
    "a": [
        {"src": "Orr", "cue": "said", "con": "rebels killed nine men", "st": "assert"},
        {"src": "the rebels", "cue": "denied", "con": "it", "st": "deny", "is": "rebels"},
    ],
    "e": [
        {
            "t": "killed", "y": "ASSAULT", "ac": "rebels", "re": ["men"], "n": [["killed", "nine", "exact"]],
            "v": [0], "m": ["firearms"],
        },
    ],
}  # fmt: skip


def compiled(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Compile sentences, numbered from line 1."""
    return list(compile_rows(enumerate(rows, 1)))


def words(document: dict[str, Any], spans: list[list[int]]) -> list[str]:
    """Give the words of spans."""
    return [document["text"][start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("given", "expected"),
    [("Iraq", (0, 4)), ("Iraq#2", (9, 13)), ("Iraq#3", (18, 22)), ("met Iraq", (5, 13)), ("Iraq,", (0, 5))],
)
def test_find(given: str, expected: tuple[int, int]) -> None:
    """Words are found where they stand, the k-th time with #k."""
    text = "Iraq, met Iraq and Iraq".replace(", met", ",met")
    assert find(text, given) == expected


def test_find_counts_inside_words() -> None:
    """#k counts plain occurrences, those inside words too."""
    assert find("the man, he said", "he#2") == (9, 11)


@pytest.mark.parametrize(
    ("text", "given", "message"),
    [
        ("the man", "woman", "does not stand in the sentence"),
        ("the man", "man#2", r"'man' \(occurrence 2\) does not stand"),
        ("the man", "he", "begins or ends inside a word"),
        ("the man", "the m", "begins or ends inside a word"),
        ("the man", "", "is empty or has blanks"),
        ("the man", " man", "is empty or has blanks"),
        ("the man", "#1", "is empty or has blanks"),
    ],
)
def test_find_refuses(text: str, given: str, message: str) -> None:
    """Words that are not there, cut a word, or have blanks at their edges are refused."""
    with pytest.raises(AnnotationError, match=message):
        find(text, given)


@pytest.mark.parametrize(("value", "expected"), [(None, []), ("one", ["one"]), (["one", "two"], ["one", "two"])])
def test_listed(value: object, expected: list[str]) -> None:
    """Nothing, one string and a list are read as a list."""
    assert listed(value) == expected


def test_a_sound_sentence() -> None:
    """A sound sentence gives spans, ids and references that hold together."""
    (document,) = compiled(SOUND)
    (event,) = document["events"]
    assert [words(document, a["content"]) for a in document["attributions"]] == [["rebels killed nine men"], ["it"]]
    assert [a["source_name"] for a in document["attributions"]] == [None, "rebels"]
    assert (event["voice"], event["factuality"], words(document, event["actors"])) == (["a1"], "+", ["rebels"])
    assert list(problems_of(document)) == []


@pytest.mark.parametrize(("para", "gap"), [({}, " "), ({"para": 1}, "\n\n"), ({"para": 0}, " ")])
def test_sentences_of_one_document(para: dict[str, int], gap: str) -> None:
    """Sentences of one document are joined by a blank or an empty line, and spans and ids go on."""
    (document,) = compiled(SOUND, SOUND | para)
    assert document["text"] == f"{TEXT}{gap}{TEXT}"
    assert words(document, document["sentences"]) == [TEXT, TEXT]
    assert [a["id"] for a in document["attributions"]] == ["a1", "a2", "a3", "a4"]
    assert [words(document, [e["trigger"]]) for e in document["events"]] == [["killed"], ["killed"]]
    assert [e["voice"] for e in document["events"]] == [["a1"], ["a3"]]


def test_documents_keep_their_order() -> None:
    """Sentences with another `doc` begin another document."""
    assert [d["id"] for d in compiled(SOUND, SOUND | {"doc": "d2"}, SOUND)] == ["d1", "d2"]


def test_a_split_content_is_sorted() -> None:
    """Parts of a content come in order of the text."""
    row = SOUND | {"a": [{"cue": "said", "con": ["nine men", "Orr"], "st": "assert"}], "e": []}
    assert words(compiled(row)[0], compiled(row)[0]["attributions"][0]["content"]) == ["Orr", "nine men"]


def test_parents_are_named() -> None:
    """A parent is given by its number in the sentence and named by its id."""
    a = [
        {"src": "Orr", "cue": "said", "con": "rebels killed nine men, but the rebels denied it", "st": "assert"},
        {"src": "the rebels", "cue": "denied", "con": "it", "st": "deny", "p": 0},
    ]
    document = compiled(SOUND | {"a": [], "e": []}, SOUND | {"a": a, "e": []})[0]
    assert [row["parent"] for row in document["attributions"]] == [None, "a1"]


FIRST: dict[str, Any] = SOUND["a"][0]
EVENT: dict[str, Any] = SOUND["e"][0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"extra": 1}, "unknown key"),
        ({"text": TEXT + " "}, "blanks at its edges or a line break"),
        ({"text": TEXT.replace(", ", ",\n")}, "blanks at its edges or a line break"),
        ({"style": "poem"}, "style 'poem' is not one of"),
        ({"a": [FIRST | {"who": "Orr"}], "e": []}, "unknown attribution key"),
        ({"a": [FIRST | {"src": "Veld"}], "e": []}, "'Veld' .* does not stand"),
        ({"a": [FIRST | {"con": None}], "e": []}, "no content"),
        ({"a": [FIRST | {"con": []}], "e": []}, "no content"),
        ({"a": [FIRST | {"cue": None}], "e": []}, "a source without a cue"),
        ({"a": [FIRST | {"st": "shout"}], "e": []}, "stance 'shout' is not one of"),
        ({"a": [{k: v for k, v in FIRST.items() if k != "st"}], "e": []}, "KeyError: 'st'"),
        ({"a": [FIRST | {"p": 1}], "e": []}, "parent p=1 is not"),
        ({"a": [FIRST | {"p": -1}], "e": []}, "parent p=-1 is not"),
        ({"a": [FIRST, SOUND["a"][1] | {"p": 0}]}, "does not stand inside that of its parent"),
        ({"e": [EVENT | {"who": "Orr"}]}, "unknown event key"),
        ({"e": [EVENT, EVENT]}, "is used twice"),
        ({"e": [EVENT | {"v": []}]}, r"v=\[\] of 'killed': .* those of \[0\]"),
        ({"e": [EVENT | {"v": [0, 1]}]}, r"v=\[0, 1\]"),
        ({"e": [EVENT | {"t": "denied", "n": []}]}, r"those of \[\]"),
        ({"e": [EVENT | {"y": "WAR"}]}, "type 'WAR' is not one of"),
        ({"e": [EVENT | {"m": ["laser"]}]}, "mode 'laser' is not one of"),
        ({"e": [EVENT | {"f": "!"}]}, "factuality '!' is not one of"),
        ({"e": [EVENT | {"ac": "Veld"}]}, "'Veld' .* does not stand"),
        ({"e": [EVENT | {"n": [["dead", "nine", "exact"]]}]}, "measure 'dead' is not one of"),
        ({"e": [EVENT | {"n": [["killed", "nine", "maybe"]]}]}, "qualifier 'maybe' is not one of"),
        ({"e": [EVENT | {"n": [["killed", "nine"]]}]}, "ValueError"),
    ],
)
def test_mistakes(change: dict[str, Any], message: str) -> None:
    """Each mistake is named with its line."""
    with pytest.raises(AnnotationError, match=message) as caught:
        compiled(SOUND, SOUND | change)
    assert str(caught.value).startswith("line 2: ")


def test_all_mistakes_at_once() -> None:
    """The author sees all mistakes, one a line."""
    with pytest.raises(AnnotationError) as caught:
        compiled(SOUND | {"extra": 1}, SOUND, SOUND | {"style": "poem"})
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == ["line 1", "line 3"]


def test_blank_lines_are_skipped(tmp_path: Path) -> None:
    """Blank lines are skipped, and lines keep their numbers."""
    path = tmp_path / "rows.jsonl"
    path.write_text('{"a": 1}\n\n{"b": 2}\n', "utf-8")
    assert list(read_rows(path)) == [(1, {"a": 1}), (3, {"b": 2})]


def test_no_json(tmp_path: Path) -> None:
    """A line that is no JSON is named."""
    path = tmp_path / "rows.jsonl"
    path.write_text("{}\nnot so\n", "utf-8")
    with pytest.raises(AnnotationError, match="line 2: no JSON"):
        list(read_rows(path))


@pytest.mark.parametrize(("change", "code", "lines"), [({}, 0, 1), ({"style": "poem"}, 1, 0)])
def test_the_command(
    change: dict[str, Any],
    code: int,
    lines: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command writes documents, or nothing but the mistakes."""
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(SOUND | change), "utf-8")
    monkeypatch.setattr("sys.argv", ["compile", str(path)])
    assert (main(), len(capsys.readouterr().out.splitlines())) == (code, lines)
