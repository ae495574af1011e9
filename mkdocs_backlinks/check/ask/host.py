"""State of one host in a run: its window, its pauses, and whether it gets more requests at all."""

from __future__ import annotations

from typing import Generic, TypeVar

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.ask.host_queue import HostQueue, HostQueues
from mkdocs_backlinks.check.ask.retry import asked_pause, back_off, is_inconclusive, is_overload, is_silent
from mkdocs_backlinks.check.ask.timers import NEVER, Deadline
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.model import Url
from mkdocs_backlinks.settings import PerHostSettings

J = TypeVar("J")

MAX_SILENCES = 6
"""Requests in a row without a response after which a host gets no more."""

MAX_OVERLOADS = 6
"""Rounds of 429 and 503 in a row, not requests, after which a host gets no more."""


class Host(Generic[J]):
    """`closed` is the response to all further requests, None as long as the host may get any."""

    __slots__ = ("_deadline", "_overloaded_at", "_overloads", "_silences", "_timing", "closed", "queue")

    def __init__(self, queue: HostQueue[J], timing: Timing, deadline: Deadline) -> None:
        self.queue = queue
        self.closed: Response | None = None
        self._timing = timing
        self._deadline = deadline
        self._silences = 0
        self._overloads = 0
        self._overloaded_at = -NEVER

    def learn(self, response: Response, began: float) -> float:
        """Adapt to a response, and return the seconds for which this host now gets no request.

        A 429 that names a pause limits requests in a time, not requests at once. The window shrinks only if
        the host complains again after the pause.
        """
        if is_inconclusive(response):
            return 0.0
        now = self._timing.clock()
        requested = asked_pause(response, self._timing.now)
        if not is_overload(response):
            self.queue.grow()
            self._overloads = 0
        elif began > self._overloaded_at:  # the complaint about an earlier request is no news
            self._overloaded_at = now
            self._overloads += 1
            if self._overloads > 1 or response.status != 429 or requested is None:
                self.queue.shrink()
        self._silences = self._silences + 1 if is_silent(response) else 0
        pause = self._pause(response, requested)
        self.queue.pause(now + pause)
        self.closed = self.closed or self._close(response, pause, now)
        return pause

    def _pause(self, response: Response, requested: float | None) -> float:
        if response.status != 429:
            return requested or 0.0
        return max(requested or 0.0, back_off(max(1, self._overloads), self._timing.jitter()))

    def _close(self, response: Response, pause: float, now: float) -> Response | None:
        if self._silences >= MAX_SILENCES:
            detail = f"not asked: {MAX_SILENCES} requests to this host in a row had no answer"
            return Response(url=response.url, failure=response.failure, stage=response.stage, detail=detail)
        if now + pause >= self._deadline.moment():
            detail = f"the host wants a pause of {pause:.0f} s, longer than this check may last"
        elif self._overloads >= MAX_OVERLOADS:
            detail = "the host turns requests away, however slowly they come"
        else:
            return None
        return Response(url=response.url, failure="deferred", detail=detail)


class Hosts(Generic[J]):
    """Hosts of a run by name, and their `queues`."""

    def __init__(self, per_host: PerHostSettings, timing: Timing, deadline: Deadline) -> None:
        self.queues: HostQueues[J] = HostQueues(per_host)
        self._timing = timing
        self._deadline = deadline
        self._hosts: dict[str, Host[J]] = {}

    def of(self, url: Url) -> Host[J]:
        name = urls.host_of(url)
        if name not in self._hosts:
            self._hosts[name] = Host(self.queues.open(), self._timing, self._deadline)
        return self._hosts[name]
