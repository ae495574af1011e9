"""A check may begin before all addresses are known, and comes to what it would have come to at once."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from check.fakes import NOON, internet
from check.records import checked, target
from loopback import Behaviour, Loopback, ReceivedRequest, reply, silence

from mkdocs_backlinks import check
from mkdocs_backlinks.check.engine import check as check_now
from mkdocs_backlinks.check.fetch.environment import Environment
from mkdocs_backlinks.check.history import cache
from mkdocs_backlinks.check.history.record import Record
from mkdocs_backlinks.check.run_options import DEFAULTS, HistoryFiles, RunOptions
from mkdocs_backlinks.check.target_batches import TargetBatch, TargetBatches
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


def test_batches_are_handed_over_in_order_up_to_the_last() -> None:
    batches = TargetBatches()
    batches.submit([A])
    batches.complete([A, B])
    batches.complete([])
    batches.submit([C])
    assert list(batches) == [TargetBatch((A,)), TargetBatch((A, B), is_last=True)]


def test_what_is_foreseen_is_asked_before_all_is_known_and_once() -> None:
    came, behaviour = noticed(reply())
    with Loopback({"/early": behaviour, "/late": reply()}) as server:
        early, late = target(server.url("/early")), target(server.url("/late"))
        run = check.CheckRun(LOCAL, RunOptions(probe_https=False))
        run.submit([early])
        assert came.wait(30)
        run.submit([early])
        run.complete([early, late])
        assert {one.url: one.status for one in run.result().evidence} == {early.url: 200, late.url: 200}
        assert sorted(request.path for request in server.requests) == ["/early", "/late"]


def test_of_what_turned_out_to_be_no_link_nothing_is_said() -> None:
    came, behaviour = noticed(reply())
    with Loopback({"/early": behaviour}) as server:
        run = check.CheckRun(LOCAL)
        run.submit([target(server.url("/early")), target("mailto:a@example.org"), target("http://[bad")])
        assert came.wait(30)
        run.complete([])
        assert run.result().evidence == ()


def test_nothing_is_certain_before_all_is_known() -> None:
    told: list[Evidence] = []
    came, behaviour = noticed(reply())
    with Loopback({"/": behaviour}) as server:
        both = target(server.url()), target("mailto:a@example.org")
        run = check.CheckRun(LOCAL, RunOptions(probe_https=False, progress=told.append))
        run.submit(both)
        assert came.wait(30)
        assert told == []
        run.complete(both)
        assert sorted(one.url for one in told + list(run.result().evidence)) == sorted(
            2 * [one.url for one in both]
        )
    assert len(told) == 2


@pytest.mark.parametrize("foreseen", [True, False])
def test_a_check_that_waits_for_addresses_can_be_cancelled(*, foreseen: bool) -> None:
    came, behaviour = noticed(silence())
    with Loopback({"/slow": behaviour}) as server:
        run = check.CheckRun(LOCAL)
        if foreseen:
            run.submit([target(server.url("/slow"))])
            assert came.wait(30)
        run.cancel()
        assert run.result().evidence == ()
        run.submit([target(server.url("/slow"))])
        run.complete([target(server.url("/slow"))])


def test_fragments_that_are_linked_later_are_looked_for_at_the_end() -> None:
    came, behaviour = noticed(PAGE)
    with Loopback({"/page": behaviour}) as server:
        url = server.url("/page")
        run = check.CheckRun(LOCAL, RunOptions(probe_https=False))
        run.submit([target(url)])
        assert came.wait(30)
        run.complete([target(url, "here", "gone")])
        (one,) = run.result().evidence
        assert one.fragments == (("gone", "absent"), ("here", "present"))
        assert [request.path for request in server.requests] == ["/page", "/page"]


def test_fragments_that_are_known_at_first_are_not_requested_again() -> None:
    came, behaviour = noticed(PAGE)
    with Loopback({"/page": behaviour}) as server:
        url = server.url("/page")
        run = check.CheckRun(LOCAL, RunOptions(probe_https=False))
        run.submit([target(url, "here", "gone")])
        assert came.wait(30)
        run.complete([target(url, "here")])
        (evidence,) = run.result().evidence
        assert dict(evidence.fragments)["here"] == "present"
        assert len(server.requests) == 1


def test_what_had_to_wait_in_the_last_run_comes_first_however_late_it_is_known(tmp_path: Path) -> None:
    file, go_on = tmp_path / "external.sqlite", threading.Event()
    came, slow = noticed(reply())

    async def behave(request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        await slow(request, writer)
        go_on.wait(30)

    with Loopback({"/1": behave, "/2": reply(), "/3": reply(), "/late": reply()}) as server:
        first = [target(server.url(path)) for path in ("/1", "/2", "/3")]
        late = target(server.url("/late"))
        waited = Record(evidence=checked(late.url, failure="deferred", status=None), verdict="deferred")
        assert cache.save(file, {late.url: waited}, NOON) is None
        batches = TargetBatches()
        batches.submit(first)
        options = RunOptions(
            history=HistoryFiles(judge=lambda _: "ok", cache=file),
            probe_https=False,
            progress=lambda evidence: go_on.set() if evidence.skipped else None,
        )
        done = _in_a_thread(batches, options=options)
        assert came.wait(30)
        batches.complete([*first, late, target("mailto:a@example.org")])
        assert len(done.result(30)) == 5
        asked = [request.path for request in server.requests]
    assert asked.index("/late") < asked.index("/3")


def test_what_is_remembered_is_not_asked_however_often_it_comes(tmp_path: Path) -> None:
    options = RunOptions(
        history=HistoryFiles(judge=lambda _: "ok", cache=tmp_path / "external.sqlite"), probe_https=False
    )
    with Loopback({"/a": reply(), "/b": reply()}) as server:
        a, b = target(server.url("/a")), target(server.url("/b"))
        for _ in range(2):
            run = check.CheckRun(LOCAL, options)
            run.submit([a])
            run.submit([b])
            run.complete([a, b])
            vias = [one.via for one in run.result().evidence]
        assert vias == ["cache", "cache"]
        assert sorted(request.path for request in server.requests) == ["/a", "/b"]


def test_what_is_wrong_with_the_cache_is_said_once(tmp_path: Path) -> None:
    file = tmp_path / "external.sqlite"
    file.write_bytes(b"no database" * 99)
    run = check.CheckRun(LOCAL, RunOptions(history=HistoryFiles(judge=lambda _: "ok", cache=file)))
    for name in "abc":
        run.submit([target(f"mailto:{name}@example.org")])
    run.complete([target("mailto:a@example.org")])
    assert len(run.result().notes) == 1


def _in_a_thread(
    batches: TargetBatches, *, options: RunOptions = DEFAULTS, environment: Environment | None = None
) -> Future[tuple[Evidence, ...]]:
    def work() -> tuple[Evidence, ...]:
        where = environment or internet()
        return check_now(batches, ONE_BY_ONE, options, stop=Future(), environment=where).evidence

    pool = ThreadPoolExecutor(1)
    done = pool.submit(work)
    pool.shutdown(wait=False)
    return done
