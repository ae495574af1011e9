"""A build asks what it does not know, forgives a bad day, and never fails over its own files."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from building import Built, build_site
from loopback import Behaviour, Loopback, ReceivedRequest, in_turn, reply

from mkdocs_backlinks import check, cli
from mkdocs_backlinks.adapter.site_source import CACHE
from mkdocs_backlinks.check.history import cache
from mkdocs_backlinks.model import Target, Url
from mkdocs_backlinks.settings import ExternalSettings
from mkdocs_backlinks.verdicts import verdict

NOTHING: Mapping[str, Any] = {}


def build(root: Path, *addresses: str, external: Mapping[str, Any] = NOTHING, **more: Any) -> Built:  # noqa: ANN401
    """A site with a link to each address."""
    text = "# Home\n\n" + "\n".join(
        f"- [Page number {number}]({address})" for number, address in enumerate(addresses)
    )
    options = {
        "external": {
            "check": "all",
            "allow_private": ["127.0.0.1"],
            "per_host": {"interval": 0},
            **external,
        },
        "rules": {"insecure_http": "ignore"},
    }
    return build_site(root, {"index.md": text}, options, **more)


def vias(built: Built) -> dict[str, str]:
    return {one["url"]: one["via"] for one in built.report()["targets"]}


def paths(server: Loopback) -> list[str]:
    return [request.path for request in server.requests]


def age(root: Path, days: float) -> None:
    """Let days pass, as far as the cache is concerned."""
    file = root / CACHE
    with sqlite3.connect(file) as connection:
        urls = [Url(url) for (url,) in connection.execute("SELECT url FROM records")]
    records = {}
    for url, record in cache.load(file, urls).records.items():
        evidence = record.evidence
        records[url] = replace(
            record,
            evidence=evidence and replace(evidence, checked_at=earlier(evidence.checked_at, days)),
            expires=earlier(record.expires, days),
            last_ok=earlier(record.last_ok, days),
            failing_since=earlier(record.failing_since, days),
        )
    assert cache.save(file, records, datetime.now(timezone.utc)) is None


def earlier(moment: str | None, days: float) -> str | None:
    if moment is None:
        return None
    return (datetime.fromisoformat(moment) - timedelta(days=days)).isoformat(timespec="seconds")


def test_the_second_build_asks_nothing(tmp_path: Path) -> None:
    with Loopback({"/": reply()}) as server:
        assert vias(build(tmp_path, server.url())) == {server.url(): "network"}
        assert paths(server) == ["/"]
        again = build(tmp_path, server.url(), strict=True)
    assert paths(server) == ["/"]
    assert vias(again) == {server.url(): "cache"}
    assert "1 external address, 1 verified" in again.text


def test_a_forged_memory_makes_no_build_send_a_password(tmp_path: Path) -> None:
    with Loopback({"/": reply()}) as server:
        build(tmp_path, server.url())
        known, forged = Url(server.url()), Url(server.url().replace("://", "://me:secret@"))
        record = cache.load(tmp_path / CACHE, [known]).records[known]
        evidence = record.evidence and replace(record.evidence, url=forged)
        now = datetime.now(timezone.utc)
        assert cache.save(tmp_path / CACHE, {forged: replace(record, evidence=evidence)}, now) is None
        age(tmp_path, 40)
        build(tmp_path, forged)
    assert ["authorization" in request.headers for request in server.requests] == [False, False]


def test_without_the_cache_each_build_asks(tmp_path: Path) -> None:
    with Loopback({"/": reply()}) as server:
        for _ in range(2):
            build(tmp_path, server.url(), external={"cache": False})
    assert paths(server) == ["/", "/"]
    assert not (tmp_path / ".cache").exists()


def test_what_is_due_is_asked_on_condition(tmp_path: Path) -> None:
    async def unless_known(request: ReceivedRequest, writer: Any) -> None:  # noqa: ANN401
        known = request.headers.get("if-none-match") == '"1"'
        await (reply(304) if known else reply(200, ETag='"1"'))(request, writer)

    with Loopback({"/": unless_known}) as server:
        build(tmp_path, server.url())
        for _ in range(2):
            age(tmp_path, 40)
            built = build(tmp_path, server.url())
    assert [request.headers.get("if-none-match") for request in server.requests] == [None, '"1"', '"1"']
    (told,) = built.report()["targets"]
    assert (told["verdict"], told["status"], told["via"]) == ("ok", 200, "network")
    assert datetime.now(timezone.utc) - datetime.fromisoformat(told["checked_at"]) < timedelta(days=1)


def test_a_new_link_fails_at_once_and_one_that_was_fine_gets_some_days(tmp_path: Path) -> None:
    failing: Behaviour = in_turn(reply(), reply(404))
    with Loopback({"/": reply(), "/was-fine": failing}) as server:
        old, new, home = server.url("/was-fine"), server.url("/new"), server.url()
        assert not build(tmp_path, old, home).aborted
        age(tmp_path, 40)
        forgiven = build(tmp_path, old, home)
        assert not forgiven.aborted
        assert [rule for rule, *_ in forgiven.findings()] == ["failing_url"]
        both = build(tmp_path, old, new, home)
        assert both.aborted
        assert [rule for rule, *_ in both.findings()] == ["failing_url", "broken_url"]
        age(tmp_path, 3)
        proven = build(tmp_path, old, home)
    assert proven.aborted
    assert [rule for rule, *_ in proven.findings()] == ["broken_url"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b"SQLite format 3\0" + b"x" * 5000),
        lambda file: file.write_bytes(b"no database at all" * 100),
        lambda file: (file.unlink(), file.mkdir()),
        lambda file: sqlite3.connect(file).execute("PRAGMA user_version = 99").connection.close(),
    ],
    ids=["damaged", "foreign", "a folder", "newer"],
)
def test_whatever_is_wrong_with_the_cache_the_build_passes_with_a_note(tmp_path: Path, damage: Any) -> None:  # noqa: ANN401
    with Loopback({"/": reply()}) as server:
        build(tmp_path, server.url())
        damage(tmp_path / CACHE)
        built = build(tmp_path, server.url(), strict=True)
    assert not built.aborted
    assert any("external.sqlite" in note for note in built.report()["notes"])
    assert "Note: The cache external.sqlite" in built.text
    assert paths(server) == ["/", "/"]


def test_a_folder_that_cannot_be_made_is_noted(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file")
    with Loopback({"/": reply()}) as server:
        built = build(tmp_path, server.url(), strict=True)
    assert not built.aborted
    assert "could not be written" in built.text


def test_two_runs_at_once_share_one_cache(tmp_path: Path) -> None:
    file = tmp_path / "external.sqlite"
    settings = ExternalSettings(allow_private=("127.0.0.1",))
    options = check.RunOptions(history=check.HistoryFiles(judge=verdict, cache=file), probe_https=False)
    with Loopback({"/a": reply(), "/b": reply()}) as server:
        urls = [server.url("/a"), server.url("/b")]
        runs = [check.start([Target(url, ())], settings, options) for url in urls]
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(check.CheckRun.result, runs))
    assert [result.notes for result in results] == [(), ()]
    assert sorted(cache.load(file, urls).records) == urls


def test_what_was_found_before_a_run_was_cancelled_is_kept(tmp_path: Path) -> None:
    """The rest is marked, so that the next run asks it first."""
    file = tmp_path / "external.sqlite"
    settings = ExternalSettings(allow_private=("127.0.0.1",), concurrency=1)
    asked: list[str] = []

    async def never(request: ReceivedRequest, _: object) -> None:
        asked.append(request.path)
        run.cancel_soon()

    class Cancelling:
        run: check.CheckRun

        def cancel_soon(self) -> None:
            pool.submit(self.run.cancel)

    run = Cancelling()
    options = check.RunOptions(history=check.HistoryFiles(judge=verdict, cache=file), probe_https=False)
    with ThreadPoolExecutor(1) as pool, Loopback({"/a": reply(), "/z": never}) as server:
        targets = [Target(server.url(path), ()) for path in ("/a", "/z")]
        run.run = check.start(targets, settings, options)
        found = {one.url: one for one in run.run.result().evidence}
        records = cache.load(file, list(found)).records
        assert asked == ["/z"]
        assert {url.rpartition("/")[2]: record.verdict for url, record in records.items()} == {
            "a": "ok",
            "z": "deferred",
        }


class TestLockfile:
    def test_it_is_judged_without_any_request(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        external = {"lockfile": "external.lock"}
        with Loopback({"/": reply(), "/old": reply()}) as server:
            known, unknown = server.url("/old"), server.url("/new")
            build(tmp_path, known, external={"check": "off"})
            index, lockfile = str(tmp_path / "index.json"), tmp_path / "external.lock"
            allowed = ["--allow-private", "127.0.0.1"]
            assert cli.run(["lock", index, "--lockfile", str(lockfile), *allowed]) == cli.CLEAN
            assert "external.lock: 1. Left for another time: 0." in capsys.readouterr().out
            server.requests.clear()
            locked = build(tmp_path, known, external={**external, "check": "locked"})
            assert not locked.aborted
            assert vias(locked) == {known: "lock"}
            changed = build(tmp_path, known, unknown, external={**external, "check": "locked"})
            assert changed.aborted
            assert [rule for rule, *_ in changed.findings()] == ["unlocked_url"]
            checked = ["check", index, "--check", "locked", "--lockfile", str(lockfile), *allowed]
            assert cli.run(checked) == cli.FOUND
            assert server.requests == []
            newer = build(tmp_path, known, unknown, external={**external, "check": "new", "cache": False})
        assert "/old" not in paths(server)
        assert vias(newer) == {known: "lock", unknown: "network"}

    def test_a_wrong_line_stops_the_build_with_its_number(self, tmp_path: Path) -> None:
        (tmp_path / "external.lock").write_text('{"lockfile": 1, "checker": 1}\n<<<<<<< HEAD\n')
        built = build(
            tmp_path, "http://127.0.0.1:9/", external={"check": "locked", "lockfile": "external.lock"}
        )
        assert built.aborted
        assert "external.lock, line 2: this is not JSON" in built.text

    def test_an_update_asks_within_its_budget_and_the_oldest_first(self, tmp_path: Path) -> None:
        lockfile = tmp_path / "external.lock"
        with Loopback({path: reply() for path in ("/a", "/b", "/c")}) as server:
            build(tmp_path, *(server.url(path) for path in ("/a", "/b", "/c")), external={"check": "off"})
            command = ["lock", str(tmp_path / "index.json"), "--lockfile", str(lockfile), "--requests", "2"]
            for _ in range(2):
                assert cli.run([*command, "--allow-private", "127.0.0.1"]) == cli.CLEAN
                asked = {path for path in paths(server) if path != "/"}
                assert len(lockfile.read_text().splitlines()) == len(asked) + 1
            assert asked == {"/a", "/b", "/c"}

    @pytest.mark.parametrize(
        ("path", "code"), [("/gone", cli.FOUND), ("/wall", cli.UNVERIFIED), ("/fine", cli.CLEAN)]
    )
    def test_the_exit_code_of_an_update(self, tmp_path: Path, path: str, code: int) -> None:
        with Loopback({"/": reply(), "/wall": reply(403), "/fine": reply()}) as server:
            build(tmp_path, server.url(path), external={"check": "off"})
            command = ["lock", str(tmp_path / "index.json"), "--lockfile", str(tmp_path / "x.lock")]
            assert cli.run([*command, "--allow-private", "127.0.0.1"]) == code

    def test_wrong_use_of_an_update(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        build(tmp_path, external={"check": "off"})
        index, lockfile = str(tmp_path / "index.json"), tmp_path / "x.lock"
        lockfile.write_text("{}\n")
        assert cli.run(["lock", index, "--lockfile", str(lockfile)]) == cli.MISUSED
        assert "x.lock, line 1" in capsys.readouterr().err
        (tmp_path / "file").write_text("")
        assert cli.run(["lock", index, "--lockfile", str(tmp_path / "file" / "x.lock")]) == cli.MISUSED
        assert cli.run(["check", index, "--check", "locked"]) == cli.MISUSED


def test_what_the_working_tree_has_is_never_asked(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)  # noqa: S607
    with Loopback({}) as server:
        repository = server.url("/o/r")
        present, absent = f"{repository}/blob/main/mkdocs.yml", f"{repository}/blob/main/gone.yml"
        built = build(tmp_path, present, absent, repo_url=repository)
    assert vias(built) == {present: "local", absent: "network"}
    assert "/o/r/blob/main/mkdocs.yml" not in paths(server)


@pytest.mark.parametrize(("severity", "is_sought"), [("warn", True), ("ignore", False)])
def test_no_twin_is_sought_for_a_rule_that_is_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, severity: str, is_sought: bool
) -> None:
    """A proxy sees what is asked of the ports 80 and 443."""
    with Loopback({"http://plain.test/": reply()}) as proxy:
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, proxy.url())
        external = {"check": "all", "allow_private": ["plain.test"]}
        options = {"external": external, "rules": {"insecure_http": severity}}
        build_site(tmp_path, {"index.md": "[A page](http://plain.test/)"}, options)
    assert paths(proxy) == ["http://plain.test/", "plain.test:443"][: 1 + is_sought]


def test_the_cache_holds_no_password(tmp_path: Path) -> None:
    with Loopback({"/": reply()}) as server:
        build(tmp_path, server.url().replace("//", "//me:secret@"))
        build(tmp_path, server.url().replace("//", "//me:secret@"))
    assert paths(server) == ["/", "/"]
    file = tmp_path / CACHE
    assert not file.exists() or b"secret" not in file.read_bytes()
    assert "secret" not in json.dumps(build(tmp_path).report())
