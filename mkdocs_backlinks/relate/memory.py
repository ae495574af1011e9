"""What a ranking leaves behind, so that after an edit only what has changed is done again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from mkdocs_backlinks.model import Page, Related
from mkdocs_backlinks.relate.reading import Library
from mkdocs_backlinks.relate.site import Site, Survey
from mkdocs_backlinks.settings import RelatedSettings


@dataclass(frozen=True, slots=True)
class Shown:
    """The related pages of one page, and the places of all that were looked at for it, best first."""

    related: tuple[Related, ...]
    considered: Collection[int]


@dataclass(slots=True)
class Memory:
    """It may be used for any site, and changes no result."""

    library: Library = field(default_factory=Library)
    survey: Survey | None = None
    settings: RelatedSettings | None = None
    shown: Mapping[int, Shown] = field(default_factory=dict)

    def still_right(self, site: Site, settings: RelatedSettings) -> Mapping[int, Shown]:
        """By place, what was shown before and would be found again."""
        before = self.survey.site if self.survey else None
        if before is None or settings != self.settings or not _is_alike(before, site):
            return {}
        others = {place for place, now in enumerate(site.pages) if _has_changed(before, site, place, now)}
        led = {place for place, now in enumerate(site.steps) if now is not before.steps[place]}
        return {
            place: shown
            for place, shown in self.shown.items()
            if place not in others
            and place not in led
            and site.surroundings[place] is before.surroundings[place]
            and led.isdisjoint(site.steps[place].all)
            and others.isdisjoint(shown.considered)
        }


def _is_alike(before: Site, site: Site) -> bool:
    """Whether all is the same that many pages depend on."""
    known = before.spellings
    return (
        list(before.places) == list(site.places)
        and before.outgoing == site.outgoing
        and before.fellowship == site.fellowship
        and before.topics == site.topics
        and [page.title for page in before.pages] == [page.title for page in site.pages]
        and all(known.get(term, word) == word for term, word in site.spellings.items())
    )


def _has_changed(before: Site, site: Site, place: int, page: Page) -> bool:
    known = before.pages[place]
    return (
        page is not known
        and ((page.text, page.pinned, page.unrelated) != (known.text, known.pinned, known.unrelated))
    ) or site.vectors[place] != before.vectors[place]
