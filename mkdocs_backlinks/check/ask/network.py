"""Facts about hosts and the network that responses of a run show: a name that cannot be found is a fact only
on a machine whose network is known to work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import replace

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.collect import is_impossible
from mkdocs_backlinks.check.fetch.address_guard import may_be_private
from mkdocs_backlinks.check.fetch.resolve import Resolve
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Failure, Url

CONTROL_NAMES = ("example.com", "iana.org", "python.org")
"""Names that will not go away. They are looked up, never requested."""

DOUBTFUL: frozenset[Failure | None] = frozenset({"unknown_host", "connection", "timeout"})
"""The failures that a machine without network sees."""


class Network:
    """Watches all responses of a run, and says at its end which failures were the network's own.

    The network works if a public host has responded or a control name can be looked up. It is doubted only
    when some name could not be looked up, for a while or at all.
    """

    def __init__(self, resolve: Resolve, allow_private: tuple[str, ...]) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._responsive: set[str] = set()
        self._is_proven = False
        self._is_doubted = False

    def watch(self, response: Response, *, has_page: bool = False) -> None:
        """Learn from a response; `has_page` says that no wall stands in the way of its page."""
        self._responsive.update(urls.host_of(hop.url) for hop in response.hops)
        if has_page and response.status is not None and response.status < 400:
            self._responsive.add(urls.host_of(response.url))
        if not self._is_proven:
            responded = [hop.url for hop in response.hops]
            if response.status is not None:
                responded.append(response.url)
            self._is_proven = any(map(self._is_outside, responded))
        self._is_doubted = self._is_doubted or response.stage == "name"

    def is_responsive(self, url: Url) -> bool:
        """Return True if the host of `url` has shown a page or a redirect."""
        return urls.host_of(url) in self._responsive

    def is_certain(self, evidence: Evidence) -> bool:
        """Return True if no later response can change this evidence."""
        return self._is_proven or evidence.failure not in DOUBTFUL

    async def settle(self, drafts: Collection[Evidence]) -> list[Evidence]:
        """Return the drafts unchanged, or as `offline` where there was no network."""
        if not self._is_doubted or self._is_proven or await self._finds_names():
            return list(drafts)
        return [_offline(draft) if self._needs_network(draft) else draft for draft in drafts]

    async def _finds_names(self) -> bool:
        results = await asyncio.gather(*map(self._resolve, CONTROL_NAMES), return_exceptions=True)
        return not all(isinstance(addresses, OSError) for addresses in results)

    def _needs_network(self, draft: Evidence) -> bool:
        url = draft.final_url
        if draft.failure not in DOUBTFUL or url is None or is_impossible(urls.host_of(url)):
            return False
        return draft.failure == "unknown_host" or self._is_outside(url)

    def _is_outside(self, url: Url) -> bool:
        return not may_be_private(url, self._allow_private)


def _offline(draft: Evidence) -> Evidence:
    return replace(draft, failure="offline", detail=f"no network: {draft.detail}")
