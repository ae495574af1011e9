"""Reads the Markdown of a page as its site does, and finds in it each of the page's links."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from mkdocs_backlinks.index.build_input import PageSource
from mkdocs_backlinks.index.link_matching import match_links
from mkdocs_backlinks.index.markdown.inclusion import Assembled, SourceText, assemble, moved
from mkdocs_backlinks.index.markdown.markdown_links import MarkdownLink
from mkdocs_backlinks.index.site_addresses import LinkTarget, SiteAddresses
from mkdocs_backlinks.index.wiki_names import WikiNames
from mkdocs_backlinks.index.wikilinks import Wikilink, parse
from mkdocs_backlinks.model import Heading, Link, PageUri, SourceLink, SourceLocation, Url


@dataclass(frozen=True, slots=True)
class SourceReader:
    """Reads the sources of a site; `served` has the target of each source path."""

    site: SiteAddresses
    served: Mapping[str, LinkTarget]
    names: WikiNames | None

    def read(
        self, page: PageSource, base: Url, headings: Sequence[Heading], links: Sequence[Link]
    ) -> Sequence[SourceLink]:
        """Return the source link of each of the page's links, whose addresses count from `base`."""
        uri = page.page.uri
        own = SourceText(page.markdown() or "", posixpath.join(page.inclusions.docs, uri), page.file)
        text = assemble(own, page.inclusions)
        reader = _MarkdownInterpreter(self, uri, base, own, text)
        places = match_links(text.text, links, reader, [heading.text for heading in headings])
        return [_source_link(link, places.get(link.number), text, page) for link in links]


@dataclass(frozen=True, slots=True)
class _MarkdownInterpreter:
    """Reads the links of one page, whose `own` source with all that it takes in is the `text`."""

    sources: SourceReader
    uri: PageUri
    base: Url
    own: SourceText
    text: Assembled

    def target(self, link: MarkdownLink) -> LinkTarget | None:
        """Return where a link leads; a wikilink that leads nowhere is its own target, as in the page."""
        names, wikilink = self.sources.names, self._wikilink(link)
        if names and wikilink:
            return self._wikilink_target(wikilink, names)
        if link.href is None:
            return None
        source = self.text.source(link.offset)
        href = moved(link.href, source.path, self.own.path) if source.moved and link.href else link.href
        return (None if link.raw else self._path_target(href)) or self.sources.site.resolve(href, self.base)

    def shown_text(self, link: MarkdownLink) -> str:
        """Return the text that a link has in the page."""
        names, wikilink = self.sources.names, self._wikilink(link)
        return names.text(wikilink, names.meaning(wikilink, self.uri)) if names and wikilink else link.text

    def _wikilink(self, link: MarkdownLink) -> Wikilink | None:
        return parse(link.wikilink) if self.sources.names else None

    def _wikilink_target(self, wikilink: Wikilink, names: WikiNames) -> LinkTarget | None:
        meaning = names.meaning(wikilink, self.uri)
        if meaning.uri is None:
            return LinkTarget("wikilink", str(wikilink))
        served = self.sources.served.get(meaning.uri)
        return served and served._replace(fragment=names.fragment(meaning.uri, meaning.heading))

    def _path_target(self, href: str) -> LinkTarget | None:
        """Return what a path between sources leads to, which MkDocs makes an address."""
        path, _, fragment = href.partition("#")
        path = unquote(path.partition("?")[0])
        if not path or ":" in path:
            return None
        joined = path.lstrip("/") if path[0] == "/" else posixpath.join(posixpath.dirname(self.uri), path)
        served = self.sources.served.get(posixpath.normpath(joined))
        return served and served._replace(fragment=fragment or None)


def _source_link(link: Link, place: MarkdownLink | None, text: Assembled, page: PageSource) -> SourceLink:
    if place is None:
        return SourceLink.unlocated(link, page.file)
    source, line, column = text.place(place.offset)
    written = place.wikilink or place.href
    opening = text.text[place.offset : place.offset + 2].lower()
    return SourceLink(
        # A line of a text that is in no file of the site helps nobody.
        location=SourceLocation(source.file, line, column) if source.file else SourceLocation(page.file),
        href=link.href if written is None else written,
        bare=not opening.startswith(("[", "<a")),
        raw=place.raw,
        base=posixpath.relpath(source.path, page.inclusions.docs) if source.moved else link.source,
    )
