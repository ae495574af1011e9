"""What one run knows before it asks, and what it leaves behind for the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from mkdocs_backlinks.check.remember import cache, lock
from mkdocs_backlinks.check.remember.memory import remember, with_streak
from mkdocs_backlinks.check.remember.plan import Plan, plan
from mkdocs_backlinks.check.remember.record import Record
from mkdocs_backlinks.check.terms import Mode, Terms
from mkdocs_backlinks.model import Evidence, Target, Url


class Recollection:
    """The memory of one run: the `plan` it makes, and the `notes` on what went wrong with its files.

    Without `terms.memory` a run knows nothing and leaves nothing. Raises `LockFileError`.
    """

    def __init__(self, terms: Terms, targets: Sequence[Target], now: Callable[[], datetime]) -> None:
        self._memory = terms.memory
        self._now = now
        self._records: dict[Url, Record] = {}
        self.notes: list[str] = []
        file = terms.memory.lockfile if terms.memory else None
        locked = lock.read(file) if file else lock.Lock()
        self.plan: Plan = plan(targets, terms.mode, self._cached(terms.mode, targets), locked, now())
        self.notes += self.plan.notes

    def learn(self, evidence: Evidence, validators: Mapping[str, str]) -> Evidence:
        """Remember what was found out just now, and add for how long it has been so."""
        if self._memory is None:
            return evidence
        before = self.plan.past.get(evidence.url)
        record = remember(before, evidence, self._memory.judge(evidence), self._now(), validators)
        if record is None:
            return evidence
        self._records[evidence.url] = record
        return with_streak(evidence, record)

    def save(self) -> None:
        """Put what was learnt into the cache; what goes wrong there becomes a note."""
        if self._memory and self._memory.cache and self._records:
            note = cache.save(self._memory.cache, self._records, self._now())
            self.notes += [note] if note else []

    def _cached(self, mode: Mode, targets: Sequence[Target]) -> Mapping[Url, Record]:
        if self._memory is None or self._memory.cache is None or mode == "locked":
            return {}
        loaded = cache.load(self._memory.cache, {target.url for target in targets})
        self.notes += [loaded.note] if loaded.note else []
        return loaded.records
