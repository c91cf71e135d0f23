"""
A store for measuring pages: a hundred thousand claims, five thousand incidents with a place, an article of 1,000 words.

Ledgers are those of invented reports, varied (:mod:`bench.store_data`), their
places moved to points spread over the land; nothing of it is kept in git.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from allegedly.keeper import up_to_date
from allegedly.ledger.json import decode_ledger, encode_ledger
from allegedly.records.document import Document
from allegedly.records.ledger import Ledger, PlaceRow
from allegedly.store.sql import SqlStore
from bench.speed_text import make_article
from bench.store_data import base_ledgers, variants

ARTICLE = "article-1000"  # id of the document of 1,000 words
CENTRES = (
    ("UKR", 48.5, 35.0), ("SDN", 14.0, 29.0), ("SYR", 35.0, 38.0), ("MMR", 21.0, 96.0), ("COL", 4.0, -73.5),
    ("COD", -2.5, 27.0), ("YEM", 15.5, 46.0), ("MEX", 22.0, -101.0), ("ETH", 9.0, 39.0), ("PAK", 31.0, 70.0),
    ("PHL", 8.0, 125.0), ("NGA", 10.5, 8.0),
)  # fmt: skip
PRECISIONS = (("exact", 1.0), ("town", 5.0), ("town", 8.0), ("district", 30.0), ("region", 150.0))


def fill(store: SqlStore, claims: int, *, with_article: bool = True) -> int:
    """
    Fill a store and make its incidents.

    Args:
        store: An empty store.
        claims: About how many.
        with_article: Put the article of 1,000 words in, which needs the shipped pack as all base ledgers do.

    Returns:
        How many documents were added.
    """
    documents = 0
    added = 0
    with store.writer() as writer:
        if with_article:
            writer.add(read_article())
        for ledger in ledgers():
            writer.add(ledger, encode_ledger(ledger))
            documents += 1
            added += len(ledger.events) + len(ledger.attributions) // 3
            if added >= claims:
                break
    up_to_date(store)
    return documents


def ledgers() -> Iterator[Ledger]:
    """Give ledgers without end, the same ones every time."""
    for number, data in enumerate(variants(base_ledgers(), 1_000_000)):
        yield _moved(decode_ledger(data), number)


def read_article() -> Ledger:
    """Read the article of 1,000 words with the shipped pack."""
    import allegedly  # noqa: PLC0415 - onnxruntime is loaded for this only

    text = make_article(7, words=1_000)
    return allegedly.load().read(Document(text, id=ARTICLE, published="2025-06-01", publisher="Northwire"))


def _moved(ledger: Ledger, number: int) -> Ledger:
    """Put all places of a ledger somewhere around one of the centres."""
    chance = random.Random(number)  # noqa: S311 - data for a measurement
    country, latitude, longitude = chance.choice(CENTRES)
    return replace(ledger, places=tuple(_somewhere(row, chance, country, latitude, longitude) for row in ledger.places))


def _somewhere(row: PlaceRow, chance: random.Random, country: str, latitude: float, longitude: float) -> PlaceRow:
    precision, radius = chance.choice(PRECISIONS)
    return replace(
        row,
        gazetteer=f"geonames:{chance.randrange(10**7)}",
        latitude=round(latitude + chance.gauss(0, 2.5), 4),
        longitude=round(longitude + chance.gauss(0, 3), 4),
        country=country,
        precision=precision,
        radius=radius,
        reason="only-candidate",
    )
