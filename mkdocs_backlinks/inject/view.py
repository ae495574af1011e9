"""What sections show of each page whatever the page they stand on, made once for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.inject.text import clean, head
from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.settings import BacklinksSettings

FEW = 20
"""A page that links to this many others at most is never a hub, however small the site."""


@dataclass(frozen=True, slots=True)
class Face:
    """A page as it is shown on others; `url` is relative to the site, all texts are escaped.

    `place` is where the page stands in the navigation, `lead` its first sentence, which may be empty.
    """

    url: str
    title: Markup
    place: Markup
    lead: Markup


class Faces(dict[PageUri, Face]):
    """The face of each of the pages, made when it is asked for."""

    def __init__(self, pages: Mapping[PageUri, Page]) -> None:
        super().__init__()
        self._pages = pages

    def __missing__(self, uri: PageUri) -> Face:
        self[uri] = _face(self._pages[uri])
        return self[uri]


@dataclass(frozen=True, slots=True)
class View:
    """The graph of a site, the face and place of each page, and the pages whose links are no backlinks."""

    graph: LinkGraph
    faces: Faces
    places: Mapping[PageUri, int]
    uncounted: frozenset[PageUri]

    @classmethod
    def of(cls, graph: LinkGraph, settings: BacklinksSettings) -> View:
        places = {uri: place for place, uri in enumerate(graph.pages)}
        return cls(graph, Faces(graph.pages), places, hubs(graph, settings.hub_share))


def hubs(graph: LinkGraph, share: float) -> frozenset[PageUri]:
    """The pages that list others rather than speak of them: listings of plugins, and pages that link to more
    than this share of the site; none where the share is 1.
    """
    if share >= 1:
        return frozenset()
    most = max(FEW, share * len(graph.pages))
    return frozenset(
        uri for uri, page in graph.pages.items() if page.listing or len(graph.successors[uri]) > most
    )


def _face(page: Page) -> Face:
    title = clean(page.title).strip() or clean(page.uri)
    return Face(page.url, escape(title), _place(page), escape(head(clean(page.lead).strip())))


def _place(page: Page) -> Markup:
    """Where the page stands in the navigation; a section's own front page need not say its name twice."""
    above = page.section[:-1] if page.section and page.section[-1] == page.title else page.section
    return escape(" › ".join(map(clean, above)))
