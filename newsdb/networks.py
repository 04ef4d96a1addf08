"""Network addresses of clients: normalised, and reduced to the part that identifies a client."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

#: The bits of an IPv6 address that identify a client; one client usually has the whole network.
PREFIX = 64


def read_address(written: str) -> IPv4Address | IPv6Address | None:
    """Parse an address written by a server or proxy, perhaps with brackets, port or zone. None if invalid.

    >>> read_address("[::ffff:192.0.2.1]:443")
    IPv4Address('192.0.2.1')
    """
    text = written.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def network_of(address: IPv4Address | IPv6Address) -> str:
    """What identifies a client: its IPv4 address, or the first address of its IPv6 network.

    >>> network_of(IPv6Address("2001:db8::1:2"))
    '2001:db8::'
    """
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((address, PREFIX), strict=False).network_address)
