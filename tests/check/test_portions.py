"""A check may begin before all addresses are known, and comes to what it would have come to at once."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from check.fakes import NOON, internet
from check.records import found, target
from loopback import Behaviour, Loopback, ReceivedRequest, in_turn, reply, reset, silence

from mkdocs_backlinks import check
from mkdocs_backlinks.check.ask.host import SILENT
from mkdocs_backlinks.check.engine import check as check_now
from mkdocs_backlinks.check.fetch.environment import Environment
from mkdocs_backlinks.check.history import cache
from mkdocs_backlinks.check.history.record import Record
from mkdocs_backlinks.check.portions import SHARE, Gathered, Portion, Portions
from mkdocs_backlinks.check.run_options import DEFAULTS, HistoryFiles, RunOptions
from mkdocs_backlinks.model import Evidence
from mkdocs_backlinks.settings import ExternalSettings, PerHostSettings

LOCAL = ExternalSettings(allow_private=("127.0.0.1",), per_host=PerHostSettings(interval=0))
ONE_BY_ONE = ExternalSettings(timeout=5, per_host=PerHostSettings(concurrency=1, interval=0))
PAGE = reply(200, b"<!doctype html><p id=here>" + b"Some words. " * 50, Content_Type="text/html")
A, B, C = target("https://a.test/"), target("https://b.test/"), target("https://c.test/")


def noticed(behaviour: Behaviour) -> tuple[threading.Event, Behaviour]:
    """The same behaviour, and when it was first asked for."""
    came = threading.Event()

    async def behave(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        came.set()
        await behaviour(request, writer)

    return came, behave


class TestGathered:
    def test_the_first_ones_are_handed_on_at_once(self) -> None:
        gathered = Gathered()
        assert gathered.add([A]) == [A]
        assert gathered.add([B, C]) == [B, C]
        assert gathered.add([]) == []

    def test_the_more_have_come_the_more_go_together(self) -> None:
        gathered, coming = Gathered(), [target(f"https://a.test/{at}") for at in range(2000)]
        portions = [ready for one in coming if (ready := gathered.add([one]))]
        handed_on = list(chain.from_iterable(portions))
        assert handed_on == coming[: len(handed_on)]
        assert len(coming) - len(handed_on) < SHARE * len(coming)
        assert len(portions) < 100


class TestPortions:
    def test_what_has_come_is_handed_over_at_once(self) -> None:
        portions = Portions()
        portions.add([A])
        portions.add([B])
        assert portions.next().result(0) == Portion((A, B))

    def test_what_is_still_to_come_is_waited_for(self) -> None:
        portions = Portions()
        first = portions.next()
        assert not first.done()
        portions.add([A])
        assert first.result(0) == Portion((A,))
        second = portions.next()
        portions.complete([A, B])
        assert second.result(0) == Portion((A, B), is_whole=True)

    def test_the_whole_has_what_was_not_taken_yet(self) -> None:
        portions = Portions()
        portions.add([A])
        portions.complete([A, B])
        assert portions.next().result(0) == Portion((A, B), is_whole=True)

    def test_what_is_said_to_be_all_stays_all(self) -> None:
        portions = Portions()
        portions.complete([A])
        portions.complete([])
        assert portions.next().result(0) == Portion((A,), is_whole=True)

    def test_nothing_is_no_portion(self) -> None:
        portions = Portions()
        portions.add([])
        assert not portions.next().done()

    def test_whoever_waits_may_give_up(self) -> None:
        portions = Portions()
        assert not portions.next().cancel()
        portions.add([A])


def test_what_is_foreseen_is_asked_before_all_is_known_and_once() -> None:
    came, behaviour = noticed(reply())
    with Loopback({"/early": behaviour, "/late": reply()}) as server:
        early, late = target(server.url("/early")), target(server.url("/late"))
        run = check.Run(LOCAL, RunOptions(probe_https=False))
        run.foresee([early])
        assert came.wait(30)
        run.foresee([early])
        run.complete([early, late])
        assert {one.url: one.status for one in run.result()} == {early.url: 200, late.url: 200}
        assert sorted(request.path for request in server.requests) == ["/early", "/late"]


def test_of_what_turned_out_to_be_no_link_nothing_is_said() -> None:
    came, behaviour = noticed(reply())
    with Loopback({"/early": behaviour}) as server:
        run = check.Run(LOCAL)
        run.foresee([target(server.url("/early")), target("mailto:a@example.org"), target("http://[bad")])
        assert came.wait(30)
        run.complete([])
        assert run.result() == ()


def test_nothing_is_certain_before_all_is_known() -> None:
    told: list[Evidence] = []
    came, behaviour = noticed(reply())
    with Loopback({"/": behaviour}) as server:
        both = target(server.url()), target("mailto:a@example.org")
        run = check.Run(LOCAL, RunOptions(probe_https=False, progress=told.append))
        run.foresee(both)
        assert came.wait(30)
        assert told == []
        run.complete(both)
        assert sorted(one.url for one in told + list(run.result())) == sorted(2 * [one.url for one in both])
    assert len(told) == 2


@pytest.mark.parametrize("foreseen", [True, False])
def test_a_check_that_waits_for_addresses_can_be_cancelled(*, foreseen: bool) -> None:
    came, behaviour = noticed(silence())
    with Loopback({"/slow": behaviour}) as server:
        run = check.Run(LOCAL)
        if foreseen:
            run.foresee([target(server.url("/slow"))])
            assert came.wait(30)
        run.cancel()
        assert run.result() == ()
        run.foresee([target(server.url("/slow"))])
        run.complete([target(server.url("/slow"))])


def test_fragments_that_are_linked_later_are_looked_for_at_the_end() -> None:
    came, behaviour = noticed(PAGE)
    with Loopback({"/page": behaviour}) as server:
        url = server.url("/page")
        run = check.Run(LOCAL, RunOptions(probe_https=False))
        run.foresee([target(url)])
        assert came.wait(30)
        run.complete([target(url, "here", "gone")])
        (one,) = run.result()
        assert one.fragments == (("gone", "absent"), ("here", "present"))
        assert [request.path for request in server.requests] == ["/page", "/page"]


def test_a_page_that_cannot_be_looked_at_again_is_as_it_was_found() -> None:
    came, behaviour = noticed(in_turn(PAGE, reply(500)))
    with Loopback({"/page": behaviour}) as server:
        environment, portions = internet(), Portions()
        portions.add([target(server.url("/page"))])
        done = _in_a_thread(portions, environment=environment)
        assert came.wait(30)
        portions.complete([target(server.url("/page"), "gone")])
        (one,) = done.result(30)
    assert (one.status, one.fragments) == (200, ())


def test_a_host_that_has_been_given_up_is_not_looked_at_again() -> None:
    """Its pages stay as they were found, though the answer to the second look is there at once."""
    came, behaviour = noticed(PAGE)
    pages = {f"/{at}": behaviour for at in range(3)}
    with Loopback({**pages, **{f"/silent{at}": reset() for at in range(SILENT)}}) as server:
        found = [target(server.url(path)) for path in pages]
        silent = [target(server.url(f"/silent{at}")) for at in range(SILENT)]
        portions = Portions()
        portions.add(found)
        done = _in_a_thread(portions)
        assert came.wait(30)
        portions.complete([*(target(one.url, "here") for one in found), *silent])
        evidence = {one.url: one for one in done.result(30)}
    assert [evidence[one.url].status for one in found] == [200, 200, 200]


def test_a_page_is_looked_at_again_before_its_host_is_probed() -> None:
    came, behaviour = noticed(PAGE)
    a, b = "http://plain.test/a", "http://plain.test/b"
    with Loopback({"plain.test:443": reply(502), a: reply(), b: behaviour}) as proxy:
        environment = replace(internet(names={"plain.test": "127.0.0.1"}), proxy_for=lambda _: proxy.url())
        portions = Portions()
        portions.add([target(a), target(b)])
        done = _in_a_thread(portions, environment=environment)
        assert came.wait(30)
        portions.complete([target(a), target(b, "here")])
        last = done.result(30)[-1]
        assert [request.path for request in proxy.requests].count(b) == 2
    assert (last.url, last.fragments, last.https) == (b, (("here", "present"),), False)


def test_what_had_to_wait_in_the_last_run_comes_first_however_late_it_is_known(tmp_path: Path) -> None:
    file, go_on = tmp_path / "external.sqlite", threading.Event()
    came, slow = noticed(reply())

    async def behave(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        await slow(request, writer)
        go_on.wait(30)

    with Loopback({"/1": behave, "/2": reply(), "/3": reply(), "/late": reply()}) as server:
        first = [target(server.url(path)) for path in ("/1", "/2", "/3")]
        late = target(server.url("/late"))
        waited = Record(evidence=found(late.url, failure="deferred", status=None), verdict="deferred")
        assert cache.save(file, {late.url: waited}, NOON) is None
        portions = Portions()
        portions.add(first)
        options = RunOptions(history=HistoryFiles(judge=lambda _: "ok", cache=file), probe_https=False)
        done = _in_a_thread(portions, options=options)
        assert came.wait(30)
        portions.complete([*first, late])
        go_on.set()
        assert len(done.result(30)) == 4
        asked = [request.path for request in server.requests]
    assert asked.index("/late") < asked.index("/3")


def test_what_is_remembered_is_not_asked_however_often_it_comes(tmp_path: Path) -> None:
    options = RunOptions(
        history=HistoryFiles(judge=lambda _: "ok", cache=tmp_path / "external.sqlite"), probe_https=False
    )
    with Loopback({"/a": reply(), "/b": reply()}) as server:
        a, b = target(server.url("/a")), target(server.url("/b"))
        for _ in range(2):
            run = check.Run(LOCAL, options)
            run.foresee([a])
            run.foresee([b])
            run.complete([a, b])
            vias = [one.via for one in run.result()]
        assert vias == ["cache", "cache"]
        assert sorted(request.path for request in server.requests) == ["/a", "/b"]


def test_what_is_wrong_with_the_cache_is_said_once(tmp_path: Path) -> None:
    file = tmp_path / "external.sqlite"
    file.write_bytes(b"no database" * 99)
    run = check.Run(LOCAL, RunOptions(history=HistoryFiles(judge=lambda _: "ok", cache=file)))
    for name in "abc":
        run.foresee([target(f"mailto:{name}@example.org")])
    run.complete([target("mailto:a@example.org")])
    assert len(run.notes()) == 1


def _in_a_thread(
    portions: Portions, *, options: RunOptions = DEFAULTS, environment: Environment | None = None
) -> Future[tuple[Evidence, ...]]:
    def work() -> tuple[Evidence, ...]:
        where = environment or internet()
        return check_now(portions, ONE_BY_ONE, options, stop=Future(), environment=where).evidence

    pool = ThreadPoolExecutor(1)
    done = pool.submit(work)
    pool.shutdown(wait=False)
    return done
