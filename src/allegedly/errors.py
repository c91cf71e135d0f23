"""
Every error that leaves the package, sorted by what its reader should do.

::

    AllegedlyError                     .hint says what to do next
    ├── UsageError (ValueError)        the call is wrong: fix the call
    │   ├── SpanError                  outside the text, empty, reversed
    │   ├── SettingsError              all problems of the settings at once
    │   ├── SidesError                 path and line number of a sides file
    │   └── QueryError                 a search that cannot be understood, with the place in it
    ├── ResourceError                  a file is missing or not what it claims: stop
    │   ├── PackError                  digest, version, labels
    │   ├── LexiconError               path and line number
    │   ├── ExtraError                 an optional library is not installed
    │   └── GazetteerError             path and, in a dump, line number
    ├── PipelineError                  annotators do not fit together: stop
    │   └── LayerError                 a layer is missing or written twice
    ├── DocumentError                  this document only: record it, go on
    │   ├── UnreadableDocument         not text, broken encoding, no JSON
    │   │   └── InputError             an input is missing, refused, damaged; place and reason
    │   ├── AnnotatorError             __cause__ is the original
    │   ├── LedgerError                the integrity check failed
    │   └── IntegrityConflict          the store holds another text under this id
    ├── ExportError                    the format cannot carry it, or an extra is not installed
    └── StoreError                     the store cannot do it: damaged, not writable
        ├── StoreUnavailable           locked, unreachable, disk full: trying again may help
        ├── SchemaMismatch             older (names the command) or newer than the program
        └── NotInStore                 no such document, row or run
"""

from __future__ import annotations

from pathlib import Path


class AllegedlyError(Exception):
    """
    Base of all errors of this package.

    Args:
        message: What happened and where.
        hint: What to do next; shown after the message.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(AllegedlyError, ValueError):
    """The call is wrong: fix the call."""


class SpanError(UsageError):
    """A span is empty, reversed or outside its text."""


class SettingsError(UsageError):
    """Settings hold unknown keys or wrong values; all of them are listed at once."""


class SidesError(UsageError):
    """
    A sides file cannot be used; the message names file and line.

    Args:
        message: What happened and where.
        path: The file.
        line: Number of the line, from 1; 0 where no line is to blame.
        hint: What to do next.
    """

    def __init__(self, message: str, *, path: Path | None = None, line: int = 0, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path
        self.line = line


class QueryError(UsageError):
    """
    A search cannot be understood; the message quotes the place.

    Args:
        message: What is wrong.
        position: Code point in the query where it begins.
        hint: What to write instead.
    """

    def __init__(self, message: str, *, position: int = 0, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.position = position


class ResourceError(AllegedlyError):
    """A file of the installation is missing or is not what it claims to be."""


class PackError(ResourceError):
    """A model pack is missing, damaged or made for another version."""


class LexiconError(ResourceError):
    """
    A lexicon line cannot be used; the message names file and line.

    Args:
        message: What happened and where.
        path: The file.
        line: Number of the line, from 1; 0 where no line is to blame.
        hint: What to do next.
    """

    def __init__(self, message: str, *, path: Path | None = None, line: int = 0, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path
        self.line = line


class ExtraError(ResourceError):
    """An optional library is not installed; the hint is the command that installs it."""


class GazetteerError(ResourceError):
    """
    A gazetteer or a dump of place names cannot be used; the message names file and, in a dump, line.

    Args:
        message: What happened and where.
        path: The file.
        line: Number of the line, from 1; 0 where no line is to blame.
        hint: What to do next.
    """

    def __init__(self, message: str, *, path: Path | None = None, line: int = 0, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path
        self.line = line


class PipelineError(AllegedlyError):
    """Annotators do not fit together."""


class LayerError(PipelineError):
    """A layer is read before it is written, or written twice."""


class DocumentError(AllegedlyError):
    """
    One document cannot be read; others are not concerned.

    Args:
        message: What happened and where.
        document_id: The document, if it has an id by then.
        hint: What to do next.
    """

    def __init__(self, message: str, *, document_id: str | None = None, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.document_id = document_id


class UnreadableDocument(DocumentError):  # noqa: N818  # the name says what it is about
    """The input is no text: binary, in another encoding than stated, no JSON."""


class InputError(UnreadableDocument):
    """
    An input gives no document; the message names its place.

    Args:
        message: What happened and where.
        reason: Why, as one of the fixed labels of :mod:`allegedly.ingest.base`.
        hint: What to do next.
    """

    def __init__(self, message: str, *, reason: str = "unreadable", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.reason = reason


class AnnotatorError(DocumentError):
    """
    An annotator failed on this document; ``__cause__`` is the original error.

    Args:
        message: What happened and where.
        annotator: Name of the annotator that failed.
        document_id: The document.
        hint: What to do next.
    """

    def __init__(self, message: str, *, annotator: str, document_id: str | None = None, hint: str = "") -> None:
        super().__init__(message, document_id=document_id, hint=hint)
        self.annotator = annotator


class LedgerError(DocumentError):
    """A ledger does not fit its text or its own references."""


class IntegrityConflict(DocumentError):  # noqa: N818  # the name says what it is about
    """The store holds another text under the same id: nothing is overwritten."""


class ExportError(AllegedlyError):
    """Rows cannot be written in this form: the format cannot carry them, or its library is not installed."""


class StoreError(AllegedlyError):
    """The store cannot do what was asked: it is damaged, not a store, or may not be written."""


class StoreUnavailable(StoreError):  # noqa: N818  # as above
    """The store is locked, cannot be reached or has no room left; trying again may help."""


class SchemaMismatch(StoreError):  # noqa: N818  # as above
    """
    The tables of the store are not those of this program.

    Args:
        message: What happened and where.
        newer: Whether the store was written by a newer program.
        hint: What to do next.
    """

    def __init__(self, message: str, *, newer: bool = False, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.newer = newer


class NotInStore(StoreError):  # noqa: N818  # as above
    """There is no such document, row or run in the store."""
