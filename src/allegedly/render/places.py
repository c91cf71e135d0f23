"""Places as every view writes them: the printed words, the place they mean, how exactly, and why that one."""

from __future__ import annotations

from allegedly.records.claims import ClaimPlace
from allegedly.records.ledger import EventRow, Ledger, PlaceRow
from allegedly.render import labels
from allegedly.render.marked import offsets


def where_label(ledger: Ledger, event: EventRow) -> str:
    """
    Say where an event took place, as stated; empty if the text does not say.

    ``the market in Sarvan: Sarvan, Idlib, SYR (town, within 2 km; the only place of that name)``.
    """
    if event.place is None:
        return ""
    row = labels.row_of(ledger.places, event.place)
    words, meaning = labels.clean(ledger.words(row.span)), place_label(row)
    return meaning if words == labels.clean(row.name) else f"{words}: {meaning}"


def place_label(row: PlaceRow) -> str:
    """Name the place that a name means, with how exact that is and why it was taken; or say why it is open."""
    reason = labels.PLACE_REASON.get(row.reason, labels.clean(row.reason))
    if row.gazetteer is None or row.precision is None:
        return f"{labels.clean(row.name)} ({reason})"
    return f"{_held(row)} ({_exactness(row)}; {reason})"


def claim_place_label(place: ClaimPlace) -> str:
    """Say where the event of a claim took place: the printed words, the place they mean, how exactly."""
    known = place.gazetteer is not None and place.precision is not None
    exactness = _exactness(place) if known else labels.NOT_RESOLVED
    meaning = f"{_held(place) if known else labels.clean(place.name)} ({exactness})"
    words = labels.clean(place.words)
    return meaning if words == labels.clean(place.name) else f"{words}: {meaning}"


def _held(row: PlaceRow | ClaimPlace) -> str:
    """Name a place with what holds it."""
    held = [part for part in (row.name, row.region, "/".join(row.claimants) or row.country) if part]
    return ", ".join(dict.fromkeys(map(labels.clean, held)))


def _exactness(row: PlaceRow | ClaimPlace) -> str:
    return ", ".join(filter(None, (row.precision, _radius(row))))


def _radius(row: PlaceRow | ClaimPlace) -> str:
    if row.radius is None or row.precision == "country":
        return ""
    return f"within {max(1, round(row.radius)):,} km"


def place_lines(ledger: Ledger, row: PlaceRow) -> list[str]:
    """Explain a place: how its name is meant, which place it is, why, and which others were weighed."""
    head = f'{row.id}  "{labels.clean(ledger.words(row.span))}"'
    return [head, "", *(f"{name:<11}{words}" for name, words in place_facts(row))]


def place_facts(row: PlaceRow) -> list[tuple[str, str]]:
    """Give name and words of all that is known of how a place was found; what is unknown is left out."""
    located = row.latitude is not None and row.longitude is not None and row.precision != "country"
    facts = [
        ("meant as", labels.PLACE_READING[row.reading]),
        ("named by", row.named_by or ""),
        ("place", labels.clean(row.name) if row.gazetteer else ""),
        ("region", labels.clean(row.region or "")),
        ("country", row.country or ""),
        ("claimed by", ", ".join(row.claimants)),
        ("point", f"{row.latitude:.4f}, {row.longitude:.4f}" if located else ""),
        ("precision", _exactness(row)),
        ("because", labels.PLACE_REASON.get(row.reason, labels.clean(row.reason))),
        ("weighed", f"{row.candidates:,}" if row.candidates else ""),
        ("gazetteer", row.gazetteer or ""),
        ("others", ", ".join(row.others)),
        ("score", f"{row.score:.4f}"),
        ("offsets", offsets((row.span,))),
    ]
    return [(name, words) for name, words in facts if words]
