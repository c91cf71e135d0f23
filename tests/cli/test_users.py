"""The commands for people: accounts, roles, passwords, tokens."""

from __future__ import annotations

import builtins
import csv
import io
import json
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest

from allegedly.cli import users
from allegedly.settings import default_store
from allegedly.store.accounts import AccountStore
from allegedly.store.opening import open_store
from allegedly.store.people import ROLES, secret_id
from allegedly.web.passwords import Passwords
from tests.cli.conftest import Result, call

PASSWORD = b"correct horse battery"


def add(name: str, *options: str, password: bytes = PASSWORD + b"\n") -> Result:
    """Add a user with a password on standard input."""
    return call("users", "add", name, "--password-stdin", *options, stdin=password)


def accounts(store: Any) -> AccountStore:
    """Give the people of the default store."""
    return AccountStore(store)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an admin and a reader, made once."""
    file = tmp_path_factory.mktemp("people") / "store.db"
    password_hash = Passwords().hash(PASSWORD.decode())
    with open_store(file, create=True) as store:
        accounts(store).add_user("Ida", "admin", password_hash=password_hash)
        accounts(store).add_user("Omar", password_hash=password_hash)
    return file


@pytest.fixture
def people(template: Path, folder: Path) -> None:  # noqa: ARG001  # the home of the test's own
    """The default store, with an admin and a reader."""
    default_store().parent.mkdir(parents=True)
    shutil.copy(template, default_store())


def password_of(name: str, password: str) -> bool:
    """Say whether a password is somebody's."""
    with open_store(default_store()) as store:
        return Passwords().verify(accounts(store).user(name).password_hash, password).right


def test_roles_are_those_of_the_store() -> None:
    """The command line names the roles that there are."""
    assert users._ROLES == ROLES


def test_adding_makes_the_store() -> None:
    """The first user makes the store; the password is the line without its end, and stands nowhere."""
    result = add("Ida", "--role", "admin", password=PASSWORD + b"\r\nmore\n")
    assert (result.code, result.out, result.err) == (0, b"", "Ida: added as admin\n")
    assert password_of("ida", PASSWORD.decode())
    assert PASSWORD not in default_store().read_bytes()


@pytest.mark.parametrize(
    ("password", "words"),
    [
        (b"short\n", "too short: it has 5 signs"), (b"x" * 1025, "too long: it has 1025 signs"), (b"", "too short"),
        (b"\xff" * 20, "no text"),
    ],
)  # fmt: skip
def test_passwords_that_are_refused(password: bytes, words: str) -> None:
    """Too short, too long, and no text are refused, and nobody is added."""
    result = add("Ida", password=password)
    assert (result.code, words in result.err) == (2, True)
    assert not default_store().exists()


@pytest.mark.usefixtures("people")
def test_without_terminal() -> None:
    """Where nobody can be asked, the program says what to use."""
    result = call("users", "add", "Jan", stdin=PASSWORD)
    assert (result.code, "--password-stdin" in result.err) == (2, True)


@pytest.mark.usefixtures("people")
def test_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The password is asked for twice, without echo, on standard error."""
    asked: dict[str, object] = {}

    def prompt(words: str, **options: object) -> str:
        asked.update(options, words=words)
        return PASSWORD.decode()

    monkeypatch.setattr(click, "prompt", prompt)
    monkeypatch.setattr(users, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    assert call("users", "add", "Jan").code == 0
    assert (asked["hide_input"], asked["confirmation_prompt"], asked["err"]) == (True, True, True)
    assert password_of("Jan", PASSWORD.decode())


@pytest.mark.usefixtures("people")
def test_without_password() -> None:
    """Who comes through a proxy needs none, and no password is theirs."""
    assert call("users", "add", "Jan", "--no-password", "--role", "reviewer").code == 0
    assert not password_of("Jan", "")
    assert call("users", "add", "Eva", "--no-password", "--password-stdin").code == 2


@pytest.mark.parametrize("name", ["IDA", "", "a\u202eb", "x" * 65])
@pytest.mark.usefixtures("people")
def test_names_that_are_refused(name: str) -> None:
    """Taken and impossible names are wrong use, and the message is harmless to a terminal."""
    result = add(name)
    assert (result.code, result.err.isascii()) == (2, True)


@pytest.mark.usefixtures("people")
def test_users_are_listed() -> None:
    """In each format, and never with what was made of the password."""
    outputs = [call("users", "list", "--format", form) for form in ("table", "json", "jsonl", "csv")]
    assert all("argon2" not in output.text for output in outputs)
    table, json_, lines, rows = (output.text for output in outputs)
    assert table.splitlines()[0].split() == ["name", "role", "password", "added", "disabled"]
    assert [user["name"] for user in json.loads(json_)["results"]] == ["Ida", "Omar"]
    assert json.loads(lines.splitlines()[1])["disabled"] is None
    assert [row["role"] for row in csv.DictReader(io.StringIO(rows))] == ["admin", "reader"]


@pytest.mark.usefixtures("people")
def test_changing_people() -> None:
    """Role, disabling and enabling, each said; names in any capitals."""
    said = [call("users", *words).err for words in (("role", "omar", "admin"), ("disable", "IDA"), ("enable", "Ida"))]
    assert said == ["Omar: now admin\n", "Ida: disabled\n", "Ida: enabled\n"]


@pytest.mark.parametrize("words", [("disable", "Ida"), ("role", "Ida", "reviewer")])
@pytest.mark.usefixtures("people")
def test_the_last_admin(words: tuple[str, ...]) -> None:
    """Somebody stays admin."""
    result = call("users", *words)
    assert (result.code, "Ida is the last admin" in result.err) == (2, True)


@pytest.mark.usefixtures("people")
def test_another_password() -> None:
    """The new one counts, and whoever was signed in no longer is."""
    with open_store(default_store()) as store:
        accounts(store).add_session("s", "Omar", expires="2099-01-01T00:00:00.000Z")
    assert call("users", "password", "omar", "--password-stdin", stdin=b"another long password").code == 0
    assert (password_of("Omar", "another long password"), password_of("Omar", PASSWORD.decode())) == (True, False)
    with open_store(default_store()) as store:
        assert accounts(store).end_sessions("Omar") == 0


@pytest.mark.usefixtures("people")
def test_tokens() -> None:
    """The secret is printed once, alone on standard output; lists do not know it."""
    made = call("users", "token", "add", "omar", "--label", "feed reader")
    secret = made.text.strip()
    assert made.text == f"{secret}\n"
    assert secret not in made.err
    with open_store(default_store()) as store:
        assert accounts(store).token(secret_id(secret)).user == "Omar"
    listed = call("users", "token", "list", "Omar", "--format", "json")
    (token,) = json.loads(listed.out)["results"]
    assert (token["label"], token["revoked"], secret in listed.text) == ("feed reader", None, False)
    assert call("users", "token", "revoke", token["id"]).code == 0
    (token,) = json.loads(call("users", "token", "list", "Omar", "--format", "json").out)["results"]
    assert token["revoked"]


@pytest.mark.parametrize(
    "words",
    [
        ("role", "Nobody", "reader"), ("disable", "Nobody"), ("enable", "Nobody"), ("token", "list", "Nobody"),
        ("token", "add", "Nobody", "--label", "x"), ("token", "revoke", "0123456"),
        ("password", "Nobody", "--password-stdin"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("people")
def test_what_is_not_there(words: tuple[str, ...]) -> None:
    """Unknown users and tokens are said to be none, with what lists them."""
    result = call("users", *words, stdin=PASSWORD)
    assert (result.code, result.out) == (1, b"")
    assert "there is no" in result.err
    assert "list" in result.err


def test_without_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library, the program names the command that installs it."""
    real = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name == "argon2":
            raise ImportError("No module named 'argon2'")
        return real(name, *rest, **more)

    monkeypatch.delitem(sys.modules, "argon2", raising=False)
    monkeypatch.setattr(builtins, "__import__", missing)
    result = add("Ida")
    assert (result.code, "pip install 'allegedly[serve]'" in result.err) == (1, True)
