"""Context of all pages' sections: the link graph, and how each page is shown on others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from markupsafe import Markup, escape

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.page_roles import hubs
from mkdocs_backlinks.inject.safe_text import clean, shorten
from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.settings import BacklinksSettings

MIN_HUB_LINKS = 20
"""A page that links to this many others at most is never a hub, however small the site."""


@dataclass(frozen=True, slots=True)
class PageSummary:
    """A page as it is shown on others; `url` is relative to the site, all texts are escaped.

    `place` is its section path in the navigation, `lead` its first sentence, which may be empty.
    """

    url: str
    title: Markup
    place: Markup
    lead: Markup

    @classmethod
    def of(cls, page: Page) -> PageSummary:
        title = clean(page.title).strip() or clean(page.uri)
        # A section's own front page need not repeat the section's name.
        above = page.section[:-1] if page.section and page.section[-1] == page.title else page.section
        place = " › ".join(map(clean, above))
        return cls(page.url, escape(title), escape(place), escape(shorten(clean(page.lead).strip())))


@dataclass(frozen=True, slots=True)
class SiteContext:
    """The graph of a site, each page's summary and number, and the pages whose links are no backlinks."""

    graph: LinkGraph
    summaries: Mapping[PageUri, PageSummary]
    positions: Mapping[PageUri, int]
    excluded_sources: frozenset[PageUri]

    @classmethod
    def of(cls, graph: LinkGraph, settings: BacklinksSettings) -> SiteContext:
        summaries = {uri: PageSummary.of(page) for uri, page in graph.pages.items()}
        positions = {uri: position for position, uri in enumerate(graph.pages)}
        return cls(graph, summaries, positions, excluded_sources(graph, settings.hub_share))


def excluded_sources(graph: LinkGraph, hub_share: float) -> frozenset[PageUri]:
    """Return the pages that list others rather than speak of them: hubs, and the listings that plugins make.

    A hub links to more than this share of the site. Where the share is 1, no page is excluded.
    """
    if hub_share >= 1:
        return frozenset()
    most = max(MIN_HUB_LINKS, hub_share * len(graph.pages))
    listings = frozenset(uri for uri, page in graph.pages.items() if page.listing)
    return listings | hubs(graph.successors, floor(most) + 1)
