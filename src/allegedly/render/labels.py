"""
Fixed labels, the same in every view.

Nothing here is composed from what a report says: words of the report are shown
verbatim, and all else is one of these. None of them judges: a source asserts or
denies, and nobody is right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

from allegedly.records.codes import Factuality, Form, Measure, Stance
from allegedly.records.ledger import AttributionRow, EventRow, Ledger, Number, QuantityRow, SpanPair

R = TypeVar("R")

STANCE: dict[Stance, str] = {
    "assert": "asserts",
    "claim_resp": "claims the act",
    "confirm": "confirms",
    "deny": "denies",
    "accuse": "accuses",
    "doubt": "doubts",
    "praise": "praises",
    "condemn": "condemns",
    "intend": "intends",
    "request": "requests",
    "believe": "believes",
    "other": "other",
}
FACTUALITY: dict[Factuality, str] = {
    "+": "happened",
    "-": "did not happen",
    "?": "uncertain",
    ">": "announced",
    "~": "hypothetical",
}
FORM: dict[Form, str] = {"direct": "quote", "mixed": "part quote", "indirect": ""}
MEASURE: dict[Measure, str] = {"injured": "wounded", "area": "area (units as in the words)"}
LANGUAGE = {"en": "English"}
NO_NAME = "(not named)"
UNCHECKED = "machine-read, nothing here has been checked by a person"
NOT_RESOLVED = "not resolved"
OWN_VOICE = "(its own voice)"
THE_REPORT = "the report"


def source_words(ledger: Ledger, attribution: AttributionRow) -> str:
    """Give the words that name the source, or a label where nobody is named."""
    return " ... ".join(clean(ledger.words(span)) for span in attribution.source) or NO_NAME


def spans_words(ledger: Ledger, spans: tuple[SpanPair, ...]) -> str:
    """Give the words of several spans, an ellipsis between them."""
    return " ... ".join(clean(ledger.words(span)) for span in spans)


def event_label(event: EventRow) -> str:
    """Give type and modes: ``ASSAULT/drone``."""
    return "/".join((event.type, *event.modes))


def narrator(ledger: Ledger) -> str:
    """Name the document's own voice: the publisher if known."""
    return f"{clean(ledger.document.publisher or '') or THE_REPORT} {OWN_VOICE}"


def number_label(quantity: QuantityRow) -> str:
    """Give the number as the words bound it: ``12 or more ("at least 12")``."""
    number = _bounds(quantity.low, quantity.best, quantity.high)
    words = clean(quantity.words)
    return number if number == words else f'{number} ("{words}")'


def _bounds(low: Number | None, best: Number | None, high: Number | None) -> str:
    if best is not None:
        return f"{best:,}"
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    if low is not None:
        return f"{low:,} or more"
    if high is not None:
        return f"up to {high:,}"
    return "no figure"


def event_details(ledger: Ledger, event: EventRow) -> list[tuple[str, str]]:
    """Give label and words of all that is known of an event: its trigger, then its voice, then the rest."""
    details = [("words", f'"{clean(ledger.words(event.trigger))}"'), ("voice", voice_label(ledger, event))]
    if event.actors:
        details.append(("who did it", "; ".join(clean(ledger.words(item.span)) for item in event.actors)))
    if event.recipients:
        details.append(("to whom", "; ".join(clean(ledger.words(item.span)) for item in event.recipients)))
    if event.place is not None:
        details.append(("where", f"{clean(ledger.words(row_of(ledger.places, event.place).span))} ({NOT_RESOLVED})"))
    if event.time is not None:
        details.append(("when", f"{clean(ledger.words(row_of(ledger.times, event.time).span))} ({NOT_RESOLVED})"))
    numbers = (row_of(ledger.quantities, key) for key in event.quantities)
    details += [(MEASURE.get(row.measure, row.measure), number_label(row)) for row in numbers]
    return details


def row_of(rows: Sequence[R], key: str) -> R:
    """Find a row by its id without a search: ids run 1, 2, 3 in the order of the rows, in every checked ledger."""
    return rows[int(key[1:]) - 1]


def voice_label(ledger: Ledger, event: EventRow) -> str:
    """Give the chain of sources, outermost first, each with its number; or the report's own voice."""
    chain = [row_of(ledger.attributions, key) for key in event.voice]
    links = [f"{row.id.removeprefix('a')} {source_words(ledger, row)}" for row in chain]
    return " > ".join(links) or narrator(ledger)


def published_label(published: str | None) -> str:
    """Give the publication date with its weekday: ``Tue 2024-05-07``."""
    if published is None:
        return "no date"
    try:
        day: date = datetime.fromisoformat(published).date()
    except ValueError:
        return clean(published)
    return f"{day:%a} {day.isoformat()}"


def covering(event: EventRow) -> SpanPair:
    """Give the stretch from the first to the last word of an event: trigger, actors and recipients."""
    spans = [event.trigger, *(argument.span for argument in (*event.actors, *event.recipients))]
    return (min(start for start, _ in spans), max(end for _, end in spans))


def clean(words: str) -> str:
    """
    Make words safe for one line of a terminal.

    Blanks and line ends become one space; control, format and bidirectional signs,
    by which a text could move the cursor or turn the line round, become U+FFFD.
    Only for display: rows keep the words as they are.
    """
    line = " ".join(words.split())
    return "".join("\ufffd" if _unsafe(character) else character for character in line)


def _unsafe(character: str) -> bool:
    # Zero-width joiners (Cf) hold emoji and Arabic letters together and move nothing.
    return character not in "\u200c\u200d" and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"}
