"""How each page stands in the web of a site's own links: what leads to it, what leads on, how far it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import PageUri

_Links = Mapping[PageUri, AbstractSet[PageUri]]


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
    """The standings of all pages, by page and sorted."""

    standings: Mapping[PageUri, Standing]

    @property
    def links(self) -> int:
        return sum(len(one.links_to) for one in self.standings.values())

    @property
    def reached(self) -> int:
        """How many pages can be reached from the home page by links alone; 0 without a home page."""
        return sum(one.clicks is not None for one in self.standings.values())

    @property
    def farthest(self) -> int:
        return max((one.clicks or 0 for one in self.standings.values()), default=0)

    @property
    def islands(self) -> int:
        return len({one.island for one in self.standings.values()} - {0})


def structure(graph: LinkGraph, equity: Mapping[PageUri, float]) -> Structure:
    """Measure a site; `equity` is what the ranking says that its pages are worth."""
    onward = _onward(graph)
    backward = _backward(onward)
    homes = {uri for uri, page in graph.pages.items() if not page.url or page.depth == 0}
    clicks = _clicks(homes, onward)
    islands = _islands(homes, onward, backward)
    texts = _texts(graph)
    return Structure(
        {
            uri: Standing(
                page=uri,
                title=graph.pages[uri].title,
                is_home=uri in homes,
                equity=equity.get(uri, 0.0),
                depth=graph.pages[uri].depth,
                clicks=clicks.get(uri),
                linked_from=tuple(sorted(backward[uri])),
                links_to=tuple(sorted(onward[uri])),
                texts=len(texts[uri]),
                text=_most(texts[uri])[0],
                text_share=_most(texts[uri])[1],
                island=islands.get(uri, 0),
            )
            for uri in sorted(graph.pages)
        }
    )


def _onward(graph: LinkGraph) -> _Links:
    return graph.successors_via_redirects


def _backward(onward: _Links) -> _Links:
    backward: dict[PageUri, set[PageUri]] = {uri: set() for uri in onward}
    for source, targets in onward.items():
        for target in targets:
            backward[target].add(source)
    return backward


def _clicks(homes: AbstractSet[PageUri], onward: _Links) -> Mapping[PageUri, int]:
    found: dict[PageUri, int] = {}
    steps, near = 0, homes
    while near:
        found.update(dict.fromkeys(near, steps))
        near = {target for uri in near for target in onward[uri]} - found.keys()
        steps += 1
    return found


def _islands(homes: AbstractSet[PageUri], onward: _Links, backward: _Links) -> Mapping[PageUri, int]:
    """The numbers of the islands, the largest first; the mainland has a home page, or else most pages."""
    groups = sorted(_groups(onward, backward), key=lambda group: (-len(group), group[0]))
    others = [group for group in groups if homes.isdisjoint(group)]
    islands = [group for group in (others if homes else others[1:]) if len(group) > 1]
    return {uri: number for number, group in enumerate(islands, 1) for uri in group}


def _groups(onward: _Links, backward: _Links) -> Iterator[Sequence[PageUri]]:
    """The pages that links connect, whichever way they lead."""
    left = set(onward)
    for start in onward:
        group, near = set[PageUri](), {start} & left
        while near:
            group |= near
            near = {other for uri in near for other in onward[uri] | backward[uri]} - group
        left -= group
        if group:
            yield sorted(group)


def _texts(graph: LinkGraph) -> Mapping[PageUri, Counter[str]]:
    """The texts of the links to each page from others; each source has one vote for each of its texts."""
    votes = {
        (target, link.source, " ".join(link.text.split()))
        for link in graph.links
        if link.text and (target := graph.target_page(link)) is not None and target != link.source
    }
    texts: dict[PageUri, Counter[str]] = {uri: Counter() for uri in graph.pages}
    for target, _, text in votes:
        texts[target][text] += 1
    return texts


def _most(texts: Counter[str]) -> tuple[str, float]:
    if not texts:
        return "", 0.0
    text, number = min(texts.items(), key=lambda item: (-item[1], item[0]))
    return text, round(number / texts.total(), 3)
