"""
Does the reader treat both sides of a conflict alike?

Each text is read twice, the second time with the two parties' names exchanged.
Nothing but the names may change: the same rows, at the same places, with the
same types, stances, voices and factuality. The figure is the share of rows that
are the same in both readings (2 x common / all rows of both), scores aside.

The texts are invented and make no statement about real events; every party of a
pair stands in every role, because each text is read both ways.

Run: ``python -m bench.side_swap``
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from allegedly.records.document import Document
from allegedly.records.ledger import Ledger, SpanPair


@dataclass(frozen=True, slots=True)
class Party:
    """
    The names of one party of a conflict.

    Args:
        name: The country.
        adjective: What belongs to it.
        capital: The city that stands for its government.
    """

    name: str
    adjective: str
    capital: str


PAIRS = (
    (Party("Russia", "Russian", "Moscow"), Party("Ukraine", "Ukrainian", "Kyiv")),
    (Party("Armenia", "Armenian", "Yerevan"), Party("Azerbaijan", "Azerbaijani", "Baku")),
    (Party("India", "Indian", "Delhi"), Party("Pakistan", "Pakistani", "Islamabad")),
    (Party("Ethiopia", "Ethiopian", "Addis Ababa"), Party("Eritrea", "Eritrean", "Asmara")),
    (Party("Serbia", "Serbian", "Belgrade"), Party("Kosovo", "Kosovan", "Pristina")),
    (Party("Sudan", "Sudanese", "Khartoum"), Party("Chad", "Chadian", "N'Djamena")),
    (Party("Colombia", "Colombian", "Bogota"), Party("Venezuela", "Venezuelan", "Caracas")),
    (Party("Thailand", "Thai", "Bangkok"), Party("Cambodia", "Cambodian", "Phnom Penh")),
)
TEXTS = (
    "{A.name} said {B.adjective} artillery killed three farmers near the border on Monday.",
    "{A.capital} denies {B.adjective} claim that its drones hit a hospital",
    "{A.adjective} forces shelled two villages overnight, {B.adjective} officials said, wounding at least 12 people.",
    "{A.name} accused {B.name} of violating the ceasefire. {B.capital} rejected the accusation.",
    "{A.adjective} president to meet {B.adjective} counterpart for talks on prisoners",
    '"We will answer every strike," the {A.adjective} defence minister told reporters after the {B.adjective} attack.',
    "{B.name} released 40 {A.adjective} prisoners on Friday, the Red Cross said.",
    "{A.name} imposed sanctions on {B.adjective} banks after {B.adjective} troops seized the crossing.",
    "Two {A.adjective} soldiers were killed when a {B.adjective} drone struck their post, according to the army.",
    "{A.capital}: {B.adjective} missile fell on school, four dead",
    "The {A.adjective} army said it had shot down 11 {B.adjective} drones. {B.name} did not comment.",
    "{A.name} could withdraw its troops if {B.name} signs the agreement, a diplomat said.",
    "{B.adjective} police arrested two {A.adjective} citizens who allegedly photographed a base.",
    "Thousands protested in {A.capital} against the {B.adjective} offensive.",
    "{A.name} and {B.name} agreed to exchange the bodies of the dead, both governments said.",
    "The {A.adjective} foreign ministry condemned the {B.adjective} strike and demanded an inquiry.",
)


class Reads(Protocol):
    """What is needed of a reader."""

    def read(self, document: Document) -> Ledger:
        """Read one document."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What one text gave.

    Args:
        text: The text, first reading.
        common: Rows that are the same in both readings.
        rows: Rows of both readings together.
    """

    text: str
    common: int
    rows: int

    @property
    def same(self) -> bool:
        """Say whether nothing but the names changed."""
        return 2 * self.common == self.rows


def swapped_texts() -> Iterator[tuple[list[str], list[str]]]:
    """Go through all pairs of texts, each as the parts that stay and the parts that change."""
    for first, second in PAIRS:
        for text in TEXTS:
            yield _parts(text, first, second), _parts(text, second, first)


def _parts(text: str, first: Party, second: Party) -> list[str]:
    """Fill a text in and give its parts; every other one is a name."""
    parts = []
    for piece in text.split("{"):
        if "}" not in piece:
            parts.append(piece)
            continue
        slot, rest = piece.split("}")
        party = first if slot[0] == "A" else second
        parts += [getattr(party, slot[2:]), rest]
    return parts


def compare(reader: Reads, one: Sequence[str], other: Sequence[str]) -> Outcome:
    """Read a text both ways and count the rows that are the same."""
    left, right = _rows(reader, one), _rows(reader, other)
    return Outcome("".join(one), (left & right).total(), left.total() + right.total())


def _rows(reader: Reads, parts: Sequence[str]) -> Counter[str]:
    """Read a text and give its rows with places that do not depend on the length of the names."""
    ledger = reader.read(Document("".join(parts), id="swap", language="en")).to_dict()
    place = _places(parts)
    # one row more must not make all later rows differ: what a row refers to is given by its place, not by its number
    known = {row["id"]: _placed(row["content"], place, {}) for row in ledger["attributions"]}
    for name in ("quantities", "times", "places"):
        known |= {row["id"]: _placed(row["span"], place, {}) for row in ledger[name]}
    rows = [row for name in ("attributions", "events", "quantities") for row in ledger[name]]
    return Counter(json.dumps(_placed(row, place, known), sort_keys=True) for row in rows)


def _places(parts: Sequence[str]) -> list[str]:
    """Name each offset by its part; inside a name all offsets but its start are one."""
    places = []
    for number, part in enumerate(parts):
        is_name = number % 2 == 1
        places += [f"{number}:{min(offset, 1) if is_name else offset}" for offset in range(len(part))]
    return [*places, "end"]


def _placed(value: Any, place: Sequence[str], known: Mapping[str, Any]) -> Any:  # noqa: ANN401  # any part of a JSON value
    """Put places where spans and ids stand, and take out scores and words."""
    if isinstance(value, dict):
        return {key: _placed(item, place, known) for key, item in value.items() if key not in {"id", "score", "words"}}
    if isinstance(value, list):
        if len(value) == 2 and all(type(item) is int for item in value):
            return _place_of((value[0], value[1]), place)
        return [_placed(item, place, known) for item in value]
    return known.get(value, value) if isinstance(value, str) else value


def _place_of(span: SpanPair, place: Sequence[str]) -> str:
    return f"{place[span[0]]} to {place[span[1] - 1]}"


def measure(reader: Reads) -> list[Outcome]:
    """Read all texts both ways."""
    return [compare(reader, one, other) for one, other in swapped_texts()]


def rate(outcomes: Sequence[Outcome]) -> float:
    """Give the share of rows that are the same, 0 to 1."""
    return 2 * sum(item.common for item in outcomes) / max(1, sum(item.rows for item in outcomes))


def main() -> None:
    """Print the figures and the texts that were read differently."""
    from allegedly import load  # noqa: PLC0415  # the other functions need no weights

    outcomes = measure(load())
    for item in outcomes:
        if not item.same:
            print(f"{2 * item.common:3d} of {item.rows:3d} rows  {item.text}")
    unchanged = sum(item.same for item in outcomes)
    print(f"side swap: {100 * rate(outcomes):.1f} % of rows the same; {unchanged} of {len(outcomes)} texts unchanged")


if __name__ == "__main__":
    main()
