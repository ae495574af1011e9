"""Every socket of a run is closed when the run ends, also those whose server never says goodbye."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from weakref import WeakSet

from mkdocs_backlinks.check.fetch.guard import AddrInfo

PATIENCE = 100
"""Turns of the loop for its transports to notice; two or three are enough."""


class Sockets:
    """Makes sockets and keeps an eye on them.

    A TLS connection that is dropped waits half a minute for the other side's `close_notify`, on its
    own and longer than its session. Cutting the line below it ends the wait.
    """

    def __init__(self) -> None:
        self._made: WeakSet[socket.socket] = WeakSet()

    def make(self, info: AddrInfo) -> socket.socket:
        made = socket.socket(*info[:3])
        self._made.add(made)
        return made

    async def close(self) -> None:
        for made in self._made:
            with suppress(OSError):
                made.shutdown(socket.SHUT_RDWR)
        for _ in range(PATIENCE):
            if all(made.fileno() == -1 for made in self._made):
                break
            await asyncio.sleep(0)
