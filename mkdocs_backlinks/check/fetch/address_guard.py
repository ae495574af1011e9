"""Refuses requests to addresses that are not public, whatever name or redirect leads there.

The guard sits where the socket is made, so that it judges the very address of the connection. A resolver hook
would miss IP literals, and redirects to them.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.fetch.resolve import Resolve
from mkdocs_backlinks.model import Failure, Url

AddrInfo = tuple[
    int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[str, int] | tuple[str, int, int, int]
]
MakeSocket = Callable[[AddrInfo], socket.socket]

GLOBAL_UNICAST = IPv6Network("2000::/3")
"""Addresses that IANA has allocated; site-local and IPv4-compatible ones lie outside."""

NAT64 = IPv6Network("64:ff9b::/96")

# Special by IANA's registries, though global for `is_global` in some of the supported Python versions.
NEVER_GLOBAL_V4 = IPv4Network("192.0.0.0/24")
NEVER_GLOBAL_V6 = IPv6Network("3fff::/20")

WEB_PORTS = (80, 443)
FIRST_FREE_PORT = 1024
"""First port for which a server needs no privilege, so that any service may be meant by it."""


class RefusedError(OSError):
    """The request is refused and was not sent; `failure` is the kind, `detail` the sentence."""

    def __init__(self, failure: Failure, reason: str, detail: str) -> None:
        super().__init__(errno.EACCES, reason)
        self.failure = failure
        self.detail = detail


class NonPublicAddressError(RefusedError):
    """The address is private. The reason is the same for every address on purpose.

    The connector tries all addresses of a host and keeps the type of their errors only if their texts agree.
    """

    def __init__(self, address: str) -> None:
        super().__init__("non_public", "not a public address", f"{address} is not a public address")


class ForbiddenPortError(RefusedError):
    """The port belongs to another service."""

    def __init__(self, port: int) -> None:
        super().__init__("forbidden_port", "not a port of the web", f"port {port} is none of the web's")


def is_public(address: str) -> bool:
    """Return True if an IP address can be reached from everywhere, also as part of another one."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return _is_public_v4(ip)
    embedded = _embedded(ip)
    return all(map(_is_public_v4, embedded)) if embedded else _is_public_v6(ip)


def guarded(make: MakeSocket, is_public: Callable[[str], bool]) -> MakeSocket:
    """Return a factory that makes no socket for a private address and raises `NonPublicAddressError`."""

    def make_public(info: AddrInfo) -> socket.socket:
        address = info[4][0]
        if not is_public(address):
            raise NonPublicAddressError(address)
        return make(info)

    return make_public


def require_port(url: Url) -> None:
    """Raise `ForbiddenPortError` for a privileged port that is not one of the web."""
    port = urls.port_of(url)
    if port is not None and port < FIRST_FREE_PORT and port not in WEB_PORTS:
        raise ForbiddenPortError(port)


async def require_public(url: Url, resolve: Resolve, is_public: Callable[[str], bool]) -> None:
    """Raise `NonPublicAddressError` for an address that a proxy must not be asked for.

    A name that cannot be resolved here is left to the proxy, as in networks where only the proxy knows names;
    a name without a dot is not, as a proxy would look for it in its own network.
    """
    for ip in await _addresses(urls.host_of(url).strip("[]"), resolve):
        if not is_public(ip):
            raise NonPublicAddressError(ip)


def may_be_private(url: Url, patterns: tuple[str, ...]) -> bool:
    """Return True if the author allows this address to be private, by its host or its IP address."""
    host = urls.host_of(url).rstrip(".")
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
    """Return the IPv4 addresses to which a packet to `ip` is delivered."""
    if ip.ipv4_mapped:
        return (ip.ipv4_mapped,)
    if ip.sixtofour:
        return (ip.sixtofour,)
    if ip.teredo:
        return ip.teredo
    return (IPv4Address(int(ip) & 0xFFFFFFFF),) if ip in NAT64 else ()
