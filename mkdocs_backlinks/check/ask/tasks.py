"""Tasks that belong together end together, whatever ends the first of them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any


async def all_or_none(work: Iterable[Coroutine[Any, Any, None]], seconds: float | None = None) -> None:
    """Run everything at once; what is not done in time is cancelled, what fails takes the rest along."""
    tasks = [asyncio.create_task(one) for one in work]
    if not tasks:
        return
    try:
        await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        await stop(tasks)
    for task in tasks:
        if not task.cancelled():
            task.result()


async def stop(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel until nothing is left: before Python 3.12 a wait that ends in that moment swallows it."""
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=1.0)
