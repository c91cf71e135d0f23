"""
The form that corrects a claim: which fields it has, what stands in them, and which of them somebody changed.

Words are offsets, ``12:31``, so that a form shows no name that is hidden, and
scripts can fill them from a selection; words of the text do as well
(:mod:`allegedly.review.fix`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from allegedly.records.claims import Claim, ClaimNumber
from allegedly.records.codes import EVENT_TYPES, FACTUALITIES, MEASURES, PLACE_PRECISIONS, STANCES
from allegedly.records.daterange import DATE_PRECISIONS
from allegedly.records.ledger import Ledger, SpanPair
from allegedly.render.labels import FACTUALITY, MEASURE, STANCE, row_of
from allegedly.render.names import chain_of
from allegedly.review.blind import Blind
from allegedly.review.fix import FIELDS

Kind = Literal["span", "spans", "text", "number", "day", "choice"]
_LABELS: Final = {
    "source": "Source",
    "source_name": "Its fullest name in the text",
    "stance": "Stance",
    "span": "Words of the claim",
    "type": "Type",
    "modes": "Modes",
    "factuality": "Factuality",
    "actors": "Who did it",
    "recipients": "To whom",
    "earliest": "First day",
    "latest": "Last day",
    "date_precision": "Precision of the date",
    "place": "Place",
    "place_name": "Name in the gazetteer",
    "place_gazetteer": "Id in the gazetteer",
    "place_latitude": "Latitude",
    "place_longitude": "Longitude",
    "place_country": "Country",
    "place_precision": "Precision of the place",
    "place_radius": "Radius, km",
    "measure": "What is counted",
    "number": "Words of the number",
    "low": "At least",
    "best": "Stated",
    "high": "At most",
}
GROUPS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("Who says it", ("source", "source_name", "stance", "span")),
    ("What happened", ("type", "modes", "factuality")),
    ("Who and whom", ("actors", "recipients")),
    ("When", ("earliest", "latest", "date_precision")),
    (
        "Where",
        (
            "place", "place_name", "place_gazetteer", "place_latitude", "place_longitude", "place_country",
            "place_precision", "place_radius",
        ),
    ),
    ("How many", ("measure", "number", "low", "best", "high")),
)  # fmt: skip
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "stance": STANCES,
    "type": EVENT_TYPES,
    "factuality": FACTUALITIES,
    "date_precision": DATE_PRECISIONS,
    "place_precision": PLACE_PRECISIONS,
    "measure": MEASURES,
}
_NAMED: Final[Mapping[str, Mapping[str, str]]] = {
    "stance": {stance: words for stance, words in STANCE.items()},  # noqa: C416  # other keys
    "factuality": {code: f"{code} {words}" for code, words in FACTUALITY.items()},
    "measure": {measure: MEASURE.get(measure, measure) for measure in MEASURES},
}
_KINDS: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(("source", "span", "place", "number"), "span"),
    **dict.fromkeys(("actors", "recipients"), "spans"),
    **dict.fromkeys(("low", "best", "high", "place_latitude", "place_longitude", "place_radius"), "number"),
    **dict.fromkeys(("earliest", "latest"), "day"),
    **dict.fromkeys(_CHOICES, "choice"),
}
_NUMBER: Final = ("measure", "number", "low", "best", "high")
_ALWAYS: Final = frozenset(("source", "source_name", "stance", "span"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """
    A field of the form.

    Args:
        name: Its name, one of :data:`allegedly.review.fix.FIELDS`.
        label: As the page calls it.
        help: What may stand in it.
        kind: How it is filled in.
        value: What stands in it.
        words: The words that its offsets stand for; empty for others.
        choices: Value and label of each choice.
    """

    name: str
    label: str
    help: str
    kind: Kind
    value: str
    words: str
    choices: tuple[tuple[str, str], ...]


def groups_of(
    claim: Claim, ledger: Ledger, *, given: Mapping[str, str] | None = None, blind: Blind | None = None
) -> Iterator[tuple[str, tuple[Field, ...]]]:
    """
    Go through the groups of fields of a claim's form.

    Args:
        claim: The claim as it stands.
        ledger: The reading that it is in.
        given: What somebody typed, where the form is shown again.
        blind: Hides names.
    """
    values = values_of(claim, ledger, measure=(given or {}).get("measure", "")) | dict(given or {})
    for title, names in GROUPS:
        if claim.event is not None or _ALWAYS.issuperset(names):
            yield title, tuple(_field(name, values.get(name, ""), ledger, blind) for name in names)


def _field(name: str, value: str, ledger: Ledger, blind: Blind | None) -> Field:
    choices = tuple((code, _NAMED.get(name, {}).get(code, code)) for code in _CHOICES.get(name, ()))
    text = ledger.document.text
    spans = [span for part in value.replace("\n", ";").split(";") if (span := read_span(part, len(text)))]
    words = "; ".join(text[slice(*span)] if blind is None else blind.words(span) for span in spans)
    return Field(
        name=name, label=_LABELS[name], help=FIELDS[name], kind=_KINDS.get(name, "text"), value=value, words=words,
        choices=choices,
    )  # fmt: skip


def read_span(words: str, length: int) -> SpanPair | None:
    """
    Read offsets; None if the words are none, or lie outside the text.

    Example:
        >>> read_span(" 3:9 ", 20), read_span("the army", 20)
        ((3, 9), None)
    """
    start, colon, end = words.strip().partition(":")
    if not (colon and start.isascii() and start.isdecimal() and end.isascii() and end.isdecimal()):
        return None
    span = (int(start[:9]), int(end[:9]))
    return span if span[0] < span[1] <= length else None


def values_of(claim: Claim, ledger: Ledger, *, measure: str = "") -> dict[str, str]:
    """
    Give what stands in the fields of a claim's form before anybody changes them.

    Args:
        claim: The claim.
        ledger: The reading that it is in.
        measure: The number that is shown; empty is the claim's first.
    """
    values = {
        "source": _spans(_source_spans(claim, ledger)) if claim.voices else "narrator",
        "stance": claim.stance,
        "span": _spans([claim.span]),
    }
    if claim.event is None:
        return values
    place, date = claim.place, claim.date
    values |= {
        "type": claim.type or "",
        "modes": " ".join(claim.modes),
        "factuality": claim.factuality or "",
        "actors": _spans(party.span for party in claim.actors),
        "recipients": _spans(party.span for party in claim.recipients),
        "earliest": date.earliest or "",
        "latest": date.latest or "",
        "date_precision": date.precision or "",
    }
    if place is not None:
        values |= {
            "place": _spans([place.span]),
            "place_name": place.name if place.name != place.words else "",
            "place_gazetteer": place.gazetteer or "",
            "place_latitude": _number(place.latitude),
            "place_longitude": _number(place.longitude),
            "place_country": place.country or "",
            "place_precision": place.precision or "",
            "place_radius": _number(place.radius),
        }
    return values | _number_values(claim.numbers, measure)


def changed_fields(form: Mapping[str, str], claim: Claim, ledger: Ledger) -> dict[str, str]:
    """
    Give the fields of a form that say something else than the claim as it was read.

    What makes one number together is kept together, as :func:`allegedly.review.fix.fix_claim` wants it.

    Args:
        form: All fields as they were sent.
        claim: The claim as it was read.
        ledger: The reading that it is in.
    """
    before = values_of(claim, ledger, measure=form.get("measure", ""))
    given = {name: form[name].strip() for name in FIELDS if name in form}
    changed = {name: value for name, value in given.items() if value != before.get(name, "")}
    if any(name in changed for name in _NUMBER[1:]):
        changed |= {name: given[name] for name in _NUMBER if name in given}
    else:
        changed.pop("measure", None)
    return changed


def _source_spans(claim: Claim, ledger: Ledger) -> tuple[SpanPair, ...]:
    """Find the words of the source that vouches; where people gave another, its words in the passage."""
    if claim.event is not None:
        chain = [row_of(ledger.attributions, key) for key in row_of(ledger.events, claim.key).voice]
    else:
        chain = chain_of(ledger, row_of(ledger.attributions, claim.key))
    words = claim.voices[-1].words
    spans = chain[-1].source if chain else ()
    if words is None or " ".join(ledger.words(span) for span in spans) == words or not words:
        return spans
    at = ledger.document.text.find(words, *claim.passage)
    return ((at, at + len(words)),) if at >= 0 else spans


def _number_values(numbers: Iterable[ClaimNumber], measure: str) -> dict[str, str]:
    for item in numbers:
        if measure in {"", item.measure}:
            return {
                "measure": item.measure,
                "number": _spans([item.span]),
                "low": _number(item.low),
                "best": _number(item.best),
                "high": _number(item.high),
            }
    return {}


def _spans(spans: Iterable[SpanPair]) -> str:
    return "; ".join(f"{start}:{end}" for start, end in spans)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"
