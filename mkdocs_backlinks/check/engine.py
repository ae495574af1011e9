"""One run from start to end: whatever happens on the way, each target gets exactly one `Evidence`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_backlinks.check.ask.errand import Errand, Job, Keep
from mkdocs_backlinks.check.collect import Excluded, collect, collect_known, exclusions
from mkdocs_backlinks.check.own_repository import OwnRepository
from mkdocs_backlinks.check.read.evidence import deferred
from mkdocs_backlinks.check.read.fragments import wanted
from mkdocs_backlinks.check.remember.recollection import Recollection
from mkdocs_backlinks.check.terms import USUAL, Progress, Terms
from mkdocs_backlinks.check.timing import Timing
from mkdocs_backlinks.model import Evidence, Target, Url
from mkdocs_backlinks.settings import ExternalSettings

if TYPE_CHECKING:
    from mkdocs_backlinks.check.fetch.outside import Outside


@dataclass(frozen=True, slots=True)
class Found:
    """What a run came to: the evidence sorted by address, and sentences about the run itself."""

    evidence: tuple[Evidence, ...]
    notes: tuple[str, ...] = ()


def check(
    targets: Sequence[Target],
    settings: ExternalSettings,
    terms: Terms = USUAL,
    *,
    stop: Future[None],
    outside: Outside | None = None,
) -> Found:
    """Find out about all targets; cancelling `stop` ends the run early.

    Raises `LockFileError` and, for an environment that cannot be used, `SettingsError`.
    """
    now = (outside.timing if outside else Timing()).now
    ledger = _Ledger(terms.progress)
    keep = ledger.keep
    excluded = exclusions(settings.exclude, now().date())
    past = Recollection(terms, {target.url for target in targets}, now)
    left = _left(targets, excluded, terms.repository, past.knows, keep)
    plan = past.plan([target for target, _ in left.values()])
    try:
        for known in plan.known.values():
            keep(known)
        jobs = _jobs((left[target.url] for target in plan.ask), past.knows, excluded, keep)
        errand = Errand(settings, excluded, plan.past, terms.twins)
        _ask(jobs, errand, outside, lambda one, fields: keep(past.learn(one, fields)), stop)
        for url in {target.url for target in targets} - ledger.found.keys():
            keep(past.learn(deferred(url), {}))
    finally:
        past.save()
    return Found(tuple(ledger.found[url] for url in sorted(ledger.found)), tuple(past.notes))


class _Ledger:
    """All evidence that is final, by address."""

    def __init__(self, progress: Progress | None) -> None:
        self.found: dict[Url, Evidence] = {}
        self._progress = progress

    def keep(self, evidence: Evidence) -> None:
        self.found[evidence.url] = evidence
        if self._progress:
            self._progress(evidence)


def _left(
    targets: Sequence[Target],
    excluded: Excluded,
    repository: OwnRepository | None,
    knows: Callable[[Url], bool],
    keep: Callable[[Evidence], None],
) -> Mapping[Url, Job]:
    """What cannot be told without the web or a memory; the evidence on all others goes to `keep`."""
    left: dict[Url, Job] = {}
    for target in targets:
        # To take apart ten thousand addresses that are remembered and not asked would cost time.
        found = collect_known(target.url, excluded) if knows(target.url) else collect(target.url, excluded)
        if not isinstance(found, Evidence) and repository:
            found = repository.evidence(target.url, wanted(target)) or found
        if isinstance(found, Evidence):
            keep(found)
        else:
            left[target.url] = target, found
    return left


def _jobs(
    jobs: Iterable[Job], knows: Callable[[Url], bool], excluded: Excluded, keep: Callable[[Evidence], None]
) -> Sequence[Job]:
    """The same with what may be sent: a memory tells what was found out about an address, and no more."""
    sendable: list[Job] = []
    for target, address in jobs:
        found = collect(address, excluded) if knows(target.url) else address
        if isinstance(found, Evidence):
            keep(found)
        else:
            sendable.append((target, found))
    return sendable


def _ask(
    jobs: Sequence[Job], errand: Errand, outside: Outside | None, keep: Keep, stop: Future[None]
) -> None:
    if jobs:
        # Only a run that asks something pays for TLS and the HTTP client.
        from mkdocs_backlinks.check.ask.ask_all import ask_all  # noqa: PLC0415
        from mkdocs_backlinks.check.fetch.outside import Outside  # noqa: PLC0415

        ask_all(jobs, errand, outside or Outside(), keep, stop)
