"""How far each page is from the home page, on the way that readers have: navigation and links."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.model import PageUri


class Reach:
    """Distances of pages, measured when the first one is asked for and never before."""

    def __init__(self, graph: LinkGraph) -> None:
        self._graph = graph

    def distance(self, uri: PageUri) -> int | None:
        """The steps to a page by levels of the navigation and links, the shortest way; None for no way."""
        return self._distances.get(uri)

    @cached_property
    def _distances(self) -> Mapping[PageUri, int]:
        starts = {uri: page.depth for uri, page in self._graph.pages.items() if page.depth is not None}
        starts.update({uri: 0 for uri, page in self._graph.pages.items() if not page.url})
        found: dict[PageUri, int] = {}
        by_depth: dict[int, list[PageUri]] = {}
        for uri, depth in starts.items():
            by_depth.setdefault(depth, []).append(uri)
        linked = self._graph.successors
        steps, near = 0, frozenset(by_depth.get(0, ()))
        while near or any(depth > steps for depth in by_depth):
            found.update(dict.fromkeys(near, steps))
            steps += 1
            near = frozenset(by_depth.get(steps, ())).union(*map(linked.__getitem__, near)) - found.keys()
        return found
