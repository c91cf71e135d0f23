"""Tasks, readers and rivals on small invented input."""

from __future__ import annotations

import gzip
import json
import textwrap
from pathlib import Path
from typing import Any

import pytest

from allegedly.metrics.spans import Score, Scores
from bench.bootstrap import spread
from bench.corpora import Corpus, CorpusChangedError, CorpusMissingError, load_corpora, shared_folder
from bench.readers import sentences
from bench.rivals import narrator, regex_quotes
from bench.speed_text import make_article
from bench.tables import format_table
from bench.tasks import f1_of
from bench.tasks.attribution import label_tokens
from bench.tasks.ledger import score_documents
from bench.tasks.segmentation import by_paragraph

OFFSETS = [[0, 3], [4, 7], [8, 12], [13, 17], [18, 22]]  # five tokens


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], ["O", "O", "O", "O", "O"]),
        (
            [{"source": [[0, 3]], "cue": [[4, 7]], "content": [[8, 22]]}],
            ["B-source", "B-cue", "B-content", "I-content", "I-content"],
        ),
        (
            [
                {"source": [[0, 3]], "cue": [], "content": [[8, 12]]},
                {"source": [[0, 3]], "cue": [], "content": [[13, 17]]},
            ],
            ["B-source", "O", "B-content", "B-content", "O"],
        ),
        (
            [{"source": [], "cue": [[4, 7]], "content": [[0, 22]]}],
            ["B-content", "B-cue", "I-content", "I-content", "I-content"],
        ),
        ([{"source": [], "cue": [], "content": [[0, 7], [5, 12]]}], ["B-content", "I-content", "B-content", "O", "O"]),
        ([{"source": [[100, 120]], "cue": [], "content": [[16, 99]]}], ["O", "O", "O", "B-content", "I-content"]),
    ],
)  # fmt: skip
def test_labels_from_spans(rows: list[dict[str, Any]], expected: list[str]) -> None:
    """Spans become one label per token; what lies outside the paragraph is dropped."""
    assert label_tokens(OFFSETS, rows) == expected


def corpus(path: str, digest: str) -> Corpus:
    """Make an entry of the list."""
    return Corpus(name="c", path=path, origin="", licence="", split="", digest=digest)


def test_a_missing_corpus_is_an_error_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not there is not run."""
    monkeypatch.setenv("ALLEGEDLY_SHARED", str(tmp_path))
    with pytest.raises(CorpusMissingError, match="no file"):
        corpus("none.gz", "0").verify()


def test_a_digest_mismatch_is_an_error_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there must be what the floors were measured on."""
    monkeypatch.setenv("ALLEGEDLY_SHARED", str(tmp_path))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "one.gz").write_bytes(gzip.compress(b"{}\n"))
    with pytest.raises(CorpusChangedError, match="digest"):
        corpus("one.gz", "0" * 64).verify()


def test_the_corpora_lie_beside_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a setting the folder is ../shared."""
    monkeypatch.delenv("ALLEGEDLY_SHARED", raising=False)
    assert shared_folder().name == "shared"


@pytest.mark.corpora
@pytest.mark.parametrize("name", load_corpora())
def test_listed_corpora_have_their_digests(name: str) -> None:
    """Every corpus of the list is the file that is written down."""
    assert load_corpora()[name].verify().is_file()


def test_ewt_is_put_together_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blanks, missing blanks and paragraphs of the CoNLL-U come back as raw text."""
    conllu = textwrap.dedent(
        """\
        # newdoc id = weblog-1
        # newpar id = p1
        # text = He left.
        1\tHe\t_\t_\t_\t_\t_\t_\t_\t_
        2\tleft\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
        3\t.\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No

        # text = They stayed.
        1\tThey\t_\t_\t_\t_\t_\t_\t_\t_
        2\tstayed.\t_\t_\t_\t_\t_\t_\t_\t_

        # newpar id = p2
        # text = Why?
        1\tWhy?\t_\t_\t_\t_\t_\t_\t_\t_
        """
    )
    file = tmp_path / "ewt.gz"
    file.write_bytes(gzip.compress(conllu.encode()))
    monkeypatch.setattr(Corpus, "verify", lambda _: file)
    (document,) = sentences.read_ewt()
    assert (document.genre, document.text) == ("weblog", "He left.They stayed.\n\nWhy?")
    assert [document.text[s:e] for s, e in document.sentences] == ["He left.", "They stayed.", "Why?"]


def test_segmenters_of_paragraphs_take_whole_texts() -> None:
    """Offsets of paragraphs become offsets of the text."""
    text = "Raid kills 12\n\nThe army denied it."
    assert by_paragraph(lambda paragraph: [[0, len(paragraph)]])(text) == [[0, 13], [15, 34]]


def test_documents_without_a_ledger_count_as_empty() -> None:
    """A document that could not be read misses everything; it is not left out."""
    event = {
        "trigger": [0, 4], "type": "HARM", "actors": [], "recipients": [], "places": [], "times": [], "quantities": [],
        "voice": [], "factuality": "+",
    }  # fmt: skip
    gold = {"id": "g", "text": "Raid", "attributions": [], "events": [event]}
    (scores,) = score_documents([gold], [])
    assert scores["row"] == Score(0, 1, 0)


def test_the_spread_is_the_same_each_time_and_holds_the_figure() -> None:
    """The bootstrap is seeded; its borders lie around the figure of all documents."""
    documents: list[Scores] = [{"row": Score(number % 2, 1, 1)} for number in range(40)]
    low, high = spread(documents, f1_of("row"), rounds=200)
    assert (low, high) == spread(documents, f1_of("row"), rounds=200)
    assert low < 50.0 < high


def test_no_documents_have_no_spread() -> None:
    """Nothing can be drawn from nothing."""
    assert spread([], f1_of("row")) == (0.0, 0.0)


def test_the_narrator_silences_everybody(ledger: Any) -> None:
    """The trivial baseline keeps the events and nothing else."""
    silent = narrator.silence(json.loads(json.dumps(ledger.to_dict())))
    assert silent["attributions"] == []
    assert {(tuple(event["voice"]), event["factuality"]) for event in silent["events"]} == {((), "+")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We do not target hospitals,” Idris Taal said.", ("Idris Taal", "said", "“We do not target hospitals,”")),
        ('"We held the line," said Col. Orr.', ("Col. Orr", "said", '"We held the line,"')),
        ('Mina Sol said: "They left the town."', ("Mina Sol", "said", '"They left the town."')),
    ],
)
def test_regex_quotations_find_speakers(text: str, expected: tuple[str, str, str]) -> None:
    """The pattern rival is not a straw man: it reads the plain forms."""
    (row,) = regex_quotes.extract(text)
    words = tuple(text[slice(*row[role][0])] for role in ("source", "cue", "content"))
    assert words == expected


def test_speed_articles_have_the_length_and_are_the_same_each_time() -> None:
    """Articles are made from a seed, about as long as asked for, and differ from one another."""
    article = make_article(1, words=400)
    assert 400 <= len(article.split()) < 470
    assert (article == make_article(1, words=400), article == make_article(2, words=400)) == (True, False)


def test_tables_are_markdown() -> None:
    """Tables can be pasted into the documentation."""
    assert format_table(["system", "F1"], [["a", "50.0"]]).splitlines() == [
        "| system |   F1 |",
        "| :----- | ---: |",
        "| a      | 50.0 |",
    ]
