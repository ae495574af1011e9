"""Runs a check in a child process, beside a build that computes all the time.

Two threads of one interpreter would wait for each other at each response, and both would take longer.
Parent and child exchange pickled values over pipes that nobody else can reach.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, cast

from mkdocs_backlinks.check.run import CheckRun
from mkdocs_backlinks.check.run_options import DEFAULTS, RunOptions
from mkdocs_backlinks.errors import CheckError
from mkdocs_backlinks.model import Link, PageUri, Target
from mkdocs_backlinks.settings import ExternalSettings

if TYPE_CHECKING:
    from mkdocs_backlinks.check.engine import CheckResult

_CHILD = """
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from mkdocs_backlinks.check.subprocess_run import main
main()
"""
_NEW_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


def start_in_subprocess(
    settings: ExternalSettings, options: RunOptions = DEFAULTS, *, python: str | None = sys.executable
) -> SubprocessRun | CheckRun:
    """Start a check that waits for its targets; on a thread where there can be no process."""
    try:
        return SubprocessRun(settings, options, python=python)
    except OSError:
        return CheckRun(settings, options)


class SubprocessRun:
    """A `CheckRun` of a child process, which ends with this process; `options.progress` is not called.

    Raises OSError where no process can be started.
    """

    def __init__(
        self,
        settings: ExternalSettings,
        options: RunOptions = DEFAULTS,
        *,
        python: str | None = sys.executable,
    ) -> None:
        self._process = _start_child(python or "")
        self._input = cast("BinaryIO", self._process.stdin)
        self._result: Future[CheckResult] = Future()
        self._send(sys.path)
        self._send((settings, replace(options, progress=None)))
        threading.Thread(target=self._receive_outcome, name="backlinks-check", daemon=True).start()

    def submit(self, targets: Iterable[Target]) -> None:
        """See `CheckRun.submit`."""
        self._send(("submit", [_reduced(target) for target in targets]))

    def complete(self, targets: Iterable[Target]) -> None:
        """See `CheckRun.complete`."""
        self._send(("complete", [_reduced(target) for target in targets]))

    def result(self) -> CheckResult:
        """See `CheckRun.result`; raises `CheckError` if the process has ended before."""
        return self._result.result()

    def cancel(self) -> None:
        """See `CheckRun.cancel`: the end of its input makes the child cancel its run."""
        with suppress(OSError):
            self._input.close()
        wait((self._result,))

    def _send(self, value: object) -> None:
        # A child that has ended or was cancelled reads no more; `result` says so.
        with suppress(OSError, ValueError):
            send(self._input, value)

    def _receive_outcome(self) -> None:
        outcome: CheckResult | BaseException | None = None
        with self._process, suppress(OSError):
            try:
                outcome = receive(cast("BinaryIO", self._process.stdout))
            except EOFError:
                pass  # the status of the process says more
            except Exception as error:  # noqa: BLE001 - raised by result()
                outcome = error
            self._input.close()
        if outcome is None:
            outcome = _ended_early(self._process.returncode)
        if isinstance(outcome, BaseException):
            self._result.set_exception(outcome)
        else:
            self._result.set_result(outcome)


def main() -> NoReturn:
    """Run the check of the parent process in this one, and send its outcome.

    The run is cancelled when the parent has ended, so that its evidence so far is kept.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    commands, outcomes = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # printed text must not get into the outcome
    run = CheckRun(*receive(commands))
    threading.Thread(target=_forward, args=(commands, run), daemon=True).start()
    with suppress(OSError):
        send_outcome(outcomes, run)
    # An orderly end of Python would wait for the thread, which reads a pipe that is still open.
    os._exit(0)


def send_outcome(pipe: BinaryIO, run: CheckRun) -> None:
    """Send the result of a run or the error that `result` is to raise, in words if it cannot be pickled."""
    outcome: CheckResult | BaseException
    try:
        outcome = run.result()
    except BaseException as error:  # noqa: BLE001 - raised by result() of the parent
        outcome = error
    try:
        send(pipe, outcome)
    except (TypeError, AttributeError, pickle.PicklingError):
        send(pipe, RuntimeError(repr(outcome)))


def send(pipe: BinaryIO, value: object) -> None:
    """Write a value; raises OSError or ValueError where the pipe is closed at one of its ends."""
    pipe.write(pickle.dumps(value))
    pipe.flush()


def receive(pipe: BinaryIO) -> Any:  # noqa: ANN401 (any value of `send`)
    """Return the next value; raises EOFError where the other side has ended, be it in the middle of one."""
    try:
        return pickle.load(pipe)  # noqa: S301 (written by this program)
    except pickle.UnpicklingError as error:
        raise EOFError from error


def _forward(commands: BinaryIO, run: CheckRun) -> None:
    """Call the methods that the parent sends, up to the end of its pipe."""
    methods = {"submit": run.submit, "complete": run.complete}
    with suppress(EOFError):
        while True:
            name, targets = receive(commands)
            methods[name](targets)
    run.cancel()


def _start_child(python: str) -> subprocess.Popen[bytes]:
    """Start a Python that imports nothing from the current folder and gets no Ctrl-C of the terminal."""
    flags = ["-I", *(["-B"] if sys.dont_write_bytecode else [])]
    return subprocess.Popen(  # noqa: S603
        [python, *flags, "-c", _CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        creationflags=_NEW_GROUP,
    )


def _ended_early(status: int) -> CheckError:
    return CheckError(
        f"The process that checks external addresses ended before it was done (status {status}). "
        "If memory is short, lower `external.concurrency`; the next build goes on from the cache."
    )


def _reduced(target: Target) -> Target:
    """Return a target with all that a check needs of it: the URL, and the fragments of its links."""
    fragments = sorted({link.fragment for link in target.links if link.fragment})
    link = Link(source=PageUri(""), kind="external", href=target.url, target=target.url)
    return replace(target, links=tuple(replace(link, fragment=fragment) for fragment in fragments))
