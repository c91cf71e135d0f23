"""Turn what the databases raise into our own errors: nothing of sqlalchemy's ever leaves the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from allegedly.errors import StoreError, StoreUnavailable, UsageError

# What the message of the database holds -> what it means and what to do. SQLite tells them apart in no other way that
# Python 3.11 passes on; for PostgreSQL, the states below do.
_KNOWN: tuple[tuple[tuple[str, ...], type[StoreError], str, str], ...] = (
    (
        ("database is locked", "table is locked", "schema is locked", "lock timeout"), StoreUnavailable,
        "store {name}: another program is writing", "wait for it, or try again later",
    ),
    (
        ("disk is full", "disk i/o error", "no space left"), StoreUnavailable,
        "store {name}: {words}", "make room on the disk; nothing committed is lost",
    ),
    (
        ("readonly database", "read-only transaction", "permission denied"), StoreError,
        "store {name} may not be written: {words}", "check who may write it and its folder",
    ),
    (
        ("malformed", "not a database", "file is encrypted", "corrupt"), StoreError,
        "store {name}: {words}", "this is no store, or a damaged one: take your last backup",
    ),
    (
        ("unable to open database file",), StoreUnavailable,
        "store {name}: {words}", "check that its folder exists and may be written",
    ),
)  # fmt: skip
_LOCKED = {"55P03", "40001", "40P01"}  # lock_not_available, serialization_failure, deadlock_detected


@contextmanager
def mapped(name: str) -> Iterator[None]:
    """
    Raise errors of the database as errors of the store.

    Args:
        name: How the store is called in messages, without password.

    Raises:
        StoreUnavailable: If trying again may help.
        UsageError: If a text holds half a sign (a lone surrogate).
        StoreError: If it will not.
    """
    try:
        yield
    except exc.SQLAlchemyError as error:
        raise to_store_error(error, name) from error
    except UnicodeEncodeError as error:
        raise UsageError(
            f"store {name}: {error.object!a} is no text that can be kept or looked for", hint="give it in UTF-8"
        ) from error


def to_store_error(error: Exception, name: str) -> StoreError:
    """
    Choose the error that says what to do.

    Args:
        error: What sqlalchemy raised.
        name: How the store is called in messages.
    """
    cause = getattr(error, "orig", None) or error
    words = next(iter(str(cause).strip().splitlines()), type(cause).__name__)
    lower = "lock timeout" if getattr(cause, "sqlstate", None) in _LOCKED else words.lower()
    for signs, kind, message, hint in _KNOWN:
        if any(sign in lower for sign in signs):
            return kind(message.format(name=name, words=words), hint=hint)
    if isinstance(error, exc.OperationalError | exc.InterfaceError | exc.TimeoutError):
        return StoreUnavailable(f"store {name}: {words}", hint="check that the database runs and can be reached")
    return StoreError(f"store {name}: {words}", hint="run again with --debug and report it")
