"""Quotations: a thin adapter of the pairing engine in :mod:`allegedly.text.quotes`."""

from __future__ import annotations

from allegedly.annotators.base import Found, Reading
from allegedly.records.annotations import Quotation
from allegedly.records.origin import Origin
from allegedly.text.quotes import pair_quotes


class Quoting:
    """Provides :class:`Quotation`."""

    name = "quotation"
    version = "1"
    requires = frozenset[type]()
    provides = frozenset({Quotation})

    def __init__(self) -> None:
        self._origin = Origin(self.name, self.version, rule="pairing")

    def annotate(self, reading: Reading) -> Found:
        """Pair the quotation marks."""
        return {
            Quotation: [
                Quotation(
                    span=pair.span, origin=self._origin, inner=pair.inner, depth=pair.depth, closed=pair.closed,
                    continues=pair.continues,
                )
                for pair in pair_quotes(reading.text)
            ]
        }  # fmt: skip
