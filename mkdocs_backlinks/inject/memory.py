"""The sections of the build before: after an edit, only those are made again that it may have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from mkdocs_backlinks.inject.items import BacklinkItem, RelatedItem
from mkdocs_backlinks.inject.neighbours import Neighbours
from mkdocs_backlinks.inject.sections import Section
from mkdocs_backlinks.model import PageUri


@dataclass(frozen=True, slots=True)
class Made:
    """What is made of a page's neighbours: its sections, which of them its table of contents lists, and the
    same for its template.
    """

    neighbours: Neighbours
    sections: tuple[Section, ...]
    toc: tuple[Section, ...]
    backlinks: tuple[BacklinkItem, ...]
    related_pages: tuple[RelatedItem, ...]


@dataclass(slots=True)
class Memory:
    """It may be used for any site, and changes no section. `alike` is what those of all pages depend on."""

    alike: object = None
    made: Mapping[PageUri, Made] = field(default_factory=dict)

    def renew(
        self,
        alike: object,
        pages: Iterable[tuple[PageUri, Neighbours]],
        make: Callable[[Neighbours], Made],
    ) -> Mapping[PageUri, Made]:
        """What was made of equal neighbours before, or is now, for every page."""
        known = self.made if alike == self.alike else {}
        self.made = {uri: _again(known.get(uri), one) or make(one) for uri, one in pages}
        self.alike = alike
        return self.made


def _again(known: Made | None, neighbours: Neighbours) -> Made | None:
    if known is None or known.neighbours != neighbours:
        return None
    # Those of before would keep more of an old build than they show.
    return Made(neighbours, known.sections, known.toc, known.backlinks, known.related_pages)
