"""
People as the store keeps them, what they may do, and which names they can have.

Names are kept as given, in Unicode's form NFKC, and compared without regard to
case (Unicode Standard Annex 31, R5): nobody can be mistaken for another who
only writes capitals differently. Letters of other scripts that merely look
alike are not told apart.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import Literal, get_args

from allegedly.errors import UsageError

Role = Literal["reader", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""What people may do, least first; each may do what those before it may."""

LONGEST_NAME = 64
# Signs that show nothing although they count as printable (Default_Ignorable_Code_Point outside of category Cf).
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


@dataclass(frozen=True, slots=True)
class User:
    """
    Somebody who may use the pages.

    Args:
        name: As shown.
        role: What they may do.
        added: When, ISO 8601 in UTC.
        disabled: Since when they may not come in; None if they may.
        password_hash: What argon2 made of the password; None if they have none (they come through a proxy).
    """

    name: str
    role: Role
    added: str
    disabled: str | None = None
    password_hash: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    """
    A browser that is signed in.

    Args:
        id: SHA-256 of the secret in its cookie.
        user: Who signed in.
        made: When, ISO 8601 in UTC.
        seen: When it last came, to a few minutes.
        expires: When it ends in any case.
    """

    id: str
    user: str
    made: str
    seen: str
    expires: str


@dataclass(frozen=True, slots=True)
class Token:
    """
    What a program shows to act for somebody.

    Args:
        id: SHA-256 of the secret.
        user: For whom.
        label: Words by which they know it again.
        made: When, ISO 8601 in UTC.
        revoked: Since when it no longer counts; None if it does.
    """

    id: str
    user: str
    label: str
    made: str
    revoked: str | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """
    A saved query whose news somebody follows.

    Args:
        number: Running number.
        user: Who follows it.
        name: As they call it.
        kind: What counts as news.
        query: In the language of searches.
        made: When, ISO 8601 in UTC.
        removed: Since when it is gone; None if it is there.
    """

    number: int
    user: str
    name: str
    kind: str
    query: str
    made: str
    removed: str | None = None


def includes(role: Role, other: Role) -> bool:
    """
    Say whether whoever has a role may do what another role may.

    Example:
        >>> includes("admin", "reviewer"), includes("reader", "reviewer")
        (True, False)
    """
    return ROLES.index(role) >= ROLES.index(other)


def check_role(role: str) -> Role:
    """
    Give a role as one.

    Raises:
        UsageError: If there is no such role.
    """
    for known in ROLES:
        if role == known:
            return known
    raise UsageError(f"there is no role {role!r}", hint=f"roles are {', '.join(ROLES)}")


def check_name(name: str, *, what: str = "name of a user") -> str:
    """
    Give a name as it is kept.

    Args:
        name: As given.
        what: What it is the name of, for the message.

    Raises:
        UsageError: If it is empty, too long, or holds signs that cannot be seen.

    Example:
        >>> check_name("Ａnna")
        'Anna'
    """
    kept = unicodedata.normalize("NFKC", name)
    if not 1 <= len(kept) <= LONGEST_NAME or kept != " ".join(kept.split()):
        problem = f"must have 1 to {LONGEST_NAME} signs and no blanks around them"
    elif not kept.isprintable() or _UNSEEN.search(kept):
        problem = "must have only signs that can be seen: no control signs, no marks of direction"
    else:
        return kept
    raise UsageError(f"{name[:LONGEST_NAME]!a} is no {what}: it {problem}", hint="choose another name")


def name_key(name: str) -> str:
    """
    Give what is the same for all ways to write a name.

    Example:
        >>> name_key("ANNA") == name_key("anna")
        True
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", folded)


def secret_id(secret: str) -> str:
    """Give the id under which a secret of 128 random bits or more is kept: its SHA-256, 64 hex digits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def make_token_secret() -> str:
    """Make what a program will show: 256 random bits behind a word by which scanners for leaked secrets know it."""
    return f"allegedly_{secrets.token_urlsafe(32)}"
