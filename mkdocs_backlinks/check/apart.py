"""A check in a process of its own, beside a build that computes all the time.

Two threads of one interpreter would wait for each other at each answer, and both would take longer.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast

from mkdocs_backlinks.check.portions import Gathered
from mkdocs_backlinks.check.run import Run
from mkdocs_backlinks.check.run_options import DEFAULTS, RunOptions
from mkdocs_backlinks.check.wire import hear, say
from mkdocs_backlinks.errors import CheckError
from mkdocs_backlinks.model import Evidence, Link, PageUri, Target, Url
from mkdocs_backlinks.settings import ExternalSettings

if TYPE_CHECKING:
    from mkdocs_backlinks.check.engine import Found

_CODE = """
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from mkdocs_backlinks.check.worker import work
work()
"""
_NEW_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


def beside(settings: ExternalSettings, options: RunOptions = DEFAULTS) -> Apart | Run:
    """A check that waits for its targets, in a process of its own, or on a thread where there can be none."""
    try:
        return Apart(settings, options)
    except OSError:
        return Run(settings, options)


class Apart:
    """A `Run` of another process, which ends with this one; `terms.progress` stays behind.

    What goes to and fro are values of this program, pickled for itself. Raises OSError where no process can
    be begun.
    """

    def __init__(self, settings: ExternalSettings, options: RunOptions = DEFAULTS) -> None:
        self._process = _begin()
        self._in, self._out = cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)
        self._found: Future[Found] = Future()
        self._gathered = Gathered()
        self._say(sys.path)
        self._say((settings, replace(options, progress=None)))
        threading.Thread(target=self._listen, name="backlinks-check", daemon=True).start()

    def foresee(self, targets: Iterable[Target]) -> None:
        """As in `Run`."""
        ready = self._gathered.add(map(_without_words, targets))
        if ready:
            self._say(("foresee", ready))

    def complete(self, targets: Iterable[Target]) -> None:
        """As in `Run`."""
        self._say(("complete", [_without_words(target) for target in targets]))

    def result(self) -> tuple[Evidence, ...]:
        """As in `Run`; `CheckError` if the process has ended before."""
        return self._found.result().evidence

    def notes(self) -> tuple[str, ...]:
        """As in `Run`."""
        return self._found.result().notes

    def cancel(self) -> None:
        """As in `Run`: the process is told by the end of what it is told, and says what it has found."""
        with suppress(OSError):
            self._in.close()
        wait((self._found,))

    def _say(self, value: object) -> None:
        # Who listens no more has ended or was cancelled, and `result` tells.
        with suppress(OSError, ValueError):
            say(self._in, value)

    def _listen(self) -> None:
        found: Found | None = None
        error: BaseException | None = None
        with self._process, suppress(OSError):
            try:
                found, error = hear(self._out)
            except EOFError:
                """There is no word to go by."""
            except Exception as problem:  # noqa: BLE001 - handed to the caller of result()
                error = problem
            self._in.close()
        if found:
            self._found.set_result(found)
        else:
            self._found.set_exception(error or _ended(self._process.returncode))


def _begin() -> subprocess.Popen[bytes]:
    """A Python that imports nothing from the current folder, and that Ctrl-C of a terminal does not reach."""
    flags = ["-I", *(["-B"] if sys.dont_write_bytecode else [])]
    return subprocess.Popen(  # noqa: S603
        [sys.executable or "", *flags, "-c", _CODE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        creationflags=_NEW_GROUP,
    )


def _ended(status: int) -> CheckError:
    return CheckError(
        f"The process that checks external addresses ended before it was done (status {status}). "
        "If memory is short, lower `external.concurrency`; the next build goes on from the cache."
    )


def _without_words(target: Target) -> Target:
    """All that a check needs to know: the address, and the fragments of the links to it."""
    fragments = sorted({link.fragment for link in target.links if link.fragment})
    return replace(target, links=tuple(_link(target.url, fragment) for fragment in fragments))


def _link(url: Url, fragment: str) -> Link:
    return Link(source=PageUri(""), kind="external", href=url, target=url, fragment=fragment)
