"""Opening a store: which places are one, and what is said of the others."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import allegedly
from allegedly.errors import NotInStore, StoreError, StoreUnavailable, UsageError
from allegedly.store import account_tables, cluster_tables  # noqa: F401  # their tables belong to METADATA
from allegedly.store.codec import pack
from allegedly.store.embedded import BARE
from allegedly.store.migrating import HEAD, known_revisions
from allegedly.store.opening import add_ledgers, open_store
from allegedly.store.sql import SqlStore
from allegedly.store.tables import METADATA
from tests.stores import fake_ledger


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    """An empty store in a file."""
    return open_store(tmp_path / "store.db", create=True)


def test_folders_are_made(tmp_path: Path) -> None:
    """A new store makes its folder."""
    open_store(tmp_path / "a" / "b" / "store.db", create=True).close()
    assert (tmp_path / "a" / "b" / "store.db").is_file()


def test_the_public_name(tmp_path: Path) -> None:
    """The package offers it; a store is a context manager."""
    with allegedly.open_store(tmp_path / "store.db", create=True) as store:
        assert store.info()["documents"] == 0


def test_none_is_made_by_looking(tmp_path: Path) -> None:
    """Who only looks does not leave a file behind."""
    with pytest.raises(NotInStore, match="there is no store"):
        open_store(tmp_path / "store.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("where", "problem"),
    [("mysql://x/y", "mysql:// is no store"), ("postgresql://h:x/y", "no address")],
)
def test_other_addresses(where: str, problem: str) -> None:
    """Another database or a broken address is wrong use."""
    with pytest.raises(UsageError, match=problem):
        open_store(where)


def test_a_folder(tmp_path: Path) -> None:
    """A folder is no store."""
    with pytest.raises(StoreError, match="this is a folder"):
        open_store(tmp_path)


def test_a_place_under_a_file(tmp_path: Path) -> None:
    """What cannot have a folder cannot be a store."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnavailable):
        open_store(tmp_path / "file" / "store.db", create=True)


def test_a_name_that_no_file_can_have() -> None:
    """It is an error of ours."""
    with pytest.raises(UsageError, match="no file"):
        open_store("a\0b", create=True)


def test_another_file(tmp_path: Path) -> None:
    """A file that is no database is left as it is."""
    (tmp_path / "notes.txt").write_text("These are my notes of the day.\n" * 40)
    with pytest.raises(StoreError, match="not a database"):
        open_store(tmp_path / "notes.txt", create=True)
    assert (tmp_path / "notes.txt").read_text().startswith("These are")


def test_no_server_there() -> None:
    """A server that cannot be reached is said with its address, without the password."""
    with pytest.raises(StoreUnavailable) as caught:
        open_store("postgresql://me:secret@/x?host=/nowhere")
    assert ("secret" in str(caught.value), "me:***@" in str(caught.value)) == (False, True)


def test_without_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without psycopg the error says how to get it."""

    def missing(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("No module named 'psycopg'")

    monkeypatch.setattr(sa, "create_engine", missing)
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://h/x")
    assert "pip install 'allegedly[postgres]'" in caught.value.hint


def test_the_steps_make_the_tables(store: SqlStore) -> None:
    """What the migrations make is what the program asks for."""
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        assert compare_metadata(context, METADATA) == []


def _is_ours(name: str | None, kind: str, _: object) -> bool:
    """Leave the tables of the full-text index out: they differ between the databases."""
    return kind != "table" or not (name or "").startswith(("claims_text", "documents_text"))


def test_the_newest_step_is_the_programs() -> None:
    """The step that the program wants is the last of the files."""
    assert max(known_revisions()) == HEAD


def test_tables_are_strict(store: SqlStore) -> None:
    """SQLite refuses a value of another type, as PostgreSQL does."""
    with pytest.raises(sa.exc.IntegrityError, match="cannot store TEXT value"), store.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO claim_numbers VALUES ('killed', 1, 1, 'many', 1.0)")


def test_the_settings_of_sqlite(store: SqlStore) -> None:
    """Readers do not wait, commits reach the disk, references hold."""
    with store.engine.connect() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    assert values == ["wal", 2, 1]


def test_a_copy_without_wal(store: SqlStore) -> None:
    """A store whose copy forgot how it is written is put right when it is opened."""
    with store.engine.connect().execution_options(**BARE) as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    with open_store(store.name) as again, again.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_full_disk(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no room, what was committed stays and the error says so; with room it goes on."""
    monkeypatch.setattr("allegedly.store.writing.BATCH", 1)
    add_ledgers(store, [fake_ledger()])
    more = [fake_ledger(f"The army said rebels killed {n} people. " * 50, id=f"d{n}") for n in range(40)]

    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 80")

    sa.event.listen(store.engine, "connect", limit)
    store.engine.dispose()
    with pytest.raises(StoreUnavailable, match="full") as caught:
        add_ledgers(store, more)
    assert "room" in caught.value.hint
    sa.event.remove(store.engine, "connect", limit)
    store.engine.dispose()
    before = store.info()["documents"]
    assert isinstance(before, int)
    assert add_ledgers(store, more).added == 41 - before


def test_a_store_that_may_only_be_read(store: SqlStore) -> None:
    """Writing to it is an error of ours; looking is none."""
    add_ledgers(store, [fake_ledger()])

    def refuse(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    sa.event.listen(store.engine, "connect", refuse)
    store.engine.dispose()
    with pytest.raises(StoreError, match="may not be written"):
        store.retract("one", who="anna")
    with store.view() as view:
        assert len(view.find("killed").claims) == 1


def test_a_damaged_ledger(store: SqlStore) -> None:
    """Bytes that are no ledger any more are an error of ours, and so is a form of a later program."""
    add_ledgers(store, [fake_ledger()])
    for body, problem in ((b"zrubbish", "damaged"), (b"?later", "unknown form")):
        with store.transaction() as connection:
            connection.execute(sa.text("UPDATE ledgers SET body = :body"), {"body": body})
        with store.view() as view, pytest.raises(StoreError, match=problem):
            view.ledger("one")


def test_claims_of_a_later_program(store: SqlStore) -> None:
    """Claims with a label that this program does not know, and a ledger without text, are errors of ours."""
    add_ledgers(store, [fake_ledger()])
    later = pack(b'[{"id": 1}]')
    with store.transaction() as connection:
        connection.execute(sa.text("UPDATE ledgers SET claims = :later, body = :later"), {"later": later})
    with store.view() as view, pytest.raises(StoreError, match="not of this program's form"):
        view.find("killed")
    store.retract("one", who="anna")
    with pytest.raises(StoreError, match="not of this program's form"):
        store.restore("one", who="anna")


def test_a_backup_while_it_is_open(store: SqlStore, tmp_path: Path) -> None:
    """The way that the documentation gives makes a whole copy."""
    add_ledgers(store, [fake_ledger()])
    with sqlite3.connect(store.name) as source, sqlite3.connect(tmp_path / "copy.db") as copy:
        source.backup(copy)
    source.close()
    copy.close()
    with open_store(tmp_path / "copy.db") as again:
        assert again.info()["claims"] == 2
