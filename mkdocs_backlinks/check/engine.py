"""One run from start to end: whatever happens on the way, each target gets exactly one `Evidence`."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_backlinks.check.ask.context import CheckContext, Keep
from mkdocs_backlinks.check.collect import exclusions
from mkdocs_backlinks.check.history.history import History
from mkdocs_backlinks.check.intake import Intake
from mkdocs_backlinks.check.portions import Portions
from mkdocs_backlinks.check.read.evidence import deferred
from mkdocs_backlinks.check.run_options import DEFAULTS, Progress, RunOptions
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.model import Evidence, Url
from mkdocs_backlinks.settings import ExternalSettings

if TYPE_CHECKING:
    from mkdocs_backlinks.check.fetch.environment import Environment


@dataclass(frozen=True, slots=True)
class Found:
    """What a run came to: the evidence sorted by address, and sentences about the run itself."""

    evidence: tuple[Evidence, ...]
    notes: tuple[str, ...] = ()


def check(
    portions: Portions,
    settings: ExternalSettings,
    options: RunOptions = DEFAULTS,
    *,
    stop: Future[None],
    environment: Environment | None = None,
) -> Found:
    """Find out about all targets, beginning with those that come first; cancelling `stop` ends the run early.

    Raises `LockFileError` and, for an environment that cannot be used, `SettingsError`.
    """
    now = (environment.timing if environment else Timing()).now
    ledger = _Ledger(options.progress)
    past, excluded = History(options, now), exclusions(settings.exclude, now().date())
    intake = Intake(portions, excluded, options.repository, past, ledger.keep)
    try:
        context = CheckContext(settings, excluded, past.past, options.probe_https)
        _ask(intake, context, environment, lambda one, fields: ledger.keep(past.record(one, fields)), stop)
        for url in intake.linked - ledger.found.keys():
            ledger.keep(past.record(deferred(url), {}))
    finally:
        past.save()
    return Found(tuple(ledger.found[url] for url in sorted(intake.linked)), tuple(past.notes))


class _Ledger:
    """All evidence that is final, by address."""

    def __init__(self, progress: Progress | None) -> None:
        self.found: dict[Url, Evidence] = {}
        self._progress = progress

    def keep(self, evidence: Evidence) -> None:
        self.found[evidence.url] = evidence
        if self._progress:
            self._progress(evidence)


def _ask(
    intake: Intake, context: CheckContext, environment: Environment | None, keep: Keep, stop: Future[None]
) -> None:
    first = intake.first()
    if first.jobs:
        # Only a run that asks something pays for TLS and the HTTP client.
        from mkdocs_backlinks.check.ask.ask_all import ask_all  # noqa: PLC0415
        from mkdocs_backlinks.check.fetch.environment import Environment  # noqa: PLC0415

        ask_all(intake.all(first), context, environment or Environment(), keep, stop)
