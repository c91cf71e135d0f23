"""
The ledger as one annotated page: no script, no request, no style attribute.

The text stands in it character by character; every label is drawn by the style
sheet from attributes, so that copying the text copies the report and nothing
else. A Content-Security-Policy allows the page its one style sheet and nothing
more, whatever a report may contain.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib import resources

from allegedly.records.ledger import AttributionRow, EntityRow, EventRow, Ledger, SpanPair
from allegedly.render import labels, names
from allegedly.render.cuts import Mark, Piece, cut, ledger_marks
from allegedly.render.dates import said_label, time_label
from allegedly.render.places import place_label

_LINKED = frozenset(("content", "event", "mention"))  # marks that something on the page links to
DEEPEST = 4  # contents nested deeper than this look like the fourth


def render_page(ledger: Ledger) -> str:
    """Give a complete page that needs nothing beside it."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    language = _escape(ledger.document.language or "und")
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_escape(_title(ledger))}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{_body(ledger)}\n</body>\n</html>\n"
    )


def render_fragment(ledger: Ledger) -> str:
    """Give the part that notebooks show inside their own page."""
    return f"<style>{_style()}</style>\n{_body(ledger)}"


def _style() -> str:
    return resources.files("allegedly.render").joinpath("page.css").read_text("utf-8")


def _escape(words: str) -> str:
    """Escape for text and attributes; a page cannot carry NUL and lone surrogates, and turns CR into LF."""
    shown = "".join("\ufffd" if sign == "\0" or "\ud800" <= sign <= "\udfff" else sign for sign in words)
    return escape(shown, quote=True).replace("\r", "&#13;")


def _title(ledger: Ledger) -> str:
    return ledger.document.title or ledger.document.id


def _body(ledger: Ledger) -> str:
    return (
        '<div class="allegedly">\n'
        f"<header><h1>{_escape(_title(ledger))}</h1>\n<p>{_facts(ledger)}</p>\n{_legend()}</header>\n"
        f'<main>\n<section aria-label="Text"><h2>Text</h2>\n<div class="text">{_text(ledger)}</div></section>\n'
        f'<section aria-label="Claims"><h2>Who says what</h2>\n<ol class="claims">{_claims(ledger)}</ol>\n'
        f'<h2>Who did what to whom, in whose voice</h2>\n<ul class="events">{_events(ledger)}</ul>\n'
        f"<h2>Who is who</h2>\n{_who_is_who(ledger)}</section>\n</main>\n"
        f"<footer>{_notes(ledger)}<p>{labels.UNCHECKED}</p></footer>\n</div>"
    )


def _facts(ledger: Ledger) -> str:
    document = ledger.document
    parts = [
        document.publisher or "publisher unknown",
        f"published {labels.published_label(document.published)}",
        labels.LANGUAGE.get(document.language or "", document.language or "language unknown"),
        f"{len(document.text):,} characters",
        document.digest.removeprefix("sha256:")[:12],
    ]
    return " · ".join(map(_escape, parts))


def _legend() -> str:
    signs = ", ".join(f"{_escape(sign)} {words}" for sign, words in labels.FACTUALITY.items())
    return (
        '<p class="legend"><span class="m source">source</span> <span class="m cue">cue</span> '
        '<span class="m content d1">content</span> <span class="m event">event</span> '
        '<span class="m actor">who</span> <span class="m recipient">to whom</span> '
        '<span class="m time">when</span> <span class="m place">where</span> '
        '<span class="m event own">event in the report\'s own voice</span><br>'
        f"A badge gives type, how it is presented ({signs}), and the chain of claims it stands in.</p>\n"
    )


def _text(ledger: Ledger) -> str:
    size = len(ledger.document.text)
    if not size:
        return ""
    shown = _Shown(ledger)
    marks = [*ledger_marks(ledger), *_first_mentions(ledger)]
    return "".join(shown.piece(piece) for piece in cut(marks, (0, size)))


def _first_mentions(ledger: Ledger) -> list[Mark]:
    """Mark where those of the who-is-who are first mentioned, so that it can link there."""
    firsts = (labels.row_of(ledger.mentions, entity.mentions[0]) for entity in _linked(ledger))
    return [Mark("mention", mention.entity or "", mention.span) for mention in firsts]


def _linked(ledger: Ledger) -> list[EntityRow]:
    return [entity for entity in names.who_is_who(ledger) if entity.mentions]


class _Shown:
    """What the pieces of one text look like; thrown away with the page."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._events = {event.id: event for event in ledger.events}
        self._names = _other_names(ledger)
        self._anchored: set[str] = set()

    def piece(self, piece: Piece) -> str:
        """Give the markup of one piece: its classes, labels at its edges, anchors for the rows that begin here."""
        words = _escape(self._ledger.words(piece.span))
        anchors = [mark.row for mark in piece.opens if mark.kind in _LINKED and self._first(mark.row)]
        if any(mark.kind != "mention" for mark in piece.marks):
            words = f'<span class="{self._classes(piece)}"{self._edges(piece)}>{words}</span>'
        for row in anchors:
            words = f'<span id="in-{row}">{words}</span>'
        return words

    def _first(self, row: str) -> bool:
        if row in self._anchored:
            return False
        self._anchored.add(row)
        return True

    def _classes(self, piece: Piece) -> str:
        kinds = {mark.kind: None for mark in piece.marks if mark.kind != "mention"}
        depth = sum(mark.kind == "content" for mark in piece.marks)
        own = any(mark.kind == "event" and not self._events[mark.row].voice for mark in piece.marks)
        return " ".join(["m", *kinds, *([f"d{min(depth, DEEPEST)}"] if depth else []), *(["own"] if own else [])])

    def _edges(self, piece: Piece) -> str:
        before = " ".join(f"{_number(mark)}[" for mark in piece.opens if mark.kind == "content")
        after = [self._badge(mark) for mark in piece.closes if mark.kind == "event"]
        after += [f"]{_number(mark)}" for mark in reversed(piece.closes) if mark.kind == "content"]
        said = [self._said(mark) for mark in piece.marks if mark.kind not in _LINKED]
        pairs = (("data-before", before), ("data-after", " ".join(after)), ("title", ", ".join(said)))
        return "".join(f' {name}="{_escape(value)}"' for name, value in pairs if value)

    def _said(self, mark: Mark) -> str:
        """Say what part of which row it is, and for a pronoun or a description whom it means."""
        if mark.kind == "time":
            return f"time: {time_label(labels.row_of(self._ledger.times, mark.row))}"
        if mark.kind == "place":
            return f"place: {place_label(labels.row_of(self._ledger.places, mark.row))}"
        name = self._names.get((mark.row, mark.span), "")
        return f"{mark.kind} of {_number(mark)}{f': {name}' if name else ''}"

    def _badge(self, mark: Mark) -> str:
        event = self._events[mark.row]
        voice = ">".join(key.removeprefix("a") for key in event.voice) or "own voice"
        return f"{labels.event_label(event)} {event.factuality} ({voice})"


def _number(mark: Mark) -> str:
    return mark.row.removeprefix("a")


def _other_names(ledger: Ledger) -> dict[tuple[str, SpanPair], str]:
    """Give, by row and span, the names of sources, actors and recipients whose words as printed are others."""
    parts = [(row.id, row.source_entity, row.source) for row in ledger.attributions] + [
        (event.id, item.entity, (item.span,)) for event in ledger.events for item in (*event.actors, *event.recipients)
    ]
    found: dict[tuple[str, SpanPair], str] = {}
    for row_id, key, spans in parts:
        entity = names.entity_of(ledger, key)
        if entity and names.printed_words(ledger, entity, spans):
            found |= {(row_id, span): labels.clean(entity.name) for span in spans}
    return found


def _claims(ledger: Ledger) -> str:
    return "\n".join(_claim(ledger, row) for row in ledger.attributions) or "<li>nobody is quoted</li>"


def _claim(ledger: Ledger, row: AttributionRow) -> str:
    cue = labels.spans_words(ledger, row.cue)
    inside = f"inside {row.parent.removeprefix('a')}" if row.parent else ""
    extra = " · ".join(filter(None, (labels.FORM[row.form], inside, said_label(row), f"score {row.score:.2f}")))
    notes = "".join(f' <span class="note">{_escape(note)}</span>' for note in names.source_notes(ledger, row))
    return (
        f'<li id="claim-{row.id}">{_source(ledger, row)}{notes} <b>{labels.STANCE[row.stance]}</b>'
        + (f' (<span class="m cue">{_escape(cue)}</span>)' if cue else "")
        + f' <a href="#in-{row.id}">{_escape(labels.spans_words(ledger, row.content))}</a> <small>{extra}</small></li>'
    )


def _source(ledger: Ledger, row: AttributionRow) -> str:
    """Name the source, with a link to what is known of it."""
    name = f'<span class="m source">{_escape(names.source_name(ledger, row))}</span>'
    return f'<a href="#who-{row.source_entity}">{name}</a>' if row.source_entity else name


def _events(ledger: Ledger) -> str:
    return "\n".join(_event(ledger, row) for row in ledger.events) or "<li>no event of a coded type</li>"


def _event(ledger: Ledger, row: EventRow) -> str:
    details = "".join(
        f"<dt>{name}</dt><dd>{_escape(words)}</dd>" for name, words in names.event_details(ledger, row)[1:]
    )
    return (
        f'<li id="row-{row.id}"><a href="#in-{row.id}">{_escape(labels.clean(ledger.words(row.trigger)))}</a> '
        f"<b>{_escape(labels.event_label(row))}</b> presented as: {labels.FACTUALITY[row.factuality]} "
        f"<small>score {row.score:.2f}</small><dl>{details}</dl></li>"
    )


def _who_is_who(ledger: Ledger) -> str:
    found = names.who_is_who(ledger)
    if not found:
        return "<p>nobody speaks or acts</p>"
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("who", "type", "codes", "side", "mentions"))
    sides = names.side_labels(found)
    rows = "\n".join(_entity(ledger, entity, sides[entity.id]) for entity in found)
    return f'<table class="who">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>\n'


def _entity(ledger: Ledger, entity: EntityRow, side: str) -> str:
    name = _escape(labels.clean(entity.name))
    link = f'<a href="#in-{entity.id}">{name}</a>' if entity.mentions else name
    members = f"= {names.members_label(ledger, entity)}" if entity.members else ""
    notes = "".join(
        f' <span class="note">{_escape(note)}</span>' for note in (names.role_words(entity), members) if note
    )
    codes = " ".join(filter(None, (entity.country, entity.sector))) or "–"
    why = names.why_uncoded(entity)
    return (
        f'<tr id="who-{entity.id}"><th scope="row">{link}{notes}</th><td>{labels.ENTITY_TYPE[entity.type]}</td>'
        f"<td>{_escape(codes)}{f' <small>{_escape(why)}</small>' if why else ''}</td>"
        f"<td>{_escape(side or '–')}</td><td>{len(entity.mentions)}</td></tr>"
    )


def _notes(ledger: Ledger) -> str:
    notes = "".join(f"<li>{_escape(warning)}</li>" for warning in ledger.warnings)
    return f"<ul>{notes}</ul>" if notes else ""
