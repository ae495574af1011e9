"""Builds the link graph from what a build knows of its pages; pages in a cache are not read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mkdocs_backlinks import urls
from mkdocs_backlinks.index.build_input import PageSource, SiteSource
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.html.page_content import EVERYTHING, Scope
from mkdocs_backlinks.index.indexed_page import IndexedPage, index_page
from mkdocs_backlinks.index.site_addresses import LinkTarget, SiteAddresses, spellings
from mkdocs_backlinks.index.source_links import Index, SourceLinks
from mkdocs_backlinks.index.source_reader import SourceReader
from mkdocs_backlinks.model import PageUri


@dataclass(slots=True)
class IndexCache:
    """The pages of the last build, for one in the same `surroundings` of pages, files and scope."""

    surroundings: object = None
    pages: Mapping[PageUri, IndexedPage] = field(default_factory=dict)


def build(
    site_source: SiteSource,
    sources: Iterable[PageSource],
    scope: Scope = EVERYTHING,
    cache: IndexCache | None = None,
) -> Index:
    """Return the graph of all pages, in their order, and their source links, which are read when asked for.

    A page in the `cache` whose content is equal is not read again; the cache then holds this build's pages.
    """
    sources = list(sources)
    addresses = {source.page.uri: source.page.url for source in sources}
    surroundings = (site_source, addresses, scope)
    cached = cache.pages if cache and cache.surroundings == surroundings else {}
    site = SiteAddresses.of(site_source.bases, addresses, site_source.assets)
    reader = SourceReader(site, _served(site_source, site, addresses), site_source.names)
    pages: dict[PageUri, IndexedPage] = {}
    for source in sources:
        page = cached.get(source.page.uri)
        pages[source.page.uri] = (
            page.at(source) if page and page.shows(source) else index_page(source, reader, scope)
        )
    if cache:
        cache.surroundings, cache.pages = surroundings, pages
    sources_of_links = SourceLinks({uri: page.source_reader(reader) for uri, page in pages.items()})
    return Index(_graph(site_source, site, pages), sources_of_links)


def _graph(site_source: SiteSource, site: SiteAddresses, pages: Mapping[PageUri, IndexedPage]) -> LinkGraph:
    unbuilt = {site_source.pages[uri]: uri for uri in site_source.excluded if uri in site_source.pages}
    return LinkGraph(
        pages={uri: indexed.page for uri, indexed in pages.items()},
        outgoing={uri: indexed.links for uri, indexed in pages.items()},
        assets=site.assets,
        excluded=_by_spelling(unbuilt),
        moved=_by_spelling(site_source.moved),
    )


def _served(
    site_source: SiteSource, site: SiteAddresses, addresses: Iterable[PageUri]
) -> Mapping[str, LinkTarget]:
    """Return where each source path is served."""
    served = {path: LinkTarget("asset", asset) for path, asset in site_source.sources.items()}
    paths = {uri: urls.decode_path(url) for uri, url in site_source.pages.items()}
    served.update({uri: LinkTarget("page", site.paths.get(path, path)) for uri, path in paths.items()})
    served.update({uri: LinkTarget("page", uri) for uri in addresses})
    return served


def _by_spelling(addresses: Mapping[str, str]) -> Mapping[str, str]:
    """Return the values by every path at which a server would answer."""
    return {path: value for url, value in addresses.items() for path in spellings(url)}
