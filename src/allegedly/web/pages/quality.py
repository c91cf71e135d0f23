"""
Quality: what the reader was measured at, by whom it was trained, and what reviewers of this store found.

The first two ship with the program (:mod:`allegedly.web.figures`, the pack's card);
the last is measured here, from judgements in the random order only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from allegedly.errors import PackError
from allegedly.resources.pack import Pack, load_pack
from allegedly.review.agreement import Agreement, agreement
from allegedly.review.precision import Precision, measured_precision
from allegedly.store.answers import RunInfo
from allegedly.web.figures import Measured, shipped_figures
from allegedly.web.show import show
from allegedly.web.site import Site, site_of

router = APIRouter()
NEUTRALITY = "neutrality"  # anchor of the section of the side-swap test


@dataclass(frozen=True, slots=True)
class DevScores:
    """
    What the pack was measured at when it was made.

    Args:
        corpus: Where.
        figures: Measure and figure, 0 to 100.
    """

    corpus: str
    figures: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """
    The model card of a pack.

    Args:
        name: Name of the pack.
        digest: Of its manifest; every ledger carries it.
        base: What it was made from.
        corpora: What it was trained on, each with the class of its licence.
        classes: What the classes mean.
        dev: Scores on dev splits.
    """

    name: str
    digest: str
    base: str
    corpora: tuple[str, ...]
    classes: str
    dev: tuple[DevScores, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityPage:
    """
    What the page shows.

    Args:
        title: Its title.
        measured: Figures that ship with the program.
        card: The model card; None if the shipped pack cannot be used.
        missing: Why there is no card.
        runs: What has read the documents of this store.
        precision: What reviewers of this store found, random order only; empty if nothing was judged so.
        agreement: How far they agree.
    """

    title: str = "Quality"
    measured: Measured
    card: Card | None
    missing: str
    runs: Sequence[RunInfo]
    precision: Sequence[Precision]
    agreement: Agreement


@router.get("/quality")
def quality_page(request: Request) -> Response:
    """Show what is known of how good the reading is."""
    return show(request, "quality.html", page_of(site_of(request)))


def page_of(site: Site) -> QualityPage:
    """Make the page from the store."""
    with site.view() as view:
        judgements, runs = view.judgements(), view.runs()
    try:
        card, missing = card_of(_shipped()), ""
    except PackError as error:
        card, missing = None, str(error)
    return QualityPage(
        measured=shipped_figures(),
        card=card,
        missing=missing,
        runs=runs,
        precision=measured_precision(judgements),
        agreement=agreement(judgements),
    )


@lru_cache(maxsize=1)
def _shipped() -> Pack:
    return load_pack()


def card_of(pack: Pack) -> Card:
    """Read the card of a pack; what it does not say is empty."""
    card = pack.card
    dev = [
        DevScores(corpus.replace("_", " "), tuple((name.replace("_", " "), value) for name, value in figures.items()))
        for corpus, figures in card.get("dev", {}).items()
    ]
    return Card(
        name=card.get("name", ""),
        digest=pack.digest,
        base=card.get("base", ""),
        corpora=tuple(card.get("corpora", ())),
        classes=card.get("classes", ""),
        dev=tuple(dev),
    )
