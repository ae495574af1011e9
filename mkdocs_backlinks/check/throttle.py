"""Never more requests at once than allowed, in all and a host, and no two too soon after each other."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.answer import Answer, Fetcher
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.model import Url
from mkdocs_backlinks.settings import PerHostSettings


class Throttle:
    """Asks when it is this host's turn; several throttles may share their lanes."""

    def __init__(self, inner: Fetcher, lanes: Lanes) -> None:
        self._inner = inner
        self._lanes = lanes

    async def fetch(self, url: Url) -> Answer:
        async with self._lanes.turn(_host(url)):
            return await self._inner.fetch(url)


class Lanes:
    """One lane a host. A request waits in its own lane, so a busy host keeps no other one waiting."""

    def __init__(self, concurrency: int, per_host: PerHostSettings, timing: Timing) -> None:
        self._all = asyncio.Semaphore(concurrency)
        self._interval = per_host.interval
        self._timing = timing
        self._lanes: defaultdict[str, _Lane] = defaultdict(lambda: _Lane(per_host.concurrency))

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for this host's turn, and hold it for the block."""
        lane = self._lanes[host]
        async with lane.slots:
            await self._begin(lane)
            try:
                yield
            finally:
                self._all.release()

    async def _begin(self, lane: _Lane) -> None:
        # Held while we wait, so that a host has one request at most in the queue of all hosts.
        async with lane.gate:
            while (wait := lane.next_start - self._timing.clock()) > 0:
                await self._timing.sleep(wait)
            await self._all.acquire()
            lane.next_start = self._timing.clock() + self._interval


class _Lane:
    def __init__(self, concurrency: int) -> None:
        self.slots = asyncio.Semaphore(concurrency)
        self.gate = asyncio.Lock()
        self.next_start = 0.0


def _host(url: Url) -> str:
    address = urls.parse(url)
    return address.host if address else ""
