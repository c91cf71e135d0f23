"""
News of a saved query: claims that came, or figures of incidents that changed or came to differ.

Titles are fixed labels and words of reports side by side; the body is words of
the report. An entry keeps its id when the same text is read again, as ids of
rows are hashes of what they say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from allegedly.records.claims import Claim
from allegedly.records.incidents import CellStance, Conflict, Incident
from allegedly.render import labels
from allegedly.render.claims import claim_details, claim_event, claim_source
from allegedly.render.incidents import BY, POINT
from allegedly.review.states import Reviews
from allegedly.store.fresh import fresh_claims
from allegedly.store.newest import TOLLS, ChangedFigure, changes_in, incidents_by_claim
from allegedly.store.viewing import SqlView
from allegedly.web import links
from allegedly.web.site import Site

KINDS: Final = {
    "claims": "new claims that a search finds",
    "figures": "figures of their incidents that changed or differ",
}
_MOST = 50  # entries
_CLAIMS, _INCIDENTS = 300, 100  # looked at for figures
_JOIN = " · "


@dataclass(frozen=True, slots=True)
class News:
    """
    One piece of news.

    Args:
        id: A URI that stays.
        title: Fixed labels and words of the report.
        words: The words behind it.
        updated: When it came, UTC, RFC 3339.
        link: Address on this site.
        publisher: Who printed it; None if unknown, or if several did.
    """

    id: str
    title: str
    words: str
    updated: str
    link: str
    publisher: str | None = None


def news_of(site: Site, view: SqlView, *, kind: str, query: str, since: str, limit: int = _MOST) -> tuple[News, ...]:
    """
    Give the news of a saved query, last first.

    Args:
        site: The site.
        view: The store at one moment.
        kind: One of :data:`KINDS`.
        query: The query.
        since: When it was saved: the time of what has no day, UTC.
        limit: Most pieces.

    Raises:
        QueryError: If the query cannot be understood.
    """
    found = _figures(site, view, query, since) if kind == "figures" else _claims(site, view, query, limit)
    return tuple(sorted(found, key=lambda item: item.updated, reverse=True)[:limit])


def _claims(site: Site, view: SqlView, query: str, limit: int) -> Iterator[News]:
    clusters = site.incidents(wait=True)  # made, before anything is looked up in them
    fresh = fresh_claims(view, query, limit=limit)
    ids = [item.claim.id for item in fresh]
    reviews = Reviews(view.judgements_of(ids))
    of_claim = incidents_by_claim(site.store, ids)
    incidents = {item.id: item for item in clusters.incidents_of(set(of_claim.values()))}
    for item in fresh:
        claim, standing = reviews.reviewed(item.claim)
        incident = incidents.get(of_claim.get(claim.id, ""))
        lines = [f"{label}: {words}" for label, words in claim_details(claim)]
        lines += [] if incident is None else answers_to(claim.id, incident)
        yield _claim(claim, item.added, [*lines, f"review: {standing.state}"])


def _claim(claim: Claim, added: str, lines: Iterable[str]) -> News:
    title = _JOIN.join(filter(None, (claim_source(claim), labels.STANCE[claim.stance], claim_event(claim))))
    words = "\n".join((f"“{claim.quote}”", *lines))
    link = links.document(claim.document, at=f"claim-{claim.id}", claim=claim.id)
    return News(f"urn:allegedly:claim:{claim.id}", title, words, moment(added), link, claim.publisher)


def answers_to(claim: str, incident: Incident) -> Iterator[str]:
    """Say who denies or doubts what a claim says, as each such cell of its incident answers to it: a line a stance."""
    found: dict[CellStance, list[str]] = {}
    for cell in (cell for point in incident.points for cell in point.cells if claim in cell.denied):
        party = incident.party(cell.party)
        found.setdefault(cell.stance, []).append(party.name if party else cell.party)
    for stance, names in sorted(found.items()):
        yield f"{BY[stance]}: {'; '.join(dict.fromkeys(names))}"


def _figures(site: Site, view: SqlView, query: str, since: str) -> Iterator[News]:
    clusters = site.incidents(wait=True)
    claims = [item.claim.id for item in fresh_claims(view, query, limit=_CLAIMS)]
    wanted = list(dict.fromkeys(incidents_by_claim(site.store, claims).values()))[:_INCIDENTS]
    for incident in clusters.incidents_of(wanted):
        yield from _of_incident(incident, since)


def _of_incident(incident: Incident, since: str) -> Iterator[News]:
    for change in changes_in(incident):
        yield _change(change, incident, since)
    for conflict in incident.conflicts:
        if conflict.field in TOLLS:
            yield _conflict(conflict, incident, since)


def _change(change: ChangedFigure, incident: Incident, since: str) -> News:
    title = _JOIN.join((POINT[change.measure], change.party, "replaced"))
    words = f"“{change.before.words}”\n“{change.after.words}”\n{_about(incident)}"
    key = _key(("change", change.measure, change.before.claim, change.after.claim))
    return News(f"urn:allegedly:figure:{key}", title, words, moment(change.after.said, since), _link(incident))


def _conflict(conflict: Conflict, incident: Incident, since: str) -> News:
    title = _JOIN.join((POINT[conflict.field], "figures differ", conflict.source_a, conflict.source_b))
    words = f"{conflict.source_a}: “{conflict.value_a}”\n{conflict.source_b}: “{conflict.value_b}”\n{_about(incident)}"
    key = _key(("conflict", conflict.field, conflict.claim_a, conflict.claim_b))
    return News(f"urn:allegedly:figure:{key}", title, words, moment(conflict.since, since), _link(incident))


def _about(incident: Incident) -> str:
    place = incident.place.name if incident.place else ""
    return _JOIN.join(filter(None, ("/".join((incident.type, *incident.modes)), place, incident.date.earliest)))


def _link(incident: Incident) -> str:
    return links.incident(incident.id)


def _key(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]


def moment(when: str | None, otherwise: str = "1970-01-01") -> str:
    """
    Write a day or a time as RFC 3339 wants it, in UTC; a day begins at midnight.

    Args:
        when: ISO 8601; None or what is neither gives the other.
        otherwise: Taken then.

    Example:
        >>> moment("2024-05-07"), moment("2024-05-07T12:00:00+02:00"), moment(None, "2024-05-08")
        ('2024-05-07T00:00:00Z', '2024-05-07T10:00:00Z', '2024-05-08T00:00:00Z')
    """
    try:
        at = datetime.fromisoformat(when or "")
    except ValueError:
        return moment(otherwise, date.min.isoformat())
    known = at if at.tzinfo else at.replace(tzinfo=UTC)
    try:
        return known.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except OverflowError:  # the first or last day there is, in another zone
        return at.replace(tzinfo=UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
