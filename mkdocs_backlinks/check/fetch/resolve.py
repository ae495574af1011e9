"""Host names become IP addresses, the way all other programs on this machine do it.

Every lookup has a daemon thread of its own: nobody can stop `getaddrinfo`, and a pool would keep
both a cancelled run and the interpreter waiting for it.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future

Resolve = Callable[[str], Awaitable[tuple[str, ...]]]
"""The IP addresses of a host, at least one; `socket.gaierror` says that there is none, or why."""


async def ask_system(host: str) -> tuple[str, ...]:
    found: Future[tuple[str, ...]] = Future()
    threading.Thread(target=_look_up, args=(host, found), name="backlinks-name", daemon=True).start()
    return await asyncio.wrap_future(found)


def bounded(resolve: Resolve, seconds: float) -> Resolve:
    """The same, but silence is a temporary failure after some seconds.

    Without it a dead name server looks like a slow web server once the request's own time is up.
    """

    async def within(host: str) -> tuple[str, ...]:
        try:
            return await asyncio.wait_for(resolve(host), seconds)
        except asyncio.TimeoutError:
            raise socket.gaierror(socket.EAI_AGAIN, "no answer from the name server") from None

    return within


def _look_up(host: str, found: Future[tuple[str, ...]]) -> None:
    found.set_running_or_notify_cancel()
    try:
        # As bytes, or Python would apply IDNA 2003 to a name that is final already.
        infos = socket.getaddrinfo(
            host.encode("ascii"), None, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
        )
        found.set_result(tuple(dict.fromkeys(str(info[4][0]) for info in infos)))
    except OSError as error:
        found.set_exception(error)
