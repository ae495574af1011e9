"""Tasks that belong together end together, whatever ends the first of them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any


async def until(end: Coroutine[Any, Any, None], work: Coroutine[Any, Any, None]) -> None:
    """Return when `work` has ended, or break it off at the `end`."""
    working, ending = asyncio.create_task(work), asyncio.create_task(end)
    try:
        await asyncio.wait((working, ending), return_when=asyncio.FIRST_COMPLETED)
    finally:
        await stop((working, ending))
    if not working.cancelled():
        working.result()


async def stop(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel until nothing is left: before Python 3.12 a wait that ends in that moment swallows it."""
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=1.0)
