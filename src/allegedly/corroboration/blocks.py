"""Reports that credit an agency, found again by it and by what they are about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from allegedly.corroboration.pairs import Report

SHARED: Final = 3  # names and numbers that reports of one event have in common at the least
MOST: Final = 64  # reports of one agency with one name; more share a country, not an event
TRIES: Final = 16  # reports compared with, most in common first


@dataclass(slots=True)
class Credits:
    """An index of reports by agency and facts."""

    _places: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def candidates(self, report: Report) -> Iterator[tuple[str, list[int]]]:
        """Give for each agency credited the reports put in before that may be of the same event."""
        for agency in report.agencies:
            counts = Counter(number for key in _keys(report) for number in self._places.get((agency, key), ()))
            found = [number for number, count in counts.items() if count >= SHARED]
            yield agency, sorted(found, key=lambda number: (-counts[number], number))[:TRIES]

    def add(self, report: Report) -> None:
        """Put a report in; of a name that too many have, the last ones stay."""
        for agency in report.agencies:
            for key in _keys(report):
                places = self._places[agency, key]
                places.append(report.number)
                del places[:-MOST]


def _keys(report: Report) -> list[str]:
    facts = report.facts
    return sorted(facts.names | facts.numbers | facts.topics)
