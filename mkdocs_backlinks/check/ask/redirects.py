"""Redirects are followed by hand, so that every hop is guarded, waits its turn and is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.ask.cookies import Cookies
from mkdocs_backlinks.check.collect import IMPOSSIBLE, Excluded, askable, is_impossible
from mkdocs_backlinks.check.request import UNCONDITIONAL, Request, RequestOptions
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Hop, Url

REDIRECT = frozenset({301, 302, 303, 307, 308})
"""The redirect statuses of https://fetch.spec.whatwg.org/#redirect-status."""

MAX_HOPS = 10


class Redirects:
    """Asks on until an answer leads nowhere else; a redirect without `Location` is an answer itself."""

    def __init__(self, options: RequestOptions, excluded: Excluded, max_hops: int = MAX_HOPS) -> None:
        self._manner = options
        self._excluded = excluded
        self._max_hops = max_hops

    async def fetch(self, url: Url, conditions: Mapping[str, str] = UNCONDITIONAL) -> Response:
        """The last answer, with all hops before it. Whoever runs this answers its `Request`s.

        `conditions` are for the first hop alone.
        """
        step: _Chain | Response = _Chain(url)
        while isinstance(step, _Chain):
            fields = UNCONDITIONAL if step.hops else conditions
            response = await Request(step.url, self._manner, step.cookies.field(step.url), fields)
            step = self._next(step, response)
        return step

    def _next(self, chain: _Chain, response: Response) -> _Chain | Response:
        if response.status not in REDIRECT or response.location is None:
            return replace(response, hops=chain.hops, fragment=chain.fragment) if chain.hops else response
        hops = (*chain.hops, Hop(chain.url, response.status))
        if len(hops) > self._max_hops:
            return _lost(chain.url, hops)
        address = askable(response.location, chain.url)
        if address is None or not address.is_web:
            return _astray(chain.url, response.location, hops)
        if is_impossible(address.host):
            return Response(url=address.url, failure="unknown_host", detail=IMPOSSIBLE, hops=hops)
        reason = self._excluded(address.url)
        if reason is not None:
            return Response(url=address.url, skipped=reason, hops=hops)
        fragment = chain.fragment if address.fragment is None else address.fragment
        return _Chain(address.url, hops, fragment, chain.cookies.after(response))


@dataclass(frozen=True, slots=True)
class _Chain:
    """How far a chain has come; `fragment` as in `Response`."""

    url: Url
    hops: tuple[Hop, ...] = ()
    fragment: str | None = None
    cookies: Cookies = field(default_factory=Cookies)


def _lost(url: Url, hops: tuple[Hop, ...]) -> Response:
    distinct = len({hop.url for hop in hops})
    detail = "redirects in a circle" if distinct < len(hops) else f"more than {len(hops) - 1} redirects"
    return Response(url=url, failure="too_many_redirects", detail=detail, hops=hops)


def _astray(url: Url, location: str, hops: tuple[Hop, ...]) -> Response:
    detail = f"redirects to {urls.without_credentials(location)}, which is no web address"
    return Response(url=url, failure="malformed", detail=detail, hops=hops)
