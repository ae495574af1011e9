"""History of a run: the records it starts from, and those it leaves for later runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from mkdocs_backlinks.check.history import cache, lockfile
from mkdocs_backlinks.check.history.plan import Plan, plan
from mkdocs_backlinks.check.history.record import Record, next_record, with_streak
from mkdocs_backlinks.check.run_options import HistoryFiles, RunOptions
from mkdocs_backlinks.model import Evidence, Target, Url

SAVE_INTERVAL = timedelta(seconds=5)
"""Time between two writes to the cache: a process that is killed loses the records of this time at most."""


class History:
    """Records of one run, and `notes` on what is wrong with its files.

    Without `options.history` there are no records, and none are kept. `past` has the record of each target
    that was in a plan. Raises `LockFileError`.
    """

    def __init__(self, options: RunOptions, now: Callable[[], datetime]) -> None:
        self.notes: list[str] = []
        self.past: dict[Url, Record] = {}
        self._options = options
        self._now = now
        self._lockfile = _read_lockfile(options.history)
        self._cached: dict[Url, Record | None] = {}
        self._unsaved: dict[Url, Record] = {}
        self._saved_at = now()

    def load(self, urls: Iterable[Url]) -> None:
        """Load records from the cache; of no address twice, for the run itself writes into it."""
        new = frozenset(urls) - self._cached.keys()
        self._cached.update(dict.fromkeys(new))
        file = self._options.history.cache if self._options.history else None
        if new and file and self._options.mode != "locked" and not self.notes:
            loaded = cache.load(file, new)
            self._cached.update(loaded.records)
            self.notes += [loaded.note] if loaded.note else []

    def plan(self, targets: Sequence[Target]) -> Plan:
        """Return the plan for these targets."""
        made = plan(targets, self._options.mode, self._cached, self._lockfile, self._now())
        self.past.update(made.past)
        self.notes += made.notes
        return made

    def record(self, evidence: Evidence, validators: Mapping[str, str]) -> Evidence:
        """Keep new evidence for later runs, and return it with its streak."""
        history = self._options.history
        if history is None:
            return evidence
        before, now = self.past.get(evidence.url), self._now()
        record = next_record(before, evidence, history.judge(evidence), now, validators)
        if record is None:
            return evidence
        self._unsaved[evidence.url] = record
        if now - self._saved_at >= SAVE_INTERVAL:
            # Responses wait while this writes, so another build that is writing is not waited for.
            self._write(now, timeout=0.0)
        return with_streak(evidence, record)

    def save(self) -> None:
        """Write all records into the cache; a failure becomes a note."""
        note = self._write(self._now(), cache.BUSY_TIMEOUT)
        self.notes += [note] if note else []

    def _write(self, now: datetime, timeout: float) -> str | None:
        self._saved_at = now
        history = self._options.history
        if history is None or history.cache is None or not self._unsaved:
            return None
        note = cache.save(history.cache, self._unsaved, now, timeout=timeout)
        if note is None:
            self._unsaved = {}
        return note


def _read_lockfile(history: HistoryFiles | None) -> lockfile.Lockfile:
    return lockfile.read(history.lockfile) if history and history.lockfile else lockfile.Lockfile()
