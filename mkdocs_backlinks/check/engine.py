"""One run from start to end: whatever happens on the way, each target gets exactly one `Evidence`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from mkdocs_backlinks.check.collect import collect, exclusions
from mkdocs_backlinks.check.evidence import deferred
from mkdocs_backlinks.check.outside import Outside
from mkdocs_backlinks.model import Evidence, Target, Url
from mkdocs_backlinks.settings import ExternalSettings

Keep = Callable[[Evidence], None]


def check(
    targets: Sequence[Target],
    settings: ExternalSettings,
    *,
    progress: Keep | None = None,
    stop: Future[None],
    outside: Outside | None = None,
) -> tuple[Evidence, ...]:
    """Ask all targets and return their evidence sorted by address; cancelling `stop` ends the run early."""
    return asyncio.run(_run(targets, settings, outside or Outside(), progress, stop))


async def _run(
    targets: Sequence[Target],
    settings: ExternalSettings,
    outside: Outside,
    progress: Keep | None,
    stop: Future[None],
) -> tuple[Evidence, ...]:
    found: dict[Url, Evidence] = {}

    def keep(evidence: Evidence) -> None:
        found[evidence.url] = evidence
        if progress:
            progress(evidence)

    await _until(stop, asyncio.ensure_future(_check(targets, settings, outside, keep)))
    for target in targets:
        if target.url not in found:
            keep(deferred(target.url))
    return tuple(found[url] for url in sorted(found))


async def _until(stop: Future[None], work: asyncio.Future[None]) -> None:
    """Wait for `work`, and cancel it when somebody cancels `stop` from another thread."""
    stopped = asyncio.wrap_future(stop)
    stopped.add_done_callback(lambda _: work.cancel())
    await asyncio.wait({work})
    stopped.cancel()
    if not work.cancelled():
        work.result()


async def _check(targets: Sequence[Target], settings: ExternalSettings, outside: Outside, keep: Keep) -> None:
    excluded = exclusions(settings.exclude, outside.timing.now().date())
    to_ask: list[tuple[Target, Url]] = []
    for target in targets:
        found = collect(target.url, excluded)
        if isinstance(found, Evidence):
            keep(found)
        else:
            to_ask.append((target, found))
    if to_ask:
        # Only a run that asks something pays for the HTTP client.
        from mkdocs_backlinks.check.ask import ask_all  # noqa: PLC0415

        await ask_all(to_ask, settings, outside, excluded, keep)
