"""Runs a check on a thread of its own; the HTTP client is loaded only there."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING

from mkdocs_backlinks.check.run_options import DEFAULTS, RunOptions
from mkdocs_backlinks.check.target_batches import TargetBatches
from mkdocs_backlinks.model import Target
from mkdocs_backlinks.settings import ExternalSettings

if TYPE_CHECKING:
    from mkdocs_backlinks.check.engine import CheckResult


def start(targets: Iterable[Target], settings: ExternalSettings, options: RunOptions = DEFAULTS) -> CheckRun:
    """Start to check `targets`, each with a URL of its own, and return at once."""
    run = CheckRun(settings, options)
    run.complete(targets)
    return run


class CheckRun:
    """A check under way, which takes targets until `complete` is called.

    `options` decide, not `settings.check` and `settings.lockfile`.
    """

    def __init__(self, settings: ExternalSettings, options: RunOptions = DEFAULTS) -> None:
        self._batches = TargetBatches()
        self._stop: Future[None] = Future()
        self._result: Future[CheckResult] = Future()
        threading.Thread(
            target=self._run, args=(settings, options), name="backlinks-check", daemon=True
        ).start()

    def submit(self, targets: Iterable[Target]) -> None:
        """Start to check targets that are known by now; `complete` has them again, with all links."""
        self._batches.submit(targets)

    def complete(self, targets: Iterable[Target]) -> None:
        """Add all targets, each with a URL of its own; the result has evidence on these and no others."""
        self._batches.complete(targets)

    def result(self) -> CheckResult:
        """Wait for the end, after `complete`, and return one `Evidence` for each target.

        After `cancel`, targets without a response are `deferred`. Raises the error that ended the run, of
        `progress` as well, and a `BacklinksError` for what the author has to correct.
        """
        return self._result.result()

    def cancel(self) -> None:
        """Drop all requests and wait for the end."""
        self._stop.cancel()
        self._batches.complete(())
        # Not `Thread.join`: interrupted once, before Python 3.13, it takes the thread for dead.
        wait((self._result,))

    def _run(self, settings: ExternalSettings, options: RunOptions) -> None:
        try:
            # asyncio and aiohttp cost 300 ms, which a command that checks nothing never pays.
            from mkdocs_backlinks.check.engine import check  # noqa: PLC0415

            self._result.set_result(check(self._batches, settings, options, stop=self._stop))
        except BaseException as error:  # noqa: BLE001 - raised by result()
            self._result.set_exception(error)
