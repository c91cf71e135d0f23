"""Where the pages may listen: without accounts, on this machine only."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from allegedly.errors import UsageError
from allegedly.web.rules import AccessRules, read_address

Resolve = Callable[..., list[tuple[Any, ...]]]


def check_bind(host: str, rules: AccessRules, *, resolve: Resolve = socket.getaddrinfo) -> str:
    """
    Give the address to listen at.

    Listen at the address that is given back, not at the name: it may mean something else a moment later.

    Args:
        host: Name or address.
        rules: Who may come in.
        resolve: ``socket.getaddrinfo``, or what tests put in its place.

    Raises:
        UsageError: If there is no such host, or others could reach it and nobody has to sign in.
    """
    try:
        found = resolve(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{host!a}: no such host: {error}", hint="give a name or address of this machine") from error
    addresses = [str(entry[4][0]) for entry in found]
    if rules.mode == "local":
        open_to_others = [address for address in addresses if not _is_loopback(address)]
        if open_to_others or not host:
            raise UsageError(
                f"{host or 'every address'} can be reached by others, and without accounts all of them would be admins",
                hint="listen on 127.0.0.1, or make accounts (`allegedly users add`); see docs/accounts.md",
            )
    return addresses[0]


def _is_loopback(words: str) -> bool:
    address = read_address(words)
    return address is not None and address.is_loopback
