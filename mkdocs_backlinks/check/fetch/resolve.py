"""Resolves host names to IP addresses, as other programs on this machine do.

Each lookup has a daemon thread of its own: `getaddrinfo` cannot be stopped, and with a pool a cancelled run
and the interpreter would wait for it.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future

Resolve = Callable[[str], Awaitable[tuple[str, ...]]]
"""Returns the IP addresses of a host, at least one; raises `socket.gaierror`."""


async def system_resolve(host: str) -> tuple[str, ...]:
    addresses: Future[tuple[str, ...]] = Future()
    threading.Thread(target=_look_up, args=(host, addresses), name="backlinks-name", daemon=True).start()
    return await asyncio.wrap_future(addresses)


def with_timeout(resolve: Resolve, seconds: float) -> Resolve:
    """Return a resolver that gives up after some seconds, with a temporary failure.

    Otherwise a dead name server would look like a slow web server, once the request times out.
    """

    async def resolve_in_time(host: str) -> tuple[str, ...]:
        try:
            return await asyncio.wait_for(resolve(host), seconds)
        except asyncio.TimeoutError:
            raise socket.gaierror(socket.EAI_AGAIN, "no answer from the name server") from None

    return resolve_in_time


def _look_up(host: str, addresses: Future[tuple[str, ...]]) -> None:
    addresses.set_running_or_notify_cancel()
    try:
        # As bytes: Python would apply IDNA 2003 to a text, though the name is encoded already.
        infos = socket.getaddrinfo(
            host.encode("ascii"), None, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
        )
        addresses.set_result(tuple(dict.fromkeys(str(info[4][0]) for info in infos)))
    except OSError as error:
        addresses.set_exception(error)
