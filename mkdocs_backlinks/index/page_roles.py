"""Roles of pages in the link graph, each defined once: home page, orphan, dead end, hub, and depth.

Weaknesses are those of the command `structure`.

| Definition | Users |
| --- | --- |
| `depths`: levels of the navigation and direct links | rules `orphan_page` (no depth) and `deep_page` |
| `clicks`: links alone, redirects followed | weaknesses `unreachable` and `far` |
| `is_orphan`, `is_dead_end`: redirects followed | weaknesses `orphan`, `dead_end`, `isolated` |
| `hubs`: at least so many successors | `backlinks.hub_share`, weakness `hub`, "lists" of the ranking |

The rule `dead_end_page` has a definition of its own: a link to a page that is missing leads on as well,
because another rule names it. Pages that list others (`Page.listing`) are said by plugins, not by the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mkdocs_backlinks.index.graph import Adjacency, LinkGraph
from mkdocs_backlinks.model import PageUri


def homes(graph: LinkGraph) -> frozenset[PageUri]:
    """Return the home pages, of which each language may have its own."""
    return frozenset(uri for uri, page in graph.pages.items() if not page.url or page.depth == 0)


def is_orphan(graph: LinkGraph, uri: PageUri) -> bool:
    """True if no other page links to this one."""
    return not graph.predecessors_via_redirects[uri]


def is_dead_end(graph: LinkGraph, uri: PageUri) -> bool:
    """True if the page links to no other page."""
    return not graph.successors_via_redirects[uri]


def hubs(successors: Adjacency, least: float) -> frozenset[PageUri]:
    """Return the pages that link to at least so many others."""
    return frozenset(uri for uri, pages in successors.items() if len(pages) >= least)


def depths(graph: LinkGraph) -> Mapping[PageUri, int]:
    """Return the steps to each page by the shortest way that readers have; a page without one is not in it.

    A step is a level of the navigation or a link.
    """
    listed = {uri: page.depth for uri, page in graph.pages.items() if page.depth is not None}
    return _distances({**listed, **dict.fromkeys(homes(graph), 0)}, graph.successors)


def clicks(graph: LinkGraph) -> Mapping[PageUri, int]:
    """Return the least number of links from a home page to each page that links alone lead to."""
    return _distances(dict.fromkeys(homes(graph), 0), graph.successors_via_redirects)


def _distances(starts: Mapping[PageUri, int], successors: Adjacency) -> Mapping[PageUri, int]:
    """Return the least distance of each page, where `starts` are no farther than given."""
    by_distance: dict[int, set[PageUri]] = {}
    for uri, distance in starts.items():
        by_distance.setdefault(distance, set()).add(uri)
    distances: dict[PageUri, int] = {}
    distance = 0
    while by_distance:
        reached = by_distance.pop(distance, set()) - distances.keys()
        distances.update(dict.fromkeys(reached, distance))
        distance += 1
        if following := _union(map(successors.__getitem__, reached)):
            by_distance.setdefault(distance, set()).update(following)
    return distances


def _union(sets: Iterable[frozenset[PageUri]]) -> frozenset[PageUri]:
    return frozenset[PageUri]().union(*sets)
