"""Dates as every view writes them: the printed words, the days they mean, from what they were counted."""

from __future__ import annotations

from allegedly.records.ledger import AttributionRow, DateRow, EventRow, Ledger, TimeRow
from allegedly.render import labels
from allegedly.render.marked import offsets


def when_label(ledger: Ledger, event: EventRow) -> str:
    """Say when an event took place, if the text does: ``Tuesday: 2024-05-07 (counted from publication)``."""
    if event.time is None:
        return ""
    row = labels.row_of(ledger.times, event.time)
    words = labels.clean(ledger.words(row.whole or row.span))
    if event.date.from_ != "stated":
        return f"{words} ({labels.TIME_REASON[row.reason] or labels.NOT_RESOLVED})"
    meaning = _meaning(row, event.date)
    return words if words == meaning else f"{words}: {meaning}"


def time_label(row: TimeRow) -> str:
    """Say what a time expression means, or why that is open: ``2024-05-07 (counted from publication)``."""
    return _meaning(row, row) if row.from_ == "stated" else labels.TIME_REASON[row.reason] or labels.NOT_RESOLVED


def _meaning(row: TimeRow, days: DateRow | TimeRow) -> str:
    return f"{days_label(days)} ({labels.TIME_ANCHOR[row.anchor]})" if row.anchor else days_label(days)


def said_label(row: AttributionRow) -> str:
    """Say on which day something was said, if the report states it: ``said 2024-05-07``."""
    return f"said {days_label(row.said)}" if row.said.from_ == "stated" else ""


def date_label(days: DateRow) -> str:
    """Write a date with where it is from: ``by 2024-05-07 (publication)``."""
    return f"{days_label(days)} ({labels.DATED_FROM[days.from_]})" if days.from_ != "none" else days_label(days)


def days_label(days: DateRow | TimeRow) -> str:
    """Write days: one, or from the first to the last, or one end where the other is open."""
    if days.earliest is not None and days.latest is not None:
        return days.earliest if days.earliest == days.latest else f"{days.earliest} to {days.latest}"
    if days.latest is not None:
        return f"by {days.latest}"
    return f"from {days.earliest}" if days.earliest is not None else "no day known"


def time_lines(ledger: Ledger, row: TimeRow) -> list[str]:
    """Explain a time expression: value, days, from what it was counted, the rule, or why it stays open."""
    head = f'{row.id}  "{labels.clean(ledger.words(row.span))}" ({labels.TIME_TYPE[row.type]})'
    return [head, "", *(f"{name:<10}{words}" for name, words in time_facts(ledger, row))]


def time_facts(ledger: Ledger, row: TimeRow) -> list[tuple[str, str]]:
    """Give name and words of all that is known of how a time was read; what is unknown is left out."""
    facts = [
        ("value", row.value or ""),
        ("days", days_label(row) if row.from_ == "stated" else ""),
        ("precision", row.precision or ""),
        ("because", _because(ledger, row)),
        ("rule", row.rule),
        ("readings", " or ".join(row.readings)),
        ("open", labels.TIME_REASON[row.reason]),
        ("offsets", offsets((row.span,))),
    ]
    return [(name, words) for name, words in facts if words]


def _because(ledger: Ledger, row: TimeRow) -> str:
    if row.anchor is None:
        return "its own words" if row.from_ == "stated" else ""
    published = labels.published_label(ledger.document.published)
    return labels.TIME_ANCHOR[row.anchor] + (f", {published}" if row.anchor == "publication" else "")
