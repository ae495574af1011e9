"""Parses every URL, by the WHATWG algorithm.

A `Url` is made only here, so that one string is compared, cached, guarded and requested.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

import ada_url

from mkdocs_backlinks.model import Url

UNKNOWN_SITE = Url("https://site.invalid/")
"""Stands for the site where `site_url` is not set; `.invalid` can never be registered (RFC 6761)."""

WEB_SCHEMES = ("http", "https")

_ENCODED_SLASH = re.compile("%2[Ff]")

# Bounded, so that the time is linear in the length of a hostile address.
_NAME = r"[^=&#?;\s]{0,60}"
_SECRET = re.compile(
    rf"([?&;](?:key|sig|{_NAME}?(?:api[-_]?key|auth(?!or)|credential|jwt|passw|pwd|secret|session|signature|token)"
    rf"{_NAME})=)(?:[^&#\s\"'<>)\\]|\\u[0-9a-f]{{4}})+",
    re.IGNORECASE,
)


class Address(NamedTuple):
    """An absolute address; `fragment` is None without a `#`, and never part of `url`."""

    url: Url
    fragment: str | None = None

    @property
    def scheme(self) -> str:
        return self.url.partition(":")[0]

    @property
    def is_web(self) -> bool:
        return self.scheme in WEB_SCHEMES

    @property
    def host(self) -> str:
        """The host as it is requested: ASCII, lower case, IPv6 in square brackets."""
        return host_of(self.url) if self.is_web else str(ada_url.URL(self.url).hostname)

    @property
    def path(self) -> str:
        """The path, percent-encoded, with its leading slash."""
        return path_of(self.url) if self.is_web else str(ada_url.URL(self.url).pathname)

    @property
    def has_credentials(self) -> bool:
        parsed = ada_url.URL(self.url)
        return bool(parsed.username or parsed.password)

    @property
    def has_password(self) -> bool:
        return bool(ada_url.URL(self.url).password)


@lru_cache(maxsize=1024)
def parse(href: str, base: Url | None = None) -> Address | None:
    """Return the address of `href` on a page at `base`, or None where it is malformed.

    Source: https://url.spec.whatwg.org/#url-parsing. A lone surrogate, which no UTF-8 page can hold, makes an
    address malformed.
    """
    try:
        full = ada_url.join_url(base, href) if base else ada_url.URL(href).href
    except ValueError:
        return None
    url, hash_sign, fragment = full.partition("#")
    return Address(Url(url), fragment if hash_sign else None)


def normalise(href: str) -> Url | None:
    """Return the address without its fragment, or None where it is not absolute."""
    address = parse(href)
    return address.url if address else None


def host_of(url: Url) -> str:
    """Return the host of a web address; cut from the parsed string, ten times as fast as parsing it again."""
    return _authority(url)[0]


def path_of(url: Url) -> str:
    """Return the path of a web address, percent-encoded, with its leading slash."""
    return "/" + url.partition("://")[2].partition("?")[0].partition("/")[2]


def port_of(url: Url) -> int | None:
    """Return the port of a web address, or None for the default port of its scheme."""
    port = _authority(url)[1]
    return int(port) if port else None


def origin_of(url: Url) -> str:
    """Return scheme, host and port of a web address: `https://example.org:8443`."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0].rpartition('@')[2]}"


def with_scheme(url: Url, scheme: str) -> Url:
    """Return the address with another scheme: `http://a/b` → `https://a/b`."""
    parsed = ada_url.URL(url)
    parsed.protocol = scheme
    return Url(parsed.href)


def without_credentials(address: str) -> str:
    """Return the address without `user:password@`, even where it is malformed or has no scheme."""
    if "@" not in address:
        return address
    before, slashes, rest = address.partition("//")
    authority, slash, path = rest.partition("/")
    has_authority = bool(slashes) and before.rpartition(":")[2] == ""
    if parse(address) is None and has_authority and "@" in authority:
        return f"{before}//{authority.rpartition('@')[2]}{slash}{path}"
    try:
        parsed = ada_url.URL(address)
    except ValueError:
        return address
    if not (parsed.username or parsed.password):
        return address
    parsed.username = ""
    parsed.password = ""
    return parsed.href


def masked(text: str) -> str:
    """Return a text with `***` for the values of parameters whose name says that they are secret.

    `https://a/x?token=abc&page=2` → `https://a/x?token=***&page=2`; the text may be JSON as well.
    """
    return _SECRET.sub(r"\1***", text) if "=" in text else text


def decode_path(path: str) -> str:
    """Return a path as people read it: percent-decoded UTF-8, in Unicode's composed form (NFC).

    An encoded slash stays encoded: it is part of a name and no separator (RFC 3986, section 2.2).
    """
    if "%" in path:
        path = "%2F".join(map(unquote, _ENCODED_SLASH.split(path)))
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def decode_fragment(fragment: str) -> str:
    """Return a fragment in the form of an `id`: percent-decoded UTF-8."""
    return unquote(fragment)


def encode_path(path: str) -> str:
    """Return a path for an address in a page; the reverse of `decode_path`."""
    return quote(path, safe="/:@!$&'()*+,;=~-._")


def below(url: Url, base: Url) -> str | None:
    """Return the decoded path of `url` below `base`, without its query, or None for another site.

    `http` and `https` are the same site, and so is the base without its last slash.
    """
    path = _without_scheme(url.partition("?")[0])
    site = _without_scheme(base)
    if path.startswith(site):
        return decode_path(path[len(site) :])
    return "" if path + "/" == site else None


def relative(source: str, target: str, fragment: str | None = None) -> str:
    """Return the shortest href on the page at `source` for `target`, both relative to the site.

    `relative("a/b/", "a/c/", "x") == "../c/#x"`; the site's home page is the empty string. The href is a path
    whatever the names are: none begins like a scheme or a host (RFC 3986, section 4.2).
    """
    tail = f"#{fragment}" if fragment else ""
    if source == target:
        return tail or "#"
    folders, segments = source.split("/")[:-1], target.split("/")
    shared = 0
    while shared < min(len(folders), len(segments) - 1) and folders[shared] == segments[shared]:
        shared += 1
    path = "../" * (len(folders) - shared) + "/".join(segments[shared:])
    first = path.partition("/")[0]
    return ("./" if not first or ":" in first or "\\" in first else "") + path + tail


def host_matches(host: str, pattern: str) -> bool:
    """Return True if a pattern is the host itself, or `*.example.org` for any name below it."""
    if pattern.startswith("*."):
        return host.endswith(pattern[1:].lower())
    return host == pattern.lower()


def url_matches(url: str, pattern: str) -> bool:
    """Return True if an address matches a pattern, in which only `*` is special and stands for any text."""
    if "*" not in pattern:
        return url == (normalise(pattern) or pattern)
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), url, re.DOTALL) is not None


def _authority(url: Url) -> tuple[str, str]:
    authority = url.partition("//")[2].partition("/")[0].rpartition("@")[2]
    host, colon, port = authority.rpartition(":")
    return (host, port) if colon and port.isdigit() else (authority, "")


def _without_scheme(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    return rest if separator and scheme in WEB_SCHEMES else url
