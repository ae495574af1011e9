"""The sections of the build before: after an edit, only those are made again that it may have changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from mkdocs_backlinks.index.graph import LinkGraph
from mkdocs_backlinks.inject.items import BacklinkItem, RelatedItem
from mkdocs_backlinks.inject.neighbours import Neighbours
from mkdocs_backlinks.inject.sections import Section
from mkdocs_backlinks.model import Page, PageUri, Related


@dataclass(frozen=True, slots=True)
class Made:
    """What is made of a page's neighbours: its sections, which of them its table of contents lists, and the
    same for its template.
    """

    neighbours: Neighbours
    sections: tuple[Section, ...]
    toc: tuple[Section, ...]
    backlinks: tuple[BacklinkItem, ...]
    related_pages: tuple[RelatedItem, ...]


class Written(NamedTuple):
    """A page with its sections: its content, the one that its author wrote, the entries for its table of
    contents, and the variables for its template.
    """

    content: str
    authored: str
    toc: tuple[Section, ...]
    backlinks: tuple[BacklinkItem, ...]
    related_pages: tuple[RelatedItem, ...]


class Placed(NamedTuple):
    """What was `made` for a page, and the page with it."""

    made: Made
    written: Written


@dataclass(frozen=True, slots=True)
class Ground:
    """All that neighbours are taken from, and what is `alike` for the sections of all pages."""

    graph: LinkGraph
    related: Mapping[PageUri, Sequence[Related]]
    alike: object

    def touched_since(self, before: Ground) -> Collection[PageUri]:
        """The pages whose neighbours may not be what they were, or look as they did."""
        changed = self.graph.changed_since(before.graph)
        if changed is None:
            return self.graph.pages.keys()
        graphs = self.graph, before.graph
        linked = {link.target for uri in changed for graph in graphs for link in graph.outgoing[uri]}
        led = {
            uri
            for uri, related in self.related.items()
            if related != before.related.get(uri) or any(one.page in changed for one in related)
        }
        return led.union(changed, map(PageUri, linked), before.related.keys() - self.related.keys())


class Compiled(BytecodeCache):
    """The templates of all builds, as Jinja has compiled them, known again by what is written in them."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


@dataclass(slots=True)
class Memory:
    """It may be used for any site, and changes no section."""

    ground: Ground | None = None
    made: Mapping[PageUri, Made] = field(default_factory=dict)
    placed: dict[PageUri, Placed] = field(default_factory=dict)
    compiled: Compiled = field(default_factory=Compiled)

    def renew(
        self,
        ground: Ground,
        neighbours: Callable[[Page], Neighbours],
        make: Callable[[Neighbours], Made],
    ) -> Mapping[PageUri, Made]:
        """What was made of equal neighbours before, or is now, for every page."""
        pages, before = ground.graph.pages, self.ground
        is_alike = before is not None and before.alike == ground.alike
        known = self.made if is_alike else {}
        touched = ground.touched_since(before) if before and is_alike else pages.keys()
        found = {uri: known[uri] for uri in pages if uri not in touched}
        for uri in pages.keys() & touched:
            around = neighbours(pages[uri])
            found[uri] = _again(known.get(uri), around) or make(around)
        self.made, self.ground = found, ground
        self.placed = {uri: one for uri, one in self.placed.items() if found.get(uri) is one.made}
        return found


def _again(known: Made | None, neighbours: Neighbours) -> Made | None:
    if known is None or known.neighbours != neighbours:
        return None
    # Those of before would keep more of an old build than they show.
    return Made(neighbours, known.sections, known.toc, known.backlinks, known.related_pages)
