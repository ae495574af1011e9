"""What can be said of an address without asking anybody, and in which form the others are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Evidence, Url
from mkdocs_backlinks.settings import UrlExclusion

IMPOSSIBLE = "no host can have this name"


Excluded = Callable[[Url], str | None]
"""The author's reason not to ask an address, None where there is none."""


def collect(url: Url, excluded: Excluded) -> Evidence | Url:
    """The evidence that needs no request, or the address to ask; an exclusion comes before all else."""
    found = collect_known(url, excluded)
    if isinstance(found, Evidence):
        return found
    address = askable(url)
    if address is None:
        return Evidence(url=url, failure="malformed", detail="not an address", via="static")
    if not address.is_web:
        return Evidence(url=url, skipped=f"{address.scheme}: addresses are not asked", via="static")
    if is_impossible(urls.host_of(address.url)):
        return Evidence(url=url, failure="unknown_host", detail=IMPOSSIBLE, via="static")
    return address.url


def collect_known(url: Url, excluded: Excluded) -> Evidence | Url:
    """The same for an address that is remembered; before one is sent, it is collected after all."""
    reason = excluded(url)
    return url if reason is None else Evidence(url=url, skipped=reason, via="static")


def exclusions(exclude: Iterable[UrlExclusion], today: date) -> Excluded:
    """What the author excludes today; an exclusion holds up to and including its `until`."""
    valid = [one for one in exclude if one.until is None or today <= one.until]

    def excluded(url: Url) -> str | None:
        return next((one.reason for one in valid if urls.url_matches(url, one.url)), None)

    return excluded


def askable(href: str, base: Url | None = None) -> urls.Address | None:
    """The address as it may leave the machine: without `user:password@`; None where it is malformed."""
    address = urls.parse(href, base)
    if address is None or "@" not in address.url:
        return address  # nearly all of them, and thousands at a time
    return urls.parse(urls.without_credentials(address.url))


def is_impossible(host: str) -> bool:
    """Whether no name server can ever know a host.

    It lies under `.invalid` (RFC 6761 §6.4), or a part of it is empty or longer than 63 (RFC 1035 §2.3.4).
    """
    labels = host.removesuffix(".").split(".")
    return labels[-1] == "invalid" or any(not 0 < len(label) < 64 for label in labels)
