"""All that a build writes into its pages, rendered from the finished link graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.inject.at_headings import put_at_headings
from mkdocs_backlinks.inject.items import (
    BacklinkItem,
    RelatedItem,
    backlink_items,
    heading_items,
    related_items,
)
from mkdocs_backlinks.inject.labels import Labels, load_labels
from mkdocs_backlinks.inject.local_graph import picture
from mkdocs_backlinks.inject.sections import PageSection, around, heading_notes, place, sections
from mkdocs_backlinks.inject.site_graph import place_graph
from mkdocs_backlinks.inject.view import View
from mkdocs_backlinks.model import Page, PageUri, Related
from mkdocs_backlinks.settings import Settings


@dataclass(frozen=True, slots=True)
class PageSections:
    """A page with its sections: the content that holds them, the sections that its table of contents lists,
    and the variables `backlinks` and `related_pages` of its template.
    """

    content: str
    toc: tuple[PageSection, ...]
    backlinks: tuple[BacklinkItem, ...]
    related_pages: tuple[RelatedItem, ...]


@dataclass(frozen=True, slots=True)
class SectionRenderer:
    """Renders the sections of one build."""

    view: View
    related: Mapping[PageUri, Sequence[Related]]
    labels: Labels
    templates: Environment
    settings: Settings

    @classmethod
    def of(
        cls,
        graph: LinkGraph,
        related: Mapping[PageUri, Sequence[Related]],
        settings: Settings,
        templates: Environment,
        language: str = "en",
    ) -> SectionRenderer:
        """The renderer of a build whose pages a theme shows in this language."""
        labels, view = load_labels(language, settings.labels), View.of(graph, settings.backlinks)
        return cls(view, related, labels, templates, settings)

    def render_graph(self, url: str, content: str) -> str:
        """Return the content of the page at `url` with the graph of the whole site."""
        return place_graph(content, url, self.view, self.templates, self.labels)

    def render(self, uri: PageUri, content: str) -> PageSections:
        """Return a page of the graph, with its sections in its content."""
        page, settings = self.view.graph.pages[uri], self.settings
        backlinks = backlink_items(page, self.view, settings.backlinks)
        related = related_items(page, self.related.get(uri, ()), self.view, settings.related, self.labels)
        rendered = sections(backlinks, related, settings.backlinks, self.templates, self.labels)
        if settings.backlinks.at_headings:
            content = self._with_heading_notes(page, content)
        listed = {"__backlinks": settings.backlinks.toc, "__related": settings.related.toc}
        return PageSections(
            place(content, [*self._local_graph(page), *rendered]),
            tuple(section for section in rendered if listed[section.id]),
            backlinks,
            related,
        )

    def _with_heading_notes(self, page: Page, content: str) -> str:
        items = heading_items(page, self.view, self.settings.backlinks)
        notes = heading_notes(items, self.settings.backlinks, self.templates, self.labels)
        return put_at_headings(content, notes)

    def _local_graph(self, page: Page) -> tuple[PageSection, ...]:
        if not self.settings.graph.local or "graph" in page.hidden:
            return ()
        return tuple(around(picture(page, self.view), self.templates, self.labels))
