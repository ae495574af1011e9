"""Addresses come in portions while a build goes on; the thread that asks them waits for the next one.

A portion on its way to another process is worth its while: the first address goes at once, and the more
are under way already, the more go together.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass

from mkdocs_backlinks.model import Target

SHARE = 1 / 16
"""The share of all that has come so far that goes together at least."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Targets that have come since the portion before; the one that `is_whole` has all of the run instead."""

    targets: tuple[Target, ...]
    is_whole: bool = False


class Gathered:
    """What comes page by page, until there is enough of it to be handed on."""

    def __init__(self) -> None:
        self._come = 0
        self._kept: list[Target] = []

    def add(self, targets: Iterable[Target]) -> list[Target]:
        """What is to be handed on now; of the last ones, some may never be."""
        known = len(self._kept)
        self._kept.extend(targets)
        self._come += len(self._kept) - known
        if len(self._kept) < SHARE * self._come:
            return []
        ready, self._kept = self._kept, []
        return ready


class Portions:
    """What one thread puts in, another one takes out."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._come: list[Target] = []
        self._whole: Portion | None = None
        self._awaited: Future[Portion] | None = None

    def add(self, targets: Iterable[Target]) -> None:
        """Put in what is known already."""
        with self._lock:
            self._come.extend(targets)
            self._hand_over()

    def complete(self, targets: Iterable[Target]) -> None:
        """Put in all targets of the run, those that have been put in before as well; said once for all."""
        with self._lock:
            self._whole = self._whole or Portion(tuple(targets), is_whole=True)
            self._hand_over()

    def next(self) -> Future[Portion]:
        """The next portion, as soon as there is one; the caller has taken the one before."""
        with self._lock:
            self._awaited = awaited = Future[Portion]()
            awaited.set_running_or_notify_cancel()  # whoever waits may give up, and does not take it along
            self._hand_over()
            return awaited

    def _hand_over(self) -> None:
        if self._awaited is None or not (self._come or self._whole):
            return
        awaited, self._awaited = self._awaited, None
        awaited.set_result(self._whole or Portion(tuple(self._come)))
        self._come = []
