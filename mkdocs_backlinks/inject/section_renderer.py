"""Render the sections of all pages of a build from its finished link graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.inject.heading_notes import place_heading_notes, render_heading_notes
from mkdocs_backlinks.inject.items import (
    BacklinkItem,
    RelatedItem,
    backlink_items,
    heading_items,
    related_items,
)
from mkdocs_backlinks.inject.labels import Labels, load_labels
from mkdocs_backlinks.inject.local_graph import local_graph
from mkdocs_backlinks.inject.sections import (
    PageSection,
    place_sections,
    render_backlinks,
    render_local_graph,
    render_related,
)
from mkdocs_backlinks.inject.site_context import SiteContext
from mkdocs_backlinks.inject.site_graph import place_graph
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

    site: SiteContext
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
        """Return the renderer of a build whose pages a theme shows in this language."""
        labels, site = load_labels(language, settings.labels), SiteContext.of(graph, settings.backlinks)
        return cls(site, related, labels, templates, settings)

    def render_graph(self, url: str, content: str) -> str:
        """Return the content of the page at `url` with the graph of the whole site."""
        return place_graph(content, url, self.site, self.templates, self.labels)

    def render(self, uri: PageUri, content: str) -> PageSections:
        """Return a page of the graph, with its sections in its content."""
        page, settings = self.site.graph.pages[uri], self.settings
        backlinks = backlink_items(page, self.site, settings.backlinks)
        related = related_items(page, self.related.get(uri, ()), self.site, settings.related, self.labels)
        # Related pages go first: they are few and lead on, while backlinks may be many.
        rendered = (
            render_related(related, self.templates, self.labels),
            render_backlinks(backlinks, settings.backlinks, self.templates, self.labels),
        )
        sections = [section for section in rendered if section.html]
        in_toc = {"__related": settings.related.toc, "__backlinks": settings.backlinks.toc}
        content = self._with_heading_notes(page, content)
        return PageSections(
            content=place_sections(content, [*self._local_graph(page), *sections]),
            toc=tuple(section for section in sections if in_toc[section.id]),
            backlinks=backlinks,
            related_pages=related,
        )

    def _with_heading_notes(self, page: Page, content: str) -> str:
        settings = self.settings.backlinks
        if not settings.at_headings:
            return content
        items = heading_items(page, self.site, settings)
        return place_heading_notes(
            content, render_heading_notes(items, settings, self.templates, self.labels)
        )

    def _local_graph(self, page: Page) -> Iterator[PageSection]:
        is_shown = self.settings.graph.local and "graph" not in page.hidden
        if is_shown and (graph := local_graph(page, self.site)):
            yield render_local_graph(graph, self.templates, self.labels)
