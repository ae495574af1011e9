"""What can be said of an address without asking anybody, and in which form the others are asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Evidence, Url
from mkdocs_backlinks.settings import UrlExclusion

IMPOSSIBLE = "no host can have this name"


def collect(url: Url, exclude: Iterable[UrlExclusion], today: date) -> Evidence | Url:
    """The evidence that needs no request, or the address to ask.

    An exclusion comes before all else and holds up to and including its `until`.
    """
    for exclusion in exclude:
        if _applies(exclusion, today) and urls.url_matches(url, exclusion.url):
            return Evidence(url=url, skipped=exclusion.reason, via="static")
    address = askable(url)
    if address is None:
        return Evidence(url=url, failure="malformed", detail="not an address", via="static")
    if not address.is_web:
        return Evidence(url=url, skipped=f"{address.scheme}: addresses are not asked", via="static")
    if is_impossible(address.host):
        return Evidence(url=url, failure="unknown_host", detail=IMPOSSIBLE, via="static")
    return address.url


def askable(href: str, base: Url | None = None) -> urls.Address | None:
    """The address as it may leave the machine: without `user:password@`; None where it is malformed."""
    address = urls.parse(href, base)
    return urls.parse(urls.without_credentials(address.url)) if address else None


def is_impossible(host: str) -> bool:
    """Whether no name server can ever know a host.

    It lies under `.invalid` (RFC 6761 §6.4), or a part of it is empty or longer than 63 (RFC 1035 §2.3.4).
    """
    labels = host.removesuffix(".").split(".")
    return labels[-1] == "invalid" or any(not 0 < len(label) < 64 for label in labels)


def _applies(exclusion: UrlExclusion, today: date) -> bool:
    return exclusion.until is None or today <= exclusion.until
