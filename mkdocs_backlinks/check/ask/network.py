"""A name that cannot be found is a fact only on a machine whose network is known to work."""

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
"""Names that will not go away. They are looked up, never asked."""

DOUBTFUL: frozenset[Failure | None] = frozenset({"unknown_host", "connection", "timeout"})
"""The failures that a machine without network sees."""


class Network:
    """Watches all answers of a run, and says at its end which failures were the network's own.

    The network works if a public host has answered or a control name can be looked up. It is doubted
    only when some name could not be looked up, for a while or at all.
    """

    def __init__(self, resolve: Resolve, allow_private: tuple[str, ...]) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._is_proven = False
        self._is_doubted = False

    def watch(self, response: Response) -> None:
        if not self._is_proven:
            spoke = [hop.url for hop in response.hops]
            if response.status is not None:
                spoke.append(response.url)
            self._is_proven = any(map(self._is_outside, spoke))
        self._is_doubted = self._is_doubted or response.stage == "name"

    def is_certain(self, evidence: Evidence) -> bool:
        """Whether nothing that is still to come can change this evidence."""
        return self._is_proven or evidence.failure not in DOUBTFUL

    async def settle(self, drafts: Collection[Evidence]) -> list[Evidence]:
        """The drafts as they stand, or `offline` where there was no network to ask."""
        if not self._is_doubted or self._is_proven or await self._finds_names():
            return list(drafts)
        return [_offline(draft) if self._is_in_vain(draft) else draft for draft in drafts]

    async def _finds_names(self) -> bool:
        found = await asyncio.gather(*map(self._resolve, CONTROL_NAMES), return_exceptions=True)
        return not all(isinstance(addresses, OSError) for addresses in found)

    def _is_in_vain(self, draft: Evidence) -> bool:
        if draft.failure not in DOUBTFUL or draft.final_url is None or _is_impossible(draft.final_url):
            return False
        return draft.failure == "unknown_host" or self._is_outside(draft.final_url)

    def _is_outside(self, url: Url) -> bool:
        return not may_be_private(url, self._allow_private)


def _is_impossible(url: Url) -> bool:
    address = urls.parse(url)
    return address is not None and is_impossible(address.host)


def _offline(draft: Evidence) -> Evidence:
    return replace(draft, failure="offline", detail=f"no network: {draft.detail}")
