"""The environment of a run: clock, resolver, certificates, proxies, header fields and tokens."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.authorities import Authorities, authorities
from mkdocs_backlinks.check.fetch.address_guard import is_public
from mkdocs_backlinks.check.fetch.resolve import Resolve, system_resolve
from mkdocs_backlinks.check.fetch.sockets import Sockets
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.errors import SettingsError
from mkdocs_backlinks.model import Url

ProxyFor = Callable[[Url], str | None]
"""Returns the proxy for an address, or None for a direct connection."""

HeadersFor = Callable[[Url], Mapping[str, str]]
"""Returns the header fields for one address. Called anew for each redirect, so that the fields of one origin
never reach another."""

HEADERS = "BACKLINKS_HEADERS"

CA_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Files of certificates, beside `SSL_CERT_FILE` and `SSL_CERT_DIR`, which OpenSSL reads on its own."""


def proxies(variables: Mapping[str, str] = os.environ) -> ProxyFor:
    """Read `http_proxy`, `https_proxy` and `no_proxy`, in lower or upper case."""
    settings = {
        name: variables.get(f"{name}_proxy") or variables.get(f"{name}_proxy".upper(), "")
        for name in ("http", "https", "no")
    }

    def proxy_for(url: Url) -> str | None:
        proxy = settings.get(url.partition(":")[0])
        if not proxy or _is_excepted(urls.host_of(url).strip("[]"), settings["no"]):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"

    return proxy_for


def trusted_certificates(variables: Mapping[str, str] = os.environ) -> ssl.SSLContext | None:
    """Return the certificates of the machine with those of `CA_BUNDLES`, or None where there are none."""
    paths = {variables[name] for name in CA_BUNDLES if variables.get(name)} - {variables.get("SSL_CERT_FILE")}
    if not paths:
        return None
    context = ssl.create_default_context()
    try:
        for path in sorted(filter(None, paths)):
            context.load_verify_locations(path)
    except OSError as error:
        raise SettingsError(f"{' or '.join(CA_BUNDLES)} holds no certificates: {error}") from error
    return context


def headers(variables: Mapping[str, str] = os.environ) -> HeadersFor:
    """Read `BACKLINKS_HEADERS`, a line for each field: `https://example.org Name: value`."""
    by_origin: dict[str, dict[str, str]] = {}
    for number, line in enumerate(variables.get(HEADERS, "").splitlines(), 1):
        if line.strip():
            origin, name, value = _header(line, number)
            by_origin.setdefault(origin, {})[name] = value
    return lambda url: by_origin.get(urls.origin_of(url), {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """All that a run takes from its machine, as one value that tests replace.

    `tls` has the certificates to trust, None for those of the machine. `is_public` decides which IP addresses
    may be requested. `headers_for` and `proxy_for` are asked for each address, `sockets` once for each run.
    """

    timing: Timing = field(default_factory=Timing)
    resolve: Resolve = system_resolve
    is_public: Callable[[str], bool] = is_public
    tls: ssl.SSLContext | None = field(default_factory=trusted_certificates)
    headers_for: HeadersFor = field(default_factory=headers)
    proxy_for: ProxyFor = field(default_factory=proxies)
    sockets: Callable[[], Sockets] = Sockets
    authorities: Authorities = field(default_factory=lambda: authorities(os.environ))


def _header(line: str, number: int) -> tuple[str, str, str]:
    origin, _, header = line.strip().partition(" ")
    name, colon, value = header.partition(":")
    address = urls.parse(origin)
    is_valid = colon and _is_token(name.strip()) and value.strip().isprintable()
    if address is None or address.url != f"{urls.origin_of(address.url)}/" or not is_valid:
        # The line itself may hold a password, so it is not repeated.
        raise SettingsError(f"{HEADERS}, line {number}: write `https://example.org Name: value`")
    return urls.origin_of(address.url), name.strip(), value.strip()


def _is_token(name: str) -> bool:
    return name.isascii() and name.replace("-", "").replace("_", "").isalnum()


def _is_excepted(host: str, exceptions: str) -> bool:
    return any(_covers(exception.strip().lower(), host) for exception in exceptions.split(","))


def _covers(exception: str, host: str) -> bool:
    if exception in ("", "*"):
        return exception == "*"
    try:
        return ip_address(host) in ip_network(exception, strict=False)
    except ValueError:
        name = exception.removeprefix("*").removeprefix(".")
        return host == name or host.endswith(f".{name}")
