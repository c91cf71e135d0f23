"""
Which network addresses may be fetched from: public ones, however they are written.

A name is resolved once, every address it has is judged, and the connection goes
to the address that was judged: a name that resolves to something else a moment
later (DNS rebinding) gains nothing. Numbers in odd forms (decimal, octal) are
resolved by the system first. IPv4 addresses inside IPv6 ones (mapped, NAT64) are
judged as what they are; tunnels (6to4, Teredo) are refused.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import Any, Final

from allegedly.errors import InputError

Resolve = Callable[..., list[tuple[Any, ...]]]
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Public by number, yet answered by the machine's own provider: metadata services that hold credentials.
_METADATA: Final = frozenset(map(ipaddress.ip_address, ("168.63.129.16", "100.100.100.200", "192.0.0.192")))
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_REFUSED: Final = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/32", "2002::/16", "64:ff9b:1::/48"))
)


def is_public(address: str) -> bool:
    """
    Say whether an address belongs to the public internet.

    Example:
        >>> is_public("8.8.8.8"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
        (True, False, False)
    """
    try:
        number = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    return _is_public(_carried(number) or number)


def _is_public(number: _Address) -> bool:
    if number in _METADATA or any(number in network for network in _REFUSED if network.version == number.version):
        return False
    odd = number.is_multicast or number.is_reserved or number.is_unspecified or not number.is_global
    return not odd and not (isinstance(number, ipaddress.IPv6Address) and number.is_site_local)


def _carried(number: _Address) -> ipaddress.IPv4Address | None:
    """Give the IPv4 address that an IPv6 one stands for."""
    if not isinstance(number, ipaddress.IPv6Address):
        return None
    return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF) if number in _NAT64 else number.ipv4_mapped


def checked_addresses(
    host: str, port: int, *, allow_private: bool, resolve: Resolve = socket.getaddrinfo
) -> tuple[str, ...]:
    """
    Resolve a host and give its addresses, if all of them may be fetched from.

    Args:
        host: Name or number, without brackets.
        port: Port.
        allow_private: Let all addresses pass.
        resolve: ``socket.getaddrinfo``, or what tests put in its place.

    Raises:
        InputError: If there is no such host, or one of its addresses is not public.
    """
    try:
        found = resolve(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{host}: no such host: {error}", reason="network", hint="check the address") from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    refused = [address for address in addresses if not is_public(address)]
    if refused and not allow_private:
        raise InputError(
            f"{host} is {refused[0]}, which is no public address",
            reason="address-refused",
            hint="add --allow-private if it is your own server",
        )
    return addresses
