"""What one run knows before it asks, and what it leaves behind for the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from mkdocs_backlinks.check.remember import cache, lock
from mkdocs_backlinks.check.remember.memory import remember, with_streak
from mkdocs_backlinks.check.remember.plan import Plan, plan
from mkdocs_backlinks.check.remember.record import Record
from mkdocs_backlinks.check.run_options import RunOptions
from mkdocs_backlinks.model import Evidence, Target, Url

EVERY = timedelta(seconds=5)
"""How often what was learnt is put into the cache, so that a process that is killed loses no more."""


class Recollection:
    """The memory of one run, and the `notes` on what went wrong with its files.

    Without `options.history` a run knows nothing and leaves nothing. Raises `LockFileError`.
    """

    def __init__(self, options: RunOptions, now: Callable[[], datetime]) -> None:
        self._memory = options.history
        self._mode = options.mode
        self._now = now
        self._records: dict[Url, Record] = {}
        self._past: dict[Url, Record] = {}
        self.notes: list[str] = []
        file = options.history.lockfile if options.history else None
        self._saved = now()
        self._lock = lock.read(file) if file else lock.Lock()
        self._cache = options.history.cache if options.history and options.mode != "locked" else None
        self._cached: dict[Url, Record] = {}
        self._met: set[Url] = set()

    @property
    def past(self) -> Mapping[Url, Record]:
        """What is remembered of each address that was in a plan."""
        return self._past

    def meet(self, urls: Iterable[Url]) -> None:
        """Look up what the cache has of these addresses; of none twice, for the run itself writes into it."""
        new = frozenset(urls) - self._met
        self._met |= new
        if new and self._cache:
            loaded = cache.load(self._cache, new)
            self._cached.update(loaded.records)
            if loaded.note:  # and what is wrong is said once
                self.notes.append(loaded.note)
                self._cache = None

    def knows(self, url: Url) -> bool:
        """Whether there is anything about an address; it was asked in some earlier run then."""
        return url in self._cached or url in self._lock.records

    def plan(self, targets: Sequence[Target]) -> Plan:
        """What to ask, and what not."""
        made = plan(targets, self._mode, self._cached, self._lock, self._now())
        self._past.update(made.past)
        self.notes += made.notes
        return made

    def learn(self, evidence: Evidence, validators: Mapping[str, str]) -> Evidence:
        """Remember what was found out just now, and add for how long it has been so."""
        if self._memory is None:
            return evidence
        before, now = self._past.get(evidence.url), self._now()
        record = remember(before, evidence, self._memory.judge(evidence), now, validators)
        if record is None:
            return evidence
        self._records[evidence.url] = record
        if now - self._saved >= EVERY:
            # Whoever waits for an answer waits for this as well: another build that is writing comes first.
            self._write(now, patience=0.0)
        return with_streak(evidence, record)

    def save(self) -> None:
        """Put what was learnt into the cache; what goes wrong there becomes a note."""
        note = self._write(self._now(), cache.PATIENCE)
        self.notes += [note] if note else []

    def _write(self, now: datetime, patience: float) -> str | None:
        self._saved = now
        if self._memory is None or self._memory.cache is None or not self._records:
            return None
        note = cache.save(self._memory.cache, self._records, now, patience=patience)
        if note is None:
            self._records = {}
        return note
