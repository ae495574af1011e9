"""From what a build knows of its pages to the link graph; a page that cannot be read is named, not fatal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from mkdocs_backlinks import urls
from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.locate import Found, Shown, locate, source_resolver
from mkdocs_backlinks.index.read import Content, Context, RawLink, read
from mkdocs_backlinks.index.site import Destination, Site
from mkdocs_backlinks.model import Link, Page, Place


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
    address of every page by source path, of those that take no part as well.
    """

    bases: Sequence[str]
    assets: frozenset[str]
    sources: Mapping[str, str]
    pages: Mapping[str, str] = field(default_factory=dict)


def build(site_source: SiteSource, sources: Iterable[PageSource], context: Context = "sentence") -> LinkGraph:
    """The graph of all pages, in their order."""
    pages = list(sources)
    site = Site.of(
        site_source.bases, {source.page.uri: source.page.url for source in pages}, site_source.assets
    )
    known = {path: Destination("asset", served) for path, served in site_source.sources.items()}
    known.update({uri: Destination("page", urls.decode_path(url)) for uri, url in site_source.pages.items()})
    known.update({source.page.uri: Destination("page", source.page.uri) for source in pages})
    read_pages: list[Page] = []
    links: list[Link] = []
    for source in pages:
        content = read(source.html, context)
        read_pages.append(_with_content(source.page, content))
        links.extend(_links(source, content, site, known))
    return LinkGraph.of(read_pages, links, site.assets)


def _with_content(page: Page, content: Content) -> Page:
    return Page(
        uri=page.uri,
        url=page.url,
        title=page.title,
        text=content.text,
        depth=page.depth,
        section=page.section,
        headings=content.headings,
        anchors=content.anchors,
        hidden=page.hidden,
        pinned=page.pinned,
        unrelated=page.unrelated,
    )


def _links(
    source: PageSource, content: Content, site: Site, known: Mapping[str, Destination]
) -> Iterable[Link]:
    base = site.absolute(source.page.url)
    as_html: Callable[[str], Destination | None] = partial(site.resolve, page=base)
    shown: list[Shown] = []
    raw: list[RawLink] = []
    for link in content.links:
        destination = site.resolve(link.href, base, link.element)
        if destination is not None:
            shown.append(Shown(link.element, link.text, destination, link.section))
            raw.append(link)
    places: Mapping[int, Found] = {}
    markdown = source.markdown() if raw else None
    if markdown is not None:
        resolve = source_resolver(source.page.uri, known, as_html)
        headings = [heading.text for heading in content.headings]
        places = locate(markdown, shown, resolve, headings)
    for index, link in enumerate(raw):
        yield _link(source, link, shown[index].destination, places.get(index))


def _link(source: PageSource, raw: RawLink, destination: Destination, found: Found | None) -> Link:
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
        place=Place(source.file, found.line, found.column) if found else Place(source.file),
    )
