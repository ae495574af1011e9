"""The scheduler keeps its limits and its promises in every order of events, in virtual time."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from check.fakes import response, run_virtual, virtual_timing
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_backlinks import urls
from mkdocs_backlinks.check.ask.host import MAX_OVERLOADS, MAX_SILENCES
from mkdocs_backlinks.check.ask.scheduler import ProbeBatch, Scheduler
from mkdocs_backlinks.check.ask.timers import Deadline
from mkdocs_backlinks.check.request import FollowUpTurn, Probe, Request, RequestOptions
from mkdocs_backlinks.check.response import Response
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.model import Url
from mkdocs_backlinks.settings import ExternalSettings, PerHostSettings

TOLERANCE = 1e-9
"""Of adding seconds as floating-point numbers."""

OPTIONS = RequestOptions(timeout=20)


@dataclass(frozen=True)
class Reaction:
    """What a server does with one request: the seconds until it answers, and what."""

    lasts: float = 0.0
    status: int | None = 200
    retry_after: str | None = None
    location: str | None = None

    def to(self, url: Url) -> Response:
        if self.status is None:
            return response(url, failure="timeout", stage="exchange", detail="told so")
        return response(url, self.status, location=self.location, retry_after=self.retry_after)


@dataclass
class World:
    """A transport whose addresses react in turn as they are told, the last way for good."""

    script: dict[str, list[Reaction]]
    now: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)
    starts: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[str, float] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)
    pauses: defaultdict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    async def send(self, request: Request) -> Response:
        url, host = request.url, urls.host_of(request.url)
        clock = asyncio.get_running_loop().time
        reactions = self.script[url]
        reaction = reactions[min(self.asked[url], len(reactions) - 1)]
        self.asked[url] += 1
        self.order.append(url)
        self.starts[host].append(clock())
        for group in (host, "all"):
            self.now[group] += 1
            self.most[group] = max(self.most[group], self.now[group])
        try:
            await asyncio.sleep(reaction.lasts)
        finally:
            for group in (host, "all"):
                self.now[group] -= 1
        self.ends[host] = clock()
        if reaction.retry_after:
            self.pauses[host].append((clock(), clock() + float(reaction.retry_after)))
        return reaction.to(url)


@dataclass
class Told:
    """What came of a run."""

    world: World
    answers: dict[str, list[Response]]
    seconds: float


def run(
    script: dict[str, list[Reaction]],
    *,
    concurrency: int = 64,
    most: int = 4,
    interval: float = 0.0,
    deadline: float = 1e9,
    options: RequestOptions = OPTIONS,
) -> Told:
    world = World(script)
    answers: dict[str, list[Response]] = defaultdict(list)

    async def probe(url: Url) -> None:
        answers[url].append(await Request(url, options))

    async def work() -> float:
        timing = virtual_timing()
        limits = ExternalSettings(
            concurrency=concurrency, per_host=PerHostSettings(concurrency=most, interval=interval)
        )
        scheduler = Scheduler(world, limits, timing, ending(timing, deadline))
        await scheduler.run(at_once(probe(Url(url)) for url in script))
        return timing.clock()

    return Told(world, answers, run_virtual(work()))


def ending(timing: Timing, seconds: float) -> Deadline:
    deadline = Deadline(timing, seconds)
    deadline.begin()
    return deadline


async def at_once(probes: Iterable[Probe]) -> AsyncIterator[ProbeBatch]:
    """A single batch of probes."""
    yield ProbeBatch(probes)


def endless() -> Deadline:
    return ending(virtual_timing(), 1e9)


def many(host: str, number: int, *reactions: Reaction) -> dict[str, list[Reaction]]:
    return {f"http://{host}/{at}": list(reactions or [Reaction()]) for at in range(number)}


SECONDS = st.sampled_from([0.0, 0.01, 0.1, 0.3, 1.0, 5.0])
REACTIONS = st.one_of(
    st.builds(Reaction, SECONDS, st.sampled_from([200, 404, 500, 403])),
    st.builds(Reaction, SECONDS, st.sampled_from([429, 503]), st.sampled_from([None, "1", "3"])),
    st.builds(Reaction, SECONDS, st.none()),
)
PATHS = st.tuples(st.sampled_from(["a.test", "b.test", "c.test"]), st.integers(0, 9))
SCRIPTS = st.dictionaries(
    PATHS.map(lambda path: f"http://{path[0]}/{path[1]}"), st.lists(REACTIONS, min_size=1, max_size=4)
)


@given(SCRIPTS, st.integers(1, 6), st.integers(1, 4), st.sampled_from([0.0, 0.1, 1.0]))
def test_what_is_promised_holds_in_every_order(
    script: dict[str, list[Reaction]], concurrency: int, most: int, interval: float
) -> None:
    told = run(script, concurrency=concurrency, most=most, interval=interval)
    assert {url: len(answers) for url, answers in told.answers.items()} == dict.fromkeys(script, 1)
    assert told.world.most["all"] <= concurrency
    assert all(times <= 4 for times in told.world.asked.values())
    for host, starts in told.world.starts.items():
        assert told.world.most[host] <= most
        assert all(b - a >= interval - TOLERANCE for a, b in pairwise(starts))
        assert not _during(starts, told.world.pauses[host])
    assert told.seconds <= _longest(script, interval)


@given(SCRIPTS, st.integers(1, 6), st.sampled_from([0.0, 0.1, 1.0]), st.sampled_from([0.0, 0.3, 7.0]))
def test_the_same_holds_for_what_comes_later(
    script: dict[str, list[Reaction]], concurrency: int, interval: float, pause: float
) -> None:
    world, answers = World(script), defaultdict[str, list[Response]](list)

    async def probe(url: Url) -> None:
        answers[url].append(await Request(url, OPTIONS))

    async def coming() -> AsyncIterator[ProbeBatch]:
        for number, url in enumerate(script):
            await asyncio.sleep(pause)
            yield ProbeBatch([probe(Url(url))], is_urgent=number % 2 == 0)

    async def work() -> float:
        limits = ExternalSettings(
            concurrency=concurrency, per_host=PerHostSettings(concurrency=2, interval=interval)
        )
        await Scheduler(world, limits, virtual_timing(), endless()).run(coming())
        return asyncio.get_running_loop().time()

    seconds = run_virtual(work())
    assert {url: len(found) for url, found in answers.items()} == dict.fromkeys(script, 1)
    assert world.most["all"] <= concurrency
    for host, starts in world.starts.items():
        assert all(b - a >= interval - TOLERANCE for a, b in pairwise(starts))
        assert not _during(starts, world.pauses[host])
    assert seconds <= pause * len(script) + _longest(script, interval)


def test_what_is_urgent_comes_before_what_waits_for_the_same_host() -> None:
    script = many("a.test", 4)
    world = World(script)

    async def probe(url: str) -> None:
        await Request(Url(url), OPTIONS)

    async def coming() -> AsyncIterator[ProbeBatch]:
        first, *others, last = script
        yield ProbeBatch(map(probe, [first, *others]))
        await asyncio.sleep(0.1)
        yield ProbeBatch([probe(last)], is_urgent=True)

    async def work() -> None:
        limits = ExternalSettings(per_host=PerHostSettings(concurrency=1, interval=1.0))
        await Scheduler(world, limits, virtual_timing(), endless()).run(coming())

    run_virtual(work())
    assert [url[-1] for url in world.order] == ["0", "3", "1", "2"]


def follow_ups(script: dict[str, list[Reaction]], not_before: float = 0.0) -> tuple[list[float], float]:
    """When the probes of a run got their follow-up turn, and when the run ended."""
    turns: list[float] = []

    async def probe(url: str) -> None:
        await Request(Url(url), OPTIONS)
        await FollowUpTurn(not_before)
        turns.append(virtual_timing().clock())

    async def work() -> float:
        scheduler = Scheduler(World(script), ExternalSettings(), virtual_timing(), endless())
        await scheduler.run(at_once(map(probe, script)))
        return virtual_timing().clock()

    seconds = run_virtual(work())
    return turns, seconds


def test_follow_ups_begin_when_all_have_answered_though_some_are_asked_again() -> None:
    turns, seconds = follow_ups(
        {
            "http://a.test/": [Reaction(3.0)],
            "http://b.test/": [Reaction(1.0, 500)],
            "http://c.test/": [Reaction(2.0, 302, None, "http://d.test/")],
        }
    )
    assert turns == [3.0, 3.0, 7.5]
    assert seconds == 4 * 1.0 + 0.5 + 1.0 + 2.0


def test_follow_ups_begin_when_a_host_is_closed_for_those_that_have_not_been_asked() -> None:
    turns, _ = follow_ups(many("dead.test", 50, Reaction(1.0, None)))
    assert len(turns) == 50


def test_follow_ups_wait_for_the_moment_that_they_name() -> None:
    assert follow_ups(many("a.test", 2), not_before=5.0) == ([5.0, 5.0], 5.0)


def test_follow_ups_wait_for_the_last_batch() -> None:
    turns: list[float] = []

    async def probe() -> None:
        await Request(Url("http://a.test/0"), OPTIONS)
        await FollowUpTurn()
        turns.append(virtual_timing().clock())

    async def coming() -> AsyncIterator[ProbeBatch]:
        yield ProbeBatch([probe()])
        await asyncio.sleep(9.0)

    async def work() -> None:
        scheduler = Scheduler(World(many("a.test", 1)), ExternalSettings(), virtual_timing(), endless())
        await scheduler.run(coming())

    run_virtual(work())
    assert turns == [9.0]


def test_a_host_that_bears_more_again_is_asked_for_more_at_once() -> None:
    """It answers 503, then well, and one of its answers takes long; nobody waits for that one."""
    script = {
        "http://a.test/busy": [Reaction(1.0, 503), Reaction()],
        "http://a.test/well": [Reaction(2.0)],
        "http://a.test/slow": [Reaction(9.0)],
        "http://a.test/next": [Reaction()],
    }
    assert run(script, most=3).world.starts["a.test"] == [0.0, 0.0, 0.0, 2.0, 2.0]


def test_what_goes_wrong_with_what_is_coming_ends_all() -> None:
    async def probe() -> None:
        await Request(Url("http://a.test/0"), OPTIONS)

    async def coming() -> AsyncIterator[ProbeBatch]:
        yield ProbeBatch([probe()])
        raise ZeroDivisionError

    async def work() -> None:
        world = World(many("a.test", 1, Reaction(5.0)))
        await Scheduler(world, ExternalSettings(), virtual_timing(), endless()).run(coming())

    with pytest.raises(ZeroDivisionError):
        run_virtual(work())


def test_the_time_begins_to_run_when_all_is_known() -> None:
    async def work() -> list[float]:
        deadline = Deadline(virtual_timing(), 60.0)
        moments = [deadline.moment()]
        await asyncio.sleep(100)
        moments.append(deadline.moment())
        deadline.begin()
        await deadline.passes()
        return [*moments, deadline.moment(), virtual_timing().clock()]

    assert run_virtual(work()) == [60.0, 160.0, 160.0, 160.0]


def _during(starts: Sequence[float], pauses: Iterable[tuple[float, float]]) -> list[float]:
    return [one for begin, end in pauses for one in starts if begin + TOLERANCE < one < end - TOLERANCE]


def _longest(script: dict[str, list[Reaction]], interval: float) -> float:
    """One request after the other, with every pause and back-off waited for on its own."""
    requests = 4 * len(script)
    slowest = max((one.lasts for reactions in script.values() for one in reactions), default=0.0)
    return requests * (slowest + interval + 3.0 + 30.0) + TOLERANCE


@given(SCRIPTS, st.sampled_from([0.5, 2.0, 7.0]))
def test_no_wait_ends_after_the_deadline(script: dict[str, list[Reaction]], deadline: float) -> None:
    """Later than that is only what had its turn without waiting, in a queue of its host."""
    told = run(script, interval=0.1, deadline=deadline)
    assert {url: len(answers) for url, answers in told.answers.items()} == dict.fromkeys(script, 1)
    slowest = max((one.lasts for reactions in script.values() for one in reactions), default=0.0)
    crowd = len(script) * (slowest + 0.1)
    assert told.seconds <= deadline + crowd


@given(SCRIPTS, st.sampled_from([0.0, 0.05, 0.31, 1.0, 2.5]))
def test_a_cancelled_run_leaves_nothing_behind(script: dict[str, list[Reaction]], after: float) -> None:
    begun: list[str] = []
    closed: list[str] = []

    async def probe(url: Url) -> None:
        begun.append(url)
        try:
            await Request(url, OPTIONS)
        finally:
            closed.append(url)

    async def work() -> None:
        limits = ExternalSettings(concurrency=3, per_host=PerHostSettings(interval=0.1))
        scheduler = Scheduler(World(script), limits, virtual_timing(), endless())
        running = asyncio.ensure_future(scheduler.run(at_once(probe(Url(url)) for url in script)))
        await asyncio.sleep(after)
        running.cancel()
        await asyncio.wait({running})
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run_virtual(work())
    assert sorted(closed) == sorted(begun)
    assert begun == list(script) or after == 0


def test_a_busy_host_leaves_room_for_the_others() -> None:
    quiet = {f"http://quiet{at}.test/": [Reaction()] for at in range(9)}
    told = run({**many("busy.test", 50, Reaction(60.0)), **quiet}, concurrency=4, most=2)
    assert told.world.most["busy.test"] == 2
    assert all(told.world.ends[f"quiet{at}.test"] == 0.0 for at in range(9))


def test_the_host_that_all_will_wait_for_in_the_end_is_not_kept_waiting() -> None:
    quiet = {f"http://quiet{at}.test/": [Reaction(1.0)] for at in range(90)}
    told = run({**quiet, **many("large.test", 31)}, concurrency=3, most=1, interval=1.0)
    assert told.world.ends["large.test"] == pytest.approx(31, abs=1)
    assert told.seconds <= 32


def late(host: str, number: int, pause: str) -> dict[str, list[Reaction]]:
    """A host that wants a pause at first, and so falls out of step with the others."""
    return {**many(host, number), f"http://{host}/0": [Reaction(0.0, 429, pause), Reaction()]}


@pytest.mark.parametrize(
    "large",
    [Reaction(20.0, None), Reaction(0.0, 429, "20"), Reaction(5.0)],
    ids=["is silent", "wants pauses", "is slow"],
)
def test_nobody_waits_for_a_long_queue_that_does_not_move(large: Reaction) -> None:
    told = run({**many("large.test", 300, large), **late("other.test", 100, "0.75")}, interval=0.1)
    assert told.world.ends["other.test"] == pytest.approx(10.65)


def test_hosts_with_as_many_questions_take_turns() -> None:
    hosts = [f"host{at}.test" for at in range(5)]
    script = {url: one for host in hosts for url, one in many(host, 2, Reaction(1.0)).items()}
    told = run(script, concurrency=1, most=1)
    assert [urls.host_of(Url(url)) for url in told.world.order] == hosts * 2


def test_a_host_that_waits_for_its_interval_holds_no_place() -> None:
    told = run({**many("paced.test", 20), **many("other.test", 1)}, concurrency=1, most=9, interval=10.0)
    assert told.world.ends["other.test"] == 0.0
    assert told.seconds == 190.0


def test_a_host_that_pauses_holds_no_place() -> None:
    limited = many("limited.test", 3, Reaction(0.0, 429, "60"), Reaction())
    told = run({**limited, **many("other.test", 9, Reaction(1.0))}, concurrency=1, most=1)
    assert told.world.ends["other.test"] == 9.0


def test_limits_are_used_up() -> None:
    """Twelve requests of a second, three at a time: four seconds."""
    assert run(many("a.test", 12, Reaction(1.0)), most=3).seconds == 4.0


def test_one_pause_is_shared_by_all_that_wait_for_the_host() -> None:
    """24 addresses of one host, all under way at once, each once `429, Retry-After: 2`: two seconds."""
    told = run(many("a.test", 24, Reaction(0.0, 429, "2"), Reaction()), most=24)
    assert told.seconds <= 6.0
    assert set(told.world.asked.values()) == {2}
    assert not _during(told.world.starts["a.test"], told.world.pauses["a.test"])


def test_a_pause_that_is_kept_costs_no_places() -> None:
    """The same, four at once: six pauses of two seconds, and every address is asked twice."""
    told = run(many("a.test", 24, Reaction(0.05, 429, "2"), Reaction(0.05)), most=4)
    assert told.seconds <= 14.0
    assert set(told.world.asked.values()) == {2}
    assert not _during(told.world.starts["a.test"], told.world.pauses["a.test"])


def test_at_one_request_an_interval_only_the_pauses_are_waited_for() -> None:
    """Half a second until the host complains, a request each tenth of it: four are under way by then."""
    told = run(many("a.test", 24, Reaction(0.5, 429, "2"), Reaction(0.5)), most=4, interval=0.1)
    assert told.seconds <= 6 * (2.0 + 0.5 + 0.5 + 8 * 0.1)
    assert set(told.world.asked.values()) == {2}
    assert not _during(told.world.starts["a.test"], told.world.pauses["a.test"])


@pytest.mark.parametrize("retry_after", [None, "2"])
def test_a_host_that_complains_again_is_asked_for_less_at_once(retry_after: str | None) -> None:
    """Where no pause is named, at once; where one is, when it was kept in vain."""
    script = many("a.test", 40, *[Reaction(1.0, 429, retry_after)] * 2, Reaction(1.0))
    told = run(script, most=8)
    rounds = _rounds(told.world.starts["a.test"])
    assert rounds[0] == 8
    assert rounds[1] == (4 if retry_after is None else 8)
    assert rounds[2] < rounds[0]


def _rounds(starts: Sequence[float]) -> list[int]:
    """How many requests began at each moment at which any did."""
    return [count for _, count in sorted(Counter(starts).items())]


def test_a_host_whose_pauses_are_kept_in_vain_is_left_in_peace() -> None:
    told = run(many("a.test", 50, Reaction(0.1, 429, "2")), most=4)
    assert len(_rounds(told.world.starts["a.test"])) == MAX_OVERLOADS
    assert told.answers["http://a.test/49"][0].failure == "deferred"
    assert told.seconds < 60.0


def test_a_date_in_the_past_asks_for_no_pause() -> None:
    past = Reaction(0.0, 503)
    world = run({"http://a.test/": [past, Reaction()]}).world
    assert world.starts["a.test"] == [0.0, 0.5]


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 521, 599, None])
def test_passing_trouble_is_met_four_times_with_growing_patience(status: int | None) -> None:
    told = run({"http://a.test/": [Reaction(0.0, status)]})
    assert told.world.starts["a.test"] == [0.0, 0.5, 1.5, 3.5]
    assert told.answers["http://a.test/"][0].status == status


@pytest.mark.parametrize("status", [200, 204, 301, 304, 401, 403, 404, 410, 451, 600, 999])
def test_any_other_status_is_final(status: int) -> None:
    assert run({"http://a.test/": [Reaction(0.0, status)]}).world.starts["a.test"] == [0.0]


def test_the_first_good_answer_ends_it() -> None:
    told = run({"http://a.test/": [Reaction(0.0, 503), Reaction(), Reaction(0.0, 404)]})
    assert [one.status for one in told.answers["http://a.test/"]] == [200]


def test_whoever_asks_may_want_no_patience() -> None:
    told = run({"http://a.test/": [Reaction(0.0, 503)]}, options=RequestOptions(timeout=1, retries=0))
    assert told.world.asked["http://a.test/"] == 1


def test_what_has_been_begun_is_finished_before_more_is_begun() -> None:
    script = {"http://a.test/first": [Reaction(0.0, 500), Reaction()], **many("a.test", 40)}
    told = run(script, most=1, interval=0.1)
    repeated = [at for at, url in enumerate(told.world.order) if url == "http://a.test/first"]
    assert repeated == [0, 5]


def test_a_host_in_trouble_is_asked_for_less_at_once() -> None:
    """Eight at once, four of them overloaded: from then on fewer, and more again with each good answer."""
    script = many("a.test", 40, Reaction(1.0))
    for at in range(4):
        script[f"http://a.test/{at}"] = [Reaction(1.0, 503), Reaction(1.0)]
    told = run(script, most=8)
    before = [one for one in told.world.starts["a.test"] if one < 1.0]
    after = [one for one in told.world.starts["a.test"] if 1.0 <= one < 2.0]
    late = [one for one in told.world.starts["a.test"] if 4.0 <= one < 5.0]
    assert len(before) == 8
    assert len(after) < 8
    assert len(late) > len(after)


def test_a_redirect_may_ask_for_patience_as_well() -> None:
    async def probe(asked: list[float]) -> None:
        first = await Request(Url("http://a.test/"), OPTIONS)
        assert first.location == "http://b.test/"
        await Request(Url("http://b.test/"), OPTIONS)
        asked.append(asyncio.get_running_loop().time())

    async def work() -> list[float]:
        asked: list[float] = []
        world = World(
            {
                "http://a.test/": [Reaction(0.0, 302, "7", "http://b.test/")],
                "http://b.test/": [Reaction()],
            }
        )
        await Scheduler(world, ExternalSettings(), virtual_timing(), endless()).run(at_once([probe(asked)]))
        return asked

    assert run_virtual(work()) == [7.0]


def test_a_pause_beyond_the_deadline_is_not_begun() -> None:
    told = run(many("a.test", 30, Reaction(0.0, 429, "3600")), most=1, deadline=300.0)
    found = [answers[0] for answers in told.answers.values()]
    assert {one.failure for one in found} == {"deferred"}
    assert sum(told.world.asked.values()) == 1
    assert found[0].detail == "answered 429; to be asked again in 3600 s, after the end of this check"
    assert found[1].detail == "the host wants a pause of 3600 s, longer than this check may last"


def test_a_quota_that_is_used_up_is_not_overdrawn() -> None:
    """No 429 is ever seen: the fields say beforehand when to stop."""
    starts: list[float] = []

    class Metered:
        async def send(self, request: Request) -> Response:
            starts.append(asyncio.get_running_loop().time())
            fields = {"x-ratelimit-remaining": str(3 - len(starts) % 4), "x-ratelimit-reset": "10"}
            return response(request.url, 200, headers=fields)

    async def work() -> None:
        async def probe(at: int) -> None:
            await Request(Url(f"http://a.test/{at}"), OPTIONS)

        limits = ExternalSettings(per_host=PerHostSettings(concurrency=1, interval=0))
        await Scheduler(Metered(), limits, virtual_timing(), endless()).run(
            at_once(probe(at) for at in range(8))
        )

    run_virtual(work())
    assert starts == [0.0, 0.0, 0.0, 10.0, 10.0, 10.0, 10.0, 20.0]


def test_a_dead_host_does_not_eat_the_budget() -> None:
    told = run({**many("dead.test", 50, Reaction(20.0, None)), **many("a.test", 3)})
    assert sum(told.world.asked[url] for url in told.world.asked if "dead" in url) < MAX_SILENCES + 4
    found = [told.answers[f"http://dead.test/{at}"][0] for at in range(50)]
    assert {one.failure for one in found} == {"timeout"}
    assert found[-1].detail == f"not asked: {MAX_SILENCES} requests to this host in a row had no answer"
    assert told.seconds < 100


def test_a_host_that_turns_everything_away_is_left_in_peace() -> None:
    told = run(many("a.test", 50, Reaction(0.1, 429)), most=1)
    assert sum(told.world.asked.values()) == MAX_OVERLOADS
    assert told.answers["http://a.test/49"][0].failure == "deferred"


def test_an_error_in_a_story_ends_them_all() -> None:
    ended: list[int] = []

    async def fail() -> None:
        await Request(Url("http://a.test/0"), OPTIONS)
        raise ZeroDivisionError

    async def wait(at: int) -> None:
        try:
            await Request(Url(f"http://a.test/{at}"), OPTIONS)
        finally:
            ended.append(at)

    async def work() -> None:
        world = World(many("a.test", 9, Reaction(1.0)))
        probes: list[Probe] = [fail(), *map(wait, range(1, 9))]
        await Scheduler(world, ExternalSettings(), virtual_timing(), endless()).run(at_once(probes))

    with pytest.raises(ZeroDivisionError):
        run_virtual(work())
    assert sorted(ended) == list(range(1, 9))


def test_a_story_awaits_questions_only() -> None:
    async def odd() -> None:
        await asyncio.sleep(1)

    async def work() -> None:
        await Scheduler(World({}), ExternalSettings(), virtual_timing(), endless()).run(at_once([odd()]))

    with pytest.raises(TypeError, match="a probe awaits requests only"):
        run_virtual(work())
