"""
brat stand-off: a ``.txt`` with the text exactly as received and an ``.ann`` for each document.

Marks are text-bound annotations (``T``), arrows are relations (``R``), labels
about a mark are attributes (``A``), ids are notes (``#``). brat knows no span
over a line end, so a mark that has one becomes a discontinuous one (brat 1.3).
``annotation.conf`` declares what occurs, so that the folder opens as it is.

Offsets: code points of the ``.txt`` read without changing its line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from allegedly.export.base import Material, Text
from allegedly.export.files import encoded, stems_of
from allegedly.export.marks import Arrow, Mark, marks_of
from allegedly.records.ledger import SpanPair

_ENDS = "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"  # what ends a line for one tool or another
_LINE = re.compile(f"[^{_ENDS}]+")
_BREAKING = re.compile(f"[\t{_ENDS}]")
_ATTRIBUTES = ("factuality", "voice", "form", "review_state", "qualifier")
_SIGNS: Mapping[str, str] = {"+": "happened", "-": "did_not", "?": "uncertain", ">": "planned", "~": "hypothetical"}


def brat_files(material: Material) -> Iterator[tuple[str, bytes]]:
    """Give two files for each document, and last the configuration that fits them."""
    kinds: set[str] = set()
    arrows: set[tuple[str, str, str]] = set()
    values: dict[str, set[str]] = {}
    for stem, text in stems_of(material.texts()):
        yield f"{stem}.txt", encoded(text.ledger.document.text)
        yield f"{stem}.ann", encoded("".join(f"{line}\n" for line in _lines(text, kinds, arrows, values)))
    yield "annotation.conf", encoded(_configuration(kinds, arrows, values))


def _lines(
    text: Text, kinds: set[str], arrows: set[tuple[str, str, str]], values: dict[str, set[str]]
) -> Iterator[str]:
    marks, drawn = marks_of(text)
    number = {mark.key: f"T{count}" for count, mark in enumerate(marks, 1)}
    kind = {mark.key: brat_name(mark.layer, mark.label) for mark in marks}
    kinds.update(kind.values())
    arrows.update((arrow.label, kind[arrow.start], kind[arrow.end]) for arrow in drawn)
    body = text.ledger.document.text
    for mark in marks:
        yield f"{number[mark.key]}\t{kind[mark.key]} {_fragments(body, mark.span)}"
    yield from _relations(drawn, number)
    yield from _attributes(marks, number, values)


def brat_name(layer: str, label: str) -> str:
    """
    Make a type name that brat takes: letters, digits, hyphen and underscore.

    Example:
        >>> brat_name("Content", "claim_resp")
        'Content-claim_resp'
    """
    return re.sub(r"[^A-Za-z0-9_-]", "_", f"{layer}-{label}")


def _fragments(text: str, span: SpanPair) -> str:
    """Give offsets and words: one fragment for each line that the span touches."""
    start, end = span
    parts = [match.span() for match in _LINE.finditer(text, start, end)] or [span]
    offsets = ";".join(f"{part[0]} {part[1]}" for part in parts)
    words = " ".join(text[part[0] : part[1]] for part in parts)
    return f"{offsets}\t{_BREAKING.sub(' ', words)}"


def _relations(arrows: Iterable[Arrow], number: Mapping[str, str]) -> Iterator[str]:
    for count, arrow in enumerate(arrows, 1):
        yield f"R{count}\t{arrow.label} Arg1:{number[arrow.start]} Arg2:{number[arrow.end]}\t"


def _attributes(marks: Iterable[Mark], number: Mapping[str, str], values: dict[str, set[str]]) -> Iterator[str]:
    count = notes = 0
    for mark in marks:
        for name in _ATTRIBUTES:
            if name in mark.values:
                count += 1
                value = _SIGNS.get(mark.values[name], mark.values[name])
                values.setdefault(name, set()).add(value)
                yield f"A{count}\t{name} {number[mark.key]} {value}"
        rest = [f"{name}={_flat(value)}" for name, value in mark.values.items() if name not in _ATTRIBUTES]
        if rest:
            notes += 1
            yield f"#{notes}\tAnnotatorNotes {number[mark.key]}\t{' '.join(rest)}"


def _flat(value: str) -> str:
    return re.sub(r"\s+", "_", value)


def _configuration(kinds: set[str], arrows: set[tuple[str, str, str]], values: Mapping[str, set[str]]) -> str:
    lines = ["[entities]", *sorted(kinds), "", "[relations]"]
    for label in sorted({arrow[0] for arrow in arrows}):
        ends = [sorted({arrow[side] for arrow in arrows if arrow[0] == label}) for side in (1, 2)]
        lines.append(f"{label}\tArg1:{'|'.join(ends[0])}, Arg2:{'|'.join(ends[1])}")
    lines += ["", "[events]", "", "[attributes]"]
    lines += [f"{name}\tArg:<ENTITY>, Value:{'|'.join(sorted(found))}" for name, found in sorted(values.items())]
    return "".join(f"{line}\n" for line in lines)
