"""Something is done when a moment has come, and the moment may be brought forward."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable

from mkdocs_backlinks.check.timing import Timing

NEVER = math.inf


class Alarm:
    """Calls `wake`; perhaps too early, but never too late."""

    def __init__(self, timing: Timing, wake: Callable[[], None]) -> None:
        self._timing = timing
        self._wake = wake
        self._set_for = NEVER
        self._sleeper: asyncio.Task[None] | None = None

    def set(self, moment: float) -> None:
        """Wake on `timing.clock` at `moment` at the latest; `NEVER` for no moment at all."""
        # A sleep costs a task, so one that ends earlier than needed is left alone.
        if moment < self._set_for:
            self.close()
            self._set_for = moment
            self._sleeper = asyncio.create_task(self._sleep(moment))

    def close(self) -> None:
        """Forget the moment."""
        if self._sleeper:
            self._sleeper.cancel()
        self._sleeper = None
        self._set_for = NEVER

    async def _sleep(self, moment: float) -> None:
        await self._timing.sleep(moment - self._timing.clock())
        self._sleeper = None
        self._set_for = NEVER
        self._wake()
