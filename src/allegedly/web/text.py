"""
The report itself as markup: character by character, each piece with the offset it begins at.

``data-at`` is the code point at which a piece begins; ``static/select.js`` counts
code points from there, so that a selection in the browser, which counts UTF-16,
becomes a span. Nothing stands in the text that is not the report's: labels are
drawn from attributes, and copying copies the report.

Signs by which a text could turn a line round, move the cursor or vanish are each
shut in a span of their own, isolated and made visible; the sign itself stays.
What no page can carry (NUL, halves of a sign) is shown as U+FFFD, of the same length.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from markupsafe import Markup

from allegedly.records.ledger import SpanPair
from allegedly.render.cuts import Piece
from allegedly.render.labels import unsafe
from allegedly.render.pieces import LINKED, escaped, opening
from allegedly.web.laid import Laid

_LINE_SIGNS = "\t\n\r"  # of category Cc, and harmless


def text_markup(laid: Laid, part: int, *, address: Callable[[str], str], own: bool = False) -> Markup:
    """
    Write a part of a text with its marks.

    Args:
        laid: The document.
        part: Which part, from 1.
        address: Gives the address at which a claim is opened, by its id.
        own: Whether what the report says in its own voice stands out.

    Offsets: ``data-at`` indexes the document's text, code points.
    """
    shown = _Shown(laid, address)
    return Markup("".join(map(shown.piece, laid.pieces(part, own=own))))  # noqa: S704  # every part of it is escaped


def stretch_markup(text: str, span: SpanPair, attributes: Mapping[str, str] | None = None) -> Markup:
    """
    Write a stretch of a text as one piece.

    Args:
        text: The text.
        span: The stretch.
        attributes: Of the element around it.

    Offsets: ``span`` and ``data-at`` index ``text``, code points.

    Example:
        >>> stretch_markup("say <b>", (4, 7), {"class": "hit"})
        Markup('<span class="hit" data-at="4">&lt;b&gt;</span>')
    """
    given = {**(attributes or {}), "data-at": str(span[0])}
    return Markup(f"{opening('span', given)}{signs_markup(text[slice(*span)])}</span>")  # noqa: S704  # escaped


def signs_markup(words: str) -> str:
    """Escape words; each dangerous sign is shut in a span of its own."""
    if not any(map(_odd, words)):
        return escaped(words)
    return "".join(_shut(sign) if _odd(sign) else escaped(sign) for sign in words)


def _odd(sign: str) -> bool:
    return not sign.isprintable() and sign not in _LINE_SIGNS and unsafe(sign)


def _shut(sign: str) -> str:
    code = f"U+{ord(sign):04X}"
    attributes = {"class": "odd", "data-sign": code, "title": unicodedata.name(sign, "CONTROL OR PRIVATE SIGN")}
    return f"{opening('span', attributes)}{escaped(sign)}</span>"


class _Shown:
    """The pieces of one part as markup; thrown away with the page."""

    def __init__(self, laid: Laid, address: Callable[[str], str]) -> None:
        self._laid, self._address = laid, address
        self._anchored: set[str] = set()

    def piece(self, piece: Piece) -> str:
        attributes = self._laid.labels.attributes(piece) | {"data-at": str(piece.span[0])}
        claims = dict.fromkeys(claim for mark in piece.marks for claim in self._laid.rows.get(mark.row, ()))
        tag = "span"
        if claims:
            attributes["data-rows"] = " ".join(claims)
        if link := self._link(piece):
            # The list of claims holds the same links, so that the text needs no stops for the keyboard.
            tag, attributes = "a", attributes | {"href": link, "tabindex": "-1"}
        words = f"{opening(tag, attributes)}{signs_markup(self._laid.ledger.words(piece.span))}</{tag}>"
        for mark in piece.opens:
            if mark.kind in LINKED and mark.row not in self._anchored:
                self._anchored.add(mark.row)
                words = f"{opening('span', {'id': f'in-{mark.row}'})}{words}</span>"
        return words

    def _link(self, piece: Piece) -> str:
        """Give the address of the claim whose event or cue the piece is; of several, of the shortest mark's."""
        for mark in reversed(piece.marks):
            claims = self._laid.rows.get(mark.row, ()) if mark.kind in {"event", "cue"} else ()
            if claims:
                return self._address(claims[0])
        return ""
