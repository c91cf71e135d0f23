"""Ledger gold: documents with attributions and events, in the form of a gold file."""

from __future__ import annotations

from typing import Any

from bench.corpora import load_corpora

Ledger = dict[str, Any]


def read_ledgers(name: str) -> list[Ledger]:
    """Read the documents of ``ledger_gold_dev`` or ``ledger_invented_dev``."""
    return list(load_corpora()[name].lines())


def is_headline(ledger: Ledger) -> bool:
    """Say whether a document is a single sentence, as headlines and ledes are in the invented gold."""
    return len(ledger["sentences"]) == 1
