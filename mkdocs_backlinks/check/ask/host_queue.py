"""Queues of requests, one for each host: never more at once than the host's window, and none before its time.

Nothing here reads a clock: times are arguments, in seconds from any start.
"""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

from mkdocs_backlinks.check.ask.timers import NEVER
from mkdocs_backlinks.settings import PerHostSettings

J = TypeVar("J")


class HostQueue(Generic[J]):
    """Requests that wait for one host, and the `window`: how many it may have at once.

    The window halves when the host is overloaded and grows again by one for each full round of responses, up
    to the author's limit (AIMD, as in TCP).
    """

    __slots__ = ("_delayed", "_fresh", "_max_window", "available_at", "queued_for", "running", "window")

    def __init__(self, max_window: int) -> None:
        self._max_window = max_window
        self.window = float(max_window)
        self._fresh: deque[J] = deque()
        self._delayed: list[tuple[float, int, J]] = []
        self.running = 0
        self.available_at = -NEVER
        self.queued_for = NEVER

    def __len__(self) -> int:
        return len(self._fresh) + len(self._delayed)

    def next_start(self) -> float:
        """Return the time at which the next request may begin, as far as it is known."""
        if self.running >= int(self.window):
            return NEVER
        if self._fresh:
            return self.available_at
        return max(self.available_at, self._delayed[0][0]) if self._delayed else NEVER

    def put(self, request: J, ready: float, number: int) -> None:
        """Add a request that waits until `ready`; with `NEVER` it waits behind all that are ready."""
        if ready == NEVER:
            self._fresh.append(request)
        else:
            heappush(self._delayed, (ready, number, request))

    def pop(self, now: float) -> J:
        """Remove and return the next request: one of a probe that has begun comes first."""
        if self._delayed and self._delayed[0][0] <= now:
            return heappop(self._delayed)[2]
        return self._fresh.popleft()

    def pause(self, until: float) -> None:
        """Begin no request before `until`."""
        self.available_at = max(self.available_at, until)

    def clear(self) -> list[J]:
        """Remove and return all requests, in order."""
        delayed = sorted(self._delayed, key=lambda entry: entry[:2])
        requests = [*(request for _, _, request in delayed), *self._fresh]
        self._delayed.clear()
        self._fresh.clear()
        return requests

    def grow(self) -> None:
        self.window = min(float(self._max_window), self.window + 1 / self.window)

    def shrink(self) -> None:
        self.window = max(1.0, self.window / 2)


class HostQueues(Generic[J]):
    """Queues of all hosts; a host that has to wait leaves its turn to the others.

    Of the hosts that need not wait, the one with most requests comes first: the run will wait for it in the
    end, while the others fit into its intervals. Hosts with as many take turns.
    """

    def __init__(self, per_host: PerHostSettings) -> None:
        self._per_host = per_host
        self._waiting: list[tuple[float, int, HostQueue[J]]] = []
        self._ready: list[tuple[int, int, float, HostQueue[J]]] = []
        self._numbers = count()

    def open(self) -> HostQueue[J]:
        """Return the queue of a new host."""
        return HostQueue(self._per_host.concurrency)

    def put(self, queue: HostQueue[J], request: J, ready: float = NEVER) -> None:
        """Add a request, to begin at `ready` at the earliest if its probe has begun before."""
        queue.put(request, ready, next(self._numbers))
        self._enlist(queue)

    def take(self, now: float) -> J | None:
        """Remove and return the request whose turn it is, if any; the caller calls `done` in the end."""
        while self._waiting and self._waiting[0][0] <= now:
            queued_for, number, queue = heappop(self._waiting)
            heappush(self._ready, (-len(queue), number, queued_for, queue))
        while self._ready:
            _, _, queued_for, queue = heappop(self._ready)
            if queued_for != queue.queued_for:
                continue  # enlisted for an earlier time since
            queue.queued_for = NEVER
            if queue.next_start() <= now:
                return self._begin(queue, now)
            self._enlist(queue)
        return None

    def done(self, queue: HostQueue[J]) -> None:
        """Note that a request of this host has ended."""
        queue.running -= 1
        self._enlist(queue)

    def next_start(self) -> float:
        """Return when to call `take` again after it returned None; `NEVER` for not at all."""
        return self._waiting[0][0] if self._waiting else NEVER

    def _begin(self, queue: HostQueue[J], now: float) -> J:
        request = queue.pop(now)
        queue.running += 1
        queue.available_at = now + self._per_host.interval
        self._enlist(queue)
        return request

    def _enlist(self, queue: HostQueue[J]) -> None:
        start = queue.next_start()
        if start < queue.queued_for:
            queue.queued_for = start
            heappush(self._waiting, (start, next(self._numbers), queue))
