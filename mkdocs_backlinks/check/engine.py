"""Checks all targets of a run: each gets exactly one `Evidence`, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_backlinks.check.ask.context import CheckContext, Job, JobBatch
from mkdocs_backlinks.check.collect import Excluded, collect, exclusions
from mkdocs_backlinks.check.history.history import History
from mkdocs_backlinks.check.read.evidence import deferred
from mkdocs_backlinks.check.read.fragments import linked_fragments
from mkdocs_backlinks.check.run_options import DEFAULTS, RunOptions
from mkdocs_backlinks.check.target_batches import TargetBatch, TargetBatches
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.model import Evidence, Target, Url
from mkdocs_backlinks.settings import ExternalSettings

if TYPE_CHECKING:
    from mkdocs_backlinks.check.fetch.environment import Environment


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Evidence on each target, sorted by URL, and sentences about the run itself."""

    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()


def check(
    batches: TargetBatches,
    settings: ExternalSettings,
    options: RunOptions = DEFAULTS,
    *,
    stop: Future[None],
    environment: Environment | None = None,
) -> CheckResult:
    """Check all targets, beginning with the first batch; cancelling `stop` ends the run early.

    Raises `LockFileError` and, for an environment that cannot be used, `SettingsError`.
    """
    now = (environment.timing if environment else Timing()).now
    history, excluded = History(options, now), exclusions(settings.exclude, now().date())
    run = _Run(options, history, excluded)
    try:
        coming = iter(batches)
        jobs = run.select(next(coming))
        while not jobs.jobs and not jobs.is_last:
            jobs = run.select(next(coming))
        if jobs.jobs:
            # Only a run with requests pays for TLS and the HTTP client.
            from mkdocs_backlinks.check.ask.check_targets import check_targets  # noqa: PLC0415
            from mkdocs_backlinks.check.fetch.environment import Environment  # noqa: PLC0415

            context = CheckContext(
                settings,
                excluded,
                environment or Environment(),
                run.record,
                history.past,
                options.probe_https,
            )
            check_targets(jobs, coming, run.select, context, stop)
        for url in run.linked - run.evidence.keys():
            run.record(deferred(url), {})
    finally:
        history.save()
    return CheckResult(tuple(run.evidence[url] for url in sorted(run.linked)), tuple(history.notes))


class _Run:
    """Final evidence on the targets of a run, and `linked`, their URLs, once all are known."""

    def __init__(self, options: RunOptions, history: History, excluded: Excluded) -> None:
        self.evidence: dict[Url, Evidence] = {}
        self.linked: frozenset[Url] = frozenset()
        self._options = options
        self._history = history
        self._excluded = excluded

    def select(self, batch: TargetBatch) -> JobBatch:
        """Return the targets that need a request, in the order in which to begin.

        Evidence on the others is kept with the last batch, which has all of them.
        """
        pending: dict[Url, Job] = {}
        known: list[Evidence] = []
        for target in batch.targets:
            collected = self._collect(target)
            if isinstance(collected, Evidence):
                known.append(collected)
            else:
                pending[target.url] = Job(target, collected)
        self._history.load(target.url for target in batch.targets)
        plan = self._history.plan([job.target for job in pending.values()])
        if batch.is_last:
            self.linked = frozenset(target.url for target in batch.targets)
            for evidence in (*known, *plan.known.values()):
                self._keep(evidence)
        return JobBatch([pending[target.url] for target in plan.pending], batch.is_last)

    def record(self, evidence: Evidence, validators: Mapping[str, str]) -> None:
        """Keep new evidence, for later runs as well."""
        self._keep(self._history.record(evidence, validators))

    def _collect(self, target: Target) -> Evidence | Url:
        collected = collect(target.url, self._excluded)
        repository = self._options.repository
        if isinstance(collected, Evidence) or repository is None:
            return collected
        return repository.evidence(target.url, linked_fragments(target)) or collected

    def _keep(self, evidence: Evidence) -> None:
        self.evidence[evidence.url] = evidence
        if self._options.progress:
            self._options.progress(evidence)
