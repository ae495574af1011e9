"""All addresses are asked, until they have answered or time is up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mkdocs_backlinks.check.collect import Excluded
from mkdocs_backlinks.check.http import open_web
from mkdocs_backlinks.check.inquiry import Inquiry, Job
from mkdocs_backlinks.check.network import Network
from mkdocs_backlinks.check.outside import Outside
from mkdocs_backlinks.check.resolve import bounded
from mkdocs_backlinks.check.scheduler import Scheduler
from mkdocs_backlinks.check.tasks import all_or_none
from mkdocs_backlinks.model import Evidence
from mkdocs_backlinks.settings import ExternalSettings


async def ask_all(
    jobs: Sequence[Job],
    settings: ExternalSettings,
    outside: Outside,
    excluded: Excluded,
    keep: Callable[[Evidence], None],
) -> None:
    """Ask the address of each target and hand its evidence to `keep` as soon as it is certain.

    Of a target that did not answer within `settings.budget` nothing is said.
    """
    deadline = outside.timing.clock() + settings.budget
    resolve = bounded(outside.resolve, settings.timeout / 2)
    network = Network(resolve, settings.allow_private)
    inquiry = Inquiry(settings, excluded, network, outside, keep)
    async with open_web(outside, resolve, settings.allow_private) as web:
        scheduler = Scheduler(web, settings, outside.timing, deadline)
        await all_or_none([inquiry.conduct(scheduler, jobs)], settings.budget)
    await inquiry.close()
