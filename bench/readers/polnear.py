"""PolNeAR: whole articles with attributions, and the paragraphs of protocol A with labels per token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bench.corpora import load_corpora


@dataclass(frozen=True, slots=True)
class Article:
    """
    One article with its gold attributions.

    Args:
        id: Name of the article.
        text: The article.
        attributions: Rows with ``source``, ``cue``, ``content`` as lists of [start, end] into ``text``.
    """

    id: str
    text: str
    attributions: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """
    One paragraph of protocol A.

    Args:
        article: Name of its article.
        offsets: [start, end] of each token in the article's text.
        labels: Gold BIO label of each token.
    """

    article: str
    offsets: list[list[int]]
    labels: list[str]


def read_articles() -> list[Article]:
    """Read PolNeAR dev."""
    return [Article(row["id"], row["text"], row["attributions"]) for row in load_corpora()["polnear_dev"].lines()]


def read_paragraphs() -> list[Paragraph]:
    """Read protocol A, valid part."""
    rows = load_corpora()["polnear_cofenet_valid"].lines()
    return [Paragraph(row["id"], row["offsets"], row["labels"]) for row in rows]


def read_speech_words() -> frozenset[str]:
    """Read the list of words of saying."""
    lines = load_corpora()["polnear_speech_words"].verify().read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
