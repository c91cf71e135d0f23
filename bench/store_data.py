"""
Ready ledgers for the store's figures: invented reports, read once, then varied; nothing of it is kept in git.

A variant has other words of the same length in the place of names and of some
other words, other digits, another day and publisher; all spans stay where they are.
"""

from __future__ import annotations

import json
import random
import re
import string
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from allegedly.ledger.json import encode_ledger
from allegedly.records.document import Document
from bench.speed_text import make_article

PUBLISHERS = ("Northwire", "Veldra Today", "Free South", "Karveli Post", "The Port Azel Observer", "Radio Ostan")
_WORD = re.compile(r"[A-Za-z]{4,}")
_KEPT = 0.8  # share of words that every variant has: function words and the words of the trade
_POOL = 3_000


def base_ledgers(articles: int = 0) -> list[bytes]:
    """Read the demo's and the golden reports, or that many articles of 400 words, with the shipped pack."""
    import allegedly  # noqa: PLC0415 - onnxruntime is loaded for this only
    from allegedly.demo import demo_documents  # noqa: PLC0415
    from tests.golden.cases import CASES, document  # noqa: PLC0415

    if articles:
        documents = [Document(make_article(seed, words=400), id=str(seed)) for seed in range(articles)]
    else:
        documents = [*demo_documents(), *(document(case) for case in CASES)]
    return [encode_ledger(ledger) for ledger in allegedly.load().read_many(documents)]


def variants(base: list[bytes], count: int, *, first: int = 0) -> Iterator[bytes]:
    """Make that many ledgers as JSON, the same ones every time."""
    plain = [json.loads(data) for data in base]
    pool = _words()
    for number in range(first, first + count):
        yield _vary(plain[number % len(plain)], number, pool)


def _words() -> dict[int, list[str]]:
    chance = random.Random(0)  # noqa: S311 - data for a measurement
    pool: dict[int, list[str]] = {}
    for _ in range(_POOL):
        size = chance.randint(4, 14)
        pool.setdefault(size, []).append("".join(chance.choices(string.ascii_lowercase, k=size)))
    return pool


def _vary(ledger: dict[str, Any], number: int, pool: dict[int, list[str]]) -> bytes:
    chance = random.Random(number)  # noqa: S311 - as above
    changes: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        word = match.group()
        if word not in changes:
            kept = word[0].islower() and hash_share(word) < _KEPT
            new = word if kept or len(word) not in pool else chance.choice(pool[len(word)])
            changes[word] = new.capitalize() if word[0].isupper() else new
        return changes[word]

    text = list(_WORD.sub(other, ledger["document"]["text"]))
    quantities = [dict(row) for row in ledger["quantities"]]
    for row in quantities:
        if row["words"].isdigit():
            value = chance.randint(10 ** (len(row["words"]) - 1), 10 ** len(row["words"]) - 1)
            text[row["span"][0] : row["span"][1]] = str(value)
            row["low"] = row["best"] = row["high"] = value
    joined = "".join(text)
    for row in quantities:
        row["words"] = joined[row["span"][0] : row["span"][1]]
    entities = [row | {"name": _WORD.sub(other, row["name"])} for row in ledger["entities"]]
    made = Document(joined, id=f"d{number}")
    known = {
        "id": made.id,
        "digest": made.digest,
        "text": joined,
        "published": (date(2020, 1, 1) + timedelta(days=number % 2000)).isoformat(),
        "publisher": PUBLISHERS[number % len(PUBLISHERS)],
        "url": f"https://example.org/{number}",
    }
    varied = ledger | {"document": ledger["document"] | known, "quantities": quantities, "entities": entities}
    return json.dumps(varied, ensure_ascii=False, separators=(",", ":")).encode()


def hash_share(word: str) -> float:
    """Give a number from 0 to 1 that is always the same for a word."""
    return random.Random(word).random()  # noqa: S311 - as above
