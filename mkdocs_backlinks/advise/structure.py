"""Structure of a site: for each page the links to and from it, its distance from home and its island."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.index.page_roles import clicks, homes
from mkdocs_backlinks.model import PageUri


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A page in the web of links between pages, each pair of pages counted once.

    `depth` is that in the navigation, as in `Page`; `clicks` the least number of links from a home page, of
    which each language has its own, None where no chain of links leads here. `texts` counts the different
    texts of the links to the page, `text` is the most frequent one, and `text_share` its share of these
    links. `island` is 0 for pages that links connect with a home page, in whichever direction, and for
    pages alone; pages that are connected with one another only share a number.
    """

    page: PageUri
    title: str
    is_home: bool
    equity: float
    depth: int | None
    clicks: int | None
    linked_from: tuple[PageUri, ...]
    links_to: tuple[PageUri, ...]
    texts: int
    text: str
    text_share: float
    island: int


@dataclass(frozen=True, slots=True)
class Structure:
    """Standings of all pages, by page and sorted, and the graph in which they were measured."""

    graph: LinkGraph
    standings: Mapping[PageUri, Standing]

    @property
    def links(self) -> int:
        return sum(len(standing.links_to) for standing in self.standings.values())

    @property
    def reached(self) -> int:
        """Number of pages that can be reached from the home page by links alone; 0 without a home page."""
        return sum(standing.clicks is not None for standing in self.standings.values())

    @property
    def farthest(self) -> int:
        return max((standing.clicks or 0 for standing in self.standings.values()), default=0)

    @property
    def islands(self) -> int:
        return len({standing.island for standing in self.standings.values()} - {0})


def structure(graph: LinkGraph, equity: Mapping[PageUri, float]) -> Structure:
    """Measure a site; `equity` is what the ranking says that its pages are worth."""
    home_pages, distances, islands, texts = homes(graph), clicks(graph), _islands(graph), _texts(graph)
    standings = {}
    for uri in sorted(graph.pages):
        text, text_share = _most_frequent(texts[uri])
        standings[uri] = Standing(
            page=uri,
            title=graph.pages[uri].title,
            is_home=uri in home_pages,
            equity=equity.get(uri, 0.0),
            depth=graph.pages[uri].depth,
            clicks=distances.get(uri),
            linked_from=tuple(sorted(graph.predecessors_via_redirects[uri])),
            links_to=tuple(sorted(graph.successors_via_redirects[uri])),
            texts=len(texts[uri]),
            text=text,
            text_share=text_share,
            island=islands.get(uri, 0),
        )
    return Structure(graph, standings)


def _islands(graph: LinkGraph) -> Mapping[PageUri, int]:
    """Number the islands, the largest first; the mainland has a home page, or else most pages."""
    home_pages = homes(graph)
    groups = sorted(_connected(graph), key=lambda group: (-len(group), group[0]))
    remote = [group for group in groups if home_pages.isdisjoint(group)] if home_pages else groups[1:]
    islands = [group for group in remote if len(group) > 1]
    return {uri: number for number, group in enumerate(islands, 1) for uri in group}


def _connected(graph: LinkGraph) -> Iterator[Sequence[PageUri]]:
    """Yield the groups of pages that links connect, in whichever direction."""
    successors, predecessors = graph.successors_via_redirects, graph.predecessors_via_redirects
    remaining = set(graph.pages)
    for start in graph.pages:
        group, near = set[PageUri](), {start} & remaining
        while near:
            group |= near
            near = {page for uri in near for page in successors[uri] | predecessors[uri]} - group
        remaining -= group
        if group:
            yield sorted(group)


def _texts(graph: LinkGraph) -> Mapping[PageUri, Counter[str]]:
    """Count the texts of the links to each page from others; a source has one vote for each of its texts."""
    votes: AbstractSet[tuple[PageUri, PageUri, str]] = {
        (target, link.source, " ".join(link.text.split()))
        for link in graph.links
        if link.text and (target := graph.target_page(link)) is not None and target != link.source
    }
    texts: dict[PageUri, Counter[str]] = {uri: Counter() for uri in graph.pages}
    for target, _, text in votes:
        texts[target][text] += 1
    return texts


def _most_frequent(texts: Counter[str]) -> tuple[str, float]:
    """Return the most frequent text and its share; of equally frequent ones the first in the alphabet."""
    if not texts:
        return "", 0.0
    text, number = min(texts.items(), key=lambda item: (-item[1], item[0]))
    return text, round(number / texts.total(), 3)
