"""All addresses are asked, until they have answered, time is up, or somebody has had enough."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import Future
from typing import Any

from mkdocs_backlinks.check.ask.context import CheckContext, Jobs, Keep
from mkdocs_backlinks.check.ask.deadline import Deadline
from mkdocs_backlinks.check.ask.inquiry import Inquiry
from mkdocs_backlinks.check.ask.looks import PATIENT, Looks, run
from mkdocs_backlinks.check.ask.network import Network
from mkdocs_backlinks.check.ask.scheduler import Scheduler
from mkdocs_backlinks.check.ask.tasks import until
from mkdocs_backlinks.check.fetch.http import open_web
from mkdocs_backlinks.check.fetch.outside import Outside
from mkdocs_backlinks.check.fetch.resolve import bounded

LARGE = 1 << 22
"""Bytes of a block that is asked for and given back once, after which glibc keeps smaller ones at hand.

asyncio reads into 256 kB and keeps a few hundred bytes of it. As long as each such block comes from the
system and goes back there, that takes five times as long as the reading.
"""


def ask_all(
    coming: AsyncIterator[Jobs], context: CheckContext, outside: Outside, keep: Keep, stop: Future[None]
) -> None:
    """Ask the address of each target and hand its evidence to `keep` as soon as it is certain.

    Of a target that did not answer within the budget, or before `stop` was cancelled, nothing is said.
    """
    bytearray(LARGE)
    looks = Looks()
    run(_until(stop, _ask_all(coming, context, outside, keep, looks)), looks)


async def _until(stop: Future[None], asking: Coroutine[Any, Any, None]) -> None:
    """Wait for the end, and bring it about when somebody cancels `stop` from another thread."""
    work = asyncio.ensure_future(asking)
    stopped = asyncio.wrap_future(stop)
    stopped.add_done_callback(lambda _: work.cancel())
    await asyncio.wait({work})
    stopped.cancel()
    if not work.cancelled():
        work.result()


async def _ask_all(
    coming: AsyncIterator[Jobs], context: CheckContext, outside: Outside, keep: Keep, looks: Looks
) -> None:
    settings = context.settings
    deadline = Deadline(outside.timing.clock, settings.budget)
    resolve = bounded(outside.resolve, settings.timeout / 2)
    network = Network(resolve, settings.allow_private)
    inquiry = Inquiry(context, network, outside, keep)
    async with open_web(outside, resolve, settings.allow_private) as web:
        scheduler = Scheduler(web, settings, outside.timing, deadline, looks.when_heard)
        if settings.timeout >= PATIENT:
            looks.may_rest = lambda: scheduler.has_time() and not web.is_reading
        await until(deadline.passes(), inquiry.conduct(scheduler, _on_time(coming, deadline)))
    await inquiry.close()


async def _on_time(coming: AsyncIterator[Jobs], deadline: Deadline) -> AsyncIterator[Jobs]:
    """The same; time begins to run with the last ones."""
    async for jobs in coming:
        if jobs.are_all:
            deadline.begin()
        yield jobs
