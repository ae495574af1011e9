"""What a change did to the structure of a site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mkdocs_backlinks.advise.weakness import Assessed, Weakness
from mkdocs_backlinks.model import PageUri

LEAST_MOVE = 1.0
"""So much more or less equity counts as a change; a little of it moves with every link of a site."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one page: None where it was not there, or is not any more."""

    page: PageUri
    before: Assessed | None
    after: Assessed | None

    @property
    def gained(self) -> tuple[Weakness, ...]:
        """The weaknesses that are new."""
        known = self.before.weaknesses if self.before else ()
        return tuple(one for one in self.after.weaknesses if one not in known) if self.after else ()

    @property
    def lost(self) -> tuple[Weakness, ...]:
        """The weaknesses that are mended, or have gone with the page."""
        left = self.after.weaknesses if self.after else ()
        return tuple(one for one in self.before.weaknesses if one not in left) if self.before else ()

    @property
    def equity(self) -> float:
        """How much equity the page has more than before; of a page that is new or gone, all of it."""
        before = self.before.standing.equity if self.before else 0.0
        return round((self.after.standing.equity if self.after else 0.0) - before, 1)

    @property
    def linked_from(self) -> int:
        """How many pages more than before link to it."""
        before = len(self.before.standing.linked_from) if self.before else 0
        return (len(self.after.standing.linked_from) if self.after else 0) - before


def compare(old: Iterable[Assessed], new: Iterable[Assessed]) -> tuple[Change, ...]:
    """The pages that have changed: first those with new weaknesses, the worst first, then by equity."""
    before, after = _by_page(old), _by_page(new)
    changes = (Change(page, before.get(page), after.get(page)) for page in {**after, **before})
    return tuple(sorted(filter(_counts, changes), key=_order))


def _by_page(assessed: Iterable[Assessed]) -> Mapping[PageUri, Assessed]:
    return {one.standing.page: one for one in assessed}


def _counts(change: Change) -> bool:
    is_there = change.before is not None and change.after is not None
    has_moved = abs(change.equity) >= LEAST_MOVE or change.linked_from != 0
    return not is_there or has_moved or bool(change.gained or change.lost)


def _order(change: Change) -> tuple[bool, bool, float, PageUri]:
    return not change.gained, not change.lost, -abs(change.equity), change.page
