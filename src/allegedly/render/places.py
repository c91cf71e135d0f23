"""Places as every view writes them: the printed words, the place they mean, how exactly, and why that one."""

from __future__ import annotations

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
    name = labels.clean(row.name)
    if row.gazetteer is None or row.precision is None:
        return f"{name} ({reason})"
    held = [part for part in (name, row.region, "/".join(row.claimants) or row.country) if part]
    names = ", ".join(labels.clean(part) for part in dict.fromkeys(held))
    return f"{names} ({', '.join(filter(None, (row.precision, _radius(row))))}; {reason})"


def _radius(row: PlaceRow) -> str:
    if row.radius is None or row.precision == "country":
        return ""
    return f"within {max(1, round(row.radius)):,} km"


def place_lines(ledger: Ledger, row: PlaceRow) -> list[str]:
    """Explain a place: how its name is meant, which place it is, why, and which others were weighed."""
    located = row.latitude is not None and row.longitude is not None and row.precision != "country"
    facts = [
        ("meant as", labels.PLACE_READING[row.reading]),
        ("named by", row.named_by or ""),
        ("place", labels.clean(row.name) if row.gazetteer else ""),
        ("region", labels.clean(row.region or "")),
        ("country", row.country or ""),
        ("claimed by", ", ".join(row.claimants)),
        ("point", f"{row.latitude:.4f}, {row.longitude:.4f}" if located else ""),
        ("precision", ", ".join(filter(None, (row.precision or "", _radius(row))))),
        ("because", labels.PLACE_REASON.get(row.reason, labels.clean(row.reason))),
        ("weighed", f"{row.candidates:,}" if row.candidates else ""),
        ("gazetteer", row.gazetteer or ""),
        ("others", ", ".join(row.others)),
        ("score", f"{row.score:.4f}"),
        ("offsets", offsets((row.span,))),
    ]
    head = f'{row.id}  "{labels.clean(ledger.words(row.span))}"'
    return [head, "", *(f"{name:<11}{words}" for name, words in facts if words)]
