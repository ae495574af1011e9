"""Classify URLs that need no request, and put the others into the form in which they are requested."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from mkdocs_backlinks import urls
from mkdocs_backlinks.model import Evidence, Url
from mkdocs_backlinks.settings import UrlExclusion

IMPOSSIBLE = "no host can have this name"


Excluded = Callable[[Url], str | None]
"""Returns the author's reason not to request a URL, None where there is none."""


def collect(url: Url, excluded: Excluded) -> Evidence | Url:
    """Return evidence that needs no request, or the URL to request; an exclusion comes before all else."""
    reason = excluded(url)
    if reason is not None:
        return Evidence(url=url, skipped=reason, via="static")
    address = askable(url)
    if address is None:
        return Evidence(url=url, failure="malformed", detail="not an address", via="static")
    if not address.is_web:
        return Evidence(url=url, skipped=f"{address.scheme}: addresses are not asked", via="static")
    if is_impossible(urls.host_of(address.url)):
        return Evidence(url=url, failure="unknown_host", detail=IMPOSSIBLE, via="static")
    return address.url


def exclusions(exclude: Iterable[UrlExclusion], today: date) -> Excluded:
    """Return the exclusions of today; each holds up to and including its `until`."""
    valid = [exclusion for exclusion in exclude if exclusion.until is None or today <= exclusion.until]

    def excluded(url: Url) -> str | None:
        reasons = (exclusion.reason for exclusion in valid if urls.url_matches(url, exclusion.url))
        return next(reasons, None)

    return excluded


def askable(href: str, base: Url | None = None) -> urls.Address | None:
    """Return an address as it may leave the machine, without `user:password@`; None if it is malformed."""
    address = urls.parse(href, base)
    return urls.parse(urls.without_credentials(address.url)) if address and "@" in address.url else address


def is_impossible(host: str) -> bool:
    """Return True if no name server can ever know a host.

    It lies under `.invalid` (RFC 6761 §6.4), or a part of it is empty or longer than 63 (RFC 1035 §2.3.4).
    """
    labels = host.removesuffix(".").split(".")
    return labels[-1] == "invalid" or any(not 0 < len(label) < 64 for label in labels)
