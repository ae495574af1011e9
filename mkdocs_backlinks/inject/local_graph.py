"""A small picture of a page's links: the pages that link here on one side, where it leads on the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from markupsafe import Markup, escape

from mkdocs_backlinks.inject.site_context import SiteContext
from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.urls import relative

MAX_NODES = 30
"""The number of pages that a picture shows at most, the page itself included."""

WIDTH = 640
ROW_HEIGHT = 30
MAX_TITLE = 26
"""The number of characters of a title for which there is room."""

_SIDE_X = {"in": 210, "out": WIDTH - 210}
_BEND = 60
_MARGIN = 100
_MIN_ROWS = 3


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A page in the picture: `side` is `in` if it links here, else `out`; `short` is its title, cut to fit.

    `mutual` says that the link goes both ways.
    """

    href: Markup
    title: Markup
    short: Markup
    side: str
    mutual: bool
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class LocalGraph:
    """A picture of `width` times `height`, which begins at `left`, with the page itself at `x` and `y`.

    `curves` are the links from and to the page, as SVG paths; `faint` are those between its `spots`.
    `more` counts the pages for which there is no room.
    """

    title: Markup
    x: int
    y: int
    spots: tuple[GraphNode, ...]
    curves: tuple[str, ...]
    faint: tuple[str, ...]
    more: int
    left: int
    width: int
    height: int


def local_graph(page: Page, site: SiteContext) -> LocalGraph | None:
    """Return the picture of the pages that the page is linked with; None where there are none.

    Equal sites have equal pictures.
    """
    incoming = site.graph.predecessors[page.uri] - site.excluded_sources
    outgoing = site.graph.successors[page.uri]
    linked = sorted(incoming | outgoing, key=site.positions.__getitem__)
    if not linked:
        return None
    shown = _select(linked, incoming & outgoing)
    into, out = [uri for uri in shown if uri in incoming], [uri for uri in shown if uri not in incoming]
    height = ROW_HEIGHT * max(_MIN_ROWS, len(into), len(out))
    nodes = _column(into, "in", height, page, site) | _column(out, "out", height, page, site)
    x, y = WIDTH // 2, height // 2
    start = 0 if into else x - _MARGIN
    end = WIDTH if out else x + _MARGIN
    return LocalGraph(
        title=_cut(site.summaries[page.uri].title),
        x=x,
        y=y,
        spots=tuple(nodes.values()),
        curves=tuple(_curve(node.x, node.y, x, y) for node in nodes.values()),
        faint=tuple(_links_between(shown, site, nodes)),
        more=len(linked) - len(shown),
        left=start,
        width=end - start,
        height=height,
    )


def _select(linked: Sequence[PageUri], mutual: AbstractSet[PageUri]) -> list[PageUri]:
    """Return as many pages as there is room for, in their order, those with links both ways before others."""
    selected = frozenset(sorted(linked, key=lambda uri: uri not in mutual)[: MAX_NODES - 1])
    return [uri for uri in linked if uri in selected]


def _column(
    uris: Sequence[PageUri], side: str, height: int, page: Page, site: SiteContext
) -> dict[PageUri, GraphNode]:
    """Return the nodes of one side, each in the middle of one of as many rows of equal height."""
    nodes = {}
    for row, uri in enumerate(uris):
        summary = site.summaries[uri]
        nodes[uri] = GraphNode(
            href=escape(relative(page.url, summary.url)),
            title=summary.title,
            short=_cut(summary.title),
            side=side,
            mutual=side == "in" and uri in site.graph.successors[page.uri],
            x=_SIDE_X[side],
            y=height * (2 * row + 1) // (2 * len(uris)),
        )
    return nodes


def _cut(title: Markup) -> Markup:
    text = title.unescape()
    return title if len(text) <= MAX_TITLE else escape(text[: MAX_TITLE - 1].rstrip() + "…")


def _links_between(
    shown: Sequence[PageUri], site: SiteContext, nodes: dict[PageUri, GraphNode]
) -> Iterator[str]:
    """Yield a path for each pair of linked pages."""
    drawn: set[frozenset[PageUri]] = set()
    for source in shown:
        successors = site.graph.successors[source]
        for target in shown:
            pair = frozenset({source, target})
            if target in successors and pair not in drawn:
                drawn.add(pair)
                yield _path(nodes[source], nodes[target])


def _path(source: GraphNode, target: GraphNode) -> str:
    if source.side != target.side:
        return _curve(source.x, source.y, target.x, target.y)
    bend = source.x + (_BEND if source.side == "in" else -_BEND)
    return f"M{source.x} {source.y}Q{bend} {(source.y + target.y) // 2} {target.x} {target.y}"


def _curve(x: int, y: int, end_x: int, end_y: int) -> str:
    middle = (x + end_x) // 2
    return f"M{x} {y}C{middle} {y} {middle} {end_y} {end_x} {end_y}"
