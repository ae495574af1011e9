"""Many stories are told at once: each question waits for its host, and for nothing else.

A host that asks for a pause gets it, for all that is to be asked of it. Trouble that may pass is asked again
later. A question that would have to wait beyond the deadline is answered `deferred` at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.ask.alarm import NEVER, Alarm
from mkdocs_backlinks.check.ask.deadline import Deadline
from mkdocs_backlinks.check.ask.host import Host
from mkdocs_backlinks.check.ask.host_queue import HostQueues
from mkdocs_backlinks.check.ask.looks import soon
from mkdocs_backlinks.check.ask.retry import back_off, patience
from mkdocs_backlinks.check.ask.tasks import stop
from mkdocs_backlinks.check.request import Probe, Request, Transport, advance
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.settings import ExternalSettings

WhenHeard = Callable[[Callable[[], None]], object]
"""Calls what it is given once all answers that have come are heard."""


class ProbeBatch(NamedTuple):
    """ProbeBatch to tell; those that are urgent come before all that wait for the same host."""

    probes: Iterable[Probe]
    is_urgent: bool = False


@dataclass(slots=True)
class _Job:
    """A story with the question that it waits for, and how often that has met trouble."""

    probe: Probe
    request: Request
    host: Host[_Job]
    troubles: int = 0


class Scheduler:
    """Tells stories within the limits of `settings`, and before the `deadline` on `timing.clock`."""

    def __init__(
        self,
        transport: Transport,
        settings: ExternalSettings,
        timing: Timing,
        deadline: Deadline,
        when_heard: WhenHeard = soon,
    ) -> None:
        self._transport = transport
        self._settings = settings
        self._timing = timing
        self._deadline = deadline
        self._queues: HostQueues[_Job] = HostQueues(settings.per_host)
        self._hosts: dict[str, Host[_Job]] = {}
        self._told: list[Probe] = []
        self._untold = 0
        self._unanswered = 0
        self._quiet = asyncio.Event()
        self._workers: set[asyncio.Task[None]] = set()
        self._ended: asyncio.Future[None]
        self._alarm = Alarm(timing, self._begin_soon)
        self._when_heard = when_heard
        self._is_to_begin = False

    async def run(self, coming: AsyncIterable[ProbeBatch]) -> None:
        """Return when no more stories are coming and all have ended.

        An error in one ends them all, and so does cancelling.
        """
        self._ended = asyncio.get_running_loop().create_future()
        self._untold = 1  # what is coming counts as a story as well
        listener = asyncio.create_task(self._listen(coming))
        listener.add_done_callback(self._leave)
        try:
            await self._ended
        finally:
            self._ended.cancel()
            self._untold = 0
            self._alarm.close()
            await stop({listener, *self._workers})
            for probe in self._told:
                probe.close()
            self._told.clear()

    async def _listen(self, coming: AsyncIterable[ProbeBatch]) -> None:
        async for probes, is_urgent in coming:
            ready = self._timing.clock() if is_urgent else NEVER
            for probe in probes:
                self._told.append(probe)
                self._untold += 1
                self._go_on(probe, None, ready)
            self._begin_soon()
        self._untold -= 1

    async def quiet(self) -> None:
        """Return when each question had an answer, be it one that something is to be asked again."""
        while self._unanswered:
            self._quiet.clear()
            await self._quiet.wait()

    def has_time(self) -> bool:
        """Whether all that waits has to wait for its time, so that answers may be heard a little later."""
        is_free = len(self._workers) < self._settings.concurrency
        return self._untold > 0 and is_free and self._queues.have_time()

    def _begin_soon(self) -> None:
        """Begin when all answers that are there have been heard: one of them may ask for a pause."""
        if not self._is_to_begin:
            self._is_to_begin = True
            self._when_heard(self._begin)

    def _begin(self) -> None:
        """Put somebody to work on each question whose turn it is, and be called again for the next."""
        self._is_to_begin = False
        while self._untold and len(self._workers) < self._settings.concurrency:
            job = self._queues.take(self._timing.clock())
            if job is None:
                self._alarm.set(self._queues.wakes())
                return
            worker = asyncio.create_task(self._work(job))
            self._workers.add(worker)
            worker.add_done_callback(self._leave)

    async def _work(self, job: _Job) -> None:
        began = self._timing.clock()
        response = await self._transport.send(job.request)
        self._hear(job, response, began)
        self._queues.done(job.host.queue)  # by now it is known what the host bears
        if not self._unanswered:
            self._quiet.set()

    def _leave(self, worker: asyncio.Task[None]) -> None:
        self._workers.discard(worker)
        error = None if worker.cancelled() else worker.exception()
        if self._ended.done():
            return
        if error:
            self._ended.set_exception(error)
        elif self._untold:
            self._begin_soon()
        else:
            self._ended.set_result(None)

    def _hear(self, job: _Job, response: Response, began: float) -> None:
        """Ask again, or go on with the story; a wait that outlasts the run is not begun."""
        self._unanswered -= not job.troubles
        pause = job.host.learn(response, began)
        again = job.troubles < min(patience(response), job.request.options.retries)
        if again:
            job.troubles += 1
            pause = max(pause, back_off(job.troubles, self._timing.jitter()))
        ready = self._timing.clock() + pause
        if (again or response.location) and ready >= self._deadline.moment():
            self._go_on(job.probe, _deferred(response, pause), ready)
        elif again and job.host.closed is None:
            self._queues.put(job.host.queue, job, ready)
        else:
            # RFC 9110 §10.2.3: whoever redirects may ask for patience as well.
            self._go_on(job.probe, response, ready if response.location else self._timing.clock())
        if job.host.closed is not None:
            self._turn_away(job.host, job.host.closed)

    def _turn_away(self, host: Host[_Job], response: Response) -> None:
        for job in host.queue.empty():
            self._unanswered -= not job.troubles
            self._go_on(job.probe, replace(response, url=job.request.url), self._timing.clock())

    def _go_on(self, probe: Probe, response: Response | None, ready: float = NEVER) -> None:
        """Tell a story up to the next question that has to wait, or to its end."""
        while (request := advance(probe, response)) is not None:
            host = self._host(urls.host_of(request.url))
            if host.closed is None:
                self._unanswered += 1
                self._queues.put(host.queue, _Job(probe, request, host), ready)
                return
            response = replace(host.closed, url=request.url)
        self._untold -= 1

    def _host(self, name: str) -> Host[_Job]:
        if name not in self._hosts:
            self._hosts[name] = Host(self._queues.open(), self._timing, self._deadline)
        return self._hosts[name]


async def at_once(probes: Iterable[Probe]) -> AsyncIterator[ProbeBatch]:
    """ProbeBatch of which none is to come later."""
    yield ProbeBatch(probes)


def _deferred(response: Response, wait: float) -> Response:
    said = response.detail or f"answered {response.status}"
    detail = f"{said}; to be asked again in {wait:.0f} s, after the end of this check"
    return Response(url=response.url, failure="deferred", detail=detail, headers=response.headers)
