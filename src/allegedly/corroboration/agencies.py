"""
Agency credits: where a report says whose report it is.

A credit covers the whole report (dateline, byline, sign-off, or the agency is
the publisher) or a sentence ("according to TASS"). One sentence far down makes
nobody's report of a whole document: only a citation in the opening counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from allegedly.corroboration.words import fold_word
from allegedly.records.document import Document
from allegedly.records.span import Span
from allegedly.resources.lexicon import load_table

AGENCIES: Final = Path(__file__).parent.parent / "resources" / "agencies.tsv"
COLUMNS: Final = ("id", "names", "country", "region")

Form = Literal["publisher", "dateline", "byline", "sign-off", "citation"]
_DATELINE_WITHIN: Final = 160  # characters: headline, place and date come before it
_OPENING: Final = 320  # characters: about two sentences
_EDGE_LINES: Final = 3  # lines at the beginning and the end where bylines stand

_SAY: Final = r"(?:said|says|say|reported|reports|report|wrote|writes|quoted|announced|cited|noted|added|learned|saw)"
_KIND: Final = r"(?:(?:\s+state)?(?:\s+news)?(?:\s+agency)?)"


@dataclass(frozen=True, slots=True)
class Credit:
    """
    A place where an agency is credited; immutable.

    Args:
        agency: Id of the agency in the table.
        form: How it is credited.
        span: The words; None where the publisher says it.
        whole: True if it covers the report, not a sentence of it.
    """

    agency: str
    form: Form
    span: Span | None
    whole: bool


def find_credits(document: Document) -> tuple[Credit, ...]:
    """
    Find the agency credits of a document, whole ones first, each agency and form once.

    Offsets: code points of ``document.text``.
    """
    names = _agencies()
    found = [*_publisher(document, names), *_marks(document.text, names), *_citations(document.text, names)]
    firsts: dict[tuple[str, Form], Credit] = {}
    for credit in found:
        firsts.setdefault((credit.agency, credit.form), credit)
    return tuple(sorted(firsts.values(), key=lambda credit: (not credit.whole, credit.span or Span(0, 1))))


def agency_words() -> frozenset[str]:
    """Give the words of all agencies' names, made comparable: they say nothing of an event."""
    return frozenset(fold_word(word) for name in _agencies() for word in re.findall(r"\w+", name))


def _publisher(document: Document, names: dict[str, str]) -> Iterator[Credit]:
    agency = names.get((document.publisher or "").strip())
    if agency:
        yield Credit(agency, "publisher", None, whole=True)


def _marks(text: str, names: dict[str, str]) -> Iterator[Credit]:
    """Find datelines, bylines and sign-offs."""
    for match in _dateline().finditer(text, 0, _DATELINE_WITHIN):
        yield _credit(match, "dateline", names)
    for start, end in _edge_lines(text):
        form: Form = "byline" if start < len(text) / 2 else "sign-off"
        if line := _line().match(text, start, end):
            yield _credit(line, form, names)
    if last := _sign_off().search(text, max(0, len(text) - 60)):
        yield _credit(last, "sign-off", names)


def _citations(text: str, names: dict[str, str]) -> Iterator[Credit]:
    for match in _citation().finditer(text):
        credit = _credit(match, "citation", names)
        yield Credit(credit.agency, "citation", credit.span, whole=match.start() < _opening(text))


def _opening(text: str) -> int:
    """Give the end of the opening: two sentences or so, and not half of a short text."""
    return min(_OPENING, max(_OPENING // 2, len(text) // 3))


def _credit(match: re.Match[str], form: Form, names: dict[str, str]) -> Credit:
    group = next(name for name, words in match.groupdict().items() if words)
    return Credit(names[match[group]], form, Span(*match.span(group)), whole=True)


def _edge_lines(text: str) -> Iterator[tuple[int, int]]:
    """Give the first and last lines that hold something."""
    lines = [match.span() for match in re.finditer(r"[^\r\n]*\S[^\r\n]*", text)]
    yield from dict.fromkeys([*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]])


@cache
def _agencies() -> dict[str, str]:
    """Load the table: agency by name as printed."""
    return {name: row[0] for row in load_table(AGENCIES, COLUMNS) for name in row[1].split("|")}


@cache
def _any(group: str) -> str:
    names = sorted(_agencies(), key=len, reverse=True)
    return f"(?P<{group}>{'|'.join(re.escape(name) for name in names)})"


@cache
def _dateline() -> re.Pattern[str]:
    """``(Reuters)``, ``(Xinhua) --``, ``KARVELI, 7 May, Interfax -``, also after other words in the bracket."""
    return re.compile(rf"\((?:[^()\n]{{0,30}}[/,]\s?)?{_any('a')}(?:[/,][^()\n]{{0,30}})?\)|,\s{_any('b')}\s?[-–—]\s")


@cache
def _line() -> re.Pattern[str]:
    """A line that is a byline: ``AFP``, ``By Reuters``, ``Source: TASS``, ``By Mara Ilen, Associated Press``."""
    before = r"\s*(?:(?:By|Source|Sources|From|Via|Text)\s*:?\s+)?(?:[^,\n.]{3,40},\s)?(?:the\s|The\s)?"
    after = r"(?:\s(?:staff|contributors?|agencies|report))?(?:\s*[/|,&]\s*[^\n.]{2,40})?\.?\s*(?=[\r\n]|$)"
    return re.compile(before + _any("a") + after)


@cache
def _sign_off() -> re.Pattern[str]:
    """``-- AFP``, ``/TASS/``, ``(Reuters)`` at the very end."""
    return re.compile(rf"(?:[-–—]\s?{_any('a')}|/{_any('b')}/|\({_any('c')}\))[.\s]*\Z")


@cache
def _citation() -> re.Pattern[str]:
    """``according to TASS``, ``told Reuters``, ``Xinhua reported``, ``state news agency SANA said``."""
    lead = r"(?:the\s|The\s)?(?:[A-Z][\w’']+\s)?(?:state\s|official\s|state-run\s|semi-official\s)?(?:news\sagency\s)?"
    return re.compile(
        rf"\b(?:[Aa]ccording\sto|told|citing|[Qq]uoted\sby|[Cc]ited\sby|[Rr]eported\sby|carried\sby)\s{lead}{_any('a')}\b"
        rf"|\b{_any('b')}{_KIND}\s{_SAY}\b"
    )
