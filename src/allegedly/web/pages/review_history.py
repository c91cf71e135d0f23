"""What reviewers decided: where they differ, everything in order of time, and how far they agree."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from allegedly.export.csv import guarded
from allegedly.records.claims import Claim
from allegedly.review.agreement import Agreement, agreement
from allegedly.review.states import Reviews
from allegedly.store.lists import JudgementFilter, judged_by_several, judgement_page, reviewers, slice_of
from allegedly.store.viewing import SqlView
from allegedly.web import links
from allegedly.web.judging import Decided, Seen, decided, seen
from allegedly.web.people import Reader
from allegedly.web.show import show
from allegedly.web.site import Site, site_of

router = APIRouter()
_CLAIMS, _JUDGEMENTS, _ROWS = 10, 50, 1_000  # on a page; rows of the table read at once
COLUMNS = (
    "number", "row", "document", "who", "made", "decision", "note", "before", "after", "quote", "queue", "blind",
    "undone",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dispute:
    """
    A claim on which reviewers differ.

    Args:
        claim: The claim as it was read.
        decided: What each reviewer decided last.
        address: Of the form that settles it for oneself.
    """

    claim: Seen
    decided: tuple[Decided, ...]
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputesPage:
    """
    What the page of disputes shows.

    Args:
        title: Its title.
        disputes: Claims on which reviewers differ, those judged last first.
        count: How many there are in all.
        mine: Whose judgements the visitor may take back; None is everybody's.
        more: Address of the next page; empty on the last.
    """

    title: str = "Where reviewers differ"
    disputes: tuple[Dispute, ...]
    count: int
    mine: str | None
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """
    What the page of judgements shows.

    Args:
        title: Its title.
        judgements: What was decided, last first.
        who: Only by this person; empty is all.
        undone: Whether those taken back are shown.
        people: All who have judged.
        mine: Whose judgements the visitor may take back; None is everybody's.
        more: Address of the next page; empty on the last.
        table: Address of all as a table.
    """

    title: str = "Judgements"
    judgements: tuple[Decided, ...]
    who: str
    undone: bool
    people: tuple[str, ...]
    mine: str | None
    more: str
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPage:
    """
    What the page of agreement shows.

    Args:
        title: Its title.
        found: How far reviewers agree.
    """

    title: str = "Agreement of reviewers"
    found: Agreement


@router.get("/review/conflicts")
def conflicts_page(request: Request, visitor: Reader, after: str = "") -> Response:
    """Show claims on which reviewers differ, side by side."""
    return show(request, "review_conflicts.html", disputes_of(site_of(request), visitor, after=after or None))


@router.get("/review/judgements")
def judgements_page(request: Request, visitor: Reader) -> Response:
    """Show what was decided, last first; as a table with ``format=csv``."""
    query, site = request.query_params, site_of(request)
    wanted = JudgementFilter(who=query.get("who") or None, undone=query.get("undone") == "1")
    if query.get("format") == "csv":
        headers = {"Content-Disposition": 'attachment; filename="judgements.csv"'}
        return StreamingResponse(table_of(site, wanted), media_type="text/csv; charset=utf-8", headers=headers)
    return show(request, "review_judgements.html", history_of(site, visitor, wanted, after=query.get("after") or None))


@router.get("/review/agreement")
def agreement_page(request: Request) -> Response:
    """Show how far reviewers agree."""
    with site_of(request).view() as view:
        found = agreement(judged_by_several(view))
    return show(request, "review_agreement.html", AgreementPage(found=found))


def disputes_of(site: Site, visitor: Reader, *, after: str | None) -> DisputesPage:
    """Make the page of disputes from the store."""
    with site.view() as view:
        judgements = judged_by_several(view)
        reviews = Reviews(judgements)
        last = {item.row: item.number for item in judgements}
        differ = [row for row in last if row.startswith("c") and reviews.standing(row).state == "conflict"]
        page = slice_of(sorted(differ, key=lambda row: -last[row]), limit=_CLAIMS, after=after)
        claims = {claim.id: claim for claim in view.claims_of_ids(page.items)}
        disputes = tuple(_dispute(site, view, claims[row], reviews) for row in page.items if row in claims)
    return DisputesPage(
        disputes=disputes,
        count=len(differ),
        mine=None if visitor.may("admin") else visitor.name,
        more=links.address("/review/conflicts", after=page.after) if page.after else "",
    )


def _dispute(site: Site, view: SqlView, claim: Claim, reviews: Reviews) -> Dispute:
    last = reviews.standing(claim.id).judgements
    address = links.address(f"/review/claim/{claim.id}", back="/review/conflicts")
    return Dispute(seen(site, view, claim, hidden=False), tuple(map(decided, last)), address)


def history_of(site: Site, visitor: Reader, wanted: JudgementFilter, *, after: str | None) -> HistoryPage:
    """Make the page of judgements from the store."""
    with site.view() as view:
        page = judgement_page(view, wanted, limit=_JUDGEMENTS, after=after, last_first=True)
        people = reviewers(view)
    query: Mapping[str, links.Value] = {"who": wanted.who, "undone": wanted.undone}
    return HistoryPage(
        judgements=tuple(map(decided, page.items)),
        who=wanted.who or "",
        undone=wanted.undone,
        people=people,
        mine=None if visitor.may("admin") else visitor.name,
        more=links.address("/review/judgements", after=page.after, **query) if page.after else "",
        table=links.address("/review/judgements", format="csv", **query),
    )


def table_of(site: Site, wanted: JudgementFilter) -> Iterator[str]:
    """Write judgements as CSV (RFC 4180), last first; cells that a spreadsheet takes for formulas are made harmless."""
    yield _line(COLUMNS)
    with site.view() as view:
        after = None
        while True:
            page = judgement_page(view, wanted, limit=_ROWS, after=after, last_first=True)
            for item in map(decided, page.items):
                before = "; ".join(f"{name}: {old}" for name, old, _ in item.changes)
                new = "; ".join(f"{name}: {value}" for name, _, value in item.changes)
                yield _line((
                    item.number, item.row, item.document, item.who, item.made, item.decision, item.note, before, new,
                    item.quote, item.queue, int(item.blind), item.undone,
                ))  # fmt: skip
            after = page.after
            if after is None:
                return


def _line(cells: tuple[str | int, ...]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return line.getvalue().encode("utf-8", "replace").decode()
