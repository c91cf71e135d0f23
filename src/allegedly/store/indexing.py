"""Keep the tables that can be made again: full text and numbers of what counts now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from allegedly.records.claims import Claim
from allegedly.records.ledger import DocumentRow
from allegedly.store.inserting import insert_rows
from allegedly.store.rows import Values, number_values
from allegedly.store.search import Search, Words, claim_words, document_words
from allegedly.store.tables import CLAIM_NUMBERS, CLAIMS

_AT_ONCE = 500  # numbers in one question


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index takes of a document: its words, those of its claims, and the numbers of each claim."""

    document: Words
    claims: tuple[Words, ...]
    numbers: tuple[tuple[Values, ...], ...]


def index_of(document: DocumentRow, claims: Sequence[Claim]) -> Indexed:
    """Make what the index takes; a pure function."""
    return Indexed(
        document=document_words(document),
        claims=tuple(claim_words(claim, document.text) for claim in claims),
        numbers=tuple(tuple(number_values(claim)) for claim in claims),
    )


class Index:
    """
    Collects what is to be written, then writes it in one go.

    Args:
        search: The full-text tables.
    """

    def __init__(self, search: Search) -> None:
        self._search = search
        self._claims: list[tuple[int, *Words]] = []
        self._documents: list[tuple[int, *Words]] = []
        self._numbers: list[Values] = []

    def put_document(self, number: int, indexed: Indexed) -> None:
        """Take in the words of a document under its running number."""
        self._documents.append((number, *indexed.document))

    def put_claims(self, numbers: Iterable[int], indexed: Indexed) -> None:
        """Take in the claims of a document under their running numbers."""
        for number, words, figures in zip(numbers, indexed.claims, indexed.numbers, strict=True):
            self._claims.append((number, *words))
            self._numbers += [(measure, number, *more) for measure, *more in figures]

    def write(self, connection: sa.Connection) -> None:
        """Write what was taken in, and forget it."""
        self._search.add(connection, "claims_text", self._claims)
        self._search.add(connection, "documents_text", self._documents)
        insert_rows(connection, CLAIM_NUMBERS, self._numbers)
        self._claims, self._documents, self._numbers = [], [], []


def remove_claims(connection: sa.Connection, search: Search, ledger: int) -> None:
    """Take the claims of a ledger that no longer counts out of the index."""
    numbers = list(connection.scalars(sa.select(CLAIMS.c.number).where(CLAIMS.c.ledger == ledger)))
    for start in range(0, len(numbers), _AT_ONCE):
        part = numbers[start : start + _AT_ONCE]
        search.remove(connection, "claims_text", part)
        connection.execute(sa.delete(CLAIM_NUMBERS).where(CLAIM_NUMBERS.c.claim.in_(part)))
