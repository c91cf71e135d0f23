"""Show one row of a ledger: its sentence with the parts marked, the chain of voices, the scores, the run."""

from __future__ import annotations

from allegedly.errors import UsageError
from allegedly.records.ledger import AttributionRow, EventRow, Ledger, SpanPair
from allegedly.render import labels
from allegedly.render.cuts import Mark, attribution_marks, cut, event_marks


def render_row(ledger: Ledger, row_id: str) -> str:
    """
    Show the row of that id, or the attribution of that number.

    Args:
        ledger: Where to look.
        row_id: ``a1``, ``v2``, ``q1``, ``t1``, ``p1``, or the plain number of a table row.

    Returns:
        Lines with a final line end.

    Raises:
        UsageError: If there is no such row.
    """
    key = f"a{row_id}" if row_id.isdecimal() else row_id
    for attribution in ledger.attributions:
        if attribution.id == key:
            return _lines(ledger, _attribution_lines(ledger, attribution))
    for event in ledger.events:
        if event.id == key:
            return _lines(ledger, _event_lines(ledger, event))
    if key in (spans := _spans_of_parts(ledger)):
        users = [event for event in ledger.events if key in (event.time, event.place, *event.quantities)]
        parts = [line for event in users for line in ("", *_event_lines(ledger, event))]
        return _lines(ledger, [f'{key}  "{labels.clean(ledger.words(spans[key]))}"', *parts])
    raise UsageError(
        f"ledger of document {ledger.document.id} has no row {row_id!r}",
        hint=f"it has {_available(ledger)}",
    )


def _spans_of_parts(ledger: Ledger) -> dict[str, SpanPair]:
    """Give the spans of numbers, times and places by id."""
    return (
        {row.id: row.span for row in ledger.quantities}
        | {row.id: row.span for row in ledger.times}
        | {row.id: row.span for row in ledger.places}
    )


def _available(ledger: Ledger) -> str:
    tables = (ledger.attributions, ledger.events, ledger.quantities, ledger.times, ledger.places)
    ranges = [f"{rows[0].id} to {rows[-1].id}" for rows in tables if rows]
    return ", ".join(ranges) or "no rows at all"


def _lines(ledger: Ledger, body: list[str]) -> str:
    run, document = ledger.run, ledger.document
    publisher = labels.clean(document.publisher or "publisher unknown")
    foot = [
        "",
        f"document  {labels.clean(document.id)}, {publisher}, published {labels.published_label(document.published)}",
        f"read by   allegedly {run.version}, pack {run.pack[:19]}, settings {run.settings[:19]}",
        labels.UNCHECKED,
    ]
    return "\n".join([*body, *foot]) + "\n"


def _attribution_lines(ledger: Ledger, row: AttributionRow) -> list[str]:
    source = labels.source_words(ledger, row)
    form = labels.FORM[row.form] or "in the report's words"
    inside = [event for event in ledger.events if row.id in event.voice]
    return [
        f"{row.id}  {source} {labels.STANCE[row.stance]} ({form})",
        "",
        f"  {_marked(ledger, attribution_marks(row))}",
        "",
        f"chain     {_chain(ledger, row)}",
        *(
            f"holds     {event.id} {labels.event_label(event)}: {labels.FACTUALITY[event.factuality]}"
            for event in inside
        ),
        f"score     {row.score:.4f}",
        f"offsets   source {_offsets(row.source)}; cue {_offsets(row.cue)}; content {_offsets(row.content)}",
    ]


def _chain(ledger: Ledger, row: AttributionRow) -> str:
    """Give the sources from the outermost to this one."""
    links = [row]
    while (parent := links[0].parent) is not None:
        links.insert(0, labels.row_of(ledger.attributions, parent))
    return " > ".join([labels.narrator(ledger), *(f"{item.id} {labels.source_words(ledger, item)}" for item in links)])


def _event_lines(ledger: Ledger, event: EventRow) -> list[str]:
    return [
        f"{event.id}  {labels.event_label(event)}, presented as: {labels.FACTUALITY[event.factuality]}",
        "",
        f"  {_marked(ledger, event_marks(event))}",
        "",
        *(f"{name:<14}{words}" for name, words in labels.event_details(ledger, event)),
        f"{'score':<14}{event.score:.4f}",
        f"{'offsets':<14}{_offsets((event.trigger,))}",
    ]


def _marked(ledger: Ledger, marks: list[Mark]) -> str:
    """Write the sentences that the marks stand in, each mark in square brackets with its name."""
    left = min(mark.span[0] for mark in marks)
    right = max(mark.span[1] for mark in marks)
    touched = [span for span in ledger.sentences if span[0] < right and left < span[1]]
    stretch = (min([left, *(s for s, _ in touched)]), max([right, *(e for _, e in touched)]))
    shown = []
    for piece in cut(marks, stretch):
        shown += [f"[{mark.kind}: " for mark in piece.opens]
        shown.append(ledger.words(piece.span))
        shown += ["]" for _ in piece.closes]
    return labels.clean("".join(shown))


def _offsets(spans: tuple[SpanPair, ...]) -> str:
    return ", ".join(f"{start}-{end}" for start, end in spans) or "none"
