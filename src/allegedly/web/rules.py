"""Who may come in, as decided when the pages are started: three modes, and what each needs."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Literal

from allegedly.errors import UsageError
from allegedly.store.people import Role, includes

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Visitor:
    """
    Who is asking.

    Args:
        name: Their name, as judgements record it.
        role: What they may do.
        kind: How we know: whoever runs the program, a session, a reverse proxy, a program's token.
    """

    name: str
    role: Role
    kind: Literal["local", "user", "proxy", "token"]

    def may(self, role: Role) -> bool:
        """Say whether they may do what a role may."""
        return includes(self.role, role)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRules:
    """
    Who may come in.

    Args:
        mode: ``local``: whoever runs the program, from this machine only. ``accounts``: those who sign in.
            ``proxy``: those whom a reverse proxy names.
        person: In mode ``local``: the name of whoever runs the program.
        header: In mode ``proxy``: the header with the name, as ``Remote-User``.
        proxies: Addresses of reverse proxies. Only they are believed, also about whom they speak for.
        proxy_role: In mode ``proxy``: what those may do who have no account; None lets none of them in.
        hosts: Names under which browsers reach the pages, without port; none is this machine only.
        secure: Whether browsers come by HTTPS: cookies are sent by no other way.
        idle: A session ends when its browser has not come for so long.
        absolute: A session ends after so long in any case.
        key: Secret from which tokens of forms are made; several processes that share the work need the same.

    Raises:
        UsageError: If what a mode needs is missing.
    """

    mode: Literal["local", "accounts", "proxy"] = "local"
    person: str = "local"
    header: str | None = None
    proxies: tuple[Network, ...] = ()
    proxy_role: Literal["reader"] | None = None
    hosts: tuple[str, ...] = ()
    secure: bool = False
    idle: timedelta = timedelta(hours=12)
    absolute: timedelta = timedelta(days=30)
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def __post_init__(self) -> None:
        if self.mode == "proxy" and not (self.header and self.proxies):
            raise UsageError(
                "a reverse proxy that names users needs a header and its address",
                hint="give the header, as Remote-User, and the address or network that the proxy comes from",
            )
        if self.header and self.mode != "proxy":
            raise UsageError(f"the header {self.header} counts in mode proxy only", hint="choose that mode")

    @property
    def session_cookie(self) -> str:
        """Name of the cookie of a session; with ``__Host-``, no other host and no plain HTTP can set it."""
        return "__Host-allegedly" if self.secure else "allegedly"

    @property
    def form_cookie(self) -> str:
        """Name of the cookie that forms are bound to where there is no session."""
        return f"{self.session_cookie}-form"

    def is_proxy(self, address: Address | None) -> bool:
        """Say whether an address is that of a reverse proxy of ours."""
        return address is not None and any(address in network for network in self.proxies)


def read_networks(words: Iterable[str]) -> tuple[Network, ...]:
    """
    Read addresses and networks.

    Args:
        words: As ``10.0.0.5`` or ``10.0.0.0/24``.

    Raises:
        UsageError: If one is neither, or is all addresses there are.

    Example:
        >>> read_networks(["10.0.0.5"])
        (IPv4Network('10.0.0.5/32'),)
    """
    found = []
    for word in words:
        try:
            network = ip_network(word)
        except ValueError as error:
            raise UsageError(f"{word!a} is no network: {error}", hint="write 10.0.0.5 or 10.0.0.0/24") from error
        if network.prefixlen == 0:
            raise UsageError(
                f"{word} is every address there is", hint="name the proxy's own: whoever is in it is believed"
            )
        found.append(network)
    return tuple(found)


def read_address(words: str) -> Address | None:
    """
    Read an address; IPv4 inside of IPv6 is what it stands for. None if it is none.

    Example:
        >>> read_address("::ffff:127.0.0.1")
        IPv4Address('127.0.0.1')
    """
    try:
        address = ip_address(words.strip().split("%", maxsplit=1)[0])
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
