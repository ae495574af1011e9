"""A check runs beside the build on one thread of its own, and the HTTP client is loaded only there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from mkdocs_backlinks.model import Evidence, Target
from mkdocs_backlinks.settings import ExternalSettings

Progress = Callable[[Evidence], None]


def start(targets: Sequence[Target], settings: ExternalSettings, *, progress: Progress | None = None) -> Run:
    """Begin to check `targets`, each with an address of its own, and return at once.

    `settings.check` is not looked at: whoever calls has decided. `progress` is called on the run's
    thread, once for each target, as soon as nothing can change what is known of it.
    """
    return Run(tuple(targets), settings, progress)


class Run:
    """A check that is under way."""

    def __init__(
        self, targets: tuple[Target, ...], settings: ExternalSettings, progress: Progress | None
    ) -> None:
        self._stop: Future[None] = Future()
        self._evidence: Future[tuple[Evidence, ...]] = Future()
        self._thread = threading.Thread(
            target=self._work, args=(targets, settings, progress), name="backlinks-check", daemon=True
        )
        self._thread.start()

    def result(self) -> tuple[Evidence, ...]:
        """Wait for the end: one `Evidence` for each target, sorted by address.

        After `cancel` the targets that had no answer yet are `deferred`. An exception of the run,
        `progress` included, is raised here.
        """
        self._thread.join()
        return self._evidence.result()

    def cancel(self) -> None:
        """Drop all requests that are under way and wait until none is left."""
        self._stop.cancel()
        self._thread.join()

    def _work(
        self, targets: tuple[Target, ...], settings: ExternalSettings, progress: Progress | None
    ) -> None:
        try:
            # asyncio and aiohttp cost 300 ms, which a build without external links never pays.
            from mkdocs_backlinks.check.engine import check  # noqa: PLC0415

            self._evidence.set_result(check(targets, settings, progress=progress, stop=self._stop))
        except BaseException as error:  # noqa: BLE001 - handed to the caller of result()
            self._evidence.set_exception(error)
