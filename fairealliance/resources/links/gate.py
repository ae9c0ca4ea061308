"""Where a link may lead us: public addresses on the web's own ports, nowhere else.

What people write in a field must never make this server ask its own network something. The name is resolved once,
every address it has must be public, and the connection goes to the very address that was looked at: a name that
changes its mind in between changes nothing.
"""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass

PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")


class Forbidden(Exception):
    """An address we do not open; the message says why, in French."""


def is_public(address: str) -> bool:
    """Whether `address` is one of the public internet, whatever it is wrapped in."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour or ip.teredo or ip in _NAT64 or ip in _NAT64_LOCAL:
            return False  # an IPv4 address inside: nobody publishes a site there
    return ip.is_global and not ip.is_multicast


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_kind, address in found))


def _dial(address: str, port: int, timeout: float) -> socket.socket:
    return socket.create_connection((address, port), timeout=timeout)


@dataclass(frozen=True, slots=True)
class Gate:
    """`resolve` and `dial` are the network: tests put their own, and everything else stays."""

    resolve: Callable[[str, int], list[str]] = _resolve
    dial: Callable[[str, int, float], socket.socket] = _dial

    def open(self, scheme: str, host: str, port: int, timeout: float) -> socket.socket:
        """A connection to `host`. Raises Forbidden, or OSError when it does not answer."""
        if port != PORTS.get(scheme):
            raise Forbidden(f"port {port}")
        addresses = self.resolve(host, port)
        if not addresses:
            raise OSError("no address")
        if not all(map(is_public, addresses)):
            raise Forbidden("adresse d’un réseau privé")
        return self.dial(addresses[0], port, timeout)
