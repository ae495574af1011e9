"""The link graph of a site: every page, every link, and both directions looked up at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from types import MappingProxyType

from mkdocs_backlinks.model import Backlink, Link, Page, PageUri, Target, Url


@dataclass(frozen=True, slots=True)
class LinkGraph:
    """Pages in the order of the site, links in the order of the pages; built once, then only read.

    `assets` are the paths below the site of all other files that the build knows, percent-decoded.
    `outgoing` holds every link of a page; `incoming` only links from *other* pages to it. Of addresses
    that no page has, by any path below the site: `excluded` has the source path of a page that is not
    built, `moved` the source path or absolute address to which a page has moved, with its fragment, and
    `elsewhere` a page that another build of the same site makes, called by that path.
    """

    pages: Mapping[PageUri, Page]
    links: tuple[Link, ...]
    assets: frozenset[str]
    outgoing: Mapping[PageUri, tuple[Link, ...]]
    incoming: Mapping[PageUri, tuple[Link, ...]]
    excluded: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, Page] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Iterable[Page], links: Iterable[Link], assets: Iterable[str] = ()) -> LinkGraph:
        by_uri = {page.uri: page for page in pages}
        outgoing: dict[PageUri, list[Link]] = {uri: [] for uri in by_uri}
        for link in links:
            outgoing.setdefault(link.source, []).append(link)
        return cls.of_sorted(by_uri, {uri: tuple(found) for uri, found in outgoing.items()}, assets)

    @classmethod
    def of_sorted(
        cls,
        pages: Mapping[PageUri, Page],
        outgoing: Mapping[PageUri, tuple[Link, ...]],
        assets: Iterable[str] = (),
    ) -> LinkGraph:
        """The graph of pages that are given with the links of each."""
        incoming: dict[PageUri, list[Link]] = {uri: [] for uri in pages}
        links = tuple(chain.from_iterable(outgoing.values()))
        for link in links:
            if link.kind == "page" and link.target != link.source and link.target in incoming:
                incoming[PageUri(link.target)].append(link)
        return cls(
            MappingProxyType(pages),
            links,
            frozenset(assets),
            MappingProxyType(outgoing),
            MappingProxyType({uri: tuple(found) for uri, found in incoming.items()}),
        )

    def changed_since(self, before: LinkGraph) -> frozenset[PageUri] | None:
        """The pages that are not the very same as before or have not the very same links.

        None where pages have come, gone, or stand in another order.
        """
        if list(self.pages) != list(before.pages):
            return None
        return frozenset(
            uri
            for uri, page in self.pages.items()
            if page is not before.pages[uri] or self.outgoing[uri] is not before.outgoing[uri]
        )

    def page(self, target: str) -> Page | None:
        """The page that is the target of a link, of this build or another one of the same site."""
        return self.pages.get(PageUri(target)) or self.elsewhere.get(target)

    def without_texts(self) -> LinkGraph:
        """The same graph for stages that read no prose, which may be most of its size."""
        pages = {uri: replace(page, text="") for uri, page in self.pages.items()}
        return replace(self, pages=MappingProxyType(pages))

    def backlinks(self, uri: PageUri) -> tuple[Backlink, ...]:
        """The pages that link to `uri`, one entry a page, in the order of the site."""
        by_source: dict[PageUri, list[Link]] = {}
        for link in self.incoming.get(uri, ()):
            by_source.setdefault(link.source, []).append(link)
        return tuple(Backlink(self.pages[source], tuple(links)) for source, links in by_source.items())

    def landing(self, link: Link) -> PageUri | None:
        """The page of the site at which a reader of the link arrives, also by way of a redirect."""
        if link.kind != "page":
            return None
        target = (
            link.target if link.target in self.pages else self.moved.get(link.target, "").partition("#")[0]
        )
        return PageUri(target) if target in self.pages else None

    def linked_pages(self, uri: PageUri) -> frozenset[PageUri]:
        """The other pages that `uri` links to."""
        return frozenset(
            PageUri(link.target)
            for link in self.outgoing.get(uri, ())
            if link.kind == "page" and link.target != uri and link.target in self.pages
        )

    def targets(self) -> tuple[Target, ...]:
        """Every distinct external address with all links that use it, sorted by address."""
        by_url: dict[str, list[Link]] = {}
        for link in self.links:
            if link.kind == "external":
                by_url.setdefault(link.target, []).append(link)
        return tuple(Target(Url(url), tuple(by_url[url])) for url in sorted(by_url))
