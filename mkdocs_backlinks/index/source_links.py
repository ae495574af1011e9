"""Links as their authors wrote them, read when first asked for: most builds show only a few of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import Link, PageUri, SourceLink


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
