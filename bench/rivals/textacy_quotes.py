"""textacy's extraction of direct quotations, as its function gives them."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from allegedly.text.paragraphs import split_paragraphs
from bench.rivals.spacy_model import load_english
from bench.systems import Attributions, System


def load() -> System:
    """Give the rival."""
    from textacy.extract.triples import direct_quotations  # noqa: PLC0415 - imported on use

    versions, pipeline = load_english()

    def extract(text: str) -> Attributions:
        """Read the text as one; where textacy refuses (an odd number of marks), paragraph by paragraph."""
        try:
            return [_row(triple, 0) for triple in direct_quotations(pipeline(text))]
        except ValueError:
            return [row for paragraph in split_paragraphs(text) for row in _paragraph(text, paragraph)]

    def _paragraph(text: str, paragraph: Any) -> Attributions:  # noqa: ANN401 - a span
        try:
            return [_row(triple, paragraph.start) for triple in direct_quotations(pipeline(paragraph.of(text)))]
        except ValueError:
            return []

    return System(
        "textacy direct quotations",
        f"textacy {version('textacy')}, {versions}",
        attributions=extract,
        note="direct quotations only; texts with an odd number of marks are read by paragraph, else it refuses them",
    )


def _row(triple: Any, shift: int) -> dict[str, list[list[int]]]:  # noqa: ANN401 - textacy's triple
    """Turn tokens into spans."""
    content = triple.content
    return {
        "source": _spans(triple.speaker, shift),
        "cue": _spans(triple.cue, shift),
        "content": [[content.start_char + shift, content.end_char + shift]],
    }


def _spans(tokens: list[Any], shift: int) -> list[list[int]]:
    """Join tokens that follow each other."""
    spans: list[list[int]] = []
    last = -2
    for token in sorted(tokens, key=lambda token: token.i):
        if token.i == last + 1:
            spans[-1][1] = token.idx + len(token) + shift
        elif token.i != last:
            spans.append([token.idx + shift, token.idx + len(token) + shift])
        last = token.i
    return spans
