"""
How long a reviewer waits: the next claim in each order, the counts, and the incidents after a judgement.

    python -m bench.review [--claims 100000] [--judged 5000] [--store FILE]

The store holds invented claims (:mod:`bench.growth`), two to a document, with
full text and incidents; some are judged by two people before anything is
timed. Milliseconds, the median and the slowest of 9 by the clock, and the median of the processor,
as others may be using the machine. "Made again" is what a
look at the incidents costs after the judgement named: from the mark of a judgement to incidents that follow it.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from statistics import median

import msgspec
import sqlalchemy as sa

from allegedly.corroboration.keeping import refresh
from allegedly.records.claims import Claim
from allegedly.records.ledger import DocumentRow
from allegedly.review.queue import ORDERS, Asked, count_claims, next_claims
from allegedly.store.clusters import ClusterStore
from allegedly.store.codec import pack, pack_claims
from allegedly.store.indexing import Index, index_of
from allegedly.store.inserting import insert_rows
from allegedly.store.opening import open_store
from allegedly.store.rows import claim_values, document_values
from allegedly.store.sql import SqlStore
from allegedly.store.tables import CLAIMS, DOCUMENTS, JUDGEMENTS, LEDGERS, RUNS
from bench.growth import SEED, invent_claims
from bench.tables import print_table

TIMES = 9
_DAY = "2025-01-01T00:00:00.000Z"


def fill(store: SqlStore, count: int) -> list[Claim]:
    """Put invented claims into an empty store, each document with a text of its quotes, and give them."""
    chance = random.Random(SEED)  # noqa: S311  # no secret
    claims = [replace(claim, score=chance.random()) for claim in invent_claims(count)]
    documents = groupby(claims, key=lambda claim: claim.document)
    number = 0
    with store.transaction() as connection:
        connection.execute(sa.insert(RUNS).values(id="r", version="0", pack="", settings="", added=_DAY))
        index = Index(store.search)
        for k, (name, group) in enumerate(documents, 1):
            said = list(group)
            text = "".join(claim.quote.ljust(100) for claim in said)
            row = DocumentRow(name, said[0].digest, None, None, said[0].publisher, said[0].published, "en", text)
            body = pack(msgspec.json.encode({"document": {"text": text}}))
            insert_rows(connection, DOCUMENTS, [(k, *document_values(row), _DAY, None, k)])
            insert_rows(connection, LEDGERS, [(k, k, "r", _DAY, body, pack_claims(said))])
            numbers = range(number + 1, number + len(said) + 1)
            insert_rows(connection, CLAIMS, [(n, k, *claim_values(c)) for n, c in zip(numbers, said, strict=True)])
            indexed = index_of(row, said)
            index.put_document(k, indexed)
            index.put_claims(numbers, indexed)
            number += len(said)
            if k % 2_000 == 0:
                index.write(connection)
        index.write(connection)
    return claims


def judge_many(store: SqlStore, claims: list[Claim], count: int) -> None:
    """Let Ana accept the claims of the lowest score, and Ben every third of them, too."""
    lowest = sorted(claims, key=lambda claim: claim.score)[:count]
    rows, number = [], 0
    for place, claim in enumerate(lowest):
        for who in ("Ana", "Ben") if place % 3 == 0 else ("Ana",):
            number += 1
            before = msgspec.json.encode(claim).decode()
            where = (claim.id, claim.document, claim.digest, *claim.span)
            rows.append((number, *where, "accept", who, _DAY, before, None, "", None, None, "uncertain", 0))
    with store.transaction() as connection:
        for start in range(0, len(rows), 1_000):
            insert_rows(connection, JUDGEMENTS, rows[start : start + 1_000])


def timed(act: Callable[[], object]) -> list[str]:
    """Time something, milliseconds: by the clock, the slowest, and of the processor."""
    seconds, used = [], []
    for _ in range(TIMES):
        begin, began = time.perf_counter(), time.process_time()
        act()
        used.append(time.process_time() - began)
        seconds.append(time.perf_counter() - begin)
    return [f"{1000 * number:.1f}" for number in (median(seconds), max(seconds), median(used))]


def queues(store: SqlStore) -> Iterator[list[str]]:
    """Time the next claim in each order, for somebody new and for Ana, and with a query."""
    for order in ORDERS:
        for who, query in (
            ("Cem", ""),
            ("Ana", ""),
            ("Cem", "type:ASSAULT"),
            ("Cem", "school"),
            ("Cem", "killed>=59"),
            ("Cem", "zzzz"),
        ):
            asked = Asked(who=who, order=order, query=query)
            name = f"{order}, {who}{f', {query}' if query else ''}"
            yield [f"next claim: {name}", *timed(lambda asked=asked: next_claims(store, asked))]  # type: ignore[misc]
        asked = Asked(who="Ana", order=order)
        yield [f"counts: {order}", *timed(lambda asked=asked: count_claims(store, asked))]  # type: ignore[misc]


def incidents(store: SqlStore, claims: list[Claim]) -> Iterator[list[str]]:
    """Time what a look at the incidents costs after a judgement."""
    kept = ClusterStore(store)
    chance = random.Random(SEED)  # noqa: S311  # no secret
    yield ["look at incidents, nothing new", *timed(lambda: refresh(kept))]

    def judged(decision: str, **more: object) -> Callable[[], object]:
        def act() -> None:
            store.judge(chance.choice(claims).id, decision, who="Dora", **more)  # type: ignore[arg-type]
            refresh(kept)

        return act

    yield ["judge only", *timed(lambda: store.judge(chance.choice(claims).id, "accept", who="Eva"))]
    refresh(kept)
    yield ["accept, made again", *timed(judged("accept"))]
    yield ["not sure, made again", *timed(judged("unsure"))]
    yield ["reject, made again", *timed(judged("reject"))]
    yield ["change, made again", *timed(judged("change", after={"factuality": "?"}))]
    begin, began = time.perf_counter(), time.process_time()
    refresh(kept, anew=True)
    passed = 1000 * (time.perf_counter() - begin)
    yield ["all made anew", f"{passed:.0f}", "", f"{1000 * (time.process_time() - began):.0f}"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--judged", type=int, default=5_000)
    parser.add_argument("--store", type=Path, help="Keep the store here instead of throwing it away.")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(options.store or Path(folder) / "s.db", create=True) as store,
    ):
        claims = fill(store, options.claims)
        judge_many(store, claims, options.judged)
        refresh(ClusterStore(store))
        print_table(["what", "ms", "slowest", "of the processor"], [*queues(store), *incidents(store, claims)])


if __name__ == "__main__":
    main()
