"""
Taking documents in: files, folders, JSON Lines, web pages, feeds, PDF and web archives.

    >>> from allegedly.ingest import Arrival, Options, ingest
    >>> for item in ingest(["reports/", "https://n.example/feed"], Options(delay=2)):  # doctest: +SKIP
    ...     if isinstance(item, Arrival):
    ...         print(item.document.title, item.retrieval.place)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allegedly.ingest.base import Arrival, Failure, Item, Options, Skipped
    from allegedly.ingest.intake import Intake, ingest

__all__ = ["Arrival", "Failure", "Intake", "Item", "Options", "Skipped", "ingest"]

_HOMES = dict.fromkeys(("Arrival", "Failure", "Item", "Options", "Skipped"), "allegedly.ingest.base") | dict.fromkeys(
    ("Intake", "ingest"), "allegedly.ingest.intake"
)


def __getattr__(name: str) -> object:
    """Import a public name on first use: decoding a text needs neither HTTP nor feeds."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
