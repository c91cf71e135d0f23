"""HeidelTime 2.2.1 (Strötgen and Gertz 2013): its outputs, stored, since it needs Java; none is run here."""

from __future__ import annotations

from allegedly.metrics.timexes import Timex
from bench.readers.timex import TimedText, read_stored

NAME = "HeidelTime"
VERSION = "2.2.1, stored outputs"
NOTE = "news mode, narratives for WikiWars; parts of speech by TextBlob in place of TreeTagger"


def read_times(document: TimedText) -> list[Timex]:
    """Give what it said of a document."""
    return read_stored("heideltime", document.corpus).get(document.id, [])
