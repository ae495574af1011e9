"""Redirects are followed by hand, so that every hop is guarded, throttled and written down."""

from __future__ import annotations

from dataclasses import replace

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.answer import Answer, Fetcher
from mkdocs_backlinks.check.collect import IMPOSSIBLE, askable, is_impossible
from mkdocs_backlinks.model import Hop, Url

REDIRECT = frozenset({301, 302, 303, 307, 308})
"""The redirect statuses of https://fetch.spec.whatwg.org/#redirect-status."""

MAX_HOPS = 10


class Redirects:
    """Asks on until an answer leads nowhere else; a redirect without `Location` is an answer itself."""

    def __init__(self, inner: Fetcher, max_hops: int = MAX_HOPS) -> None:
        self._inner = inner
        self._max_hops = max_hops

    async def fetch(self, url: Url) -> Answer:
        hops: list[Hop] = []
        while True:
            answer = await self._inner.fetch(url)
            if answer.status not in REDIRECT or answer.location is None:
                return replace(answer, hops=tuple(hops))
            hops.append(Hop(url, answer.status))
            if len(hops) > self._max_hops:
                return _lost(url, hops)
            address = askable(answer.location, url)
            if address is None or not address.is_web:
                return _astray(url, answer.location, hops)
            url = address.url
            if is_impossible(address.host):
                return Answer(url=url, failure="unknown_host", detail=IMPOSSIBLE, hops=tuple(hops))


def _lost(url: Url, hops: list[Hop]) -> Answer:
    distinct = len({hop.url for hop in hops})
    detail = "redirects in a circle" if distinct < len(hops) else f"more than {len(hops) - 1} redirects"
    return Answer(url=url, failure="too_many_redirects", detail=detail, hops=tuple(hops))


def _astray(url: Url, location: str, hops: list[Hop]) -> Answer:
    detail = f"redirects to {urls.without_credentials(location)}, which is not a web address"
    return Answer(url=url, failure="malformed", detail=detail, hops=tuple(hops))
