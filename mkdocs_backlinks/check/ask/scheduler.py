"""Runs many probes at once: each request waits for its host, and for nothing else.

A host that asks for a pause gets it, for all its requests. Passing trouble is met with retries. A request
that would have to wait beyond the deadline is `deferred` at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from mkdocs_backlinks.check.ask.host import Host, Hosts
from mkdocs_backlinks.check.ask.retry import back_off, retries_for
from mkdocs_backlinks.check.ask.timers import NEVER, Deadline, WakeUp, cancel_all
from mkdocs_backlinks.check.request import FollowUpTurn, Probe, Request, Transport, advance
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.settings import ExternalSettings


class ProbeBatch(NamedTuple):
    """Probes to run; urgent ones come before all that wait for the same host."""

    probes: Iterable[Probe]
    is_urgent: bool = False


@dataclass(slots=True)
class _QueuedRequest:
    """A request with the probe that awaits its response, and the number of its retries."""

    probe: Probe
    request: Request
    host: Host[_QueuedRequest]
    retries: int = 0


@dataclass(slots=True)
class _Progress:
    """Probes that have not ended, those of them that await a follow-up turn, and the number of requests
    that had no response yet, not even one that is retried.
    """

    running: set[Probe] = field(default_factory=set)
    parked: list[tuple[Probe, FollowUpTurn]] = field(default_factory=list)
    unanswered: int = 0


class Scheduler:
    """Runs probes within the limits of `settings`, and before the `deadline` on `timing.clock`."""

    def __init__(
        self, transport: Transport, settings: ExternalSettings, timing: Timing, deadline: Deadline
    ) -> None:
        self._transport = transport
        self._concurrency = settings.concurrency
        self._timing = timing
        self._deadline = deadline
        self._hosts: Hosts[_QueuedRequest] = Hosts(settings.per_host, timing, deadline)
        self._progress = _Progress()
        self._workers: set[asyncio.Task[None]] = set()
        self._wake_up = WakeUp(timing)

    async def run(self, batches: AsyncIterable[ProbeBatch]) -> None:
        """Return when there are no more batches and all probes have ended.

        An error in one of them ends them all, and so does cancelling.
        """
        reader = asyncio.create_task(self._read(batches))
        reader.add_done_callback(self._on_done)
        try:
            while not reader.done() or self._progress.running:
                resume_at = self._resume_parked() if reader.done() else NEVER
                await self._wake_up.wait(min(resume_at, self._begin_due()))
                self._collect_errors(reader)
        finally:
            self._wake_up.close()
            await cancel_all({reader, *self._workers})
            for probe in self._progress.running:
                probe.close()
            self._progress = _Progress()

    async def _read(self, batches: AsyncIterable[ProbeBatch]) -> None:
        async for batch in batches:
            ready = self._timing.clock() if batch.is_urgent else NEVER
            for probe in batch.probes:
                self._progress.running.add(probe)
                self._continue(probe, None, ready)
            self._wake_up.set()

    def _resume_parked(self) -> float:
        """Continue the probes that await their follow-up turn, or return when to call again."""
        progress = self._progress
        if progress.unanswered or not progress.parked:
            return NEVER
        moment = max(turn.not_before for _, turn in progress.parked)
        if moment > self._timing.clock():
            return moment
        parked, progress.parked = progress.parked, []
        for probe, _ in parked:
            self._continue(probe, None)
        self._wake_up.set()  # all of them may have ended
        return NEVER

    def _begin_due(self) -> float:
        """Send the requests whose turn it is, and return when the turn of another one comes."""
        while len(self._workers) < self._concurrency:
            queued = self._hosts.queues.take(self._timing.clock())
            if queued is None:
                return self._hosts.queues.next_start()
            worker = asyncio.create_task(self._send(queued))
            worker.add_done_callback(self._on_done)
            self._workers.add(worker)
        return NEVER

    async def _send(self, queued: _QueuedRequest) -> None:
        began = self._timing.clock()
        response = await self._transport.send(queued.request)
        self._receive(queued, response, began)
        self._hosts.queues.done(queued.host.queue)  # by now the window of the host is right

    def _on_done(self, _: asyncio.Task[None]) -> None:
        self._wake_up.set()

    def _collect_errors(self, reader: asyncio.Task[None]) -> None:
        for task in [task for task in (reader, *self._workers) if task.done()]:
            self._workers.discard(task)
            task.result()

    def _receive(self, queued: _QueuedRequest, response: Response, began: float) -> None:
        """Retry, or continue the probe; a wait that outlasts the run is not begun."""
        self._progress.unanswered -= not queued.retries
        host, probe = queued.host, queued.probe
        pause = host.learn(response, began)
        is_retry = queued.retries < min(retries_for(response), queued.request.options.retries)
        if is_retry:
            queued.retries += 1
            pause = max(pause, back_off(queued.retries, self._timing.jitter()))
        ready = self._timing.clock() + pause
        if (is_retry or response.location) and ready >= self._deadline.moment():
            self._continue(probe, _deferred(response, pause), ready)
        elif is_retry and host.closed is None:
            self._hosts.queues.put(host.queue, queued, ready)
        else:
            # RFC 9110 §10.2.3: a redirect may ask for a pause as well.
            self._continue(probe, response, ready if response.location else self._timing.clock())
        if host.closed is not None:
            self._refuse_all(host, host.closed)

    def _refuse_all(self, host: Host[_QueuedRequest], response: Response) -> None:
        for queued in host.queue.clear():
            self._progress.unanswered -= not queued.retries
            self._continue(queued.probe, replace(response, url=queued.request.url), self._timing.clock())

    def _continue(self, probe: Probe, response: Response | None, ready: float = NEVER) -> None:
        """Run a probe up to its next request that has to wait, or to its end."""
        while (awaited := advance(probe, response)) is not None:
            if isinstance(awaited, FollowUpTurn):
                self._progress.parked.append((probe, awaited))
                return
            host = self._hosts.of(awaited.url)
            if host.closed is None:
                self._progress.unanswered += 1
                self._hosts.queues.put(host.queue, _QueuedRequest(probe, awaited, host), ready)
                return
            response = replace(host.closed, url=awaited.url)
        self._progress.running.discard(probe)


def _deferred(response: Response, wait: float) -> Response:
    reason = response.detail or f"answered {response.status}"
    detail = f"{reason}; to be asked again in {wait:.0f} s, after the end of this check"
    return Response(url=response.url, failure="deferred", detail=detail, headers=response.headers)
