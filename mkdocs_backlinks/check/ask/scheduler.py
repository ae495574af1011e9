"""Many stories are told at once: each question waits for its host, and for nothing else.

A host that asks for a pause gets it, for all that is to be asked of it. Trouble that may pass is asked again
later. A question that would have to wait beyond the deadline is answered `deferred` at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.answer import Answer
from mkdocs_backlinks.check.ask.alarm import NEVER, Alarm
from mkdocs_backlinks.check.ask.host import Host
from mkdocs_backlinks.check.ask.lanes import Lanes
from mkdocs_backlinks.check.ask.retry import back_off, patience
from mkdocs_backlinks.check.ask.tasks import all_or_none
from mkdocs_backlinks.check.question import Question, Story, Transport, tell
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.settings import ExternalSettings


@dataclass(slots=True)
class _Job:
    """A story with the question that it waits for, and how often that has met trouble."""

    story: Story
    question: Question
    host: Host[_Job]
    troubles: int = 0


class Scheduler:
    """Tells stories within the limits of `settings`; `deadline` is a moment on `timing.clock`."""

    def __init__(
        self, transport: Transport, settings: ExternalSettings, timing: Timing, deadline: float
    ) -> None:
        self._transport = transport
        self._settings = settings
        self._timing = timing
        self._deadline = deadline
        self._lanes: Lanes[_Job] = Lanes(settings.per_host)
        self._hosts: dict[str, Host[_Job]] = {}
        self._untold = 0
        self._lookout = asyncio.Lock()
        self._alarm = Alarm(timing)

    async def run(self, stories: Iterable[Story]) -> None:
        """Return when all stories have ended. An error in one ends them all, and so does cancelling."""
        told: list[Story] = []
        try:
            for story in stories:
                told.append(story)
                self._untold += 1
                self._go_on(story, None)
            workers = min(self._settings.concurrency, self._untold)
            await all_or_none(self._work() for _ in range(workers))
        finally:
            self._alarm.close()
            for story in told:
                story.close()

    async def _work(self) -> None:
        while (job := await self._next()) is not None:
            began = self._timing.clock()
            answer = await self._transport.send(job.question)
            self._lanes.done(job.host.lane)
            self._hear(job, answer, began)
            self._alarm.ring()

    async def _next(self) -> _Job | None:
        # One worker looks out for the next job, the others queue up behind it.
        async with self._lookout:
            while self._untold:
                job = self._lanes.take(self._timing.clock())
                if job:
                    return job
                await self._alarm.wait(self._lanes.wakes())
            return None

    def _hear(self, job: _Job, answer: Answer, began: float) -> None:
        """Ask again, or go on with the story; a wait that outlasts the run is not begun."""
        pause = job.host.learn(answer, began)
        again = job.troubles < min(patience(answer), job.question.manner.again)
        if again:
            job.troubles += 1
            pause = max(pause, back_off(job.troubles, self._timing.jitter()))
        ready = self._timing.clock() + pause
        if (again or answer.location) and ready >= self._deadline:
            self._go_on(job.story, _deferred(answer, pause), ready)
        elif again and job.host.closed is None:
            self._lanes.put(job.host.lane, job, ready)
        else:
            # RFC 9110 §10.2.3: whoever redirects may ask for patience as well.
            self._go_on(job.story, answer, ready if answer.location else self._timing.clock())
        if job.host.closed is not None:
            self._turn_away(job.host, job.host.closed)

    def _turn_away(self, host: Host[_Job], answer: Answer) -> None:
        for job in host.lane.empty():
            self._go_on(job.story, replace(answer, url=job.question.url), self._timing.clock())

    def _go_on(self, story: Story, answer: Answer | None, ready: float = NEVER) -> None:
        """Tell a story up to the next question that has to wait, or to its end."""
        while (question := tell(story, answer)) is not None:
            host = self._host(urls.host_of(question.url))
            if host.closed is None:
                self._lanes.put(host.lane, _Job(story, question, host), ready)
                return
            answer = replace(host.closed, url=question.url)
        self._untold -= 1

    def _host(self, name: str) -> Host[_Job]:
        if name not in self._hosts:
            self._hosts[name] = Host(self._lanes.open(), self._timing, self._deadline)
        return self._hosts[name]


def _deferred(answer: Answer, wait: float) -> Answer:
    said = answer.detail or f"answered {answer.status}"
    detail = f"{said}; to be asked again in {wait:.0f} s, after the end of this check"
    return Answer(url=answer.url, failure="deferred", detail=detail, headers=answer.headers)
