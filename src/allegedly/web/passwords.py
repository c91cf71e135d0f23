"""
Passwords: argon2id with the parameters that its library recommends (RFC 9106, low-memory profile).

Length is all that is asked of a password (NIST SP 800-63B, 3.1.1). It is compared
in Unicode's form NFC (RFC 8265), so that accents may be typed either way.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

from allegedly.errors import ExtraError, UsageError

MINIMUM, MAXIMUM = 12, 1024  # characters
INSTALL = "pip install 'allegedly[serve]'"
_AT_ONCE = 4  # each takes 64 MiB


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    Whether a password is the right one.

    Args:
        right: Whether it is.
        newer: Its hash under today's parameters, if the one that is kept is older; else None.
    """

    right: bool
    newer: str | None = None


class Passwords:
    """
    Makes and compares hashes of passwords; made once, used from many threads.

    Args:
        cost: Other parameters of argon2 than those its library recommends.

    Raises:
        ExtraError: If argon2-cffi is not installed.
    """

    def __init__(self, **cost: Any) -> None:  # noqa: ANN401  # numbers; the library has other kinds too
        try:
            import argon2  # noqa: PLC0415  # an extra; only pages with accounts need it
        except ImportError as error:
            raise ExtraError(f"passwords need argon2-cffi, which is not installed ({error})", hint=INSTALL) from error
        self._hasher = argon2.PasswordHasher(**cost)
        self._refused = (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError)
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._nobodys = self._hasher.hash(secrets.token_bytes(32))

    def hash(self, password: str) -> str:
        """
        Make the hash of a new password.

        Raises:
            UsageError: If it is too short or too long.
        """
        given = _bytes(password)
        with self._turns:
            return self._hasher.hash(given)

    def verify(self, password_hash: str | None, password: str) -> Verdict:
        """
        Say whether a password is the one of a hash; no hash takes as long as a wrong one.

        Args:
            password_hash: What is kept; None if there is no such user, or they have no password.
            password: What was typed.
        """
        given = unicodedata.normalize("NFC", password[:MAXIMUM]).encode("utf-8", "surrogatepass")
        kept = password_hash or self._nobodys
        try:
            with self._turns:
                self._hasher.verify(kept, given)
        except self._refused:
            return Verdict(right=False)
        if password_hash is None or len(password) > MAXIMUM:
            return Verdict(right=False)
        newer = self._hasher.hash(given) if self._hasher.check_needs_rehash(kept) else None
        return Verdict(right=True, newer=newer)


def _bytes(password: str) -> bytes:
    """Give a new password as it is hashed."""
    if not MINIMUM <= len(password) <= MAXIMUM:
        problem = "short" if len(password) < MINIMUM else "long"
        raise UsageError(
            f"this password is too {problem}: it has {len(password)} signs",
            hint=f"choose one of {MINIMUM} to {MAXIMUM} signs; some words in a row are easy to keep in mind",
        )
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
