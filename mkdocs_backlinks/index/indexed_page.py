"""One page of the index: its content, and its links with their targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from mkdocs_backlinks.index.build_input import PageSource
from mkdocs_backlinks.index.html.page_content import Resolve, Scope, read
from mkdocs_backlinks.index.site_addresses import LinkTarget
from mkdocs_backlinks.index.source_reader import SourceReader
from mkdocs_backlinks.index.wikilinks import WIKILINK_ELEMENT, parse
from mkdocs_backlinks.model import Link, Page, SourceLink, Url


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page with its links, whose addresses count from `base`."""

    source: PageSource
    page: Page
    links: tuple[Link, ...]
    base: Url

    def shows(self, source: PageSource) -> bool:
        """True if a reader could not tell the page from that of another source."""
        own = self.source
        return (own.page, own.file, own.html) == (source.page, source.file, source.html)

    def at(self, source: PageSource) -> IndexedPage:
        """Return the page with another source, in which its links may stand elsewhere."""
        return replace(self, source=source)

    def source_reader(self, reader: SourceReader) -> Callable[[], Sequence[SourceLink]]:
        """Return a function that reads the page's source links, and keeps no more of the page than that."""
        return partial(reader.read, replace(self.source, html=""), self.base, self.page.headings, self.links)


def index_page(source: PageSource, reader: SourceReader, scope: Scope) -> IndexedPage:
    """Read the page's content and resolve its links."""
    content = read(source.html, scope, partial(_resolver, source.page, reader), source.page.uri)
    page = replace(
        source.page,
        text=content.text,
        headings=content.headings,
        anchors=content.anchors,
        file=source.file,
        repeated=content.repeated,
        lead=content.lead,
        marks=content.marks,
    )
    return IndexedPage(source, page, content.links, reader.site.base(page.url, content.base))


def _resolver(page: Page, reader: SourceReader, base: str | None) -> Resolve:
    """Return what says where the links of the page lead; what is only a name leads to itself."""
    site, names, url = reader.site, reader.names, reader.site.base(page.url, base)

    def resolve(element: str, href: str) -> LinkTarget | None:
        if element != WIKILINK_ELEMENT:
            return site.resolve(href, url, element)
        if names is None or parse(href) is None:
            return None
        return LinkTarget("wikilink", href, candidates=names.candidates(href, page.uri))

    return resolve
