"""dateparser: what its search finds, read against the publication date; it knows days only."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version

from dateparser.search import search_dates

from allegedly.metrics.timexes import Timex
from bench.readers.timex import TimedText

NAME = "dateparser"
VERSION = version("dateparser")
NOTE = "search_dates, English, relative to publication; every answer is a day"


def read_times(document: TimedText) -> list[Timex]:
    """Give what it finds in a document."""
    published = document.published
    settings = {}
    if published is not None:
        settings["RELATIVE_BASE"] = datetime(published.year, published.month, published.day, tzinfo=UTC).replace(
            tzinfo=None
        )
    found = search_dates(document.text, languages=["en"], settings=settings) or []
    timexes: list[Timex] = []
    place = 0
    for words, moment in found:
        start = document.text.find(words, place)
        if start >= 0:
            place = start + len(words)
            timexes.append(Timex(start, place, "DATE", moment.date().isoformat()))
    return timexes
