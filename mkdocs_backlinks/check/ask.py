"""All addresses are asked at once through one stack of layers, until they answered or time is up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mkdocs_backlinks.check.answer import Fetcher
from mkdocs_backlinks.check.evidence import evidence_of
from mkdocs_backlinks.check.http import Http, open_web
from mkdocs_backlinks.check.network import Network
from mkdocs_backlinks.check.outside import Outside
from mkdocs_backlinks.check.probe import over_tls, wants_probe
from mkdocs_backlinks.check.redirects import Redirects
from mkdocs_backlinks.check.resolve import bounded
from mkdocs_backlinks.check.retry import Retry
from mkdocs_backlinks.check.throttle import Lanes, Throttle
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.model import Evidence, Url
from mkdocs_backlinks.settings import ExternalSettings

Keep = Callable[[Evidence], None]

PROBE_SECONDS = 10.0


async def ask_all(
    to_ask: Mapping[Url, Url], settings: ExternalSettings, outside: Outside, keep: Keep
) -> None:
    """Ask the address of each target and hand its evidence to `keep` as soon as it is certain.

    Of a target that did not answer within `settings.budget` nothing is said.
    """
    timing = outside.timing
    deadline = timing.clock() + settings.budget
    resolve = bounded(outside.resolve, settings.timeout / 2)
    network = Network(resolve, settings.allow_private)
    lanes = Lanes(settings.concurrency, settings.per_host, timing)
    async with open_web(outside.tls, resolve, outside.is_public, settings.allow_private) as web:
        pages = Redirects(Retry(Throttle(Http(web, settings.timeout), lanes), timing, deadline))
        probes = Redirects(Throttle(Http(web, min(settings.timeout, PROBE_SECONDS)), lanes))
        inquiry = _Inquiry(pages, probes, network, timing, keep)
        await _all_within(settings.budget, [inquiry.ask(target, url) for target, url in to_ask.items()])
    await inquiry.close()


@dataclass(frozen=True, slots=True)
class _Inquiry:
    """What a run knows so far; `drafts` are answers that something may still be added to."""

    pages: Fetcher
    probes: Fetcher
    network: Network
    timing: Timing
    keep: Keep
    drafts: dict[Url, Evidence] = field(default_factory=dict)

    async def ask(self, target: Url, address: Url) -> None:
        answer = await self.pages.fetch(address)
        self.network.watch(answer)
        # A draft from here on, so that the answer is not lost if time runs out during the probe.
        self.drafts[target] = draft = evidence_of(target, answer, self.timing.now())
        if wants_probe(answer, address):
            draft = replace(draft, https=await over_tls(self.probes, answer, address))
        if self.network.is_certain(draft):
            del self.drafts[target]
            self.keep(draft)

    async def close(self) -> None:
        """Keep what was in doubt until all had been asked."""
        for draft in await self.network.settle(self.drafts.values()):
            self.keep(draft)


async def _all_within(seconds: float, work: Sequence[Coroutine[None, None, None]]) -> None:
    """Run everything at once; what is not done in time is cancelled, what fails takes the rest along."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        await _stop(tasks)
    for task in tasks:
        if not task.cancelled():
            task.result()


async def _stop(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel until nothing is left: before Python 3.12 a wait that ends in that moment swallows it."""
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=1.0)
