"""A check in a process of its own finds what one on a thread does, and ends with the build."""

from __future__ import annotations

import io
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from operator import methodcaller
from pathlib import Path
from typing import Any

import pytest
from check.records import target
from loopback import Loopback, reply, silence

from mkdocs_backlinks import check
from mkdocs_backlinks.check.history import cache
from mkdocs_backlinks.check.run import CheckRun
from mkdocs_backlinks.check.run_options import HistoryFiles, RunOptions
from mkdocs_backlinks.check.subprocess_run import SubprocessRun, receive, send_outcome, start_in_subprocess
from mkdocs_backlinks.errors import CheckError, LockFileError
from mkdocs_backlinks.settings import ExternalSettings, PerHostSettings
from mkdocs_backlinks.verdicts import verdict

LOCAL = ExternalSettings(allow_private=("127.0.0.1",), per_host=PerHostSettings(interval=0))
PAGE = reply(200, b"<!doctype html><p id=here>" + b"Some words. " * 50, Content_Type="text/html")


def test_it_finds_what_a_run_finds() -> None:
    with Loopback({"/a": PAGE, "/b": reply(410)}) as server:
        targets = [target(server.url("/a"), "here", "gone"), target(server.url("/b")), target("mailto:a@b.c")]
        run = SubprocessRun(LOCAL, RunOptions(progress=print))
        run.submit(targets[:1])
        run.complete(targets)
        result, expected = run.result(), check.start(targets, LOCAL).result().evidence
    assert [(one.url, one.status, one.skipped, one.fragments) for one in result.evidence] == [
        (one.url, one.status, one.skipped, one.fragments) for one in expected
    ]
    assert result.notes == ()


def test_it_begins_before_all_is_known_and_ends_when_it_is_cancelled() -> None:
    with Loopback({"/slow": silence()}) as server:
        run = SubprocessRun(LOCAL)
        run.submit([target(server.url("/slow"))])
        server.wait_for(1)
        run.cancel()
        run.cancel()
        assert run.result().evidence == ()
        run.submit([target(server.url("/slow"))])


def test_what_was_found_before_it_was_cancelled_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "external.sqlite"
    with Loopback({"/a": reply(), "/slow": silence()}) as server:
        both = [target(server.url("/a")), target(server.url("/slow"))]
        run = SubprocessRun(
            LOCAL, RunOptions(history=HistoryFiles(judge=verdict, cache=file), probe_https=False)
        )
        run.complete(both)
        server.wait_for(2)
        run.cancel()
        assert [one.failure for one in run.result().evidence] == [None, "deferred"]
    assert len(cache.load(file, [one.url for one in both]).records) == 2


def test_an_error_of_the_check_is_raised_on_this_side(tmp_path: Path) -> None:
    (tmp_path / "links.lock").write_text("no lockfile")
    run = SubprocessRun(
        LOCAL, RunOptions(history=HistoryFiles(judge=verdict, lockfile=tmp_path / "links.lock"))
    )
    run.complete([target("https://example.org/")])
    with pytest.raises(LockFileError, match=r"links\.lock"):
        run.result()


def test_so_is_an_error_of_the_program(tmp_path: Path) -> None:
    wrong: Any = methodcaller("nothing")
    with Loopback({"/": reply()}) as server:
        run = SubprocessRun(
            LOCAL, RunOptions(history=HistoryFiles(judge=wrong, cache=tmp_path / "external.sqlite"))
        )
        run.complete([target(server.url())])
        with pytest.raises(AttributeError, match="nothing"):
            run.result()


def test_an_error_that_cannot_be_sent_is_told_in_words() -> None:
    class FailingRun:
        def result(self) -> None:
            error = ValueError("told so")
            error.told = iter(lambda: 0, 1)  # type: ignore[attr-defined]
            raise error

    line, run = io.BytesIO(), FailingRun()
    send_outcome(line, run)  # type: ignore[arg-type]
    line.seek(0)
    error = receive(line)
    assert isinstance(error, RuntimeError)
    assert "told so" in str(error)


def test_a_process_that_is_ended_from_outside_is_an_error_that_says_so() -> None:
    with Loopback({"/slow": silence()}) as server:
        run = SubprocessRun(LOCAL)
        run.complete([target(server.url("/slow"))])
        server.wait_for(1)
        run._process.kill()
        with pytest.raises(CheckError, match=r"ended before it was done \(status -9\)"):
            run.result()
        run.cancel()


def test_where_no_process_can_be_begun_a_thread_does_it() -> None:
    assert isinstance(_ended(start_in_subprocess(LOCAL)), SubprocessRun)
    run = start_in_subprocess(LOCAL, python="/nowhere/python")
    run.complete([target("mailto:a@example.org")])
    assert isinstance(run, CheckRun)
    assert len(run.result().evidence) == 1


SHADOW = """
from mkdocs_backlinks.check.subprocess_run import SubprocessRun
from mkdocs_backlinks.model import Target, Url
from mkdocs_backlinks.settings import ExternalSettings

run = SubprocessRun(ExternalSettings())
run.complete([Target(Url("mailto:a@example.org"), ())])
assert len(run.result().evidence) == 1
"""


def test_nothing_is_imported_from_the_folder_of_the_build(tmp_path: Path) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit(1)")
    assert subprocess.run([sys.executable, "-I", "-c", SHADOW], cwd=tmp_path, check=False).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no sessions")
def test_signals_of_the_terminal_do_not_reach_it() -> None:
    run = SubprocessRun(LOCAL)
    process = run._process.pid
    assert os.getsid(process) == process != os.getsid(0)
    run.cancel()


PARENT = """
import signal, sys
from mkdocs_backlinks.check.subprocess_run import SubprocessRun
from mkdocs_backlinks.check.run_options import HistoryFiles, RunOptions
from mkdocs_backlinks.model import Target, Url
from mkdocs_backlinks.verdicts import verdict
from mkdocs_backlinks.settings import ExternalSettings
from pathlib import Path

history = HistoryFiles(judge=verdict, cache=Path(sys.argv[1]))
options = RunOptions(history=history, probe_https=False)
run = SubprocessRun(ExternalSettings(allow_private=("127.0.0.1",)), options)
run.complete([Target(Url(url), ()) for url in sys.argv[2:]])
print(run._process.pid, flush=True)
signal.pause()
"""


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    with Loopback({"/a": reply(), "/slow": silence()}) as server:
        urls = [server.url("/a"), server.url("/slow")]
        command = [sys.executable, "-c", PARENT, str(tmp_path / "external.sqlite"), *urls]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            server.wait_for(2)
            yield process


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "Ctrl-C"])
def test_a_build_that_is_ended_takes_its_check_along_and_keeps_what_was_found(
    tmp_path: Path, parent: subprocess.Popen[str], how: signal.Signals
) -> None:
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    child_exit = os.pidfd_open(child)
    parent.send_signal(how)
    parent.wait()
    ended, _, _ = select.select([child_exit], [], [], 30)
    os.close(child_exit)
    assert ended
    assert (tmp_path / "external.sqlite").is_file()


def _ended(run: SubprocessRun | CheckRun) -> SubprocessRun | CheckRun:
    run.cancel()
    return run
