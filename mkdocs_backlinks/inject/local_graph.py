"""A small picture of what a page is linked with: who links here on one side, where it leads on the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from mkdocs_backlinks.inject.view import Face, View
from mkdocs_backlinks.model import Page, PageUri
from mkdocs_backlinks.urls import relative

NODES = 30
"""How many pages a picture shows at most, the page itself included."""

WIDTH = 640
ROW = 30
_LETTERS = 26
_SIDES = {"in": 210, "out": WIDTH - 210}
_BEND = 60
_ROOM = 100


@dataclass(frozen=True, slots=True)
class Spot:
    """A page in the picture: `side` is `in` if it links here, else `out`; `short` is as much of its title as
    there is room for. `mutual` says that the link goes both ways.
    """

    href: Markup
    title: Markup
    short: Markup
    side: str
    mutual: bool
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of `width` times `height`, which begins at `left`, with the page itself at `x` and `y`.

    `curves` are the links from and to the page, as SVG paths; `faint` are those between the others.
    `more` counts the pages for which there is no room.
    """

    title: Markup
    x: int
    y: int
    spots: tuple[Spot, ...]
    curves: tuple[str, ...]
    faint: tuple[str, ...]
    more: int
    left: int
    width: int
    height: int


def picture(page: Page, view: View) -> Picture | None:
    """The picture of a page's neighbourhood; None where it has no neighbours.

    Equal sites have equal pictures.
    """
    incoming = view.graph.predecessors[page.uri] - view.uncounted
    outgoing = view.graph.successors[page.uri]
    around = sorted(incoming | outgoing, key=view.places.__getitem__)
    if not around:
        return None
    shown = _chosen(around, incoming & outgoing)
    left = [uri for uri in shown if uri in incoming]
    right = [uri for uri in shown if uri not in incoming]
    height = ROW * max(3, len(left), len(right))
    spots = {
        uri: _spot(view.faces[uri], page.url, (side, height * (2 * place + 1) // (2 * len(column))))
        for side, column in (("in", left), ("out", right))
        for place, uri in enumerate(column)
    }
    spots |= {uri: replace(spots[uri], mutual=True) for uri in left if uri in outgoing}
    middle = WIDTH // 2, height // 2
    start, end = (0 if left else middle[0] - _ROOM), (WIDTH if right else middle[0] + _ROOM)
    return Picture(
        title=_short(view.faces[page.uri].title),
        x=middle[0],
        y=middle[1],
        spots=tuple(spots.values()),
        curves=tuple(_curve((spot.x, spot.y), middle) for spot in spots.values()),
        faint=tuple(_between(shown, view, spots)),
        more=len(around) - len(shown),
        left=start,
        width=end - start,
        height=height,
    )


def _chosen(around: Sequence[PageUri], mutual: AbstractSet[PageUri]) -> list[PageUri]:
    """As many as there is room for, in the order of the site; those that are linked both ways go first."""
    first = sorted(around, key=lambda uri: uri not in mutual)[: NODES - 1]
    kept = frozenset(first)
    return [uri for uri in around if uri in kept]


def _spot(face: Face, url: str, at: tuple[str, int]) -> Spot:
    side, y = at
    href = escape(relative(url, face.url))
    return Spot(href, face.title, _short(face.title), side, mutual=False, x=_SIDES[side], y=y)


def _short(title: Markup) -> Markup:
    text = title.unescape()
    return title if len(text) <= _LETTERS else escape(text[: _LETTERS - 1].rstrip() + "…")


def _between(shown: Sequence[PageUri], view: View, spots: dict[PageUri, Spot]) -> Iterator[str]:
    """The links between the neighbours, each pair once."""
    told: set[frozenset[PageUri]] = set()
    for uri in shown:
        linked = view.graph.successors[uri]
        for other in shown:
            pair = frozenset({uri, other})
            if other in linked and pair not in told:
                told.add(pair)
                yield _bow(spots[uri], spots[other])


def _bow(one: Spot, other: Spot) -> str:
    if one.side != other.side:
        return _curve((one.x, one.y), (other.x, other.y))
    bend = one.x + (_BEND if one.side == "in" else -_BEND)
    return f"M{one.x} {one.y}Q{bend} {(one.y + other.y) // 2} {other.x} {other.y}"


def _curve(start: tuple[int, int], end: tuple[int, int]) -> str:
    half = (start[0] + end[0]) // 2
    return f"M{start[0]} {start[1]}C{half} {start[1]} {half} {end[1]} {end[0]} {end[1]}"
