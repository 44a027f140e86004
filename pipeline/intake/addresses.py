"""Which IP addresses belong to the public internet.

`ipaddress` knows most of the special ones (IANA registries, RFC 6890), but not all in every version
of Python, and takes some for public that lead inside through a translator or tunnel.
"""

import ipaddress
from typing import Final

_GLOBAL_UNICAST: Final = ipaddress.ip_network("2000::/3")
"""All of IPv6 that is given out. NAT64, IPv4-compatible and site-local addresses lie outside of it."""

_SPECIAL: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "100.64.0.0/10",  # shared by carriers (RFC 6598)
        "192.0.0.0/24",  # protocol assignments (RFC 6890)
        "192.88.99.0/24",  # relays of 6to4 (RFC 7526)
        "2002::/16",  # 6to4: leads to the IPv4 address inside (RFC 3056)
        "2001::/23",  # protocol assignments, Teredo among them (RFC 2928)
        "3fff::/20",  # documentation (RFC 9637)
    )
)


def is_internal(address: str) -> bool:
    """Tell whether an IP address is not one of the public internet.

    An IPv4 address written as IPv6 (`::ffff:…`) is judged as what it is. Raises `ValueError` for a text
    that is no IP address.
    """
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_internal(str(ip.ipv4_mapped))
        if ip not in _GLOBAL_UNICAST:
            return True
    return not ip.is_global or ip.is_multicast or any(ip in network for network in _SPECIAL)
