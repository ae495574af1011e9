"""No request leaves for an address that is not public, whatever name or redirect leads there.

The check sits where the socket is made, so the address that was judged is the address that is
connected to. A resolver hook would miss IP literals, and redirects to them.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.fetch.resolve import Resolve
from mkdocs_backlinks.model import Failure, Url

AddrInfo = tuple[
    int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[str, int] | tuple[str, int, int, int]
]
MakeSocket = Callable[[AddrInfo], socket.socket]

GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All that IANA has handed out; site-local, IPv4-compatible and the rest of the space lie outside."""

NAT64 = IPv6Network("64:ff9b::/96")

# Special by IANA's registries, though `is_global` says otherwise in some of the Python versions we support.
NEVER_GLOBAL_V4 = IPv4Network("192.0.0.0/24")
NEVER_GLOBAL_V6 = IPv6Network("3fff::/20")


WEB_PORTS = (80, 443)
FIRST_FREE_PORT = 1024
"""From here on a server needs no privilege, and is likely to be there for those who write the port."""


class RefusedError(OSError):
    """A request that was not sent, by our own will: `failure` says in short why, `detail` in words."""

    def __init__(self, failure: Failure, reason: str, detail: str) -> None:
        super().__init__(errno.EACCES, reason)
        self.failure = failure
        self.detail = detail


class NonPublicAddressError(RefusedError):
    """The place is private. The reason is the same for every address on purpose.

    The connector tries all addresses of a host and keeps the type of their errors only if they read alike.
    """

    def __init__(self, address: str) -> None:
        super().__init__("non_public", "not a public address", f"{address} is not a public address")


class ForbiddenPortError(RefusedError):
    """The port belongs to another service."""

    def __init__(self, port: int) -> None:
        super().__init__("forbidden_port", "not a port of the web", f"port {port} is none of the web's")


def is_public(address: str) -> bool:
    """Whether an IP address can be reached by everybody, whichever way it is wrapped."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return _is_public_v4(ip)
    inner = _embedded(ip)
    return all(map(_is_public_v4, inner)) if inner else _is_public_v6(ip)


def guarded(make: MakeSocket, is_public: Callable[[str], bool]) -> MakeSocket:
    """The same factory, but for a private place it raises `NonPublicAddressError` and makes no socket."""

    def make_public(info: AddrInfo) -> socket.socket:
        address = info[4][0]
        if not is_public(address):
            raise NonPublicAddressError(address)
        return make(info)

    return make_public


def require_port(url: Url) -> None:
    """Raise `ForbiddenPortError` for a port on which the services of a machine listen, and not the web."""
    port = urls.port_of(url)
    if port is not None and port < FIRST_FREE_PORT and port not in WEB_PORTS:
        raise ForbiddenPortError(port)


async def require_public(url: Url, resolve: Resolve, is_public: Callable[[str], bool]) -> None:
    """Raise `NonPublicAddressError` for an address that a proxy must not be asked for.

    A name that is unknown here is left to the proxy, as in networks where only the proxy knows names, but
    not one without a dot, which a proxy would look for in its own network.
    """
    for ip in await _addresses(urls.host_of(url).strip("[]"), resolve):
        if not is_public(ip):
            raise NonPublicAddressError(ip)


def may_be_private(url: Url, patterns: tuple[str, ...]) -> bool:
    """Whether the author allows this address to be private; a pattern may be a host or an IP address."""
    return bool(patterns) and _is_listed(urls.host_of(url).rstrip("."), patterns)


@lru_cache(maxsize=4096)
def _is_listed(host: str, patterns: tuple[str, ...]) -> bool:
    return any(
        urls.host_matches(host, pattern) or urls.host_matches(host.strip("[]"), pattern)
        for pattern in patterns
    )


async def _addresses(host: str, resolve: Resolve) -> tuple[str, ...]:
    with suppress(ValueError):
        return (str(ip_address(host)),)
    try:
        return await resolve(host)
    except socket.gaierror:
        if "." in host:
            return ()
        raise NonPublicAddressError(host) from None


def _is_public_v4(ip: IPv4Address) -> bool:
    return ip.is_global and not ip.is_multicast and ip not in NEVER_GLOBAL_V4


def _is_public_v6(ip: IPv6Address) -> bool:
    return ip.is_global and ip in GLOBAL_UNICAST and ip not in NEVER_GLOBAL_V6


def _embedded(ip: IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that a packet to `ip` would end up at."""
    if ip.ipv4_mapped:
        return (ip.ipv4_mapped,)
    if ip.sixtofour:
        return (ip.sixtofour,)
    if ip.teredo:
        return ip.teredo
    return (IPv4Address(int(ip) & 0xFFFFFFFF),) if ip in NAT64 else ()
