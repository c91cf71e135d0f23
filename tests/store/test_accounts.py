"""Names and roles; what is kept is tested in tests/contract/test_accounts_contract.py."""

from __future__ import annotations

import itertools
import sqlite3
import threading
from pathlib import Path

import pytest

from allegedly.errors import UsageError
from allegedly.store.accounts import AccountStore
from allegedly.store.opening import open_store
from allegedly.store.people import ROLES, check_name, includes, make_token_secret, name_key, secret_id


@pytest.mark.parametrize(
    "name",
    [
        "", " ", " Ida", "Ida ", "Ida  Berg", "a" * 65, "Ida\n", "Ida\0", "Ida\u202eadi", "I\u200bda", "I\u2066da",
        "\ud800", "Ida\u3164", "I\ufe0fda", "\u115f", "Ida\u034f",
    ],
)  # fmt: skip
def test_names_that_nobody_has(name: str) -> None:
    """Nothing empty, too long, padded, or with signs that cannot be seen."""
    with pytest.raises(UsageError, match="is no name of a user"):
        check_name(name)


@pytest.mark.parametrize("name", ["Ida", "Ida Berg", "o'neil-7@desk.example", "علي", "Łukasz", "王小明", "a" * 64])
def test_names_that_people_have(name: str) -> None:
    """Names of all scripts are kept as written."""
    assert check_name(name) == name


@pytest.mark.parametrize(("one", "other"), [("STRASSE", "straße"), ("İda", "i̇da"), ("ΣΟΦΟΣ", "σοφος"), ("Ａ", "a")])
def test_names_that_are_the_same(one: str, other: str) -> None:
    """Case is folded as Unicode folds it."""
    assert name_key(one) == name_key(other)


def test_roles_include_those_before() -> None:
    """A role may do what it and those before it may, and no more."""
    pairs = [(role, other) for role, other in itertools.product(ROLES, ROLES) if includes(role, other)]
    assert pairs == [
        ("reader", "reader"), ("reviewer", "reader"), ("reviewer", "reviewer"), ("admin", "reader"),
        ("admin", "reviewer"), ("admin", "admin"),
    ]  # fmt: skip


def test_secrets_are_long_and_differ() -> None:
    """A token's secret carries 256 bits behind its mark, and its id tells nothing of it."""
    one, other = make_token_secret(), make_token_secret()
    assert one != other
    assert one.startswith("allegedly_")
    assert len(one.removeprefix("allegedly_")) == 43
    assert len(secret_id(one)) == 64


def test_secrets_are_not_in_the_file(tmp_path: Path) -> None:
    """Whoever reads the tables finds no secret that would let them in."""
    secret = make_token_secret()
    with open_store(tmp_path / "s.db", create=True) as store:
        accounts = AccountStore(store)
        accounts.add_user("Ida", "admin")
        accounts.add_token(secret_id(secret), "Ida", "a")
        accounts.add_session(secret_id(secret), "Ida", expires="2030-01-01T00:00:00.000Z")
    with sqlite3.connect(tmp_path / "s.db") as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    assert secret_id(secret) in dump
    assert secret not in dump


def test_two_admins_cannot_both_go(tmp_path: Path) -> None:
    """Of two who disable each other at once, one stays."""
    with open_store(tmp_path / "s.db", create=True) as store:
        accounts = AccountStore(store)
        for name in ("Ida", "Omar"):
            accounts.add_user(name, "admin")
        refused: list[str] = []

        def disable(name: str) -> None:
            try:
                accounts.disable(name)
            except UsageError as error:
                refused.append(str(error))

        threads = [threading.Thread(target=disable, args=[name]) for name in ("Ida", "Omar")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(refused) == 1
        assert [user.disabled is None for user in accounts.users()].count(True) == 1
