"""The pages that a page is shown with: all that sections depend on, but for what is the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs_backlinks.inject.view import View
from mkdocs_backlinks.model import Backlink, Page, Reason, Related
from mkdocs_backlinks.settings import BacklinksSettings, RelatedSettings


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The address of a page, which pages link to it with which links, and which are related to it and why.

    Pages with equal neighbours have equal sections.
    """

    url: str
    backlinks: tuple[Backlink, ...] = ()
    related: tuple[tuple[Page, tuple[Reason, ...]], ...] = ()


def backlinks_of(page: Page, view: View, settings: BacklinksSettings) -> tuple[Backlink, ...]:
    """All pages that link to `page`, in the order of the site; none where the page hides them."""
    if not settings.enabled or "backlinks" in page.hidden:
        return ()
    left_out = view.uncounted
    if settings.hide_reciprocal:
        left_out |= view.graph.linked_pages(page.uri)
    return tuple(one for one in view.graph.backlinks(page.uri) if one.page.uri not in left_out)


def related_of(
    page: Page, view: View, related: Iterable[Related], settings: RelatedSettings
) -> tuple[tuple[Page, tuple[Reason, ...]], ...]:
    """The related pages as given, all of them in the graph; none where the page hides them."""
    if not settings.enabled or "related" in page.hidden:
        return ()
    return tuple((view.graph.pages[one.page], one.reasons) for one in related)
