"""
Fill a template and keep places that do not depend on how long the names are.

Every offset of a filled text has a *place*: the same number for the same letter
of the template in every filling. A slot takes three places, its first word, its
inside and its end, whatever stands in it; "the" before a name counts as its
first word, so that "the SDF" and "M23" compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from allegedly.errors import ResourceError
from allegedly.neutrality.data import Template
from allegedly.records.ledger import SpanPair

SLOT_WIDTH = 3
_SLOT = re.compile(r"\{([AB])\.(\w+)\}")
_THE = re.compile(r"the ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Filling:
    """
    A filled template; made by :func:`fill`, immutable.

    Offsets: ``starts`` and ``ends`` are indexed by code points of ``text``; their values are places of the template.

    Args:
        text: The report.
        starts: Place of each offset as the start of a span.
        ends: Place of each offset as the end of a span.
        slots: Places of the slots, start and end.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    slots: tuple[SpanPair, ...]

    def place(self, span: SpanPair) -> SpanPair:
        """Give the place of a span."""
        return self.starts[span[0]], self.ends[span[1]]

    def is_part_of_slot(self, span: SpanPair) -> bool:
        """Say whether a span is some but not all of a slot's words; other names have other parts."""
        start, end = self.place(span)
        return any(first <= start and end <= last and (start, end) != (first, last) for first, last in self.slots)


def fill(template: Template, first: Mapping[str, str], second: Mapping[str, str]) -> Filling:
    """
    Put two parties into a template.

    Args:
        template: The report with slots.
        first: Words of party A, by slot.
        second: Words of party B.

    Raises:
        ResourceError: If the template has a slot that the parties lack.
    """
    pieces: list[str] = []
    starts, ends, slots = [], [0], []
    base = 0
    for words, is_slot in _pieces(template, {"A": first, "B": second}):
        pieces.append(words)
        if is_slot:
            starts += _slot_starts(words, base)
            ends += [base + 2] * (len(words) - 1) + [base + SLOT_WIDTH]
            slots.append((base, base + SLOT_WIDTH))
            base += SLOT_WIDTH
        else:
            starts += range(base, base + len(words))
            ends += range(base + 1, base + len(words) + 1)
            base += len(words)
    return Filling("".join(pieces), (*starts, base), tuple(ends), tuple(slots))


def _pieces(template: Template, parties: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, bool]]:
    """Go through what stands between the slots and what stands in them; the latter is marked."""
    end = 0
    for match in _SLOT.finditer(template.text):
        if match.start() > end:
            yield template.text[end : match.start()], False
        slot = match[2]
        try:
            words = parties[match[1]][slot.lower()]
        except KeyError:
            raise ResourceError(
                f"template {template.id}: no slot {slot}", hint="see SLOTS in neutrality/data.py"
            ) from None
        yield words[0].upper() + words[1:] if slot[0].isupper() else words, True
        end = match.end()
    if end < len(template.text):
        yield template.text[end:], False


def _slot_starts(words: str, base: int) -> list[int]:
    opening = _THE.match(words)
    first = opening.end() + 1 if opening else 1
    return [base] * first + [base + 1] * (len(words) - first)
