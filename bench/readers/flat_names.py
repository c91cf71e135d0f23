"""
Universal NER (IOB2): sentences of one document joined again, names as spans.

The news half of English PUD is the test of the bench, EWT dev a second figure
on web text. Sentences are joined by one blank: paragraphs are not known.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from allegedly.metrics.mentions import TypedSpan
from bench.corpora import load_corpora

KEPT = frozenset(("PER", "ORG", "LOC"))  # the types of Universal NER; EWT has a few of others


class AlignmentError(ValueError):
    """A token of the corpus does not stand in the text it is said to stand in."""


@dataclass(slots=True)
class NamedText:
    """
    A text with its gold names.

    Args:
        id: Name of the document.
        text: The document.
        names: Gold names, in order of the text.
        group: Region or genre.
    """

    id: str
    text: str = ""
    names: list[TypedSpan] = field(default_factory=list)
    group: str = ""


def read_pud_news() -> list[NamedText]:
    """Read the news half of PUD: documents whose name begins with n (w is Wikipedia)."""
    return [document for document in _read("uner_pud") if document.id.startswith("n")]


def read_ewt_names() -> list[NamedText]:
    """Read EWT dev."""
    return list(_read("uner_ewt_dev"))


def _read(corpus: str) -> Iterator[NamedText]:
    """Read a file of Universal NER."""
    with gzip.open(load_corpora()[corpus].verify(), "rt", encoding="utf-8") as lines:
        yield from parse_iob2(lines)


def parse_iob2(lines: Iterable[str]) -> Iterator[NamedText]:
    """
    Put the documents of a file together.

    Raises:
        AlignmentError: If a token is not found in its sentence.
    """
    document: NamedText | None = None
    sentence, rows = "", list[tuple[str, str]]()
    for line in lines:
        key, _, value = line.rstrip("\n").partition(" = ")
        if key == "# newdoc id":
            if document:
                yield document
            document = NamedText(value)
        elif key == "# text":
            sentence, rows = value, []
        elif line.strip() and not line.startswith("#"):
            _, word, tag, *_ = line.rstrip("\n").split("\t")
            rows.append((word, tag))
        elif not line.strip() and rows and document:
            _append(document, sentence, rows)
            rows = []
    if document:
        if rows:
            _append(document, sentence, rows)
        yield document


def _append(document: NamedText, sentence: str, rows: list[tuple[str, str]]) -> None:
    """Add a sentence and its names to a document."""
    gap = " " if document.text else ""
    start = len(document.text) + len(gap)
    spans = align(sentence, [word for word, _ in rows])
    document.text += gap + sentence
    for first, end, kind in tagged_runs([tag for _, tag in rows]):
        if kind in KEPT:
            document.names.append(TypedSpan(start + spans[first][0], start + spans[end - 1][1], kind))


def align(sentence: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """
    Find each token in its sentence, one after the other.

    Raises:
        AlignmentError: If one is not there.
    """
    spans: list[tuple[int, int]] = []
    end = 0
    for word in words:
        start = sentence.find(word, end)
        if start < 0 or sentence[end:start].strip():
            raise AlignmentError(f"token {word!r} does not follow character {end} of {sentence!r}")
        end = start + len(word)
        spans.append((start, end))
    return spans


def tagged_runs(tags: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """
    Give the runs of BIO or BIOES tags: first token, token after the last, type.

    An I- or E- tag that continues nothing opens a run, as the CoNLL scorer reads it.

    Example:
        >>> list(tagged_runs(["B-PER", "I-PER", "O", "S-ORG", "I-LOC"]))
        [(0, 2, 'PER'), (3, 4, 'ORG'), (4, 5, 'LOC')]
    """
    first, kind, place = 0, "", -1
    for place, tag in enumerate(tags):
        letter, _, named = tag.partition("-")
        continues = letter in {"I", "E"} and named == kind
        if kind and not continues:
            yield first, place, kind
            kind = ""
        if named and not continues:
            first, kind = place, named
    if kind:
        yield first, place + 1, kind
