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
from importlib import resources

from allegedly.records.ledger import AttributionRow, EntityRow, EventRow, Ledger
from allegedly.render import labels, names
from allegedly.render.cuts import Mark, Piece, cut, ledger_marks
from allegedly.render.dates import said_label
from allegedly.render.pieces import LINKED, PieceLabels, escaped, opening


def render_page(ledger: Ledger) -> str:
    """Give a complete page that needs nothing beside it."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    language = escaped(ledger.document.language or "und")
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escaped(_title(ledger))}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{_body(ledger)}\n</body>\n</html>\n"
    )


def render_fragment(ledger: Ledger) -> str:
    """Give the part that notebooks show inside their own page."""
    return f"<style>{_style()}</style>\n{_body(ledger)}"


def _style() -> str:
    folder = resources.files("allegedly.render")
    return "".join(folder.joinpath(*path.split("/")).read_text("utf-8") for path in ("page.css", "static/marks.css"))


def _title(ledger: Ledger) -> str:
    return ledger.document.title or ledger.document.id


def _body(ledger: Ledger) -> str:
    return (
        '<div class="allegedly">\n'
        f"<header><h1>{escaped(_title(ledger))}</h1>\n<p>{_facts(ledger)}</p>\n{_legend()}</header>\n"
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
    return " · ".join(map(escaped, parts))


def _legend() -> str:
    signs = ", ".join(f"{escaped(sign)} {words}" for sign, words in labels.FACTUALITY.items())
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
    """The pieces of one text as markup; thrown away with the page."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        numbers = {row.id: row.id.removeprefix("a") for row in ledger.attributions}
        numbers |= {event.id: event.id for event in ledger.events}
        self._labels = PieceLabels(ledger, numbers, {event.id: _badge(event) for event in ledger.events})
        self._anchored: set[str] = set()

    def piece(self, piece: Piece) -> str:
        """Give the markup of one piece: its classes, labels at its edges, anchors for the rows that begin here."""
        words = escaped(self._ledger.words(piece.span))
        anchors = [mark.row for mark in piece.opens if mark.kind in LINKED and self._first(mark.row)]
        if attributes := self._labels.attributes(piece):
            words = f"{opening('span', attributes)}{words}</span>"
        for row in anchors:
            words = f'<span id="in-{row}">{words}</span>'
        return words

    def _first(self, row: str) -> bool:
        if row in self._anchored:
            return False
        self._anchored.add(row)
        return True


def _badge(event: EventRow) -> str:
    voice = ">".join(key.removeprefix("a") for key in event.voice) or "own voice"
    return f"{labels.event_label(event)} {event.factuality} ({voice})"


def _claims(ledger: Ledger) -> str:
    return "\n".join(_claim(ledger, row) for row in ledger.attributions) or "<li>nobody is quoted</li>"


def _claim(ledger: Ledger, row: AttributionRow) -> str:
    cue = labels.spans_words(ledger, row.cue)
    inside = f"inside {row.parent.removeprefix('a')}" if row.parent else ""
    extra = " · ".join(filter(None, (labels.FORM[row.form], inside, said_label(row), f"score {row.score:.2f}")))
    notes = "".join(f' <span class="note">{escaped(note)}</span>' for note in names.source_notes(ledger, row))
    return (
        f'<li id="claim-{row.id}">{_source(ledger, row)}{notes} <b>{labels.STANCE[row.stance]}</b>'
        + (f' (<span class="m cue">{escaped(cue)}</span>)' if cue else "")
        + f' <a href="#in-{row.id}">{escaped(labels.spans_words(ledger, row.content))}</a> <small>{extra}</small></li>'
    )


def _source(ledger: Ledger, row: AttributionRow) -> str:
    """Name the source, with a link to what is known of it."""
    name = f'<span class="m source">{escaped(names.source_name(ledger, row))}</span>'
    return f'<a href="#who-{row.source_entity}">{name}</a>' if row.source_entity else name


def _events(ledger: Ledger) -> str:
    return "\n".join(_event(ledger, row) for row in ledger.events) or "<li>no event of a coded type</li>"


def _event(ledger: Ledger, row: EventRow) -> str:
    details = "".join(
        f"<dt>{name}</dt><dd>{escaped(words)}</dd>" for name, words in names.event_details(ledger, row)[1:]
    )
    return (
        f'<li id="row-{row.id}"><a href="#in-{row.id}">{escaped(labels.clean(ledger.words(row.trigger)))}</a> '
        f"<b>{escaped(labels.event_label(row))}</b> presented as: {labels.FACTUALITY[row.factuality]} "
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
    name = escaped(labels.clean(entity.name))
    link = f'<a href="#in-{entity.id}">{name}</a>' if entity.mentions else name
    members = f"= {names.members_label(ledger, entity)}" if entity.members else ""
    notes = "".join(
        f' <span class="note">{escaped(note)}</span>' for note in (names.role_words(entity), members) if note
    )
    codes = " ".join(filter(None, (entity.country, entity.sector))) or "–"
    why = names.why_uncoded(entity)
    return (
        f'<tr id="who-{entity.id}"><th scope="row">{link}{notes}</th><td>{labels.ENTITY_TYPE[entity.type]}</td>'
        f"<td>{escaped(codes)}{f' <small>{escaped(why)}</small>' if why else ''}</td>"
        f"<td>{escaped(side or '–')}</td><td>{len(entity.mentions)}</td></tr>"
    )


def _notes(ledger: Ledger) -> str:
    notes = "".join(f"<li>{escaped(warning)}</li>" for warning in ledger.warnings)
    return f"<ul>{notes}</ul>" if notes else ""
