"""Open a store: a file for SQLite, an address for PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from allegedly.errors import NotInStore, StoreError, StoreUnavailable, UsageError
from allegedly.records.ledger import Ledger
from allegedly.store import embedded, postgres
from allegedly.store.answers import Report
from allegedly.store.base import Failed, Store
from allegedly.store.mapping import mapped
from allegedly.store.migrating import check_revision, is_empty, migrate
from allegedly.store.sql import SqlStore

_POSTGRES = ("postgresql", "postgres")


def open_store(where: str | Path, *, create: bool = False, wait: float | None = None) -> SqlStore:
    """
    Open a store.

    Args:
        where: A file, or ``postgresql://user@host/name``.
        create: Make the tables where there are none yet.
        wait: Seconds that a writer waits for another one; None is half a minute.

    Raises:
        NotInStore: If there is no store and none is to be made.
        SchemaMismatch: If it is older or newer than this program.
        StoreUnavailable: If it cannot be reached.
        StoreError: If it is no store.
    """
    store = connect(where, create=create, wait=wait)
    try:
        with mapped(store.name):
            _prepare(store, create=create)
    except StoreError:
        store.close()
        raise
    return store


def connect(where: str | Path, *, create: bool = False, wait: float | None = None) -> SqlStore:
    """
    Make a store without looking at its tables; the command that brings them up to date needs it so.

    Raises:
        NotInStore: If the file is not there and is not to be made.
    """
    url = _url(where)
    return _file(Path(where), create=create, wait=wait) if url is None else _server(url, wait=wait)


def add_ledgers(store: Store, ledgers: Iterable[Ledger], *, failed: Failed | None = None) -> Report:
    """
    Keep all ledgers, and say what became of them.

    Args:
        store: Where.
        ledgers: Any number; they are taken one by one.
        failed: Takes the error of each that cannot be kept; None raises the first.
    """
    with store.writer(failed=failed) as writer:
        for ledger in ledgers:
            writer.add(ledger)
    return writer.report


def _url(where: str | Path) -> sa.URL | None:
    """Give the address of a server, or None for a file."""
    if isinstance(where, Path) or "://" not in where:
        return None
    scheme = where.split("://")[0].split("+")[0].lower()
    if scheme not in _POSTGRES:
        raise UsageError(f"{scheme}:// is no store", hint="give a file, or postgresql://user@host/name")
    try:
        return sa.make_url(where)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise UsageError(f"this is no address: {error}", hint="write postgresql://user@host/name") from error


def _file(file: Path, *, create: bool, wait: float | None) -> SqlStore:
    if "\0" in str(file):
        raise UsageError(f"no file can be called {str(file)!r}", hint="give a file, or postgresql://user@host/name")
    try:
        if file.is_dir():
            raise StoreError(f"store {file}: this is a folder", hint="give a file in it")
        if not file.exists():
            if not create:
                raise NotInStore(
                    f"there is no store {file}",
                    hint="`allegedly add` and `allegedly store import` make one; see --store",
                )
            file.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise StoreUnavailable(f"store {file}: {error}", hint="check its folder") from error
    engine = embedded.make_engine(file, wait=embedded.WAIT if wait is None else wait)
    return SqlStore(engine, embedded.SqliteSearch(), name=str(file), writing=embedded.WRITING, bare=embedded.BARE)


def _server(url: sa.URL, *, wait: float | None) -> SqlStore:
    engine = postgres.make_engine(url, wait=postgres.WAIT if wait is None else wait)
    return SqlStore(
        engine,
        postgres.PostgresSearch(),
        name=url.render_as_string(hide_password=True),
        lock=postgres.lock_writers,
        reading={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
        bare={"isolation_level": "AUTOCOMMIT"},
    )


def _prepare(store: SqlStore, *, create: bool) -> None:
    """Make the tables or check them."""
    with store.engine.connect() as connection:
        empty = is_empty(connection)
        if not empty:
            check_revision(connection, store.name)
    if empty and not create:
        raise NotInStore(
            f"store {store.name}: there is nothing in it yet",
            hint="`allegedly add` and `allegedly store import` make the tables",
        )
    if store.engine.dialect.name == "sqlite":
        embedded.use_wal(store.engine)
    if empty:
        migrate(store)
