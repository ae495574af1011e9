"""Moments on the clock of a run: its deadline, and the next moment at which the scheduler has work."""

from __future__ import annotations

import asyncio
import math

from mkdocs_backlinks.check.timing import Timing

NEVER = math.inf


class Deadline:
    """End of a run. Until `begin` it lies a whole `budget`, in seconds, ahead of the clock."""

    def __init__(self, timing: Timing, budget: float) -> None:
        self._timing = timing
        self._budget = budget
        self._begun = asyncio.Event()
        self._moment = 0.0

    def begin(self) -> None:
        """Fix the moment, as all targets are known now."""
        self._moment = self._timing.clock() + self._budget
        self._begun.set()

    def moment(self) -> float:
        return self._moment if self._begun.is_set() else self._timing.clock() + self._budget

    async def passes(self) -> None:
        """Return when the budget is used up, by the clock of the event loop."""
        await self._begun.wait()
        await asyncio.sleep(self._budget)


class WakeUp:
    """Waits for an event or a moment; it may return too early, never too late."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._event = asyncio.Event()
        self._moment = NEVER
        self._sleeper: asyncio.Task[None] | None = None

    def set(self) -> None:
        """End the wait that is under way, or the next one."""
        self._event.set()

    async def wait(self, moment: float) -> None:
        """Wait for `set`, at most until `moment` on the clock; `NEVER` for no such limit."""
        # A sleep costs a task, so one that ends earlier than needed is left alone.
        if moment < self._moment:
            self.close()
            self._moment = moment
            self._sleeper = asyncio.create_task(self._sleep(moment))
        await self._event.wait()
        self._event.clear()

    def close(self) -> None:
        """Forget the moment."""
        if self._sleeper:
            self._sleeper.cancel()
        self._sleeper = None
        self._moment = NEVER

    async def _sleep(self, moment: float) -> None:
        await self._timing.sleep(moment - self._timing.clock())
        self._sleeper = None
        self._moment = NEVER
        self._event.set()


async def cancel_all(tasks: set[asyncio.Task[None]]) -> None:
    """Cancel tasks until all have ended: before Python 3.12 a wait that ends just then swallows it."""
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=1.0)
