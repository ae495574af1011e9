"""The link graph of a site: every page, every link, and both directions looked up at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType

from mkdocs_backlinks.model import Backlink, Link, Page, PageUri, Target, Url

Adjacency = Mapping[PageUri, frozenset[PageUri]]
"""Other pages, in no order, by page: those that it links to, or those that link to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkGraph:
    """Pages in the order of the site, links in the order of the pages; built once, then only read.

    `outgoing` holds every link of a page, `assets` the paths below the site of all other files that the
    build knows, percent-decoded. Of addresses that no page has, by any path below the site: `excluded` has
    the source path of a page that is not built, `moved` the source path or absolute address to which a page
    has moved, with its fragment, and `elsewhere` a page that another build of the same site makes, called by
    that path.

    Derived: `incoming` are the links from *other* pages to a page; `successors` the other pages that a page
    links to, `predecessors` those that link to it. `…_via_redirects` count a link to an address that has
    moved for the page there.
    """

    pages: Mapping[PageUri, Page]
    outgoing: Mapping[PageUri, tuple[Link, ...]]
    assets: frozenset[str] = frozenset()
    excluded: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, Page] = field(default_factory=dict)
    links: tuple[Link, ...] = field(init=False, repr=False, compare=False)
    incoming: Mapping[PageUri, tuple[Link, ...]] = field(init=False, repr=False, compare=False)
    successors: Adjacency = field(init=False, repr=False, compare=False)
    predecessors: Adjacency = field(init=False, repr=False, compare=False)
    successors_via_redirects: Adjacency = field(init=False, repr=False, compare=False)
    predecessors_via_redirects: Adjacency = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        direct = self._successors(self._linked_page)
        via_redirects = self._successors(self.target_page) if self.moved else direct
        derived = {
            "links": tuple(chain.from_iterable(self.outgoing.values())),
            "incoming": self._incoming(),
            "successors": direct,
            "predecessors": _reversed(direct),
            "successors_via_redirects": via_redirects,
            "predecessors_via_redirects": _reversed(via_redirects),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    @classmethod
    def of(cls, pages: Iterable[Page], links: Iterable[Link], assets: Iterable[str] = ()) -> LinkGraph:
        """Return the graph of these pages, each with its own of the links."""
        by_uri = {page.uri: page for page in pages}
        outgoing: dict[PageUri, list[Link]] = {uri: [] for uri in by_uri}
        for link in links:
            outgoing.setdefault(link.source, []).append(link)
        return cls(
            pages=MappingProxyType(by_uri),
            outgoing=MappingProxyType({uri: tuple(of_page) for uri, of_page in outgoing.items()}),
            assets=frozenset(assets),
        )

    def page(self, target: str) -> Page | None:
        """Return the page that is the target of a link, of this build or another one of the same site."""
        return self.pages.get(PageUri(target)) or self.elsewhere.get(target)

    def backlinks(self, uri: PageUri) -> tuple[Backlink, ...]:
        """Return the pages that link to `uri`, one entry a page, in the order of the site."""
        by_source: dict[PageUri, list[Link]] = {}
        for link in self.incoming.get(uri, ()):
            by_source.setdefault(link.source, []).append(link)
        return tuple(Backlink(self.pages[source], tuple(links)) for source, links in by_source.items())

    def target_page(self, link: Link) -> PageUri | None:
        """Return the page of the site at which a reader of the link arrives, also by way of a redirect."""
        direct = self._linked_page(link)
        if direct is not None or link.kind != "page":
            return direct
        target = PageUri(self.moved.get(link.target, "").partition("#")[0])
        return target if target in self.pages else None

    def targets(self) -> tuple[Target, ...]:
        """Return every distinct external address with all links that use it, sorted by address."""
        by_url: dict[str, list[Link]] = {}
        for link in self.links:
            if link.kind == "external":
                by_url.setdefault(link.target, []).append(link)
        return tuple(Target(Url(url), tuple(by_url[url])) for url in sorted(by_url))

    def _linked_page(self, link: Link) -> PageUri | None:
        return PageUri(link.target) if link.kind == "page" and link.target in self.pages else None

    def _successors(self, target: Callable[[Link], PageUri | None]) -> Adjacency:
        pages = {uri: set(map(target, self.outgoing[uri])) for uri in self.pages}
        return {
            uri: frozenset(page for page in linked if page not in (None, uri))
            for uri, linked in pages.items()
        }

    def _incoming(self) -> Mapping[PageUri, tuple[Link, ...]]:
        incoming: dict[PageUri, list[Link]] = {uri: [] for uri in self.pages}
        for link in chain.from_iterable(self.outgoing.values()):
            target = self._linked_page(link)
            if target is not None and target != link.source:
                incoming[target].append(link)
        return MappingProxyType({uri: tuple(links) for uri, links in incoming.items()})


def _reversed(successors: Adjacency) -> Adjacency:
    predecessors: dict[PageUri, set[PageUri]] = {uri: set() for uri in successors}
    for source, targets in successors.items():
        for target in targets:
            predecessors[target].add(source)
    return {uri: frozenset(sources) for uri, sources in predecessors.items()}
