"""While a check runs beside the build, whichever thread has something to do gets its turn soon."""

from __future__ import annotations

import sys

SOON = 0.0002
"""Seconds after which a thread that computes makes room for one that waits.

Python's own five milliseconds are long for the check, which needs a moment for each answer and is on the web
for the rest of the time: beside a build that computes, it would wait for its turn longer than for its hosts.
"""


class Turns:
    """Python's setting is one for all threads, so that it is changed once and given back as it was."""

    def __init__(self) -> None:
        self._usual: float | None = None

    def come_soon(self) -> None:
        """From now on, until `come_as_usual`."""
        if self._usual is None:
            self._usual = sys.getswitchinterval()
            sys.setswitchinterval(min(self._usual, SOON))

    def come_as_usual(self) -> None:
        if self._usual is not None:
            sys.setswitchinterval(self._usual)
            self._usual = None
