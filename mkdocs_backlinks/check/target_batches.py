"""Hands targets from the thread of a build to the thread of its check, in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from queue import SimpleQueue

from mkdocs_backlinks.model import Target


@dataclass(frozen=True, slots=True)
class TargetBatch:
    """Some targets of a run; the batch that `is_last` has all of them, those of earlier batches as well."""

    targets: tuple[Target, ...]
    is_last: bool = False


class TargetBatches:
    """Batches that one thread submits and another one iterates over, up to the last."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[TargetBatch] = SimpleQueue()

    def submit(self, targets: Iterable[Target]) -> None:
        """Add targets that are known by now; there is no effect after `complete`."""
        self._queue.put(TargetBatch(tuple(targets)))

    def complete(self, targets: Iterable[Target]) -> None:
        """Add the last batch: all targets of the run. Only the first call has an effect."""
        self._queue.put(TargetBatch(tuple(targets), is_last=True))

    def __iter__(self) -> Iterator[TargetBatch]:
        is_last = False
        while not is_last:
            batch = self._queue.get()
            is_last = batch.is_last
            yield batch
