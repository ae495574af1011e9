"""The other side of `Apart`: a process that does one check, as it is told to."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from contextlib import suppress
from pickle import PicklingError
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from mkdocs_backlinks.check.run import Run
from mkdocs_backlinks.check.wire import hear, say

if TYPE_CHECKING:
    from mkdocs_backlinks.check.engine import Found


YOUNG = 20_000
"""New objects between two looks for garbage; there is hardly any, and Python's 700 are a few answers."""


def work() -> NoReturn:
    """Check what comes in on the standard input, and end when it has been said what was found.

    Where the other process is gone, the check is cancelled, so that what was found out is kept.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(YOUNG)
    hears, says = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever somebody prints is no part of what is said
    run = Run(*hear(hears))
    threading.Thread(target=_listen, args=(hears, run), daemon=True).start()
    with suppress(OSError):
        say_outcome(says, run)
    # The thread waits for a line that is still open, and Python cannot end in an orderly way before it does.
    os._exit(0)


def say_outcome(line: BinaryIO, run: Run) -> None:
    """What the check came to: what was found, or the error that is to be raised."""
    outcome: tuple[Found | None, BaseException | None]
    try:
        outcome = run.found(), None
    except BaseException as error:  # noqa: BLE001 - handed to the caller of result()
        outcome = None, error
    try:
        say(line, outcome)
    except (TypeError, AttributeError, PicklingError):
        say(line, (None, RuntimeError(repr(outcome[1]))))


def _listen(hears: BinaryIO, run: Run) -> None:
    advance = {"foresee": run.foresee, "complete": run.complete}
    with suppress(EOFError):
        while True:
            word, targets = hear(hears)
            advance[word](targets)
    run.cancel()
