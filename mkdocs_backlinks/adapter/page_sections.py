"""The sections go into a page when MkDocs comes to render it, and leave its content when that is done."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils.templates import TemplateContext

from mkdocs_backlinks import inject
from mkdocs_backlinks.model import PageUri

AHEAD = 50
"""How many pages get their sections at once, which takes half of the time: between the pages of a theme,
nothing of what it needs is at hand.
"""


class PageSections:
    """What a writer has for the pages of one build, which are given in the order in which they are rendered.

    `graph_page` is the page with the graph of the site.
    """

    def __init__(self, writer: inject.Writer, pages: Iterable[MkDocsPage], graph_page: str | None) -> None:
        self._writer = writer
        self._uris = writer.view.graph.pages.keys()
        self._coming = iter(pages)
        self._graph_page = graph_page
        self._ready: dict[str, tuple[str | None, inject.Written]] = {}
        self._rendered: tuple[MkDocsPage, str | None] | None = None  # with the content as its author wrote it

    def add(self, page: MkDocsPage, context: TemplateContext) -> None:
        """Put the page's sections into its content, its table of contents and its template's variables."""
        self.take_back()
        uri = page.file.src_uri
        if uri == self._graph_page:
            page.content = self._writer.write_graph(page.url, page.content or "")
        if uri not in self._uris:
            return
        written = self._written(page)
        # Themes may read more than MkDocs itself puts in.
        own = {"backlinks": written.backlinks, "related_pages": written.related_pages}
        context.update(own)  # type: ignore[typeddict-item]
        self._rendered = page, page.content
        page.content = written.content
        if written.toc:
            _add_to_toc(page, written.toc)

    def take_back(self) -> None:
        """Leave the content of the last page as it was, once that is rendered: all pages are kept to the end.

        The sections of all of them would take as much memory as the rest of the plugin, and whoever looks
        at the content later, such as a feed, wants what the author wrote.
        """
        if self._rendered is not None:
            page, content = self._rendered
            page.content, self._rendered = content, None

    def _written(self, page: MkDocsPage) -> inject.Written:
        uri = page.file.src_uri
        if uri not in self._ready:
            for one in (page, *islice(self._coming, AHEAD)):
                self._ready[one.file.src_uri] = one.content, self._write(one)
        content, written = self._ready.pop(uri)
        # Another plugin may have changed the page since.
        return written if content is page.content else self._write(page)

    def _write(self, page: MkDocsPage) -> inject.Written:
        return self._writer.write(PageUri(page.file.src_uri), page.content or "")


def _add_to_toc(page: MkDocsPage, sections: Iterable[inject.Section]) -> None:
    """Themes list what stands below the page's first heading, where there is one."""
    items = page.toc.items
    siblings = items[0].children if items and items[0].level == 1 else items
    siblings.extend(AnchorLink(section.label, section.id, level=2) for section in sections)
