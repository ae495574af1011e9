"""From what a build knows of its pages to the link graph; a page that cannot be read is named, not fatal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from mkdocs_backlinks import urls
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.locate import Found, Shown, WikilinkReader, locate, source_resolver
from mkdocs_backlinks.index.read import Content, Context, RawLink, read
from mkdocs_backlinks.index.site import Destination, Site, spellings
from mkdocs_backlinks.index.wiki_names import WikiNames
from mkdocs_backlinks.index.wikilinks import WIKILINK_ELEMENT, parse
from mkdocs_backlinks.model import Link, Mark, Page, Place

_ADDRESSES = ("http://", "https://", "www.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """A page before its links are read.

    `page` has all but what the content tells; `html` is its content, `markdown` reads its source as the
    author wrote it (None where there is none), `file` is that source's path relative to `mkdocs.yml`.
    """

    page: Page
    html: str
    markdown: Callable[[], str | None] = lambda: None
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSource:
    """What surrounds the pages: the site's addresses, and every other file of the build.

    `bases` are the addresses at which the site is served, the one that counts first. `assets` has the
    path below the site of each file that is no page, `sources` the same by source path. `pages` has the
    address of every page by source path, of those that take no part as well. One page or file may have
    several source paths, by which authors name it. `names` are what wikilinks may name, where the site
    has any. `excluded` are the source paths of pages that are not built, `moved` has the source path or
    absolute address to which each address below the site has moved.
    """

    bases: Sequence[str]
    assets: frozenset[str]
    sources: Mapping[str, str]
    pages: Mapping[str, str] = field(default_factory=dict)
    names: WikiNames | None = None
    excluded: frozenset[str] = frozenset()
    moved: Mapping[str, str] = field(default_factory=dict)


def build(site_source: SiteSource, sources: Iterable[PageSource], context: Context = "sentence") -> LinkGraph:
    """The graph of all pages, in their order."""
    pages = list(sources)
    site = Site.of(
        site_source.bases, {source.page.uri: source.page.url for source in pages}, site_source.assets
    )
    known = {path: Destination("asset", served) for path, served in site_source.sources.items()}
    paths = {uri: urls.decode_path(url) for uri, url in site_source.pages.items()}
    known.update({uri: Destination("page", site.paths.get(path, path)) for uri, path in paths.items()})
    known.update({source.page.uri: Destination("page", source.page.uri) for source in pages})
    read_pages: list[Page] = []
    links: list[Link] = []
    for source in pages:
        content = read(source.html, context)
        made = list(_links(source, content, site, known, site_source.names))
        read_pages.append(_with_content(source, content, _loose(content, made)))
        links.extend(made)
    graph = LinkGraph.of(read_pages, links, site.assets)
    unbuilt = {site_source.pages[uri]: uri for uri in site_source.excluded if uri in site_source.pages}
    return replace(graph, excluded=_spelled(unbuilt), moved=_spelled(site_source.moved))


def _spelled(addresses: Mapping[str, str]) -> Mapping[str, str]:
    """The same by every path at which a server would answer."""
    return {path: value for url, value in addresses.items() for path in spellings(url)}


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


def _links(
    source: PageSource,
    content: Content,
    site: Site,
    known: Mapping[str, Destination],
    names: WikiNames | None,
) -> Iterable[Link]:
    base = site.absolute(source.page.url)
    as_html: Callable[[str], Destination | None] = partial(site.resolve, page=base)
    shown: list[Shown] = []
    raw: list[RawLink] = []
    for link in content.links:
        is_name = link.element == WIKILINK_ELEMENT
        destination = _name(link, names) if is_name else site.resolve(link.href, base, link.element)
        if destination is not None:
            shown.append(Shown(link.element, link.text, destination, link.section))
            raw.append(link)
    markdown = source.markdown() if raw else None
    others = source_resolver(source.page.uri, known, as_html)
    reader = WikilinkReader(source.page.uri, known, names, others) if names else None
    resolve = reader.resolve if reader else others
    headings = [heading.text for heading in content.headings]
    places = locate(markdown or "", shown, resolve, headings, reader.shown if reader else None)
    for index, link in enumerate(raw):
        found = places.get(index)
        made = _link(source, link, shown[index].destination, found, names)
        yield made if _is_bare(link.text, found) else replace(made, bare=False)


def _is_bare(text: str, found: Found | None) -> bool:
    """Whether the text may stand for itself: the author wrote no such text in brackets or a tag."""
    if found is None or not text.startswith(_ADDRESSES):
        return True
    return not found.opening.lower().startswith(("[", "<a"))


def _name(link: RawLink, names: WikiNames | None) -> Destination | None:
    """The destination of what is only a name: itself."""
    return Destination("wikilink", link.href) if names and parse(link.href) else None


def _link(
    source: PageSource,
    raw: RawLink,
    destination: Destination,
    found: Found | None,
    names: WikiNames | None,
) -> Link:
    written = found.href if found and found.href is not None else raw.href
    return Link(
        source=source.page.uri,
        kind=destination.kind,
        href=written,
        target=destination.target,
        fragment=destination.fragment,
        text=raw.text,
        element=raw.element,
        rel=raw.rel,
        heading=raw.heading,
        excerpt=raw.excerpt,
        # A line of a text that is in no file helps nobody.
        place=Place(source.file, found.line, found.column) if found and source.file else Place(source.file),
        candidates=(
            names.candidates(raw.href, source.page.uri) if names and destination.kind == "wikilink" else ()
        ),
        marks=raw.marks,
    )
