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

from allegedly.records.ledger import AttributionRow, EventRow, Ledger
from allegedly.render import labels
from allegedly.render.cuts import Mark, Piece, cut, ledger_marks

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
        f'<h2>Who did what to whom, in whose voice</h2>\n<ul class="events">{_events(ledger)}</ul></section>\n</main>\n'
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
        '<span class="m event own">event in the report\'s own voice</span><br>'
        f"A badge gives type, how it is presented ({signs}), and the chain of claims it stands in.</p>\n"
    )


def _text(ledger: Ledger) -> str:
    size = len(ledger.document.text)
    if not size:
        return ""
    shown = _Shown(ledger)
    return "".join(shown.piece(piece) for piece in cut(ledger_marks(ledger), (0, size)))


class _Shown:
    """What the pieces of one text look like; thrown away with the page."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._events = {event.id: event for event in ledger.events}
        self._anchored: set[str] = set()

    def piece(self, piece: Piece) -> str:
        """Give the markup of one piece: its classes, labels at its edges, anchors for the rows that begin here."""
        words = _escape(self._ledger.words(piece.span))
        anchors = [mark.row for mark in piece.opens if mark.kind in {"content", "event"} and self._first(mark.row)]
        if piece.marks:
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
        kinds = {mark.kind: None for mark in piece.marks}
        depth = sum(mark.kind == "content" for mark in piece.marks)
        own = any(mark.kind == "event" and not self._events[mark.row].voice for mark in piece.marks)
        return " ".join(["m", *kinds, *([f"d{min(depth, DEEPEST)}"] if depth else []), *(["own"] if own else [])])

    def _edges(self, piece: Piece) -> str:
        before = " ".join(f"{_number(mark)}[" for mark in piece.opens if mark.kind == "content")
        after = [self._badge(mark) for mark in piece.closes if mark.kind == "event"]
        after += [f"]{_number(mark)}" for mark in reversed(piece.closes) if mark.kind == "content"]
        said = [f"{mark.kind} of {_number(mark)}" for mark in piece.marks if mark.kind not in {"content", "event"}]
        pairs = (("data-before", before), ("data-after", " ".join(after)), ("title", ", ".join(said)))
        return "".join(f' {name}="{_escape(value)}"' for name, value in pairs if value)

    def _badge(self, mark: Mark) -> str:
        event = self._events[mark.row]
        voice = ">".join(key.removeprefix("a") for key in event.voice) or "own voice"
        return f"{labels.event_label(event)} {event.factuality} ({voice})"


def _number(mark: Mark) -> str:
    return mark.row.removeprefix("a")


def _claims(ledger: Ledger) -> str:
    return "\n".join(_claim(ledger, row) for row in ledger.attributions) or "<li>nobody is quoted</li>"


def _claim(ledger: Ledger, row: AttributionRow) -> str:
    cue = labels.spans_words(ledger, row.cue)
    inside = f"inside {row.parent.removeprefix('a')}" if row.parent else ""
    extra = " · ".join(filter(None, (labels.FORM[row.form], inside, f"score {row.score:.2f}")))
    return (
        f'<li id="claim-{row.id}"><span class="m source">{_escape(labels.source_words(ledger, row))}</span> '
        f"<b>{labels.STANCE[row.stance]}</b>"
        + (f' (<span class="m cue">{_escape(cue)}</span>)' if cue else "")
        + f' <a href="#in-{row.id}">{_escape(labels.spans_words(ledger, row.content))}</a> <small>{extra}</small></li>'
    )


def _events(ledger: Ledger) -> str:
    return "\n".join(_event(ledger, row) for row in ledger.events) or "<li>no event of a coded type</li>"


def _event(ledger: Ledger, row: EventRow) -> str:
    details = "".join(
        f"<dt>{name}</dt><dd>{_escape(words)}</dd>" for name, words in labels.event_details(ledger, row)[1:]
    )
    return (
        f'<li id="row-{row.id}"><a href="#in-{row.id}">{_escape(labels.clean(ledger.words(row.trigger)))}</a> '
        f"<b>{_escape(labels.event_label(row))}</b> presented as: {labels.FACTUALITY[row.factuality]} "
        f"<small>score {row.score:.2f}</small><dl>{details}</dl></li>"
    )


def _notes(ledger: Ledger) -> str:
    notes = "".join(f"<li>{_escape(warning)}</li>" for warning in ledger.warnings)
    return f"<ul>{notes}</ul>" if notes else ""
