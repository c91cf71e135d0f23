"""
What the full-text tables hold of a claim and of a document, and how they are asked.

Both databases have the same columns with the same words (:mod:`allegedly.store.words`);
fixed labels (stance, type, voice …) stand among them as words of their own, so
that one look into the index answers most of a query.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol

import sqlalchemy as sa

from allegedly.records.claims import Claim, ClaimParty, ClaimVoice
from allegedly.records.ledger import DocumentRow
from allegedly.store.query_language import FACTUALITY_WORDS, Clause, label_of
from allegedly.store.words import split_words

# Columns of the full-text tables; the words of a claim or document stand in this order.
COLUMNS = {
    "claims_text": ("passage", "source", "voice", "actor", "recipient", "place", "publisher", "title", "labels"),
    "documents_text": ("passage", "title", "publisher", "labels"),
}
ANY = "anyqx"  # the label of every row: what a query of negations only starts from
MOST_WORDS = 30_000  # of one passage or text: PostgreSQL's index takes a megabyte at most
Words = tuple[str, ...]


class Search(Protocol):
    """The full-text tables of one database."""

    def add(self, connection: sa.Connection, table: str, rows: Sequence[tuple[int, *Words]]) -> None:
        """Put rows into ``claims_text`` or ``documents_text``: running number, then the words of each column."""
        ...

    def remove(self, connection: sa.Connection, table: str, numbers: Sequence[int]) -> None:
        """Take rows out."""
        ...

    def match(self, table: str, clauses: Sequence[Clause]) -> tuple[sa.FromClause, sa.ColumnElement[int], Any]:
        """
        Say how the clauses are asked: table, column of the numbers, condition.

        Every clause is of words and labels only.
        """
        ...


def claim_words(claim: Claim, text: str) -> Words:
    """
    Give the words of a claim by column.

    Args:
        claim: The claim.
        text: The text of its document.
    """
    start, end = claim.passage
    source, place = claim.source, claim.place
    return (
        words_of(text[start:end]),
        "" if source is None else _join((source.words, source.name, source.role, source.country)),
        _voices(claim.voices),
        _parties(claim.actors),
        _parties(claim.recipients),
        "" if place is None else _join((place.words, place.name)),
        _join((claim.publisher,)),
        _join((claim.title,)),
        " ".join(_labels(claim)),
    )


def document_words(document: DocumentRow) -> Words:
    """Give the words of a document by column."""
    labels = f"{ANY} {_label('language', document.language or 'none')}"
    return (" ".join(_first_words(document.text)), _join((document.title,)), _join((document.publisher,)), labels)


@lru_cache(maxsize=2_000)
def words_of(text: str) -> str:
    """Give the words of a text as the index takes them, parted by blanks."""
    return " ".join(_first_words(text))


def _first_words(text: str) -> list[str]:
    return split_words(text)[:MOST_WORDS]


@lru_cache(maxsize=2_000)
def _join(parts: tuple[str | None, ...]) -> str:
    """Give the words of different parts once each; a sign between them keeps phrases from running across."""
    return f" {ANY} ".join(dict.fromkeys(words_of(part) for part in parts if part))


def _voices(voices: Iterable[ClaimVoice]) -> str:
    return _join(tuple(words for voice in voices for words in (voice.words, voice.name, voice.role)))


def _parties(parties: Iterable[ClaimParty]) -> str:
    return _join(
        tuple(
            part
            for party in parties
            for part in (party.words, party.name, party.country, party.sector, party.side, party.actor)
        )
    )


_label = lru_cache(maxsize=1_000)(label_of)


def _labels(claim: Claim) -> Iterable[str]:
    yield ANY
    yield _label("voice", claim.voice)
    yield _label("stance", claim.stance)
    yield _label("language", claim.language or "none")
    if claim.type is not None:
        yield _label("type", claim.type)
    if claim.factuality is not None:
        yield _label("factuality", FACTUALITY_WORDS[claim.factuality])
    if claim.place is not None and claim.place.country is not None:
        yield _label("country", claim.place.country)
    for mode in claim.modes:
        yield _label("mode", mode)
