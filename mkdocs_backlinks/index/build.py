"""From what a build knows of its pages to the link graph; what a memory holds is not read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from mkdocs_backlinks import urls
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.origins import SoughtOrigins, SourceReader
from mkdocs_backlinks.index.read import Content, Context, RawLink, read
from mkdocs_backlinks.index.site import Destination, Site, spellings
from mkdocs_backlinks.index.sources import PageSource, SiteSource
from mkdocs_backlinks.index.wiki_names import WikiNames
from mkdocs_backlinks.index.wikilinks import WIKILINK_ELEMENT, parse
from mkdocs_backlinks.model import Link, Mark, Origins, Page, PageUri


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page with its links; `sections` counts the headings above each of them."""

    source: PageSource
    page: Page
    links: Sequence[Link]
    sections: Sequence[int]
    origins: SoughtOrigins


@dataclass(slots=True)
class Memory:
    """What the build before has read: of use as long as the same pages and files are around."""

    surroundings: object = None
    reader: SourceReader | None = None
    pages: dict[PageUri, ReadPage] = field(default_factory=dict)


def build(
    site_source: SiteSource,
    sources: Iterable[PageSource],
    context: Context = "sentence",
    memory: Memory | None = None,
) -> LinkGraph:
    """The graph of all pages, in their order.

    A page that `memory` knows is taken from there if it is the same and no page or file has come or gone;
    what this build has read is put in.
    """
    pages = list(sources)
    memory = Memory() if memory is None else memory
    reader = _reader(site_source, pages, context, memory)
    done = [_remembered(memory, source, reader) or _read(source, reader, context) for source in pages]
    memory.pages = {one.page.uri: one for one in done}
    graph = LinkGraph.of(
        (one.page for one in done), chain.from_iterable(one.links for one in done), reader.site.assets
    )
    unbuilt = {site_source.pages[uri]: uri for uri in site_source.excluded if uri in site_source.pages}
    return replace(graph, excluded=_spelled(unbuilt), moved=_spelled(site_source.moved))


def _reader(
    site_source: SiteSource, sources: Sequence[PageSource], context: Context, memory: Memory
) -> SourceReader:
    addresses = {source.page.uri: source.page.url for source in sources}
    surroundings = (site_source, addresses, context)
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


def _remembered(memory: Memory, source: PageSource, reader: SourceReader) -> ReadPage | None:
    known = memory.pages.get(source.page.uri)
    if known is None or not source.shows_the_same(known.source):
        return None
    # The source may have changed all the same, such as by an empty line.
    written = source.without_html()
    known.origins.seek_by(partial(reader.origins, written, known.page.headings, known.links, known.sections))
    return replace(known, source=source)


def _read(source: PageSource, reader: SourceReader, context: Context) -> ReadPage:
    content = read(source.html, context)
    base = reader.site.absolute(source.page.url)
    links: list[Link] = []
    sections: list[int] = []
    written = source.without_html()
    origins = SoughtOrigins(partial(reader.origins, written, content.headings, links, sections))
    for raw in content.links:
        if raw.element == WIKILINK_ELEMENT:
            destination = _unresolved(raw, reader.names, source.page.uri)
        else:
            destination = reader.site.resolve(raw.href, base, raw.element)
        if destination is not None:
            links.append(_link(source.page.uri, raw, destination, origins, len(links)))
            sections.append(raw.section)
    return ReadPage(source, _with_content(source, content, _loose(content, links)), links, sections, origins)


def _loose(content: Content, made: Iterable[Link]) -> tuple[Mark, ...]:
    """The marks that stand at no link, or at what turned out to lead to no document."""
    placed = {mark.number for link in made for mark in link.marks}
    at_links = (mark for link in content.links for mark in link.marks)
    return (*content.marks, *dict.fromkeys(mark for mark in at_links if mark.number not in placed))


def _with_content(source: PageSource, content: Content, marks: tuple[Mark, ...]) -> Page:
    return replace(
        source.page,
        text=content.text,
        headings=content.headings,
        anchors=content.anchors,
        file=source.file,
        repeated=content.repeated,
        marks=marks,
    )


def _unresolved(raw: RawLink, names: WikiNames | None, page: PageUri) -> Destination | None:
    """The destination of what is only a name: itself."""
    if names is None or parse(raw.href) is None:
        return None
    return Destination("wikilink", raw.href, candidates=names.candidates(raw.href, page))


def _link(page: PageUri, raw: RawLink, destination: Destination, origins: Origins, number: int) -> Link:
    return Link(
        source=page,
        kind=destination.kind,
        href=raw.href,
        target=destination.target,
        fragment=destination.fragment,
        text=raw.text,
        element=raw.element,
        rel=raw.rel,
        heading=raw.heading,
        excerpt=raw.excerpt,
        candidates=destination.candidates,
        marks=raw.marks,
        origins=origins,
        number=number,
    )
