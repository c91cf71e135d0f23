"""
How the cost of clustering grows with the number of claims, and how long a first page of incidents takes.

    python -m bench.growth [--sizes 1000 10000 100000] [--store-documents 100000]

Claims are invented: reports of attacks of several parties spread over days and
towns, three reports of each attack by different outlets, two claims in each.
"One report more" is what a store makes again when a report arrives: all claims
published within reach of it. The store of the last table holds rows of so many
documents and incidents made of such claims; each page is read several times, the look whether anything is new included.
"""

from __future__ import annotations

import argparse
import math
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from allegedly.corroboration.blocking import candidate_pairs
from allegedly.corroboration.corroborate import Corroborator, corroborate
from allegedly.corroboration.items import items_of
from allegedly.corroboration.keeping import REACH, refresh
from allegedly.records.claims import Claim, ClaimNumber, ClaimParty, ClaimPlace, ClaimVoice
from allegedly.records.ids import content_id
from allegedly.records.incidents import Incident
from allegedly.records.ledger import DateRow
from allegedly.store.clusters import ClusterStore
from allegedly.store.opening import open_store
from allegedly.store.sql import SqlStore
from allegedly.store.tables import DOCUMENTS, LEDGERS, RUNS
from bench.tables import print_table

SEED = 20240507
_ACTS = (
    ("shelled", "ASSAULT", "heavy-weapons"), ("bombed", "ASSAULT", "aerial"), ("raided", "ASSAULT", "firearms"),
    ("arrested", "COERCE", "arrest"), ("captured", "ASSAULT", "x-capture"),
)  # fmt: skip
_THINGS = ("a market", "a bridge", "a depot", "a convoy", "a school", "a village", "two farms", "a checkpoint")
_PARTIES = ("Norland", "Southmark", "the River Guard", "Veldra", "Kasholm", "Mirova")
_SOUNDS = "bra kel dor min sta vol lun pet gar hol tir sen mok ula wes rim".split()
REPORTS, PER_REPORT = 3, 2


def invent_claims(count: int, *, seed: int = SEED) -> Iterator[Claim]:
    """Invent claims; the same seed and count give the same."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    attacks = max(1, count // (REPORTS * PER_REPORT))
    for number in range(attacks):
        day = date(2020, 1, 1) + timedelta(days=chance.randrange(max(30, attacks // 15)))
        town = "".join(chance.choices(_SOUNDS, k=3)).capitalize()
        actor, other = chance.sample(_PARTIES, 2)
        verb, kind, mode = chance.choice(_ACTS)
        thing, dead = chance.choice(_THINGS), chance.randrange(1, 60)
        for report in range(REPORTS):
            document = f"d{number}-{report}"
            published = (day + timedelta(days=report)).isoformat()
            for k in range(PER_REPORT):
                denies, speaker = k == 1 and report == REPORTS - 1, actor if k else other
                said = dead + (k and report)
                quote = f"{actor} {verb} {thing} in {town}, killing {said} people"
                yield Claim(
                    id=content_id("c", document, k),
                    document=document,
                    digest=f"sha256:{document}",
                    run="r",
                    key=f"v{k}",
                    event=content_id("v", document, k),
                    publisher=f"Outlet {report}",
                    published=published,
                    voice="source",
                    voices=(
                        ClaimVoice(
                            content_id("a", document, k), speaker, speaker, "named", "assert", "indirect", "said"
                        ),
                    ),
                    stance="deny" if denies else "assert",
                    factuality="-" if denies else "+",
                    type=kind,  # type: ignore[arg-type]
                    modes=(mode,),
                    trigger=verb,
                    actors=(ClaimParty((0, 5), actor, actor),),
                    recipients=(ClaimParty((6, 9), thing),),
                    place=ClaimPlace(f"p{number}", (10, 15), town, town),
                    date=DateRow(day.isoformat(), day.isoformat(), "day", "stated"),
                    numbers=(ClaimNumber("q", "killed", (1, 3), str(said), said, said, said, "exact"),),
                    span=(k * 100, k * 100 + len(quote)),
                    quote=quote,
                    passage=(k * 100, k * 100 + len(quote) + 1),
                    score=1.0,
                )


def measure(count: int) -> list[str]:
    """Cluster so many claims and give a line of the table."""
    claims = list(invent_claims(count))
    begin = time.perf_counter()
    worker = Corroborator()
    worker.add(claims)
    incidents = worker.incidents()
    seconds = time.perf_counter() - begin
    pairs = len(candidate_pairs(items_of(claims)))
    days = sorted(claim.published or "" for claim in claims)
    middle = date.fromisoformat(days[len(days) // 2])
    first, last = ((middle + timedelta(days=k * REACH)).isoformat() for k in (-1, 1))
    begin = time.perf_counter()
    corroborate(claim for claim in claims if first <= (claim.published or "") <= last)
    more = time.perf_counter() - begin
    return [
        f"{len(claims):,}", f"{pairs:,}", f"{len(incidents):,}", f"{seconds:.1f}", f"{1e6 * seconds / len(claims):.0f}",
        f"{more:.2f}",
    ]  # fmt: skip


def measure_store(documents: int) -> list[list[str]]:
    """Fill the derived tables of a store and time its first pages, milliseconds."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s.db", create=True) as opened:
        store = ClusterStore(opened)
        made = corroborate(invent_claims(6_000))
        for k in range(documents * PER_REPORT // 6_000):  # copies under other ids: pages cost what is stored, not made
            store.replace((), [_copy(incident, k) for incident in made], store.state())
        _fill_documents(opened, documents)
        store.replace((), (), store.state())
        incidents, conflicts = store.count()
        rows = [["incidents in the store", f"{incidents:,}"], ["conflicts in the store", f"{conflicts:,}"]]
        for name, ask in (
            ("first page of incidents, ms", lambda: store.page(limit=20)),
            ("incidents with conflicts, ms", lambda: store.page(limit=20, conflicts_only=True)),
            ("first page of conflicts, ms", lambda: store.conflicts(limit=50)),
            ("conflicts in `killed`, ms", lambda: store.conflicts(limit=50, field="killed")),
        ):
            times = []
            for _ in range(20):
                begin = time.perf_counter()
                refresh(store)
                ask()
                times.append(1000 * (time.perf_counter() - begin))
            rows.append([name, f"{median(times):.1f} (most {max(times):.1f})"])
        return rows


def _fill_documents(opened: SqlStore, count: int) -> None:
    """Put rows of documents in: what is counted to see whether anything is new."""
    with opened.transaction() as connection:
        connection.execute(sa.insert(RUNS).values(id="r", version="0", pack="", settings="", added=""))
        for begin in range(1, count + 1, 5_000):
            numbers = range(begin, min(begin + 5_000, count + 1))
            documents = [
                {
                    "number": k,
                    "id": f"d{k}",
                    "digest": f"d{k}",
                    "characters": 1,
                    "added": "",
                    "published": "2020-01-01",
                    "current": k,
                }
                for k in numbers
            ]
            ledgers = [
                {"number": k, "document": k, "run": "r", "added": "", "body": b"z" * 2_000, "claims": b"z" * 500}
                for k in numbers
            ]
            connection.execute(sa.insert(DOCUMENTS), documents)
            connection.execute(sa.insert(LEDGERS), ledgers)


def _copy(incident: Incident, number: int) -> Incident:
    day = (date.fromisoformat(incident.last_updated or "2020-01-01") + timedelta(days=number)).isoformat()
    claims = tuple(f"{claim}-{number}" for claim in incident.claims)
    conflicts = tuple(replace(row, since=day) for row in incident.conflicts)
    return replace(incident, id=f"{incident.id}-{number}", last_updated=day, claims=claims, conflicts=conflicts)


def plot(points: list[tuple[float, float]]) -> str:
    """Draw seconds against claims, both on scales of powers of ten; a line of slope 1 beside it is linear growth."""

    def at(claims: float, seconds: float) -> tuple[float, float]:
        return 60 + 110 * (math.log10(claims) - 3), 240 - 70 * (math.log10(seconds) + 0)

    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in (at(*point) for point in points))
    scale = points[0][1] / points[0][0]
    linear = " ".join(f"{x:.0f},{y:.0f}" for x, y in (at(claims, scale * claims) for claims, _ in points))
    dots = "".join(
        f'<circle cx="{at(*p)[0]:.0f}" cy="{at(*p)[1]:.0f}" r="4"/>'
        f'<text x="{at(*p)[0] + 8:.0f}" y="{at(*p)[1] + 14:.0f}">{p[0]:,.0f}: {p[1]:.1f} s</text>'
        for p in points
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 270" font-family="sans-serif" font-size="12">'
        '<rect width="420" height="270" fill="white"/>'
        f'<polyline points="{linear}" fill="none" stroke="#999" stroke-dasharray="4"/>'
        f'<polyline points="{line}" fill="none" stroke="black" stroke-width="2"/>{dots}'
        '<text x="60" y="262">claims (log) - seconds (log); dashed: linear growth</text></svg>\n'
    )


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--store-documents", type=int, default=0)
    parser.add_argument("--plot", type=Path, help="write the first table as a plot, SVG")
    options = parser.parse_args()
    head = ["claims", "pairs", "incidents", "seconds", "µs a claim", "seconds for one report more"]
    rows = [measure(size) for size in options.sizes]
    print_table(head, rows)
    if options.plot:
        numbers = [(float(row[0].replace(",", "")), float(row[3])) for row in rows]
        options.plot.write_text(plot(numbers), "utf-8")
    if options.store_documents:
        print_table(["store", ""], measure_store(options.store_documents))


if __name__ == "__main__":
    main()
