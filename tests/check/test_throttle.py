"""The throttle keeps its limits in every order of events, and lets nobody starve."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from check.fakes import answer, run_virtual, virtual_timing
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_backlinks.check.answer import Answer
from mkdocs_backlinks.check.retry import Retry
from mkdocs_backlinks.check.throttle import Lanes, Throttle
from mkdocs_backlinks.model import Url
from mkdocs_backlinks.settings import PerHostSettings

TOLERANCE = 1e-9
"""Of adding seconds as floating-point numbers."""


@dataclass
class Watched:
    """A fetcher that takes as long as the address says (`?0.5`) and watches who is in it together."""

    now: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)
    starts: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[str, float] = field(default_factory=dict)

    async def fetch(self, url: Url) -> Answer:
        host, _, seconds = url.removeprefix("http://").partition("/?")
        for group in (host, "all"):
            self.now[group] += 1
            self.most[group] = max(self.most[group], self.now[group])
        self.starts[host].append(asyncio.get_running_loop().time())
        await asyncio.sleep(float(seconds))
        for group in (host, "all"):
            self.now[group] -= 1
        self.ends[host] = asyncio.get_running_loop().time()
        return answer(url, 200)


@dataclass(frozen=True)
class Visit:
    host: str
    arrives: float
    lasts: float


def watch(visits: Sequence[Visit], concurrency: int, per_host: PerHostSettings) -> Watched:
    inner = Watched()

    async def all_visits() -> None:
        throttle = Throttle(inner, Lanes(concurrency, per_host, virtual_timing()))

        async def pay(visit: Visit) -> None:
            await asyncio.sleep(visit.arrives)
            await throttle.fetch(Url(f"http://{visit.host}/?{visit.lasts}"))

        await asyncio.gather(*map(pay, visits))

    run_virtual(all_visits())
    return inner


SECONDS = st.sampled_from([0.0, 0.01, 0.1, 0.3, 1.0, 5.0])
VISITS = st.lists(
    st.builds(Visit, st.sampled_from(["a.test", "b.test", "c.test"]), SECONDS, SECONDS), max_size=30
)
LIMITS = st.builds(PerHostSettings, concurrency=st.integers(1, 4), interval=st.sampled_from([0.0, 0.1, 1.0]))


@settings(deadline=None)
@given(VISITS, st.integers(1, 6), LIMITS)
def test_the_limits_hold_in_every_order(
    visits: list[Visit], concurrency: int, limits: PerHostSettings
) -> None:
    seen = watch(visits, concurrency, limits)
    assert seen.most["all"] <= concurrency
    for host, starts in seen.starts.items():
        assert seen.most[host] <= limits.concurrency
        assert all(b - a >= limits.interval - TOLERANCE for a, b in pairwise(starts))
    assert sum(map(len, seen.starts.values())) == len(visits)


def test_a_busy_host_leaves_room_for_the_others() -> None:
    crowd = [Visit("busy.test", 0.0, 60.0) for _ in range(50)]
    quiet = [Visit(f"quiet{n}.test", 1.0, 0.0) for n in range(9)]
    seen = watch([*crowd, *quiet], 4, PerHostSettings(concurrency=2, interval=0.1))
    assert seen.most["busy.test"] == 2
    assert all(seen.ends[visit.host] == 1.0 for visit in quiet)


def test_a_host_that_waits_for_its_interval_holds_no_place() -> None:
    paced = [Visit("paced.test", 0.0, 0.0) for _ in range(20)]
    seen = watch([*paced, Visit("other.test", 0.5, 0.0)], 1, PerHostSettings(concurrency=9, interval=10.0))
    assert seen.ends["other.test"] == 0.5


def test_limits_are_used_up() -> None:
    """Twelve requests of a second, three at a time: four seconds."""
    seen = watch([Visit("a.test", 0.0, 1.0)] * 12, 64, PerHostSettings(concurrency=3, interval=0.0))
    assert seen.ends["a.test"] == 4.0


def test_a_cancelled_request_gives_its_place_back() -> None:
    async def story() -> None:
        inner = Watched()
        throttle = Throttle(inner, Lanes(1, PerHostSettings(concurrency=1, interval=1.0), virtual_timing()))
        stuck = [asyncio.create_task(throttle.fetch(Url("http://a.test/?999"))) for _ in range(3)]
        await asyncio.sleep(5)
        for task in stuck:
            task.cancel()
        await throttle.fetch(Url("http://a.test/?0"))
        assert inner.ends["a.test"] == 5.0

    run_virtual(story())


def test_a_host_that_wants_a_pause_gets_it_and_the_run_stays_short() -> None:
    """24 addresses of one host, each once `429, Retry-After: 2`: no early hit, six seconds in all."""
    asked: defaultdict[str, list[float]] = defaultdict(list)

    class Limited:
        async def fetch(self, url: Url) -> Answer:
            asked[url].append(asyncio.get_running_loop().time())
            await asyncio.sleep(0.01)
            return answer(url, 200) if len(asked[url]) > 1 else answer(url, 429, retry_after="2")

    async def story() -> float:
        timing = virtual_timing()
        layers = Retry(Throttle(Limited(), Lanes(64, PerHostSettings(), timing)), timing, 300.0)
        answers = await asyncio.gather(*(layers.fetch(Url(f"http://a.test/{n}")) for n in range(24)))
        assert {found.status for found in answers} == {200}
        return timing.clock()

    assert run_virtual(story()) <= 6.0
    assert all(second - first >= 2.0 for first, second in asked.values())
