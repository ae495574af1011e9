"""Redirects are followed by hand, so that every hop is guarded, waits its turn and is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.answer import Answer
from mkdocs_backlinks.check.ask.cookies import Cookies
from mkdocs_backlinks.check.collect import IMPOSSIBLE, Excluded, askable, is_impossible
from mkdocs_backlinks.check.question import UNCONDITIONAL, Manner, Question
from mkdocs_backlinks.model import Hop, Url

REDIRECT = frozenset({301, 302, 303, 307, 308})
"""The redirect statuses of https://fetch.spec.whatwg.org/#redirect-status."""

MAX_HOPS = 10


class Redirects:
    """Asks on until an answer leads nowhere else; a redirect without `Location` is an answer itself."""

    def __init__(self, manner: Manner, excluded: Excluded, max_hops: int = MAX_HOPS) -> None:
        self._manner = manner
        self._excluded = excluded
        self._max_hops = max_hops

    async def fetch(self, url: Url, conditions: Mapping[str, str] = UNCONDITIONAL) -> Answer:
        """The last answer, with all hops before it. Whoever runs this answers its `Question`s.

        `conditions` are for the first hop alone.
        """
        step: _Chain | Answer = _Chain(url)
        while isinstance(step, _Chain):
            fields = UNCONDITIONAL if step.hops else conditions
            answer = await Question(step.url, self._manner, step.cookies.field(step.url), fields)
            step = self._next(step, answer)
        return step

    def _next(self, chain: _Chain, answer: Answer) -> _Chain | Answer:
        if answer.status not in REDIRECT or answer.location is None:
            return replace(answer, hops=chain.hops, fragment=chain.fragment) if chain.hops else answer
        hops = (*chain.hops, Hop(chain.url, answer.status))
        if len(hops) > self._max_hops:
            return _lost(chain.url, hops)
        address = askable(answer.location, chain.url)
        if address is None or not address.is_web:
            return _astray(chain.url, answer.location, hops)
        if is_impossible(address.host):
            return Answer(url=address.url, failure="unknown_host", detail=IMPOSSIBLE, hops=hops)
        reason = self._excluded(address.url)
        if reason is not None:
            return Answer(url=address.url, skipped=reason, hops=hops)
        fragment = chain.fragment if address.fragment is None else address.fragment
        return _Chain(address.url, hops, fragment, chain.cookies.after(answer))


@dataclass(frozen=True, slots=True)
class _Chain:
    """How far a chain has come; `fragment` as in `Answer`."""

    url: Url
    hops: tuple[Hop, ...] = ()
    fragment: str | None = None
    cookies: Cookies = field(default_factory=Cookies)


def _lost(url: Url, hops: tuple[Hop, ...]) -> Answer:
    distinct = len({hop.url for hop in hops})
    detail = "redirects in a circle" if distinct < len(hops) else f"more than {len(hops) - 1} redirects"
    return Answer(url=url, failure="too_many_redirects", detail=detail, hops=hops)


def _astray(url: Url, location: str, hops: tuple[Hop, ...]) -> Answer:
    detail = f"redirects to {urls.without_credentials(location)}, which is no web address"
    return Answer(url=url, failure="malformed", detail=detail, hops=hops)
