"""Follows redirects by hand, so that every hop is guarded, waits its turn and is recorded."""

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


async def fetch(
    url: Url, options: RequestOptions, excluded: Excluded, conditions: Mapping[str, str] = UNCONDITIONAL
) -> Response:
    """Return the last response of a chain of redirects, with all hops before it.

    `conditions` are for the first request only. A redirect without `Location` is the last response.
    """
    step: _Chain | Response = _Chain(url)
    while isinstance(step, _Chain):
        headers = UNCONDITIONAL if step.hops else conditions
        response = await Request(step.url, options, step.cookies.field(step.url), headers)
        step = _next(step, response, excluded)
    return step


@dataclass(frozen=True, slots=True)
class _Chain:
    """The next URL of a chain and the hops before it; `fragment` as in `Response`."""

    url: Url
    hops: tuple[Hop, ...] = ()
    fragment: str | None = None
    cookies: Cookies = field(default_factory=Cookies)


def _next(chain: _Chain, response: Response, excluded: Excluded) -> _Chain | Response:
    if response.status not in REDIRECT or response.location is None:
        return replace(response, hops=chain.hops, fragment=chain.fragment) if chain.hops else response
    hops = (*chain.hops, Hop(chain.url, response.status))
    if len(hops) > MAX_HOPS:
        return _too_many(chain.url, hops)
    address = askable(response.location, chain.url)
    if address is None or not address.is_web:
        return _not_web(chain.url, response.location, hops)
    if is_impossible(address.host):
        return Response(url=address.url, failure="unknown_host", detail=IMPOSSIBLE, hops=hops)
    reason = excluded(address.url)
    if reason is not None:
        return Response(url=address.url, skipped=reason, hops=hops)
    # RFC 9110 §10.2.2: a location without a fragment inherits that of the request.
    fragment = chain.fragment if address.fragment is None else address.fragment
    return _Chain(address.url, hops, fragment, chain.cookies.after(response))


def _too_many(url: Url, hops: tuple[Hop, ...]) -> Response:
    distinct = len({hop.url for hop in hops})
    detail = "redirects in a circle" if distinct < len(hops) else f"more than {len(hops) - 1} redirects"
    return Response(url=url, failure="too_many_redirects", detail=detail, hops=hops)


def _not_web(url: Url, location: str, hops: tuple[Hop, ...]) -> Response:
    detail = f"redirects to {urls.without_credentials(location)}, which is no web address"
    return Response(url=url, failure="malformed", detail=detail, hops=hops)
