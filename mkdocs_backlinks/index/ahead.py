"""Pages that are read before the others are known, for what can be told of them by then: links to the web."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mkdocs_backlinks.index.build_input import PageSource
from mkdocs_backlinks.index.html.page_content import PageContent, RawLink, read
from mkdocs_backlinks.index.indexed_page import Scope
from mkdocs_backlinks.index.site_addresses import SiteAddresses
from mkdocs_backlinks.index.wikilinks import WIKILINK_ELEMENT
from mkdocs_backlinks.model import Link, PageUri, Target, Url


class ReadAhead:
    """What was read so far of a site that is served at `bases`; handed to `build`, it is not read again."""

    def __init__(self, bases: Iterable[str], scope: Scope) -> None:
        self._site = SiteAddresses.of(bases, {}, ())
        self._scope = scope
        self._contents: dict[PageUri, tuple[str, PageContent]] = {}

    def read(self, uri: PageUri, url: str, html: str) -> list[Target]:
        """The external addresses on the page at `url`, relative to the site, whose content is given."""
        content = read(html, self._scope.context)
        base = self._site.base(url, content.base)
        kept: list[RawLink] = []
        external: dict[str, list[Link]] = {}
        for raw in content.links:
            link = self._external(uri, raw, base)
            if link:
                external.setdefault(link.target, []).append(link)
            kept.append(raw.without_tree(with_words=link is None or self._scope.all_excerpts))
        self._contents[uri] = html, replace(content, links=tuple(kept))
        return [Target(Url(target), tuple(links)) for target, links in external.items()]

    def content_of(self, source: PageSource) -> PageContent | None:
        """What was read of a page, given away; None where its content has changed since."""
        html, content = self._contents.pop(source.page.uri, ("", None))
        return content if html == source.html else None

    def _external(self, uri: PageUri, raw: RawLink, base: Url) -> Link | None:
        there = None if raw.element == WIKILINK_ELEMENT else self._site.resolve(raw.href, base, raw.element)
        if there is None or there.kind != "external":
            return None
        return Link(
            source=uri,
            kind=there.kind,
            href=raw.href,
            target=there.target,
            fragment=there.fragment,
            text=raw.text,
        )
