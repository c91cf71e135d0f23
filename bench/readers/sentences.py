"""Raw text with gold sentences: GUM as it is, EWT put together again from its CoNLL-U."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field

from bench.corpora import load_corpora

NEWS = frozenset(("news", "interview", "speech"))  # the genres of GUM that are nearest to reports


@dataclass(slots=True)
class Segmented:
    """
    One raw text with its sentences.

    Args:
        genre: Kind of text.
        text: Paragraphs parted by line breaks, as far as the corpus knows them.
        sentences: [start, end] of each sentence.
    """

    genre: str
    text: str = ""
    sentences: list[list[int]] = field(default_factory=list)


def read_gum() -> list[Segmented]:
    """Read GUM dev."""
    rows = load_corpora()["gum_dev"].lines()
    return [Segmented(row["genre"], row["text"], [sentence[:2] for sentence in row["sentences"]]) for row in rows]


def read_ewt() -> list[Segmented]:
    """
    Read EWT dev and put its raw text together again.

    Sentences are parted by a blank, by nothing where the last token says so,
    and by an empty line where a paragraph begins.
    """
    documents: list[Segmented] = []
    gap = ""
    with gzip.open(load_corpora()["ewt_dev"].verify(), "rt", encoding="utf-8") as lines:
        for line in lines:
            key, _, value = line.rstrip("\n").partition(" = ")
            if key == "# newdoc id":
                documents.append(Segmented(value.partition("-")[0]))
                gap = ""
            elif key.startswith("# newpar") and documents[-1].text:
                gap = "\n\n"
            elif key == "# text":
                _append(documents[-1], gap, value)
                gap = " "
            elif line[:1].isdigit() and not line.strip():
                continue
            elif line[:1].isdigit():
                gap = "" if "SpaceAfter=No" in line else " "
    return documents


def _append(document: Segmented, gap: str, sentence: str) -> None:
    """Add a sentence to a document."""
    start = len(document.text) + len(gap)
    document.text += gap + sentence
    document.sentences.append([start, start + len(sentence)])
