"""Which targets are to be asked, as far as that is known, and for which fragments each has been asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mkdocs_backlinks.check.ask.context import Job, Jobs
from mkdocs_backlinks.check.history.record import Record
from mkdocs_backlinks.check.read.fragments import linked_fragments
from mkdocs_backlinks.model import Evidence, Target, Url


class PendingTargets:
    """`past` is what earlier runs have left; `is_complete` says whether all jobs are known."""

    def __init__(self, past: Mapping[Url, Record]) -> None:
        self._past = past
        self._jobs: dict[Url, Job] = {}
        self._asked: dict[Url, Target] = {}
        self.is_complete = False

    def enter(self, jobs: Jobs) -> tuple[list[Job], list[Job]]:
        """Those that are new: first what had to wait in the last run, then the others."""
        new = [job for job in jobs.jobs if job[0].url not in self._jobs]
        self._jobs.update((job[0].url, job) for job in jobs.jobs)
        self.is_complete = jobs.are_all
        waited = [job for job in new if self._has_waited(job[0].url)]
        return waited, [job for job in new if not self._has_waited(job[0].url)]

    def job(self, url: Url) -> Job:
        """The job with all links that are known by now."""
        return self._jobs[url]

    def ask(self, target: Target) -> None:
        """Note for which fragments a target is being asked."""
        self._asked[target.url] = target

    def incomplete(self, drafts: Iterable[Evidence]) -> list[Url]:
        """The targets of which a page was found that lacks fragments."""
        return [draft.url for draft in drafts if self.lacks_fragments(draft)]

    def lacks_fragments(self, draft: Evidence) -> bool:
        """Whether a page that is there was not asked for all fragments that links to it are known to have."""
        linked, asked = self._jobs[draft.url][0], self._asked[draft.url]
        return (
            linked is not asked
            and is_success(draft)
            and not linked_fragments(linked) <= linked_fragments(asked)
        )

    def _has_waited(self, url: Url) -> bool:
        before = self._past.get(url)
        return before is not None and before.verdict == "deferred"


def is_success(evidence: Evidence) -> bool:
    """Whether a page was found in which one can look for something."""
    return evidence.status is not None and 200 <= evidence.status < 300
