"""A run has no more sockets than it may, and none is left when it ends, however silent its server is."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from weakref import WeakSet

from mkdocs_backlinks.check.fetch.guard import AddrInfo

PATIENCE = 100
"""Turns of the loop for its transports to notice; two or three are enough."""

ENOUGH = 1024
"""Files that may be open, where nobody sets a limit."""

OTHERS = 64
"""Files that are left for all that is no connection."""

IDLE_SHARE = 2
"""One in so many of the rest can be a connection that waits for more to ask."""


class Sockets:
    """Makes sockets and keeps an eye on them.

    A TLS connection that is dropped waits half a minute for the other side's `close_notify`, on its
    own and longer than its session. Cutting the line below it ends the wait.
    """

    def __init__(self) -> None:
        self._made: WeakSet[socket.socket] = WeakSet()
        self._most = max(0, _allowed_files() - OTHERS) // IDLE_SHARE

    @property
    def are_many(self) -> bool:
        """Whether there are so many that no connection should be kept for later."""
        return len(self._made) >= self._most

    def make(self, info: AddrInfo) -> socket.socket:
        made = _Socket(*info[:3])
        made.when_closed = self._made.discard
        self._made.add(made)
        return made

    async def close(self) -> None:
        for made in self._made:
            with suppress(OSError):
                made.shutdown(socket.SHUT_RDWR)
        for _ in range(PATIENCE):
            if not self._made:
                break
            await asyncio.sleep(0)


class _Socket(socket.socket):
    """Says when it is closed: Python may keep what nobody needs for a while, and it would count as open."""

    when_closed: Callable[[socket.socket], None]

    def close(self) -> None:
        super().close()
        self.when_closed(self)


def _allowed_files() -> int:
    """How many files this process may have open: often 1024, on macOS 256."""
    try:
        import resource  # noqa: PLC0415 (it is not on Windows, where sockets are no files)
    except ImportError:
        return ENOUGH
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return ENOUGH if soft == resource.RLIM_INFINITY else min(soft, ENOUGH)
