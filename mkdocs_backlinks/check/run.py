"""A check on a thread of its own; the HTTP client is loaded only there."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING

from mkdocs_backlinks.check.portions import Portions
from mkdocs_backlinks.check.run_options import DEFAULTS, RunOptions
from mkdocs_backlinks.model import Evidence, Target
from mkdocs_backlinks.settings import ExternalSettings

if TYPE_CHECKING:
    from mkdocs_backlinks.check.engine import Found


def start(targets: Iterable[Target], settings: ExternalSettings, options: RunOptions = DEFAULTS) -> Run:
    """Begin to check `targets`, each with an address of its own, and return at once."""
    run = Run(settings, options)
    run.complete(targets)
    return run


class Run:
    """A check that is under way, and to which addresses may come as long as `complete` was not called.

    `settings.check` and `settings.lockfile` are not looked at: `terms` decide.
    """

    def __init__(self, settings: ExternalSettings, options: RunOptions = DEFAULTS) -> None:
        self._portions = Portions()
        self._stop: Future[None] = Future()
        self._found: Future[Found] = Future()
        threading.Thread(
            target=self._work, args=(settings, options), name="backlinks-check", daemon=True
        ).start()

    def foresee(self, targets: Iterable[Target]) -> None:
        """Begin to check what is known already; a target may come again, for instance with more links."""
        self._portions.add(targets)

    def complete(self, targets: Iterable[Target]) -> None:
        """Say what all targets are, each with an address of its own; of others, nothing will be said."""
        self._portions.complete(targets)

    def result(self) -> tuple[Evidence, ...]:
        """Wait for the end, once all targets are known: one `Evidence` for each, sorted by address.

        After `cancel` the targets that had no answer yet are `deferred`. An exception of the run,
        `progress` included, is raised here, and a `BacklinksError` for what the author has to put right.
        """
        return self.found().evidence

    def notes(self) -> tuple[str, ...]:
        """Wait for the end as well: sentences about the run itself, such as that a file could not be read."""
        return self.found().notes

    def found(self) -> Found:
        """Wait for the end, and all of it as one value."""
        return self._found.result()

    def cancel(self) -> None:
        """Drop all requests that are under way and wait until none is left."""
        self._stop.cancel()
        self._portions.complete(())
        # Not `Thread.join`: interrupted once, before Python 3.13, it takes the thread for dead.
        wait((self._found,))

    def _work(self, settings: ExternalSettings, options: RunOptions) -> None:
        try:
            # asyncio and aiohttp cost 300 ms, which a command that asks nothing never pays.
            from mkdocs_backlinks.check.engine import check  # noqa: PLC0415

            self._found.set_result(check(self._portions, settings, options, stop=self._stop))
        except BaseException as error:  # noqa: BLE001 - handed to the caller of result()
            self._found.set_exception(error)
