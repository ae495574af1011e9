"""The loop that a run waits on, which looks at its connections for several answers at a time.

What comes over the network comes bit by bit, every fifteenth millisecond or so. To wake for each bit costs
several times what the bit itself does, since by then the processor has slept or done the work of others.
"""

from __future__ import annotations

import asyncio
import selectors
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

from mkdocs_backlinks.check.ask.tasks import stop

REST = 0.1
"""Seconds between two looks at most, which is the usual time between two requests to a host."""

HEARING = 0.005
"""Seconds before a timer at which a rest ends, so that what came in it is heard when the timer is due."""

PATIENT = 2.0
"""Seconds that a request must have at least, as a new connection may need four looks before its answer."""

TURNS = 20
"""Turns of the loop after which nobody waits any longer for it to have nothing else to do."""

Events = list[tuple[selectors.SelectorKey, int]]


def soon(act: Callable[[], None]) -> None:
    """Act in the next turn of the running loop."""
    asyncio.get_running_loop().call_soon(act)


class Looks(selectors.DefaultSelector):
    """A selector that rests before it looks, as long as `may_rest` says so; never until its timeout."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        super().__init__()
        self.may_rest: Callable[[], bool] = lambda: False
        self._sleep = sleep
        self._waiting: list[Callable[[], None]] = []
        self._turns = 0
        self._has_loop = False

    def when_heard(self, act: Callable[[], None]) -> None:
        """Act when the loop has done all that follows from what has come; soon, on a loop without looks."""
        if not self._has_loop:
            soon(act)
            return
        if not self._waiting:
            self._turns = 0
        self._waiting.append(act)

    def select(self, timeout: float | None = None) -> Events:
        """What has come, as in any selector; a `timeout` of 0 is for a look on the way, None has no end."""
        is_idle = timeout is None or timeout > 0
        self._has_loop = True
        self._turns += 1
        if self._waiting and (is_idle or self._turns > TURNS):
            self._release()
            timeout = 0.0
        elif is_idle and self.may_rest():
            timeout = self._rest(timeout)
        return super().select(timeout)

    def _rest(self, timeout: float | None) -> float | None:
        """Rest, and say what is left of the timeout then."""
        rest = REST if timeout is None else min(REST, timeout - HEARING)
        if rest <= 0:
            return timeout
        self._sleep(rest)
        return None if timeout is None else timeout - rest

    def _release(self) -> None:
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            soon(act)


def run(work: Coroutine[Any, Any, None], looks: Looks) -> None:
    """As `asyncio.run`, on a loop with these looks where it can have any."""
    loop = _loop(looks)
    try:
        loop.run_until_complete(work)
    finally:
        try:
            loop.run_until_complete(_wind_up(loop))
        finally:
            loop.close()


async def _wind_up(loop: asyncio.AbstractEventLoop) -> None:
    await stop(asyncio.all_tasks() - {asyncio.current_task()})
    await loop.shutdown_asyncgens()


def _loop(looks: Looks) -> asyncio.AbstractEventLoop:
    if sys.platform == "win32":
        looks.close()
        return asyncio.new_event_loop()  # with a selector, it could have 512 connections and no more
    return asyncio.SelectorEventLoop(looks)
