"""Which network addresses may be called: a partner's address is typed in by people, and must not lead inside."""

import ipaddress
import socket
from collections.abc import Callable

from wegwijzer.handover.channels.channel import NotDeliveredError

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Place = tuple[int, tuple[str, int]]
"""A family of addresses, with an address and port in it."""
Resolve = Callable[[str, int], list[Place]]
# Through such a translator an IPv4 address is reached by an IPv6 one.
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[Place]:
    """All addresses of a host, in the order of the system's preference. Raises OSError when there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, (str(place[0]), port)) for family, _, _, _, place in found]


def checked(places: list[Place], secure: bool, private_allowed: bool) -> list[Place]:
    """`places`, when every one of them may be called.

    Raises NotDeliveredError, permanent, when one is inside and that is not allowed, or outside without TLS.
    """
    inside = [not is_public(ipaddress.ip_address(address)) for _, (address, _) in places]
    if any(inside) and not private_allowed:
        raise NotDeliveredError("refused: the address of the partner is a private one", permanent=True)
    if not secure and not all(inside):
        raise NotDeliveredError("refused: the address of the partner is not https", permanent=True)
    return places


def is_public(address: IP) -> bool:
    """Whether an address is one of the public internet, also when it is wrapped in another kind."""
    if isinstance(address, ipaddress.IPv6Address):
        within = _within(address)
        if within is not None:
            return is_public(within)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _within(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
