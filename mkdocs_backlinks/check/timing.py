"""Clocks and waits of a run, as one value that tests replace."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timezone


def _now() -> datetime:
    return datetime.now(timezone.utc)


async def _sleep(seconds: float) -> None:
    # Callers that only need the date need not load asyncio.
    import asyncio  # noqa: PLC0415

    await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """`clock` counts seconds from any start, `now` returns the date, `jitter` draws from 0…1."""

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], Awaitable[None]] = _sleep
    jitter: Callable[[], float] = random.random
