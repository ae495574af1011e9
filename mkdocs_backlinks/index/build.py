"""From what a build knows of its pages to the link graph; what a memory holds is not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from mkdocs_backlinks import urls
from mkdocs_backlinks.index.ahead import ReadAhead
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.pages import EVERYTHING, ReadPage, Scope, read_page
from mkdocs_backlinks.index.site import Destination, Site, spellings
from mkdocs_backlinks.index.source_links import Index, SourceLinks, SourceReader
from mkdocs_backlinks.index.sources import PageSource, SiteSource
from mkdocs_backlinks.model import PageUri, SourceLink


@dataclass(slots=True)
class Memory:
    """What the build before has read: of use as long as the same pages and files are around."""

    surroundings: object = None
    reader: SourceReader | None = None
    pages: dict[PageUri, ReadPage] = field(default_factory=dict)


def build(
    site_source: SiteSource,
    sources: Iterable[PageSource],
    scope: Scope = EVERYTHING,
    memory: Memory | None = None,
    ahead: ReadAhead | None = None,
) -> Index:
    """The graph of all pages, in their order, and their source links, which are read when asked for.

    A page that `memory` knows is taken from there if it is the same and no page or file has come or gone;
    what this build has read is put in. What was read `ahead`, in the same `scope`, is not read again.
    """
    pages = list(sources)
    memory = Memory() if memory is None else memory
    reader = _reader(site_source, pages, scope, memory)
    done = [
        _remembered(memory, source)
        or read_page(source, reader, scope, ahead.content_of(source) if ahead else None)
        for source in pages
    ]
    memory.pages = {one.page.uri: one for one in done}
    unbuilt = {site_source.pages[uri]: uri for uri in site_source.excluded if uri in site_source.pages}
    graph = LinkGraph(
        pages={one.page.uri: one.page for one in done},
        outgoing={one.page.uri: one.links for one in done},
        assets=reader.site.assets,
        excluded=_spelled(unbuilt),
        moved=_spelled(site_source.moved),
    )
    return Index(graph, SourceLinks({one.page.uri: _source_reader(reader, one) for one in done}))


def _source_reader(reader: SourceReader, read: ReadPage) -> Callable[[], Sequence[SourceLink]]:
    """What reads the source of a page when somebody asks, and holds no more of the page than it needs."""
    return partial(reader.read, read.source.without_html(), read.base, read.page.headings, read.links)


def _reader(
    site_source: SiteSource, sources: Sequence[PageSource], scope: Scope, memory: Memory
) -> SourceReader:
    addresses = {source.page.uri: source.page.url for source in sources}
    surroundings = (site_source, addresses, scope)
    if memory.reader is None or memory.surroundings != surroundings:
        site = Site.of(site_source.bases, addresses, site_source.assets)
        memory.reader = SourceReader(site, _known(site_source, site, addresses), site_source.names)
        memory.surroundings = surroundings
        memory.pages = {}
    return memory.reader


def _known(site_source: SiteSource, site: Site, addresses: Iterable[PageUri]) -> Mapping[str, Destination]:
    """Where each source path is served."""
    known = {path: Destination("asset", served) for path, served in site_source.sources.items()}
    paths = {uri: urls.decode_path(url) for uri, url in site_source.pages.items()}
    known.update({uri: Destination("page", site.paths.get(path, path)) for uri, path in paths.items()})
    known.update({uri: Destination("page", uri) for uri in addresses})
    return known


def _spelled(addresses: Mapping[str, str]) -> Mapping[str, str]:
    """The same by every path at which a server would answer."""
    return {path: value for url, value in addresses.items() for path in spellings(url)}


def _remembered(memory: Memory, source: PageSource) -> ReadPage | None:
    known = memory.pages.get(source.page.uri)
    if known is None or known.source is source:
        return known
    return known.again(source) if source.shows_the_same(known.source) else None
