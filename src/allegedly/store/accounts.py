"""
Accounts in the store: users, sessions, tokens of programs, watches.

What a browser or a program holds is never kept, only its SHA-256, and of a
password only what argon2 made of it (:mod:`allegedly.web.passwords`). Sessions
and tokens name no role: what their user may do is looked up each time, so that
a change counts at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from allegedly.errors import NotInStore, UsageError
from allegedly.store.account_tables import SESSIONS, TOKENS, USERS, WATCHES
from allegedly.store.clock import now
from allegedly.store.mapping import mapped
from allegedly.store.people import Role, Session, Token, User, Watch, check_name, check_role, name_key
from allegedly.store.sql import SqlStore
from allegedly.store.writing import last_number

_MOST = 2_000  # signs of a label or a query
_NUMBERS = 2**63
_SHORTEST = 7  # signs of the beginning of an id


class AccountStore:
    """
    The people of a store.

    Args:
        store: The store.
        clock: Gives the time, ISO 8601 in UTC to the millisecond.
    """

    def __init__(self, store: SqlStore, *, clock: Callable[[], str] = now) -> None:
        self._store = store
        self.clock = clock

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with mapped(self._store.name), self._store.engine.connect() as connection:
            yield connection

    # users

    def add_user(self, name: str, role: Role = "reader", *, password_hash: str | None = None) -> User:
        """
        Add a user.

        Raises:
            UsageError: If the name cannot be one, or somebody has it, in capitals or not.
        """
        user = User(check_name(name), check_role(role), self.clock(), None, password_hash)
        with self._store.transaction() as connection:
            taken = _find(connection, user.name)
            if taken is not None:
                raise UsageError(f"there is a user {taken.name} already", hint="choose another name")
            values = {
                "name": user.name, "role": user.role, "password": password_hash, "added": user.added, "disabled": None,
            }  # fmt: skip
            connection.execute(sa.insert(USERS).values(**values))
        return user

    def user(self, name: str) -> User:
        """
        Give a user by name, however it is written.

        Raises:
            NotInStore: If there is none.
        """
        with self._reading() as connection:
            return self._user(connection, name)

    def users(self) -> tuple[User, ...]:
        """Give all users, by name."""
        with self._reading() as connection:
            found = map(_user, connection.execute(sa.select(USERS)))
            return tuple(sorted(found, key=lambda user: (name_key(user.name), user.name)))

    def set_role(self, name: str, role: Role) -> User:
        """
        Let a user do more or less.

        Raises:
            NotInStore: If there is no such user.
            UsageError: If nobody would be admin any more.
        """
        with self._store.transaction() as connection:
            user = self._user(connection, name)
            if check_role(role) != "admin":
                _keep_an_admin(connection, user)
            return self._change(connection, user, role=role)

    def set_password_hash(self, name: str, password_hash: str, *, keep: str | None = None) -> User:
        """
        Give a user another password, and end the sessions made with the old one.

        Args:
            name: The user.
            password_hash: What argon2 made of it.
            keep: Id of a session that goes on: the one in which the password was changed.

        Raises:
            NotInStore: If there is no such user.
        """
        with self._store.transaction() as connection:
            user = self._user(connection, name)
            _end_sessions(connection, user.name, keep)
            return self._change(connection, user, password=password_hash)

    def replace_hash(self, user: User, password_hash: str) -> None:
        """Keep the same password under newer parameters, unless it was changed meanwhile."""
        same = sa.and_(USERS.c.name == user.name, USERS.c.password == user.password_hash)
        with self._store.transaction() as connection:
            connection.execute(sa.update(USERS).where(same).values(password=password_hash))

    def disable(self, name: str) -> User:
        """
        Keep a user out, from now on; what they did stays under their name.

        Raises:
            NotInStore: If there is no such user.
            UsageError: If nobody would be admin any more.
        """
        with self._store.transaction() as connection:
            user = self._user(connection, name)
            _keep_an_admin(connection, user)
            _end_sessions(connection, user.name)
            return self._change(connection, user, disabled=user.disabled or self.clock())

    def enable(self, name: str) -> User:
        """
        Let a user in again; they have to sign in.

        Raises:
            NotInStore: If there is no such user.
        """
        with self._store.transaction() as connection:
            return self._change(connection, self._user(connection, name), disabled=None)

    def _user(self, connection: sa.Connection, name: str) -> User:
        found = _find(connection, name)
        if found is None:
            raise NotInStore(
                f"store {self._store.name}: there is no user {name[:100]!a}", hint="`allegedly users list` lists them"
            )
        return found

    def _change(self, connection: sa.Connection, user: User, **values: str | None) -> User:
        connection.execute(sa.update(USERS).where(USERS.c.name == user.name).values(**values))
        return self._user(connection, user.name)

    # sessions

    def add_session(self, id_hash: str, user: str, *, expires: str) -> Session:
        """
        Record that a browser signed in.

        Args:
            id_hash: :func:`allegedly.store.people.secret_id` of what its cookie holds.
            user: Who signed in; the name as the store has it.
            expires: When the session ends in any case, ISO 8601 in UTC.
        """
        at = self.clock()
        session = Session(id_hash, user, at, at, expires)
        with self._store.transaction() as connection:
            values = {"id": id_hash, "user": user, "made": at, "seen": at, "expires": expires}
            connection.execute(sa.insert(SESSIONS).values(**values))
        return session

    def session(self, id_hash: str) -> Session:
        """
        Give a session, whether or not its time is over.

        Raises:
            NotInStore: If there is none.
        """
        with self._reading() as connection:
            row = connection.execute(sa.select(SESSIONS).where(SESSIONS.c.id == id_hash)).one_or_none()
        if row is None:
            raise NotInStore("there is no such session", hint="sign in again")
        return Session(**_values(row))

    def touch(self, id_hash: str) -> None:
        """Record that a session's browser came just now."""
        with self._store.transaction() as connection:
            connection.execute(sa.update(SESSIONS).where(SESSIONS.c.id == id_hash).values(seen=self.clock()))

    def end_session(self, id_hash: str) -> None:
        """End a session; one that is not there is ended already."""
        with self._store.transaction() as connection:
            connection.execute(sa.delete(SESSIONS).where(SESSIONS.c.id == id_hash))

    def end_sessions(self, user: str, *, keep: str | None = None) -> int:
        """End all sessions of a user but one, and say how many that were."""
        with self._store.transaction() as connection:
            return _end_sessions(connection, self._user(connection, user).name, keep)

    def forget_expired(self, *, seen_before: str) -> int:
        """
        Remove sessions whose time is over, and say how many that were.

        Args:
            seen_before: Also those that last came before this time, ISO 8601 in UTC.
        """
        over = sa.or_(SESSIONS.c.expires <= self.clock(), SESSIONS.c.seen <= seen_before)
        with self._store.transaction() as connection:
            return connection.execute(sa.delete(SESSIONS).where(over)).rowcount

    # tokens

    def add_token(self, id_hash: str, user: str, label: str) -> Token:
        """
        Let a program act for a user.

        Args:
            id_hash: :func:`allegedly.store.people.secret_id` of what it will show.
            user: The user.
            label: Words by which the user knows it again.

        Raises:
            NotInStore: If there is no such user.
            UsageError: If the label cannot be one.
        """
        words = check_name(label, what="label of a token")
        with self._store.transaction() as connection:
            token = Token(id_hash, self._user(connection, user).name, words, self.clock())
            values = {"id": id_hash, "user": token.user, "label": words, "made": token.made, "revoked": None}
            connection.execute(sa.insert(TOKENS).values(**values))
        return token

    def token(self, id_hash: str) -> Token:
        """
        Give a token, revoked or not.

        Raises:
            NotInStore: If there is none.
        """
        with self._reading() as connection:
            row = connection.execute(sa.select(TOKENS).where(TOKENS.c.id == id_hash)).one_or_none()
        if row is None:
            raise NotInStore("there is no such token", hint="`allegedly users token list` lists those of a user")
        return Token(**_values(row))

    def tokens(self, user: str) -> tuple[Token, ...]:
        """
        Give the tokens of a user, oldest first, also those revoked.

        Raises:
            NotInStore: If there is no such user.
        """
        with self._reading() as connection:
            mine = TOKENS.c.user == self._user(connection, user).name
            question = sa.select(TOKENS).where(mine).order_by(TOKENS.c.made, TOKENS.c.id)
            return tuple(Token(**_values(row)) for row in connection.execute(question))

    def revoke_token(self, token_id: str, *, user: str | None = None) -> Token:
        """
        Let a token no longer count.

        Args:
            token_id: Its id, or the first seven signs or more.
            user: Only if it is this user's.

        Raises:
            NotInStore: If there is none.
            UsageError: If so few signs are given, or several begin so.
        """
        if len(token_id) < _SHORTEST or not (token_id.isascii() and token_id.isalnum()):
            raise UsageError(f"{token_id!a} is no id of a token", hint=f"give its first {_SHORTEST} signs or more")
        begins = TOKENS.c.id.startswith(token_id, autoescape=True)
        with self._store.transaction() as connection:
            mine = () if user is None else (TOKENS.c.user == self._user(connection, user).name,)
            found = [Token(**_values(row)) for row in connection.execute(sa.select(TOKENS).where(begins, *mine))]
            if not found:
                raise NotInStore(f"there is no token {token_id!a}", hint="`allegedly users token list` lists them")
            if len(found) > 1:
                raise UsageError(f"several tokens begin with {token_id}", hint="give more of the id")
            standing = sa.and_(TOKENS.c.id == found[0].id, TOKENS.c.revoked.is_(None))
            connection.execute(sa.update(TOKENS).where(standing).values(revoked=self.clock()))
        return self.token(found[0].id)

    # watches

    def add_watch(self, user: str, name: str, kind: str, query: str) -> Watch:
        """
        Save a query whose news somebody follows; they need no account (local use, readers behind a proxy).

        Raises:
            UsageError: If a name or the kind cannot be one, or the query is too long.
        """
        shown, sort = check_name(name, what="name of a watch"), check_name(kind, what="kind of a watch")
        if len(query) > _MOST:
            raise UsageError(f"this query has {len(query)} signs", hint=f"a watch holds {_MOST}")
        with self._store.transaction() as connection:
            owner = _owner(connection, user)
            watch = Watch(last_number(connection, WATCHES) + 1, owner, shown, sort, query, self.clock())
            values = {column: getattr(watch, column) for column in WATCHES.c.keys()}  # noqa: SIM118  # no mapping
            connection.execute(sa.insert(WATCHES).values(**values))
        return watch

    def watches(self, user: str) -> tuple[Watch, ...]:
        """Give what somebody follows, oldest first."""
        with self._reading() as connection:
            mine = sa.and_(WATCHES.c.user == _owner(connection, user), WATCHES.c.removed.is_(None))
            question = sa.select(WATCHES).where(mine).order_by(WATCHES.c.number)
            return tuple(Watch(**_values(row)) for row in connection.execute(question))

    def watch(self, number: int) -> Watch:
        """
        Give a watch, whosever it is: whether the asker may see it is for the caller to say.

        Raises:
            NotInStore: If there is none, or it was removed.
        """
        with self._reading() as connection:
            row = connection.execute(sa.select(WATCHES).where(_watch_is(number))).one_or_none()
        if row is None:
            raise _no_watch(number)
        return Watch(**_values(row))

    def remove_watch(self, number: int, *, user: str) -> None:
        """
        Stop following; only a watch of one's own.

        Raises:
            NotInStore: If this user has no such watch.
        """
        with self._store.transaction() as connection:
            mine = sa.and_(_watch_is(number), WATCHES.c.user == _owner(connection, user))
            if connection.execute(sa.update(WATCHES).where(mine).values(removed=self.clock())).rowcount != 1:
                raise _no_watch(number)


def _find(connection: sa.Connection, name: str) -> User | None:
    """Look for a user: first as written, then without regard to case, which no database folds as Unicode does."""
    if not name.isprintable() or len(name) > _MOST:  # nobody's; PostgreSQL takes neither NUL nor half a sign
        return None
    row = connection.execute(sa.select(USERS).where(USERS.c.name == name)).one_or_none()
    if row is not None:
        return _user(row)
    key = name_key(name)
    same = [there for there in connection.scalars(sa.select(USERS.c.name)) if name_key(there) == key]
    return _user(connection.execute(sa.select(USERS).where(USERS.c.name == same[0])).one()) if same else None


def _owner(connection: sa.Connection, name: str) -> str:
    user = _find(connection, name)
    return check_name(name) if user is None else user.name


def _watch_is(number: int) -> sa.ColumnElement[bool]:
    kept = number if 0 < number < _NUMBERS else 0  # no row's; the databases refuse numbers of more than 64 bits
    return sa.and_(WATCHES.c.number == kept, WATCHES.c.removed.is_(None))


def _keep_an_admin(connection: sa.Connection, user: User) -> None:
    """Refuse to lose the last admin; the writer's lock keeps two from going at once."""
    others = sa.and_(USERS.c.role == "admin", USERS.c.disabled.is_(None), USERS.c.name != user.name)
    is_admin = user.role == "admin" and user.disabled is None
    if is_admin and not connection.scalar(sa.select(sa.func.count()).select_from(USERS).where(others)):
        raise UsageError(f"{user.name} is the last admin", hint="make somebody else admin first")


def _end_sessions(connection: sa.Connection, user: str, keep: str | None = None) -> int:
    theirs = sa.and_(SESSIONS.c.user == user, SESSIONS.c.id != (keep or ""))
    return connection.execute(sa.delete(SESSIONS).where(theirs)).rowcount


def _user(row: sa.Row[Any]) -> User:
    values = _values(row)
    return User(password_hash=values.pop("password"), **values)


def _values(row: sa.Row[Any]) -> dict[str, Any]:
    return dict(row._mapping)  # noqa: SLF001  # its public name


def _no_watch(number: int) -> NotInStore:
    return NotInStore(f"there is no watch {number}", hint="the page of your watches lists those there are")
