"""Requests all targets of a run, until they have responded, time is up, or the run is stopped."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from mkdocs_backlinks.check.ask.context import CheckContext, JobBatch
from mkdocs_backlinks.check.ask.network import Network
from mkdocs_backlinks.check.ask.pending_targets import PendingTargets
from mkdocs_backlinks.check.ask.scheduler import ProbeBatch, Scheduler
from mkdocs_backlinks.check.ask.timers import Deadline, cancel_all
from mkdocs_backlinks.check.fetch.http import open_transport
from mkdocs_backlinks.check.fetch.resolve import with_timeout
from mkdocs_backlinks.check.target_batches import TargetBatch

Select = Callable[[TargetBatch], JobBatch]


def check_targets(
    jobs: JobBatch,
    coming: Iterator[TargetBatch],
    select: Select,
    context: CheckContext,
    stop: Future[None],
) -> None:
    """Run `jobs`, and those that `select` finds in the batches to come.

    Targets without a response within the budget, or before `stop` was cancelled, get none.
    """
    batches = _all_batches(jobs, coming, select)
    asyncio.run(_until_stopped(stop, _check(batches, context)))


async def _check(batches: AsyncIterator[JobBatch], context: CheckContext) -> None:
    settings, environment = context.settings, context.environment
    deadline = Deadline(environment.timing, settings.budget)
    resolve = with_timeout(environment.resolve, settings.timeout / 2)
    pending = PendingTargets(context, Network(resolve, settings.allow_private))
    async with open_transport(environment, resolve, settings.allow_private) as transport:
        scheduler = Scheduler(transport, settings, environment.timing, deadline)
        run = asyncio.create_task(scheduler.run(_probes(batches, pending, deadline)))
        passes = asyncio.create_task(deadline.passes())
        try:
            await asyncio.wait((run, passes), return_when=asyncio.FIRST_COMPLETED)
        finally:
            await cancel_all({run, passes})
        if not run.cancelled():
            run.result()
    await pending.close()


async def _probes(
    batches: AsyncIterator[JobBatch], pending: PendingTargets, deadline: Deadline
) -> AsyncIterator[ProbeBatch]:
    """Yield the probes of all batches; the budget counts from the last one."""
    async for batch in batches:
        if batch.is_last:
            deadline.begin()
        for probes in pending.start(batch):
            yield probes


async def _all_batches(
    jobs: JobBatch, coming: Iterator[TargetBatch], select: Select
) -> AsyncIterator[JobBatch]:
    yield jobs
    if jobs.is_last:
        return
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[TargetBatch]()

    def forward() -> None:
        with suppress(RuntimeError):  # of a loop that is closed
            for batch in coming:
                loop.call_soon_threadsafe(queue.put_nowait, batch)

    # A daemon, unlike the threads of an executor, does not keep an interrupted build from ending.
    threading.Thread(target=forward, name="backlinks-targets", daemon=True).start()
    while not jobs.is_last:
        jobs = select(await queue.get())
        yield jobs


async def _until_stopped(stop: Future[None], work: Coroutine[Any, Any, None]) -> None:
    """Wait for the end, or cancel the work when another thread cancels `stop`."""
    task = asyncio.ensure_future(work)
    stopped = asyncio.wrap_future(stop)
    stopped.add_done_callback(lambda _: task.cancel())
    await asyncio.wait({task})
    stopped.cancel()
    if not task.cancelled():
        task.result()
