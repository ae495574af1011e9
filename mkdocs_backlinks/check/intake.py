"""Which of the addresses that come in somebody has to be asked about, and what is known of the others."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator

from mkdocs_backlinks.check.ask.context import Job, Jobs
from mkdocs_backlinks.check.collect import Excluded, collect, collect_known
from mkdocs_backlinks.check.history.history import History
from mkdocs_backlinks.check.own_repository import OwnRepository
from mkdocs_backlinks.check.portions import Portion, Portions
from mkdocs_backlinks.check.read.fragments import linked_fragments
from mkdocs_backlinks.model import Evidence, Target, Url

_Keep = Callable[[Evidence], None]


class Intake:
    """Targets come in, and those jobs go out for which somebody has to be asked.

    The evidence on all others goes to `keep`, once all targets are known: these are `linked` then.
    """

    def __init__(
        self,
        portions: Portions,
        excluded: Excluded,
        repository: OwnRepository | None,
        past: History,
        keep: _Keep,
    ) -> None:
        self.linked: frozenset[Url] = frozenset()
        self._portions = portions
        self._excluded = excluded
        self._repository = repository
        self._past = past
        self._keep = keep
        self._collected: dict[Url, Evidence | Url] = {}

    def first(self) -> Jobs:
        """Wait until there is something to ask, or nothing will be."""
        while True:
            jobs = self._sorted(self._portions.next().result())
            if jobs.jobs or jobs.are_all:
                return jobs

    async def all(self, jobs: Jobs) -> AsyncIterator[Jobs]:
        """These, and all that come after them."""
        import asyncio  # noqa: PLC0415

        yield jobs
        while not jobs.are_all:
            jobs = self._sorted(await asyncio.wrap_future(self._portions.next()))
            yield jobs

    def _sorted(self, portion: Portion) -> Jobs:
        urls = frozenset(target.url for target in portion.targets)
        if portion.is_whole:
            self.linked = urls
        keep = self._keep if portion.is_whole else _later
        self._past.load(urls)
        left = dict(self._left(portion.targets, keep))
        plan = self._past.plan([target for target, _ in left.values()])
        for known in plan.known.values():
            keep(known)
        return Jobs(list(self._jobs((left[target.url] for target in plan.pending), keep)), portion.is_whole)

    def _left(self, targets: Iterable[Target], keep: _Keep) -> Iterator[tuple[Url, Job]]:
        """What cannot be told without the web or a memory."""
        for target in targets:
            found = self._collect(target.url)
            if not isinstance(found, Evidence) and self._repository:
                found = self._repository.evidence(target.url, linked_fragments(target)) or found
            if isinstance(found, Evidence):
                keep(found)
            else:
                yield target.url, (target, found)

    def _collect(self, url: Url) -> Evidence | Url:
        """What can be said of an address for itself, which stays the same when it comes again with all."""
        if url not in self._collected:
            # To take apart ten thousand addresses that are remembered and not asked would cost time.
            look = collect_known if self._past.knows(url) else collect
            self._collected[url] = look(url, self._excluded)
        return self._collected[url]

    def _jobs(self, jobs: Iterable[Job], keep: _Keep) -> Iterator[Job]:
        """The same with what may be sent: a memory tells what was found out about an address, and no more."""
        for target, address in jobs:
            found = collect(address, self._excluded) if self._past.knows(target.url) else address
            if isinstance(found, Evidence):
                keep(found)
            else:
                yield target, found


def _later(_: Evidence) -> None:
    """It will be known again when all targets are."""
