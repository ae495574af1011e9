"""Somebody waits until a moment has come or something has happened, whichever is first."""

from __future__ import annotations

import asyncio
import math

from mkdocs_backlinks.check.timing import Timing

NEVER = math.inf


class Alarm:
    """For one waiter; it may ring too early, but never too late."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._rung = asyncio.Event()
        self._set_for = NEVER
        self._sleeper: asyncio.Task[None] | None = None

    def ring(self) -> None:
        """Wake the waiter now."""
        self._rung.set()

    async def wait(self, moment: float) -> None:
        """Wait until it rings, on `timing.clock` at `moment` at the latest; `NEVER` for no moment at all."""
        self._rung.clear()
        # A wait costs a task, so one that ends earlier than needed is left alone.
        if moment < self._set_for:
            self.close()
            self._set_for = moment
            self._sleeper = asyncio.create_task(self._sleep(moment))
        await self._rung.wait()

    def close(self) -> None:
        """Forget the moment."""
        if self._sleeper:
            self._sleeper.cancel()
        self._sleeper = None
        self._set_for = NEVER

    async def _sleep(self, moment: float) -> None:
        await self._timing.sleep(moment - self._timing.clock())
        self._set_for = NEVER
        self._rung.set()
