"""Accounts in every store: names, roles, the last admin, sessions, tokens, watches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from allegedly.errors import NotInStore, UsageError
from allegedly.store.accounts import AccountStore
from allegedly.store.people import secret_id
from allegedly.store.sql import SqlStore

OPEN_END = "2030-01-01T00:00:00.000Z"


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    time: str = "2025-01-01T00:00:00.000Z"

    def __call__(self) -> str:
        """Give the time."""
        return self.time


@pytest.fixture
def clock() -> Clock:
    """A clock that a test sets."""
    return Clock()


@pytest.fixture
def accounts(store: SqlStore, clock: Clock) -> AccountStore:
    """A store with an admin and a reader."""
    kept = AccountStore(store, clock=clock)
    kept.add_user("Ida", "admin", password_hash="old")  # noqa: S106  # no password
    kept.add_user("Omar", "reader")
    return kept


def test_a_user_comes_back(accounts: AccountStore, clock: Clock) -> None:
    """A user is what was given, found under any capitals, and shown without the hash."""
    user = accounts.user("iDA")
    assert (user.name, user.role, user.added, user.disabled) == ("Ida", "admin", clock.time, None)
    assert user.password_hash == "old"  # noqa: S105  # no password
    assert "old" not in repr(user)


@pytest.mark.parametrize("name", ["ida", "IDA", "Ｉｄａ"])
def test_no_two_look_alike(accounts: AccountStore, name: str) -> None:
    """A name that differs in capitals or width only is taken."""
    with pytest.raises(UsageError, match="there is a user Ida already"):
        accounts.add_user(name)


@pytest.mark.parametrize("name", ["nobody", "", "\0", "\ud800", "a" * 5000, "Ida\u202e"])
def test_unknown_users(accounts: AccountStore, name: str) -> None:
    """Any name that nobody has is answered alike, also those that databases refuse."""
    with pytest.raises(NotInStore, match="there is no user"):
        accounts.user(name)


def test_users_are_listed_by_name(accounts: AccountStore) -> None:
    """Capitals do not count in the order."""
    accounts.add_user("jan")
    assert [user.name for user in accounts.users()] == ["Ida", "jan", "Omar"]


def test_no_other_roles(accounts: AccountStore) -> None:
    """A role is one of three, for new users and old."""
    with pytest.raises(UsageError, match="there is no role 'owner'"):
        accounts.add_user("Jan", "owner")  # type: ignore[arg-type]  # what a request might hold
    with pytest.raises(UsageError, match="there is no role 'owner'"):
        accounts.set_role("Omar", "owner")  # type: ignore[arg-type]  # the same
    assert [user.role for user in accounts.users()] == ["admin", "reader"]


@pytest.mark.parametrize(
    "change", [lambda kept: kept.disable("ida"), lambda kept: kept.set_role("ida", "reviewer")], ids=["disable", "role"]
)
def test_the_last_admin_stays(accounts: AccountStore, change: Callable[[AccountStore], object]) -> None:
    """Neither disabled nor demoted while no other admin may come in; then both."""
    accounts.add_user("Jan", "admin")
    accounts.disable("Jan")
    with pytest.raises(UsageError, match="Ida is the last admin"):
        change(accounts)
    accounts.enable("Jan")
    change(accounts)
    user = accounts.user("Ida")
    assert user.disabled or user.role == "reviewer"


def test_disabling_ends_sessions(accounts: AccountStore, clock: Clock) -> None:
    """A disabled user has no session left, and keeps the first time of being disabled."""
    accounts.add_session("s", "Omar", expires=OPEN_END)
    accounts.disable("omar")
    with pytest.raises(NotInStore):
        accounts.session("s")
    first, clock.time = clock.time, "2025-02-01T00:00:00.000Z"
    assert accounts.disable("omar").disabled == first
    assert accounts.enable("omar").disabled is None


def test_a_new_password_ends_other_sessions(accounts: AccountStore) -> None:
    """Only the session in which it was changed goes on, and other users' do."""
    for name, user in (("s", "Ida"), ("t", "Ida"), ("u", "Omar")):
        accounts.add_session(name, user, expires=OPEN_END)
    assert accounts.set_password_hash("IDA", "new", keep="t").password_hash == "new"  # noqa: S105  # none
    assert [accounts.session(name).user for name in ("t", "u")] == ["Ida", "Omar"]
    with pytest.raises(NotInStore):
        accounts.session("s")


def test_a_hash_is_replaced_only_if_it_is_still_that(accounts: AccountStore) -> None:
    """Newer parameters never bring an old password back."""
    before = accounts.user("Ida")
    accounts.replace_hash(before, "rehashed")
    accounts.replace_hash(before, "too late")
    assert accounts.user("Ida").password_hash == "rehashed"  # noqa: S105  # no password


def test_sessions(accounts: AccountStore, clock: Clock) -> None:
    """A session knows when it was made, seen and ends; ending it twice is no error."""
    accounts.add_session("s", "Ida", expires=OPEN_END)
    made, clock.time = clock.time, "2025-01-01T01:00:00.000Z"
    accounts.touch("s")
    session = accounts.session("s")
    assert (session.made, session.seen, session.expires) == (made, clock.time, OPEN_END)
    accounts.end_session("s")
    accounts.end_session("s")
    with pytest.raises(NotInStore):
        accounts.session("s")


def test_ending_all_sessions(accounts: AccountStore) -> None:
    """All of a user's but one, counted."""
    for name in "abc":
        accounts.add_session(name, "Ida", expires=OPEN_END)
    assert (accounts.end_sessions("ida", keep="b"), accounts.end_sessions("ida")) == (2, 1)


def test_what_is_over_is_forgotten(accounts: AccountStore, clock: Clock) -> None:
    """Both those whose end has come and those that were idle."""
    accounts.add_session("idle", "Ida", expires=OPEN_END)
    clock.time = "2025-01-03T00:00:00.000Z"
    accounts.add_session("over", "Ida", expires=clock.time)
    accounts.add_session("open", "Ida", expires=OPEN_END)
    assert accounts.forget_expired(seen_before="2025-01-02T00:00:00.000Z") == 2
    assert accounts.session("open").user == "Ida"


def test_tokens(accounts: AccountStore, clock: Clock) -> None:
    """A token is found by the hash of its secret, listed, and revoked by the beginning of its id once."""
    token = accounts.add_token(secret_id("a secret"), "omar", "feed reader")
    assert accounts.token(secret_id("a secret")) == token
    assert (token.user, accounts.tokens("OMAR")) == ("Omar", (token,))
    revoked, clock.time = accounts.revoke_token(token.id[:7]), "2025-02-01T00:00:00.000Z"
    assert (revoked.revoked, accounts.revoke_token(token.id)) == (token.made, revoked)


@pytest.mark.parametrize("token_id", ["", "abc", "%%%%%%%", "\0" * 8, "é" * 8])
def test_ids_that_are_none(accounts: AccountStore, token_id: str) -> None:
    """Too little, and signs that mean something to a database, revoke nothing."""
    accounts.add_token(secret_id("a"), "Ida", "a")
    with pytest.raises(UsageError, match="is no id of a token"):
        accounts.revoke_token(token_id)
    assert accounts.tokens("Ida")[0].revoked is None


def test_another_users_token(accounts: AccountStore) -> None:
    """Whoever asks as a user reaches only their own tokens."""
    token = accounts.add_token(secret_id("a"), "Ida", "a")
    with pytest.raises(NotInStore, match="there is no token"):
        accounts.revoke_token(token.id, user="Omar")
    assert accounts.revoke_token(token.id, user="Ida").revoked


def test_ids_that_begin_alike(accounts: AccountStore) -> None:
    """The beginning of two ids revokes neither."""
    for end in "ab":
        accounts.add_token("0" * 63 + end, "Ida", end)
    with pytest.raises(UsageError, match="several tokens begin with 0000000"):
        accounts.revoke_token("0" * 7)
    assert [token.revoked for token in accounts.tokens("Ida")] == [None, None]


def test_watches(accounts: AccountStore) -> None:
    """Each has its own; what is removed is gone from lists and keeps its number."""
    mine = accounts.add_watch("ida", "Karveli", "denial", 'place:"Karveli"')
    theirs = accounts.add_watch("Nobody with an account", "all", "figure", "")
    assert (mine.number, mine.user, theirs.number) == (1, "Ida", 2)
    assert (accounts.watches("IDA"), accounts.watch(1)) == ((mine,), mine)
    accounts.remove_watch(2, user=theirs.user)
    assert (accounts.watches(theirs.user), accounts.add_watch("Ida", "b", "denial", "").number) == ((), 3)


@pytest.mark.parametrize("number", [2, 0, -1, 10**30])
def test_watches_that_are_not_there(accounts: AccountStore, number: int) -> None:
    """Any number that no watch has is answered alike."""
    accounts.add_watch("Ida", "a", "denial", "")
    with pytest.raises(NotInStore, match="there is no watch"):
        accounts.watch(number)


def test_another_users_watch(accounts: AccountStore) -> None:
    """Nobody removes what another follows."""
    accounts.add_watch("Ida", "a", "denial", "")
    with pytest.raises(NotInStore, match="there is no watch 1"):
        accounts.remove_watch(1, user="Omar")
    assert len(accounts.watches("Ida")) == 1


def test_long_queries(accounts: AccountStore) -> None:
    """A query of a watch has an end."""
    with pytest.raises(UsageError, match="this query has 3000 signs"):
        accounts.add_watch("Ida", "a", "denial", "x" * 3000)
