"""
Read news reports of armed conflict and politics into auditable ledgers.

    >>> import allegedly
    >>> reader = allegedly.load()                       # doctest: +SKIP
    >>> ledger = reader.read(allegedly.Document(text))  # doctest: +SKIP

The names below are all that is public; each is imported when it is first used,
so that ``import allegedly`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allegedly.corroboration.corroborate import corroborate
    from allegedly.errors import AllegedlyError
    from allegedly.export.spacy import to_spacy
    from allegedly.pipeline import Pipeline
    from allegedly.reader import Reader, load, read
    from allegedly.records.claims import Claim
    from allegedly.records.document import Document
    from allegedly.records.incidents import Incident
    from allegedly.records.layers import Layers
    from allegedly.records.ledger import Ledger
    from allegedly.records.span import Span
    from allegedly.settings import Settings
    from allegedly.store.base import Store, View, Writer
    from allegedly.store.opening import open_store

__version__ = "0.1.0"

__all__ = [
    "AllegedlyError",
    "Claim",
    "Document",
    "Incident",
    "Layers",
    "Ledger",
    "Pipeline",
    "Reader",
    "Settings",
    "Span",
    "Store",
    "View",
    "Writer",
    "__version__",
    "corroborate",
    "load",
    "open_store",
    "read",
    "to_spacy",
]

_HOMES = {
    "AllegedlyError": "allegedly.errors",
    "Claim": "allegedly.records.claims",
    "Document": "allegedly.records.document",
    "Incident": "allegedly.records.incidents",
    "Layers": "allegedly.records.layers",
    "Ledger": "allegedly.records.ledger",
    "Pipeline": "allegedly.pipeline",
    "Reader": "allegedly.reader",
    "Settings": "allegedly.settings",
    "Span": "allegedly.records.span",
    "Store": "allegedly.store.base",
    "View": "allegedly.store.base",
    "Writer": "allegedly.store.base",
    "corroborate": "allegedly.corroboration.corroborate",
    "load": "allegedly.reader",
    "open_store": "allegedly.store.opening",
    "read": "allegedly.reader",
    "to_spacy": "allegedly.export.spacy",
}


def __getattr__(name: str) -> object:
    """Import a public name on first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
