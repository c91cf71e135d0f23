"""Reads the text of a page back as a browser would: its characters, and where each piece says that it begins."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset(("br", "img", "input", "link", "meta"))


class TextMarkup(HTMLParser):
    """
    The text inside an element of class ``text``, or all of it.

    Args:
        html: Markup.
        within: Only what stands in an element of this class; empty is everything.

    Attributes:
        text: Its characters.
        pieces: Offset stated and characters of each piece, in order.
        tags: All tags with their attributes.
    """

    def __init__(self, html: str, *, within: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.pieces: list[tuple[int, str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[tuple[str, bool]] = []
        self._within = within
        self.feed(html)
        self.close()
        assert not self._open, "an element is never closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and whether text or a piece begins."""
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag in VOID:
            return
        begins = self._within in (found.get("class") or "").split() if self._within else not self._open
        self._open.append((tag, begins))
        if self._inside and "data-at" in found:
            self.pieces.append((int(found["data-at"] or ""), ""))

    def handle_endtag(self, tag: str) -> None:
        """Make sure that tags close in order."""
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        if self._inside:
            self.text += data
            if self.pieces:
                at, words = self.pieces[-1]
                self.pieces[-1] = (at, words + data)

    @property
    def _inside(self) -> bool:
        return not self._within or any(begins for _, begins in self._open)

    def values(self, name: str) -> list[str]:
        """Give all values of an attribute."""
        return [value for _, attributes in self.tags if (value := attributes.get(name)) is not None]
