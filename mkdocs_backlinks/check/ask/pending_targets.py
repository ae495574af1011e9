"""Targets of a run whose evidence is not final yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mkdocs_backlinks.check.ask.context import CheckContext, Job, JobBatch
from mkdocs_backlinks.check.ask.network import Network
from mkdocs_backlinks.check.ask.scheduler import ProbeBatch
from mkdocs_backlinks.check.ask.target_probe import GONE, SharedFollowUps, TargetProbe
from mkdocs_backlinks.check.read.fragments import linked_fragments
from mkdocs_backlinks.model import Evidence, Url


class PendingTargets:
    """Starts the probe of each target, and hands its evidence to `context.keep` once nothing can change it.

    Nothing is final before the last batch, as only then all links are known.
    """

    def __init__(self, context: CheckContext, network: Network) -> None:
        self._context = context
        self._network = network
        self._shared = SharedFollowUps(network)
        self._probes: dict[Url, TargetProbe] = {}
        self._has_all = False

    def start(self, batch: JobBatch) -> Iterator[ProbeBatch]:
        """Yield the probes of a batch, first those of targets that were deferred in the last run.

        A target whose fragments were not all known when its probe began gets a new one in its place. Targets
        that are not in the last batch are dropped.
        """
        new = [TargetProbe(job, self._context, self._shared) for job in batch.jobs if self._is_new(job)]
        self._probes.update((probe.target.url, probe) for probe in new)
        if batch.is_last:
            self._has_all = True
            self._probes = {job.target.url: self._probes[job.target.url] for job in batch.jobs}
            for probe in list(self._probes.values()):
                self._settle(probe)
        for is_urgent in (True, False):
            probes = (probe for probe in new if self._was_deferred(probe) is is_urgent)
            yield ProbeBatch((probe.run(self._settle) for probe in probes), is_urgent)

    async def close(self) -> None:
        """Keep the drafts of all targets that had a response."""
        drafts = [self._with_control(probe.evidence) for probe in self._probes.values() if probe.evidence]
        for evidence in await self._network.settle(drafts):
            self._context.keep(evidence, self._probes[evidence.url].validators)

    def _is_new(self, job: Job) -> bool:
        probe = self._probes.get(job.target.url)
        return probe is None or not linked_fragments(job.target) <= probe.fragments

    def _was_deferred(self, probe: TargetProbe) -> bool:
        record = self._context.past.get(probe.target.url)
        return record is not None and record.verdict == "deferred"

    def _settle(self, probe: TargetProbe) -> None:
        """Keep evidence that is final, of a probe that has not been replaced; a page that is gone waits for
        the last response of its host.
        """
        url, evidence = probe.target.url, probe.evidence
        if not self._has_all or self._probes.get(url) is not probe or not probe.is_done or evidence is None:
            return
        if self._network.is_certain(evidence) and self._with_control(evidence) is evidence:
            del self._probes[url]
            self._context.keep(evidence, probe.validators)

    def _with_control(self, draft: Evidence) -> Evidence:
        """Add to evidence of a page that is gone whether another request to its host worked."""
        if draft.status not in GONE or draft.final_url is None or draft.via == "authority":
            return draft
        return replace(draft, control=self._network.is_responsive(draft.final_url))
