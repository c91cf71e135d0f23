"""What the encoder sees in the corpora of places: names with types, and rows of names that are known beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np

import allegedly
from allegedly.annotators.toponyms import named_spans
from allegedly.records.annotations import Mention
from allegedly.records.document import Document
from allegedly.records.span import Span
from bench.readers.places import PlacedText, ReadName


class NameReader:
    """The shipped pack, its pipeline run once a text."""

    def __init__(self) -> None:
        loaded = allegedly.load()
        self._pipeline, self.pack = loaded.pipeline, loaded.pack.digest

    def names(self, document: PlacedText) -> list[tuple[int, int, str]]:
        mentions = self._pipeline.annotate(Document(document.text, language="en"))[Mention]
        return [(one.start, one.end, one.type) for one in named_spans(mentions)]

    def rows(self, names: Sequence[ReadName]) -> np.ndarray:
        """Give the mean row of each name; (names, width)."""
        out = []
        for _, same in groupby(names, lambda name: name.document):
            known = list(same)
            reading = self._pipeline.read(Document(known[0].text, language="en"))
            edges = np.array([reading.tokens(Span(name.start, name.end)) for name in known], np.int64)
            out.append(reading.encoding.means(edges[:, 0], edges[:, 1]))
        return np.concatenate(out).astype(np.float64)
