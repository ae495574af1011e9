"""Never more requests to a host at once than it may have, and none before its time.

Only the host's lane waits, never whoever asks. Nothing here looks at a clock: whoever calls says what time
it is, in seconds from anywhere.
"""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

from mkdocs_backlinks.check.ask.alarm import NEVER
from mkdocs_backlinks.settings import PerHostSettings

J = TypeVar("J")


class HostQueue(Generic[J]):
    """What waits for one host, and what the host bears.

    The number of requests at once halves when a host is overloaded and grows again by one for each full
    round of answers, up to what the author allows (AIMD, as TCP does it).
    """

    __slots__ = ("_delayed", "_fresh", "_most", "bears", "is_listed_for", "opens", "running")

    def __init__(self, most: int) -> None:
        self._most = most
        self.bears = float(most)
        self._fresh: deque[J] = deque()
        self._delayed: list[tuple[float, int, J]] = []
        self.running = 0
        self.opens = -NEVER
        self.is_listed_for = NEVER

    def __len__(self) -> int:
        """How many jobs wait."""
        return len(self._fresh) + len(self._delayed)

    def is_full(self) -> bool:
        """Whether the host has as many requests at once as it bears."""
        return self.running >= int(self.bears)

    def next_start(self) -> float:
        """When the next request may begin, as far as it is known now."""
        if self.is_full():
            return NEVER
        if self._fresh:
            return self.opens
        return max(self.opens, self._delayed[0][0]) if self._delayed else NEVER

    def put(self, job: J, ready: float, number: int) -> None:
        """Let a job wait until `ready`; without a moment it waits behind all that is ready."""
        if ready == NEVER:
            self._fresh.append(job)
        else:
            heappush(self._delayed, (ready, number, job))

    def pop(self, now: float) -> J:
        """The next job: what has been begun comes before what has not."""
        if self._delayed and self._delayed[0][0] <= now:
            return heappop(self._delayed)[2]
        return self._fresh.popleft()

    def pause(self, until: float) -> None:
        """Let the host rest; what waits keeps its order."""
        self.opens = max(self.opens, until)

    def empty(self) -> list[J]:
        """All that waits, which then waits no more."""
        waiting = [*(job for _, _, job in sorted(self._delayed, key=lambda one: one[:2])), *self._fresh]
        self._delayed.clear()
        self._fresh.clear()
        return waiting

    def grow(self) -> None:
        self.bears = min(float(self._most), self.bears + 1 / self.bears)

    def shrink(self) -> None:
        self.bears = max(1.0, self.bears / 2)


class HostQueues(Generic[J]):
    """A lane for each host; a host that has to wait leaves its place to the others.

    Of those that need not wait, the host for which most jobs wait comes first: it is the one that all will
    wait for in the end, while the others can be asked in its intervals. Where as many wait, they take turns.
    Nobody is woken for a host with less than half as many if the turn of a longer one comes within an
    interval: at half the pace it would still end first, and once both are in step it loses nothing.
    """

    def __init__(self, per_host: PerHostSettings) -> None:
        self._per_host = per_host
        self._pressing: list[tuple[float, int, HostQueue[J]]] = []
        self._due: list[tuple[float, int, HostQueue[J]]] = []
        self._ready: list[tuple[int, int, float, HostQueue[J]]] = []
        self._held: set[HostQueue[J]] = set()
        self._numbers = count()
        self._longest = self.open()

    def open(self) -> HostQueue[J]:
        """A lane for one more host."""
        return HostQueue(self._per_host.concurrency)

    def put(self, queue: HostQueue[J], job: J, ready: float = NEVER) -> None:
        """Let a job wait for its host, and at least until `ready` if it has been begun before."""
        queue.put(job, ready, next(self._numbers))
        self._list(queue)

    def take(self, now: float) -> J | None:
        """The job whose turn it is, or None if there is none now; whoever takes it calls `done`."""
        for listed in (self._pressing, self._due):
            while listed and listed[0][0] <= now:
                listed_for, number, queue = heappop(listed)
                heappush(self._ready, (-len(queue), number, listed_for, queue))
        while self._ready:
            _, _, listed_for, queue = heappop(self._ready)
            if listed_for != queue.is_listed_for:
                continue  # listed for an earlier time since
            queue.is_listed_for = NEVER
            if queue.next_start() <= now:
                return self._begin(queue, now)
            self._list(queue)
        return None

    def done(self, queue: HostQueue[J]) -> None:
        """Give the place of a job back."""
        queue.running -= 1
        self._list(queue)

    def wakes(self) -> float:
        """When it may be worth to call `take` again after it had nothing; `NEVER` for not at all."""
        pressing = self._pressing[0][0] if self._pressing else NEVER
        due = self._due[0][0] if self._due else NEVER
        return pressing if pressing <= due + self._per_host.interval else due

    def have_time(self) -> bool:
        """Whether jobs wait for their time, and none for an answer, which then should be heard at once."""
        return not self._held and self.wakes() != NEVER

    def _begin(self, queue: HostQueue[J], now: float) -> J:
        job = queue.pop(now)
        queue.running += 1
        queue.opens = now + self._per_host.interval
        self._list(queue)
        return job

    def _list(self, queue: HostQueue[J]) -> None:
        if queue.is_full() and len(queue):
            self._held.add(queue)
        else:
            self._held.discard(queue)
        start = queue.next_start()
        if start < queue.is_listed_for:
            queue.is_listed_for = start
            waiting = len(queue)
            if waiting > len(self._longest):
                self._longest = queue
            listed = self._due if 2 * waiting < len(self._longest) else self._pressing
            heappush(listed, (start, next(self._numbers), queue))
