"""
The cues by which outlets attribute words to a source, each in its line: what stands left of it, the cue, what follows.

Counts come from the rows of attributions; the lines need the texts, of which
only what is shown is unpacked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from allegedly.errors import StoreError
from allegedly.records.ledger import SpanPair
from allegedly.store.codec import unpack
from allegedly.store.mapping import mapped
from allegedly.store.sql import SqlStore
from allegedly.store.tables import ATTRIBUTIONS, CLAIMS, DOCUMENTS, LEDGERS

AROUND = 60  # code points of text on either side of a cue
NO_PUBLISHER = ""
_READ = ATTRIBUTIONS.join(DOCUMENTS, DOCUMENTS.c.current == ATTRIBUTIONS.c.ledger)
_name = sa.func.coalesce(ATTRIBUTIONS.c.source_name, ATTRIBUTIONS.c.source)
_cue = sa.func.lower(sa.func.coalesce(ATTRIBUTIONS.c.cue, ""))


class _Document(msgspec.Struct):
    text: str


class _Attribution(msgspec.Struct):
    id: str
    source: tuple[SpanPair, ...]
    cue: tuple[SpanPair, ...]


class _Body(msgspec.Struct):
    document: _Document
    attributions: tuple[_Attribution, ...]


_body = msgspec.json.Decoder(_Body)


@dataclass(frozen=True, slots=True)
class CueCount:
    """
    How often an outlet uses a cue for a source.

    Args:
        cue: The words in small letters; empty where a quotation runs on without any.
        publisher: The outlet; empty if unknown.
        stance: What the cue says the source does.
        count: Attributions.
    """

    cue: str
    publisher: str
    stance: str
    count: int


@dataclass(frozen=True, slots=True)
class CueLine:
    """
    A cue in its line, verbatim.

    Args:
        left: What stands before it.
        cue: The cue; the gap between the parts of a divided one included.
        right: What follows.
        document: Id of the document.
        publisher: Outlet; None if unknown.
        published: Publication date; None if unknown.
        stance: What the cue says the source does.
        key: Key of the attribution in the ledger of the document.
    """

    left: str
    cue: str
    right: str
    document: str
    publisher: str | None
    published: str | None
    stance: str
    key: str


def cue_counts(store: SqlStore, source: str) -> list[CueCount]:
    """
    Count the cues used for a source by outlet, most frequent cue first.

    Args:
        store: The store.
        source: Name of the source.
    """
    publisher = sa.func.coalesce(DOCUMENTS.c.publisher, NO_PUBLISHER)
    columns = (_cue.label("cue"), publisher.label("publisher"), ATTRIBUTIONS.c.stance)
    question = sa.select(*columns, sa.func.count().label("times")).select_from(_READ).where(*_of(source))
    with mapped(store.name), store.engine.connect() as connection:
        rows = connection.execute(question.group_by(*columns)).all()
    totals: dict[str, int] = {}
    for row in rows:
        totals[row.cue] = totals.get(row.cue, 0) + row.times
    rows = sorted(rows, key=lambda row: (-totals[row.cue], row.cue, row.publisher, row.stance))
    return [CueCount(row.cue, row.publisher, row.stance, row.times) for row in rows]


def cue_lines(store: SqlStore, source: str, *, cue: str | None = None, limit: int = 30) -> list[CueLine]:
    """
    Give lines around the cues used for a source, newest first; quotations that run on without a cue have none.

    Offsets: the parts are stretches of the document's text, line ends included.

    Args:
        store: The store.
        source: Name of the source.
        cue: Only this one, in small letters.
        limit: Most of them.
    """
    columns = (ATTRIBUTIONS.c.key, ATTRIBUTIONS.c.stance, LEDGERS.c.number, LEDGERS.c.body)
    known = (DOCUMENTS.c.id, DOCUMENTS.c.publisher, DOCUMENTS.c.published)
    joined = _READ.join(LEDGERS, LEDGERS.c.number == ATTRIBUTIONS.c.ledger)
    question = sa.select(*columns, *known).select_from(joined).where(*_of(source), ATTRIBUTIONS.c.cue.is_not(None))
    if cue is not None:
        question = question.where(_cue == cue)
    order = (sa.func.coalesce(DOCUMENTS.c.published, "").desc(), LEDGERS.c.number.desc(), ATTRIBUTIONS.c.start)
    with mapped(store.name), store.engine.connect() as connection:
        rows = connection.execute(question.order_by(*order).limit(limit)).all()
    return list(_lines(rows))


def _of(source: str) -> Iterator[sa.ColumnElement[bool]]:
    """Look only into documents where the source speaks: claims have an index of sources, attributions have none."""
    yield ATTRIBUTIONS.c.ledger.in_(sa.select(CLAIMS.c.ledger).where(CLAIMS.c.source == source))
    yield _name == source


def _lines(rows: Iterable[Any]) -> Iterator[CueLine]:
    bodies: dict[int, _Body] = {}
    for row in rows:
        if row.number not in bodies:
            bodies[row.number] = _decoded(row.body)
        body = bodies[row.number]
        text, spans = body.document.text, body.attributions[int(row.key[1:]) - 1].cue
        start, end = min(span[0] for span in spans), max(span[1] for span in spans)
        around = (text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND])
        yield CueLine(*around, row.id, row.publisher, row.published, row.stance, row.key)


def _decoded(data: bytes) -> _Body:
    try:
        return _body.decode(unpack(data))
    except msgspec.DecodeError as error:
        raise StoreError(
            f"a ledger in the store is not of this program's form: {error}", hint="use the program that wrote it"
        ) from error
