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
from mkdocs_backlinks.check.fetch.environment import Environment
from mkdocs_backlinks.check.fetch.http import open_transport
from mkdocs_backlinks.check.fetch.resolve import with_timeout


def ask_all(
    coming: AsyncIterator[Jobs],
    context: CheckContext,
    environment: Environment,
    keep: Keep,
    stop: Future[None],
) -> None:
    """Ask the address of each target and hand its evidence to `keep` as soon as it is certain.

    Of a target that did not answer within the budget, or before `stop` was cancelled, nothing is said.
    """
    looks = Looks()
    run(_until(stop, _ask_all(coming, context, environment, keep, looks)), looks)


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
    coming: AsyncIterator[Jobs], context: CheckContext, environment: Environment, keep: Keep, looks: Looks
) -> None:
    settings = context.settings
    deadline = Deadline(environment.timing.clock, settings.budget)
    resolve = with_timeout(environment.resolve, settings.timeout / 2)
    network = Network(resolve, settings.allow_private)
    inquiry = Inquiry(context, network, environment, keep)
    async with open_transport(environment, resolve, settings.allow_private) as web:
        scheduler = Scheduler(web, settings, environment.timing, deadline, looks.when_heard)
        if settings.timeout >= PATIENT:
            looks.may_rest = scheduler.has_time
        await until(deadline.passes(), inquiry.conduct(scheduler, _on_time(coming, deadline)))
    await inquiry.close()


async def _on_time(coming: AsyncIterator[Jobs], deadline: Deadline) -> AsyncIterator[Jobs]:
    """The same; time begins to run with the last ones."""
    async for jobs in coming:
        if jobs.are_all:
            deadline.begin()
        yield jobs
