"""When a run has to end: its budget begins as soon as all that is to be asked is known."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Deadline:
    """A moment on `clock`; until `begin` it lies a whole budget, in seconds, ahead of whoever looks."""

    def __init__(self, clock: Callable[[], float], budget: float) -> None:
        self._clock = clock
        self._budget = budget
        self._begun = asyncio.Event()
        self._moment = 0.0

    def begin(self) -> None:
        """From now on the moment is fixed."""
        self._moment = self._clock() + self._budget
        self._begun.set()

    def moment(self) -> float:
        return self._moment if self._begun.is_set() else self._clock() + self._budget

    async def passes(self) -> None:
        """Return when the budget is used up, by the clock of the loop."""
        await self._begun.wait()
        await asyncio.sleep(self._budget)
