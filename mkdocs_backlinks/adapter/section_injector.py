"""Put the sections into a page while MkDocs renders it, and restore its content afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils.templates import TemplateContext

from mkdocs_backlinks.inject import PageSection, SectionRenderer
from mkdocs_backlinks.model import PageUri


class SectionInjector:
    """Injects the sections of one build; `graph_page` is the page with the graph of the site, if any."""

    def __init__(self, renderer: SectionRenderer, graph_page: str | None) -> None:
        self._renderer = renderer
        self._graph_page = graph_page
        self._rendered: tuple[MkDocsPage, str | None] | None = None  # with the content its author wrote

    def add(self, page: MkDocsPage, context: TemplateContext) -> None:
        """Put the page's sections into its content, its table of contents and its template's variables."""
        self.restore()
        uri = PageUri(page.file.src_uri)
        if uri == self._graph_page:
            page.content = self._renderer.render_graph(page.url, page.content or "")
        if uri not in self._renderer.site.graph.pages:
            return
        self._rendered = page, page.content
        sections = self._renderer.render(uri, page.content or "")
        page.content = sections.content
        # Themes may read more than MkDocs itself puts in.
        context["backlinks"] = sections.backlinks  # type: ignore[typeddict-unknown-key]
        context["related_pages"] = sections.related_pages  # type: ignore[typeddict-unknown-key]
        _add_to_toc(page, sections.toc)

    def restore(self) -> None:
        """Give the last page the content that its author wrote: MkDocs keeps all pages until the build ends.

        The sections of all of them would take as much memory as the rest of the plugin, and a plugin that
        reads the content later, such as one for a feed, wants what the author wrote.
        """
        if self._rendered is not None:
            page, content = self._rendered
            page.content, self._rendered = content, None


def _add_to_toc(page: MkDocsPage, sections: Iterable[PageSection]) -> None:
    """Append the sections to what stands below the page's first heading, where themes list it."""
    items = page.toc.items
    siblings = items[0].children if items and items[0].level == 1 else items
    siblings.extend(AnchorLink(section.label, section.id, level=2) for section in sections)
