"""Comparison of the structure of a site before and after a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mkdocs_backlinks.advise.weakness import Assessed, Weakness
from mkdocs_backlinks.model import PageUri

LEAST_MOVE = 1.0
"""Equity that a page must gain or lose to have changed; a little of it moves with every link of a site."""


@dataclass(frozen=True, slots=True)
class Change:
    """Change of one page: `before` is None for a new page, `after` for one that is gone."""

    page: PageUri
    before: Assessed | None
    after: Assessed | None

    @property
    def gained(self) -> tuple[Weakness, ...]:
        """New weaknesses."""
        known = self.before.weaknesses if self.before else ()
        return tuple(kind for kind in self.after.weaknesses if kind not in known) if self.after else ()

    @property
    def lost(self) -> tuple[Weakness, ...]:
        """Weaknesses that are mended, or have gone with the page."""
        known = self.after.weaknesses if self.after else ()
        return tuple(kind for kind in self.before.weaknesses if kind not in known) if self.before else ()

    @property
    def equity(self) -> float:
        """Equity that the page has more than before; of a page that is new or gone, all of it."""
        before = self.before.standing.equity if self.before else 0.0
        return round((self.after.standing.equity if self.after else 0.0) - before, 1)

    @property
    def linked_from(self) -> int:
        """Number of pages that link to it, more than before."""
        before = len(self.before.standing.linked_from) if self.before else 0
        return (len(self.after.standing.linked_from) if self.after else 0) - before


def compare(old: Iterable[Assessed], new: Iterable[Assessed]) -> tuple[Change, ...]:
    """Return the pages that have changed: those with new weaknesses first, then by equity."""
    before, after = _by_page(old), _by_page(new)
    changes = (Change(page, before.get(page), after.get(page)) for page in {**after, **before})
    return tuple(sorted(filter(_has_changed, changes), key=_order))


def _by_page(assessed: Iterable[Assessed]) -> Mapping[PageUri, Assessed]:
    return {page.standing.page: page for page in assessed}


def _has_changed(change: Change) -> bool:
    is_new_or_gone = change.before is None or change.after is None
    has_moved = abs(change.equity) >= LEAST_MOVE or change.linked_from != 0
    return is_new_or_gone or has_moved or bool(change.gained or change.lost)


def _order(change: Change) -> tuple[bool, bool, float, PageUri]:
    return not change.gained, not change.lost, -abs(change.equity), change.page
