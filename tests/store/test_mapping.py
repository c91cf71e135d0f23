"""What the databases raise never leaves the store as it is."""

from __future__ import annotations

import inspect

import pytest
from sqlalchemy import exc

from allegedly.errors import AllegedlyError, StoreError, StoreUnavailable, UsageError
from allegedly.store.mapping import mapped, to_store_error

CLASSES = [item for item in vars(exc).values() if inspect.isclass(item) and issubclass(item, exc.SQLAlchemyError)]


def _made(kind: type[Exception]) -> Exception:
    """Make an error of a class whatever its arguments are."""
    if issubclass(kind, exc.StatementError):
        parts = ("something", "SELECT 1", {}, Exception("something"))
        return kind(*(parts[1:] if issubclass(kind, exc.DBAPIError) else parts))
    error = kind.__new__(kind)
    error.args = ("something",)
    return error


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_no_class_escapes(kind: type[Exception]) -> None:
    """Every error of sqlalchemy becomes one of ours that says what to do."""
    with pytest.raises(AllegedlyError) as caught, mapped("s.db"):
        raise _made(kind)
    assert (isinstance(caught.value, StoreError), caught.value.hint != "", "s.db" in str(caught.value)) == (True,) * 3


class _Locked(Exception):  # noqa: N818  # as psycopg has it
    sqlstate = "55P03"


@pytest.mark.parametrize(
    ("words", "kind", "hint"),
    [
        ("database is locked", StoreUnavailable, "later"),
        ("database or disk is full", StoreUnavailable, "room"),
        ("disk I/O error", StoreUnavailable, "room"),
        ("attempt to write a readonly database", StoreError, "who may write"),
        ("permission denied for table claims", StoreError, "who may write"),
        ("database disk image is malformed", StoreError, "backup"),
        ("file is not a database", StoreError, "backup"),
        ("unable to open database file", StoreUnavailable, "folder"),
        ("connection refused", StoreUnavailable, "reached"),
    ],
)
def test_each_is_told_apart(words: str, kind: type[StoreError], hint: str) -> None:
    """What the database says decides between trying again and doing something."""
    error = to_store_error(exc.OperationalError("SELECT 1", {}, Exception(words)), "s.db")
    assert (type(error), hint in error.hint) == (kind, True)


def test_locks_of_postgresql() -> None:
    """PostgreSQL's states count, whatever the language of its messages."""
    error = to_store_error(exc.OperationalError("SELECT 1", {}, _Locked("gesperrt")), "s.db")
    assert (type(error), "another program is writing" in str(error)) == (StoreUnavailable, True)


def test_half_a_sign_is_wrong_use() -> None:
    """A text that no database takes is the caller's to mend."""
    with pytest.raises(UsageError, match="no text that can be kept"), mapped("s.db"):
        "\ud800".encode()


def test_others_pass() -> None:
    """What is no error of the database is nobody's business here."""
    with pytest.raises(ZeroDivisionError), mapped("s.db"):
        raise ZeroDivisionError
