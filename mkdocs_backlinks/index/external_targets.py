"""External targets of one page, read before the other pages are known."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs_backlinks.index.html.page_content import Resolve, Scope, read
from mkdocs_backlinks.index.site_addresses import LinkTarget, SiteAddresses
from mkdocs_backlinks.index.wikilinks import WIKILINK_ELEMENT
from mkdocs_backlinks.model import Link, PageUri, Target, Url


def external_targets(uri: PageUri, url: str, html: str, bases: Iterable[str]) -> list[Target]:
    """Return the external targets of a page at `url`, relative to a site that is served at `bases`."""
    site = SiteAddresses.of(bases, {}, ())

    def resolver(base: str | None) -> Resolve:
        page = site.base(url, base)

        def resolve(element: str, href: str) -> LinkTarget | None:
            target = None if element == WIKILINK_ELEMENT else site.resolve(href, page, element)
            return target if target and target.kind == "external" else None

        return resolve

    links: dict[str, list[Link]] = {}
    for link in read(html, Scope(all_excerpts=False), resolver, uri).links:
        links.setdefault(link.target, []).append(link)
    return [Target(Url(target), tuple(target_links)) for target, target_links in links.items()]
