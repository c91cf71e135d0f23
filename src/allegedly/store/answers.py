"""What a store answers: plain immutable data, made by the store only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from allegedly.records.claims import Claim
from allegedly.records.ledger import SpanPair

Decision = Literal["accept", "change", "reject", "unsure"]


@dataclass(slots=True)
class Report:
    """
    What became of the ledgers given to a writer so far.

    Args:
        added: Documents that were not there before.
        reread: Documents that were there, read by another run.
        unchanged: Ledgers that were there already.
        retracted: Documents that somebody has retracted, and that stay so.
        failed: What could not be kept, recorded in the store.
    """

    added: int = 0
    reread: int = 0
    unchanged: int = 0
    retracted: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """
    What is known of a document in the store.

    Args:
        id: The id it was given.
        digest: Digest of its text.
        title: Headline, if it is not part of the text.
        url: Where it was published.
        publisher: Outlet that published it.
        published: Publication date, ISO 8601.
        language: ISO 639-1 code.
        characters: Length of its text, code points.
        added: When it was first added, UTC.
        retracted: When it was retracted, UTC; None if it was not.
        run: Run of the reading that counts; None if retracted.
    """

    id: str
    digest: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    language: str | None
    characters: int
    added: str
    retracted: str | None
    run: str | None


@dataclass(frozen=True, slots=True)
class RunInfo:
    """
    A run: all readings by one program with one pack and one set of settings.

    Args:
        id: Content-hash id.
        version: Version of the program.
        pack: Digest of the model pack.
        settings: Digest of the settings that change rows.
        added: When its first ledger was added, UTC.
        documents: How many documents it has read.
    """

    id: str
    version: str
    pack: str
    settings: str
    added: str
    documents: int


@dataclass(frozen=True, slots=True)
class Failure:
    """
    An input that could not be read or kept.

    Args:
        made: When, UTC.
        place: File, line or feed that it came from.
        document: Id of the document, if it had one by then.
        error: Class of the error.
        message: What happened.
        hint: What to do next.
    """

    made: str
    place: str
    document: str | None
    error: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Row:
    """
    One row as it is kept, of any kind; values by column.

    Args:
        id: Content-hash id.
        kind: ``claim``, ``attribution``, ``entity``, ``place``, ``quantity`` or ``time``.
        key: Its key in the ledger.
        document: Id of the document.
        digest: Digest of the document's text.
        run: The run that read it.
        span: The words it stands on.
        values: What it says.
    """

    id: str
    kind: str
    key: str
    document: str
    digest: str
    run: str
    span: SpanPair
    values: dict[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Page:
    """
    A page of found claims, last added first.

    Args:
        claims: The claims.
        after: Give this to get the next page; None on the last one.
    """

    claims: tuple[Claim, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """
    A page of found documents, last added first.

    Args:
        documents: The documents.
        after: Give this to get the next page; None on the last one.
    """

    documents: tuple[DocumentInfo, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """
    What a person decided about a row; kept for ever, undone by a mark.

    Args:
        number: Running number.
        row: Id of the row that was judged.
        document: Id of its document.
        digest: Digest of the document's text.
        span: The words it stood on.
        decision: Accepted as it is, changed, or rejected.
        who: Who decided.
        made: When, UTC.
        before: The row as it was seen.
        after: The values it should have; None unless changed.
        note: Why, in the person's words.
        undone: When it was taken back, UTC; None if it stands.
        undone_by: Who took it back.
        queue: In which order it was asked for: ``uncertain``, ``disputed``, ``random``, ``second``; empty if in none.
        blind: Whether outlet and party were hidden.
    """

    number: int
    row: str
    document: str
    digest: str
    span: SpanPair
    decision: Decision
    who: str
    made: str
    before: dict[str, Any] = field(hash=False)
    after: dict[str, Any] | None = field(hash=False, default=None)
    note: str = ""
    undone: str | None = None
    undone_by: str | None = None
    queue: str = ""
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One reading of a document.

    Args:
        id: Id of its run.
        version: Version of the program.
        pack: Digest of the model pack.
        settings: Digest of the settings that change rows.
        added: When its ledger was added, UTC.
        current: Whether it is the one that counts.
    """

    id: str
    version: str
    pack: str
    settings: str
    added: str
    current: bool


@dataclass(frozen=True, slots=True)
class Retraction:
    """
    Who took a document out of all views.

    Args:
        document: What is known of it.
        who: Who did.
        made: When, UTC.
        why: Why, in that person's words.
    """

    document: DocumentInfo
    who: str
    made: str
    why: str


@dataclass(frozen=True, slots=True)
class Copies:
    """
    Documents with one and the same text.

    Args:
        documents: The first of them.
        count: How many there are.
    """

    documents: tuple[DocumentInfo, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """
    How often each value stands among the first claims that a query finds.

    Args:
        counts: By field of the query language, values with their number, most frequent first.
        hits: Claims that were counted.
        complete: Whether these are all that the query finds.
    """

    counts: dict[str, tuple[tuple[str, int], ...]] = field(hash=False)
    hits: int
    complete: bool


@dataclass(frozen=True, slots=True)
class FailurePage:
    """
    A page of what could not be read or kept, last first.

    Args:
        failures: The failures.
        after: Give this to get the next page; None on the last one.
    """

    failures: tuple[Failure, ...]
    after: int | None
