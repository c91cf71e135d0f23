"""Which addresses may be fetched from."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.errors import InputError
from allegedly.ingest.addresses import checked_addresses, is_public

REFUSED = """
    127.0.0.1 127.9.9.9 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 0.0.0.0 0.1.2.3 100.64.0.1
    100.100.100.200 192.0.0.192 192.0.0.8 198.18.0.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 168.63.129.16
    192.88.99.1 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:a9fe:a9fe 64:ff9b::7f00:1 64:ff9b::a00:1 2002:7f00:1::
    2002:a00:1:: 2001:0:7f00:1:: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 fec0::1 ff02::1 2001:db8::1 nonsense
""".split()
PUBLIC = "8.8.8.8 1.1.1.1 172.32.0.1 100.128.0.1 2606:4700:4700::1111 2a00:1450:4001:81b::200e ::ffff:8.8.8.8".split()


@pytest.mark.parametrize("address", REFUSED)
def test_reserved_addresses(address: str) -> None:
    """Private, loopback, link-local, metadata and other reserved addresses are no public ones, in all their forms."""
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    """Addresses of the public internet are."""
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_what_it_carries(address: Any) -> None:
    """An IPv4 address inside an IPv6 one is judged alike."""
    assert is_public(f"::ffff:{address}") == is_public(f"64:ff9b::{address}") == is_public(str(address))


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "::1", "0"])
def test_odd_forms_of_loopback(host: str) -> None:
    """However the system writes loopback, it is refused."""
    with pytest.raises(InputError) as caught:
        checked_addresses(host, 80, allow_private=False)
    assert caught.value.reason in {"address-refused", "network"}


def _resolve(*addresses: str) -> Any:
    return lambda *_, **__: [(socket.AF_INET, 1, 6, "", (address, 80)) for address in addresses]


def test_one_bad_address_is_enough() -> None:
    """A name with a public and a private address is refused."""
    with pytest.raises(InputError, match=r"10\.0\.0\.1, which is no public address"):
        checked_addresses("x.example", 80, allow_private=False, resolve=_resolve("8.8.8.8", "10.0.0.1"))


def test_private_addresses_on_request() -> None:
    """They pass if the user says so; each address is given once."""
    assert checked_addresses("x", 80, allow_private=True, resolve=_resolve("10.0.0.1", "10.0.0.1")) == ("10.0.0.1",)


@pytest.mark.parametrize("error", [socket.gaierror("no such name"), UnicodeError("label too long")])
def test_no_such_host(error: Exception) -> None:
    """A name that does not resolve is an error of ours."""

    def resolve(*_: Any, **__: Any) -> Any:
        raise error

    with pytest.raises(InputError, match="no such host"):
        checked_addresses("x.example", 80, allow_private=False, resolve=resolve)
