"""Links as their authors wrote them, found when first asked for: most builds show only a few of them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from mkdocs_backlinks.index.build_input import PageSource
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.link_matching import (
    Found,
    Resolve,
    Shown,
    WikilinkReader,
    locate,
    source_resolver,
)
from mkdocs_backlinks.index.markdown.inclusion import Assembled, SourceText, assemble, moved
from mkdocs_backlinks.index.markdown.markdown_links import MarkdownLink
from mkdocs_backlinks.index.site_addresses import LinkTarget, SiteAddresses
from mkdocs_backlinks.index.wiki_names import WikiNames
from mkdocs_backlinks.model import Heading, Link, PageUri, SourceLink, SourceLocation, Url


class SourceLinks:
    """The source links of a site's pages; a page's source is read at the first question about it, and once.

    `readers` return the source links of each page, by `Link.number`.
    """

    def __init__(self, readers: Mapping[PageUri, Callable[[], Sequence[SourceLink]]] | None = None) -> None:
        self._readers = readers or {}
        self._pages: dict[PageUri, Sequence[SourceLink]] = {}

    def of(self, link: Link) -> SourceLink:
        """Return the link as its author wrote it; reads the source of its page if nobody has asked yet."""
        links = self.of_page(link.source)
        return links[link.number] if links else SourceLink.unlocated(link)

    def of_page(self, uri: PageUri) -> Sequence[SourceLink]:
        """Return the source links of a page, none where its source is not known."""
        if uri not in self._pages:
            self._pages[uri] = self._readers[uri]() if uri in self._readers else ()
        return self._pages[uri]


class Index(NamedTuple):
    """A site's link graph, and where in their sources its links stand."""

    graph: LinkGraph
    sources: SourceLinks


@dataclass(frozen=True, slots=True)
class SourceReader:
    """Reads the sources of a site; `known` has each source path with where it is served."""

    site: SiteAddresses
    known: Mapping[str, LinkTarget]
    names: WikiNames | None

    def read(
        self, page: PageSource, base: Url, headings: Sequence[Heading], links: Sequence[Link]
    ) -> Sequence[SourceLink]:
        """Return the source link of each of the page's links, whose addresses count from `base`."""
        uri = page.page.uri
        others = source_resolver(uri, self.known, partial(self.site.resolve, page=base))
        reader = WikilinkReader(uri, self.known, self.names, others) if self.names else None
        resolve = reader.resolve if reader else others
        own = SourceText(page.markdown() or "", posixpath.join(page.inclusions.docs, uri), page.file)
        text = assemble(own, page.inclusions)
        places = locate(
            text.text,
            [_shown(link) for link in links],
            _MovedAddresses(text, own, resolve).resolve if text.has_moved else resolve,
            [heading.text for heading in headings],
            reader.shown if reader else None,
        )
        return [_source_link(link, places.get(link.number), text, page) for link in links]


@dataclass(frozen=True, slots=True)
class _MovedAddresses:
    """Reads addresses as plugins do that rewrite those of a file for the page which takes it in."""

    text: Assembled
    page: SourceText
    others: Resolve

    def resolve(self, written: MarkdownLink) -> LinkTarget | None:
        source = self.text.source(written.offset)
        if source.moved and written.href:
            href = moved(written.href, source.path, self.page.path)
            return self.others(replace(written, href=href))
        return self.others(written)


def _shown(link: Link) -> Shown:
    return Shown(link.element, link.text, LinkTarget(link.kind, link.target, link.fragment), link.section)


def _source_link(link: Link, found: Found | None, text: Assembled, page: PageSource) -> SourceLink:
    if found is None:
        return SourceLink.unlocated(link, page.file)
    source, line, column = text.place(found.offset)
    return SourceLink(
        # A line of a text that is in no file of the site helps nobody.
        location=SourceLocation(source.file, line, column) if source.file else SourceLocation(page.file),
        href=link.href if found.href is None else found.href,
        bare=not found.opening.lower().startswith(("[", "<a")),
        raw=found.raw,
        base=posixpath.relpath(source.path, page.inclusions.docs) if source.moved else link.source,
    )
