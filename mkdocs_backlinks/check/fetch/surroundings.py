"""What the environment says of the way into the web: proxies, certificates, and fields for some hosts."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Mapping
from ipaddress import ip_address, ip_network

from mkdocs_backlinks import urls
from mkdocs_backlinks.errors import SettingsError
from mkdocs_backlinks.model import Url

ProxyFor = Callable[[Url], str | None]
"""The proxy through which an address is asked, or None where it is asked directly."""

FieldsFor = Callable[[Url], Mapping[str, str]]
"""The header fields that this very address is to be asked with. It is called anew for each redirect, so
that what is meant for one origin can never reach another."""

HEADERS = "BACKLINKS_HEADERS"

CA_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Files of certificates, beside `SSL_CERT_FILE` and `SSL_CERT_DIR`, which OpenSSL reads on its own."""


def proxies(variables: Mapping[str, str] = os.environ) -> ProxyFor:
    """By `http_proxy`, `https_proxy` and `no_proxy`, in small letters or capitals."""
    known = {
        name: variables.get(f"{name}_proxy") or variables.get(f"{name}_proxy".upper(), "")
        for name in ("http", "https", "no")
    }

    def proxy_for(url: Url) -> str | None:
        proxy = known.get(url.partition(":")[0])
        if not proxy or _is_excepted(urls.host_of(url).strip("[]"), known["no"]):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"

    return proxy_for


def trust(variables: Mapping[str, str] = os.environ) -> ssl.SSLContext | None:
    """What this machine trusts and what the environment adds to it, None where that is nothing."""
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


def fields(variables: Mapping[str, str] = os.environ) -> FieldsFor:
    """By `BACKLINKS_HEADERS`, a line for each field: `https://example.org Name: value`."""
    known: dict[str, dict[str, str]] = {}
    for number, line in enumerate(variables.get(HEADERS, "").splitlines(), 1):
        if line.strip():
            origin, name, value = _field(line, number)
            known.setdefault(origin, {})[name] = value

    def fields_for(url: Url) -> Mapping[str, str]:
        return known.get(urls.origin_of(url), {}) if known else {}

    return fields_for


def _field(line: str, number: int) -> tuple[str, str, str]:
    where, _, field = line.strip().partition(" ")
    name, colon, value = field.partition(":")
    address = urls.parse(where)
    is_field = colon and _is_token(name.strip()) and value.strip().isprintable()
    if address is None or address.url != f"{urls.origin_of(address.url)}/" or not is_field:
        # The line itself may hold a password, so it is not repeated.
        raise SettingsError(f"{HEADERS}, line {number}: write `https://example.org Name: value`")
    return urls.origin_of(address.url), name.strip(), value.strip()


def _is_token(name: str) -> bool:
    return name.isascii() and name.replace("-", "").replace("_", "").isalnum()


def _is_excepted(host: str, exceptions: str) -> bool:
    return any(_covers(one.strip().lower(), host) for one in exceptions.split(","))


def _covers(exception: str, host: str) -> bool:
    if exception in ("", "*"):
        return exception == "*"
    try:
        return ip_address(host) in ip_network(exception, strict=False)
    except ValueError:
        name = exception.removeprefix("*").removeprefix(".")
        return host == name or host.endswith(f".{name}")
