"""SUTime (Chang and Manning 2012), of CoreNLP: its outputs, stored, since it needs Java; none is run here."""

from __future__ import annotations

from allegedly.metrics.timexes import Timex
from bench.readers.timex import TimedText, read_stored

NAME = "SUTime"
VERSION = "CoreNLP sources of June 2025, stored outputs"
NOTE = "restricted to TIMEX3; parts of speech by TextBlob"


def read_times(document: TimedText) -> list[Timex]:
    """Give what it said of a document."""
    return read_stored("sutime", document.corpus).get(document.id, [])
