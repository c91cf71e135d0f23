"""Show one row of a ledger: its sentence with the parts marked, the chain of voices, the scores, the run."""

from __future__ import annotations

from allegedly.errors import UsageError
from allegedly.records.ledger import AttributionRow, EventRow, Ledger
from allegedly.render import labels, names
from allegedly.render.cuts import attribution_marks, event_marks
from allegedly.render.dates import date_label, time_lines
from allegedly.render.marked import marked, offsets
from allegedly.render.places import place_lines
from allegedly.render.show_entity import code_lines, entity_lines, mention_lines


def render_row(ledger: Ledger, row_id: str) -> str:
    """
    Show the row of that id, or the attribution of that number.

    Args:
        ledger: Where to look.
        row_id: ``a1``, ``v2``, ``e3``, ``m5``, ``q1``, ``t1``, ``p1``, or the plain number of a table row.

    Returns:
        Lines with a final line end.

    Raises:
        UsageError: If there is no such row.
    """
    key = f"a{row_id}" if row_id.isdecimal() else row_id
    body = _body(ledger, key)
    if body is not None:
        return _lines(ledger, body)
    head = _part_lines(ledger, key)
    if head is not None:
        users = [event for event in ledger.events if key in (event.time, event.place, *event.quantities)]
        sayings = [row for row in ledger.attributions if key == row.time]
        parts = [line for row in sayings for line in ("", *_attribution_lines(ledger, row))]
        parts += [line for event in users for line in ("", *_event_lines(ledger, event))]
        return _lines(ledger, [*head, *parts])
    raise UsageError(
        f"ledger of document {ledger.document.id} has no row {row_id!r}",
        hint=f"it has {_available(ledger)}",
    )


def _body(ledger: Ledger, key: str) -> list[str] | None:
    """Give the lines of a claim, an event, an entity or a mention; None if there is none of that id."""
    for attribution in ledger.attributions:
        if attribution.id == key:
            return _attribution_lines(ledger, attribution)
    for event in ledger.events:
        if event.id == key:
            return _event_lines(ledger, event)
    for entity in ledger.entities:
        if entity.id == key:
            return entity_lines(ledger, entity)
    for mention in ledger.mentions:
        if mention.id == key:
            return mention_lines(ledger, mention)
    return None


def _part_lines(ledger: Ledger, key: str) -> list[str] | None:
    """Give the lines of a number, a time or a place; None if there is none of that id."""
    for time in ledger.times:
        if time.id == key:
            return time_lines(ledger, time)
    for place in ledger.places:
        if place.id == key:
            return place_lines(ledger, place)
    for number in ledger.quantities:
        if number.id == key:
            return [f'{key}  "{labels.clean(number.words)}"']
    return None


def _available(ledger: Ledger) -> str:
    tables = (
        ledger.attributions, ledger.events, ledger.entities, ledger.mentions,
        ledger.quantities, ledger.times, ledger.places,
    )  # fmt: skip
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
    form = labels.FORM[row.form] or "in the report's words"
    inside = [event for event in ledger.events if row.id in event.voice]
    return [
        f"{row.id}  {names.source_name(ledger, row)} {labels.STANCE[row.stance]} ({form})",
        "",
        f"  {marked(ledger, attribution_marks(row))}",
        "",
        *_source_lines(ledger, row),
        f"chain     {_chain(ledger, row)}",
        *(
            f"holds     {event.id} {labels.event_label(event)}: {labels.FACTUALITY[event.factuality]}"
            for event in inside
        ),
        f"said      {date_label(row.said)}",
        f"score     {row.score:.4f}",
        f"offsets   source {offsets(row.source)}; cue {offsets(row.cue)}; content {offsets(row.content)}",
    ]


def _source_lines(ledger: Ledger, row: AttributionRow) -> list[str]:
    """Give the source: its entity, the words as printed, what kind of source it is, its codes."""
    entity = names.entity_of(ledger, row.source_entity)
    words = labels.spans_words(ledger, row.source)
    kind = (labels.SOURCE_TYPE[row.source_type] or row.source_type) if row.source_type else ""
    return [
        *([f"source    {entity.id} {labels.clean(entity.name)}"] if entity else []),
        *([f'printed   "{words}"'] if words else []),
        *([f"kind      {kind}"] if kind else []),
        *(code_lines(entity) if entity else []),
        *([f"members   {names.members_label(ledger, entity)}"] if entity and entity.members else []),
    ]


def _chain(ledger: Ledger, row: AttributionRow) -> str:
    """Give the sources from the report itself to this one."""
    links = (f"{item.id} {names.source_name(ledger, item)}" for item in names.chain_of(ledger, row))
    return " > ".join([labels.narrator(ledger), *links])


def _event_lines(ledger: Ledger, event: EventRow) -> list[str]:
    return [
        f"{event.id}  {labels.event_label(event)}, presented as: {labels.FACTUALITY[event.factuality]}",
        "",
        f"  {marked(ledger, event_marks(event))}",
        "",
        *(f"{name:<14}{words}" for name, words in names.event_details(ledger, event)),
        f"{'date':<14}{date_label(event.date)}",
        f"{'score':<14}{event.score:.4f}",
        f"{'offsets':<14}{offsets((event.trigger,))}",
    ]
