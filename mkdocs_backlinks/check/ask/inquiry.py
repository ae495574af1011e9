"""What is asked about each target: the page, then what makes the answer certain.

A page that seems to be gone is asked a second time when all others have been asked, and so is its host for
something that is there: machines in data centres are served 404s that readers never see.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.ask import download, probe
from mkdocs_backlinks.check.ask.context import CheckContext, Jobs, Keep
from mkdocs_backlinks.check.ask.network import Network
from mkdocs_backlinks.check.ask.pending import PendingTargets, is_success
from mkdocs_backlinks.check.ask.redirects import Redirects
from mkdocs_backlinks.check.ask.scheduler import ProbeBatch, Scheduler, at_once
from mkdocs_backlinks.check.fetch.environment import Environment
from mkdocs_backlinks.check.history.record import Record, conditions, validators, validators_of
from mkdocs_backlinks.check.read.evidence import evidence_of, timestamp
from mkdocs_backlinks.check.read.fragments import linked_fragments
from mkdocs_backlinks.check.request import FULL_BYTES, Probe, RequestOptions
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.model import Evidence, Target, Url

PROBE_SECONDS = 10.0

SPACING = 1.0
"""Seconds at least between the two attempts at a page that seems to be gone."""

GONE = (404, 410)


class Inquiry:
    """One inquiry into many targets; evidence goes to `keep` once nothing can change it."""

    def __init__(self, context: CheckContext, network: Network, environment: Environment, keep: Keep) -> None:
        page = RequestOptions(timeout=context.settings.timeout)
        short = RequestOptions(timeout=min(page.timeout, PROBE_SECONDS), retries=0, max_body=0)
        self._glances = Redirects(page, context.excluded)
        self._pages = Redirects(replace(page, max_body=FULL_BYTES), context.excluded)
        self._homes = Redirects(replace(page, retries=1), context.excluded)
        self._probes = Redirects(short, context.excluded)
        self._heads = Redirects(replace(short, method="HEAD"), context.excluded)
        self._past = context.past
        self._probe_https = context.probe_https
        self._network = network
        self._timing = environment.timing
        self._authorities = environment.authorities
        self._keep = keep
        self._pending = PendingTargets(context.past)
        self._early: list[Url] = []
        self._drafts: dict[Url, Evidence] = {}
        self._validators: dict[Url, Mapping[str, str]] = {}
        self._gone: list[Url] = []
        self._doubted = -math.inf
        self._unprobed: list[Url] = []
        self._well: set[str] = set()
        self._speaks_tls: dict[str, bool] = {}

    async def conduct(self, scheduler: Scheduler, coming: AsyncIterable[Jobs]) -> None:
        """Ask all, and then again what is in doubt, without waiting for those that are out of order."""
        await scheduler.run(self._stories(scheduler, coming))
        await scheduler.run(at_once(await self._doubts()))

    async def _stories(self, scheduler: Scheduler, coming: AsyncIterable[Jobs]) -> AsyncIterator[ProbeBatch]:
        async for jobs in coming:
            waited, others = self._pending.enter(jobs)
            yield ProbeBatch((self._first(*job) for job in waited), is_urgent=True)
            yield ProbeBatch(self._first(*job) for job in others)
        for url in self._early:
            self._settle(self._drafts[url])
        await scheduler.quiet()
        yield ProbeBatch(await self._doubts())

    async def _doubts(self) -> Iterable[Probe]:
        """What is to be asked again, or besides, of what has answered since."""
        await self._timing.sleep(max(0.0, self._doubted + SPACING - self._timing.clock()))
        gone, self._gone = self._gone, []
        unprobed, self._unprobed = self._unprobed, []
        return chain(
            self._controls(gone),
            self._lookings(frozenset(unprobed)),
            (self._second(*self._pending.job(url)) for url in gone),
            (self._probe(*self._pending.job(url)) for url in unprobed),
        )

    async def close(self) -> None:
        """Keep what was in doubt until all had been asked."""
        drafts = [self._with_control(draft) for draft in self._drafts.values()]
        for evidence in await self._network.settle(drafts):
            self._hand_over(evidence)

    async def _first(self, target: Target, address: Url) -> None:
        self._pending.ask(target)
        told = await self._ask_authority(target, address)
        if told is not None:
            self._finish(told)
        else:
            await self._ask_page(target, address)

    async def _ask_authority(self, target: Target, address: Url) -> Evidence | None:
        asked = self._authorities.find(address, linked_fragments(target))
        if asked is None:
            return None
        authority, request = asked
        told = authority.evidence(target.url, await self._pages.fetch(request), linked_fragments(target))
        return replace(told, checked_at=timestamp(self._timing.now())) if told else None

    async def _ask_page(self, target: Target, address: Url) -> None:
        before = self._past.get(target.url)
        asked_on = conditions(before, linked_fragments(target))
        response = None if asked_on else await self._ask_for_head(target, address)
        response = response or await self._page(target).fetch(address, asked_on)
        if before and asked_on and response.status == 304:
            self._renew(before, response)
            return
        draft = self._note(target, response)
        if draft.status in GONE or draft.failure == "unknown_host":
            self._gone.append(target.url)
            self._doubted = self._timing.clock()
        elif not self._probe_https or not probe.arises(draft, address):
            self._finish(draft)
        elif probe.is_answered(draft):
            self._finish(replace(draft, https=True))
        elif urls.origin_of(address) in self._speaks_tls:
            self._unprobed.append(target.url)
        else:
            await self._scout(target, address)

    async def _ask_for_head(self, target: Target, address: Url) -> Response | None:
        """What HEAD says of a file to keep; None where only GET can tell, as with all but success."""
        if linked_fragments(target) or not download.is_download(address):
            return None
        response = await self._heads.fetch(address)
        return response if download.is_there(response) else None

    def _renew(self, before: Record, response: Response) -> None:
        """Nothing has changed (RFC 9110 §15.4.5), so what was found out before was found out now."""
        self._hear(response)
        if before.evidence:
            self._validators[before.evidence.url] = validators_of(before)
            now = timestamp(self._timing.now())
            self._finish(replace(before.evidence, via="network", checked_at=now))

    async def _second(self, target: Target, address: Url) -> None:
        first = self._drafts[target.url]
        second = self._note(target, await self._page(target).fetch(address))
        self._drafts[target.url] = first if second.failure == "deferred" else replace(second, attempts=2)

    async def _scout(self, target: Target, address: Url) -> None:
        """Probe one address of a host for all of them: where nobody speaks TLS, the others need not ask."""
        self._speaks_tls[urls.origin_of(address)] = False
        response = await self._probes.fetch(urls.with_scheme(address, "https"))
        self._speaks_tls[urls.origin_of(address)] = response.status is not None
        self._finish(replace(self._drafts[target.url], https=probe.is_good(response)))

    async def _probe(self, target: Target, address: Url) -> None:
        if self._pending.lacks_fragments(self._drafts[target.url]):
            await self._look_for_fragments(target, address)
        is_good = False
        if self._speaks_tls[urls.origin_of(address)]:
            is_good = probe.is_good(await self._probes.fetch(urls.with_scheme(address, "https")))
        self._finish(replace(self._drafts[target.url], https=is_good))

    def _lookings(self, probed: AbstractSet[Url]) -> Iterator[Probe]:
        """Look again at pages of which fragments turned out to be linked after they had been asked; those
        that are probed are looked at then.
        """
        for url in self._pending.incomplete(self._drafts.values()):
            if url not in probed:
                yield self._look_again(*self._pending.job(url))

    async def _look_again(self, target: Target, address: Url) -> None:
        await self._look_for_fragments(target, address)
        self._finish(self._drafts[target.url])

    async def _look_for_fragments(self, target: Target, address: Url) -> None:
        self._pending.ask(target)
        told = await self._ask_authority(target, address)
        told = told or self._watch(target, await self._pages.fetch(address))
        if is_success(told):
            self._drafts[target.url] = replace(self._drafts[target.url], fragments=told.fragments)

    def _controls(self, gone: Iterable[Url]) -> Iterator[Probe]:
        """Ask the home page of each host that seems to lack a page and has not shown anything yet."""
        finals = (self._drafts[url] for url in gone)
        homes = {_home(draft.final_url) for draft in finals if draft.status and draft.final_url}
        return (self._control(home) for home in sorted(homes) if urls.host_of(home) not in self._well)

    async def _control(self, home: Url) -> None:
        self._watch(Target(home, ()), await self._homes.fetch(home))

    def _page(self, target: Target) -> Redirects:
        return self._pages if linked_fragments(target) else self._glances

    def _note(self, target: Target, response: Response) -> Evidence:
        """A draft from here on, so that the answer is not lost if time runs out."""
        self._drafts[target.url] = draft = self._watch(target, response)
        self._validators[target.url] = {} if response.hops else validators(response.headers)
        return draft

    def _hear(self, response: Response) -> None:
        self._network.watch(response)
        self._well.update(urls.host_of(hop.url) for hop in response.hops)

    def _watch(self, target: Target, response: Response) -> Evidence:
        self._hear(response)
        evidence = evidence_of(target, response, self._timing.now())
        if evidence.wall is None and response.status is not None and response.status < 400:
            self._well.add(urls.host_of(response.url))
        return evidence

    def _finish(self, draft: Evidence) -> None:
        """Keep what is certain now, and the rest for the end; nothing is before all links are known."""
        self._drafts[draft.url] = draft
        if self._pending.is_complete:
            self._settle(draft)
        else:
            self._early.append(draft.url)

    def _settle(self, draft: Evidence) -> None:
        if self._network.is_certain(draft) and not self._pending.lacks_fragments(draft):
            del self._drafts[draft.url]
            self._hand_over(draft)

    def _hand_over(self, evidence: Evidence) -> None:
        self._keep(evidence, self._validators.pop(evidence.url, {}))

    def _with_control(self, draft: Evidence) -> Evidence:
        if draft.status not in GONE or draft.final_url is None:
            return draft
        return replace(draft, control=urls.host_of(draft.final_url) in self._well)


def _home(url: Url) -> Url:
    return Url(f"{urls.origin_of(url)}/")
