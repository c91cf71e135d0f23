"""One source: what it asserts, denies, confirms; whom it accuses and who accuses it; how outlets cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from allegedly.errors import NotInStore, UsageError
from allegedly.render.labels import STANCE
from allegedly.store.concordance import CueCount, CueLine, cue_counts, cue_lines
from allegedly.store.network import Tie, citations
from allegedly.store.sources import claims_of_source, source_count
from allegedly.store.sql import SqlStore
from allegedly.web.claim_rows import ClaimRow, claim_row, fold_rows, reviews_in
from allegedly.web.pages.sources import SourceRow, source_row
from allegedly.web.show import show
from allegedly.web.site import site_of
from allegedly.web.sums import accusation_ties

router = APIRouter()
CLAIMS: Final = 25
LINES: Final = 30
WORDS: Final = {str(code): words for code, words in STANCE.items()}
OUTLETS: Final = 12  # in a row of the concordance's table; more are summed up


@dataclass(frozen=True, slots=True, kw_only=True)
class CueRow:
    """
    A cue with the outlets that use it for the source.

    Args:
        cue: The words in small letters; empty for quotations that run on without one.
        stances: What it says the source does, in fixed words.
        count: How often.
        outlets: Outlets with how often each uses it, most often first.
    """

    cue: str
    stances: tuple[str, ...]
    count: int
    outlets: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """
    What the page shows.

    Args:
        title: Its name.
        source: The source in numbers.
        stances: Stances that it takes with how many claims, in fixed order: code, word, number.
        stance: Only claims of this stance; empty is all.
        claims: Its claims, newest first.
        after: Where the next page of claims begins; None on the last one.
        accuses: Whom it accuses.
        accused_by: Who accuses it.
        cited_by: Outlets and sources that cite it.
        cites: Sources that it passes on.
        cues: The cues used for it, most frequent first.
        cue: Only lines of this cue; None is all.
        lines: Lines around cues, newest first.
        unchecked: Whether nobody has checked any of the claims shown.
    """

    title: str
    source: SourceRow
    stances: tuple[tuple[str, str, int], ...]
    stance: str
    claims: tuple[ClaimRow, ...]
    after: str | None
    accuses: tuple[Tie, ...]
    accused_by: tuple[Tie, ...]
    cited_by: tuple[Tie, ...]
    cites: tuple[Tie, ...]
    cues: tuple[CueRow, ...]
    cue: str | None
    lines: tuple[CueLine, ...]
    unchecked: bool


@router.get("/source")
def source(
    request: Request, name: str, stance: str = "", after: str | None = None, cue: str | None = None
) -> HTMLResponse:
    """Show a source."""
    page = source_page(site_of(request).store, name, stance=stance, after=after, cue=cue)
    return show(request, "source.html", page)


def source_page(
    store: SqlStore, name: str, *, stance: str = "", after: str | None = None, cue: str | None = None
) -> SourcePage:
    """
    Make the context.

    Args:
        store: The store.
        name: Name of the source, as claims have it.
        stance: Only claims of this stance; empty is all.
        after: Where the page of claims begins.
        cue: Only lines of this cue, in small letters.

    Raises:
        NotInStore: If nobody of that name is mentioned as speaking or accused.
        UsageError: If there is no such stance.
    """
    if stance and stance not in WORDS:
        raise UsageError(f"there is no stance {stance[:40]!r}", hint=f"stances are {', '.join(WORDS)}")
    counted = source_count(store, name)
    accusing = accusation_ties(store)
    accused_by = tuple(tie for tie in accusing if tie.other == name)
    if not counted.claims and not accused_by:
        raise NotInStore(f"nobody called {name[:100]!r} speaks in the reports", hint="see /sources for who does")
    found = claims_of_source(store, name, stances=[stance] if stance else (), limit=CLAIMS, after=after or None)
    cited = citations(store, source=name)
    prints = {claim.id: (claim,) for claim in found.claims}
    reviews = reviews_in(store, prints)
    rows = fold_rows(claim_row(one, reviews) for one in prints.values())
    return SourcePage(
        title=name,
        source=source_row(counted),
        stances=tuple((code, word, counted.stances[code]) for code, word in WORDS.items() if code in counted.stances),
        stance=stance,
        claims=rows,
        after=found.after,
        accuses=tuple(tie for tie in accusing if tie.one == name),
        accused_by=accused_by,
        cited_by=tuple(tie for tie in cited if tie.other == name),
        cites=tuple(tie for tie in cited if tie.one == name),
        cues=cue_rows(cue_counts(store, name)),
        cue=cue,
        lines=tuple(cue_lines(store, name, cue=cue, limit=LINES)),
        unchecked=all(row.state == "unchecked" for row in rows),
    )


def cue_rows(counts: Sequence[CueCount]) -> tuple[CueRow, ...]:
    """
    Put the outlets of each cue together.

    Args:
        counts: Most frequent cue first.
    """
    by_cue: dict[str, list[CueCount]] = {}
    for item in counts:
        by_cue.setdefault(item.cue, []).append(item)
    return tuple(
        CueRow(
            cue=cue,
            stances=tuple(dict.fromkeys(WORDS[item.stance] for item in items)),
            count=sum(item.count for item in items),
            outlets=_outlets(items),
        )
        for cue, items in by_cue.items()
    )


def _outlets(items: Sequence[CueCount]) -> tuple[tuple[str, int], ...]:
    sums: dict[str, int] = {}
    for item in items:
        sums[item.publisher] = sums.get(item.publisher, 0) + item.count
    return tuple(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0].casefold()))[:OUTLETS])
