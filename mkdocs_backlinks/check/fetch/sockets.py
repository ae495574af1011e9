"""Makes the sockets of a run, keeps their number in bounds, and closes all at its end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from weakref import WeakSet

from mkdocs_backlinks.check.fetch.address_guard import AddrInfo

CLOSING_TURNS = 100
"""Turns of the loop in which its transports notice a closed socket; two or three are enough."""

MAX_FILES = 1024
"""Open files of this process at most, also where the system sets no limit."""

OTHER_FILES = 64
"""Open files that are no connections."""

KEEP_ALIVE_SHARE = 2
"""One in this many of the remaining files can be an idle connection."""


class Sockets:
    """Makes sockets and counts those that are open.

    A dropped TLS connection waits half a minute for the other side's `close_notify`, longer than its session.
    Shutting down its socket ends the wait. `max_files` is the number of files that this process may have
    open, by default as the system says.
    """

    def __init__(self, max_files: int | None = None) -> None:
        self._open: WeakSet[socket.socket] = WeakSet()
        max_files = _allowed_files() if max_files is None else max_files
        self._max_kept = max(0, max_files - OTHER_FILES) // KEEP_ALIVE_SHARE

    @property
    def are_many(self) -> bool:
        """True if there are so many that no connection should be kept for later requests."""
        return len(self._open) >= self._max_kept

    def make(self, info: AddrInfo) -> socket.socket:
        new = _Socket(*info[:3])
        new.on_close = self._open.discard
        self._open.add(new)
        return new

    async def close(self) -> None:
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for _ in range(CLOSING_TURNS):
            if not self._open:
                break
            await asyncio.sleep(0)


class _Socket(socket.socket):
    """Reports its closing: Python may keep a closed socket for a while, which would count as open."""

    on_close: Callable[[socket.socket], None]

    def close(self) -> None:
        super().close()
        self.on_close(self)


def _allowed_files() -> int:
    """Return the number of files this process may have open: often 1024, on macOS 256."""
    try:
        import resource  # noqa: PLC0415 (missing on Windows, where sockets are no files)
    except ImportError:
        return MAX_FILES
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MAX_FILES if soft == resource.RLIM_INFINITY else min(soft, MAX_FILES)
