"""Sentence segmenters: each entry loads a library and gives its version and a function over one paragraph."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from bench.rivals.spacy_model import load_english
from bench.systems import Sentences

Segment = Callable[[str], Sentences]
Loaded = tuple[str, Segment]


def _paragraphs_only() -> Loaded:
    return "this repository", lambda text: [[0, len(text)]]


def _pysbd() -> Loaded:
    import pysbd  # noqa: PLC0415

    segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
    return version("pysbd"), lambda text: [[span.start, span.end] for span in segmenter.segment(text)]


def _blingfire() -> Loaded:
    import blingfire  # noqa: PLC0415

    def segment(text: str) -> Sentences:
        return [list(span) for span in blingfire.text_to_sentences_and_offsets(text)[1]]

    return version("blingfire"), segment


def _syntok() -> Loaded:
    from syntok import segmenter  # noqa: PLC0415

    def segment(text: str) -> Sentences:
        found: Sentences = []
        for paragraph in segmenter.analyze(text):
            for sentence in paragraph:
                tokens = list(sentence)
                if tokens:
                    found.append([tokens[0].offset, tokens[-1].offset + len(tokens[-1].value)])
        return found

    return version("syntok"), segment


def _spacy_rules() -> Loaded:
    import spacy  # noqa: PLC0415

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    return version("spacy"), _of_doc(pipeline)


def _spacy_parser() -> Loaded:
    versions, pipeline = load_english()
    with pipeline.select_pipes(enable=["tok2vec", "parser"]):
        return versions.removeprefix("spaCy "), _of_doc(pipeline)


def _of_doc(pipeline: Any) -> Segment:  # noqa: ANN401 - spaCy's pipeline
    return lambda text: [[sentence.start_char, sentence.end_char] for sentence in pipeline(text).sents]


SEGMENTERS: dict[str, Callable[[], Loaded]] = {
    "paragraphs only": _paragraphs_only,
    "pySBD": _pysbd,
    "BlingFire": _blingfire,
    "syntok": _syntok,
    "spaCy sentencizer": _spacy_rules,
    "spaCy parser": _spacy_parser,
}
