"""Answers are heard together while hosts are given their time, and at once when somebody waits for them."""

from __future__ import annotations

import asyncio
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from check.ask.test_scheduler import OPTIONS, Reaction, World, ending, endless, many
from check.fakes import ask, internet, response, run_virtual, virtual_timing
from loopback import Loopback, reply

from mkdocs_backlinks.check.ask.looks import HEARING, PATIENT, REST, TURNS, Looks, run
from mkdocs_backlinks.check.ask.scheduler import Scheduler, at_once
from mkdocs_backlinks.check.request import Probe, Request
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.model import Url
from mkdocs_backlinks.settings import ExternalSettings, PerHostSettings

on_a_selector = pytest.mark.skipif(sys.platform == "win32", reason="its loop has no selector that could rest")


@contextmanager
def lines(number: int) -> Iterator[list[tuple[socket.socket, socket.socket]]]:
    pairs = [socket.socketpair() for _ in range(number)]
    try:
        yield pairs
    finally:
        for ends in pairs:
            for end in ends:
                end.close()


RESTS: dict[str, tuple[bool, float | None, list[float]]] = {
    "with time and no timer": (True, None, [REST]),
    "with time, a timer is far": (True, 5.0, [REST]),
    "with time, a timer is near": (True, REST / 4, [REST / 4 - HEARING]),
    "with time, a timer is as good as due": (True, HEARING, []),
    "something else is to be done": (True, 0.0, []),
    "a timer is due": (True, -1.0, []),
    "without time": (False, None, []),
    "without time, a timer is far": (False, 5.0, []),
}


@pytest.mark.parametrize("name", RESTS)
def test_it_rests_as_long_as_it_may_and_no_timer_is_due(name: str) -> None:
    has_time, timeout, expected = RESTS[name]
    rests: list[float] = []
    with lines(1) as [(one, other)], closing(Looks(rests.append)) as looks:
        looks.register(one, selectors.EVENT_READ)
        looks.may_rest = lambda: has_time
        other.send(b"x")
        assert [key.fileobj for key, _ in looks.select(timeout)] == [one]
    assert rests == expected


def test_what_comes_in_a_rest_is_found_together() -> None:
    with lines(5) as pairs:

        def rest(_: float) -> None:
            for ends in pairs:
                ends[1].send(b"x")

        with closing(Looks(rest)) as looks:
            looks.may_rest = lambda: True
            for one, _ in pairs:
                looks.register(one, selectors.EVENT_READ)
            assert {key.fileobj for key, _ in looks.select(1.0)} == {one for one, _ in pairs}


@on_a_selector
def test_what_is_left_of_a_timeout_is_waited_for() -> None:
    rests: list[float] = []
    with closing(Looks(rests.append)) as looks:
        looks.may_rest = lambda: True
        assert looks.select(2 * HEARING) == []
    assert rests == [HEARING]


@on_a_selector
def test_timers_are_kept_to_the_moment() -> None:
    slept: list[float] = []

    async def work() -> None:
        looks.may_rest = lambda: True
        await asyncio.sleep(4 * HEARING)

    looks = Looks(slept.append)
    run(work(), looks)
    assert slept
    assert max(slept) <= 3 * HEARING


def test_who_waits_until_all_is_heard_waits_no_longer_than_that() -> None:
    acts: list[str] = []

    async def hear() -> None:
        for _ in range(TURNS // 2):
            await asyncio.sleep(0)
        acts.append("heard")

    async def work() -> None:
        hearing = asyncio.create_task(hear())
        looks.when_heard(lambda: acts.append("begun"))
        looks.when_heard(lambda: acts.append("begun"))
        await asyncio.sleep(0.01)
        await hearing

    looks = Looks()
    run(work(), looks)
    assert acts == ["heard", "begun", "begun"]


def test_nobody_waits_for_a_loop_that_always_has_something_to_do() -> None:
    acts: list[int] = []

    async def work() -> None:
        looks.when_heard(lambda: acts.append(turn))
        for turn in range(3 * TURNS):  # noqa: B007 (the lambda looks at it)
            await asyncio.sleep(0)

    looks = Looks()
    run(work(), looks)
    assert acts
    assert acts[0] <= TURNS + 2


def test_a_run_goes_on_where_the_loop_has_no_selector(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: nothing rests there, and requests begin all the same."""

    def without(looks: Looks) -> asyncio.AbstractEventLoop:
        looks.close()
        return asyncio.new_event_loop()

    monkeypatch.setattr("mkdocs_backlinks.check.ask.looks._loop", without)
    with Loopback({f"/{at}": reply() for at in range(3)}) as server:
        found = ask(*(server.url(f"/{at}") for at in range(3)))
    assert {one.status for one in found.values()} == {200}


class Speaking:
    """A transport whose first answer comes as soon as somebody writes, and takes some turns to hear."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self.starts: list[float] = []

    async def send(self, request: Request) -> Response:
        self.starts.append(time.monotonic())
        if len(self.starts) > 1:
            return response(request.url, 200)
        await asyncio.get_running_loop().sock_recv(self._line, 1)
        time.sleep(2 * HEARING)  # noqa: ASYNC251 (to hear it takes until the timer is due)
        for _ in range(5):
            await asyncio.sleep(0)
        return response(request.url, 429, retry_after="1")


@on_a_selector
def test_a_pause_that_is_asked_for_in_a_rest_is_kept() -> None:
    """The next request to the host is due when the rest ends, but the answer was there before."""
    limits = ExternalSettings(per_host=PerHostSettings(interval=0.05))

    with lines(1) as [(one, other)]:
        one.setblocking(False)
        speaking = Speaking(one)

        def rest(seconds: float) -> None:
            other.send(b"x")
            time.sleep(seconds)

        async def work() -> None:
            timing = Timing(jitter=lambda: 0.0)
            scheduler = Scheduler(speaking, limits, timing, ending(timing, 60.0), looks.when_heard)
            looks.may_rest = scheduler.has_time
            await scheduler.run(at_once(probe(Url(f"http://a.test/{at}")) for at in range(2)))

        looks = Looks(rest)
        run(work(), looks)
    first, second, _ = speaking.starts
    assert second - first >= 1.0


def test_a_run_leaves_no_task_behind_and_raises_what_went_wrong() -> None:
    ended: list[str] = []

    async def forever() -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            ended.append("task")

    async def work() -> None:
        keep.append(asyncio.create_task(forever()))
        await asyncio.sleep(0)
        raise ZeroDivisionError

    keep: list[asyncio.Task[None]] = []
    with pytest.raises(ZeroDivisionError):
        run(work(), Looks())
    assert ended == ["task"]


TIMES: dict[str, tuple[dict[str, list[Reaction]], int, int, float, bool]] = {
    "addresses wait for the time of their host": (many("a.test", 3, Reaction(0.2)), 64, 4, 1.0, True),
    "they wait for an answer of it": (many("a.test", 3, Reaction(2.0)), 64, 1, 0.1, False),
    "they wait for a place": (
        {**many("a.test", 3, Reaction(2.0)), **many("b.test", 3, Reaction(2.0))},
        2,
        4,
        1.0,
        False,
    ),
    "nothing waits": (many("a.test", 1, Reaction(2.0)), 64, 4, 1.0, False),
    "all have answered": (many("a.test", 1, Reaction(0.2)), 64, 4, 1.0, False),
    "one waits until it may be asked again": (many("a.test", 1, Reaction(0.2, 500)), 64, 4, 0.0, True),
    "one waits for its time, one for an answer": (
        {**many("a.test", 9, Reaction(0.2)), **many("slow.test", 9, Reaction(9.0))},
        64,
        4,
        0.1,
        False,
    ),
}


@pytest.mark.parametrize("is_broken_off", [False, True])
@pytest.mark.parametrize("name", TIMES)
def test_there_is_time_while_hosts_are_given_theirs(name: str, is_broken_off: bool) -> None:
    script, concurrency, most, interval, expected = TIMES[name]
    limits = ExternalSettings(
        concurrency=concurrency, per_host=PerHostSettings(concurrency=most, interval=interval)
    )

    async def work() -> bool:
        scheduler = Scheduler(World(script), limits, virtual_timing(), endless())
        running = asyncio.ensure_future(scheduler.run(at_once(probe(Url(url)) for url in script)))
        await asyncio.sleep(0.5)
        had_time = scheduler.has_time()
        if is_broken_off:
            running.cancel()
        await asyncio.wait({running})
        assert not scheduler.has_time()
        return had_time

    assert run_virtual(work()) is expected


async def probe(url: Url) -> None:
    await Request(url, OPTIONS)


class Dozing(World):
    """A world whose answers are heard a whole rest later whenever there is time."""

    def __init__(self, script: dict[str, list[Reaction]]) -> None:
        super().__init__(script)
        self.scheduler: Scheduler | None = None
        self.late = 0

    async def send(self, request: Request) -> Response:
        heard = await super().send(request)
        if self.scheduler is not None and self.scheduler.has_time():
            self.late += 1
            await asyncio.sleep(REST)
        return heard


SITES: dict[str, dict[str, list[Reaction]]] = {
    "one host has most": {
        **many("long.test", 60, Reaction(0.06)),
        **{url: way for at in range(40) for url, way in many(f"{at}.test", 3, Reaction(0.2)).items()},
    },
    "all hosts have as many": {
        url: way for at in range(30) for url, way in many(f"{at}.test", 9, Reaction(0.1)).items()
    },
    "a slow host has most": {
        **many("slow.test", 40, Reaction(0.35)),
        **{url: way for at in range(40) for url, way in many(f"{at}.test", 2, Reaction(0.1)).items()},
    },
    "a slow host beside a quick one": {
        **many("slow.test", 60, Reaction(0.38)),
        **many("quick.test", 60, Reaction(0.06)),
    },
    "each address has a host": {f"http://{at}.test/": [Reaction(0.3)] for at in range(200)},
}


@pytest.mark.parametrize("name", SITES)
def test_rests_make_a_run_hardly_longer(name: str) -> None:
    def seconds(world: World) -> float:
        async def work() -> float:
            timing = virtual_timing()
            scheduler = Scheduler(world, ExternalSettings(), timing, endless())
            if isinstance(world, Dozing):
                world.scheduler = scheduler
            probes: list[Probe] = [probe(Url(url)) for url in SITES[name]]
            await scheduler.run(at_once(probes))
            return timing.clock()

        return run_virtual(work())

    dozing = Dozing(SITES[name])
    assert seconds(dozing) <= seconds(World(SITES[name])) + 2 * REST
    assert bool(dozing.late) is (name != "each address has a host")


@on_a_selector
@pytest.mark.parametrize("timeout", [5.0, 1.5])
def test_a_run_rests_while_hosts_are_given_their_time(
    monkeypatch: pytest.MonkeyPatch, timeout: float
) -> None:
    """Not where a request has little time, nor in the end, when nothing waits."""
    rests: list[bool] = []

    class Watched(Looks):
        def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
            rests.append(self.may_rest())
            return super().select(timeout)

    monkeypatch.setattr("mkdocs_backlinks.check.ask.ask_all.Looks", Watched)
    with Loopback({f"/{at}": reply() for at in range(5)}) as server:
        addresses = [server.url(f"/{at}") for at in range(5)]
        environment = replace(internet(), timing=Timing())
        pace = PerHostSettings(interval=0.05)
        found = ask(*addresses, environment=environment, per_host=pace, timeout=timeout)
    assert {one.status for one in found.values()} == {200}
    assert (True in rests) is (timeout >= PATIENT)
    assert not rests[-1]
