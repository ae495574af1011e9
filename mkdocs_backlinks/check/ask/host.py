"""What a run has learned about one host, and how it treats the host from then on."""

from __future__ import annotations

from typing import Generic, TypeVar

from mkdocs_backlinks.check.ask.alarm import NEVER
from mkdocs_backlinks.check.ask.deadline import Deadline
from mkdocs_backlinks.check.ask.host_queue import HostQueue
from mkdocs_backlinks.check.ask.pauses import asked_pause
from mkdocs_backlinks.check.ask.retry import back_off, is_inconclusive, is_overload, is_silent
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.check.timing import Timing

J = TypeVar("J")

SILENT = 6
"""Requests in a row that a host leaves without an answer before it is asked no more."""

UNWILLING = 6
"""The same for 429 and 503: rounds in a row, not requests."""


class Host(Generic[J]):
    """`closed` is the answer to all further questions, None as long as the host may be asked."""

    __slots__ = ("_deadline", "_heard", "_overloads", "_silences", "_timing", "closed", "queue")

    def __init__(self, queue: HostQueue[J], timing: Timing, deadline: Deadline) -> None:
        self.queue = queue
        self.closed: Response | None = None
        self._timing = timing
        self._deadline = deadline
        self._silences = 0
        self._overloads = 0
        self._heard = -NEVER

    def learn(self, response: Response, began: float) -> float:
        """Draw the conclusions of an answer; the seconds for which nothing is asked of this host now.

        A 429 that names a pause speaks of requests in a time, not of requests at once. Only a host that
        complains again when the pause is over is asked for less at once.
        """
        if is_inconclusive(response):
            return 0.0
        now = self._timing.clock()
        asked = asked_pause(response, self._timing.now)
        if not is_overload(response):
            self.queue.grow()
            self._overloads = 0
        elif began > self._heard:  # what was sent before the host complained tells nothing new
            self._heard = now
            self._overloads += 1
            if self._overloads > 1 or response.status != 429 or asked is None:
                self.queue.shrink()
        self._silences = self._silences + 1 if is_silent(response) else 0
        pause = self._pause(response, asked)
        self.queue.pause(now + pause)
        self.closed = self.closed or self._close(response, pause, now)
        return pause

    def _pause(self, response: Response, asked: float | None) -> float:
        if response.status != 429:
            return asked or 0.0
        return max(asked or 0.0, back_off(max(1, self._overloads), self._timing.jitter()))

    def _close(self, response: Response, pause: float, now: float) -> Response | None:
        if self._silences >= SILENT:
            detail = f"not asked: {SILENT} requests to this host in a row had no answer"
            return Response(url=response.url, failure=response.failure, stage=response.stage, detail=detail)
        if now + pause >= self._deadline.moment():
            detail = f"the host wants a pause of {pause:.0f} s, longer than this check may last"
        elif self._overloads >= UNWILLING:
            detail = "the host turns requests away, however slowly they come"
        else:
            return None
        return Response(url=response.url, failure="deferred", detail=detail)
