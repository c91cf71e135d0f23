r"""
WebAnno TSV 3.3, as INCEpTION reads it: one ``.tsv`` a document.

Each layer of marks is a span layer ``webanno.custom.Allegedly…`` with the
features ``label``, ``key`` and ``note`` (the remaining values as ``name=value``);
arrows stand in the notes. Sentences are the ledger's; text between them becomes blocks of its own, so that all of
the text is there. Reserved signs are written ``\_``, ``\;`` and so on (WebAnno user guide, appendix B).

Offsets: **UTF-16 code units**, as Java counts, unlike everywhere else here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from allegedly.export.base import Material, Text
from allegedly.export.files import encoded, stems_of
from allegedly.export.marks import LAYERS, Arrow, Mark, marks_of
from allegedly.export.tokens import cut_tokens
from allegedly.records.ledger import Ledger, SpanPair

FEATURES = ("label", "key", "note")
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\f": "\\f", "\b": "\\b"}
_RESERVED = {sign: f"\\{sign}" for sign in "[]|_;*"} | _ESCAPES | {"->": "\\->"}
_IN_TEXT = re.compile(r"[\\\t\n\r\f\x08]")
_IN_VALUE = re.compile(r"->|[\\\[\]|_;*\t\n\r\f\x08]")


@dataclass(frozen=True, slots=True)
class _Columns:
    """The cells of one layer by token: what covers it, with the number that joins cells of one mark."""

    layer: str
    cells: Mapping[int, tuple[tuple[Mark, int], ...]]


def webanno_files(material: Material) -> Iterator[tuple[str, bytes]]:
    """Give one file for each document."""
    for stem, text in stems_of(material.texts()):
        yield f"{stem}.tsv", encoded("".join(f"{line}\n" for line in _lines(text)))


def layer_name(layer: str) -> str:
    """Give the type name of a layer in INCEpTION."""
    return f"webanno.custom.Allegedly{layer}"


def _lines(text: Text) -> Iterator[str]:
    marks, arrows = marks_of(text)
    body = text.ledger.document.text
    blocks = _blocks(text.ledger)
    bounds = [bound for span in (*(mark.span for mark in marks), *blocks) for bound in span]
    tokens = cut_tokens(body, bounds)
    columns = _columns(marks, tokens)
    notes = _notes(marks, arrows)
    units = _Units(body)
    yield "#FORMAT=WebAnno TSV 3.3"
    for column in columns:
        yield f"#T_SP={layer_name(column.layer)}|{'|'.join(FEATURES)}"
    yield ""
    number = 0
    for block in blocks:
        first, last = (bisect_left(tokens, (bound, bound)) for bound in block)
        if first == last:
            continue
        number += 1
        start, end = tokens[first][0], tokens[last - 1][1]
        yield ""
        yield f"#Text={_escaped(body[start:end], _IN_TEXT)}"
        for place, token in enumerate(tokens[first:last], first):
            cells = [cell for column in columns for cell in _cells(column.cells.get(place, ()), notes)]
            at = f"{units.before(token[0])}-{units.before(token[1])}"
            word = _escaped(body[slice(*token)], _IN_TEXT)
            yield "\t".join([f"{number}-{place - first + 1}", at, word, *cells, ""])


def _blocks(ledger: Ledger) -> list[SpanPair]:
    """Give the sentences and what lies between them, without overlaps."""
    blocks: list[SpanPair] = []
    at = 0
    for start, end in sorted(ledger.sentences):
        if start > at:
            blocks.append((at, start))
        if end > max(start, at):
            blocks.append((max(start, at), end))
        at = max(at, end)
    length = len(ledger.document.text)
    return [*blocks, (at, length)] if at < length else blocks


def _columns(marks: Sequence[Mark], tokens: Sequence[SpanPair]) -> list[_Columns]:
    """
    Spread the marks over the tokens that they cover, layer by layer; layers without marks are left out.

    A mark over several tokens, or one of several on a token, needs a number
    that no other mark of the file has.
    """
    columns = []
    numbers = 0
    for layer in LAYERS:
        cells: dict[int, list[tuple[Mark, int]]] = {}
        for mark in (mark for mark in marks if mark.layer == layer):
            covered = range(bisect_left(tokens, (mark.span[0],)), bisect_left(tokens, (mark.span[1],)))
            numbers += 1
            for place in covered:
                cells.setdefault(place, []).append((mark, numbers))
        if cells:
            columns.append(_Columns(layer, {place: tuple(found) for place, found in cells.items()}))
    return columns


def _notes(marks: Sequence[Mark], arrows: Sequence[Arrow]) -> dict[str, str]:
    """Give the note of each mark: its values, then where its arrows lead."""
    notes = {mark.key: [f"{name}={value}" for name, value in mark.values.items()] for mark in marks}
    for arrow in arrows:
        notes[arrow.start].append(f"{arrow.label}={arrow.end}")
    return {key: " ".join(found) for key, found in notes.items()}


def _cells(found: Sequence[tuple[Mark, int]], notes: Mapping[str, str]) -> list[str]:
    if not found:
        return ["_"] * len(FEATURES)
    values = [(mark.label, mark.key, notes[mark.key]) for mark, _ in found]
    numbers = [number for _, number in found]
    return [
        "|".join(
            f"{_escaped(value[place], _IN_VALUE) or '*'}[{number}]"
            for value, number in zip(values, numbers, strict=True)
        )
        for place in range(len(FEATURES))
    ]


def _escaped(words: str, signs: re.Pattern[str]) -> str:
    return signs.sub(lambda match: _RESERVED[match.group()], words)


class _Units:
    """
    Counts UTF-16 code units.

    Args:
        text: The text.
    """

    def __init__(self, text: str) -> None:
        self._wide = [place for place, sign in enumerate(text) if ord(sign) > 0xFFFF]

    def before(self, offset: int) -> int:
        """Give the code units before a code point."""
        return offset + bisect_left(self._wide, offset)
