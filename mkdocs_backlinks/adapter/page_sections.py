"""The sections go into a page when MkDocs comes to render it, and leave its content when that is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils.templates import TemplateContext

from mkdocs_backlinks import inject
from mkdocs_backlinks.inject import BacklinkItem, RelatedItem
from mkdocs_backlinks.model import PageUri

AHEAD = 50
"""How many pages are put together at once, which takes half of the time: between the pages of a theme,
nothing of what it needs is at hand.
"""


class _Ready(NamedTuple):
    """What goes into a page with the content `authored`, and the entries for its table of contents."""

    authored: str | None
    content: str
    backlinks: tuple[BacklinkItem, ...]
    related_pages: tuple[RelatedItem, ...]
    toc: tuple[AnchorLink, ...]


class PageSections:
    """What a writer has for the pages of one build, which are given in the order in which they are rendered.

    `graph_page` is the page with the graph of the site.
    """

    def __init__(self, writer: inject.Writer, pages: Iterable[MkDocsPage], graph_page: str | None) -> None:
        self._writer = writer
        self._uris = writer.view.graph.pages.keys()
        self._coming = iter(pages)
        self._graph_page = graph_page
        self._ready: dict[str, _Ready] = {}
        self._rendered: MkDocsPage | None = None
        self._authored: str | None = None  # the content of that page as its author wrote it

    def add(self, page: MkDocsPage, context: TemplateContext) -> None:
        """Put the page's sections into its content, its table of contents and its template's variables."""
        self.take_back()
        uri = page.file.src_uri
        if uri == self._graph_page:
            page.content = self._writer.write_graph(page.url, page.content or "")
        ready = self._ready.get(uri) or self._next(page)
        if ready is None:
            return
        self._rendered, self._authored = page, page.content
        if ready.authored is not self._authored:  # another plugin has changed it since
            ready = self._made(page)
        page.content = ready.content
        # Themes may read more than MkDocs itself puts in.
        context["backlinks"] = ready.backlinks  # type: ignore[typeddict-unknown-key]
        context["related_pages"] = ready.related_pages  # type: ignore[typeddict-unknown-key]
        if ready.toc:
            _add_to_toc(page, ready.toc)

    def take_back(self) -> None:
        """Leave the content of the last page as it was, once that is rendered: all pages are kept to the end.

        The sections of all of them would take as much memory as the rest of the plugin, and whoever looks
        at the content later, such as a feed, wants what the author wrote.
        """
        if self._rendered is not None:
            self._rendered.content, self._rendered = self._authored, None

    def _next(self, page: MkDocsPage) -> _Ready | None:
        """What goes into the page, made at once with that of the pages that come next; None for no part."""
        if page.file.src_uri not in self._uris:
            return None
        self._ready = dict(self._ahead())
        return self._ready.get(page.file.src_uri) or self._made(page)

    def _ahead(self) -> Iterator[tuple[str, _Ready]]:
        """The pages that come next: some, and those among them that need not be put together again."""
        left = AHEAD
        for page in self._coming:
            uri, content = PageUri(page.file.src_uri), page.content or ""
            kept = self._writer.kept(uri, content)
            yield uri, _ready(page, kept or self._writer.write(uri, content))
            left -= kept is None
            if not left:
                return

    def _made(self, page: MkDocsPage) -> _Ready:
        return _ready(page, self._writer.write(PageUri(page.file.src_uri), page.content or ""))


def _ready(page: MkDocsPage, written: inject.Written) -> _Ready:
    toc = tuple([AnchorLink(section.label, section.id, level=2) for section in written.toc])
    return _Ready(page.content, written.content, written.backlinks, written.related_pages, toc)


def _add_to_toc(page: MkDocsPage, sections: Iterable[AnchorLink]) -> None:
    """Themes list what stands below the page's first heading, where there is one."""
    items = page.toc.items
    siblings = items[0].children if items and items[0].level == 1 else items
    siblings.extend(sections)
