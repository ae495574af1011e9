"""A run begins at once, ends when it is told, and accounts for every target."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest
from check.fakes import NOON, ask, internet, whole
from loopback import Loopback, in_turn, redirect, reply, silence

from mkdocs_backlinks import check
from mkdocs_backlinks.check.engine import check as check_now
from mkdocs_backlinks.check.run_options import HistoryFiles, RunOptions
from mkdocs_backlinks.model import Evidence, Target, Url
from mkdocs_backlinks.settings import ExternalSettings, PerHostSettings, UrlExclusion
from mkdocs_backlinks.verdicts import verdict

LOCAL = ExternalSettings(allow_private=("127.0.0.1",), per_host=PerHostSettings(interval=0))


def targets(*addresses: str) -> list[Target]:
    return [Target(Url(address), ()) for address in addresses]


@pytest.mark.parametrize("heavy", ["aiohttp", "asyncio", "bs4", "ssl"])
def test_the_package_is_light_to_import(heavy: str) -> None:
    code = f"import sys, mkdocs_backlinks.check; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_run_without_requests_never_loads_the_client() -> None:
    code = (
        "import sys; from mkdocs_backlinks import check, model, settings\n"
        "target = model.Target(model.Url('mailto:a@example.org'), ())\n"
        "assert check.start([target], settings.ExternalSettings()).result().evidence[0].skipped\n"
        "sys.exit('aiohttp' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("other", ["rules", "index", "relate", "inject"])
def test_the_process_of_a_check_loads_nothing_of_the_other_steps(other: str) -> None:
    """It begins with what it is told, functions included, which a build with nothing to ask pays for too."""
    told = pickle.dumps((LOCAL, RunOptions(history=HistoryFiles(judge=verdict))))
    code = (
        "import sys, pickle\n"
        "import mkdocs_backlinks.check.subprocess_run, mkdocs_backlinks.check.ask.check_targets\n"
        f"pickle.loads({told!r})\n"
        f"sys.exit('mkdocs_backlinks.{other}' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_target_gets_one_evidence_sorted_by_address() -> None:
    seen: list[Evidence] = []
    with Loopback({"/ok": reply(), "/gone": reply(410)}) as server:
        addresses = [
            server.url("/ok"),
            "mailto:a@example.org",
            server.url("/gone"),
            "http://[bad",
            server.url("/no"),
        ]
        run = check.start(targets(*addresses), LOCAL, RunOptions(progress=seen.append))
        found = run.result().evidence
    assert [evidence.url for evidence in found] == sorted(addresses)
    assert [evidence.status for evidence in found if evidence.status] == [410, 404, 200]
    assert sorted(seen, key=lambda evidence: evidence.url) == list(found)
    assert run.result().evidence == found


def test_no_targets_no_evidence() -> None:
    assert check.start([], ExternalSettings()).result().evidence == ()


def test_a_cancelled_run_ends_promptly_and_still_accounts_for_all() -> None:
    answered = threading.Event()
    with Loopback({"/ok": reply(), "/slow": silence()}) as server:
        run = check.start(
            targets(server.url("/ok"), server.url("/slow")),
            LOCAL,
            RunOptions(progress=lambda _: answered.set()),
        )
        assert answered.wait(30)
        run.cancel()
        run.cancel()
        found = run.result().evidence
    assert [(evidence.status, evidence.failure) for evidence in found] == [(200, None), (None, "deferred")]


def test_cancelling_at_once_and_after_the_end_is_harmless() -> None:
    early = check.start(targets("mailto:a@example.org"), LOCAL)
    early.cancel()
    late = check.start(targets("mailto:a@example.org"), LOCAL)
    late.result()
    late.cancel()
    assert len(early.result().evidence) == len(late.result().evidence) == 1


def test_an_error_in_the_run_reaches_whoever_asks_for_the_result() -> None:
    def fail(_: Evidence) -> None:
        raise ZeroDivisionError

    with Loopback({"/": reply()}) as server:
        run = check.start(targets(server.url(), "mailto:a@example.org"), LOCAL, RunOptions(progress=fail))
        with pytest.raises(ZeroDivisionError):
            run.result()
        again = check.start(targets(server.url()), LOCAL, RunOptions(progress=fail))
        with pytest.raises(ZeroDivisionError):
            again.result()


def test_what_is_not_answered_within_the_budget_is_deferred() -> None:
    with Loopback({"/ok": reply(), "/slow": silence(), "/later": in_turn(reply(503), silence())}) as server:
        addresses = server.url("/ok"), server.url("/slow"), server.url("/later")
        found = ask(*addresses, budget=0.5)
    assert found[addresses[0]].status == 200
    assert found[addresses[1]].failure == found[addresses[2]].failure == "deferred"


def test_exclusions_and_dates_come_from_the_injected_day() -> None:
    with Loopback({"/": reply()}) as server:
        settings = ExternalSettings(exclude=(UrlExclusion(url="*", reason="told so", until=NOON.date()),))
        (found,) = check_now(
            whole(*targets(server.url())), settings, stop=Future(), environment=internet()
        ).evidence
        assert found.skipped == "told so"
        assert server.connections == 0
        (asked,) = ask(server.url()).values()
    assert asked.checked_at == "2026-03-01T12:00:00+00:00"


def test_a_page_of_many_hops_waits_its_turn_at_each() -> None:
    """Hops of one host count as requests to that host."""
    with Loopback({"/2": reply()}) as server:
        server.routes |= {"/0": redirect("/1"), "/1": redirect("/2")}
        found = ask(server.url("/0"), concurrency=1)
    assert [hop.status for hop in found[server.url("/0")].hops] == [302, 302]


def test_an_exclusion_comes_before_what_is_remembered(tmp_path: Path) -> None:
    options = RunOptions(history=HistoryFiles(judge=lambda _: "ok", cache=tmp_path / "cache"))
    excluded = (UrlExclusion(url="*", reason="told so"),)
    with Loopback({"/": reply()}) as server:
        assert [ask(server.url(), options=options)[server.url()].via for _ in range(2)] == [
            "network",
            "cache",
        ]
        found = ask(server.url(), options=options, exclude=excluded)[server.url()]
    assert (found.skipped, found.via) == ("told so", "static")
