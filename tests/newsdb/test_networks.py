"""Addresses of clients, however a server or a proxy writes them."""

import pytest

from newsdb.networks import network_of, read_address


@pytest.mark.parametrize(
    ("written", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" 192.0.2.1 ", "192.0.2.1"),
        ("192.0.2.1:8080", "192.0.2.1"),
        ("[192.0.2.1]", "192.0.2.1"),
        ("[192.0.2.1]:80", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::FFFF:c000:201", "192.0.2.1"),
        ("[::ffff:192.0.2.1]:80", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::"),
        ("2001:DB8:0:0:ffff::1", "2001:db8::"),
        ("[2001:db8::1]", "2001:db8::"),
        ("[2001:db8::1]:443", "2001:db8::"),
        ("2001:db8:0:1::1", "2001:db8:0:1::"),
        ("fe80::1%eth0", "fe80::"),
        ("::1", "::"),
    ],
)
def test_one_client_has_one_spelling(written: str, network: str) -> None:
    address = read_address(written)
    assert address is not None
    assert network_of(address) == network


@pytest.mark.parametrize(
    "written",
    [
        "",
        "unknown",
        "localhost",
        "1.2.3",
        "1.2.3.4.5",
        "[",
        "[]",
        "a:1",
        "1:2",
        "x" * 3000,
        "1.2.3.4,5.6.7.8",
    ],
)
def test_what_is_no_address_is_none(written: str) -> None:
    assert read_address(written) is None
