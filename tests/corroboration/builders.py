"""Claims made by hand for the tests of incidents."""

from __future__ import annotations

from typing import Any

from allegedly.records.claims import Claim, ClaimNumber, ClaimParty, ClaimPlace, ClaimVoice
from allegedly.records.ids import content_id
from allegedly.records.incidents import Figure
from allegedly.records.ledger import DateRow


def make_claim(
    quote: str = "Norland shelled the market in Sorvik",
    *,
    document: str = "d1",
    at: int = 0,
    source: str | None = "Southmark",
    cue: str = "said",
    stance: str = "assert",
    published: str | None = "2025-03-04",
    day: str | None = "2025-03-03",
    event: bool = True,
    **changes: Any,
) -> Claim:
    """Make a claim; the same words in the same document at the same place are the same claim."""
    name = content_id("c", document, at, quote, source, stance)
    voice = () if source is None else (ClaimVoice(name, source, source, "named", stance, "indirect", cue),)  # type: ignore[arg-type]
    held: dict[str, Any] = {
        "event": f"v{name[1:]}", "type": "ASSAULT", "factuality": "+", "trigger": "shelled",
        "date": DateRow(day, day, "day", "stated") if day else DateRow(),
    }  # fmt: skip
    values: dict[str, Any] = {
        "id": name, "document": document, "digest": f"sha256:{document}", "run": "r", "key": f"v{at}",
        "publisher": "Northwire", "published": published, "voice": "source" if voice else "own", "voices": voice,
        "stance": stance, "span": (at, at + len(quote)), "quote": quote, "passage": (at, at + len(quote) + 1),
        "score": 1.0, **(held if event else {}),
    }  # fmt: skip
    return Claim(**(values | changes))


def make_party(words: str, **codes: Any) -> ClaimParty:
    """Make somebody who takes part."""
    return ClaimParty((0, len(words)), words, words, **codes)


def make_place(name: str, point: tuple[float, float] | None = None, **changes: Any) -> ClaimPlace:
    """Make a place, resolved if a point is given."""
    known: dict[str, Any] = {}
    if point is not None:
        known = {"gazetteer": f"g:{name}", "latitude": point[0], "longitude": point[1], "precision": "town"}
    return ClaimPlace(f"p-{name}", (0, len(name)), name, name, **(known | changes))


def make_number(words: str, low: float | None, best: float | None, high: float | None, **changes: Any) -> ClaimNumber:
    """Make a number of dead."""
    values = {"measure": "killed", "qualifier": "exact", **changes}
    return ClaimNumber(f"q-{words}", span=(0, len(words)), words=words, low=low, best=best, high=high, **values)  # type: ignore[arg-type]


def make_figure(low: float | None, best: float | None, high: float | None, **changes: Any) -> Figure:
    """Make a figure."""
    values: dict[str, Any] = {"claim": "c1", "words": str(best), "qualifier": "exact", "scope": "event"}
    return Figure(low=low, best=best, high=high, **(values | changes))
