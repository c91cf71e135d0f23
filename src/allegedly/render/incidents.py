"""
Incidents and conflicts for the terminal and for CSV: words of reports and fixed labels, nothing composed.

Parties stand in alphabetical order; a denial stands on the line of what it
denies. Nobody is called right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from allegedly.records.claims import Claim
from allegedly.records.incidents import (
    CellStance,
    Figure,
    Incident,
    Point,
    PointName,
    PointStatus,
)
from allegedly.records.ledger import json_key
from allegedly.render.labels import clean

POINT: Final[dict[PointName, str]] = {
    "happened": "happened", "who": "who did it", "whom": "to whom", "where": "where", "when": "when",
    "killed": "killed", "wounded": "wounded", "weapon": "weapon", "target": "what was hit",
}  # fmt: skip
BY: Final[dict[CellStance, str]] = {
    "asserts": "asserted by", "confirms": "confirmed by", "concedes": "conceded by", "denies": "denied by",
    "doubts": "doubted by", "silent": "nothing found from",
}  # fmt: skip
STATUS: Final[dict[PointStatus, str]] = {
    "one-sided": "", "confirmed-by-other-side": "<- confirmed by the other side", "third-party": "<- third party",
    "disputed": "<- in dispute",
}  # fmt: skip
DIFFER: Final = "<- figures differ"
NOT_SET: Final = "not set (choose one with --best; none is assumed)"
_JOIN: Final = "; "


def render_incident(incident: Incident, *, color: bool = False) -> str:
    """
    Lay an incident out as a block of lines.

    Args:
        incident: What to show.
        color: Use typographic signs; otherwise fixed labels are plain ASCII.

    Returns:
        Lines with a final line end.
    """
    names = {party.id: clean(party.name) for party in incident.parties}
    rows = [_point_row(point, incident, names) for point in _shown(incident.points)]
    rows.append(("best estimate", _best(incident), "", ""))
    widths = [max(len(row[k]) for row in rows) for k in range(2)]
    lines = [_head(incident, color=color)]
    for label, value, said, status in rows:
        line = f"  {label:<{widths[0]}}  {value:<{min(widths[1], 34)}}  {_signs(said, color=color)}"
        lines.append(f"{line}  {_arrow(status, color=color)}".rstrip())
    lines.append(_foot(incident, color=color))
    return "\n".join(lines) + "\n"


def render_claims(incident: Incident, claims: Mapping[str, Claim]) -> str:
    """
    List the words behind an incident, oldest first.

    Args:
        incident: The incident.
        claims: Its claims by id.
    """
    lines = ["", "CLAIMS"]
    stances: dict[str, list[str]] = {}
    for point in incident.points:
        for cell in point.cells:
            for claim_id in cell.claims:
                stances.setdefault(claim_id, []).append(f"{cell.stance} {POINT[point.name]}")
    for claim_id in incident.claims:
        claim = claims.get(claim_id)
        if claim is None:
            continue
        source = claim.source
        who = f"{claim.publisher or claim.document} (its own voice)" if source is None else source.name or source.words
        said = f"{claim.published or 'day unknown'}  {claim.publisher or claim.document}"
        lines += [
            f"  {claim_id}  {said}  {clean(who or 'source not named')}",
            f'      "{clean(claim.quote)}"',
            f"      {_JOIN.join(dict.fromkeys(stances.get(claim_id, ['no point'])))}",
        ]
    return "\n".join(lines) + "\n"


def plain(value: Any) -> Any:  # noqa: ANN401  # whatever records hold
    """Give records as what JSON can hold, with the keys of the contract (``from``, not ``from_``)."""
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {json_key(item.name): plain(getattr(value, item.name)) for item in fields(value)}
    return value


def _head(incident: Incident, *, color: bool) -> str:
    modes = "".join(f"/{mode}" for mode in incident.modes[:2])
    days = incident.date.earliest or "day not stated"
    if incident.date.latest and incident.date.latest != incident.date.earliest:
        days = f"{days} to {incident.date.latest}"
    place = "place not stated" if incident.place is None else clean(incident.place.name)
    if incident.place is not None and incident.place.gazetteer is None:
        place = f"{place} (not in the gazetteer)"
    return _signs(f"INCIDENT {incident.id}  {incident.type}{modes} | {days} | {place}", color=color)


def _foot(incident: Incident, *, color: bool) -> str:
    parts = (
        _count(len(incident.claims), "claim"), _count(incident.number_of_sources, "source"),
        _count(len(incident.documents), "document"), f"{incident.number_of_origins} of independent origin",
        _count(len(incident.conflicts), "conflict"),
    )  # fmt: skip
    return "  " + _signs(" | ".join(parts), color=color)


def _shown(points: Iterable[Point]) -> list[Point]:
    return [point for point in points if point.cells]


def _point_row(point: Point, incident: Incident, names: Mapping[str, str]) -> tuple[str, str, str, str]:
    tolls = point.name in {"killed", "wounded"}
    value = _range([figure for cell in point.cells for figure in cell.figures]) if tolls else clean(point.value)
    by_stance: dict[CellStance, list[str]] = {}
    for cell in sorted(point.cells, key=lambda cell: names.get(cell.party, cell.party).lower()):
        name = names.get(cell.party, cell.party)
        figures = [clean(figure.words) for figure in cell.figures if not figure.replaced]
        by_stance.setdefault(cell.stance, []).append(f"{name} ({', '.join(figures)})" if figures else name)
    said = " | ".join(f"{BY[stance]} {', '.join(found)}" for stance, found in by_stance.items())
    differ = tolls and any(
        row.field == point.name and "denies" not in {row.value_a, row.value_b} for row in incident.conflicts
    )
    return POINT[point.name], value[:34], said, DIFFER if differ else STATUS[point.status]


def _range(figures: Sequence[Figure]) -> str:
    """Give the figures of an event from lowest to highest."""
    counted = [figure for figure in figures if figure.scope == "event" and not figure.replaced]
    lows = [figure.low if figure.low is not None else figure.best for figure in counted]
    known = sorted({low for low in lows if low is not None})
    if not known:
        return " ... ".join(dict.fromkeys(clean(figure.words) for figure in counted))
    open_end = any(figure.high is None and figure.best is None for figure in counted)
    highest = max((figure.high for figure in counted if figure.high is not None), default=known[-1])
    ends = f"{known[0]:g}" if known[0] == max(highest, known[-1]) else f"{known[0]:g} ... {max(highest, known[-1]):g}"
    return f"{ends} or more" if open_end else ends


def _best(incident: Incident) -> str:
    if not incident.best:
        return NOT_SET
    return _JOIN.join(f"{item.measure} {item.value:g} (policy {item.policy})" for item in incident.best)


def _signs(words: str, *, color: bool) -> str:
    return words.replace(" | ", " · ").replace(" ... ", " … ") if color else words


def _arrow(words: str, *, color: bool) -> str:
    return words.replace("<-", "←") if color else words


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
