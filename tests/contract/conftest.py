"""
Stores of each kind, one at a time.

Making the tables takes longer than most tests, so it is done once for each
kind; a test that changes a store gets a copy, those that only look share one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from allegedly.store.opening import open_store
from allegedly.store.sql import SqlStore
from tests.postgres_server import running_server

Open = Callable[..., SqlStore]
NewPlace = Callable[..., str]
KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a private PostgreSQL, started for the first test that asks."""
    with running_server() as address:
        yield address


@pytest.fixture(scope="session", params=KINDS)
def new_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewPlace]:
    """Give a new place for a store of each kind: an empty one, or a copy of one with tables."""
    if request.param == "sqlite":
        yield _new_file(tmp_path_factory.mktemp("stores"))
        return
    url = sa.make_url(request.getfixturevalue("server"))
    admin = sa.create_engine(
        url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
    )
    yield _new_database(admin, url)


def _new_file(folder: Path) -> NewPlace:
    template = folder / "template.db"
    open_store(template, create=True).close()

    def new(*, empty: bool = False) -> str:
        file = folder / uuid4().hex / "store.db"
        if not empty:
            file.parent.mkdir()
            shutil.copy(template, file)
        return str(file)

    return new


def _new_database(admin: sa.Engine, url: sa.URL) -> NewPlace:
    def make(name: str, template: str) -> str:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return url.set(database=name).render_as_string(hide_password=False)

    open_store(make("filled", "template0"), create=True).close()
    return lambda *, empty=False: make(f"t{uuid4().hex}", "template0" if empty else "filled")


@pytest.fixture
def empty_place(new_place: NewPlace) -> str:
    """Where a store could be."""
    return new_place(empty=True)


@pytest.fixture
def place(new_place: NewPlace) -> str:
    """Where a store with nothing in it is."""
    return new_place()


@pytest.fixture
def opened(place: str) -> Iterator[Open]:
    """Open the store of that place, as often as one likes; closed at the end."""
    stores: list[SqlStore] = []

    def open_it(**options: Any) -> SqlStore:
        stores.append(open_store(place, **options))
        return stores[-1]

    yield open_it
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Open) -> SqlStore:
    """A store with nothing in it."""
    return opened()


@pytest.fixture(scope="session")
def shared_store(new_place: NewPlace) -> Iterator[SqlStore]:
    """A store with nothing in it that several tests share; they only look once one has filled it."""
    with open_store(new_place()) as store:
        yield store
